"""The pictures that explain, in a real browser: they move without the server, by hand and by key."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say

from screening.domain.biomechanics import solve
from screening.services.model_reader import model

PAGE = "how_it_connects"
SLOWEST_FPS = 30


def opened(open_tab: Pick, **options: Any) -> Phone:
    phone = open_tab(**options)
    phone.open(PAGE)
    phone.at(PAGE)
    figure(phone).locator("svg").last.wait_for()
    phone.page.locator(".chains .chain").last.wait_for()
    phone.page.wait_for_timeout(500)
    return phone


def figure(phone: Phone) -> Locator:
    return phone.page.locator(".hip-figure")


def slider(phone: Phone, name: str) -> Locator:
    return figure(phone).get_by_role("slider", name=say(f"hip_figure.{name}"))


def state(phone: Phone) -> dict[str, Any]:
    phone.page.wait_for_timeout(60)
    found: dict[str, Any] = json.loads(figure(phone).get_attribute("data-state") or "")
    return found


def by_mouse(phone: Phone, track: Locator) -> None:
    box = track.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    phone.page.mouse.move(box["x"] + box["width"] * 0.75, y)
    phone.page.mouse.down()
    for n in range(40):
        phone.page.mouse.move(box["x"] + box["width"] * (0.75 - 0.017 * n), y)
    phone.page.mouse.up()


def by_touch(phone: Phone, track: Locator) -> None:
    box = track.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    client = phone.page.context.new_cdp_session(phone.page)

    def touch(kind: str, share: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": box["x"] + box["width"] * share, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.75)
    for n in range(40):
        touch("touchMove", 0.75 - 0.017 * n)
    touch("touchEnd", 0)


def by_key(phone: Phone, track: Locator) -> None:
    track.focus()
    for _ in range(60):
        phone.page.keyboard.press("ArrowLeft")


HANDS: dict[str, Callable[[Phone, Locator], None]] = {"mouse": by_mouse, "touch": by_touch, "key": by_key}


@pytest.mark.parametrize("hand", HANDS)
def test_dragging_moves_the_figure_and_sends_nothing(open_tab: Pick, hand: str) -> None:
    phone = opened(open_tab, has_touch=hand == "touch")
    track = slider(phone, "strength")
    track.scroll_into_view_if_needed()
    phone.page.wait_for_timeout(400)
    before, sent = state(phone), len(phone.sent)

    HANDS[hand](phone, track)

    after = state(phone)
    assert after["strength"] < 60
    assert after["drop"] > before["drop"]
    phone.page.wait_for_timeout(600)
    assert len(phone.sent) == sent


def test_it_moves_at_thirty_frames_a_second_or_more_while_a_finger_drags(open_tab: Pick) -> None:
    phone = opened(open_tab)
    times = phone.page.evaluate(
        """() => new Promise((done) => {
          const root = document.querySelector("[data-testid=stBidiComponentIsolated]")
          const within = (node) => node.querySelector?.(".hip-figure")
            ?? [...node.querySelectorAll("*")].map((e) => e.shadowRoot && within(e.shadowRoot)).find(Boolean)
          const figure = within(document)
          const slider = figure.querySelector("input[type=range]")
          const times = []
          let before = ""
          const step = (now) => {
            if (figure.dataset.state !== before) times.push(now)
            before = figure.dataset.state
            if (times.length > 90) return done(times)
            slider.value = 30 + ((times.length * 2) % 70)
            slider.dispatchEvent(new Event("input", { bubbles: true }))
            requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        })"""
    )
    gaps = sorted(late - early for early, late in pairwise(times))

    assert 1000 / gaps[len(gaps) // 2] >= SLOWEST_FPS


def test_the_words_beside_the_joints_are_the_models(open_tab: Pick) -> None:
    phone = opened(open_tab)
    phone.button(say("hip_figure.squat")).click()
    slider(phone, "strategy").fill("20")
    for strength in (100, 65, 30):
        slider(phone, "strength").fill(str(strength))
        found = solve(
            model().body, model().scenes["squat"], strength=strength / 100, activation=1, lean_share=0.2
        )
        told = figure(phone).locator(".person").last
        for name, angle in (
            ("pelvis", found.drop_deg),
            ("knee", found.knee_abduction_deg),
            ("back", found.lumbar_bend_deg),
        ):
            words = say(f"hip_figure.at_{name}", n=f"{round(angle)}°")
            expect(told.locator("text", has_text=words)).to_have_count(1)


def test_two_people_stand_side_by_side_and_only_one_moves(open_tab: Pick) -> None:
    phone = opened(open_tab)
    sent = len(phone.sent)

    phone.button(say("hip_figure.compare")).click()

    expect(figure(phone).locator(".person:visible")).to_have_count(2)
    first, second = figure(phone).locator(".person").all()
    assert first.locator("text").first.text_content() != second.locator("text").first.text_content()
    assert len(phone.sent) == sent


def test_a_change_of_theme_keeps_the_sliders_where_they_are(open_tab: Pick) -> None:
    phone = opened(open_tab)
    slider(phone, "strength").fill("50")

    phone.page.emulate_media(color_scheme="dark")
    phone.page.wait_for_timeout(500)

    assert state(phone)["strength"] == 50


def test_an_arrow_opens_its_reason_and_sources_by_key(open_tab: Pick) -> None:
    phone = opened(open_tab)
    arrow = phone.page.locator(".chain summary").first

    arrow.focus()
    phone.page.keyboard.press("Enter")

    expect(phone.page.get_by_text(say("connect.arrow.hip_to_pelvis")).first).to_be_visible()
    expect(phone.page.locator(".chain .sources a").first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 700), (390, 844), (1280, 800)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_or_small_and_nothing_comes_from_elsewhere(
    open_tab: Pick, width: int, height: int, theme: str
) -> None:
    phone = opened(open_tab, width=width, height=height, color_scheme=theme)

    assert phone.sideways() == 0
    assert phone.small_targets() == []
    assert phone.foreign == []
    assert [each for each in phone.complaints if "404 (Not Found)" not in each] == []
    small = phone.page.locator(".hip-figure :is(button, input), .chains summary").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect()).filter((b) => b.height && b.height < 48).length"
    )
    assert small == 0


def test_on_a_clinics_screen_words_stand_beside_the_picture(open_tab: Pick) -> None:
    phone = opened(open_tab, width=1280, height=800)
    words = phone.page.locator(".st-key-scene-1-words").bounding_box()
    picture = phone.page.locator(".st-key-scene-1-picture").bounding_box()
    assert words
    assert picture

    assert words["x"] + words["width"] < picture["x"]
    assert abs(words["y"] - picture["y"]) < 40


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_tab: Pick, theme: str) -> None:
    phone = opened(open_tab, bypass_csp=True, color_scheme=theme)
    for each in phone.page.locator("details > summary").all():
        each.click()
    phone.page.wait_for_timeout(300)

    phone.quiet()
    found = Axe().run(phone.page).response["violations"]

    assert [(each["id"], html) for each in found for html in marked(each)] == []


def marked(violation: dict[str, Any]) -> list[str]:
    """Return the marked elements, less one false alarm.

    axe knows a skip link by its standing before the first other link; it cannot order the sources of the
    chains, which are links in a shadow root, against it.
    """
    nodes = [node["html"][:120] for node in violation["nodes"]]
    return [each for each in nodes if not (violation["id"] == "region" and "stSkipToContent" in each)]


def test_on_paper_the_sliders_are_gone_and_the_pictures_are_there(open_tab: Pick) -> None:
    phone = opened(open_tab)

    phone.page.emulate_media(media="print")

    expect(slider(phone, "strength")).to_be_hidden()
    expect(figure(phone).locator(".person").last).to_be_visible()
    expect(phone.page.locator(".chain").first).to_be_visible()
    assert phone.page.pdf()
