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

_CONFTEST = """
import time
from pathlib import Path


def pytest_collection():
    global start
    start = time.perf_counter()


def pytest_sessionfinish():
    Path("time.txt").write_text(repr(time.perf_counter() - start))
"""


def measure(plan: Plan) -> list[Comparison]:
    """Runs with the plugin and without it, by turns."""
    runs = {FAKE: pytest_arguments("cognito_devices"), _WITHOUT: pytest_arguments()}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        path.joinpath("pytest.ini").write_text("[pytest]\n")
        path.joinpath("test_one.py").write_text("def test_it(): pass\n")
        started = _by_turns(runs, path, plan.pick(full=15, quick=4), "test_one.py")
        path.joinpath("conftest.py").write_text(_CONFTEST)
        tests = [f"def test_{number}(): pass\n" for number in range(_TESTS)]
        path.joinpath("test_many.py").write_text("".join(tests))
        _by_turns(runs, path, 1, "test_many.py")  # compiles the tests
        tested = _by_turns(runs, path, plan.pick(full=7, quick=2), "test_many.py")
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
            {tool: [each / _TESTS for each in times] for tool, times in tested.items()},
            [Pair(FAKE, _WITHOUT)],
            more=True,
        ),
    ]


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
