"""What the plugin costs a run that does not use it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.groups import Plan
from benchmarks.processes import pytest_arguments, python
from benchmarks.results import FAKE, Comparison, Pair

_WITHOUT = "without the plugin"
_TESTS = 2_000

# Takes the time from here on, and leaves it in a file.
_CONFTEST = """
import time
from pathlib import Path

start = None


def {hook}():
    global start
    start = start or time.perf_counter()


def pytest_sessionfinish():
    Path("time.txt").write_text(repr(time.perf_counter() - start))
"""
# With the fixture, or with a fake of the test's own where there is no plugin: so that what is
# imported, for the garbage collector to walk over, is the same.
_FIRST = """
from pytest_cognito_devices import FakeCognito


def test_first(request):
    if request.config.pluginmanager.has_plugin("cognito_devices"):
        cognito = request.getfixturevalue("cognito_devices")
        cognito.add_user("ada").access_token
    else:
        with FakeCognito() as cognito:
            cognito.add_user("ada").access_token


"""


def measure(plan: Plan) -> list[Comparison]:
    """Runs with the plugin and without it, by turns."""
    runs = {FAKE: pytest_arguments("cognito_devices"), _WITHOUT: pytest_arguments()}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        path.joinpath("pytest.ini").write_text("[pytest]\n")
        path.joinpath("test_one.py").write_text("def test_it(): pass\n")
        started = _by_turns(runs, path, plan.pick(full=15, quick=4), "test_one.py")
        tests = "".join(f"def test_{number}(): pass\n" for number in range(_TESTS))
        rounds = plan.pick(full=7, quick=2)
        tested = _tests(runs, path, rounds, "pytest_collection", tests)
        behind = _tests(runs, path, rounds, "pytest_runtest_logfinish", _FIRST + tests)
    return [
        Comparison(
            "startup",
            "a run that does not use the plugin",
            started,
            [Pair(FAKE, _WITHOUT, "ms <= 10")],
            unit="ms",
            more=True,
        ),
        Comparison(
            "startup",
            "a test that does not use the plugin",
            tested,
            [Pair(FAKE, _WITHOUT)],
            more=True,
        ),
        Comparison(
            "startup",
            "a test that does not use the plugin, behind one that does",
            behind,
            [Pair(FAKE, _WITHOUT)],
            more=True,
        ),
    ]


def _tests(
    runs: dict[str, Sequence[str]], path: Path, number: int, hook: str, tests: str
) -> dict[str, list[float]]:
    """The seconds of a test, from the first call of a hook on."""
    path.joinpath("conftest.py").write_text(_CONFTEST.format(hook=hook))
    file = f"test_behind_{hook}.py"
    path.joinpath(file).write_text(tests)
    _by_turns(runs, path, 1, file)  # compiles the tests
    times = _by_turns(runs, path, number, file)
    return {tool: [each / _TESTS for each in found] for tool, found in times.items()}


def _by_turns(
    runs: dict[str, Sequence[str]], path: Path, number: int, file: str
) -> dict[str, list[float]]:
    """The seconds of each run: from outside, or what the run itself has measured."""
    times: dict[str, list[float]] = {tool: [] for tool in runs}
    for turn in range(number):
        for tool in list(runs)[:: 1 if turn % 2 else -1]:
            start = time.perf_counter()
            python(*runs[tool], file, directory=path)
            seconds = time.perf_counter() - start
            written = path / "time.txt"
            times[tool].append(float(written.read_text()) if written.exists() else seconds)
    return times
