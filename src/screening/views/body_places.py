"""Where the spots of the body map lie, as values: outlines of the body, and each spot's place."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from screening.domain import figures as body
from screening.domain.answers import Side
from screening.domain.figures import View
from screening.domain.instruments import Spot
from screening.services.poses import body_map
from screening.services.wording import Say
from screening.views import figures


def body_view(name: str, spots: Iterable[Spot], say: Say) -> dict[str, Any]:
    """Return one view, ``front`` or ``back``, as plain values in box units: outlines, words, spots.

    A spot is its id, its place, and where a line from it leads when it lies beside the body.
    """
    places = body_map()
    x, y, width, height = places["box"]
    sides = (Side.RIGHT, Side.LEFT) if name == "front" else (Side.LEFT, Side.RIGHT)
    return {
        "title": say(f"body_map.view.{name}"),
        "box": list(places["box"]),
        "parts": [list(each) for each in _body(name)],
        "sides": [
            [say(f"side.{side}"), x + width * share, y + height / 2]
            for side, share in zip(sides, (0.12, 0.88), strict=True)
        ],
        "spots": [[each.id, *found] for each in spots if (found := _place(each, name, places))],
    }


def _place(spot: Spot, name: str, places: Mapping[str, Any]) -> list[float]:
    """Return where a spot lies on this view, and where its line leads; empty when it is on the other view."""
    stem = spot.id.removeprefix("spot-").removesuffix("-left").removesuffix("-right")
    numbers = places[name].get(stem, [])
    x0, y0 = places["hip"]
    to_the_left = (spot.side == Side.RIGHT) == (name == "front")
    turn = -1 if to_the_left else 1
    return [x0 + turn * n if i % 2 == 0 else y0 + n for i, n in enumerate(numbers)]


@cache
def _body(name: str) -> tuple[tuple[str, str, str], ...]:
    """Return the outlines of the body: class, path, transform."""
    places = body_map()
    x0, y0 = places["hip"]
    scale = places["scale"]
    pose = figures.pose(places["pose"])
    drawn = figures.standing(pose, body.joints(pose, View.FRONT))
    kept = [part for part in drawn if not (name == "back" and part.name == "hair")]
    return tuple(
        (
            "hair" if name == "back" and part.name == "head" else part.css,
            part.path,
            f"translate({x0} {y0}) scale({scale}) {figures.transform(part.places[0])}",
        )
        for part in kept
    )
