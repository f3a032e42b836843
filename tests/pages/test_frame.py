"""Around every page: the emergency line, where one is, and the way to every other step."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.people import person

from screening.domain.answers import Answers, Sex
from screening.services import settings as host
from screening.services.wording import speaker
from screening.views import sitemap

say = speaker("en")
Open = Callable[..., AppTest]

SOME = Answers(date="2026-01-15", age_y=58)
EVERY_PAGE = [each.name for each in sitemap.SCREENS]


def _markdown(at: AppTest) -> list[str]:
    return [each.value for each in at.markdown]


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_has_the_emergency_line_and_the_notice(open_page: Open, page: str) -> None:
    at = open_page(page, SOME)

    assert say("frame.emergency", emergency="911") in _markdown(at)
    assert say("frame.notice") in [each.value for each in at.caption]


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_has_one_main_heading(open_page: Open, page: str) -> None:
    at = open_page(page, SOME)

    assert [each.value for each in at.title] == [say(f"title.{page}")]


def test_the_emergency_number_is_the_hosts(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.views.words.settings", lambda: host.Settings(emergency_number="112"))

    at = open_page("start")

    assert say("frame.emergency", emergency="112") in _markdown(at)


@pytest.mark.parametrize(
    ("clinic", "line"),
    [
        (host.Settings(clinic_name="Example PT", phone="555 0100"), "Example PT, phone 555 0100"),
        (host.Settings(clinic_name="Example PT"), "Example PT"),
        (host.Settings(phone="555 0100"), "555 0100"),
    ],
)
def test_the_clinic_is_named_as_far_as_the_host_has_named_it(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, clinic: host.Settings, line: str
) -> None:
    monkeypatch.setattr("screening.views.frame.settings", lambda: clinic)

    at = open_page("about_you", SOME)

    assert line in _markdown(at)


@pytest.mark.parametrize("step", [each.name for each in sitemap.PATH])
def test_every_step_can_be_reached_from_every_other(open_page: Open, step: str) -> None:
    start = "about_you" if step != "about_you" else "where"
    at = open_page(start, SOME)

    at.menu_button(key="other-steps").click(step).run()

    assert at.title[0].value == say(f"title.{step}")


def test_what_is_typed_is_kept_when_one_leaves_by_another_step(open_page: Open) -> None:
    at = open_page("about_you", SOME)
    at.text_input(key="q:age").set_value("61")

    at.menu_button(key="other-steps").click("pain").run()

    assert at.session_state["visit"].told.age_y == 61


def test_before_the_consent_there_is_no_way_round_it(open_page: Open) -> None:
    at = open_page("start")

    assert not at.menu_button
    around = {"see-example", "nav-therapists", "nav-how-it-connects", "nav-methods"}
    assert {button.key for button in at.button} == {"next", *around}


def test_a_page_that_stops_early_still_has_the_emergency_line(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.views.questions.age", st.stop)

    at = open_page("about_you", SOME)

    assert say("frame.emergency", emergency="911") in _markdown(at)
    assert not at.radio


def test_the_keeper_gets_plain_values(open_page: Open) -> None:
    at = open_page("where", SOME)

    (keeper,) = [
        each for each in at.get("bidi_component") if each.proto.component_name == "screening.draft_keeper"
    ]
    data = json.loads(keeper.proto.json)

    assert data["heard"] is True
    assert data["watch"] is True
    assert data["lang"] == "en"
    assert data["place"] == "where"
    assert data["title"] == say("title.where")
    assert json.loads(data["doc"])["about"]["age"] == 58


def test_nothing_is_kept_before_the_consent(open_page: Open) -> None:
    at = open_page("start")

    (keeper,) = [
        each for each in at.get("bidi_component") if each.proto.component_name == "screening.draft_keeper"
    ]
    assert json.loads(keeper.proto.json)["doc"] is None


def test_the_language_asked_for_wins_over_the_browsers_and_an_unknown_one_falls_back(open_page: Open) -> None:
    at = open_page("where", SOME)

    at.query_params["lang"] = "xx"
    at.run()

    assert at.title[0].value == say("title.where")


def test_a_press_that_a_restart_cut_short_is_followed_by_the_next_run(open_page: Open) -> None:
    at = open_page("about_you", replace(SOME, sex=Sex.FEMALE))
    at.session_state["visit"].pressed = True

    at.run()

    assert at.title[0].value == say("title.where")
    assert not at.session_state["visit"].pressed


def test_a_press_that_met_a_card_is_forgotten(open_page: Open) -> None:
    at = open_page("safety", person("E6"))
    at.session_state["visit"].open, at.session_state["visit"].pressed = "", True

    at.run()

    assert at.title[0].value == say("title.card")
    assert not at.session_state["visit"].pressed
