from __future__ import annotations

import asyncio

import aiobotocore.endpoint
import pytest
from aiobotocore.retries.bucket import AsyncTokenBucket
from botocore.exceptions import CapacityNotAvailableError
from botocore.retries.bucket import Clock

from pytest_cognito_devices import backoff


@pytest.fixture
def in_flight():
    backoff.skip()
    backoff.in_flight.set("something")
    yield
    backoff.in_flight.set(None)
    backoff.restore()


def test_a_call_of_the_fake_does_not_wait(in_flight):

    async def sleep():
        await asyncio.wait_for(aiobotocore.endpoint.asyncio.sleep(60), timeout=30)

    asyncio.run(sleep())


def test_a_call_of_the_fake_has_no_rate_limit(in_flight):
    async def acquire():
        bucket = AsyncTokenBucket(max_rate=0.5, clock=Clock())
        assert await bucket.acquire(100)
        backoff.in_flight.set(None)
        with pytest.raises(CapacityNotAvailableError):
            await bucket.acquire(100, block=False)

    asyncio.run(acquire())


def test_nothing_is_left_behind():
    original = AsyncTokenBucket.acquire
    backoff.skip()
    assert AsyncTokenBucket.acquire is not original
    backoff.restore()
    assert AsyncTokenBucket.acquire is original
    assert aiobotocore.endpoint.asyncio is asyncio
