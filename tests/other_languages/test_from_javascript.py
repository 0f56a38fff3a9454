"""A test in JavaScript that starts a server of its own; the README shows it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "devices.test.js"


def test_a_test_in_javascript_starts_a_server(node_packages):
    # It starts `python`, which has to be this one.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["node", "--test", "--test-reporter=tap", SCRIPT],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert not ran.returncode, ran.stdout
    assert "# pass 1" in ran.stdout
