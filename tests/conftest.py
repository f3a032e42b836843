"""For all tests: Hypothesis measures what is true, never how busy the machine is; and golden files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, object], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a check that a value is what its golden file holds; a missing file is a failure."""

    def check(name: str, value: object) -> None:
        path = GOLDEN / name
        text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file {name}: look at the value, then run with --update-golden"
        assert path.read_text(encoding="utf-8") == text

    return check
