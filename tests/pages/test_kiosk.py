"""A shared tablet: nothing stays, whoever goes and however."""

import gc
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from tests.pages.conftest import SHELL, Open
from tests.pages.test_examples import page, press, sent, texts, visit
from tests.people import after, did, person

from screening.domain.answers import Answers
from screening.domain.battery import Beside
from screening.services import settings, wording
from screening.services.settings import Settings
from screening.views import sitemap
from screening.views.state import Visit

say = wording.speaker("en")

TOLD = after(person(age=45), did("bridge", "left", 33.0))


@pytest.fixture(params=["always"])
def host(request: pytest.FixtureRequest, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    file = tmp_path / "host.toml"
    file.write_text(
        f'kiosk = "{request.param}"\nkiosk_idle_s = 120\nbooking_url = "https://clinic.example/book"\n'
    )
    monkeypatch.setenv(settings.VARIABLE, str(file))
    return settings.load(str(file))


def fresh(**query: str) -> AppTest:
    at = AppTest.from_file(str(SHELL), default_timeout=30)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def in_memory(day: str) -> int:
    """Count the answers of that day that anything in this process still holds."""
    gc.collect()
    return sum(each.date == day for each in gc.get_objects() if type(each) is Answers)


def test_without_the_hosts_word_no_address_makes_a_shared_tablet() -> None:
    at = fresh(kiosk="1")

    assert not visit(at).kiosk
    assert sent(at, "kiosk") == []
    assert "kiosk-next" not in {each.key for each in at.button}


@pytest.mark.parametrize("host", ["link"], indirect=True)
def test_where_the_host_allows_it_the_address_does(host: Settings) -> None:
    assert not visit(fresh()).kiosk
    assert not visit(fresh(kiosk="0")).kiosk
    assert visit(fresh(kiosk="1")).kiosk


@pytest.mark.parametrize("host", ["link"], indirect=True)
def test_it_stays_one_from_page_to_page(host: Settings) -> None:
    at = press(fresh(kiosk="1"), "see-example")
    at.query_params.clear()

    assert visit(page(at, "results")).kiosk


def test_what_an_earlier_visit_left_in_the_browser_is_wiped_and_never_offered(host: Settings) -> None:
    at = fresh()

    (keeper,) = sent(at, "draft_keeper")
    assert keeper["wipe"]
    assert keeper["heard"]
    assert "go-on" not in {each.key for each in at.button}
    assert say("text.KD") not in {each.label for each in at.checkbox}


def test_the_browser_is_given_nothing_to_keep_on_any_screen(host: Settings, open_page: Open) -> None:
    at = open_page("start", TOLD, agreed=True, keep=True)
    for screen in sitemap.SCREENS:
        (keeper,) = sent(page(at, screen.name), "draft_keeper")

        assert keeper["doc"] is None, screen.name
        assert keeper["where"] == "tab", screen.name
        assert "kiosk-next" in {each.key for each in at.button}, screen.name


def test_nothing_can_be_saved_copied_or_opened_elsewhere(host: Settings, open_page: Open) -> None:
    at = open_page("results", TOLD, agreed=True)
    for screen in sitemap.SCREENS:
        page(at, screen.name)
        assert sent(at, "save_file") == [], screen.name
        assert at.get("download_button") == [], screen.name
        assert at.get("link_button") == [], screen.name
        assert not at.code, screen.name
    assert say("kiosk.no_files") in texts(page(at, "results"))
    assert say("kiosk.book", address="https://clinic.example/book") in texts(at)


def test_a_run_of_a_test_stays_out_of_the_browsers_store(host: Settings, open_page: Open) -> None:
    at = open_page("self_tests", person(age=45), steps={"self_tests": "bridge:left"})
    (runner,) = sent(at, "runner")

    assert runner["stored"] is False


def test_elsewhere_a_run_is_stored(open_page: Open) -> None:
    at = open_page("self_tests", person(age=45), steps={"self_tests": "bridge:left"})
    (runner,) = sent(at, "runner")

    assert runner["stored"] is True


def test_the_next_person_finds_nothing(host: Settings, open_page: Open) -> None:
    at = open_page("about_you", TOLD, agreed=True, keep=True, beside=Beside())
    quota = visit(at).quota

    press(at, "kiosk-next")
    assert visit(at).told == TOLD, "it asks once more"
    press(at, "kiosk-no")
    assert visit(at).told == TOLD
    press(press(at, "kiosk-next"), "kiosk-yes")

    new = visit(at)
    assert (new.told, new.agreed, new.keep, new.beside, new.own) == (Visit().told, False, None, None, None)
    assert new.sharing == Visit().sharing
    assert new.quota is quota, "the limit of links is the tablet's"
    assert new.anew
    assert not any(each.value for each in (*at.text_input, *at.radio, *at.checkbox))
    (keeper,) = sent(at, "draft_keeper")
    assert keeper["doc"] is None
    assert keeper["wipe"]
    assert [each["anew"] for each in sent(at, "kiosk")] == [new.anew]


def test_no_answer_is_left_in_the_servers_memory(host: Settings, open_page: Open) -> None:
    day = "2019-03-04"
    at = open_page("results", replace(TOLD, date=day), agreed=True)
    page(at, "share")
    assert in_memory(day)

    press(press(at, "kiosk-next"), "kiosk-yes")

    assert in_memory(day) == 0


def test_an_example_on_a_shared_tablet_goes_with_the_rest(host: Settings, open_page: Open) -> None:
    at = press(open_page("therapists", TOLD, agreed=True), "open-athlete")
    press(press(at, "kiosk-next"), "kiosk-yes")

    assert visit(at).example == ""
    assert visit(at).own is None
    assert visit(at).told == Visit().told


def test_when_nobody_is_there_all_is_forgotten_once(host: Settings, open_page: Open) -> None:
    at = open_page("about_you", TOLD, agreed=True)
    (watch,) = sent(at, "kiosk")
    assert (watch["armed"], watch["idle_s"], watch["warn_s"], watch["anew"]) == (True, 120, 30, "")

    at.session_state["kiosk"] = {"next": "next-1"}
    at.run()
    assert visit(at).told == Visit().told

    at.session_state["visit"].told = TOLD
    at.session_state["kiosk"] = {"next": "next-1"}
    at.run()
    assert visit(at).told == TOLD, "the same order counts once"


def test_on_an_untouched_start_nobody_is_asked_whether_they_are_there(host: Settings) -> None:
    (watch,) = sent(fresh(), "kiosk")

    assert watch["armed"] is False
