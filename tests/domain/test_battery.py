"""Which tests, in which order, and what is left out and why: one person at a time."""

import pytest
from hypothesis import given
from tests.people import ASKED, FRONT_OF_KNEE, KNOWN, after, did, people, person, tell

from screening.domain.answers import NO_PAIN, Answers, Ending, Side
from screening.domain.battery import gate_failed, plan, stance_s
from screening.domain.levels import Tier
from screening.domain.outcome import Battery
from screening.domain.safety import triage

STANDARD = ["sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"]
GENTLE = ["bal4", "sts_watch", "cst30", "abd_lift", "bridge_double"]
BACK = "spot-low-back"


def battery(told: Answers, *, final: bool = False) -> Battery:
    return plan(ASKED, KNOWN.selftests, told, triage(ASKED, told), final=final)


def offered_to(told: Answers, **more: bool) -> list[str]:
    return [each.test for each in battery(told, **more).planned]


def left_out(told: Answers, **more: bool) -> dict[str, str]:
    return {
        each.test + (f" {each.side}" if each.side else ""): each.reason
        for each in battery(told, **more).left_out
    }


def checks(told: Answers, test: str) -> tuple[str, ...]:
    return next(each.checks for each in battery(told).planned if each.test == test)


# -- which set -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "tier", "tests"),
    [
        (person(), Tier.A, STANDARD),
        (person(age=64), Tier.A, STANDARD),
        (person(age=65), Tier.B, GENTLE),
        (person(spots=[NO_PAIN]), Tier.A, STANDARD),
        (tell(person(), P2=4), Tier.A, STANDARD),
        (tell(person(), P2=5), Tier.B, GENTLE),
        (tell(person(), P2=6), Tier.C, []),
        (person("X7"), Tier.B, GENTLE),
        (person("X11"), Tier.B, GENTLE),
        (person("X10"), Tier.C, []),
        (person("X1", "X1a"), Tier.C, []),
        (person("X4", "X4a"), Tier.C, []),
        (person("X5"), Tier.C, []),
        (person("C1"), Tier.C, []),
        (person("C5"), Tier.C, []),
    ],
)
def test_the_set_of_tests_follows_age_pain_and_ticks(told, tier, tests):
    found = battery(told)

    assert (found.tier, [each.test for each in found.planned]) == (tier, tests)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (person("C1"), "level-U"),
        (person("C5"), "level-V"),
        (person("C1", "C5", "X5"), "level-U"),
        (tell(person("X5"), P2=6), "pain-6"),
        (person("X5", "X6"), "X5"),
        (person("X1", "X1a"), "X1a"),
        (person("X10"), "X10"),
    ],
)
def test_who_does_no_test_today_is_told_why_for_every_standard_test(told, reason):
    assert left_out(told) == dict.fromkeys(STANDARD, reason)


def test_who_does_every_standard_test_has_nothing_left_out():
    assert battery(person()).left_out == ()


def test_the_gentle_set_says_what_it_takes_the_place_of():
    assert left_out(person(age=65)) == dict.fromkeys(
        ["sls", "stepdown", "abd_hold", "bridge", "sideplank"], "gentle-set"
    )


# -- families ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticks", "out"),
    [
        (["X1"], {"sls": "X1", "stepdown": "X1"}),
        (["X2"], {"sls": "X2", "stepdown": "X2"}),
        (["X3"], {}),
        (["X4"], {"sls": "X4", "stepdown": "X4", "bridge": "X4", "sideplank": "X4"}),
        (["X6"], {"stepdown": "X6", "abd_hold": "X6", "bridge": "X6", "sideplank": "X6"}),
        (["X8"], {"abd_lift": "X8", "abd_hold": "X8", "sideplank": "X8"}),
        (["X9"], {"sls": "X9", "stepdown": "X9"}),
        (
            ["X4", "X6", "X8"],
            {
                "sls": "X4",
                "stepdown": "X4",
                "abd_lift": "X8",
                "abd_hold": "X8",
                "bridge": "X4",
                "sideplank": "X8",
            },
        ),
    ],
)
def test_a_line_leaves_out_its_families_and_the_side_plank_goes_with_lying_bridge_and_holds(ticks, out):
    told = person(*ticks)

    assert left_out(told) == out
    assert offered_to(told) == [test for test in STANDARD if test not in out]


