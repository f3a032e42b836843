"""Invented people on the screens: a tap away, said on every screen, and never mixed with a person's own."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.people import KNOWN, after, did, person

from screening.domain.answers import Answers
from screening.services import answers_file, wording
from screening.services.examples import NAMES, example
from screening.views import sitemap
from screening.views.state import Visit

say = wording.speaker("en")

OWN = after(person(age=45), did("bridge", "left", 33.0))


def press(at: AppTest, key: str) -> AppTest:
    found = at.button(key=key).click().run()
    assert not found.exception, found.exception
    return found


def page(at: AppTest, name: str) -> AppTest:
    found = at.switch_page(str(sitemap.path_of(name))).run()
    assert not found.exception, found.exception
    return found


def visit(at: AppTest) -> Visit:
    found: Visit = at.session_state["visit"]
    return found


def sent(at: AppTest, component: str) -> list[dict[str, Any]]:
    name = f"screening.{component}"
    found = [each for each in at.get("bidi_component") if each.proto.component_name == name]
    return [json.loads(each.proto.json) for each in found]


def texts(at: AppTest) -> str:
    return "\n".join(str(each.value) for kind in (at.title, at.header, at.markdown) for each in kind)


@pytest.fixture
def shown(open_page: Open):
    """Return a function that opens an example from the therapists' page, over this person's own answers."""

    def open_(name: str = NAMES[0], own: Answers = OWN) -> AppTest:
        return press(open_page("therapists", own, agreed=True, keep=True), f"open-{name}")

    return open_


def test_one_is_a_tap_away_for_everybody(open_page: Open) -> None:
    at = press(open_page("start"), "see-example")

    assert at.title[0].value == say("title.results")
    assert say("demo.banner") in texts(at)
    assert visit(at).told == example(NAMES[0])


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_tap_away_for_therapists_and_opens_at_the_result(open_page: Open, name: str) -> None:
    at = press(open_page("therapists"), f"open-{name}")

    assert at.title[0].value == say("title.card" if name == "red_flag" else "title.results")
    assert say("demo.banner") in texts(at)
    assert say(f"demo.person.{name}.name") in texts(at)
    assert visit(at).told == example(name)


def test_every_screen_says_so(shown) -> None:
    at = shown()

    for screen in sitemap.SCREENS:
        assert say("demo.banner") in texts(page(at, screen.name)), screen.name


def test_without_an_example_no_screen_says_so(open_page: Open) -> None:
    at = open_page("start", OWN, agreed=True)

    for screen in sitemap.SCREENS:
        assert say("demo.banner") not in texts(page(at, screen.name)), screen.name


def test_the_browser_keeps_the_persons_own_draft_and_nothing_of_the_example(shown) -> None:
    at = shown()
    for screen in sitemap.SCREENS:
        (keeper,) = sent(page(at, screen.name), "draft_keeper")

        assert keeper["doc"] == answers_file.dumps(OWN, KNOWN, compact=True), screen.name
        assert keeper["where"] == "device"
        assert keeper["at"]["page"] == "therapists"


def test_answers_changed_in_an_example_are_nobodys_and_leaving_brings_the_own_ones_back(shown) -> None:
    at = page(shown(), "about_you")
    age = next(each for each in at.text_input if each.value == "31")
    age.set_value("77").run()
    assert visit(at).told.age_y == 77

    press(at, "leave-example")

    assert at.title[0].value == say("title.therapists")
    assert visit(at).told == OWN
    assert visit(at).keep is True
    page(at, "about_you")
    assert [each.value for each in at.text_input] == ["45"]


def test_an_example_has_widgets_and_runs_of_its_own(shown) -> None:
    at = page(shown("back_desk"), "about_you")
    (of_example,) = (each.key for each in at.text_input)
    page(at, "self_tests")
    at.session_state["visit"].steps["self_tests"] = "bridge:left~1"
    at.run()
    (run,) = sent(at, "runner")
    press(at, "leave-example")
    (own,) = (each.key for each in page(at, "about_you").text_input)

    assert of_example != own == "q:age"
    assert run["plan"]["who"].rstrip("/") in of_example


def test_a_run_of_an_example_never_counts_for_the_person(open_page: Open) -> None:
    at = open_page("self_tests", person(age=45), steps={"self_tests": "bridge:left"})
    report = {
        "test": "bridge", "side": "left", "value": 31.0, "capped": False, "ended_by": "tired",
        "tries": [31.0], "form": "standard", "fresh": None,
    }  # fmt: skip
    for number, who in enumerate(("someone/", "")):
        at.session_state["runner"] = {"held": {**report, "id": f"{who}bridge:left:{number}"}}
        at.run()

        assert bool(visit(at).told.attempts) == (who == "")


def test_opening_another_one_keeps_the_persons_own_visit(shown) -> None:
    at = press(page(shown(), "therapists"), "open-athlete")

    assert visit(at).example == "athlete"
    press(at, "leave-example")
    assert visit(at).told == OWN


def test_start_over_in_an_example_erases_nothing_of_the_persons_own(shown) -> None:
    at = press(page(shown("red_flag"), "results"), "get-seen-start-over-leave")

    assert visit(at).told == OWN
    assert visit(at).wipe == ""


def test_no_answers_file_of_an_example_can_be_saved(shown) -> None:
    at = shown()
    assert sent(at, "save_file") == []

    names = [each["name"] for data in sent(page(at, "share"), "save_file") for each in data.get("files", ())]
    assert [each for each in names if each.endswith(".json") and "fhir" not in each] == []
    assert [each for each in names if each.endswith(".pdf")]


def test_what_is_shared_of_an_example_says_so(shown, open_page: Open) -> None:
    theirs, own = page(shown(), "share"), open_page("share", OWN)

    def cover(at: AppTest) -> str:
        return str(visit(at).sharing.document["entry"][0]["resource"]["title"])

    assert cover(theirs).startswith(say("share.example"))
    assert not cover(own).startswith(say("share.example"))


def test_a_draft_that_was_not_heard_yet_is_heard_after_the_example(open_page: Open) -> None:
    at = press(open_page("start"), "see-example")
    own = visit(at).own
    assert own is not None
    own.heard = False
    hello = {"to": own.sid, "doc": answers_file.dumps(OWN, KNOWN), "from": "tab", "at": None, "device": False}
    at.session_state["draft_keeper"] = {"hello": hello, "tick": None}

    at.run()
    assert visit(at).told == example(NAMES[0])

    press(at, "leave-example")
    at.session_state["draft_keeper"] = {"hello": hello, "tick": None}
    at.run()
    assert visit(at).told == OWN
