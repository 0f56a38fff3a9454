"""aiobotocore's clients, at both depths."""

from __future__ import annotations

import asyncio

import pytest
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError

from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.transports.botocore import retries

# Made before any fake of this process is active, or after: both count.
SESSION = get_session()


def run(test, *, mode="standard", **settings):
    """Run a coroutine function with a fake and an async client."""

    async def main():
        with FakeCognito(**settings) as cognito:
            config = AioConfig(retries={"mode": mode, "total_max_attempts": 3})
            session = get_session() if settings.get("wire") else SESSION
            async with session.create_client(
                "cognito-idp", region_name="us-east-1", config=config
            ) as client:
                await test(cognito, client)

    asyncio.run(asyncio.wait_for(main(), timeout=60))


@pytest.mark.parametrize("wire", [False, True])
def test_answers(wire):
    async def test(cognito, client):
        ada = cognito.add_user("ada", devices=2)
        answer = await client.list_devices(AccessToken=ada.access_token)
        assert [each["DeviceKey"] for each in answer["Devices"]] == [
            device.key for device in ada.devices
        ]
        answer = await client.admin_forget_device(
            UserPoolId=ada.pool.id, Username="ada", DeviceKey=ada.devices[0].key
        )
        assert list(answer) == ["ResponseMetadata"]
        assert len(ada.devices) == 1

    run(test, wire=wire)


def test_a_client_that_names_nothing_finds_a_region(monkeypatch):
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")

    async def test():
        with FakeCognito() as cognito:
            ada = cognito.add_user("ada", devices=2)
            async with get_session().create_client("cognito-idp") as client:
                answer = await client.list_devices(AccessToken=ada.access_token)
        assert client.meta.region_name == "us-east-1"
        assert len(answer["Devices"]) == 2

    asyncio.run(test())


@pytest.mark.parametrize("wire", [False, True])
def test_hooks_of_an_application_read_the_response(wire):
    async def test(cognito, client):
        async def look(http_response, **_):
            seen.append((http_response.url, await http_response.content))
            seen.append(await http_response.text)

        seen = []
        client.meta.events.register("after-call.cognito-identity-provider", look)
        await client.list_devices(AccessToken=cognito.add_user("ada").access_token)
        url = "https://cognito-idp.us-east-1.amazonaws.com/"
        assert seen == [(url, b'{"Devices": []}'), '{"Devices": []}']

    run(test, wire=wire)


@pytest.mark.parametrize("wire", [False, True])
def test_errors(wire):
    async def test(cognito, client):
        ada = cognito.add_user("ada", status="UNCONFIRMED")
        with pytest.raises(client.exceptions.UserNotConfirmedException) as refused:
            await client.list_devices(AccessToken=ada.access_token)
        assert refused.value.response["message"] == texts.USER_NOT_CONFIRMED.message
        with pytest.raises(UnhandledOperation):
            await client.list_identity_providers(UserPoolId=ada.pool.id)

    run(test, wire=wire)


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_retries_without_waiting(mode, monkeypatch):
    real = asyncio.sleep

    async def sleep(delay, *args):
        assert delay == 0, "nobody waits here"
        await real(delay, *args)

    async def test(cognito, client):
        monkeypatch.setattr(asyncio, "sleep", sleep)
        ada = cognito.add_user("ada")
        cognito.simulate("ThrottlingException", on="ListDevices", times=1)
        cognito.simulate("ReadTimeoutError", on="ListDevices", times=1)
        answer = await client.list_devices(AccessToken=ada.access_token)
        assert answer["ResponseMetadata"]["RetryAttempts"] == 2
        cognito.simulate("ReadTimeoutError", on="ListDevices")
        with pytest.raises(ReadTimeoutError):
            await client.list_devices(AccessToken=ada.access_token)
        assert [call.attempts for call in cognito.calls] == [3, 3]

    run(test, mode=mode)


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize(
    "what", ["ReadTimeoutError", "EndpointConnectionError", "ThrottlingException"]
)
def test_nothing_is_in_flight_when_a_call_has_failed(mode, what):
    async def test(cognito, client):
        cognito.simulate(what, on="ListUserPools")
        before = retries.current.get()
        with pytest.raises((BotoCoreError, ClientError)):
            await client.list_user_pools(MaxResults=1)
        assert retries.current.get() is before

    run(test, mode=mode)


def test_many_at_once():
    async def test(cognito, client):
        users = [cognito.add_user(f"user{number}", devices=number) for number in range(10)]
        cognito.simulate("ReadTimeoutError", on="ListDevices", times=5)
        answers = await asyncio.gather(
            *(client.list_devices(AccessToken=user.access_token) for user in users)
        )
        assert [len(answer["Devices"]) for answer in answers] == list(range(10))
        assert sum(call.attempts for call in cognito.calls) == 15

    run(test)