def test_who_cannot_get_to_the_floor_does_no_side_plank_even_in_the_standard_set():
    told = after(person("X7"), did("sls", "left", 40.0))

    assert left_out(told)["sideplank"] == "X7"


def test_unsteady_at_65_the_balance_test_ends_before_one_foot():
    found = {each.test: each.max_stage for each in battery(person("X1", age=65)).planned}

    assert found["bal4"] == 3
    assert {each.test: each.max_stage for each in battery(person(age=65)).planned}["bal4"] is None


def test_the_gentle_set_of_who_may_do_no_hold_is_short():
    told = person("X6", "X8", age=70)

    assert offered_to(told) == ["bal4", "sts_watch", "cst30"]
    assert left_out(told)["bridge_double"] == "X6"
    assert left_out(told)["abd_lift"] == "X8"


# -- the balance gate ----------------------------------------------------------------------------------


def stood(left: float | None, right: float | None, told: Answers | None = None) -> Answers:
    attempts = [
        did("sls", side, value) for side, value in (("left", left), ("right", right)) if value is not None
    ]
    return after(told or person(), *attempts)


@pytest.mark.parametrize(
    ("left", "right", "failed"),
    [
        (4.9, 45.0, True),
        (5.0, 45.0, False),
        (45.0, 4.9, True),
        (9.9, 9.9, True),
        (9.9, 10.0, False),
        (5.0, 10.0, False),
        (10.0, 10.0, False),
        (4.9, None, True),
        (9.9, None, False),
        (None, None, False),
    ],
)
def test_the_gate_fails_under_5_seconds_on_one_side_or_under_10_on_both(left, right, failed):
    assert gate_failed(stood(left, right)) is failed


@pytest.mark.parametrize(
    ("ending", "seconds", "failed"),
    [
        (Ending.COULD_NOT, 0.0, True),
        (Ending.STOPPED_FOR_PAIN, None, False),
        (Ending.STOPPED_OTHER, None, False),
        (Ending.CHOSE_NOT, None, False),
    ],
)
def test_could_not_counts_as_no_seconds_and_no_other_ending_counts(ending, seconds, failed):
    told = after(person(), did("sls", "left", None, ending=ending), did("sls", "right", 45.0, capped=True))

    assert stance_s(told, Side.LEFT) == seconds
    assert gate_failed(told) is failed
    assert left_out(told).get("stepdown left") == "stance-not-done"


def test_a_stance_that_hurt_too_much_does_not_count():
    told = after(person(), did("sls", "left", 3.0, pain=(2, 6, 3)), did("sls", "right", 45.0))

    assert not gate_failed(told)
    assert left_out(told) == {"stepdown left": "stance-not-done"}


@pytest.mark.parametrize(("seconds", "reason"), [(9.9, "stance-under-10"), (10.0, None)])
def test_the_step_down_needs_10_seconds_of_stance_on_that_side(seconds, reason):
    told = stood(seconds, 30.0)

    assert left_out(told).get("stepdown left") == reason
    sides = next(each.sides for each in battery(told).planned if each.test == "stepdown")
    assert sides == ((Side.RIGHT,) if reason else (Side.LEFT, Side.RIGHT))


def test_before_the_stance_was_tried_the_step_down_is_planned():
    assert "stepdown" in offered_to(person())


def test_a_failed_gate_switches_to_the_gentle_set_from_there_on_and_keeps_what_was_done():
    told = stood(4.0, 30.0)

    assert battery(told).tier == Tier.B
    assert offered_to(told) == ["sls", *GENTLE]
    assert left_out(told) == {
        "stepdown left": "stance-under-10",
        "stepdown right": "gentle-set",
        "abd_hold": "gentle-set",
        "bridge": "gentle-set",
        "sideplank": "gentle-set",
    }


