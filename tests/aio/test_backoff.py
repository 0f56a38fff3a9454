from __future__ import annotations

import asyncio
import types

import aiobotocore.endpoint
import pytest

from pytest_cognito_devices.transports import patches
from pytest_cognito_devices.transports.botocore import retries


@pytest.fixture
def on_the_wire(cognito, make_call):
    retries.skip_waiting()
    retries.current.set(make_call())
    yield
    retries.current.set(None)
    patches.restore()


def test_a_call_of_the_fake_does_not_wait(on_the_wire):

    async def sleep():
        await asyncio.wait_for(aiobotocore.endpoint.asyncio.sleep(60), timeout=30)

    asyncio.run(sleep())


def test_anyio_does_not_wait_either(monkeypatch, on_the_wire):
    naps = []
    module = types.SimpleNamespace(sleep=naps.append)
    monkeypatch.setattr(aiobotocore.endpoint, "anyio", module, raising=False)
    retries.skip_waiting()
    aiobotocore.endpoint.anyio.sleep(5)
    patches.restore()
    aiobotocore.endpoint.anyio.sleep(5)
    assert naps == [0, 5]


def test_nothing_is_left_behind(cognito):
    retries.skip_waiting()
    assert aiobotocore.endpoint.asyncio is not asyncio
    patches.restore()
    assert aiobotocore.endpoint.asyncio is asyncio
