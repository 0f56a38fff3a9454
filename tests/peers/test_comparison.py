"""The table of the README: a test for each row, whose docstring is the row's first cell.

What is said of moto runs in the session `neighbours` of nox, which installs the version that the
README names.
"""

from __future__ import annotations

import asyncio
import base64
import datetime
import json
import subprocess
import sys
from unittest.mock import AsyncMock, MagicMock

import aiohttp
import boto3
import httpx
import jwt
import pytest
import requests
from botocore import exceptions
from botocore.config import Config
from botocore.stub import Stubber
from freezegun import freeze_time

from pytest_cognito_devices import FakeCognito

DEVICE_OPERATIONS = [
    "ConfirmDevice",
    "GetDevice",
    "ListDevices",
    "UpdateDeviceStatus",
    "ForgetDevice",
    "AdminGetDevice",
    "AdminListDevices",
    "AdminUpdateDeviceStatus",
    "AdminForgetDevice",
]
URL = "https://cognito-idp.us-east-1.amazonaws.com/"
LIST_POOLS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools",
}
PASSWORD = "Passw0rd!"
TOKEN = "a.b.c"


@pytest.fixture
def client(monkeypatch):
    """A client that has not been told about any of the tools."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "nobodys")
    config = Config(retries={"mode": "standard", "total_max_attempts": 3})
    return boto3.client("cognito-idp", region_name="us-east-1", config=config)


@pytest.fixture
def stubber(client):
    with Stubber(client) as stubber:
        yield stubber


class People:
    """A pool of moto with one user."""

    def __init__(self, client):
        self.client = client
        pool = client.create_user_pool(PoolName="people")["UserPool"]
        self.pool_id = pool["Id"]
        made = client.create_user_pool_client(UserPoolId=self.pool_id, ClientName="web")
        self.client_id = made["UserPoolClient"]["ClientId"]
        client.admin_create_user(UserPoolId=self.pool_id, Username="ada")
        client.admin_set_user_password(
            UserPoolId=self.pool_id, Username="ada", Password=PASSWORD, Permanent=True
        )

    def access_token(self):
        answer = self.client.admin_initiate_auth(
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
        )
        return answer["AuthenticationResult"]["AccessToken"]


@pytest.fixture
def moto(client):
    pytest.importorskip("moto", reason="it is in the session `neighbours` of nox")
    from moto import mock_aws

    with mock_aws():
        yield People(boto3.client("cognito-idp", region_name="us-east-1"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def wrong_proof(client, client_id):
    """Sign in by SRP with a proof that proves nothing."""
    asked = client.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": "ada", "SRP_A": "abc"},
    )
    return client.respond_to_auth_challenge(
        ClientId=client_id,
        ChallengeName="PASSWORD_VERIFIER",
        **({"Session": asked["Session"]} if "Session" in asked else {}),
        ChallengeResponses={
            "USERNAME": "ada",
            "PASSWORD_CLAIM_SIGNATURE": "wrong",
            "PASSWORD_CLAIM_SECRET_BLOCK": asked["ChallengeParameters"]["SECRET_BLOCK"],
            "TIMESTAMP": f"{now():%a %b %d %H:%M:%S UTC %Y}",
        },
    )


def test_devices(moto, client):
    """Devices are confirmed, remembered, listed and forgotten."""
    model = moto.client.meta.service_model
    methods = {name: method for method, name in moto.client.meta.method_to_api_mapping.items()}
    for operation in DEVICE_OPERATIONS:
        needed = model.operation_model(operation).input_shape.required_members
        with pytest.raises(NotImplementedError):
            getattr(moto.client, methods[operation])(**dict.fromkeys(needed, "us-east-1_a"))


def test_passwords(moto, client):
    """A wrong password fails by SRP."""
    assert "AccessToken" in wrong_proof(moto.client, moto.client_id)["AuthenticationResult"]
    with FakeCognito() as cognito:
        cognito.add_user("ada")
        with pytest.raises(client.exceptions.NotAuthorizedException):
            wrong_proof(client, cognito.pool.client.id)


def test_expiry(moto, client):
    """An access token expires."""
    token = moto.access_token()
    later = now() + datetime.timedelta(days=60)
    with freeze_time(later):
        assert moto.client.get_user(AccessToken=token)["Username"] == "ada"
    with FakeCognito() as cognito:
        token = cognito.add_user("ada").access_token
        with freeze_time(later), pytest.raises(client.exceptions.NotAuthorizedException):
            client.get_user(AccessToken=token)


def test_constraints(moto, client, stubber):
    """Patterns and ranges of parameters are checked."""
    moto.client.list_users(UserPoolId=moto.pool_id, Limit=61)
    stubber.add_response("list_devices", {"Devices": []})
    client.list_devices(AccessToken=TOKEN, Limit=61)
    MagicMock().list_devices(AccessToken=TOKEN, Limit=61)
    with FakeCognito() as cognito:
        stubber.deactivate()
        with pytest.raises(client.exceptions.InvalidParameterException):
            client.list_devices(AccessToken=cognito.add_user("ada").access_token, Limit=61)


def test_names(moto, client, stubber):
    """Methods and parameters that boto3 does not have are refused."""
    MagicMock().no_such_method(NoSuchParameter=1)
    MagicMock(spec=client).list_devices(NoSuchParameter=1)
    stubber.add_response("list_devices", {"Devices": []})
    with FakeCognito():
        for each in (moto.client, client):
            with pytest.raises(AttributeError):
                each.no_such_method()
            with pytest.raises(exceptions.ParamValidationError):
                each.list_devices(AccessToken=TOKEN, NoSuchParameter=1)


LATE = """
import boto3, botocore.httpsession

