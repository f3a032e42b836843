"""Unfinished answers survive a reload, a killed server, a short session; nothing comes back once wiped."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say, sore_knee
from tests.server import Server, running

from screening.services import answers_file
from screening.services.catalogue import load


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that may be killed: nobody else is on it."""
    with running(tmp_path / "log") as started:
        yield started


def _told(phone: Phone) -> object:
    """Return the answers the tab keeps."""
    record = json.loads(phone.stored()["screening:draft"])
    return answers_file.loads(record["doc"], load(), "9999-12-31")


def _expect_pain(phone: Phone, **numbers: int) -> None:
    for question, n in numbers.items():
        expect(phone.number(question, n)).to_be_checked()


def test_a_reload_comes_back_to_the_same_screen_with_every_answer(open_tab: Pick) -> None:
    phone = open_tab()
    phone.arrive("safety")
    phone.none_of_these(2)
    phone.label(say("text.C9")).click()
    phone.pause()

    phone.page.reload()

    phone.at("safety")
    expect(phone.page.get_by_text(say("safety.list", n=3, of=4))).to_be_visible()
    expect(phone.box(say("text.C9"))).to_be_checked()
    phone.back()
    expect(phone.box(say("option.none"))).to_be_checked()


def test_a_killed_server_loses_nothing_not_even_the_tap_under_way(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("pain")
    phone.number("P1", 5).click()
    phone.pause()
    phone.number("P2", 3).click()
    own_server.kill()
    own_server.restart()

    phone.number("P3", 2).click()
    phone.pause()

    phone.at("pain")
    _expect_pain(phone, P1=5, P2=3, P3=2)
    phone.next()
    phone.next()
    expect(phone.page.get_by_text(say("question.Q5k"))).to_be_visible()
    phone.back()
    _expect_pain(phone, P1=5, P2=3, P3=2)


def test_questions_of_a_region_keep_the_tap_under_way_too(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("pain", step="how_it_behaves")
    phone.label(say("option.trigger-stairs")).click()
    phone.pause()
    phone.label(say("option.trigger-squat")).click()
    own_server.kill()
    own_server.restart()

    phone.label(say("option.trigger-kneeling")).click()
    phone.pause()

    for trigger in ("stairs", "squat", "kneeling"):
        expect(phone.box(say(f"option.trigger-{trigger}"))).to_be_checked()
    phone.page.reload()
    phone.at("pain")
    for trigger in ("stairs", "squat", "kneeling"):
        expect(phone.box(say(f"option.trigger-{trigger}"))).to_be_checked()


def test_next_right_after_a_restart_goes_on(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("about_you")
    phone.page.get_by_label(say("text.A0")).fill("62")
    phone.label(say("option.female")).click()
    own_server.kill()
    own_server.restart()

    phone.next()

    phone.at("where")
    phone.back()
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("62")


def test_results_opened_after_a_restart_are_still_there(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("results", sore_knee("results"))
    own_server.kill()
    own_server.restart()

    phone.page.reload()

    phone.at("results")
    expect(phone.page.get_by_text(say("results.ask_first.about_you"))).to_have_count(0)


def test_a_session_that_timed_out_comes_back(open_tab: Pick, tmp_path: Path) -> None:
    with running(tmp_path / "log", options=["--server.disconnectedSessionTTL", "1"]) as server:
        phone = open_tab(server)
        phone.page.add_init_script(
            """const sockets = []; const Plain = window.WebSocket;
               window.WebSocket = class extends Plain {
                 constructor(...all) { super(...all); sockets.push(this) } };
               window.cut = () => sockets.forEach((each) => each.close())"""
        )
        phone.arrive("safety")
        phone.label(say("text.E5")).click()
        phone.pause()
        before = len(phone.sent)

        phone.page.evaluate("() => window.cut()")
        phone.page.wait_for_timeout(4000)
        phone.label(say("text.E8")).click()
        phone.pause()

        assert len(phone.sent) > before
        expect(phone.box(say("text.E5"))).to_be_checked()
        expect(phone.box(say("text.E8"))).to_be_checked()
        assert {"E5", "E8"} <= _told(phone).safety["SCR1"]


def test_start_over_wipes_everything_and_nothing_comes_back(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("safety")
    phone.page.evaluate("() => sessionStorage.setItem('screening:timer', '{}')")
    phone.label(say("text.E5")).click()
    phone.pause()
    phone.page.goto(f"{own_server.url}/")
    phone.at("start")
    phone.button(say("start.start_over")).click()
    phone.button(say("start.erase")).click()
    phone.pause()

    assert phone.stored() == {}
    assert phone.stored("localStorage") == {}

    own_server.kill()
    own_server.restart()
    phone.label(say("text.KT")).click()
    phone.button(say("start.begin")).click()

    phone.at("about_you")
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("")
    phone.page.reload()
    phone.at("about_you")
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("")


def test_nothing_stays_on_the_device_unless_asked_for(open_tab: Pick) -> None:
    phone = open_tab()
    phone.agree()
    phone.about()

    assert phone.stored("localStorage") == {}
    assert "screening:draft" in phone.stored()


def _keep_on_device(phone: Phone) -> None:
    phone.open()
    phone.at("start")
    phone.label(say("text.KT")).click()
    phone.label(say("text.KD")).click()
    phone.button(say("start.begin")).click()
    phone.about(age=58)
    phone.at("where")


def test_a_draft_on_the_device_is_offered_in_a_new_tab_and_taken_only_when_wanted(open_tab: Pick) -> None:
    first = open_tab()
    _keep_on_device(first)
    assert "screening:draft" in first.stored("localStorage")

    later = Phone(first.page.context.new_page(), first.server)
    later.open()
    later.at("start")

    expect(later.page.get_by_text(say("start.found"))).to_be_visible()
    later.button(say("start.go_on")).click()
    later.at("where")
    later.back()
    later.at("about_you")
    expect(later.page.get_by_label(say("text.A0"))).to_have_value("58")


def test_a_draft_on_the_device_can_be_erased_unseen(open_tab: Pick) -> None:
    first = open_tab()
    _keep_on_device(first)
    first.page.close()
    later = Phone(
        first.page.context.pages[0] if first.page.context.pages else first.page.context.new_page(),
        first.server,
    )
    later.open()
    later.at("start")

    later.button(say("start.start_over")).click()
    later.button(say("start.erase")).click()
    later.pause()

    assert later.stored("localStorage") == {}
    expect(later.page.get_by_text(say("start.found"))).to_have_count(0)


def test_a_day_later_the_device_has_forgotten(open_tab: Pick) -> None:
    first = open_tab()
    _keep_on_device(first)
    record = json.loads(first.stored("localStorage")["screening:draft"])
    first.page.evaluate(
        "(text) => localStorage.setItem('screening:draft', text)", json.dumps({**record, "until": 1})
    )

    later = Phone(first.page.context.new_page(), first.server)
    later.open()
    later.at("start")
    later.pause()

    expect(later.page.get_by_text(say("start.found"))).to_have_count(0)


@pytest.mark.parametrize(
    "broken",
    ["not json", '{"doc": "{}"}', '{"doc": 7}', "null", '{"doc":"{\\"schema\\":\\"hip-self-check/9\\"}"}'],
)
def test_a_broken_draft_is_no_draft(open_tab: Pick, broken: str) -> None:
    phone = open_tab()
    phone.page.add_init_script(f"sessionStorage.setItem('screening:draft', {json.dumps(broken)})")

    phone.open()

    phone.at("start")
    expect(phone.page.get_by_text(say("start.here"))).to_have_count(0)
    assert phone.complaints == []


def test_a_browser_that_keeps_nothing_still_works(open_tab: Pick) -> None:
    phone = open_tab()
    phone.page.add_init_script(
        """for (const name of ["sessionStorage", "localStorage"])
             Object.defineProperty(window, name,
               { get() { throw new DOMException("no", "SecurityError") } })"""
    )

    phone.agree()
    phone.about()

    phone.at("where")


def test_a_warning_sign_on_the_last_list_left_is_still_the_card_after_a_restart(
    open_tab: Pick, own_server: Server
) -> None:
    phone = open_tab(own_server)
    phone.arrive("safety")
    phone.label(say("text.E6")).click()
    phone.next()
    phone.at("card")
    own_server.kill()
    own_server.restart()

    phone.page.reload()

    phone.at("card")
    expect(phone.button(say("frame.next"))).to_have_count(0)
    expect(phone.page.get_by_text(say("frame.other_steps"))).to_have_count(0)
