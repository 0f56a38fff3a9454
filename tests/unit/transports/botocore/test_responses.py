"""The HTTP response that hooks of an application get, the same at both depths."""

from __future__ import annotations

import json
import uuid

import pytest
from botocore.exceptions import ClientError

from pytest_cognito_devices import FakeCognito


@pytest.fixture(params=[False, True], ids=["directly", "on the wire"])
def fake(request):
    with FakeCognito(region="us-east-1", wire=request.param) as fake:
        yield fake


@pytest.fixture
def seen(client):
    """What a hook of the application gets after a call."""
    seen, event = [], "after-call.cognito-identity-provider"

    def look(http_response, **_):
        seen.append(http_response)

    client.meta.events.register(event, look)
    yield seen
    client.meta.events.unregister(event, look)


def test_it_has_what_botocores_own_has(client, fake, seen):
    client.list_devices(AccessToken=fake.add_user("ada", devices=1).access_token)
    (response,) = seen
    assert response.status_code == 200
    assert response.url == "https://cognito-idp.us-east-1.amazonaws.com/"
    assert json.loads(response.text) == json.loads(response.content) == fake.calls.last.response
    assert response.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert response.headers["content-type"] == "application/x-amz-json-1.1"
    assert {*response.headers} >= {"date", "x-amzn-requestid"}


def test_it_can_be_read_as_a_stream(client, fake, seen):
    client.list_devices(AccessToken=fake.add_user("ada").access_token)
    if not fake.wire:  # where the parser has read it
        assert b"".join(seen[0].raw.stream()) == seen[0].content


def test_a_request_id_is_a_uuid_and_another_for_each_call(client, fake):
    seen = set()
    for _ in range(3):
        metadata = client.list_user_pools(MaxResults=1)["ResponseMetadata"]
        seen.add(metadata["RequestId"])
        assert metadata["HTTPHeaders"]["x-amzn-requestid"] == metadata["RequestId"]
    with pytest.raises(ClientError) as refused:
        client.list_devices(AccessToken="a.b.c")
    seen.add(refused.value.response["ResponseMetadata"]["RequestId"])
    assert [str(uuid.UUID(each)) for each in seen] == list(seen)
    assert {uuid.UUID(each).version for each in seen} == {4}
    assert len(seen) == 4


def test_that_of_an_error(client, fake, seen):
    with pytest.raises(ClientError):
        client.list_devices(AccessToken="abc")
    (response,) = seen
    assert response.status_code == 400
    assert json.loads(response.text) == {
        "__type": fake.calls.last.error.code,
        "message": fake.calls.last.error.message,
    }
    assert response.headers["x-amzn-ErrorType"] == "NotAuthorizedException:"
    assert response.headers["x-amzn-ErrorMessage"] == fake.calls.last.error.message
