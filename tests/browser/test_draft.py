"""Unfinished answers survive a reload, a killed server, a short session; nothing comes back once wiped."""

import json
from pathlib import Path

from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say, sore_knee
from tests.server import Server, running

from screening.services import answers_file
from screening.services.catalogue import load


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

    phone.reload()

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
    _expect_pain(phone, P2=3)
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
    expect(phone.box(say("option.trigger-squat"))).to_be_checked()
    own_server.restart()
    phone.connected()

    phone.label(say("option.trigger-kneeling")).click()
    phone.pause()

    for trigger in ("stairs", "squat", "kneeling"):
        expect(phone.box(say(f"option.trigger-{trigger}"))).to_be_checked()
    phone.reload()
    phone.at("pain")
    for trigger in ("stairs", "squat", "kneeling"):
        expect(phone.box(say(f"option.trigger-{trigger}"))).to_be_checked()


def test_next_right_after_a_restart_goes_on(open_tab: Pick, own_server: Server) -> None:
    phone = open_tab(own_server)
    phone.arrive("about_you")
    phone.page.get_by_label(say("text.A0")).fill("62")
    phone.label(say("option.female")).click()
    own_server.restart()
    phone.connected()

    phone.next()  # the first that the new server hears of her

    phone.at("where")
    phone.back()
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("62")


def test_results_and_a_card_are_still_there_after_a_restart(open_tab: Pick, own_server: Server) -> None:
    results, card = open_tab(own_server), open_tab(own_server)
    results.arrive("results", sore_knee("results"))
    card.arrive("safety")
    card.label(say("text.E6")).click()
    card.next()
    card.at("card")
    own_server.restart()

    results.reload()
    results.at("results")
    expect(results.page.get_by_text(say("results.ask_first.about_you"))).to_have_count(0)
    card.reload()
    card.at("card")
    expect(card.button(say("frame.next"))).to_have_count(0)
    expect(card.page.get_by_text(say("frame.other_steps"))).to_have_count(0)


def test_a_session_that_timed_out_comes_back(open_tab: Pick, tmp_path: Path) -> None:
    with running(tmp_path / "log", options=["--server.disconnectedSessionTTL", "1"]) as server:
        phone = open_tab(server)
        phone.page.add_init_script(
            """const sockets = []; const Plain = window.WebSocket; window.down = false;
               window.WebSocket = class extends Plain {
                 constructor(url, ...all) {
                   super(window.down ? url + "/gone" : url, ...all); sockets.push(this) } };
               window.cut = () => { window.down = true; sockets.forEach((each) => each.close()) }"""
        )
        phone.arrive("safety")
        phone.label(say("text.E5")).click()
        phone.pause()
        before = len(phone.sent)

        phone.page.evaluate("() => window.cut()")
        phone.page.wait_for_timeout(4000)
        phone.page.evaluate("() => { window.down = false }")
        phone.connected()
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

    own_server.restart()
    phone.connected()
    phone.label(say("text.KT")).click()
    expect(phone.box(say("text.KT"))).to_be_checked()
    phone.pause()  # the new server has met this tab
    phone.button(say("start.begin")).click()

    phone.at("about_you")
    expect(phone.page.get_by_label(say("text.A0"))).to_have_value("")
    phone.pause()
    phone.reload()
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


def test_a_draft_on_the_device_is_offered_for_a_day_taken_only_when_wanted_and_erased_unseen(
    open_tab: Pick,
) -> None:
    first = open_tab()
    _keep_on_device(first)
    record = json.loads(first.stored("localStorage")["screening:draft"])
    found = say("start.found")

    def later() -> Phone:
        tab = Phone(first.page.context.new_page(), first.server)
        tab.open()
        tab.at("start")
        return tab

    taken = later()
    expect(taken.page.get_by_text(found)).to_be_visible()
    taken.button(say("start.go_on")).click()
    taken.at("where")
    taken.back()
    taken.at("about_you")
    expect(taken.page.get_by_label(say("text.A0"))).to_have_value("58")

    keep = "(text) => localStorage.setItem('screening:draft', text)"
    first.page.close()
    taken.page.evaluate(keep, json.dumps({**record, "until": 1}))
    expect(later().page.get_by_text(found)).to_have_count(0)

    taken.page.evaluate(keep, json.dumps(record))
    erased = later()
    expect(erased.page.get_by_text(found)).to_be_visible()
    erased.button(say("start.start_over")).click()
    erased.button(say("start.erase")).click()
    erased.pause()
    assert erased.stored("localStorage") == {}
    expect(erased.page.get_by_text(found)).to_have_count(0)


BROKEN = (
    "not json",
    '{"doc": "{}"}',
    '{"doc": 7}',
    "null",
    '{"doc":"{\\"schema\\":\\"hip-self-check/9\\"}"}',
)


def test_a_broken_draft_is_no_draft(open_tab: Pick) -> None:
    phone = open_tab()
    phone.open()
    for broken in BROKEN:
        phone.page.evaluate("(text) => sessionStorage.setItem('screening:draft', text)", broken)
        phone.reload()

        phone.at("start")
        assert (broken, phone.page.get_by_text(say("start.here")).count()) == (broken, 0)
        assert (broken, phone.complaints) == (broken, [])


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
