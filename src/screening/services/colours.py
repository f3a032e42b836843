"""A clinic's colour, checked before anybody sees it: contrast as WCAG 2.2 defines it."""

import re

LIGHT_PAGE, DARK_PAGE = "#FBF8F3", "#101817"
"""The two pages; a test holds them to the theme."""

WORDS = 4.5
"""Least contrast of words. Source: WCAG 2.2, 1.4.3."""

SHAPES = 3.0
"""Least contrast of the edge of a control. Source: WCAG 2.2, 1.4.11."""

_LINEAR_BELOW = 0.04045
_RGB = re.compile(r"#[0-9A-Fa-f]{6}")


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0-1. Source: WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= _LINEAR_BELOW else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1-21."""
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def on_light(value: object) -> str:
    """Return the colour, checked: white words on it, itself as words and edges on the light page.

    Raises:
        ValueError: No colour, or too light; says how far off.
    """
    colour = _colour(value)
    _white_on(colour)
    _stands_out(colour, LIGHT_PAGE, WORDS, "the light page; take a darker one")
    return colour


def on_dark(value: object) -> str:
    """Return the colour, checked: white words on it, and its edges on the dark page.

    Raises:
        ValueError: No colour, too light, or too dark; says how far off.
    """
    colour = _colour(value)
    _white_on(colour)
    _stands_out(colour, DARK_PAGE, SHAPES, "the dark page; take a lighter one")
    return colour


def also_on_dark(colour: str | None) -> str | None:
    """Return the colour where it can be seen on the dark page as well, else None."""
    return colour if colour is not None and contrast(colour, DARK_PAGE) >= SHAPES else None


def _colour(value: object) -> str:
    if not isinstance(value, str) or not _RGB.fullmatch(value):
        raise ValueError('must be a colour such as "#0B6E69", in quotes')
    return value


def _white_on(colour: str) -> None:
    found = contrast("#FFFFFF", colour)
    if found < WORDS:
        raise ValueError(f"white words on it reach {found:.1f}:1, and {WORDS}:1 is needed; take a darker one")


def _stands_out(colour: str, page: str, least: float, where: str) -> None:
    found = contrast(colour, page)
    if found < least:
        raise ValueError(f"it reaches {found:.1f}:1, and {least:g}:1 is needed, on {where}")
