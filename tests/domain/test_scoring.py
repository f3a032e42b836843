"""Scoring: what is told beside a band, what stands in for one, and what can never happen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.answers import Attempt, Ending, Form, Sex, Side, StoppedBy, TimedBy
from screening.domain.answers import TestPain as Pain
from screening.domain.norms import Status
from screening.domain.scoring import effective_ending, points, possible, score
from screening.domain.selftests import ScoreRule
from screening.errors import MeasurementRejected, ScreeningError
from screening.services.catalogue import load
from screening.services.wording import sentences

SELFTESTS = load().selftests
IDS = [test.id for test in SELFTESTS]


def done(test_id, value, **more):
    test = SELFTESTS[test_id]
    side = Side.LEFT if test.each_side else None
    chair = {"right_angle": True} if test.chair else {}
    return Attempt(test=test_id, side=side, ending=Ending.DONE, value=value, **{**chair, **more})


def told(test_id, value, age_y=30, sex=Sex.FEMALE, **more):
    return score(done(test_id, value, **more), SELFTESTS[test_id], age_y, sex)


# -- what is possible ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test_id", "value"),
    [
        ("abd_hold", -3),
        ("abd_hold", -0.1),
        ("abd_hold", 60.1),
        ("sls", 45.1),
        ("cst30", -1),
        ("cst30", 400),
        ("cst30", 61),
        ("cst30", 11.5),
        ("cst5", 1.9),
        ("stepdown", 7),
        ("stepdown", 2.5),
        ("abd_lift", 4),
        ("bal4", 5),
        ("sts_watch", 3),
        ("bridge", float("nan")),
        ("bridge", float("inf")),
        ("bridge", float("-inf")),
    ],
)
def test_a_value_this_test_cannot_produce_is_refused_with_the_range(test_id, value):
    test = SELFTESTS[test_id]

    with pytest.raises(MeasurementRejected) as refused:
        possible(value, test)

    assert (refused.value.lowest, refused.value.highest) == test.valid
    assert refused.value.whole == test.whole
    with pytest.raises(MeasurementRejected):
        score(done(test_id, value), test, 70, Sex.MALE)


@pytest.mark.parametrize("test_id", IDS)
def test_both_ends_of_the_range_are_possible(test_id):
    test = SELFTESTS[test_id]

    assert [possible(value, test) for value in test.valid] == list(test.valid)


def test_the_refusal_never_repeats_what_was_typed():
    with pytest.raises(MeasurementRejected) as refused:
        possible(-3.25, SELFTESTS["abd_hold"])

    assert "3.25" not in str(refused.value)


def test_done_without_a_value_is_refused():
    with pytest.raises(MeasurementRejected):
        score(done("abd_hold", None), SELFTESTS["abd_hold"], 30, Sex.MALE)


# -- rubrics -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticks", "total"),
    [
        ((), 0),
        (("hands-left-waist",), 1),
        (("knee-inside-toe",), 1),
        (("knee-inside-foot",), 2),
        (("knee-inside-toe", "knee-inside-foot"), 2),
        (("hands-left-waist", "trunk-leaned", "pelvis-moved", "foot-down-or-wobble"), 4),
        (
            ("hands-left-waist", "trunk-leaned", "pelvis-moved", "knee-inside-foot", "foot-down-or-wobble"),
            6,
        ),
    ],
)
def test_step_down_points_count_the_knee_once(ticks, total):
    assert points(ticks, SELFTESTS["stepdown"]) == total


def test_a_rating_may_come_as_ticks_alone():
    told_ = told("stepdown", None, ticks=("trunk-leaned", "knee-inside-foot", "pelvis-moved"))

    assert (told_.value, told_.band, told_.low) == (4, "clear-drift", True)
    assert told_.seen == (
        "test.stepdown.tick.trunk-leaned",
        "test.stepdown.tick.pelvis-moved",
        "test.stepdown.tick.knee-inside-foot",
    )


def test_ticking_nothing_on_a_step_down_is_a_score_of_zero_points():
    assert told("stepdown", None, ticks=()).band == "steady"


@pytest.mark.parametrize("grade", range(4))
def test_a_leg_lift_is_told_in_the_words_of_its_grade(grade):
    assert told("abd_lift", grade).say == f"test.abd_lift.tick.grade-{grade}"


def test_a_leg_lift_is_never_banded_and_never_low():
    scores = [told("abd_lift", grade, age_y=age) for grade in range(4) for age in (18, 30, 70)]

    assert {(each.band, each.low, each.reason) for each in scores} == {(None, False, "no-verdict")}


# -- pain --------------------------------------------------------------------------------------------


def test_a_finished_try_with_too_much_pain_says_so_in_words_of_its_own():
    finished = told("abd_hold", 60, capped=True, pain=Pain(before=1, during=6, after=2))
    stopped = score(
        Attempt(test="abd_hold", side=Side.LEFT, ending=Ending.STOPPED_FOR_PAIN),
        SELFTESTS["abd_hold"],
        30,
        Sex.MALE,
    )

    assert finished.ending == stopped.ending == Ending.STOPPED_FOR_PAIN
    assert finished.reason == stopped.reason == "stopped-for-pain"
    assert finished.say == "no_band.pain-rule"
    assert stopped.say == "no_band.stopped-for-pain"


PAINS = st.one_of(st.none(), st.sampled_from(range(11)))


@given(PAINS, PAINS, PAINS)
def test_more_pain_during_a_try_never_makes_it_count(before, during, after):
    def ending(during_):
        return effective_ending(done("sls", 20, pain=Pain(before=before, during=during_, after=after)))

    if ending(during) == Ending.STOPPED_FOR_PAIN and during is not None and during < 10:
        assert ending(during + 1) == Ending.STOPPED_FOR_PAIN


@given(st.sampled_from(list(Ending)), PAINS, PAINS)
def test_pain_changes_only_a_done_and_only_to_stopped_for_pain(ending, before, during):
    attempt = Attempt(test="sls", side=Side.LEFT, ending=ending, pain=Pain(before=before, during=during))

    assert effective_ending(attempt) in {ending, Ending.STOPPED_FOR_PAIN}
    if ending != Ending.DONE:
        assert effective_ending(attempt) == ending


# -- margins -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test_id", "value", "margin", "source"),
    [
        ("cst30", 12, (2, 10, 14), "self_cst30_koa_2024"),
        ("cst30", 0, (2, 0, 2), "self_cst30_koa_2024"),
        ("cst30", 1, (2, 0, 3), "self_cst30_koa_2024"),
        ("cst30", 60, (2, 58, 60), "self_cst30_koa_2024"),
        ("abd_hold", 30, (12.3, 17.7, 42.3), "lehecka_2021"),
        ("abd_hold", 60, (12.3, 47.7, 60), "lehecka_2021"),
        ("abd_hold", 5, (12.3, 0, 17.3), "lehecka_2021"),
        ("bridge", 30, (8.9, 21.1, 38.9), "lehecka_2021"),
        ("sideplank", 30, (10.95, 19.05, 40.95), "juan_recio_2022"),
    ],
)
def test_the_margin_is_one_standard_error_within_what_the_test_can_measure(test_id, value, margin, source):
    drawn = told(test_id, value, age_y=30).margin

    assert (drawn.half_width, drawn.low, drawn.high) == margin
    assert drawn.source == source


@pytest.mark.parametrize(
    "test_id", ["sls", "stepdown", "abd_lift", "bal4", "sts_watch", "cst5", "bridge_double"]
)
def test_without_a_published_error_there_is_no_margin(test_id):
    value = SELFTESTS[test_id].valid[0]

    assert told(test_id, value, age_y=70).margin is None


@pytest.mark.parametrize(
    "more",
    [
        {"form": Form.HANDS},
        {"right_angle": None},
        {"seat_cm": 50.0},
        {"pain": Pain(during=7)},
    ],
    ids=str,
)
def test_a_value_off_the_protocol_has_no_margin_and_no_averages_beside_it(more):
    raw = told("cst30", 20, age_y=30, **more)

    assert raw.margin is None
    assert raw.shown == ()


# -- published averages beside a raw value -------------------------------------------------------------


@pytest.mark.parametrize(
    ("test_id", "age_y", "sex", "sources"),
    [
        ("cst30", 18, Sex.FEMALE, []),
        ("cst30", 19, Sex.FEMALE, ["lein_2022"]),
        ("cst30", 35, Sex.NOT_SAID, ["lein_2022"]),
        ("cst30", 36, Sex.FEMALE, []),
        ("cst30", 70, Sex.NOT_SAID, []),
        ("abd_hold", 36, Sex.MALE, []),
        ("bridge", 60, Sex.MALE, []),
        ("cst5", 30, Sex.MALE, ["torres_castro_5sts"]),
        ("cst5", 52, Sex.FEMALE, ["grgic_2025", "torres_castro_5sts"]),
        ("cst5", 52, Sex.MALE, ["torres_castro_5sts"]),
        ("cst5", 95, Sex.MALE, ["grgic_2025"]),
        ("cst5", 95, Sex.NOT_SAID, []),
    ],
)
def test_confirmed_averages_of_ones_own_age_stand_beside_a_raw_value(test_id, age_y, sex, sources):
    raw = told(test_id, 20, age_y=age_y, sex=sex)

    assert raw.band is None
    assert [row.source for row in raw.shown] == sources
    assert all(row.status == Status.CONFIRMED and not row.judges for row in raw.shown)


def test_beside_a_band_no_other_average_is_shown():
    assert told("cst5", 20, age_y=70).shown == ()


# -- what fills the sentence ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test_id", "value", "age_y", "say", "values"),
    [
        ("cst30", 11, 66, "band.cst30.similar", {"value": 11, "cut": 11, "upper": 16, "unit": "stands"}),
        ("sls", 22.4, 58, "band.sls.below-mean", {"value": 22.4, "mean": 41.2, "cap": 45, "unit": "s"}),
        ("sls", 45, 58, "band.sls.full-time", {"value": 45, "mean": 41.2, "cap": 45, "unit": "s"}),
        ("cst5", 13, 61, "band.cst5.slower", {"value": 13, "cut": 11.4, "cap": 60, "unit": "s"}),
        (
            "bridge",
            45,
            30,
            "band.bridge.middle",
            {"value": 45, "cap": 60, "unit": "s", "fewest": 0, "most": 75},
        ),
        ("stepdown", 4, 30, "band.stepdown.clear-drift", {"value": 4, "unit": "points"}),
    ],
)
def test_the_sentence_gets_the_numbers_it_names(test_id, value, age_y, say, values):
    told_ = told(test_id, value, age_y=age_y)

    assert told_.say == say
    assert dict(told_.values) == values


def test_not_finished_in_time_has_a_sentence_of_its_own():
    assert told("cst5", 60, age_y=70, capped=True).say == "band.cst5.not-finished"
    assert told("cst5", 60, age_y=70).say == "band.cst5.slower"


def test_not_finished_in_time_is_told_where_there_is_no_band_too():
    assert "note.not_finished" in told("cst5", 60, age_y=50, capped=True).notes
    assert "note.not_finished" not in told("cst5", 60, age_y=70, capped=True).notes
    assert "note.not_finished" not in told("cst5", 30, age_y=50).notes


@pytest.mark.parametrize(
    ("value", "spread"),
    [(10, (0, 5)), (29.9, (0, 5)), (45, (0, 5)), (55, (0, 25)), (60, None)],
)
def test_a_hold_is_told_as_a_range_of_whole_bands_and_never_at_the_cap(value, spread):
    assert told("abd_hold", value, age_y=30).out_of_100 == spread


@pytest.mark.parametrize("test_id", IDS)
def test_every_sentence_a_score_can_ask_for_is_written(test_id):
    known = sentences("en")
    test = SELFTESTS[test_id]
    asked = {band.say for band in test.bands} | {band.say_at_cap for band in test.bands if band.say_at_cap}
    asked |= {tick.say for tick in test.ticks} | {stage.say for stage in test.stages}
    asked |= {note.say for note in test.notes} | set(test.adapted) | ({test.by_you} if test.by_you else set())
    asked |= {f"test.{test_id}.ask.{code}" for code in test.asks}

    assert sorted(asked - known.keys()) == []


# -- further lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "age_y", "told_to_hold_on"),
    [
        (9.9, 30, True),
        (10, 30, False),
        (9.9, 79, True),
        (10, 79, False),
        (4.9, 80, True),
        (5, 80, False),
        (9.9, 80, False),
        (4.9, 100, True),
        (0, 18, True),
    ],
)
def test_a_short_stance_brings_advice_to_hold_on(value, age_y, told_to_hold_on):
    assert ("note.hold_on" in told("sls", value, age_y=age_y).notes) == told_to_hold_on


@pytest.mark.parametrize("age_y", [30, 79, 80])
def test_who_could_not_stand_on_one_leg_gets_that_advice_once(age_y):
    attempt = Attempt(test="sls", side=Side.LEFT, ending=Ending.COULD_NOT)

    assert score(attempt, SELFTESTS["sls"], age_y, Sex.MALE).notes == ("note.hold_on",)


def test_who_chose_not_to_stand_on_one_leg_gets_no_advice():
    attempt = Attempt(test="sls", side=Side.LEFT, ending=Ending.CHOSE_NOT)

    assert score(attempt, SELFTESTS["sls"], 70, Sex.MALE).notes == ()


def test_a_step_down_always_names_three_reasons_for_drift():
    notes = [
        told("stepdown", value, form=form).notes for value in range(7) for form in (Form.STANDARD, Form.SQUAT)
    ]

    assert all("note.three_reasons" in each for each in notes)


def test_timed_by_you_is_said_only_of_a_person_who_timed_herself():
    assert "note.timed_by_you" in told("bridge", 40).notes
    assert "note.timed_by_you" not in told("bridge", 40, timed_by=TimedBy.THERAPIST).notes


@pytest.mark.parametrize(
    "test_id", ["abd_hold", "bridge", "sideplank", "bridge_double", "stepdown", "abd_lift"]
)
def test_a_home_form_of_a_published_test_is_labelled_adapted(test_id):
    assert "note.adapted" in told(test_id, 1).notes


def test_a_hold_typed_by_hand_at_the_full_time_counts_as_capped():
    assert told("abd_hold", 60).capped
    assert not told("abd_hold", 59.9).capped


# -- what can never happen ---------------------------------------------------------------------------------

AGES = st.sampled_from([10, 17, 18, 19, 20, 35, 36, 49, 59, 60, 64, 65, 80, 89, 90, 94, 95, 99, 100, 120])
SEXES = st.sampled_from([*Sex, None])


@st.composite
def values_of(draw, test):
    low, high = test.valid
    if test.whole:
        return float(draw(st.integers(int(low), int(high))))
    return draw(st.integers(int(low * 10), int(high * 10))) / 10


@st.composite
def attempts(draw):
    test = SELFTESTS[draw(st.sampled_from(IDS))]
    ending = draw(st.sampled_from(list(Ending)))
    value = draw(st.one_of(st.none(), values_of(test), st.sampled_from([-1.0, 2.5, 1e6, float("nan")])))
    return Attempt(
        test=test.id,
        side=draw(st.sampled_from(list(Side))) if test.each_side else None,
        ending=ending,
        value=value,
        capped=draw(st.booleans()),
        pain=draw(st.one_of(st.none(), st.builds(Pain, before=PAINS, during=PAINS, after=PAINS))),
        form=draw(st.sampled_from(list(Form))),
        stopped_by=draw(st.one_of(st.none(), st.sampled_from(list(StoppedBy)))),
        ticks=draw(st.one_of(st.none(), st.just(()), st.just(tuple(sorted(test.codes))))),
        seat_cm=draw(st.sampled_from([None, 40.9, 41.0, 46.0, 46.1])),
        right_angle=draw(st.sampled_from([None, True, False])),
        timed_by=draw(st.sampled_from(list(TimedBy))),
    )


@given(attempts(), AGES, SEXES)
def test_any_attempt_is_told_or_refused_by_name(attempt, age_y, sex):
    try:
        told_ = score(attempt, SELFTESTS[attempt.test], age_y, sex)
    except ScreeningError:
        return

    assert (told_.band is None) == (told_.reason is not None)
    assert told_.band is not None or not told_.low
    assert told_.say in sentences("en")
    assert set(told_.notes) <= sentences("en").keys()


@given(attempts(), AGES, SEXES)
def test_only_rows_that_were_read_ever_stand_behind_a_band(attempt, age_y, sex):
    try:
        told_ = score(attempt, SELFTESTS[attempt.test], age_y, sex)
    except ScreeningError:
        return

    for row in told_.norms:
        assert row.judges
        assert row.status in {Status.CONFIRMED, Status.TWO_COPIES} or row.source == "janik_2021"
    assert all(row.shown and not row.judges for row in told_.shown)


@pytest.mark.parametrize("age_y", [18, 20, 35, 36, 59, 60, 75, 94, 99])
@pytest.mark.parametrize("test_id", [test.id for test in SELFTESTS if test.bands])
def test_no_row_that_may_not_judge_gets_behind_a_band(test_id, age_y):
    test = SELFTESTS[test_id]
    told_ = told(test_id, test.valid[0], age_y=age_y)

    assert all(row.judges for row in told_.norms)
    assert bool(told_.norms) == (told_.band is not None and test.rule != ScoreRule.POINTS)


def test_a_try_that_was_not_done_left_no_protocol():
    attempt = Attempt(test="cst30", side=None, ending=Ending.COULD_NOT, form=Form.HANDS)

    assert score(attempt, SELFTESTS["cst30"], 70, Sex.MALE).deviation is None


@given(attempts(), AGES, SEXES)
def test_what_pain_stopped_is_judged_in_no_way(attempt, age_y, sex):
    limited = replace(attempt, pain=Pain(during=9))
    try:
        told_ = score(limited, SELFTESTS[attempt.test], age_y, sex)
    except ScreeningError:
        return

    assert told_.band is None
    assert not told_.low
    assert told_.margin is None
    assert told_.norms == told_.shown == ()
    assert told_.out_of_100 is None


BANDED = [test.id for test in SELFTESTS if test.bands]


@st.composite
def two_values(draw):
    test = SELFTESTS[draw(st.sampled_from(BANDED))]
    return test, draw(values_of(test)), draw(values_of(test))


@given(two_values(), AGES, SEXES)
def test_a_worse_value_never_has_a_better_band(both, age_y, sex):
    test, one, two = both
    worse, better = sorted((one, two), reverse=not test.higher_is_better)
    order = [band.id for band in test.bands]

    low = score(done(test.id, worse), test, age_y, sex)
    high = score(done(test.id, better), test, age_y, sex)

    assert (low.band is None) == (high.band is None)
    if low.band is not None and high.band is not None:
        assert order.index(low.band) <= order.index(high.band)
        assert low.low or not high.low


def test_a_test_without_rows_that_judge_says_there_are_no_norms():
    test = replace(SELFTESTS["abd_hold"], norms=(), ages=None)

    raw = score(done("abd_hold", 40), test, 30, Sex.MALE)

    assert (raw.band, raw.reason, raw.say) == (None, "no-norms", "no_band.no-norms")


def test_sex_left_out_is_sex_not_said():
    assert told("cst30", 12, age_y=70, sex=None).reason == "sex-not-said"


@pytest.mark.parametrize("test_id", [test.id for test in SELFTESTS if test.rule == ScoreRule.HOLD])
def test_holds_have_sex_neutral_norms(test_id):
    bands = {told(test_id, 45, age_y=25, sex=sex).band for sex in (*Sex, None)}

    assert len(bands) == 1
    assert None not in bands
