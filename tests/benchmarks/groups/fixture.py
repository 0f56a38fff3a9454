"""What it costs to have a fake and to be rid of it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.groups import Plan
from benchmarks.groups.subjects import REGION
from benchmarks.processes import pytest_arguments, python
from benchmarks.results import FAKE, MOTO, Comparison, Pair
from benchmarks.timing import Subject, side_by_side
from pytest_cognito_devices import FakeCognito

WITHOUT_PYTEST = "a fake, entered and exited"
WITH_PYTEST = "a test with the fixture"
WITH_LIBRARIES = "a test with the fixture, with aiohttp, httpx and requests imported"
_TRIVIAL = "a trivial fixture"
_BAR = "micros <= 200"

# The fixture that does nothing asks for what the other one asks for. Tests of the two alternate.
_CONFTEST = """
import json, time
from pathlib import Path

import pytest

TIMES = {"cognito_devices": [], "trivial": []}


@pytest.fixture
def trivial(request, monkeypatch):
    yield object()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    start = time.perf_counter()
    result = yield
    [used] = TIMES.keys() & set(item.fixturenames)
    TIMES[used].append(time.perf_counter() - start)
    return result


def pytest_sessionfinish():
    Path("times.json").write_text(json.dumps(TIMES))
"""
_TESTS = 300
# The first ones import what all need.
_WARM_UP = 20
_TESTS_OF_A_ROUND = 20


def measure(plan: Plan) -> list[Comparison]:
    """`FakeCognito` beside `mock_aws`, and the fixture beside one that does nothing."""
    found = []
    if plan.wants(WITHOUT_PYTEST):
        found.append(_without_pytest(plan))
    for name, imports in ((WITH_PYTEST, ""), (WITH_LIBRARIES, "import aiohttp, httpx, requests")):
        if plan.wants(name) and not plan.fake_only:
            found.append(_with_pytest(name, imports, plan.pick(full=3, quick=1)))
    return found


def _without_pytest(plan: Plan) -> Comparison:
    from moto import mock_aws

    def enter_fake() -> None:
        with FakeCognito(region=REGION):
            pass

    def enter_moto() -> None:
        with mock_aws():
            pass

    subjects = [Subject(MOTO, enter_moto), Subject(FAKE, enter_fake)]
    values = side_by_side(subjects, plan.pick(full=30, quick=8))
    return Comparison("fixture", WITHOUT_PYTEST, values, [Pair(FAKE, MOTO, _BAR)])


def _with_pytest(name: str, imports: str, processes: int) -> Comparison:
    both = ["cognito_devices", "trivial"]
    tests = [
        f"def test_{name}_{number}({name}): pass"
        for number in range(_WARM_UP + _TESTS)
        for name in (both if number % 2 else both[::-1])
    ]
    fake: list[float] = []
    trivial: list[float] = []
    for _ in range(processes):
        with tempfile.TemporaryDirectory() as made:
            path = Path(made)
            path.joinpath("pytest.ini").write_text("[pytest]\n")
            path.joinpath("conftest.py").write_text(f"{_CONFTEST}\n{imports}\n")
            path.joinpath("test_both.py").write_text("\n".join(tests))
            python(*pytest_arguments("cognito_devices"), directory=path)
            times = json.loads(path.joinpath("times.json").read_text())
        fake += _means(times["cognito_devices"][_WARM_UP:])
        trivial += _means(times["trivial"][_WARM_UP:])
    values = {_TRIVIAL: trivial, FAKE: fake}
    pairs = [Pair(FAKE, _TRIVIAL, _BAR)]
    return Comparison("fixture", name, values, pairs, more=True)


def _means(times: Sequence[float]) -> list[float]:
    """The mean time of the tests of each round."""
    size = _TESTS_OF_A_ROUND
    return [sum(times[start : start + size]) / size for start in range(0, len(times), size)]
