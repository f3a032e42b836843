"""Save, check again, then and now: the walk a person takes over six weeks; and the worksheet in the visit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say
from tests.browser.test_results import CUT_OFF, YOUNG
from tests.people import after, did, in_clinic, tell

DAY = (datetime.now(UTC) - timedelta(days=1)).date()
THEN = replace(YOUNG, date=(DAY - timedelta(weeks=6)).isoformat())
NOW = replace(
    tell(
        after(
            YOUNG,
            did("cst30", None, 25, right_angle=True),
            did("abd_hold", "right", 58.0),
            did("bridge", "right", 44.0),
            did("sideplank", "right", 47.0),
        ),
        P1=3,
    ),
    date=DAY.isoformat(),
)


def save(phone: Phone, name: str, to: Path) -> Path:
    with phone.page.expect_download() as download:
        phone.button(name).click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def open_file(phone: Phone, path: Path) -> None:
    with phone.page.expect_file_chooser() as chooser:
        phone.button(say("track.open")).click()
    chooser.value.set_files(path)
    phone.page.locator(".st-key-card-track, [data-testid=stAlertContainer]").first.wait_for()
    phone.quiet()


def pictures(phone: Phone, count: int) -> Locator:
    found = phone.page.locator("[data-testid=stVegaLiteChart] svg")
    expect(found).to_have_count(count)
    phone.quiet()
    return found


def text(phone: Phone) -> str:
    return phone.page.locator("[data-testid=stMain]").inner_text()


def open_all(phone: Phone) -> None:
    for each in phone.page.locator("[data-testid=stExpander] summary").all():
        each.click()
    phone.quiet()


def test_save_check_again_and_see_what_changed(open_tab: Pick, tmp_path: Path) -> None:
    first = open_tab()
    first.arrive("results", THEN)
    saved = save(first, say("results.save"), tmp_path)

    phone = open_tab(width=320)
    phone.arrive("results", NOW)
    phone.button(say("track.from_results")).click()
    phone.at("track")
    junk = tmp_path / "holiday.json"
    junk.write_bytes(b"\x89PNG")
    open_file(phone, junk)
    assert say("error.file.format") in text(phone)
    open_file(phone, saved)

    pictures(phone, 8)
    told = text(phone)
    assert say("track.main.real-better") in told
    assert "22 s, then 58 s" in told
    assert say("error.file.format") not in told
    assert phone.page.evaluate(CUT_OFF) == []
    open_all(phone)
    assert phone.sideways() == 0
    assert phone.violations() == []
    phone.label(say("option.change-little-better")).click()
    phone.pause()
    calendar = save(phone, say("track.save_day"), tmp_path).read_bytes()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert f"DTSTART;VALUE=DATE:{DAY + timedelta(weeks=6):%Y%m%d}".encode() in calendar

    kept = str(phone.stored()) + str(phone.stored("localStorage"))
    assert "change-little-better" in kept
    assert THEN.date not in kept
    assert not any(saved.name.encode() in _raw(each) for each in phone.sent)
    assert not any("upload" in path for path in phone.fetched)
    assert phone.forbidden() == []


def _raw(frame: Any) -> bytes:
    return frame.encode() if isinstance(frame, str) else bytes(frame)


def test_the_worksheet_in_the_visit_on_a_tablet_in_the_dark_and_on_paper(open_tab: Pick) -> None:
    phone = open_tab(width=800, height=1280, color_scheme="dark", has_touch=True)
    phone.arrive("worksheet", in_clinic(NOW, "abd_hold", "left", 50.0, day=NOW.date))
    phone.page.get_by_text(say("clinic_numbers.add"), exact=True).click()
    phone.page.get_by_role("radio", name=say("test.cst30.name"), exact=True).click()
    phone.page.get_by_label(say("self_tests.typed.stands")).fill("17")
    phone.page.get_by_role("radio", name=say("self_tests.yes"), exact=True).click()
    phone.button(say("clinic_numbers.save")).click()

    expect(phone.page.get_by_text(say("clinic_numbers.beyond")).first).to_be_visible()
    pictures(phone, 2)
    assert phone.page.evaluate(CUT_OFF) == []
    assert phone.violations() == []
    on_screen = text(phone)
    phone.page.emulate_media(media="print")
    on_paper = text(phone)
    assert say("worksheet.check.ankle.do") in on_paper
    assert say("clinic_numbers.beyond") in on_paper
    for words in ("clinic_numbers.lead", "clinic_numbers.add"):
        assert say(words) in on_screen
        assert say(words) not in on_paper