def test_after_the_first_side_failed_the_other_side_is_not_asked_for():
    told = stood(4.0, None)

    assert next((each.test, each.sides) for each in battery(told).planned) == ("sls", (Side.LEFT,))
    assert left_out(told)["sls right"] == "gentle-set"


def test_tests_done_before_the_gate_failed_stay():
    told = after(stood(4.0, 30.0), did("stepdown", "right", 1), did("bridge", "left", 20.0))

    assert ("stepdown", (Side.RIGHT,)) in [(each.test, each.sides) for each in battery(told).planned]
    assert left_out(told)["bridge right"] == "gentle-set"


@pytest.mark.parametrize(("age", "shown"), [(59, False), (60, True)])
def test_from_60_a_failed_gate_brings_the_fall_message_and_the_question_about_a_helper(age, shown):
    told = stood(4.0, 30.0, person(age=age))

    assert ("note.fall_message" in battery(told).notes) is shown
    assert checks(told, "cst30") == (("someone-near",) if shown else ())


@pytest.mark.parametrize(("stages", "shown"), [(2, True), (3, False), (4, False)])
def test_a_short_tandem_stand_brings_the_fall_message_at_any_age(stages, shown):
    told = after(person("X7", age=30), did("bal4", None, stages))

    assert ("note.fall_message" in battery(told).notes) is shown


def test_who_could_not_do_the_balance_test_gets_the_fall_message():
    told = after(person(age=70), did("bal4", None, None, ending=Ending.COULD_NOT))

    assert "note.fall_message" in battery(told).notes


# -- someone near --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticks", [["X1"], ["X2"], ["X3"], ["X9"]])
@pytest.mark.parametrize("age", [40, 70])
def test_before_a_chair_test_who_may_fall_is_asked_for_a_helper(ticks, age):
    assert checks(person(*ticks, age=age), "cst30") == ("someone-near",)


def test_nobody_else_is_asked_for_a_helper():
    assert checks(person(), "cst30") == ()
    assert checks(person(age=70), "sts_watch") == ()


@pytest.mark.parametrize(
    ("answer", "final", "offered"),
    [
        (True, False, True),
        (True, True, True),
        (False, False, False),
        (False, True, False),
        (None, False, True),
        (None, True, False),
    ],
)
def test_without_a_yes_the_chair_test_is_left_out(answer, final, offered):
    told = tell(person("X2"), **{"check:someone-near": answer})

    assert ("cst30" in offered_to(told, final=final)) is offered
    assert left_out(told, final=final).get("cst30") == (None if offered else "no-helper")


def test_a_chair_test_that_was_done_is_not_left_out_afterwards():
    assert "cst30" not in left_out(after(person("X2"), did("cst30", None, 11)), final=True)


# -- other gates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "triggers", "reason"),
    [
        (5, {"trigger-stairs"}, "stairs-pain"),
        (5, {"trigger-squat"}, "gentle-set"),
        (4, {"trigger-stairs"}, None),
    ],
)
def test_stairs_that_hurt_with_pain_of_five_leave_out_the_step_down(now, triggers, reason):
    assert left_out(tell(person(), P2=now, Q5k=triggers)).get("stepdown") == reason


@pytest.mark.parametrize(("answer", "reason"), [(True, "shoulder-sore"), (False, None), (None, None)])
def test_a_sore_shoulder_leaves_out_the_side_plank(answer, reason):
    told = tell(person(), **{"check:shoulder-sore": answer})

    assert left_out(told).get("sideplank") == reason
    assert checks(person(), "sideplank") == ("shoulder-sore",)


PAINFUL = {"ending": Ending.STOPPED_FOR_PAIN}


