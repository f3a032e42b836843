"""One person shares, another opens it: files that have no address, a link that is handed on, and its end."""

import json
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import expect
from tests.browser.conftest import Pick
from tests.browser.phone import Phone, say
from tests.browser.test_looks import TESTED

from screening.services import answers_file
from screening.services.catalogue import load
from screening.sharing import link


def viewer(key: str, **values: object) -> str:
    return say(f"viewer.{key}", **values)


def saved(phone: Phone, key: str) -> Any:
    with phone.page.expect_download() as waiting:
        phone.button(say(key)).click()
    return waiting.value


def held(phone: Phone, label: str) -> str:
    return phone.page.get_by_label(say(label)).input_value()


def test_files_are_built_when_asked_for_and_have_no_address(open_tab: Pick) -> None:
    phone = open_tab(has_touch=True, width=320, height=700)
    phone.arrive("share", TESTED)
    phone.button(say("share.page.preview_all")).wait_for()
    assert phone.violations() == []
    assert (phone.small_targets(), phone.sideways()) == ([], 0)
    phone.page.evaluate("() => { window.print = () => { window.printed = true } }")

    paper = saved(phone, "share.page.pdf")
    again = saved(phone, "share.page.pdf")
    answers = saved(phone, "results.save")

    assert paper.url.startswith("blob:")
    assert paper.suggested_filename.endswith(".pdf")
    assert paper.path().read_bytes().startswith(b"%PDF")
    assert again.path().read_bytes() == paper.path().read_bytes()
    assert answers_file.loads(answers.path().read_text(), load(), "2030-01-01").attempts == TESTED.attempts
    expect(phone.page.get_by_text(say("results.saved")).first).to_be_visible()
    phone.button(say("results.print")).click()
    assert phone.page.evaluate("() => window.printed")

    phone.page.emulate_media(media="print")
    shown = phone.page.locator("[data-testid=stMain]").inner_text()
    assert phone.page.get_by_role("heading", name=say("share.not_in")).is_visible()
    assert say("share.page.files") not in shown
    assert say("text.L1").split(".")[0] not in shown


def test_a_link_is_seen_first_then_made_handed_on_opened_and_stopped(open_tab: Pick) -> None:
    phone, other = open_tab(permissions=["clipboard-read", "clipboard-write"]), open_tab()
    phone.page.add_init_script("navigator.share = (it) => { window.shared = it; return Promise.resolve() }")
    phone.arrive("share", TESTED)

    seen = sees_first(phone)
    makes_it_with_a_code(phone)
    address, code = held(phone, "share.pdf.link"), held(phone, "share.page.code_apart")
    hands_it_on(phone, address, code)

    opens_it(other, address, code, viewer("tests"))
    text = other.page.locator("main").inner_text()
    assert [line for line in seen.splitlines() if line.strip() and line not in text] == []
    stop = held(phone, "share.page.stop_apart")
    phone.button(say("share.page.stop")).click()
    phone.page.get_by_text(say("share.page.stopped")).wait_for()
    opens_it(other, address, code, viewer("not_active"))

    secrets = (link.encode(link.read(address).key), stop)
    assert phone.foreign == other.foreign == []
    assert [path for path in phone.fetched if path.startswith(("/media", "/s/"))] == []
    assert [frame for frame in map(str, phone.sent) if any(each in frame for each in secrets)] == []


def sees_first(phone: Phone) -> str:
    """Unfold what the recipient will see, and return it."""
    preview = phone.page.locator(".summary > div")
    preview.get_by_text(say("share.banner")).wait_for()
    height = "(each) => each.getBoundingClientRect().height"
    folded = preview.evaluate(height)
    phone.button(say("share.page.preview_all")).click()
    assert preview.evaluate(height) > folded + 500
    return preview.inner_text()


def makes_it_with_a_code(phone: Phone) -> None:
    phone.label(say("share.page.code")).click()
    phone.quiet()
    phone.button(say("share.page.make")).click()
    phone.page.get_by_text(say("share.page.agree_first")).wait_for()
    phone.label(say("share.page.agree")).click()
    phone.quiet()
    phone.button(say("share.page.make")).click()
    phone.page.get_by_text(say("share.page.not_kept")).wait_for()
    phone.quiet()
    focus = "() => document.activeElement.shadowRoot?.activeElement ?? document.activeElement"
    assert phone.page.evaluate(f"({focus})().textContent") == say("share.page.copy")
    expect(phone.page.get_by_label(say("share.pdf.link"))).to_be_in_viewport()


def hands_it_on(phone: Phone, address: str, code: str) -> None:
    """Copy it, copy a message, share it, mail it, scan it: never the code along with the link."""
    page, clipboard = phone.page, "() => navigator.clipboard.readText()"
    phone.button(say("share.page.copy")).first.click()
    expect(page.get_by_text(say("share.page.copied")).first).to_be_visible()
    assert page.evaluate(clipboard) == address
    phone.button(say("share.page.copy_message")).click()
    page.wait_for_function(f"async () => (await navigator.clipboard.readText()) !== {json.dumps(address)}")
    message = page.evaluate(clipboard).replace("\r\n", "\n")
    assert message == f"{say('share.page.mail_text_code')}\n\n{address}"
    phone.button(say("share.page.send")).click()
    shared = page.evaluate("() => window.shared")
    assert shared["url"] == address
    mail = page.get_by_role("link", name=say("share.page.mail")).get_attribute("href")
    assert mail
    assert unquote(mail).endswith(address)
    assert code not in (unquote(mail) + message + json.dumps(shared)).replace(address, "")
    picture = page.get_by_role("img", name=say("share.pdf.qr_alt"))
    assert str(picture.get_attribute("src")).startswith("data:image/svg+xml")


def opens_it(other: Phone, address: str, code: str, then: str) -> None:
    other.page.goto("about:blank")
    other.page.goto(address)
    other.page.get_by_label(viewer("code_label")).fill(code)
    other.button(viewer("show")).click()
    other.page.locator("main").get_by_text(then, exact=True).wait_for()
