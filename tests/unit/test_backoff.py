from __future__ import annotations

import asyncio
import sys
import time
import types

import aiobotocore.endpoint
import botocore.endpoint
import pytest
from aiobotocore.retries.bucket import AsyncTokenBucket
from botocore.exceptions import CapacityNotAvailableError
from botocore.retries.bucket import Clock, TokenBucket
from botocore.retries.quota import RetryQuota

from pytest_cognito_devices import backoff


@pytest.fixture
def slept(monkeypatch):
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    yield naps
    backoff.in_flight.set(None)
    backoff.restore()


@pytest.fixture
def in_flight(slept):
    backoff.skip()
    backoff.in_flight.set("something")


def test_a_call_of_the_fake_does_not_wait(slept, in_flight):
    botocore.endpoint.time.sleep(5)
    assert slept == [0]


def test_calls_of_other_services_wait_as_ever(slept):
    backoff.skip()
    botocore.endpoint.time.sleep(5)
    assert slept == [5]


def test_everything_else_of_the_module_is_there(slept):
    backoff.skip()
    assert botocore.endpoint.time.monotonic is time.monotonic


def test_async_clients_do_not_wait_either(in_flight):

    async def sleep():
        await asyncio.wait_for(aiobotocore.endpoint.asyncio.sleep(60), timeout=30)

    asyncio.run(sleep())


def test_nothing_is_left_behind(slept):
    backoff.skip()
    backoff.skip()
    backoff.restore()
    backoff.restore()
    assert botocore.endpoint.time is time
    assert aiobotocore.endpoint.asyncio is asyncio


def test_a_clock_that_somebody_else_put_there_comes_back(monkeypatch, slept):
    theirs = types.SimpleNamespace(sleep=slept.append)
    monkeypatch.setattr(botocore.endpoint, "time", theirs)
    backoff.skip()
    botocore.endpoint.time.sleep(7)
    backoff.restore()
    assert botocore.endpoint.time is theirs
    assert slept == [7]


def test_a_call_of_the_fake_draws_no_retry_quota(in_flight):
    quota = RetryQuota(initial_capacity=10)
    assert quota.acquire(500)
    assert quota.available_capacity == 10
    backoff.in_flight.set(None)
    assert quota.acquire(5)
    assert not quota.acquire(6)


def test_a_call_of_the_fake_has_no_rate_limit(in_flight):
    bucket = TokenBucket(max_rate=0.5, clock=Clock())
    assert bucket.acquire(100)
    backoff.in_flight.set(None)
    with pytest.raises(CapacityNotAvailableError):
        bucket.acquire(100, block=False)


def test_async_clients_have_no_rate_limit_either(in_flight):
    async def acquire():
        bucket = AsyncTokenBucket(max_rate=0.5, clock=Clock())
        assert await bucket.acquire(100)
        backoff.in_flight.set(None)
        with pytest.raises(CapacityNotAvailableError):
            await bucket.acquire(100, block=False)

    asyncio.run(acquire())


def test_aiobotocore_is_not_needed(monkeypatch, slept):
    monkeypatch.delitem(sys.modules, "aiobotocore.endpoint")
    backoff.skip()
    backoff.restore()
    assert aiobotocore.endpoint.asyncio is asyncio
