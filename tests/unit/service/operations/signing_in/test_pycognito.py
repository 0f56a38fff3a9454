"""pycognito, as it comes from PyPI: a client that knows nothing of the fake."""

from __future__ import annotations

import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device

from handlers import refused
from pytest_cognito_devices.service import texts
from said import said


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", password="Passw0rd!")


@pytest.fixture
def sign_in(client, ada):
    def make(password="Passw0rd!", **device):
        return AWSSRP(
            username="ada",
            password=password,
            pool_id=ada.pool.id,
            client_id=ada.pool.client.id,
            client=client,
            **device,
        ).authenticate_user()

    return make


def confirm(client, tokens):
    """What its `confirm_device` does with `requests`; gives the device for the next sign-in."""
    result = tokens["AuthenticationResult"]
    key = result["NewDeviceMetadata"]["DeviceKey"]
    group = result["NewDeviceMetadata"]["DeviceGroupKey"]
    password, verifier = generate_hash_device(group, key)
    client.confirm_device(
        AccessToken=result["AccessToken"], DeviceKey=key, DeviceSecretVerifierConfig=verifier
    )
    return {"device_key": key, "device_group_key": group, "device_password": password}


def challenges_of(cognito):
    return [call.params["ChallengeName"] for call in cognito.calls.to("RespondToAuthChallenge")]


def test_a_new_device_is_born_confirmed_and_recognised(cognito, client, ada, sign_in):
    device = confirm(client, sign_in())
    assert [each.key for each in ada.devices] == [device["device_key"]]
    cognito.calls.clear()

    tokens = sign_in(**device)["AuthenticationResult"]

    assert challenges_of(cognito) == [
        "PASSWORD_VERIFIER",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
    ]
    assert "NewDeviceMetadata" not in tokens
    assert client.get_device(AccessToken=tokens["AccessToken"], DeviceKey=device["device_key"])


def test_a_wrong_password_is_refused(sign_in):
    with refused(*said(texts.INCORRECT)):
        sign_in("wrong")


def test_a_wrong_device_secret_is_refused(cognito, client, sign_in):
    device = confirm(client, sign_in())
    with refused(*said(texts.INCORRECT)):
        sign_in(**{**device, "device_password": "wrong"})
    assert challenges_of(cognito)[-1] == "DEVICE_PASSWORD_VERIFIER"


def test_a_seeded_device_signs_in_with_its_password(ada, sign_in):
    phone = ada.add_device("phone")
    tokens = sign_in(
        device_key=phone.key, device_group_key=phone.group_key, device_password=phone.password
    )
    assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]
