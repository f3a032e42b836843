"""The palette by meaning, light and dark. Colour never carries a meaning alone: shape or words do too."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours as ``#RRGGBB``, named for what they mean.

    Text colours stand at 4.5:1 or more on ``page``, drawn shapes at 3:1 or more; the three hues (teal,
    sand, amber) stay apart for people who do not see red or green.

    Attributes:
        page: The page itself; the colours are checked against it.
        ink: Words a person must read.
        muted: Words that help: axis labels, titles.
        you: This person's own mark.
        margin: How much a home test wobbles, around the mark.
        others: The spread of the people in the studies.
        others_zone: The same spread, faintly, behind the marks.
        line: A published cut, a mean, the end of a test.
        track: The faint line a mark lies on.
        caution: "Not scored": it asks for reading, it does not judge.
    """

    page: str
    ink: str
    muted: str
    you: str
    margin: str
    others: str
    others_zone: str
    line: str
    track: str
    caution: str


LIGHT = Look(
    page="#FBF8F3",
    ink="#1F2D2C",
    muted="#55615F",
    you="#0B5C60",
    margin="#2F8C8A",
    others="#8F8773",
    others_zone="#EDE4D3",
    line="#55615F",
    track="#D9D2C3",
    caution="#8A4B00",
)

DARK = Look(
    page="#101817",
    ink="#E8EEEB",
    muted="#AEBBB8",
    you="#7FD1C9",
    margin="#4BA39C",
    others="#978D77",
    others_zone="#25302E",
    line="#AEBBB8",
    track="#33413F",
    caution="#F0B267",
)


def look(theme_type: str | None) -> Look:
    """Return the colours for ``dark`` or ``light``; unknown counts as light, as paper does."""
    return DARK if theme_type == "dark" else LIGHT
