"""Where other people's programs lie, and what a test does where they do not: skip, but fail in CI."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.browser.phone import in_ci

HERE = Path(__file__).resolve().parent
MODULES = Path(os.environ.get("OUTSIDE_NODE_MODULES", HERE / "node_modules"))


def need(there: object, what: str) -> None:
    """Skip the test where something it needs is missing; in CI that is a failure."""
    if there:
        return
    if in_ci():
        pytest.fail(f"needs {what}")
    pytest.skip(f"needs {what}")


@contextmanager
def listening(script: str, folder: Path) -> Iterator[Callable[[Any], Any]]:
    """Run one of our scripts in Node, and give a function that asks it: one JSON line in, one out."""
    need(shutil.which("node") and MODULES.is_dir(), "Node and tests/outside/need_programs.sh")
    shutil.copy(HERE / script, folder)
    (folder / "node_modules").symlink_to(MODULES)
    process = subprocess.Popen(
        ["node", script], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    said, heard = process.stdin, process.stdout
    assert said is not None
    assert heard is not None

    def ask(question: Any) -> Any:
        said.write(json.dumps(question) + "\n")
        said.flush()
        return json.loads(heard.readline())

    try:
        yield ask
    finally:
        said.close()
        process.wait(timeout=20)
        heard.close()
