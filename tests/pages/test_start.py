"""Start: what it is, the consent, and the way back to kept answers."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from screening.domain.answers import Answers
from screening.services import settings as host
from screening.services.wording import speaker

say = speaker("en")
Open = Callable[..., AppTest]

SOME = Answers(date="2026-01-15", age_y=58)


def _words(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.title, *at.header, *at.markdown, *at.warning, *at.info))


def test_it_says_what_it_is_and_what_it_is_not_word_for_word(open_page: Open) -> None:
    at = open_page("start")

    assert say("text.I0") in _words(at)
    for paragraph in say("text.KC").split("\n"):
        assert paragraph in _words(at)
    assert [at.checkbox(key=key).label for key in ("q:agreed", "q:keep")] == [say("text.KT"), say("text.KD")]


def test_nothing_is_ticked_beforehand(open_page: Open) -> None:
    at = open_page("start")

    assert [box.value for box in at.checkbox] == [False, False]


def test_nobody_goes_on_without_the_consent(open_page: Open) -> None:
    at = open_page("start")

    at.button(key="next").click().run()

    assert [each.value for each in at.error] == [say("error.consent")]
    assert at.title[0].value == say("title.start")


def test_with_the_consent_the_path_opens(open_page: Open) -> None:
    at = open_page("start")

    at.checkbox(key="q:agreed").check()
    at.button(key="next").click().run()

    assert at.title[0].value == say("title.about_you")
    assert at.session_state["visit"].keep is None


def test_a_draft_goes_to_the_device_only_when_that_was_ticked(open_page: Open) -> None:
    at = open_page("start")

    at.checkbox(key="q:agreed").check()
    at.checkbox(key="q:keep").check()
    at.button(key="next").click().run()

    assert at.session_state["visit"].keep is True


@pytest.mark.parametrize("page", ["about_you", "where", "safety", "pain"])
def test_no_question_opens_before_the_consent(open_page: Open, page: str) -> None:
    at = open_page(page)

    assert [each.value for each in at.info] == [say("frame.agree_first")]
    assert not at.radio
    assert not at.checkbox
    at.button(key="to-start").click().run()
    assert at.title[0].value == say("title.start")


def test_it_says_that_nobody_has_signed_off_yet(open_page: Open) -> None:
    at = open_page("start")

    assert [each.value for each in at.warning] == [say("start.unsigned")]


def test_it_says_who_signed_off_and_when(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = host.Settings(reviewed_by="A. Example, PT", reviewed_on=date(2026, 1, 15))
    monkeypatch.setattr("screening.views.frame.settings", lambda: signed)

    at = open_page("start")

    assert not at.warning
    assert say("start.signed", name="A. Example, PT", day="2026-01-15") in _words(at)


def test_answers_that_are_here_can_be_continued(open_page: Open) -> None:
    at = open_page("start", SOME, agreed=True)
    assert say("start.here") in _words(at)

    at.button(key="go-on").click().run()

    assert at.title[0].value == say("title.where")


def test_start_over_asks_first_and_can_be_taken_back(open_page: Open) -> None:
    at = open_page("start", SOME, agreed=True)

    at.button(key="start-over").click().run()
    assert say("start.sure") in _words(at)
    at.button(key="keep-them").click().run()

    assert at.session_state["visit"].told == SOME
    assert say("start.sure") not in _words(at)


def test_start_over_forgets_answers_and_consent(open_page: Open) -> None:
    at = open_page("start", SOME, agreed=True)

    at.button(key="start-over").click().run()
    at.button(key="erase").click().run()

    visit = at.session_state["visit"]
    assert (visit.told, visit.agreed, visit.keep) == (Answers(), False, None)
    assert visit.wipe
    assert at.checkbox(key="q:agreed").value is False


def test_a_draft_from_the_device_is_offered_not_taken(open_page: Open) -> None:
    at = open_page("start", offer=SOME)

    assert say("start.found") in _words(at)
    assert at.session_state["visit"].told == Answers()
    at.button(key="go-on").click().run()
    assert at.session_state["visit"].told == SOME
    assert at.session_state["visit"].keep is True
    assert at.title[0].value == say("title.where")


def test_consent_taken_back_stops_the_way_on(open_page: Open) -> None:
    at = open_page("start", SOME, agreed=True)

    at.checkbox(key="q:agreed").uncheck()
    at.button(key="next").click().run()

    assert [each.value for each in at.error] == [say("error.consent")]
