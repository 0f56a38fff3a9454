"""Every block of the README runs.

A block with tests is run by pytest, any other block of Python as a script; blocks of one section
share a directory, and `app.py` of the first section is there for all.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent.joinpath("README.md").read_text()
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"# (\w+\.py)\n")
SECTIONS = {
    section.partition("\n")[0]: FENCE.findall(section)
    for section in re.split(r"^##? (?!\w+\.py$)", README, flags=re.MULTILINE)[1:]
}
APP = next(code for _, code in SECTIONS["pytest-cognito-devices"] if code.startswith("# app.py"))


def test_every_kind_of_block_is_known():
    kinds = {kind for blocks in SECTIONS.values() for kind, _ in blocks}
    assert kinds == {"python", "ini", "console"}


@pytest.mark.parametrize(
    "title",
    [title for title, blocks in SECTIONS.items() if any(kind == "python" for kind, _ in blocks)],
)
def test_section(pytester, title):
    path = pytester.path
    path.joinpath("app.py").write_text(APP)
    tests, scripts = [], []
    for number, (kind, code) in enumerate(SECTIONS[title]):
        if kind == "ini":
            path.joinpath("pytest.ini").write_text(code)
        elif kind == "python":
            named = NAME.match(code)
            file = path / (named[1] if named else f"test_block_{number}.py")
            file.write_text(code)
            if "def test_" in code:
                tests.append(file)
            else:
                scripts.append(file)
    for script in scripts:
        assert pytester.run(sys.executable, "-W", "error", script).ret == 0
    if tests:
        # pycognito asks for the time in a way that newer versions of Python advise against.
        warnings = ["-W", "error", "-W", "ignore:datetime.datetime.utcnow:DeprecationWarning"]
        result = pytester.runpytest_subprocess(*warnings, "-p", "no:cacheprovider", *tests)
        functions = sum(file.read_text().count("def test_") for file in tests)
        outcomes = result.parseoutcomes()
        assert outcomes.keys() <= {"passed", "seconds"}
        assert outcomes["passed"] >= functions


def test_the_operations_are_those_that_are_implemented():
    from pytest_cognito_devices.operations import OPERATIONS

    table = README.partition("## What is imitated")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == OPERATIONS.keys()


def test_the_settings_are_those_that_there_are():
    from pytest_cognito_devices.settings import PoolSettings, Settings

    table = README.partition("| keyword | meaning | default |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    known = {*PoolSettings.__annotations__, *Settings.__annotations__}
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == known


def test_the_floors_are_those_of_the_package():
    pyproject = Path(__file__).parent.parent.joinpath("pyproject.toml").read_text()
    floors = dict(re.findall(r'"([\w-]+)(?:\[crypto\])?>=([\d.]+)",', pyproject))
    assert floors.keys() == {"pytest", "botocore", "pyjwt", "cryptography", "freezegun"}
    assert (
        f"pytest {floors['pytest'].removesuffix('.0')},"
        f" botocore {floors['botocore'].removesuffix('.0')},"
        f" PyJWT {floors['pyjwt'].removesuffix('.0')},"
        f" cryptography {floors['cryptography'].removesuffix('.0.0')}"
        f" and freezegun {floors['freezegun']} or later"
    ) in README
