"""About you: age typed, sex chosen, activity if one likes."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from screening.domain.answers import Activity, Answers, Sex
from screening.services.wording import speaker

say = speaker("en")
Open = Callable[..., AppTest]


def _errors(at: AppTest) -> list[str]:
    return [each.value for each in at.error]


@pytest.mark.parametrize("typed", ["7", "9", "121", "140", "-3", "abc", "58.5", "1e2", "٣٤ years", "9" * 30])
def test_an_impossible_age_is_refused_with_its_range_and_stays_on_the_screen(
    open_page: Open, typed: str
) -> None:
    at = open_page("about_you", agreed=True)

    at.text_input(key="q:age").set_value(typed)
    at.radio(key="q:sex").set_value("female")
    at.button(key="next").click().run()

    assert _errors(at) == [say("error.age")]
    assert at.text_input(key="q:age").value == typed
    assert at.session_state["visit"].told.age_y is None
    assert at.title[0].value == say("title.about_you")


@pytest.mark.parametrize(("typed", "age"), [("18", 18), ("120", 120), (" 58 ", 58), ("058", 58)])
def test_an_age_in_range_is_taken(open_page: Open, typed: str, age: int) -> None:
    at = open_page("about_you", agreed=True)

    at.text_input(key="q:age").set_value(typed)
    at.radio(key="q:sex").set_value("male")
    at.button(key="next").click().run()

    assert at.session_state["visit"].told.age_y == age
    assert at.title[0].value == say("title.where")


def test_a_refused_age_changes_nothing_that_was_known(open_page: Open) -> None:
    at = open_page("about_you", Answers(date="2026-01-15", age_y=58, sex=Sex.MALE))

    at.text_input(key="q:age").set_value("140")
    at.button(key="next").click().run()

    assert at.session_state["visit"].told.age_y == 58
    assert _errors(at) == [say("error.age")]


def test_half_a_page_is_marked_where_it_is_empty(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)
    assert _errors(at) == []

    at.text_input(key="q:age").set_value("58")
    at.button(key="next").click().run()

    assert _errors(at) == [say("error.pick")]
    assert at.session_state["visit"].nudges == 1
    assert at.session_state["visit"].told.age_y == 58


def test_a_number_being_typed_is_not_called_wrong(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)

    at.text_input(key="q:age").set_value("5").run()

    assert _errors(at) == []


def test_prefer_not_to_say_is_an_answer(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)

    at.text_input(key="q:age").set_value("58")
    at.radio(key="q:sex").set_value("not-said")
    at.button(key="next").click().run()

    assert at.session_state["visit"].told.sex == Sex.NOT_SAID
    assert at.title[0].value == say("title.where")


def test_activity_is_asked_step_by_step_and_may_be_left_open(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)
    assert "q:minutes_per_day" not in {group.key for group in at.button_group}

    at.button_group(key="q:days_per_week").set_value(2).run()
    at.button_group(key="q:minutes_per_day").set_value(30).run()

    assert at.session_state["visit"].told.activity == Activity(days_per_week=2, minutes_per_day=30)


def test_nobody_who_does_not_move_is_asked_for_minutes(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)

    at.button_group(key="q:days_per_week").set_value(0).run()

    assert "q:minutes_per_day" not in {group.key for group in at.button_group}


def test_under_18_ends_the_path_and_leads_back_only_to_the_age(open_page: Open) -> None:
    at = open_page("about_you", agreed=True)

    at.text_input(key="q:age").set_value("16")
    at.radio(key="q:sex").set_value("female")
    at.button(key="next").click().run()

    assert at.title[0].value == say("title.card")
    assert say("text.A0m") in "\n".join(each.value for each in at.markdown)
    assert {button.key for button in at.button} == {"get-seen-mistake", "get-seen-start-over"}
    at.button(key="get-seen-mistake").click().run()
    assert at.title[0].value == say("title.about_you")
    assert at.text_input(key="q:age").value == "16"


def test_answers_are_there_when_a_person_comes_back(open_page: Open) -> None:
    told = Answers(date="2026-01-15", age_y=58, sex=Sex.FEMALE, activity=Activity(strength_days=3))
    at = open_page("about_you", told)

    assert at.text_input(key="q:age").value == "58"
    assert at.radio(key="q:sex").value == "female"
    assert at.button_group(key="q:strength_days").value == 3
