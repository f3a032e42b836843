"""In the clinic, on a tablet: an example, the presenter view, the next person; and one who walks away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say
from tests.server import Server, running

from screening.services.examples import NAMES, example

TABLET = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    settings = folder / "host.toml"
    settings.write_text('clinic_name = "Riverside"\nkiosk = "link"\nkiosk_idle_s = 90\n')
    with running(folder / "log", env={"HIP_CHECK_SETTINGS": str(settings)}) as started:
        yield started


def everything_stored(phone: Phone) -> dict[str, str]:
    """Return whatever any script of the page has left in the browser, cookies aside."""
    found: dict[str, str] = phone.page.evaluate(
        """async () => ({...sessionStorage, ...localStorage,
          ...Object.fromEntries((await indexedDB.databases()).map((each) => [each.name, "database"]))})"""
    )
    return {key: value for key, value in found.items() if not key.startswith("stActiveTheme")}


def press(phone: Phone, key: str) -> None:
    phone.page.locator(f".st-key-{key} button").click()
    phone.quiet()


def place(phone: Phone) -> str:
    return phone.page.locator(".st-key-slide-turns p").filter(has_text=" of ").inner_text()


def turn(phone: Phone, key: str, then: str) -> None:
    phone.page.keyboard.press(key)
    expect(phone.page.locator(".st-key-slide-turns p").filter(has_text=then)).to_be_visible()
    phone.quiet()


def at_start(phone: Phone) -> None:
    phone.at("start")
    expect(phone.page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert everything_stored(phone) == {}


def pass_time(phone: Phone, seconds: int) -> None:
    """Let the page believe that so many seconds have gone by."""
    phone.page.evaluate("(ms) => { const real = Date.now; Date.now = () => real() + ms }", 1000 * seconds)


def test_a_demo_is_presented_by_clicker_and_nothing_is_left_for_the_next_person(open_tab: Pick) -> None:
    phone = open_tab(**TABLET)
    downloads: list[str] = []
    phone.page.on("download", lambda each: downloads.append(each.suggested_filename))
    phone.open("?kiosk=1")

    press(phone, "nav-therapists")
    press(phone, f"open-{NAMES[0]}")
    phone.at("results")
    expect(phone.page.locator(".st-key-example-banner")).to_contain_text(say("demo.banner"))
    press(phone, "present-result")
    phone.at("present")

    count = int(place(phone).split()[-1])
    assert count > len({each.test for each in example(NAMES[0]).attempts})
    turn(phone, "PageDown", f"2 of {count}")
    turn(phone, "ArrowRight", f"3 of {count}")
    turn(phone, "PageUp", f"2 of {count}")
    assert phone.sideways() == 0
    expect(phone.page.locator("[data-testid=stExpander]:visible, [data-testid=stSidebar]")).to_have_count(0)
    expect(phone.page.locator(".st-key-example-banner")).to_be_visible()
    phone.page.locator(".st-key-slide-picture").hover()
    expect(phone.page.locator("[data-laser]")).to_be_visible()
    phone.page.locator("body").press("Escape")
    phone.at("results")
    expect(phone.page.locator("[data-laser]")).to_have_count(0)

    assert "kiosk=1" in phone.page.url
    press(phone, "kiosk-next")
    press(phone, "kiosk-yes")
    at_start(phone)
    assert phone.page.url == f"{phone.server.url}/?kiosk=1"
    phone.open("results?kiosk=1")
    expect(phone.page.get_by_text(say("results.ask_first.about_you"))).to_be_visible()
    expect(phone.page.locator(".st-key-example-banner")).to_have_count(0)
    assert downloads == []
    assert not [each for each in phone.fetched if each.startswith("/media/") and not each.endswith(".svg")]


def test_who_walks_away_is_counted_down_and_forgotten(open_tab: Pick) -> None:
    phone = open_tab(**TABLET)
    phone.open()
    phone.page.evaluate("() => localStorage.setItem('screening:draft', 'somebody before')")
    phone.open("?kiosk=1")
    phone.at("start")
    countdown = phone.page.get_by_role("alertdialog")
    pass_time(phone, 100)
    phone.page.wait_for_timeout(700)
    expect(countdown).to_have_count(0)

    phone.label(say("text.KT")).click()
    phone.button(say("start.begin")).click()
    phone.about(62)
    phone.hurts()
    assert everything_stored(phone) == {}

    pass_time(phone, 95)
    expect(countdown).to_contain_text(say("kiosk.still_there"))
    stay = phone.button(say("kiosk.stay"))
    expect(stay).to_be_focused()
    stay.click()
    expect(countdown).to_have_count(0)
    phone.at("safety")

    pass_time(phone, 200)
    at_start(phone)
    phone.open("about_you?kiosk=1")
    expect(phone.page.get_by_text(say("frame.agree_first"))).to_be_visible()


def fits_and_speaks(phone: Phone, *themes: str) -> None:
    """Look at the screen as it is: by axe, at every target, in the sizes of a clinic and of a phone."""
    for theme in themes:
        phone.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        phone.quiet()
        assert (theme, phone.violations()) == (theme, [])
    assert phone.small_targets() == []
    for width, height in ((800, 1280), (320, 700), (1280, 800)):
        phone.page.set_viewport_size({"width": width, "height": height})
        phone.page.wait_for_timeout(250)
        assert (width, phone.sideways()) == (width, 0)


def test_the_screens_of_the_clinic_fit_and_axe_finds_nothing(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True, **TABLET)
    phone.open("therapists")
    fits_and_speaks(phone, "dark")

    press(phone, "present-connects")
    turn(phone, "PageDown", "2 of 8")
    fits_and_speaks(phone, "dark")
    press(phone, "slide-close")

    press(phone, f"open-{NAMES[0]}")
    press(phone, "present-result")
    turn(phone, "PageDown", "2 of ")
    fits_and_speaks(phone, "dark", "light")
    press(phone, "slide-close")
    press(phone, "leave-example")

    press(phone, "open-visit_first")
    press(phone, "change-self_tests")
    phone.at("self_tests")
    press(phone, "therapist-here")
    expect(phone.page.locator(".st-key-add-back-bridge")).to_be_visible()
    fits_and_speaks(phone, "light")
