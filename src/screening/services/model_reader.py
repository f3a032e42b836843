"""The hip model's constants and scenes, read from ``data/model.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.domain.biomechanics import Body, Constant, Scene
from screening.errors import DataFileError
from screening.services.datafiles import DATA, checked, read_toml

STANDINGS = {
    "grounded", "uncertain", "assumed", "tuned", "borrowed", "contested", "definition", "guard",
}  # fmt: skip
"""How firmly a constant stands; the words of model.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The model as data: the body, the scenes by id, and every constant for the Methods page."""

    body: Body
    scenes: Mapping[str, Scene]
    constants: tuple[Constant, ...]


@cache
def model(root: Path = DATA) -> Model:
    """Return the model.

    Raises:
        DataFileError: A key is missing or unknown, or a constant has no standing.
    """
    path = root / "model.toml"
    table = checked(read_toml(path), path.name, needs=("constant", "scene"))
    constants = []
    for name, each in table["constant"].items():
        where = f"{path.name}: constant.{name}"
        checked(each, where, needs=("symbol", "value", "unit", "what", "source", "standing"))
        if each["standing"] not in STANDINGS:
            raise DataFileError(f"{where}: unknown standing")
        constants.append(Constant(name=name, **each))
    values = {each.name: each.value for each in constants}
    odd = values.keys() ^ Body.__dataclass_fields__.keys()
    if odd:
        raise DataFileError(f"{path.name}: missing or unknown constants: {', '.join(sorted(odd))}")
    scenes = {name: _scene(name, each, path.name) for name, each in table["scene"].items()}
    return Model(body=Body(**values), scenes=scenes, constants=tuple(constants))


def _scene(scene_id: str, table: Mapping[str, object], file: str) -> Scene:
    checked(table, f"{file}: scene.{scene_id}", needs=Scene.__dataclass_fields__.keys() - {"id"})
    values = dict(table)
    for name in ("adduction_per_drop", "abduction_per_adduction"):
        pair = values[name]
        if not (isinstance(pair, list) and len(pair) == 2):  # noqa: PLR2004 - a fraction
            raise DataFileError(f"{file}: scene.{scene_id}: {name}: a fraction is two numbers")
        values[name] = pair[0] / pair[1]
    return Scene(id=scene_id, **values)  # type: ignore[arg-type]  # keys are checked above
