"""Sign-in with the libraries that people use in JavaScript."""

from __future__ import annotations

import json

import pytest

from pytest_cognito_devices.service import texts
from said import said

people_say_what_to_remember = pytest.mark.cognito_devices(device_tracking="opt_in")


@pytest.fixture
def ada(server):
    return server.cognito.add_user("ada")


@pytest.fixture
def who(ada):
    """What a script has to know of somebody."""
    return json.dumps(
        {
            "userPoolId": ada.pool.id,
            "clientId": ada.pool.client.id,
            "clientSecret": ada.pool.client.secret,
            "username": ada.username,
            "password": ada.password,
        }
    )


PASSWORD = ["InitiateAuth", "RespondToAuthChallenge"]
BOTH_CHALLENGES_OF_A_DEVICE = ["RespondToAuthChallenge"] * 2
REFUSED = [*said(texts.INCORRECT)]


@people_say_what_to_remember
def test_amplify(node, server, ada, who):
    seen = node("amplify.js", who, in_page=True)
    assert seen["signedIn"]
    assert seen["before"] == []
    (remembered,) = seen["remembered"]
    assert remembered["name"] == remembered["attributes"]["device_name"]
    assert "HappyDOM" in remembered["name"]
    assert seen["signedInAgain"]
    assert seen["deviceKey"] == remembered["id"]
    assert seen["forgotten"] == []
    assert seen["refused"] == REFUSED
    assert ada.devices == []
    assert [each.operation for each in server.cognito.calls] == [
        *PASSWORD,
        "ConfirmDevice",
        "ListDevices",
        "UpdateDeviceStatus",
        "ListDevices",
        "RevokeToken",
        *PASSWORD,
        *BOTH_CHALLENGES_OF_A_DEVICE,
        "GetTokensFromRefreshToken",
        "ForgetDevice",
        "ListDevices",
        "RevokeToken",
        *PASSWORD,
    ]


@people_say_what_to_remember
@pytest.mark.parametrize("in_page", [False, True])
def test_amazon_cognito_identity_js(node, server, ada, who, in_page):
    seen = node("identity_js.js", who, in_page=in_page)
    assert seen["userConfirmationNecessary"]
    assert seen["before"] == {"Devices": []}
    assert seen["remembered"] == "SUCCESS"
    assert seen["device"]["Device"]["DeviceKey"] == seen["deviceKey"]
    assert seen["refreshed"]
    assert seen["notRemembered"] == "SUCCESS"
    assert seen["after"] == {"Devices": []}
    assert seen["forgotten"] == "SUCCESS"
    assert seen["refused"] == REFUSED
    assert ada.devices == []
    assert [each.operation for each in server.cognito.calls] == [
        *PASSWORD,
        "ConfirmDevice",
        "ListDevices",
        "UpdateDeviceStatus",
        *PASSWORD,
        *BOTH_CHALLENGES_OF_A_DEVICE,
        "GetDevice",
        "InitiateAuth",
        "UpdateDeviceStatus",
        "ListDevices",
        "ForgetDevice",
        *PASSWORD,
    ]


@pytest.mark.cognito_devices(client_secret="s" * 24)
def test_cognito_srp_helper(node, server, ada, who):
    seen = node("srp_helper.js", who)
    (device,) = ada.devices
    assert seen["confirmed"]["UserConfirmationNecessary"] is False
    assert seen["challenges"] == [
        "PASSWORD_VERIFIER",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
    ]
    assert seen["device"]["DeviceKey"] == device.key
    assert [each.operation for each in server.cognito.calls] == [
        *PASSWORD,
        "ConfirmDevice",
        *PASSWORD,
        *BOTH_CHALLENGES_OF_A_DEVICE,
        "GetDevice",
    ]


def test_aws_jwt_verify(node, ada, who):
    assert node("verify.js", who, ada.access_token, ada.id_token) == ["access ada", "id ada"]
