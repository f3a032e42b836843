"""A therapist beside the person: one tap in each visit, one test at a time, said wherever it counts."""

import json

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import Open
from tests.pages.test_examples import page, press, sent, texts, visit
from tests.people import KNOWN, after, did, person, tell

from screening.domain.battery import Beside
from screening.services import answers_file, wording
from screening.views.state import Visit

say = wording.speaker("en")

GIVES_WAY = person("C9")
WITH_A_BRIDGE = after(GIVES_WAY, did("bridge", "left", 30.0), did("bridge", "right", 31.0))


def offered(at: AppTest) -> list[str]:
    return [each.key.removeprefix("add-back-") for each in at.button if each.key.startswith("add-back-")]


def test_at_level_v_tests_open_one_at_a_time_and_the_card_stays(open_page: Open) -> None:
    at = open_page("self_tests", GIVES_WAY)
    assert offered(at) == []

    press(at, "therapist-here")
    assert say("level.V.header") in at.warning[0].value
    assert say("text.MV") in at.warning[0].value
    assert offered(at) == ["sls", "stepdown", "cst30", "abd_lift", "abd_hold", "bridge", "sideplank"]
    assert say("reason.C9") in texts(at)

    press(at, "add-back-bridge")
    assert "bridge" not in offered(at)
    assert visit(at).beside == Beside(added=frozenset({"bridge"}))
    press(at, "next")
    assert visit(at).steps["self_tests"] == "bridge:left"


def test_when_the_therapist_goes_the_tests_shut(open_page: Open) -> None:
    at = press(press(open_page("self_tests", GIVES_WAY), "therapist-here"), "add-back-bridge")

    press(at, "therapist-gone")

    assert visit(at).beside is None
    assert say("self_tests.none_today") in texts(at)


def test_pain_right_now_is_asked_first(open_page: Open) -> None:
    at = press(open_page("self_tests", tell(GIVES_WAY, P2=None)), "therapist-here")

    assert offered(at) == []
    assert say("results.ask_first.pain") in [each.value for each in at.info]


@pytest.mark.parametrize("told", [person("C1"), tell(person("C9"), P2=7)], ids=["level U", "pain of 7"])
def test_what_stays_shut_is_not_offered(open_page: Open, told) -> None:
    at = open_page("self_tests", told)

    assert "therapist-here" not in {each.key for each in at.button}
    at.session_state["visit"].beside = Beside(added=frozenset({"bridge"}))
    at.run()
    assert offered(at) == []
    assert say("self_tests.none_today") in texts(at)


def test_nothing_is_offered_to_somebody_with_every_test(open_page: Open) -> None:
    assert "therapist-here" not in {each.key for each in open_page("self_tests", person()).button}


def test_the_result_says_that_a_therapist_was_there_and_what_they_added(open_page: Open) -> None:
    at = open_page("results", WITH_A_BRIDGE, beside=Beside(added=frozenset({"bridge"})))
    alone = open_page("results", WITH_A_BRIDGE)

    told = texts(at)
    assert say("therapist.stated") in told
    assert say("therapist.added", names=say("test.bridge.name")) in told
    assert say("domain.back_of_hip.name") in [each.value for each in at.subheader]
    assert say("level.V.header") in [each.value for each in at.subheader]
    assert say("therapist.stated") not in texts(alone)
    assert say("domain.back_of_hip.name") not in [each.value for each in alone.subheader]


def test_the_summary_says_so_too(open_page: Open) -> None:
    at = open_page("share", WITH_A_BRIDGE, beside=Beside(added=frozenset({"bridge"})))
    alone = open_page("share", WITH_A_BRIDGE)

    assert say("share.therapist_text") in json.dumps(visit(at).sharing.document)
    assert say("share.therapist_text") not in json.dumps(visit(alone).sharing.document)


def test_it_is_asked_in_every_visit_and_no_draft_knows_of_it(open_page: Open) -> None:
    at = open_page("self_tests", GIVES_WAY, agreed=True)
    (before,) = sent(at, "draft_keeper")

    (after_,) = sent(press(at, "therapist-here"), "draft_keeper")

    assert before["doc"] == after_["doc"] == answers_file.dumps(GIVES_WAY, KNOWN, compact=True)
    assert Visit().beside is None
    assert press(page(at, "therapists"), "therapist-gone").button(key="therapist-here")


def test_start_over_ends_it(open_page: Open) -> None:
    at = open_page("start", GIVES_WAY, agreed=True, beside=Beside(), erasing=True)

    press(at, "erase")

    assert visit(at).beside is None
