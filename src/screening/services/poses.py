"""The poses of the drawings, as data: one file a test, and the places of the body map."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening.services.datafiles import DATA, checked, read_toml

_LIMB = ("flex", "abd", "bend", "lower_abd", "reach", "pole", "foot")


@cache
def poses(test: str, root: Path = DATA) -> Mapping[str, Any] | None:
    """Return the pose data of one test, or None where it has no drawing.

    Raises:
        DataFileError: A key is missing or unknown; file and key are named.
    """
    path = root / "poses" / f"{test}.toml"
    if not path.exists():
        return None
    table = read_toml(path)
    checked(
        table,
        path.name,
        needs=("view", "drawn_for", "box", "pose", "scenery"),
        may=("muscles", "arms_in_front", "other_leg_behind"),
    )
    for each in table["scenery"]:
        checked(each, f"{path.name}: scenery", needs=("css", "points"))
    for number, each in enumerate(table["pose"], start=1):
        where = f"{path.name}: pose {number}"
        checked(each, where, needs=("pelvis",), may=("roll", "trunk", "head", "leg", "arm"))
        for kind in ("leg", "arm"):
            for side, limb in each.get(kind, {}).items():
                checked({side: 0}, f"{where}: {kind}", needs=(), may=("left", "right"))
                checked(limb, f"{where}: {kind}.{side}", needs=(), may=_LIMB)
    return table


@cache
def body_map(root: Path = DATA) -> Mapping[str, Any]:
    """Return where the spots of the body map lie, front and back.

    Raises:
        DataFileError: A key is missing or unknown.
    """
    path = root / "body_map.toml"
    table = read_toml(path)
    checked(table, path.name, needs=("box", "scale", "hip", "pose", "front", "back"))
    return table
