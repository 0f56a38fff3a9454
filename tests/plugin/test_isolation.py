"""What the fixture leaves behind in a run of pytest, in each of its processes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent

#: The whole run leaves its process as the first fake has left it.
AS_IT_WAS = """
import pytest
from leftovers import state
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.botocore.configuration import client

@pytest.fixture(scope="session", autouse=True)
def as_it_was():
    with FakeCognito(region="us-east-1"):
        client("us-east-1").list_user_pools(MaxResults=1)
    before = state()
    yield
    assert state() == before
"""

#: As pytest-rerunfailures does it.
RUNS_THRICE = """
from _pytest.runner import runtestprotocol

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    for _ in range(3):
        item._initrequest()
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if all(each.passed for each in reports):
            break
        sections.append([text for each in reports for name, text in each.sections])
    for each in reports:
        item.ihook.pytest_runtest_logreport(report=each)
    return True

sections = []

def pytest_sessionfinish():
    for each in sections:
        assert [text.count("ListUserPools") for text in each] == [1], each
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run one test file, and compare what it leaves with what was there."""
    monkeypatch.setenv("PY_COLORS", "0")
    pytester.syspathinsert(TESTS)
    # For other processes.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, sys.path)))

    def run(source, *args, conftest="", start=pytester.runpytest):
        pytester.makeini("[pytest]\nfilterwarnings = error\ncognito_devices_region = us-east-1")
        pytester.makeconftest(AS_IT_WAS + conftest)
        pytester.makepyfile(f"import pytest\nfrom pytest_cognito_devices import *\n{source}")
        return start("-p", "no:randomly", *args)

    return run


@pytest.mark.parametrize("processes", [[], ["-n2"]])
def test_tests_of_every_outcome(run, pytester, processes):
    # pytest-xdist hands on the path of its first import.
    start = pytester.runpytest_subprocess if processes else pytester.runpytest
    result = run(
        """
import requests
from clients import URL, headers

@pytest.mark.parametrize("number", range(20))
def test_passes(cognito_devices, cognito_client, number):
    cognito_devices.simulate("ReadTimeoutError", on="ListUserPools", times=1)
    cognito_client.list_user_pools(MaxResults=1)
    body = {"MaxResults": 1}
    assert requests.post(URL, headers=headers("ListUserPools"), json=body).status_code == 200

@pytest.mark.parametrize("number", range(5))
def test_fails(cognito_devices, number):
    cognito_devices.freeze_time("2026-01-01")
    cognito_devices.simulate("ThrottlingException", on="ListUserPools")

def test_is_skipped(cognito_devices_server):
    pytest.skip("not here")

@pytest.mark.cognito_devices(region="")
def test_is_set_up_wrongly(cognito_devices): pass

@pytest.fixture
def broken(cognito_devices):
    yield
    raise OSError("not ended")

def test_is_torn_down_wrongly(broken): pass
""",
        *processes,
        start=start,
    )
    result.assert_outcomes(passed=21, failed=5, skipped=1, errors=2)


def test_a_test_that_is_run_again(run):
    """It has a new fake each time, and its report the calls of that one."""
    result = run(
        """
seen = []

def test_it(cognito_devices, cognito_client):
    assert cognito_devices.calls == []
    cognito_client.list_user_pools(MaxResults=1)
    seen.append(cognito_devices)
    assert len(seen) == 3
""",
        conftest=RUNS_THRICE,
    )
    result.assert_outcomes(passed=1)
    assert result.ret == 0


def test_a_run_that_is_interrupted(run, pytester):
    """Without pytest's own files, which it closes before it ends the fixtures of the run."""
    source = "def test_it(cognito_devices): raise KeyboardInterrupt"
    result = run(source, "-s", start=pytester.runpytest_subprocess)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "AssertionError" not in result.stdout.str() + result.stderr.str()
