"""Whole suites, as a developer runs them, written once with each tool."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.groups import Plan
from benchmarks.processes import pytest_arguments, python
from benchmarks.results import FAKE, MAGIC_MOCK, MOTO, MOTO_ONE_POOL, STUBBER, Comparison, Pair

_HERE = Path(__file__).resolve().parent.parent
SUITES = _HERE / "suites"
APPLICATION = _HERE.parent / "examples" / "app.py"
#: The file of each tool, by what the suite is about.
FILES = {
    "devices": {
        FAKE: "fake_devices.py",
        STUBBER: "stubber_devices.py",
        MAGIC_MOCK: "mock_devices.py",
    },
    "sweep": {FAKE: "fake_sweep.py", STUBBER: "stubber_sweep.py"},
    "users": {
        FAKE: "fake_users.py",
        MOTO: "moto_users.py",
        MOTO_ONE_POOL: "moto_users_one_pool.py",
    },
}
# Ten different tests in the first suite, five in the others; moto takes minutes for them.
_COPIES = {"devices": 50, "sweep": 100, "users": 100}
_RUNS = {"devices": 5, "sweep": 5, "users": 1}
_TITLES = {
    "devices": "500 tests on devices",
    "sweep": "500 tests of a sweep by administrators",
    "users": "500 tests on users",
}
_WORKERS = {"1 worker": (), "2 workers": ("-n", "2")}
# Its tests need tokens, which the fake signs.
_BARS = {"500 tests on devices, 1 worker": Pair(FAKE, STUBBER, "ratio <= 1.6")}


def measure(plan: Plan) -> list[Comparison]:
    """The wall time of each suite, by turns, with and without pytest-xdist."""
    found = []
    for about, files in FILES.items():
        for name, workers in _WORKERS.items():
            title = f"{_TITLES[about]}, {name}"
            if not plan.wants(title):
                continue
            with tempfile.TemporaryDirectory() as made:
                times = _times(files, Path(made), plan.pick(_RUNS[about], 1), about, workers)
            pairs = [Pair(tool, FAKE) for tool in files]
            if title in _BARS:
                pairs.append(_BARS[title])
            found.append(Comparison("suites", title, times, pairs, unit="seconds"))
    return found


def _times(
    files: dict[str, str], path: Path, number: int, about: str, workers: tuple[str, ...]
) -> dict[str, list[float]]:
    copies = _COPIES[about]
    times: dict[str, list[float]] = {tool: [] for tool in files}
    lay_out(path)
    for file in files.values():
        run(file, path, 1)  # compiles the tests
    for turn in range(number):
        for tool in list(files)[:: -1 if turn % 2 else 1]:
            start = time.perf_counter()
            run(files[tool], path, copies, *workers)
            times[tool].append(time.perf_counter() - start)
    return times


def lay_out(path: Path) -> None:
    """Put the suites and the application into a directory that knows nothing of this project."""
    path.joinpath("pytest.ini").write_text("[pytest]\n")
    shutil.copy(APPLICATION, path / "app.py")
    shutil.copy(SUITES / "copies.py", path / "conftest.py")
    for files in FILES.values():
        for file in files.values():
            shutil.copy(SUITES / file, path / file)


def run(file: str, path: Path, copies: int, *workers: str) -> str:
    """Run a suite with the plugins that it needs, and give what pytest prints."""
    plugins = ["xdist"] if workers else []
    if file.startswith("fake"):
        plugins.append("cognito_devices")
    return python(
        *pytest_arguments(*plugins),
        *workers,
        file,
        directory=path,
        BENCHMARK_COPIES=str(copies),
    )
