"""The life of a device from the sign-up of its user on, through boto3 alone."""

from __future__ import annotations

import base64

import boto3
import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from people import Person
from pytest_cognito_devices import FakeCognito

NAME, PASSWORD = "ada", "Passw0rd!"


def code_of(secret, clock):
    """What an authenticator shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    return TOTP(key, 6, SHA1(), 30).generate(clock().timestamp()).decode()


class User:
    """What the application knows of its user: nothing of the fake's."""

    username, password = NAME, PASSWORD

    def __init__(self, pool):
        self.pool = pool


@pytest.mark.parametrize("tracking", ["always", "opt_in"])
def test_the_life_of_a_device(monkeypatch, tracking):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with FakeCognito(
        device_tracking=tracking, challenge_required_on_new_device=True, client_id="app"
    ) as cognito:
        live(cognito, boto3.client("cognito-idp", region_name="us-east-1"), tracking)


def live(cognito, aws, tracking):  # noqa: PLR0915  a whole life
    clock = cognito.freeze_time("2026-05-07 12:00:00")
    pool_id = cognito.pool.id

    # Sign up and confirm.
    sent = aws.sign_up(
        ClientId="app",
        Username=NAME,
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
    )
    assert sent["CodeDeliveryDetails"]["Destination"] == "a***@e***"
    code = cognito.pool.users[0].email_code
    aws.confirm_sign_up(ClientId="app", Username=NAME, ConfirmationCode=code)

    # Set up an authenticator.
    person = Person(aws._make_api_call, User(cognito.pool))
    tokens = person.sign_in_with_srp()["AuthenticationResult"]
    access = {"AccessToken": tokens["AccessToken"]}
    secret = aws.associate_software_token(**access)["SecretCode"]
    assert aws.verify_software_token(**access, UserCode=code_of(secret, clock))["Status"]
    aws.set_user_mfa_preference(
        **access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )

    def sign_in_with_totp():
        clock.tick(30)  # a code is good for one sign-in
        asked = person.sign_in_with_srp()
        assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        return person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=code_of(secret, clock))

    # A new device.
    answer = sign_in_with_totp()
    tokens = answer["AuthenticationResult"]
    access = {"AccessToken": tokens["AccessToken"]}
    device = {"DeviceKey": tokens["NewDeviceMetadata"]["DeviceKey"]}
    needs = person.confirm_device(answer, DeviceName="phone")["UserConfirmationNecessary"]
    assert needs is (tracking == "opt_in")
    listed = [each["DeviceKey"] for each in aws.list_devices(**access)["Devices"]]
    assert listed == ([] if needs else [device["DeviceKey"]])
    aws.update_device_status(**access, **device, DeviceRememberedStatus="remembered")
    assert aws.get_device(**access, **device)["Device"]["DeviceKey"] == device["DeviceKey"]

    # The device stands in for the second factor.
    clock.tick(60)
    asked = person.sign_in_with_srp(**person.device)
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    tokens = person.prove_device(asked)["AuthenticationResult"]
    assert "NewDeviceMetadata" not in tokens
    access = {"AccessToken": tokens["AccessToken"]}
    seen = aws.get_device(**access, **device)["Device"]
    assert f"{seen['DeviceLastAuthenticatedDate']:%H:%M:%S}" == f"{clock():%H:%M:%S}"

    # Refresh.
    def refresh(**device_key):
        return aws.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH",
            ClientId="app",
            AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"], **device_key},
        )

    with pytest.raises(ClientError, match="Invalid Refresh Token"):
        refresh()
    refreshed = refresh(**person.device)["AuthenticationResult"]
    assert refreshed.keys() == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}

    # Forget: the key is stale, and the next sign-in gives out a new one.
    aws.forget_device(AccessToken=refreshed["AccessToken"], **device)
    assert aws.list_devices(**access)["Devices"] == []
    with pytest.raises(ClientError, match="Invalid Refresh Token"):
        refresh(**person.device)
    with pytest.raises(aws.exceptions.ResourceNotFoundException, match="Device does not exist"):
        aws.admin_get_device(UserPoolId=pool_id, Username=NAME, **device)
    asked = person.start_with_srp(**person.device)
    proof = person.proof(asked)
    with pytest.raises(aws.exceptions.ResourceNotFoundException, match="Device does not exist"):
        person.answer(asked, **{**proof, **person.device})
    del proof["DEVICE_KEY"]
    clock.tick(30)
    asked = person.answer(asked, **proof)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answer = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=code_of(secret, clock))
    metadata = answer["AuthenticationResult"]["NewDeviceMetadata"]
    assert metadata["DeviceKey"] != device["DeviceKey"]