def test_one_test_stopped_by_pain_leaves_the_others():
    told = after(person(), did("sls", "left", None, **PAINFUL))

    assert left_out(told) == {"stepdown left": "stance-not-done"}


@pytest.mark.parametrize(
    "second",
    [
        did("sls", "right", None, **PAINFUL),
        did("sls", "right", 20.0, pain=(2, 6, 2)),
        did("sls", "right", 20.0, pain=(1, 3, 1)),
    ],
)
def test_two_stops_by_pain_end_the_tests_for_today(second):
    told = after(person(), did("sls", "left", None, **PAINFUL), second)

    assert offered_to(told) == ["sls"]
    assert left_out(told) == dict.fromkeys(STANDARD[1:], "pain-stops")


def test_a_little_pain_stops_nothing():
    told = after(
        person(), did("sls", "left", 30.0, pain=(2, 3, 2)), did("sls", "right", 30.0, pain=(0, 2, 0))
    )

    assert left_out(told) == {}


# -- easier forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "planned"),
    [
        (None, False),
        (Ending.COULD_NOT, True),
        (Ending.STOPPED_OTHER, True),
        (Ending.CHOSE_NOT, True),
        (Ending.STOPPED_FOR_PAIN, False),
        (Ending.DONE, False),
    ],
)
def test_five_stands_are_offered_where_30_seconds_were_too_much_and_not_after_pain(ending, planned):
    told = person(age=71)
    if ending is not None:
        told = after(told, did("cst30", None, 9 if ending == Ending.DONE else None, ending=ending))

    assert ("cst5" in offered_to(told)) is planned
    assert "cst5" not in left_out(told)


def test_five_stands_are_not_offered_in_the_standard_set():
    assert "cst5" not in offered_to(after(person(), did("cst30", None, None, ending=Ending.COULD_NOT)))


# -- sides ---------------------------------------------------------------------------------------------


def test_the_less_sore_side_goes_first_in_every_test():
    found = {each.test: each.sides for each in battery(person(spots=["spot-groin-left"])).planned}

    assert found["sls"] == found["bridge"] == (Side.RIGHT, Side.LEFT)
    assert found["cst30"] == (None,)


def test_at_a_visit_first_nothing_that_was_done_is_planned():
    told = after(person("C5"), did("sls", "left", 30.0))

    assert (offered_to(told), left_out(told)["sls"]) == ([], "level-V")


def test_a_test_the_person_chose_not_to_do_is_left_out_when_a_line_removes_it():
    told = after(person("X6"), *(did("sideplank", side, None, ending=Ending.CHOSE_NOT) for side in Side))

    assert left_out(told)["sideplank"] == "X6"


# -- what can never happen ---------------------------------------------------------------------------


@given(people(whole=True))
def test_every_standard_test_and_side_is_planned_or_left_out_and_never_both(told):
    for final in (False, True):
        found = battery(told, final=final)
        planned = {(each.test, side) for each in found.planned for side in each.sides}
        out = set()
        for each in found.left_out:
            sides = Side if KNOWN.selftests[each.test].each_side else (None,)
            out |= {(each.test, side) for side in sides if each.side in {None, side}}
        assert not planned & out
        for test in KNOWN.selftests:
            if "standard" in test.sets:
                sides = tuple(Side) if test.each_side else (None,)
                assert {(test.id, side) for side in sides} <= planned | out


@given(people(whole=True))
def test_tests_stand_in_battery_order_and_none_is_offered_at_an_urgent_level(told):
    found = battery(told)
    order = [KNOWN.selftests[each.test].order for each in found.planned]

    assert order == sorted(order)
    if triage(ASKED, told).level.value in {"U", "V"}:
        assert found.planned == ()


@given(people(whole=True))
def test_ending_the_tests_only_takes_away(told):
    assert set(offered_to(told, final=True)) <= set(offered_to(told))


def test_a_front_knee_is_where_the_invented_person_hurts():
    assert person().spots == (FRONT_OF_KNEE,)
    assert person(spots=[BACK]).spots == (BACK,)
