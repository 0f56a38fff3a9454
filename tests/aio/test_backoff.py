from __future__ import annotations

import asyncio
import types

import aiobotocore.endpoint
import pytest

from pytest_cognito_devices import backoff, replaced


@pytest.fixture
def in_flight(make_flight):
    backoff.skip()
    backoff.in_flight.set(make_flight())
    yield
    backoff.in_flight.set(None)
    replaced.restore()


def test_a_call_of_the_fake_does_not_wait(in_flight):

    async def sleep():
        await asyncio.wait_for(aiobotocore.endpoint.asyncio.sleep(60), timeout=30)

    asyncio.run(sleep())


def test_anyio_does_not_wait_either(monkeypatch, in_flight):
    naps = []
    module = types.SimpleNamespace(sleep=naps.append)
    monkeypatch.setattr(aiobotocore.endpoint, "anyio", module, raising=False)
    backoff.skip()
    aiobotocore.endpoint.anyio.sleep(5)
    replaced.restore()
    aiobotocore.endpoint.anyio.sleep(5)
    assert naps == [0, 5]


def test_nothing_is_left_behind():
    backoff.skip()
    assert aiobotocore.endpoint.asyncio is not asyncio
    replaced.restore()
    assert aiobotocore.endpoint.asyncio is asyncio
