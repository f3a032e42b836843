"""The body on which a summary marks the worst spot: the body map's own, and its spots in their places."""

import math
import re

from screening.domain import figures as body
from screening.domain.figures import View
from screening.services.catalogue import load
from screening.services.poses import body_map
from screening.services.summary_drawing import drawing_kit, spot_places, strip_ends
from screening.views import figures
from screening.web.viewer_page import DRAWING

HALF = {
    f"{part}_left" for part in ("upper", "fore", "thigh", "shank", "foot")
} | {"neck", "pelvis", "torso", "head"}  # fmt: skip


def outline() -> str:
    """One half of the body map's body: the corner points of its outlines, in the map's units."""
    places = body_map()
    pose, scale = figures.pose(places["pose"]), places["scale"]
    found = []
    for part in figures.standing(pose, body.joints(pose, View.FRONT)):
        if part.name not in HALF:
            continue
        x, y, angle, stretch = part.places[0]
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        ends = [re.findall(r"-?[\d.]+", each)[-2:] for each in re.findall(r"[MC][^MCZ]*", part.path)]
        corners = [
            (x + float(u) * cos - float(v) * stretch * sin, y + float(u) * sin + float(v) * stretch * cos)
            for u, v in ends[:-1]
        ]
        found.append("M" + "L".join(f"{round(scale * u)} {round(scale * v)}" for u, v in corners) + "Z")
    return "".join(found)


def test_the_body_is_the_one_the_spots_were_tapped_on() -> None:
    script = (DRAWING / "draw.mjs").read_text(encoding="utf-8")

    assert f'"{outline()}"' in script


def test_every_spot_that_can_hurt_has_a_place_on_the_body() -> None:
    codes = {each.removeprefix("spot-") for each in load().instruments.spots} - {"none"}
    stems = {code.removesuffix("-left").removesuffix("-right") for code in codes}

    assert spot_places().keys() == stems
    assert {stem for stem, (*_, back) in spot_places().items() if back} == {
        "low-back", "buttock", "knee-back", "below-knee"
    }  # fmt: skip


def test_every_measure_has_a_strip_and_words() -> None:
    kit = drawing_kit("en")

    assert strip_ends().keys() <= kit["words"]["codes"].keys()
    assert all(end[0] > 0 and end[1:] in ((), (1,)) for end in strip_ends().values())
    assert strip_ends()["stepdown"] == (6, 1)
    assert strip_ends()["cst30"] == (30,)