def send(*args):
    raise SystemExit("the network")

botocore.httpsession.URLLib3Session.send = send
client = boto3.client("cognito-idp", region_name="us-east-1")

{activate}:
    client.list_user_pools(MaxResults=1)
"""


def test_import_order(moto):
    """A client made at import is answered, whatever was imported first."""
    for activate, said in (
        ("from moto import mock_aws\nwith mock_aws()", "the network\n"),
        ("from pytest_cognito_devices import FakeCognito\nwith FakeCognito()", ""),
    ):
        script = [sys.executable, "-c", LATE.format(activate=activate)]
        assert subprocess.run(script, check=False, capture_output=True, text=True).stderr == said


def test_async(moto):
    """Clients of aiobotocore are answered."""
    pytest.importorskip("aiobotocore", reason="it is in the session `neighbours` of nox")
    from aiobotocore.session import get_session

    async def pools():
        async with get_session().create_client("cognito-idp", region_name="us-east-1") as client:
            return await client.list_user_pools(MaxResults=1)

    with pytest.raises(TypeError, match="await"):
        asyncio.run(pools())
    with FakeCognito():
        assert len(asyncio.run(pools())["UserPools"]) == 1
    mock = AsyncMock()
    mock.list_user_pools.return_value = {"UserPools": []}
    assert asyncio.run(mock.list_user_pools()) == {"UserPools": []}


def test_undeclared(stubber):
    """An exception that an operation does not raise cannot be simulated."""
    stubber.add_client_error("list_devices", "NoSuchException")
    MagicMock().list_devices.side_effect = exceptions.ClientError({}, "NoSuchOperation")
    with FakeCognito() as cognito, pytest.raises(ValueError, match="does not raise"):
        cognito.simulate("NoSuchException", on="ListDevices")


def test_retries(client, stubber):
    """Throttling is met by the client's own retries."""
    stubber.add_client_error("list_devices", "ThrottlingException", http_status_code=400)
    with pytest.raises(exceptions.ClientError, match="ThrottlingException"):
        client.list_devices(AccessToken=TOKEN)
    stubber.deactivate()
    with FakeCognito() as cognito:
        cognito.simulate("ThrottlingException", on="ListDevices", times=2)
        client.list_devices(AccessToken=cognito.add_user("ada").access_token)
        assert cognito.calls.last.attempts == 3


def test_network(client):
    """Time-outs and connection errors can be simulated."""
    timeout = exceptions.ReadTimeoutError(endpoint_url="https://example.com/")
    mock = MagicMock()
    mock.list_devices.side_effect = timeout
    with pytest.raises(exceptions.ReadTimeoutError):
        mock.list_devices(AccessToken=TOKEN)
    with FakeCognito() as cognito:
        cognito.simulate("ReadTimeoutError", on="ListDevices")
        with pytest.raises(exceptions.ReadTimeoutError):
            client.list_devices(AccessToken=TOKEN)


def test_order(moto, client, stubber):
    """Calls come in any order."""
    moto.client.describe_user_pool(UserPoolId=moto.pool_id)
    moto.client.list_user_pools(MaxResults=1)
    stubber.add_response("list_devices", {"Devices": []})
    stubber.add_response("forget_device", {})
    with pytest.raises(exceptions.StubResponseError):
        client.forget_device(AccessToken=TOKEN, DeviceKey="us-east-1_a")


