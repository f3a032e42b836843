"""Triage: every line alone, every special rule from both sides, and what can never happen."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import ASKED, FRONT_OF_KNEE, ITEMS, LISTS, NONE, people, person, tell, tick, with_tick

from screening.domain.answers import NO_PAIN, Answers
from screening.domain.levels import Card, Level
from screening.domain.safety import RULES, is_answered, offered, shown, triage

BACK, GROIN, CALF, OUTER_HIP = (
    "spot-low-back",
    "spot-groin-left",
    "spot-below-knee-left",
    "spot-hip-outer-left",
)

ALONE = {
    **dict.fromkeys([f"E{number}" for number in range(1, 11)], Level.E),
    **dict.fromkeys(["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"], Level.S),
    **dict.fromkeys(["C1", "C2", "C3", "C4", "C7"], Level.U),
    **dict.fromkeys(["C5", "C6", "C8", "C9", "C10", "C11"], Level.V),
    **dict.fromkeys(["X1", "X2", "X4", "X5", "X6", "X7", "X8", "X9", "X10", "X11"], Level.X),
}
"""The level of each line ticked by itself at 40 with a sore knee (safety.md 3)."""

ONLY_WITH = {"D4b": Level.S, "X3": Level.X}
"""Lines that need an age."""

UNDER_ANOTHER = {
    "D3a": ("D3", Level.S),
    "D5a": ("D5", Level.S),
    "X1a": ("X1", Level.X),
    "X4a": ("X4", Level.X),
}
"""Follow-ups, the line they stand under, and the level of both with a sore knee only."""


def level_of(told: Answers) -> Level:
    return triage(ASKED, told).level


def rules_of(told: Answers) -> tuple[str, ...]:
    return triage(ASKED, told).rules


# -- one line at a time -----------------------------------------------------------------------------


def test_every_line_of_the_safety_table_is_tested_here():
    assert {*ALONE, *ONLY_WITH, *UNDER_ANOTHER} == set(ITEMS)


@pytest.mark.parametrize(("item", "level"), ALONE.items())
def test_a_line_ticked_alone_gives_its_level(item, level):
    found = triage(ASKED, person(item))

    assert found.level == level
    assert item in found.rules
    assert found.unanswered == ()


def test_nothing_ticked_is_proceed_with_no_card():
    found = triage(ASKED, person())

    assert (found.level, found.rules, found.cards, found.unanswered) == (Level.P, (), (), ())


@pytest.mark.parametrize(
    ("item", "parent", "level"), [(k, *v) for k, v in UNDER_ANOTHER.items() if k != "D5a"]
)
def test_a_follow_up_counts_with_the_line_above_it(item, parent, level):
    found = triage(ASKED, person(parent, item, spots=[FRONT_OF_KNEE]))

    assert (found.level, item in found.rules) == (level, True)


@pytest.mark.parametrize("item", UNDER_ANOTHER)
def test_a_follow_up_without_the_line_above_it_is_no_tick_and_no_answer(item):
    told = with_tick(person(), item)
    found = triage(ASKED, told)

    assert found.level == Level.P
    assert len(found.unanswered) == 1


@pytest.mark.parametrize(("age", "level"), [(64, Level.P), (65, Level.X), (None, Level.X)])
def test_fear_of_falling_alone_counts_from_65_and_while_the_age_is_not_known(age, level):
    assert level_of(person("X3", age=age)) == level


@pytest.mark.parametrize("item", ["X1", "X2", "X3", "X9"])
@pytest.mark.parametrize("age", [30, 65])
def test_falls_and_fear_bring_the_question_about_a_helper_at_any_age(item, age):
    assert triage(ASKED, person(item, age=age)).checks == ("someone-near",)


def test_other_lines_bring_no_question_about_a_helper():
    assert triage(ASKED, person("X4", "X6", "X7", "X8", "X10", "X11")).checks == ()


# -- what is shown ----------------------------------------------------------------------------------


def lines(list_id: str, told: Answers) -> set[str]:
    return {item.id for item in shown(LISTS[list_id], told)}


KNEE_LINES = {"D2", "D4", "D4b", "D8"}


@pytest.mark.parametrize(
    ("age", "spots", "knee_lines"),
    [
        (55, [FRONT_OF_KNEE], KNEE_LINES),
        (54, [FRONT_OF_KNEE], KNEE_LINES - {"D4b"}),
        (55, [BACK], set()),
        (55, [BACK, FRONT_OF_KNEE], KNEE_LINES),
        (55, [NO_PAIN], KNEE_LINES),
        (54, [NO_PAIN], KNEE_LINES - {"D4b"}),
        (None, [FRONT_OF_KNEE], KNEE_LINES),
    ],
)
def test_knee_lines_are_asked_with_a_knee_spot_and_without_any_pain(age, spots, knee_lines):
    told = tell(Answers(), age=age, spots=frozenset(spots))

    assert lines("SCR2", told) & KNEE_LINES == knee_lines


def test_before_anything_is_known_every_line_is_asked():
    assert lines("SCR2", Answers()) == {i.id for i in LISTS["SCR2"].items if i.follows is None}


def test_a_follow_up_shows_only_under_a_ticked_line():
    told = person("X1")

    assert "X1a" in lines("SCR4", told)
    assert "X4a" not in lines("SCR4", told)
    assert {"X1a", "X4a"} <= {item.id for item in offered(LISTS["SCR4"], told)}


def test_a_knee_tick_without_a_knee_spot_does_not_count_and_its_list_is_open_again():
    told = replace(
        person(spots=[BACK]), safety=MappingProxyType({**dict.fromkeys(LISTS, NONE), "SCR2": {"D2"}})
    )

    found = triage(ASKED, told)

    assert (found.level, found.unanswered) == (Level.P, ("SCR2",))


def test_a_new_knee_injury_counts_at_55_and_not_at_54():
    assert level_of(person("D4b", age=55)) == Level.S
    assert level_of(with_tick(person(age=54), "D4b")) == Level.P


# -- unanswered is not no ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ticks",
    [
        frozenset(),
        frozenset({"E99"}),
        frozenset({"none", "E99"}),
        frozenset({"E1", "E99"}),
        frozenset({"none", "E1"}),
        frozenset({"D1"}),
    ],
)
def test_half_a_list_never_reads_as_all_clear(ticks):
    told = replace(person(), safety=MappingProxyType({**dict.fromkeys(LISTS, NONE), "SCR1": ticks}))

    assert "SCR1" in triage(ASKED, told).unanswered


def test_a_tick_counts_even_in_a_list_that_is_not_a_clean_answer():
    told = replace(
        person(), safety=MappingProxyType({**dict.fromkeys(LISTS, NONE), "SCR1": {"none", "E1", "?"}})
    )

    assert level_of(told) == Level.E


def test_a_missing_list_is_named_in_the_order_asked():
    assert triage(ASKED, Answers()).unanswered == ("SCR1", "SCR2", "SCR3", "SCR4")


def test_a_list_that_is_asked_again_is_open_but_its_ticks_still_count():
    told = replace(person("D1"), ask_again=frozenset({"SCR2"}))

    assert triage(ASKED, told).unanswered == ("SCR2",)
    assert level_of(told) == Level.S
    assert not is_answered(LISTS["SCR2"], told)


# -- under 18 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "level"), [(17, Level.UNDER_AGE), (18, Level.P)])
def test_the_path_is_for_adults(age, level):
    assert level_of(person(age=age)) == level


def test_under_18_the_card_is_the_one_for_a_parent():
    found = triage(ASKED, tell(Answers(), age=17))

    assert found.card == Card(level=Level.UNDER_AGE, header="level.stop.header", action="text.A0m")
    assert found.level.ends_the_path


@pytest.mark.parametrize(("item", "level"), [("E6", Level.E), ("D1", Level.S), ("C1", Level.UNDER_AGE)])
def test_under_18_a_higher_level_still_wins(item, level):
    assert level_of(person(item, age=16)) == level


# -- rules of more than one answer ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("spots", "level"),
    [
        ([FRONT_OF_KNEE], Level.S),
        ([FRONT_OF_KNEE, "spot-knee-back-left"], Level.S),
        ([FRONT_OF_KNEE, BACK], Level.E),
        ([GROIN], Level.E),
        ([BACK], Level.E),
        ([CALF], Level.E),
        ([NO_PAIN], Level.E),
    ],
)
def test_who_fell_and_cannot_stand_is_an_emergency_unless_only_the_knee_hurts(spots, level):
    told = person("D3", "D3a", spots=spots)

    assert level_of(told) == level
    assert ("D3-fall" in rules_of(told)) == (level == Level.E)


def test_who_cannot_stand_without_a_fall_is_seen_the_same_day():
    assert level_of(person("D3", spots=[GROIN])) == Level.S


@pytest.mark.parametrize(
    ("ticks", "spots", "onset", "level"),
    [
        (["D3", "C8"], [GROIN], None, Level.E),
        (["D3"], [OUTER_HIP], "onset-injury", Level.E),
        (["D3"], [OUTER_HIP], "onset-load", Level.S),
        (["D3", "C8"], [BACK], None, Level.S),
        (["C8"], [GROIN], None, Level.V),
    ],
)
def test_an_injury_told_elsewhere_with_a_sore_hip_and_no_standing_is_an_emergency(ticks, spots, onset, level):
    assert level_of(person(*ticks, spots=spots, Q4=onset)) == level


def test_a_swollen_calf_with_trouble_breathing_is_an_emergency_and_the_calf_is_named():
    found = triage(ASKED, person("D1", "E6"))

    assert found.level == Level.E
    assert found.card.reasons == ("reason_line.E6", "reason_line.D1")


@pytest.mark.parametrize("ticks", [["D5", "D5a"], ["D5", "C7"]])
@pytest.mark.parametrize("spots", [[FRONT_OF_KNEE], [NO_PAIN]])
def test_fever_and_a_weak_defence_go_to_the_emergency_room_today_pain_or_no_pain(ticks, spots):
    card = triage(ASKED, person(*ticks, spots=spots)).card

    assert (card.level, card.header, card.action) == (Level.S, "level.S.er_header", "level.S.er_action")


def test_fever_alone_is_for_the_doctor_today():
    card = triage(ASKED, person("D5")).card

    assert (card.header, card.action) == ("level.S.header", "text.MD")


@pytest.mark.parametrize(
    ("duration", "level"),
    [
        (None, Level.U),
        ("duration-under-4-weeks", Level.U),
        ("duration-4-12-weeks", Level.P),
        ("duration-over-12-weeks", Level.P),
    ],
)
def test_a_weak_defence_is_urgent_while_the_pain_is_new_or_nobody_said(duration, level):
    assert level_of(person("C7", Q3=duration)) == level


@pytest.mark.parametrize("item", ["C7", "C10", "C11"])
def test_lines_about_pain_do_not_count_for_who_has_none(item):
    told = person(item, spots=[NO_PAIN])

    assert level_of(told) == Level.P
    assert triage(ASKED, told).unanswered == ()


@pytest.mark.parametrize(
    ("ticks", "swollen", "onset", "level"),
    [
        (["C9"], "yes", "onset-injury", Level.S),
        (["C9", "C8"], "yes", None, Level.S),
        (["C9"], "yes", "onset-slow", Level.V),
        (["C9"], "no", "onset-injury", Level.V),
        (["C9"], None, "onset-injury", Level.V),
        ([], "yes", "onset-injury", Level.P),
    ],
)
def test_a_knee_that_gives_way_and_swelled_after_an_injury_is_seen_today(ticks, swollen, onset, level):
    assert level_of(person(*ticks, QK1=swollen, Q4=onset)) == level


@pytest.mark.parametrize(
    ("spots", "answers", "rules"),
    [
        ([BACK], {"Q7b": "leg-below-knee"}, ("Q7b",)),
        (["spot-buttock-left"], {"Q7b": "leg-below-knee"}, ("Q7b",)),
        ([BACK], {"Q7b": "leg-hip-thigh"}, ()),
        ([BACK, CALF], {}, ("back-and-below-knee",)),
        ([FRONT_OF_KNEE, CALF], {}, ()),
        ([CALF], {}, ()),
        ([BACK], {"Q7b": "leg-hip-thigh", "Q8b": "worse-leg", "Q9b": "yes"}, ("B2",)),
        ([BACK], {"Q7b": "leg-hip-thigh", "Q8b": "worse-leg", "Q9b": "no"}, ()),
        ([BACK], {"Q7b": "leg-hip-thigh", "Q8b": "worse-same", "Q9b": "yes"}, ()),
        ([BACK], {"Q7b": "leg-below-knee", "Q9b": "yes"}, ("Q7b", "B2")),
    ],
)
def test_signs_of_a_nerve_root_call_for_a_visit_before_the_tests(spots, answers, rules):
    told = person(spots=spots, **answers)

    assert rules_of(told) == rules
    assert level_of(told) == (Level.V if rules else Level.P)
    assert [card.action for card in triage(ASKED, told).cards] == (["text.RB2"] if rules else [])


@pytest.mark.parametrize(("now", "level"), [(5, Level.P), (6, Level.X), (10, Level.X)])
def test_pain_of_six_or_more_right_now_changes_the_tests(now, level):
    assert level_of(tell(person(), P2=now)) == level


def test_no_pain_is_a_pain_of_zero_now():
    assert rules_of(person(spots=[NO_PAIN])) == ()


def test_every_rule_of_several_answers_is_tested_here():
    assert set(RULES) == {
        *("A0", "D3-fall", "D3-injury", "D1-E6", "D5-immune", "C9-swollen"),
        *("Q7b", "back-and-below-knee", "B2", "P2"),
    }


# -- one card ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticks", "action"),
    [
        (["E1", "E6", "E8"], "text.ME_GEN"),
        (["E1", "E8"], "text.ME_CES"),
        (["E8"], "text.ME_JNT"),
        (["D1", "D6"], "text.MD1"),
        (["D1", "D5", "D5a"], "level.S.er_action"),
        (["C1", "C4"], "text.MU_G"),
        (["C5", "C10", "C11"], "text.MV"),
        (["C10", "C11"], "text.RB2"),
        (["C10"], "text.RB3"),
        (["X6"], "level.X.action"),
        (["X5", "X6"], "text.MX_R"),
        (["X10", "X6"], "reason.tier-C"),
    ],
)
def test_several_reasons_at_one_level_make_one_card_with_one_action(ticks, action):
    found = triage(ASKED, person(*ticks))

    assert len(found.cards) == 1
    assert found.card.action == action
    assert len(found.card.reasons) == len(ticks)


def test_an_urgent_card_keeps_the_visit_card_and_drops_the_one_about_tests():
    cards = triage(ASKED, person("C1", "C5", "X6")).cards

    assert [card.level for card in cards] == [Level.U, Level.V]


def test_an_emergency_card_stands_alone():
    assert [card.level for card in triage(ASKED, person("E1", "D1", "C1", "X1")).cards] == [Level.E]


def test_every_message_that_fired_is_kept_once_the_highest_level_first():
    assert triage(ASKED, person("X1", "X2", "C5", "C10")).messages == ("text.MV", "text.RB3", "text.MX_F")


# -- which families go ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "families"),
    [
        ("X1", {"A", "B"}),
        ("X2", {"A", "B"}),
        ("X4", {"A", "B", "E", "F"}),
        ("X5", {"all"}),
        ("X6", {"B", "H"}),
        ("X7", set()),
        ("X8", {"D", "F"}),
        ("X9", {"A", "B"}),
        ("X10", {"all"}),
        ("X11", set()),
        ("C4", {"A", "B", "C"}),
        ("C9", {"A", "B"}),
    ],
)
def test_a_line_removes_its_test_families(item, families):
    assert set(triage(ASKED, person(item)).removes) == families


def test_removals_add_up_and_name_the_first_line_that_removed():
    assert dict(triage(ASKED, person("X1", "X4", "X6")).removes) == {
        "A": "X1",
        "B": "X1",
        "E": "X4",
        "F": "X4",
        "H": "X6",
    }


def test_fear_of_falling_under_65_removes_nothing():
    assert not triage(ASKED, person("X3", age=64)).removes


# -- what can never happen ---------------------------------------------------------------------------


@given(people(), st.sampled_from(sorted(ITEMS)))
def test_one_tick_more_never_lowers_the_level(told, item):
    assert level_of(with_tick(told, item)).rank >= level_of(told).rank


@given(people(whole=True), st.sampled_from(sorted(ITEMS)))
def test_one_tick_more_never_gives_a_test_family_back(told, item):
    assert triage(ASKED, told).removes.keys() <= triage(ASKED, with_tick(told, item)).removes.keys()


@given(people(whole=True), st.sampled_from([item for item in ITEMS if item.startswith("E")]))
def test_any_emergency_line_is_an_emergency_whatever_else_is_told(told, item):
    assert level_of(with_tick(told, item)) == Level.E


@given(people())
def test_there_is_a_card_exactly_when_something_fired(told):
    found = triage(ASKED, told)

    assert bool(found.cards) == (found.level != Level.P)
    assert all(card.action and card.header for card in found.cards)


@given(people(whole=True), st.sampled_from(sorted(LISTS)))
def test_taking_an_answer_back_leaves_its_list_open(told, list_id):
    told = replace(told, safety=MappingProxyType({k: v for k, v in told.safety.items() if k != list_id}))

    assert list_id in triage(ASKED, told).unanswered


def test_ticks_of_every_list_are_read():
    assert rules_of(tick(person(), "E1", "D1", "C1", "X6")) == ("E1", "D1", "C1", "X6")
