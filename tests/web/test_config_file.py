"""Streamlit's options: exactly these, and a theme everybody can read."""

import re
import tomllib
from itertools import product
from typing import Any

import pytest
from tests.server import ROOT

from screening.errors import SettingsError
from screening.web.lifespan import MUST_BE, check_options

FOUND: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
FIRST_PAINT = (ROOT / "src/screening/web/static/first_paint.css").read_text()

OPTIONS = {
    "browser.gatherUsageStats": False,
    "server.headless": True,
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.enableStaticServing": False,
    "server.disconnectedSessionTTL": 1800,
    "server.maxUploadSize": 1,
    "server.maxMessageSize": 20,
    "server.websocketPingInterval": 20,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.allowedOrigins": [],
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "logger.level": "warning",
    "logger.enableRich": False,
}
COLOURS = {
    "primaryColor",
    "backgroundColor",
    "secondaryBackgroundColor",
    "textColor",
    "linkColor",
    "borderColor",
}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_exactly_these_options_are_set_and_the_address_is_sent_to_nobody() -> None:
    set_there = {
        f"{section}.{key}": value
        for section, table in FOUND.items()
        if section != "theme"
        for key, value in table.items()
    }

    assert set_there == OPTIONS


def test_the_theme_has_the_same_colours_by_day_and_by_night_and_a_font_of_the_device() -> None:
    theme = FOUND["theme"]

    assert set(theme["light"]) == set(theme["dark"]) == COLOURS
    assert theme["font"] == theme["headingFont"] == "system-ui, sans-serif"
    assert 17 <= theme["baseFontSize"] <= 18
    assert "fontFaces" not in theme


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_words_are_readable_on_the_primary_colour_and_it_stands_out_on_the_page(mode: str) -> None:
    colours = FOUND["theme"][mode]

    assert 0.124 <= luminance(colours["primaryColor"]) <= 0.183
    assert contrast("#FFFFFF", colours["primaryColor"]) >= 4.5
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= 3


@pytest.mark.parametrize(
    ("mode", "words", "ground"),
    list(
        product(
            ["light", "dark"], ["textColor", "linkColor"], ["backgroundColor", "secondaryBackgroundColor"]
        )
    ),
)
def test_words_and_links_are_readable_on_every_ground(mode: str, words: str, ground: str) -> None:
    colours = FOUND["theme"][mode]

    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edge_of_a_box_to_type_in_can_be_seen(mode: str) -> None:
    colours = FOUND["theme"][mode]

    assert contrast(colours["borderColor"], colours["backgroundColor"]) >= 3


def test_the_first_paint_wears_the_colours_of_the_theme() -> None:
    light, dark = FIRST_PAINT.split("@media (prefers-color-scheme:dark)")

    for mode, rules in (("light", light), ("dark", dark)):
        wanted = {FOUND["theme"][mode][key] for key in ("backgroundColor", "textColor", "linkColor")}
        assert set(re.findall(r"#[0-9A-F]{6}", rules)) == wanted


def test_a_start_with_our_options_is_let_through() -> None:
    check_options(MUST_BE.__getitem__)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("browser.gatherUsageStats", True),
        ("server.enableAgentApi", True),
        ("server.enableCORS", False),
        ("server.enableXsrfProtection", False),
        ("server.enableStaticServing", True),
        ("server.baseUrlPath", "check"),
        ("client.allowedOrigins", ["https://a.example"]),
        ("logger.enableRich", True),
    ],
)
def test_a_start_with_an_option_that_breaks_a_promise_is_refused_by_name(option: str, value: object) -> None:
    with pytest.raises(SettingsError, match=re.escape(option)):
        check_options(lambda name: value if name == option else MUST_BE[name])
