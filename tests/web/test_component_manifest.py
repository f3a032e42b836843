"""The browser components as Streamlit finds them beside the installed package."""

import tomllib

from tests.server import ROOT

PACKAGE = ROOT / "src/screening"
MANIFEST = tomllib.loads((PACKAGE / "pyproject.toml").read_text())


def test_the_manifest_has_the_name_by_which_streamlit_looks_for_it() -> None:
    distribution = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert MANIFEST["project"]["name"] == distribution["name"] == PACKAGE.name
    assert MANIFEST["project"]["version"] == distribution["version"]


def test_every_component_is_declared_and_every_declared_one_is_there() -> None:
    declared = {
        each["name"]: each["asset_dir"] for each in MANIFEST["tool"]["streamlit"]["component"]["components"]
    }
    there = {script.parent.name for script in PACKAGE.glob("views/components/*/*.mjs")}

    assert set(declared) == there
    assert all(folder == f"views/components/{name}" for name, folder in declared.items())


def test_the_manifest_and_every_script_travel_in_the_wheel() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]

    travelling = {file for pattern in data["screening"] for file in PACKAGE.glob(pattern)}
    wanted = {
        PACKAGE / "pyproject.toml",
        PACKAGE / "py.typed",
        *PACKAGE.glob("views/components/**/*.mjs"),
        *PACKAGE.glob("views/components/**/*.css"),
        *PACKAGE.glob("web/static/*"),
        *(each for each in (PACKAGE / "data").rglob("*") if each.is_file()),
    }
    assert wanted <= travelling
