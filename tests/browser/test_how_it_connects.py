"""The pictures that explain, in a real browser: they move without the server, by hand and by key."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import THEMES, Phone, Theme, say

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


def test_it_moves_by_hand_and_by_key_and_sends_nothing(open_tab: Pick) -> None:
    phone = opened(open_tab, has_touch=True)
    track = slider(phone, "strength")
    track.scroll_into_view_if_needed()
    phone.quiet()
    sent = len(phone.sent)

    for hand, drag in HANDS.items():
        track.fill("100")
        phone.page.wait_for_timeout(300)
        before = state(phone)
        drag(phone, track)
        after = state(phone)
        assert (hand, after["strength"] < 60) == (hand, True)
        assert (hand, after["drop"] > before["drop"]) == (hand, True)

    phone.button(say("hip_figure.compare")).click()
    expect(figure(phone).locator(".person:visible")).to_have_count(2)
    first, second = figure(phone).locator(".person").all()
    assert first.locator("text").first.text_content() != second.locator("text").first.text_content()

    phone.page.locator(".chain summary").first.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text(say("connect.arrow.hip_to_pelvis")).first).to_be_visible()
    expect(phone.page.locator(".chain .sources a").first).to_be_visible()

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


@pytest.mark.parametrize("first", THEMES)
def test_it_is_whole_and_readable_at_every_width_in_both_themes(open_tab: Pick, first: Theme) -> None:
    phone = opened(open_tab, color_scheme=first)
    slider(phone, "strength").fill("50")
    phone.unfold()

    for theme in sorted(THEMES, key=lambda each: each != first):
        phone.dress(theme)
        for width, height in ((320, 700), (390, 844), (1280, 800)):
            phone.page.set_viewport_size({"width": width, "height": height})
            phone.page.wait_for_timeout(300)
            assert (theme, width, phone.sideways(), small(phone)) == (theme, width, 0, [])
        assert (theme, strange(phone)) == (theme, [])
    assert state(phone)["strength"] == 50
    assert phone.forbidden() == []


def small(phone: Phone) -> list[str]:
    """Return every control that is too small to tap, those inside of the pictures too."""
    inside = phone.page.locator(".hip-figure :is(button, input), .chains summary").evaluate_all(
        """(all) => all.map((e) => [e, e.getBoundingClientRect().height])
          .filter(([_, high]) => high && high < 48)
          .map(([e, high]) => `${e.outerHTML.slice(0, 80)} ${high}`)"""
    )
    return [*phone.small_targets(), *inside]


def strange(phone: Phone) -> list[tuple[str, list[str]]]:
    """Return what axe finds, less one false alarm.

    axe knows a skip link by its standing before the first other link; it cannot order the sources of the
    chains, which are links in a shadow root, against it.
    """
    found = phone.violations()
    less = [
        (rule, [each for each in html if rule != "region" or "stSkipToContent" not in each])
        for rule, html in found
    ]
    return [(rule, html) for rule, html in less if html]


def test_words_stand_beside_a_picture_on_a_clinics_screen_and_on_paper_sliders_are_gone(
    open_tab: Pick,
) -> None:
    phone = opened(open_tab, width=1280, height=800)
    words = phone.page.locator(".st-key-scene-1-words").bounding_box()
    picture = phone.page.locator(".st-key-scene-1-picture").bounding_box()
    assert words
    assert picture
    assert words["x"] + words["width"] < picture["x"]
    assert abs(words["y"] - picture["y"]) < 40

    phone.page.emulate_media(media="print")
    expect(slider(phone, "strength")).to_be_hidden()
    expect(figure(phone).locator(".person").last).to_be_visible()
    expect(phone.page.locator(".chain").first).to_be_visible()
    assert phone.page.pdf()
