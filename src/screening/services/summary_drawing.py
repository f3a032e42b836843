"""What a browser needs to draw a summary: its words, how far each strip goes, where each spot lies."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from screening.services import wording
from screening.services.catalogue import load
from screening.services.poses import body_map
from screening.services.share_codes import code_texts, variants

_WORDS = "viewer."
_COMPARED = "-side-difference"
"""A comparison stands under its test, whose name is there already."""

STANDS_SHOWN = 30
"""How far the strip of counted stands goes; a higher count makes it longer."""


@cache
def drawing_kit(language: str) -> Mapping[str, Any]:
    """Return everything but the document itself, as plain values."""
    return {
        "language": language,
        "words": viewer_words(language),
        "axis": strip_ends(),
        "places": spot_places(),
    }


@cache
def viewer_words(language: str) -> Mapping[str, Any]:
    """Return what the viewer says in one language: its own sentences, and the texts of our codes."""
    known = wording.sentences(language)
    own = {key.removeprefix(_WORDS): text for key, text in known.items() if key.startswith(_WORDS)}
    drawn = ("spot-", "band-", "side-", "reason-", "pain-now", "pain-average", "pain-impact", *strip_ends())
    texts = {
        code: text
        for code, text in code_texts(language).items()
        if code.startswith(drawn) and not code.endswith(_COMPARED)
    }
    return {**own, "codes": texts}


@cache
def strip_ends() -> Mapping[str, tuple[float, ...]]:
    """Return, by measure code, how far its strip goes, and a 1 after it where less is better."""
    found = {}
    for test in load().selftests:
        most = STANDS_SHOWN if test.unit == "stands" else test.cap or test.valid[1]
        most = int(most) if most == int(most) else most
        for code in variants(test.id):
            found[code] = (most,) if test.higher_is_better else (most, 1)
    return found


@cache
def spot_places() -> Mapping[str, tuple[float, float, int]]:
    """Return, by spot, x and y on the body map's body, and 1 for its back.

    x is for the person's right seen from the front, to the viewer's left; y grows downward from the hips.
    A spot that the map shows beside the body lies where its line leads.
    """
    found = {}
    for back, view in enumerate(("front", "back")):
        for spot, place in body_map()[view].items():
            x, y = place[-2:]
            found[spot] = (x, y, back)
    return found
