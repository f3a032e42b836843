"""The page a browser gets before any script has run."""

import base64
import hashlib
import html
import re

import pytest
from tests.server import Server

from screening.errors import DataFileError
from screening.services import wording
from screening.services.settings import settings
from screening.web import index_page
from screening.web.static_files import file_of, slim

SHIPPED = index_page.installed_page()


def said(key: str, **values: object) -> str:
    return html.escape(wording.speaker("en")(f"edge.{key}", **values))


def test_the_first_page_has_its_language_one_title_and_something_to_read(edge: Server) -> None:
    page = edge.get("/", accept_language="en").body.decode()

    assert '<html lang="en">' in page
    assert re.findall("<title>(.*?)</title>", page) == [said("title")]
    assert f'<meta name="description" content="{said("description")}"' in page
    assert page.count('<link rel="stylesheet" href="./ui/app.css" />') == 1
    root = re.findall(r'<div id="root">(.*?)</div>', page, re.DOTALL)[0]
    assert f"<h1>{said('heading')}</h1>" in root
    assert said("emergency", emergency=settings().emergency_number) in root
    assert f"<noscript><p>{said('no_script')}</p></noscript>" in page


def test_the_first_page_does_not_name_the_machinery(edge: Server) -> None:
    page = edge.get("/").body.decode()
    page_without_its_license = page[page.index("<!DOCTYPE") :]

    assert "Streamlit app" not in page_without_its_license
    assert "<title>Streamlit" not in page_without_its_license
    assert "agent" not in page_without_its_license
    assert 'as="font"' not in page_without_its_license


def test_the_first_page_is_never_confirmed_from_a_copy_in_another_language(edge: Server) -> None:
    first = edge.get("/")

    assert "etag" not in first.headers
    assert "last-modified" not in first.headers
    again = edge.get("/", if_none_match='"x"', if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT")
    assert again.status == 200
    assert {"accept-encoding", "accept-language"} <= set(first.headers["vary"].lower().split(", "))


def test_every_inline_script_has_its_hash_in_the_policy(edge: Server) -> None:
    answer = edge.get("/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)

    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "es", "es"),
        (None, "es-MX,es;q=0.9,en;q=0.8", "es"),
        (None, "fr-CH, fr;q=0.9, es;q=0.7, en;q=0.8", "en"),
        (None, "ES", "es"),
        (None, "es;q=0", "en"),
        (None, "es;q=nonsense", "en"),
        (None, "*", "en"),
        (None, ",,;q=", "en"),
        ("es", "en", "es"),
        ("fr", "es", "es"),
        ("<script>", "", "en"),
    ],
)
def test_the_address_chooses_the_language_then_the_browser(
    asked: str | None, accepted: str, language: str
) -> None:
    assert index_page.language_for(asked, accepted, ("en", "es")) == language


@pytest.mark.parametrize(
    "mark",
    [
        '<html lang="en">',
        "<title>Streamlit</title>",
        '<div id="root"></div>',
        'rel="service-desc"',
        'as="font"',
        "<noscript>",
        'type="module"',
        'href="./favicon.png"',
    ],
)
def test_an_index_page_without_a_mark_we_replace_stops_the_start(mark: str) -> None:
    with pytest.raises(DataFileError, match=r"index\.html: .* not there exactly once"):
        index_page.page("en", SHIPPED.replace(mark, "doctored"))


def test_an_index_page_with_a_mark_twice_stops_the_start() -> None:
    with pytest.raises(DataFileError, match="the root is not there exactly once"):
        index_page.page("en", SHIPPED.replace("</body>", '<div id="root"></div></body>'))


def test_only_the_marked_places_of_the_shipped_page_change() -> None:
    ours = index_page.page("en", SHIPPED)

    for kept in re.findall(r"<(?:script|link rel=\"(?:modulepreload|stylesheet)\")[^>]*>", SHIPPED):
        assert kept in ours


def test_an_address_that_is_no_page_says_so_and_shows_the_way(edge: Server) -> None:
    answer = edge.get("/no_such_page", accept_language="en")

    assert answer.status == 404
    assert said("not_found") in answer.body.decode()
    assert '<a href="/">' in answer.body.decode()
    assert "<script" not in answer.body.decode()


def test_the_main_style_sheet_comes_without_half_a_megabyte_of_fonts(edge: Server) -> None:
    path = re.findall(r'href="\.(/static/css/index[^"]+)"', edge.get("/").body.decode())[0]

    styles = edge.get(path).body.decode()

    assert "Source Sans" not in styles
    assert "MaterialSymbols" not in styles
    assert styles.count("url(../../ui/icons.woff2)") == 1
    assert "KaTeX_Main" in styles
    assert len(edge.get("/ui/icons.woff2").body) < 6_000


@pytest.mark.parametrize("gone", ["Material Symbols Rounded", "Source"])
def test_a_style_sheet_with_other_fonts_than_expected_stops_the_start(gone: str) -> None:
    shipped = next(file_of(path) for path in index_page.first_files() if path.endswith(".css"))
    assert shipped is not None

    with pytest.raises(DataFileError, match="its fonts are not there as expected"):
        slim(shipped.read_text().replace(f"font-family:{gone}", "font-family:Other"))
