"""The pure parts of the browser components, run by Node."""

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.browser.phone import in_ci

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script(script):
    node = shutil.which("node")
    if node is None and in_ci():
        pytest.fail("needs Node")
    if node is None:
        pytest.skip("needs Node")

    done = subprocess.run([node, "--test", str(script)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
