"""The one road: what is still missing, who must be seen, and what a result holds at each level."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import (
    ASKED,
    FRONT_OF_KNEE,
    ITEMS,
    KNOWN,
    NONE,
    after,
    did,
    people,
    person,
    put,
    tell,
    with_tick,
)

from screening.domain.answers import NO_PAIN, Answers, Ending, Side
from screening.domain.levels import Level, Tier
from screening.domain.outcome import Fit, GetSeen, NotYet, Results
from screening.services.answers_file import outcome_as_dict
from screening.services.assessment import RESULTS_VERSION, assess, battery
from screening.services.wording import sentences

GROIN, BACK = "spot-groin-left", "spot-low-back"


def results(told: Answers) -> Results:
    found = assess(told, KNOWN)
    assert isinstance(found, Results)
    return found


def missing(told: Answers) -> tuple[str, tuple[str, ...]]:
    found = assess(told, KNOWN)
    assert isinstance(found, NotYet)
    return found.page, found.missing


# -- not yet -----------------------------------------------------------------------------------------

STEPS = [
    ({}, ("about_you", ("age",))),
    ({"age": 40}, ("where", ("spots",))),
    ({"spots": {FRONT_OF_KNEE}}, ("safety", ("SCR1", "SCR2", "SCR3", "SCR4"))),
    ({"SCR1": NONE}, ("safety", ("SCR2", "SCR3", "SCR4"))),
    ({"SCR2": NONE, "SCR3": NONE}, ("safety", ("SCR4",))),
    ({"SCR4": NONE}, ("pain", ("P2",))),
]


@pytest.mark.parametrize("done", range(len(STEPS)))
def test_the_first_screen_that_lacks_an_answer_is_named(done):
    told = Answers()
    for answers, _ in STEPS[: done + 1]:
        told = tell(told, **answers)

    assert missing(told) == STEPS[done][1]


def test_with_pain_now_answered_there_is_a_result():
    assert results(person()).level == Level.P


def test_with_no_pain_no_pain_answer_is_waited_for():
    assert results(person(spots=[NO_PAIN])).level == Level.P


@pytest.mark.parametrize("item", ["C1", "C5"])
def test_a_card_that_asks_for_a_visit_does_not_wait_for_the_pain_answers(item):
    assert results(put(person(item), ASKED, "P2", None)).cards[0].level == ITEMS[item].level


def test_what_is_missing_comes_with_the_level_so_far():
    found = assess(tell(Answers(), age=40, spots={FRONT_OF_KNEE}, SCR1=NONE, SCR2=NONE, SCR3={"C1"}), KNOWN)

    assert isinstance(found, NotYet)
    assert (found.level, found.rules) == (Level.U, ("C1",))


def test_a_list_that_gained_a_line_is_asked_again_before_any_result():
    told = put(person(spots=[BACK]), ASKED, "spots", {FRONT_OF_KNEE})

    assert missing(told) == ("safety", ("SCR2",))


# -- please get seen ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (tell(Answers(), SCR1={"E6"}), Level.E),
        (tell(Answers(), age=40, spots={FRONT_OF_KNEE}, SCR1={"E6"}), Level.E),
        (tell(Answers(), age=40, spots={FRONT_OF_KNEE}, SCR1=NONE, SCR2={"D1"}), Level.S),
        (tell(Answers(), age=17), Level.UNDER_AGE),
        (person("E1", "X5"), Level.E),
    ],
)
def test_an_urgent_tick_does_not_wait_for_later_answers(told, level):
    found = assess(told, KNOWN)

    assert isinstance(found, GetSeen)
    assert found.level == found.card.level == level


def test_the_urgent_outcome_has_no_room_for_a_score():
    assert {field.name for field in fields(GetSeen)} == {"level", "rules", "card"}


@given(
    people(whole=True), st.sampled_from([item for item in ITEMS if item[0] == "E" or item in {"D1", "D6"}])
)
def test_an_urgent_tick_hides_every_score_whatever_was_done(told, item):
    told = with_tick(told, item)
    document = outcome_as_dict(assess(told, KNOWN))

    assert set(document) == {"results_version", "level", "rules"}
    assert battery(told, KNOWN).planned == ()


# -- results at each level --------------------------------------------------------------------------

DONE = (
    did("sls", "left", 30.0),
    did("sls", "right", 22.0),
    did("abd_hold", "left", 20.0),
    did("abd_hold", "right", 55.0),
)


def test_at_p_the_tests_are_scored_compared_and_read_by_domain():
    found = results(after(person(age=30), *DONE))

    assert [(each.test, each.side) for each in found.scores] == [
        ("sls", Side.LEFT),
        ("sls", Side.RIGHT),
        ("abd_hold", Side.LEFT),
        ("abd_hold", Side.RIGHT),
    ]
    assert [each.test for each in found.differences] == ["sls", "abd_hold"]
    assert found.domains[0].left == "worth-showing"
    assert (found.cards, found.texts, found.battery.tier) == ((), ("text.F1",), Tier.A)


@pytest.mark.parametrize(
    ("ticks", "texts"),
    [
        ([], ("text.F1",)),
        (["X6"], ("text.MX_H", "note.f1_at_x")),
        (["X1", "X6"], ("text.MX_F", "text.MX_H", "note.f1_at_x")),
        (["X5"], ("note.f1_at_x",)),
        (["X7"], ("note.f1_at_x",)),
        (["C1"], ("note.f1_at_u",)),
        (["C5"], ("note.f1_at_u",)),
        (["C5", "C10"], ("text.RB3", "note.f1_at_u")),
        (["C1", "C5", "X6"], ("note.f1_at_u",)),
    ],
)
def test_the_nothing_found_text_is_whole_only_where_nothing_was_found(ticks, texts):
    assert results(person(*ticks)).texts == texts


@pytest.mark.parametrize("item", ["C1", "C5"])
def test_at_u_and_v_what_was_done_is_not_scored(item):
    found = results(after(person(item), *DONE))

    assert (found.scores, found.differences, found.domains) == ((), (), ())
    assert found.battery.planned == ()
    assert found.pain.now == 2


def test_at_pain_of_six_there_is_no_score_that_day():
    found = results(tell(after(person(), *DONE), P2=6))

    assert (found.level, found.scores, found.domains) == (Level.X, (), ())
    assert {each.reason for each in found.battery.left_out} == {"pain-6"}
    assert found.cards[0].action == "text.HI"


def test_a_test_done_before_a_line_left_it_out_keeps_its_score():
    found = results(after(person("X6"), did("stepdown", "left", 1)))

    assert [(each.test, each.band) for each in found.scores] == [("stepdown", "steady")]
    assert [(each.test, each.side) for each in found.battery.left_out if each.test == "stepdown"] == [
        ("stepdown", Side.RIGHT)
    ]


def test_patterns_and_pain_are_told_beside_the_scores():
    found = results(
        person(age=30, Q5k={"trigger-stairs", "trigger-squat"}, Q4="onset-slow", P1=6, P3=5, P4=4)
    )

    assert [(each.id, each.fit) for each in found.patterns] == [("K1", Fit.FITS)]
    assert found.pain.impact == 5.0


@pytest.mark.parametrize(
    ("spots", "seconds", "shown"),
    [([GROIN], 20.0, True), ([GROIN], 60.0, False), ([FRONT_OF_KNEE], 20.0, False)],
)
def test_groin_pain_with_a_low_side_of_the_hip_points_to_the_joint_not_to_the_muscle(spots, seconds, shown):
    told = after(person(age=30, spots=spots), did("abd_hold", "left", seconds, capped=seconds == 60))

    assert ("note.hip_joint" in results(told).texts) is shown


def test_a_side_difference_names_the_same_side_as_the_pain_only_when_one_side_hurts():
    low_left = (did("abd_hold", "left", 10.0), did("abd_hold", "right", 50.0))

    for spots, same in (
        (["spot-groin-left"], True),
        (["spot-groin-right"], False),
        (["spot-groin-left", "spot-groin-right"], False),
    ):
        (found,) = results(after(person(age=30, spots=spots), *low_left)).differences
        assert (found.verdict, found.same_side_as_pain) == ("left-lower", same)


def test_sex_that_was_not_said_is_no_reason_to_wait():
    assert results(replace(person(), sex=None)).level == Level.P


def test_while_the_tests_go_on_the_battery_asks_for_a_helper_and_in_the_end_leaves_the_chair_out():
    told = person("X2")

    assert "cst30" in {each.test for each in battery(told, KNOWN).planned}
    assert "no-helper" in {each.reason for each in results(told).battery.left_out}


def test_no_test_is_offered_before_every_answer_is_there():
    assert battery(tell(Answers(), age=40), KNOWN).planned == ()
    assert battery(put(person(), ASKED, "P2", None), KNOWN).planned == ()


# -- as a dictionary ----------------------------------------------------------------------------------


def test_a_result_has_its_keys_in_fixed_order():
    assert list(outcome_as_dict(assess(person(), KNOWN))) == [
        *("results_version", "level", "rules", "tier", "tests", "left_out"),
        *("differences", "domains", "patterns", "pain"),
    ]


def test_something_missing_has_no_level_but_the_level_so_far():
    document = outcome_as_dict(assess(tell(Answers(), age=40, spots={BACK}), KNOWN))

    assert document == {
        "results_version": RESULTS_VERSION,
        "level": None,
        "level_so_far": "P",
        "rules": [],
        "missing": {"page": "safety", "answers": ["SCR1", "SCR2", "SCR3", "SCR4"]},
    }


def test_a_score_is_told_with_its_unit_its_reason_and_its_margin():
    (score,) = outcome_as_dict(assess(after(person(age=65), did("cst30", None, 9, right_angle=True)), KNOWN))[
        "tests"
    ]

    assert (score["id"], score["side"], score["outcome"], score["value"], score["unit"]) == (
        "cst30",
        None,
        "done",
        9,
        "stands",
    )
    assert (score["band"], score["reason"]) == ("lower", None)
    assert score["margin"]["half_width"] > 0


def test_a_stop_has_no_value_and_says_why():
    told = after(person(), did("sls", "left", None, ending=Ending.STOPPED_FOR_PAIN))
    (score,) = outcome_as_dict(assess(told, KNOWN))["tests"]

    assert (score["value"], score["band"], score["reason"]) == (None, None, "stopped-for-pain")


@given(people())
def test_anybody_can_be_assessed_and_every_wording_key_exists(told):
    found = assess(told, KNOWN)
    keys = set()
    if isinstance(found, GetSeen):
        keys = {found.card.header, found.card.action, *found.card.reasons}
    if isinstance(found, Results):
        for card in found.cards:
            keys |= {card.header, card.action, *card.reasons}
        keys |= {*found.texts, *found.battery.notes, *(each.text for each in found.patterns)}
        keys |= {f"reason.{each.reason}" for each in found.battery.left_out}
        assert (found.level in {Level.P, Level.X}) or not found.scores

    assert keys <= sentences("en").keys()
