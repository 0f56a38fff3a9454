"""pycognito, as it comes from PyPI: a client that knows nothing of the fake."""

from __future__ import annotations

import pytest
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import TokenVerificationException

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


class TestAsAWhole:
    """What it sends with boto3 and what it sends with requests, nothing of it replaced."""

    @pytest.fixture
    def srp(self, client, ada):
        return AWSSRP("ada", "Passw0rd!", ada.pool.id, ada.pool.client.id, client=client)

    @pytest.fixture
    def tokens(self, srp):
        return srp.authenticate_user()

    def test_a_device_from_birth_to_end(self, cognito, ada, srp, tokens, sign_in):
        result = tokens["AuthenticationResult"]
        key = result["NewDeviceMetadata"]["DeviceKey"]
        response, password = srp.confirm_device(tokens, device_name="Ada's phone")
        assert response.json() == {"UserConfirmationNecessary": False}
        (phone,) = ada.devices
        assert (phone.key, phone.name, phone.remembered) == (key, "Ada's phone", True)

        srp.update_device_status(False, result["AccessToken"], key)
        assert not phone.remembered
        srp.update_device_status(True, result["AccessToken"], key)
        assert phone.remembered

        again = sign_in(device_key=key, device_group_key=phone.group_key, device_password=password)
        assert "NewDeviceMetadata" not in again["AuthenticationResult"]
        srp.forget_device(result["AccessToken"], key)
        assert ada.devices == []
        assert {call.error for call in cognito.calls} == {None}

    def test_its_errors_are_those_of_the_service(self, cognito, srp, tokens):
        srp.forget_device(tokens["AuthenticationResult"]["AccessToken"], "us-east-1_abc")
        assert cognito.calls.last.error.text == texts.DEVICE_NOT_FOUND

    def test_a_session_is_made_verified_and_renewed(self, cognito, ada):
        ada.pool.device_tracking = "off"  # it renews without a device
        session = Cognito(ada.pool.id, ada.pool.client.id, username="ada")
        session.authenticate("Passw0rd!")
        first = session.access_token
        assert session.verify_token(first, "access_token", "access")["username"] == "ada"
        session.verify_tokens()
        session.renew_access_token()
        assert session.access_token != first
        session.verify_token(session.access_token, "access_token", "access")
        assert session.get_user().username == "ada"

    def test_a_forged_token_is_not_verified(self, ada):
        session = Cognito(ada.pool.id, ada.pool.client.id, username="ada")
        session.authenticate("Passw0rd!")
        header, claims, signature = session.access_token.split(".")
        with pytest.raises(TokenVerificationException):
            session.verify_token(f"{header}.{claims}.AAAA{signature[4:]}", "id_token", "access")