def test_record(moto, client, tmp_path, monkeypatch):
    """Calls are recorded."""
    monkeypatch.chdir(tmp_path)  # where the record is written
    from moto.moto_api import recorder

    recorder.start_recording()
    moto.client.list_user_pools(MaxResults=1)
    recorder.stop_recording()
    [request] = recorder.download_recording().splitlines()
    assert base64.b64decode(json.loads(request)["body"]) == b'{"MaxResults": 1}'
    mock = MagicMock()
    mock.list_devices(AccessToken=TOKEN)
    mock.list_devices.assert_called_once_with(AccessToken=TOKEN)
    with FakeCognito() as cognito:
        client.list_devices(AccessToken=cognito.add_user("ada").access_token)
        cognito.assert_called_once("ListDevices")
    assert {name for name in dir(Stubber) if name[0] != "_"} == {
        "activate",
        "add_client_error",
        "add_response",
        "assert_no_pending_responses",
        "deactivate",
    }


def test_unused(stubber):
    """An answer that was prepared and never used fails the test."""
    stubber.add_response("list_devices", {"Devices": []})
    with pytest.raises(AssertionError):
        stubber.assert_no_pending_responses()
    with FakeCognito() as cognito:
        cognito.respond("ListIdentityProviders", {"Providers": []})
        with pytest.raises(AssertionError):
            cognito.assert_all_simulated()


def by_requests():
    return requests.post(URL, data='{"MaxResults": 1}', headers=LIST_POOLS, timeout=5)


def test_requests(moto):
    """Code that posts to Cognito with `requests` is answered."""
    assert [pool["Name"] for pool in by_requests().json()["UserPools"]] == ["people"]
    with FakeCognito() as cognito:
        assert [pool["Id"] for pool in by_requests().json()["UserPools"]] == [cognito.pool.id]


def test_other_clients(moto):
    """Code that posts to Cognito with httpx or aiohttp is answered."""

    async def by_aiohttp():
        async with aiohttp.ClientSession() as session:
            response = await session.post(URL, data='{"MaxResults": 1}', headers=LIST_POOLS)
            return await response.json(content_type=None)

    def by_httpx():
        return httpx.post(URL, content='{"MaxResults": 1}', headers=LIST_POOLS)

    with pytest.raises(httpx.ConnectError):
        by_httpx()
    with pytest.raises(aiohttp.ClientConnectorError):
        asyncio.run(by_aiohttp())
    with FakeCognito() as cognito:
        for answer in (by_httpx().json(), asyncio.run(by_aiohttp())):
            assert [pool["Id"] for pool in answer["UserPools"]] == [cognito.pool.id]


def test_groups(moto, client):
    """Groups are there, and roles in tokens."""
    moto.client.create_group(UserPoolId=moto.pool_id, GroupName="admins")
    groups = moto.client.list_groups(UserPoolId=moto.pool_id)["Groups"]
    assert [group["GroupName"] for group in groups] == ["admins"]
    with FakeCognito() as cognito:
        role = "arn:aws:iam::123456789012:role/admin"
        cognito.pool.add_group("admins", role_arn=role)
        token = cognito.add_user("ada", groups=["admins"]).id_token
        claims = jwt.decode(token, options={"verify_signature": False})
        assert claims["cognito:preferred_role"] == role
        groups = client.list_groups(UserPoolId=cognito.pool.id)["Groups"]
        assert [group["GroupName"] for group in groups] == ["admins"]


def test_other_operations(moto):
    """Identity providers are there."""
    assert moto.client.list_identity_providers(UserPoolId=moto.pool_id)["Providers"] == []


def test_other_services(moto):
    """Other services are there."""
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="photos")
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["photos"]


def test_moto_answers_other_services_beside_the_fake(moto, client):
    with FakeCognito() as cognito:
        ada = cognito.add_user("ada", devices=2)
        for each in (client, moto.client):
            assert len(each.list_devices(AccessToken=ada.access_token)["Devices"]) == 2
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="photos")
        assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["photos"]


def test_moto_answers_what_passes_through(moto):
    with FakeCognito(unhandled="passthrough") as cognito:
        providers = moto.client.list_identity_providers(UserPoolId=moto.pool_id)["Providers"]
    assert providers == []
    assert cognito.calls.last.response == {"Providers": []}
