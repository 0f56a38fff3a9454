"""A test in JavaScript that starts a server of its own, as the README shows it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
README = FOLDER.parent.parent / "README.md"


def test_it_passes(node_packages):
    ran = subprocess.run(
        ["node", "--test", FOLDER / "devices.test.js"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not ran.returncode, ran.stdout
    assert "# pass 1" in ran.stdout


def test_the_readme_shows_it():
    blocks = re.findall(r"^```js\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    test = (FOLDER / "devices.test.js").read_text("utf-8")
    assert all(block in test for block in blocks if "node:test" in block)
