"""What ends what: forgetting, revoking, signing out."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from handlers import refused
from pytest_cognito_devices.service import texts
from said import said

ACCESS_REVOKED = texts.ACCESS_TOKEN_REVOKED.message
REFRESH_REVOKED = texts.REFRESH_TOKEN_REVOKED.message
INVALID = texts.REFRESH_TOKEN_INVALID.message

ACTIONS = {
    "ForgetDevice": lambda call, _ada, tokens, key: call(
        "ForgetDevice", AccessToken=tokens["AccessToken"], DeviceKey=key
    ),
    "AdminForgetDevice": lambda call, ada, _tokens, key: call(
        "AdminForgetDevice", UserPoolId=ada.pool.id, Username="ada", DeviceKey=key
    ),
    "UpdateDeviceStatus": lambda call, _ada, tokens, key: call(
        "UpdateDeviceStatus",
        AccessToken=tokens["AccessToken"],
        DeviceKey=key,
        DeviceRememberedStatus="not_remembered",
    ),
    "RevokeToken": lambda call, ada, tokens, _key: call(
        "RevokeToken", Token=tokens["RefreshToken"], ClientId=ada.pool.client.id
    ),
    "GlobalSignOut": lambda call, _ada, tokens, _key: call(
        "GlobalSignOut", AccessToken=tokens["AccessToken"]
    ),
    "AdminUserGlobalSignOut": lambda call, ada, _tokens, _key: call(
        "AdminUserGlobalSignOut", UserPoolId=ada.pool.id, Username="ada"
    ),
    "nothing": lambda *_: {},
}
ALL_GONE = (ACCESS_REVOKED, REFRESH_REVOKED, ACCESS_REVOKED, REFRESH_REVOKED, True)
#: What becomes of the access and the refresh token of one session, of those of another session
#: with another device, and whether the device is still there.
TABLE = [
    ("nothing", None, None, None, None, True),
    ("ForgetDevice", None, INVALID, None, None, False),
    ("AdminForgetDevice", None, INVALID, None, None, False),
    ("UpdateDeviceStatus", None, None, None, None, True),
    ("RevokeToken", ACCESS_REVOKED, REFRESH_REVOKED, None, None, True),
    ("GlobalSignOut", *ALL_GONE),
    ("AdminUserGlobalSignOut", *ALL_GONE),
]


@pytest.fixture
def call(client):
    return lambda operation, **params: client._make_api_call(operation, params)


def error_of(call, *args, **params):
    """The text with which a call is refused, or None."""
    try:
        call(*args, **params)
    except ClientError as error:
        return error.response["Error"]["Message"]
    return None


def fate(call, ada, tokens, key):
    """What the service says of the access token and the refresh token."""
    return error_of(call, "GetUser", AccessToken=tokens["AccessToken"]), error_of(
        call,
        "InitiateAuth",
        AuthFlow="REFRESH_TOKEN_AUTH",
        ClientId=ada.pool.client.id,
        AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"], "DEVICE_KEY": key},
    )


@pytest.mark.parametrize(
    ("action", "access", "refresh", "others", "others_refresh", "kept"), TABLE
)
def test_what_ends_what(
    call, ada, make_person, action, access, refresh, others, others_refresh, kept
):
    """Section 7.3 of the notes on the service."""
    phone, tablet = make_person(ada), make_person(ada)
    own, other = (person.start_with_password() for person in (phone, tablet))
    phone.confirm_device(own)
    tablet.confirm_device(other)
    key = phone.device["DEVICE_KEY"]

    answer = ACTIONS[action](call, ada, own["AuthenticationResult"], key)

    assert set(answer) <= {"ResponseMetadata"}
    assert fate(call, ada, own["AuthenticationResult"], key) == (access, refresh)
    assert fate(call, ada, other["AuthenticationResult"], tablet.device["DEVICE_KEY"]) == (
        others,
        others_refresh,
    )
    assert (key in {device.key for device in ada.devices}) is kept


def test_a_second_sign_out(call, ada):
    token = ada.access_token
    call("GlobalSignOut", AccessToken=token)
    assert error_of(call, "GlobalSignOut", AccessToken=token) == ACCESS_REVOKED


def test_who_signs_in_again_is_in(cognito, call, ada, make_person):
    """In the same second too; in life such tokens are dead on arrival now and then."""
    cognito.freeze_time("2026-01-01")
    call("AdminUserGlobalSignOut", UserPoolId=ada.pool.id, Username="ada")
    tokens = make_person(ada).start_with_password()["AuthenticationResult"]
    assert error_of(call, "GetUser", AccessToken=tokens["AccessToken"]) is None


@pytest.mark.parametrize("operation", ["ListDevices", "GetUser"])
def test_a_device_survives_a_sign_out(call, ada, make_person, operation):
    person = make_person(ada)
    person.confirm_device(person.start_with_password())
    ada.sign_out()
    asked = person.start_with_password(**person.device)
    tokens = person.prove_device(asked)["AuthenticationResult"]
    assert error_of(call, operation, AccessToken=tokens["AccessToken"]) is None


# RevokeToken.


def test_revoking_twice_and_revoking_nothing(call, ada):
    params = {"Token": ada.refresh_token, "ClientId": ada.pool.client.id}
    for token in (params, params, {**params, "Token": "x.y"}):
        assert set(call("RevokeToken", **token)) == {"ResponseMetadata"}


def test_a_token_of_another_client_is_left_alone(cognito, call, ada):
    other = cognito.pool.add_client().id
    call("RevokeToken", Token=ada.refresh_token, ClientId=other)
    assert error_of(call, "GetUser", AccessToken=ada.access_token) is None


@pytest.mark.parametrize("kind", ["access_token", "id_token"])
def test_only_refresh_tokens_are_revoked(call, ada, kind):
    with refused(*said(texts.TOKEN_TYPE_UNSUPPORTED)):
        call("RevokeToken", Token=getattr(ada, kind), ClientId=ada.pool.client.id)


def test_a_client_that_does_not_revoke(cognito, call, ada):
    app = cognito.pool.add_client(enable_token_revocation=False)
    with refused(*said(texts.REVOCATION_NOT_ENABLED)):
        call("RevokeToken", Token=ada.sign_in(client=app).refresh_token, ClientId=app.id)


@pytest.mark.parametrize("secret", [{}, {"ClientSecret": "x" * 24}])
def test_revoking_needs_the_secret_of_the_client(cognito, call, ada, secret):
    app = cognito.pool.add_client(client_secret="s" * 24)
    params = {"Token": ada.sign_in(client=app).refresh_token, "ClientId": app.id}
    with refused(*said(texts.REVOCATION_NOT_AUTHORIZED)):
        call("RevokeToken", **params, **secret)
    assert call("RevokeToken", **params, ClientSecret="s" * 24)


def test_signing_out_takes_no_other_tokens(call, ada):
    with refused(*said(texts.ACCESS_TOKEN_NOT_ONE)):
        call("GlobalSignOut", AccessToken=ada.id_token)
    with refused(*said(texts.ACCESS_TOKEN_INVALID_SIGNATURE)):
        call("GlobalSignOut", AccessToken=ada.sign_in(forged=True).access_token)
