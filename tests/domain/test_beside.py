"""A therapist beside the person: what that opens, test by test, and what it never opens (ruling 8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ASKED, KNOWN, after, did, people, person, tell, tick

from screening.domain.answers import Answers
from screening.domain.battery import Beside, Offer, offers, plan
from screening.domain.levels import Level, Tier
from screening.domain.outcome import GetSeen, Results
from screening.domain.safety import triage
from screening.services import assessment
from screening.services.assessment import assess

STANDARD = ["sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"]
HERE = Beside()


def planned(told: Answers, *added: str) -> list[str]:
    found = plan(ASKED, KNOWN.selftests, told, triage(ASKED, told), beside=Beside(added=frozenset(added)))
    return [each.test for each in found.planned]


def offered(told: Answers, *added: str) -> dict[str, tuple[str, ...]]:
    found = offers(ASKED, KNOWN.selftests, told, triage(ASKED, told), Beside(added=frozenset(added)))
    return {each.test: each.cautions for each in found}


def test_at_level_v_every_test_waits_for_its_own_yes():
    told = person("C5")

    assert planned(told) == []
    assert offered(told) == dict.fromkeys(STANDARD, ("level-V",))
    assert planned(told, "bridge") == ["bridge"]
    assert list(offered(told, "bridge")) == [each for each in STANDARD if each != "bridge"]


def test_a_knee_that_gives_way_keeps_its_own_caution():
    told = person("C9")

    assert offered(told)["sls"] == ("level-V", "C9")
    assert offered(told)["bridge"] == ("level-V",)


def test_with_a_replaced_joint_each_test_is_the_therapists_yes():
    told = person("X5")

    assert planned(told) == []
    assert offered(told) == dict.fromkeys(STANDARD, ("X5",))
    assert planned(told, "cst30", "bridge") == ["cst30", "bridge"]


@pytest.mark.parametrize("ticks", [("X10",), ("X1", "X1a"), ("X4", "X4a")])
def test_what_leaves_out_every_test_at_level_x_may_be_lifted_one_at_a_time(ticks):
    told = person(*ticks)

    assert planned(told) == []
    assert ticks[-1] in offered(told)["cst30"]
    assert planned(told, "cst30") == ["cst30"]


def test_the_gentle_set_is_swapped_one_test_at_a_time():
    told = person(age=70)
    gentle = planned(told)

    assert offered(told) == dict.fromkeys(
        ["sls", "stepdown", "abd_hold", "bridge", "sideplank"], ("gentle-set",)
    )
    assert set(planned(told, "sls")) == {*gentle, "sls"}


def test_a_chair_test_that_was_added_still_asks_who_is_near():
    told = person("X1")
    alone = tell(person("C5", "X1"), **{"check:someone-near": False})

    found = plan(ASKED, KNOWN.selftests, told, triage(ASKED, told), beside=Beside(added=frozenset({"cst30"})))
    (chair,) = [each for each in found.planned if each.test == "cst30"]

    assert chair.checks == ("someone-near",)
    assert planned(alone, "cst30") == []


@pytest.mark.parametrize(
    "told",
    [person("C1"), person("C9", "C1"), tell(person(), P2=6), tell(person("X5"), P2=10)],
    ids=["U", "U and V", "pain of 6", "pain of 10"],
)
def test_neither_level_u_nor_pain_of_six_or_more_opens(told):
    assert offered(told) == {}
    assert planned(told, *STANDARD) == []


def test_two_pain_stops_and_a_failed_stance_are_no_level():
    hurt = after(
        person(),
        did("bridge", "left", ending="stopped-for-pain"),
        did("bridge", "right", ending="stopped-for-pain"),
    )
    short = after(person(), did("sls", "left", 9.0), did("sls", "right", 45.0, capped=True))

    assert "abd_hold" not in offered(hurt)
    assert "abd_hold" not in planned(hurt, "abd_hold")
    assert "stepdown" not in offered(short)


def test_pain_right_now_is_asked_at_level_v_before_a_test_is_opened():
    told = tick(tell(Answers(), age=40, spots=frozenset({"spot-low-back"})), "C5")

    assert isinstance(assess(told, KNOWN), Results)
    assert assess(told, KNOWN, beside=HERE).missing == ("P2",)
    assert assessment.offers(told, KNOWN, HERE) == ()


def test_at_level_v_a_score_is_told_only_while_the_therapist_is_here():
    told = after(person("C5"), did("bridge", "left", 40.0))

    with_one, alone = assess(told, KNOWN, beside=HERE), assess(told, KNOWN)

    assert [each.test for each in with_one.scores] == ["bridge"]
    assert alone.scores == ()
    assert with_one.level == alone.level == Level.V
    assert with_one.cards == alone.cards
    assert with_one.texts == alone.texts


@given(people(whole=True), st.frozensets(st.sampled_from(STANDARD)))
def test_the_therapist_changes_no_level_no_card_and_no_urgent_outcome(told, added):
    beside = Beside(added=added)

    alone, with_one = assess(told, KNOWN), assess(told, KNOWN, beside=beside)

    assert alone.level == with_one.level
    if isinstance(alone, GetSeen) or alone.level == Level.U:
        assert with_one == alone
    elif isinstance(alone, Results) and isinstance(with_one, Results):
        assert with_one.cards == alone.cards
        assert set(alone.texts) <= set(with_one.texts)


@given(people(whole=True))
def test_without_a_yes_no_test_is_opened(told):
    alone, with_one = (
        plan(ASKED, KNOWN.selftests, told, triage(ASKED, told), beside=each) for each in (None, HERE)
    )

    done = {each.test for each in told.attempts}
    assert {each.test for each in with_one.planned} - done <= {each.test for each in alone.planned}


@given(people(whole=True))
def test_what_is_offered_is_left_out_and_a_yes_brings_it_or_its_question(told):
    triaged = triage(ASKED, told)
    for each in offers(ASKED, KNOWN.selftests, told, triaged, HERE):
        assert isinstance(each, Offer)
        beside = Beside(added=frozenset({each.test}))
        now = plan(ASKED, KNOWN.selftests, told, triaged, beside=beside)
        why = {out.reason for out in now.left_out if out.test == each.test}

        assert why <= {"no-helper", "shoulder-sore", "stance-not-done", "stance-under-10"}
        assert now.tier != Tier.C
