"""Calls of threads that were there before the fake, in the report."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pytest_cognito_devices import FakeCognito


def list_devices(cognito):
    cognito.handle("ListUserPools", {"MaxResults": 1}, "us-east-1")


@pytest.fixture
def worker():
    """A thread that an application keeps, or that an earlier test has left behind."""
    with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
        pool.submit(int).result()
        yield pool


@pytest.mark.parametrize(("number", "calls"), [(1, "1 call"), (3, "3 calls")])
def test_an_older_thread_is_named(worker, number, calls):
    with FakeCognito() as cognito:
        list_devices(cognito)
        for _ in range(number):
            worker.submit(list_devices, cognito).result()
        *_, last = cognito.log().splitlines()
        told = f"hint: {calls} came from threads that were there before the fake: worker_0"
        assert last == told


def test_nobody_names_threads_of_the_test_itself(worker):
    with FakeCognito() as cognito:
        thread = threading.Thread(target=list_devices, args=[cognito])
        thread.start()
        thread.join()
        list_devices(cognito)
        assert "hint" not in cognito.log()


def test_nor_the_thread_that_runs_tests(worker):
    """A fixture may begin in another one."""
    cognito = worker.submit(lambda: FakeCognito().__enter__()).result()
    list_devices(cognito)
    worker.submit(list_devices, cognito).result()
    cognito.__exit__(None, None, None)
    assert "hint" not in cognito.log()
