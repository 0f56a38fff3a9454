"""Writes the Python blocks of the README to a directory, for type checkers.

`python tests/readme_blocks.py DIRECTORY`; the session `types` of nox does so. mypy is strict about
a block that has annotations, and about no other.
"""

from __future__ import annotations

import sys
from pathlib import Path

from test_readme import SECTIONS, write

# Other libraries have no types, or are not in every environment.
OTHERS = """
# mypy: disable-error-code="import-not-found, import-untyped, untyped-decorator"
# pyright: reportGeneralTypeIssues=false, reportMissingImports=false
"""
LENIENT = "# mypy: allow-untyped-calls, allow-untyped-defs\n"


def main(directory):
    for kind, code in (block for blocks in SECTIONS.values() for block in blocks):
        if kind == "python":
            how = OTHERS if " -> " in code else OTHERS + LENIENT
            write(directory, code).write_text(code + how)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
