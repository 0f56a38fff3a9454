"""Starts the programme: `python tests/benchmarks --help`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python has put this directory first, whose modules are those of the package `benchmarks`.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

    from benchmarks.command_line import main

    sys.exit(main())
