"""What the four domains say: only primary tests flag, soft signs neither flag nor reassure."""

from dataclasses import replace

import pytest

from screening.domain.answers import Attempt, Ending, Form, Sex, Side
from screening.domain.findings import DOMAINS, domain_findings
from screening.domain.levels import Tier
from screening.domain.outcome import Battery, Finding, LeftOut
from screening.domain.scoring import score
from screening.services.catalogue import load

SELFTESTS = load().selftests
NOTHING_OUT = Battery(tier=Tier.A, planned=(), left_out=())


def found(*attempts, age_y=30, left_out=()):
    """Findings by domain, as pairs of left and right; each attempt is (test, side, value) or an Attempt."""
    scores = []
    for each in attempts:
        attempt = each if isinstance(each, Attempt) else done(*each)
        scores.append(score(attempt, SELFTESTS[attempt.test], age_y, Sex.FEMALE))
    battery = replace(NOTHING_OUT, left_out=tuple(left_out))
    return {
        each.id: (each.left.value, each.right.value) for each in domain_findings(scores, SELFTESTS, battery)
    }


def done(test_id, side, value, **more):
    chair = {"right_angle": True} if SELFTESTS[test_id].chair else {}
    return Attempt(
        test=test_id,
        side=Side(side) if side else None,
        ending=Ending.DONE,
        value=value,
        **{**chair, **more},
    )


def ended(test_id, side, ending):
    return Attempt(test=test_id, side=Side(side) if side else None, ending=ending)


def test_nothing_done_is_four_domains_not_tested():
    assert found() == dict.fromkeys(DOMAINS, ("not-tested", "not-tested"))


@pytest.mark.parametrize(
    ("domain", "test_id", "value", "finding"),
    [
        ("side_of_hip", "abd_hold", 29.9, "worth-showing"),
        ("side_of_hip", "abd_hold", 30, "cannot-tell"),
        ("side_of_hip", "abd_hold", 59.9, "cannot-tell"),
        ("side_of_hip", "abd_hold", 60, "no-signal"),
        ("back_of_hip", "bridge", 29.9, "worth-showing"),
        ("back_of_hip", "bridge", 30, "cannot-tell"),
        ("back_of_hip", "bridge", 60, "no-signal"),
        ("control", "stepdown", 4, "worth-showing"),
        ("control", "stepdown", 3, "cannot-tell"),
        ("control", "stepdown", 2, "cannot-tell"),
        ("control", "stepdown", 1, "no-signal"),
        ("trunk", "sideplank", 29.9, "worth-showing"),
        ("trunk", "sideplank", 30, "cannot-tell"),
        ("trunk", "sideplank", 60, "no-signal"),
    ],
)
def test_a_primary_test_speaks_for_the_side_it_was_done_on(domain, test_id, value, finding):
    assert found((test_id, "left", value))[domain] == (finding, "not-tested")
    assert found((test_id, "right", value))[domain] == ("not-tested", finding)


@pytest.mark.parametrize(
    ("test_id", "value", "age_y", "finding"),
    [
        ("cst30", 11, 60, "worth-showing"),
        ("cst30", 12, 60, "no-signal"),
        ("cst30", 18, 60, "no-signal"),
        ("cst30", 0, 94, "worth-showing"),
        ("cst30", 12, 40, "cannot-tell"),
        ("cst5", 11.4, 60, "no-signal"),
        ("cst5", 11.5, 60, "worth-showing"),
        ("cst5", 11.5, 50, "cannot-tell"),
        ("bridge_double", 59.9, 70, "worth-showing"),
        ("bridge_double", 60, 70, "no-signal"),
    ],
)
def test_a_test_of_both_legs_speaks_for_both_sides(test_id, value, age_y, finding):
    assert found((test_id, None, value), age_y=age_y)["back_of_hip"] == (finding, finding)


@pytest.mark.parametrize("grade", range(4))
def test_a_leg_lift_neither_flags_nor_clears_the_side_of_the_hip(grade):
    assert found(("abd_lift", "left", grade))["side_of_hip"] == ("cannot-tell", "not-tested")


def test_a_leg_lift_does_not_spoil_a_hold_to_the_end():
    assert found(("abd_lift", "left", 3), ("abd_hold", "left", 60))["side_of_hip"][0] == "no-signal"


@pytest.mark.parametrize("value", [0, 3, 9.9, 30, 45])
def test_a_stance_neither_flags_nor_clears_control(value):
    assert found(("sls", "left", value))["control"] == ("cannot-tell", "not-tested")


def test_a_full_stance_does_not_take_back_clear_drift():
    assert found(("sls", "left", 45), ("stepdown", "left", 5))["control"][0] == "worth-showing"


def test_one_low_primary_test_is_enough():
    together = found(("cst30", None, 20), ("bridge", "left", 60), ("bridge", "right", 10), age_y=30)

    assert together["back_of_hip"] == ("no-signal", "worth-showing")


def test_a_low_chair_stand_flags_both_sides_though_one_bridge_was_full():
    together = found(("cst30", None, 5), ("bridge_double", None, 60), age_y=70)

    assert together["back_of_hip"] == ("worth-showing", "worth-showing")


def test_a_raw_chair_stand_does_not_spoil_a_full_bridge():
    assert found(("cst30", None, 5), ("bridge", "left", 60))["back_of_hip"] == ("no-signal", "cannot-tell")


@pytest.mark.parametrize(
    ("ending", "finding"),
    [
        (Ending.STOPPED_FOR_PAIN, "cannot-tell"),
        (Ending.STOPPED_OTHER, "cannot-tell"),
        (Ending.COULD_NOT, "cannot-tell"),
        (Ending.CHOSE_NOT, "not-tested"),
    ],
)
def test_an_ending_is_never_a_low_result(ending, finding):
    assert found(ended("abd_hold", "left", ending))["side_of_hip"] == (finding, "not-tested")


def test_an_adapted_form_never_flags():
    assert found(done("stepdown", "left", 6, form=Form.SQUAT))["control"] == ("cannot-tell", "not-tested")


@pytest.mark.parametrize("side", [Side.LEFT, None], ids=["that-side", "both-sides"])
def test_a_test_that_is_left_out_today_does_not_speak(side):
    out = LeftOut(test="stepdown", reason="stance-under-10", side=side)

    assert found(("stepdown", "left", 6), left_out=[out])["control"] == ("not-tested", "not-tested")


def test_a_side_left_out_does_not_silence_the_other():
    out = LeftOut(test="stepdown", reason="stance-under-10", side=Side.RIGHT)

    assert found(("stepdown", "left", 6), left_out=[out])["control"] == ("worth-showing", "not-tested")


def test_trunk_has_no_test_in_the_gentle_set():
    gentle = [test for test in SELFTESTS if "gentle" in test.sets]

    assert {test.domain for test in gentle} == {"side_of_hip", "back_of_hip", "control"}


def test_every_low_band_belongs_to_a_primary_test():
    assert {test.id for test in SELFTESTS for band in test.bands if band.low} == {
        test.id for test in SELFTESTS if test.primary
    }


def test_every_finding_can_be_reached():
    reached = {
        finding
        for both in (
            found(("abd_hold", "left", 10), ("abd_hold", "right", 60)),
            found(("bridge", "left", 40)),
        )
        for pair in both.values()
        for finding in pair
    }

    assert reached == {each.value for each in Finding}
