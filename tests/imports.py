"""Which module of the package imports which, read from the code: also late, and for types only.

`python tests/imports.py` prints the arrows between the wings.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

NAME = "pytest_cognito_devices"
PACKAGE = Path(__file__).parents[1] / NAME


def name_of(path):
    """The name of a module within the package; that of the package itself is empty."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module, *, top_level=False):
    """The dotted names that a module imports; those of the package without its name."""
    tree = ast.parse(MODULES[module].read_text())
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                inside = name.removeprefix(f"{NAME}.")
                yield inside if inside in MODULES else node.module.removeprefix(f"{NAME}.")


def inside(module):
    """What of the package a module imports."""
    return [each for each in imports_of(module) if each in MODULES]


def wing(module):
    """The wing that a module is in, or the module beside the door that it is."""
    return module.partition(".")[0]


def arrows():
    """How many imports lead from which wing to which."""
    pairs = Counter((wing(module), wing(each)) for module in MODULES for each in inside(module))
    return {pair: count for pair, count in pairs.items() if pair[0] and pair[0] != pair[1]}


if __name__ == "__main__":
    for (importing, imported), number in sorted(arrows().items()):
        print(f"{importing:10} → {imported:10} {number:3}")  # noqa: T201  it prints
