"""Writes into README.md here which operations are imitated, and how each text is known.

It also writes FACTS.md, which lists what the scenarios state. `python tests/contract/sheet.py`; a
test fails if it was not done.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple, get_args

from pytest_cognito_devices.names import KnownOperation
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import Text

SHEET = Path(__file__).parent / "README.md"
FACTS = SHEET.with_name("FACTS.md")
#: What the numbers of the facts stand for.
SECTIONS = {
    "1": "The wire and its constraints",
    "2": "What operations check, and in which words they refuse",
    "3": "The record of a device",
    "4": "The operations on devices",
    "5": "Signing in",
    "6": "SRP",
    "7": "Tokens: what they say, what refreshes and what ends them",
    "8": "What surprised people",
    "10": "What nobody has established",
    "11": "Later findings",
    "12": "Reports that were tried one by one, and contradictions between them",
}
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


class Fact(NamedTuple):
    """What a scenario states."""

    module: str
    section: str
    sentence: str
    source: str
    needs: str


def all_facts():
    """Those of the scenarios, by their sections."""
    found = [fact for path in sorted(SHEET.parent.glob("test_*.py")) for fact in _facts_of(path)]
    return sorted(found, key=lambda fact: [int(part) for part in fact.section.split(".")])


def _facts_of(path):
    for node in ast.parse(path.read_text()).body:
        marks = dict(_marks_of(node))
        if "fact" in marks:
            sentence = " ".join((ast.get_docstring(node) or "").split())
            needs = "".join(marks.get("needs", [])) or ("minutes" if "slow" in marks else "")
            yield Fact(path.name, marks["fact"][0], sentence, marks["fact"][1], needs)


def _marks_of(node):
    """The marks of a function, with the texts that they get."""
    for each in getattr(node, "decorator_list", ()):
        call = each if isinstance(each, ast.Call) else None
        name = call.func if call else each
        if isinstance(name, ast.Attribute):
            given = call.args if call else ()
            yield name.attr, [arg.value for arg in given if isinstance(arg, ast.Constant)]


def render_facts():
    """FACTS.md."""
    facts = all_facts()
    lines = [
        "# The facts of the contract",
        "",
        f"{len(facts)} facts. `python tests/contract/sheet.py` writes this file; the section"
        " 'Check it against AWS' of [README.md](README.md) says how to try them. A question is"
        " one that nobody has answered: its scenario reports what the target says.",
        "",
    ]
    for section, title in SECTIONS.items():
        of_section = [fact for fact in facts if fact.section.partition(".")[0] == section]
        lines += [f"## {title}", "", "| fact | how we know it | needs |"]
        lines += ["|---|---|---|"]
        lines += [
            f"| {cell(fact.sentence)} | {cell(fact.source)} | {fact.needs} |"
            for fact in of_section
        ]
        lines.append("")
    return "\n".join(lines)


def cell(text):
    """Words as a cell of a table shows them."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def main():
    before, begin, _ = SHEET.read_text().partition(BEGIN)
    SHEET.write_text(f"{before}{begin}{render()}")
    FACTS.write_text(render_facts())


if __name__ == "__main__":
    main()
