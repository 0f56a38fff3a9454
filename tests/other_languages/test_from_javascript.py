"""A test in JavaScript that starts a server of its own, and what the README shows of such."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
README = FOLDER.parent.parent / "README.md"


def test_it_passes(node_packages):
    # It starts `python`, which has to be this one.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["node", "--test", FOLDER / "devices.test.js"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert not ran.returncode, ran.stdout
    assert "# pass 1" in ran.stdout


def test_what_the_readme_shows_is_what_runs_here():
    scripts = [each.read_text("utf-8") for each in FOLDER.glob("*.js")]
    blocks = re.findall(r"^```js\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for block in blocks:
        assert any(block in each for each in scripts), block
