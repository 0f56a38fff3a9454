"""Writes into README.md here which operations are imitated, and how each text is known.

`python tests/contract/sheet.py`; a test fails if it was not done.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from pytest_cognito_devices.names import KnownOperation
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import Text

SHEET = Path(__file__).parent / "README.md"
BEGIN = "<!-- tests/contract/sheet.py writes what follows -->\n"


def render():
    """The part of the sheet that follows from the code."""
    used = {
        text: sorted(name for name, each in OPERATIONS.items() if text in each.raises)
        for text in all_texts()
    }
    lines = ["## Not imitated", "", "A test can give the answer, by `respond`:", ""]
    lines += [", ".join(f"`{name}`" for name in missing()) + ".", ""]
    lines += ["## The texts", "", "| error | text | how we know it |", "|---|---|---|"]
    lines += [f"| `{text.code}` | {cell(text.message)} | {cell(text.source)} |" for text in used]
    lines += ["", "## Which operation answers which text", ""]
    lines += ["| operation | its errors, beside those of the constraints |", "|---|---|"]
    for name, operation in sorted(OPERATIONS.items()):
        told = "<br>".join(f"{text.code}: {cell(text.message)}" for text in operation.raises)
        lines.append(f"| {name} | {told or 'none'} |")
    return "\n".join(lines) + "\n"


def all_texts():
    """Those of the table, in its order."""
    found = []
    for value in vars(texts).values():
        for each in value.values() if isinstance(value, dict) else [value]:
            if isinstance(each, Text) and each not in found:
                found.append(each)
    return found


def missing():
    """The operations that are not imitated, of the botocore that `names` was made of."""
    names = {name for name in get_args(KnownOperation) if name[0].isupper()}
    return sorted(names - OPERATIONS.keys())


def cell(text):
    """Words as a cell of a table shows them."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def main():
    before, begin, _ = SHEET.read_text().partition(BEGIN)
    SHEET.write_text(f"{before}{begin}{render()}")


if __name__ == "__main__":
    main()
