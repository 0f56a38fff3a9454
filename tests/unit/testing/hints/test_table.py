"""Each hint is right when it speaks, and silent when it does not know."""

from __future__ import annotations

import json

import hinted.codes
import hinted.devices
import hinted.passwords
import hinted.pools
import hinted.sessions
import hinted.tokens  # noqa: F401  each adds its rows
import pytest
import requests
from botocore.exceptions import ClientError
from hinted import PASSWORD, ROWS, WRONG, Scene

from clients import headers
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.testing.hints import _HINTS

NAMES = {text: name for name, text in vars(texts).items() if isinstance(text, texts.Text)}


def params(rows):
    return [
        pytest.param(
            row,
            id=f"{NAMES[row.text]}-{row.play.__module__.partition('.')[2]}-{row.play.__name__}",
            marks=row.marks,
        )
        for row in rows
    ]


SPEAKING = params(row for row in ROWS if row.told is not None)
SILENT = params(row for row in ROWS if row.told is None)


@pytest.fixture
def cognito():
    with FakeCognito(user_pool_id="us-east-1_One", client_id="webapp") as cognito:
        yield cognito


@pytest.fixture
def by_boto3(make_client):
    def send(operation, params, region):
        return make_client(region)._make_api_call(operation, params)

    return send


def by_requests(operation, params, region):
    url = f"https://cognito-idp.{region}.amazonaws.com/"
    answer = requests.post(url, json.dumps(params), headers=headers(operation), timeout=5)
    if answer.status_code != 200:
        raise ClientError({"Error": {"Code": answer.json()["__type"]}}, operation)
    return answer.json() if answer.content else {}


def refused(cognito, row, send):
    """The last call of a scene, and the hint that the row promises."""
    here = Scene(cognito, send)
    with pytest.raises(ClientError):
        row.play(here)
    call = cognito.calls.last
    assert call.error.text is row.text
    return call, row.told and row.told.format(key=here.key)


@pytest.mark.parametrize("row", SPEAKING)
def test_speaks(cognito, by_boto3, row):
    call, told = refused(cognito, row, by_boto3)
    assert call.hint == told


@pytest.mark.parametrize("row", SILENT)
def test_is_silent(cognito, by_boto3, row):
    call, _ = refused(cognito, row, by_boto3)
    assert call.hint is None


@pytest.mark.parametrize("row", [*SPEAKING, *SILENT])
def test_by_http(cognito, row):
    call, told = refused(cognito, row, by_requests)
    assert call.hint == told


@pytest.mark.parametrize("row", SPEAKING)
def test_is_silent_of_a_simulated_error(cognito, by_boto3, row):
    """The same call, refused in the same words, but not for the reason that the hint tells."""
    call, _ = refused(cognito, row, by_boto3)
    cognito.simulate(row.text.code, on=call.operation, message=call.error.message)
    with pytest.raises(ClientError):
        by_boto3(call.operation, call.params, call.region)
    simulated = cognito.calls.last
    assert (str(simulated.error), simulated.hint) == (str(call.error), None)


SECRETS = ("code", "password", "secret", "signature", "srp_a", "token", "session")


@pytest.mark.parametrize("row", SPEAKING)
def test_shows_no_secret(cognito, by_boto3, row):
    call, _ = refused(cognito, row, by_boto3)
    brought = {**call.params, **call.params.get("AuthParameters", {})}
    brought.update(call.params.get("ChallengeResponses", {}))
    brought.pop("SessionId", None)  # no secret: administrators list them
    given = {
        value
        for name, value in brought.items()
        if isinstance(value, str) and any(word in name.lower() for word in SECRETS)
    }
    ada = [user.password for pool in cognito.pools for user in pool.users]
    assert [each for each in (*given, *ada, PASSWORD, WRONG) if each in call.hint] == []


def test_every_text_has_a_row():
    assert {row.values[0].text for row in SPEAKING} == {*_HINTS}
