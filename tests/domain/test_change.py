"""Then and now: real only beyond the error, can't tell where nobody could."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.answers import Attempt, Ending, Form, Sex, Side, StoppedBy
from screening.domain.change import Change, Place, Reading, impact, measures, pain, since
from screening.domain.scoring import score
from screening.services.catalogue import load

SELFTESTS = load().selftests
HOME, CLINIC = Place.HOME, Place.CLINIC


def reading(test_id, value, place=HOME, age_y=66, protocol=1, **more):
    test = SELFTESTS[test_id]
    chair = {"right_angle": True} if test.chair else {}
    attempt = Attempt(
        test=test_id,
        side=Side.LEFT if test.each_side else None,
        ending=more.pop("ending", Ending.DONE),
        value=value,
        **{**chair, **more},
    )
    return Reading(score=score(attempt, test, age_y, Sex.FEMALE), place=place, protocol=protocol)


def changed(test_id, then, now, places=(HOME, HOME)):
    return since(reading(test_id, then, places[0]), reading(test_id, now, places[1]), SELFTESTS[test_id])


@pytest.mark.parametrize(
    ("test_id", "places", "then", "now", "verdict"),
    [
        ("cst30", (HOME, HOME), 10, 12, "within-error"),
        ("cst30", (HOME, HOME), 10, 13, "likely-real"),
        ("cst30", (HOME, HOME), 13, 10, "likely-real"),
        ("cst30", (CLINIC, CLINIC), 10, 12, "within-error"),
        ("cst30", (CLINIC, CLINIC), 10, 13, "likely-real"),
        ("cst30", (HOME, CLINIC), 10, 16, "within-error"),
        ("cst30", (HOME, CLINIC), 10, 17, "likely-real"),
        ("cst30", (CLINIC, HOME), 10, 17, "likely-real"),
        ("cst30", (HOME, HOME), 10, 10, "same"),
        ("abd_hold", (HOME, HOME), 20, 52.9, "within-error"),
        ("abd_hold", (HOME, HOME), 20, 53, "likely-real"),
        ("abd_hold", (CLINIC, CLINIC), 53, 20, "likely-real"),
        ("abd_hold", (HOME, CLINIC), 0, 59, "cannot-tell"),
        ("bridge", (HOME, HOME), 20, 44.9, "within-error"),
        ("bridge", (HOME, HOME), 20, 45, "likely-real"),
        ("bridge", (CLINIC, HOME), 0, 59, "cannot-tell"),
        ("sideplank", (HOME, HOME), 10, 40.9, "within-error"),
        ("sideplank", (HOME, HOME), 10, 41, "likely-real"),
        ("sideplank", (HOME, CLINIC), 0, 59, "cannot-tell"),
        ("stepdown", (HOME, HOME), 4, 3, "within-error"),
        ("stepdown", (HOME, HOME), 4, 2, "likely-real"),
        ("stepdown", (CLINIC, CLINIC), 4, 2, "likely-real"),
        ("stepdown", (HOME, CLINIC), 6, 0, "cannot-tell"),
        ("abd_lift", (HOME, HOME), 3, 2, "within-error"),
        ("abd_lift", (HOME, HOME), 3, 1, "likely-real"),
        ("sls", (HOME, HOME), 1, 44, "cannot-tell"),
        ("cst5", (HOME, HOME), 30, 10, "cannot-tell"),
        ("bridge_double", (HOME, HOME), 1, 59, "cannot-tell"),
        ("bal4", (HOME, HOME), 0, 4, "cannot-tell"),
        ("sts_watch", (HOME, HOME), 0, 2, "cannot-tell"),
        # the cap hides improvement
        ("bridge", (HOME, HOME), 60, 60, "cannot-tell"),
        ("bridge", (HOME, HOME), 35.1, 60, "cannot-tell"),
        ("bridge", (HOME, HOME), 35, 60, "likely-real"),
        ("bridge", (HOME, HOME), 60, 35, "likely-real"),
    ],
)
def test_a_change_is_told_by_the_published_error(test_id, places, then, now, verdict):
    assert changed(test_id, then, now, places).verdict == verdict


@pytest.mark.parametrize(
    ("test_id", "then", "now", "better"),
    [
        ("cst30", 10, 14, True),
        ("cst30", 14, 10, False),
        ("stepdown", 4, 1, True),
        ("stepdown", 1, 4, False),
        ("cst30", 10, 10, None),
    ],
)
def test_better_follows_the_direction_of_the_test(test_id, then, now, better):
    assert changed(test_id, then, now).better is better


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        (reading("bridge", None, ending=Ending.STOPPED_FOR_PAIN), reading("bridge", 59), "stopped-for-pain"),
        (reading("bridge", 1), reading("bridge", None, ending=Ending.COULD_NOT), "could-not"),
        (reading("bridge", 1), reading("bridge", 59, protocol=2), "other-protocol"),
        (reading("bridge", 60), reading("bridge", 60), "at-the-cap"),
        (reading("bridge", 60), reading("bridge", 58), "at-the-cap"),
        (reading("sls", 1), reading("sls", 44), "no-published-error"),
        (reading("bridge", 1), reading("bridge", 59, CLINIC), "home-and-clinic"),
        (reading("cst30", 5, form=Form.HANDS), reading("cst30", 15), "hands-used"),
        (reading("cst30", 5), reading("cst30", 15, right_angle=False), "seat-outside"),
        (reading("cst30", 5, age_y=40), reading("cst30", 15, age_y=40, right_angle=None), "seat-not-known"),
        (reading("stepdown", 6, form=Form.SQUAT), reading("stepdown", 0), "adapted-form"),
        (reading("sideplank", 5, stopped_by=StoppedBy.SHOULDER), reading("sideplank", 50), "shoulder-stop"),
        (reading("sideplank", 5), reading("sideplank", 50, stopped_by=StoppedBy.BACK), "back-stop"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_cannot_be_told_and_the_reason_is_given(then, now, reason):
    found = since(then, now, SELFTESTS[then.score.test])

    assert (found.verdict, found.reason) == (Change.CANNOT_TELL, reason)
    assert (found.before, found.after) == (then.score.value, now.score.value)


@pytest.mark.parametrize(
    ("test_id", "home", "clinic"),
    [
        ("cst30", 3, 7),
        ("abd_hold", 33, None),
        ("bridge", 25, None),
        ("sideplank", 31, None),
        ("stepdown", 2, None),
        ("abd_lift", 2, None),
        ("sls", None, None),
        ("bal4", None, None),
        ("sts_watch", None, None),
        ("cst5", None, None),
        ("bridge_double", None, None),
    ],
)
def test_the_limits_are_those_of_the_pack(test_id, home, clinic):
    assert (SELFTESTS[test_id].change_limit, SELFTESTS[test_id].clinic_limit) == (home, clinic)


def test_at_the_60th_birthday_counts_are_compared_and_not_bands():
    then, now = reading("cst30", 12, age_y=59), reading("cst30", 12, age_y=60)

    assert (then.score.band, now.score.band) == (None, "similar")
    assert since(then, now, SELFTESTS["cst30"]).verdict == "same"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (6, 4, "likely-real"),
        (6, 8, "likely-real"),
        (6, 5, "within-error"),
        (5, 4, "within-error"),
        (4, 3, "within-error"),
        (3, 2, "may-be-real"),
        (3, 4, "may-be-real"),
        (2, 1, "may-be-real"),
        (1, 0, "may-be-real"),
        (1, 2, "may-be-real"),
        (0, 1, "within-error"),
        (0, 2, "likely-real"),
        (4, 2, "likely-real"),
        (3, 3, "same"),
        (0, 0, "same"),
        (10, 10, "same"),
    ],
)
def test_pain_changes_as_ruling_19_says(before, after, verdict):
    assert pain(before, after) == verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (6.0, 4.0, "likely-real"),
        (6.0, 4 + 1 / 3, "within-error"),
        (13 / 3, 19 / 3, "likely-real"),
        (2.0, 1.0, "within-error"),
        (5.0, 5.0, "same"),
    ],
)
def test_pain_impact_changes_by_2_points_or_more(before, after, verdict):
    assert impact(before, after) == verdict


RATINGS = st.integers(0, 10)


@given(RATINGS, RATINGS, RATINGS)
def test_a_bigger_change_of_pain_is_never_less_real(before, one, two):
    order = [Change.SAME, Change.WITHIN_ERROR, Change.MAY_BE_REAL, Change.LIKELY_REAL]
    near, far = sorted((one, two), key=lambda after: abs(after - before))

    assert order.index(pain(before, near)) <= order.index(pain(before, far))


@given(st.integers(0, 60), st.integers(0, 60))
def test_then_and_now_swapped_turn_better_round(then, now):
    there, back = changed("cst30", then, now), changed("cst30", now, then)

    assert there.verdict == back.verdict
    assert there.better is None or there.better is not back.better


# --- two visits whole ---


def test_like_goes_with_like_and_home_against_clinic_only_where_nothing_else_is_there():
    then = (reading("cst30", 10), reading("cst30", 12, CLINIC), reading("stepdown", 4))
    now = (reading("cst30", 13), reading("cst30", 14, CLINIC), reading("stepdown", 1, CLINIC))

    found = [
        (each.test, each.then, each.now, each.verdict, each.reason) for each in measures(then, now, SELFTESTS)
    ]

    assert found == [
        ("stepdown", HOME, CLINIC, "cannot-tell", "home-and-clinic"),
        ("cst30", HOME, HOME, "likely-real", None),
        ("cst30", CLINIC, CLINIC, "within-error", None),
    ]


def test_what_was_measured_once_cannot_be_told():
    found = measures([reading("bridge", 20)], [reading("cst30", 9, CLINIC)], SELFTESTS)

    assert [(each.test, each.reason, each.before, each.after) for each in found] == [
        ("cst30", "not-done-then", None, 9),
        ("bridge", "not-done-now", 20, None),
    ]
    assert {each.verdict for each in found} == {Change.CANNOT_TELL}


def test_a_test_nobody_chose_to_do_is_no_measure():
    chose_not = reading("bridge", None, ending=Ending.CHOSE_NOT)

    assert measures([chose_not], [chose_not], SELFTESTS) == ()


def test_a_protocol_nobody_knows_is_never_compared():
    found = since(reading("bridge", 1, protocol=None), reading("bridge", 59), SELFTESTS["bridge"])

    assert found.reason == "other-protocol"


TIMED = sorted(test.id for test in SELFTESTS if test.change_limit is not None)


@given(st.sampled_from(TIMED), st.integers(0, 600), st.integers(0, 600), st.sampled_from(list(Place)))
def test_a_change_is_real_exactly_from_the_limit_on(test_id, one, two, place):
    test = SELFTESTS[test_id]
    scale = 1 if test.whole else 10
    top = (test.cap or test.valid[1]) - (0 if test.whole else 0.1)
    then, now = (min(each / scale, top) for each in (one, two))

    found = since(reading(test_id, then, place), reading(test_id, now, place), test)

    if found.reason is None:
        real = round(abs(now - then), 2) >= test.change_limit
        assert (found.verdict == Change.LIKELY_REAL) == real
    else:
        assert found.verdict == Change.CANNOT_TELL


@given(
    st.sampled_from([test.id for test in SELFTESTS]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(list(Place)),
    st.sampled_from(list(Place)),
)
def test_turned_round_in_time_the_verdict_stays_and_better_turns(test_id, one, two, here, there):
    low, high = SELFTESTS[test_id].valid
    first, second = (
        reading(test_id, min(low + value, high), place) for value, place in ((one, here), (two, there))
    )
    forth, back = (since(a, b, SELFTESTS[test_id]) for a, b in ((first, second), (second, first)))

    assert (forth.verdict, forth.limit) == (back.verdict, back.limit)
    assert forth.better is None or forth.better is not back.better
