"""Access tokens, the state of users, and whom and where an administrator names.

Tried with the operations on devices and on users, which stand for all.
"""

from __future__ import annotations

import base64

import pytest

from catalogue.devices import KEY
from people import at
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from said import said

DEVICE_OPERATIONS = [
    ("confirm_device", {"DeviceKey": KEY}),
    ("get_device", {"DeviceKey": KEY}),
    ("list_devices", {}),
    ("update_device_status", {"DeviceKey": KEY}),
    ("forget_device", {"DeviceKey": KEY}),
]
USER_OPERATIONS = [
    ("get_user", {}),
    ("delete_user", {}),
    ("update_user_attributes", {"UserAttributes": []}),
    ("change_password", {"PreviousPassword": "Passw0rd!", "ProposedPassword": "An0ther-one!"}),
    ("set_user_mfa_preference", {}),
]
ACCESS_TOKEN_OPERATIONS = [
    *DEVICE_OPERATIONS,
    *USER_OPERATIONS,
    ("associate_software_token", {}),
    ("verify_software_token", {"UserCode": "123456"}),
    ("get_user_attribute_verification_code", {"AttributeName": "email"}),
    ("verify_user_attribute", {"AttributeName": "email", "Code": "123456"}),
    ("global_sign_out", {}),
]
#: Those of administrators that name a user who is there already.
NAMING_OPERATIONS = [
    ("admin_get_user", {}),
    ("admin_set_user_password", {"Password": "An0ther-one!"}),
    ("admin_reset_user_password", {}),
    ("admin_disable_user", {}),
    ("admin_enable_user", {}),
    ("admin_delete_user", {}),
    ("admin_update_user_attributes", {"UserAttributes": []}),
    ("admin_set_user_mfa_preference", {}),
]


def expired(_cognito, user):
    return user.sign_in(expires_in=0).access_token


def revoked(_cognito, user):
    tokens = user.sign_in()
    tokens.revoke()
    return tokens.access_token


def signed_out(_cognito, user):
    token = user.access_token
    user.sign_out()
    return token


def unsigned(_cognito, _user):
    return "eyJhbGciOiJub25lIn0.e30."


def no_jwt(_cognito, _user):
    return "abc"


def no_header(_cognito, _user):
    return "a.b.c"


def a_list_for_a_header(_cognito, _user):
    return "W10.e30."


def too_deep_a_header(_cognito, _user):
    return f"{base64.urlsafe_b64encode(b'[' * 90_000).decode()}.e30.abc"


def session_of_a_challenge(cognito, user):
    user.mfa = "SMS_MFA"
    return at(cognito, user).start_with_password()["Session"]


def refresh_token_of_another_service(_cognito, _user):
    return FakeCognito().add_user("ada").refresh_token


def tampered_with(_cognito, user):
    header, _, signature = user.access_token.split(".")
    return f"{header}.x.{signature}"


def forged(_cognito, user):
    return user.sign_in(forged=True).access_token


def of_another_region(cognito, _user):
    return cognito.add_pool(region="eu-west-1").add_user("ada").access_token


def of_another_service(_cognito, _user):
    return FakeCognito().add_user("ada").access_token


def id_token(_cognito, user):
    return user.id_token


def refresh_token(_cognito, user):
    return user.refresh_token


def without_scope(_cognito, user):
    return user.sign_in(scope="openid profile").access_token


def unconfirmed(_cognito, user):
    user.status = "UNCONFIRMED"
    return user.access_token


def reset_required(_cognito, user):
    user.status = "RESET_REQUIRED"
    return user.access_token


def disabled(_cognito, user):
    user.enabled = False
    return user.access_token


def deleted(_cognito, user):
    token = user.access_token
    user.delete()
    return token


def deleted_and_made_anew(cognito, user):
    token = deleted(cognito, user)
    cognito.add_user("ada")
    return token


SITUATIONS = {
    expired: texts.ACCESS_TOKEN_EXPIRED,
    revoked: texts.ACCESS_TOKEN_REVOKED,
    signed_out: texts.ACCESS_TOKEN_REVOKED,
    no_jwt: texts.ACCESS_TOKEN_NOT_ONE,
    no_header: texts.ACCESS_TOKEN_NOT_ONE,
    a_list_for_a_header: texts.ACCESS_TOKEN_NOT_ONE,
    too_deep_a_header: texts.ACCESS_TOKEN_NOT_ONE,
    session_of_a_challenge: texts.ACCESS_TOKEN_NOT_ONE,
    refresh_token_of_another_service: texts.ACCESS_TOKEN_NOT_ONE,
    unsigned: texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    tampered_with: texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    forged: texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    of_another_region: texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    of_another_service: texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    id_token: texts.ACCESS_TOKEN_NOT_ONE,
    refresh_token: texts.ACCESS_TOKEN_NOT_ONE,
    without_scope: texts.ACCESS_TOKEN_WITHOUT_SCOPE,
    unconfirmed: texts.USER_NOT_CONFIRMED,
    reset_required: texts.PASSWORD_RESET_REQUIRED,
    disabled: texts.USER_DISABLED,
    deleted: texts.USER_NOT_FOUND,
    deleted_and_made_anew: texts.USER_NOT_FOUND,
}


@pytest.mark.parametrize(("operation", "params"), DEVICE_OPERATIONS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_tokens_and_users_are_checked(cognito, client, refused, ada, operation, params, situation):
    token = situation(cognito, ada)
    refusal = refused(getattr(client, operation), AccessToken=token, **params)
    assert refusal == said(SITUATIONS[situation])


@pytest.mark.parametrize(("operation", "params"), ACCESS_TOKEN_OPERATIONS)
def test_what_is_no_jwt_is_no_access_token(client, refused, operation, params):
    """Measured with the session of a challenge: moto#8027."""
    refusal = refused(getattr(client, operation), AccessToken="abc", **params)
    assert refusal == said(texts.ACCESS_TOKEN_NOT_ONE)


def test_the_order_of_the_checks(cognito, ada):
    """Signature, use, expiry, enabled, revocation, scope, state, tracking, device."""
    cognito.freeze_time("2026-01-01")
    tokens = ada.sign_in(scope="openid", expires_in=60)
    refusals = []

    def call(token):
        with pytest.raises(ServiceError) as caught:
            cognito.handle("GetDevice", {"AccessToken": token, "DeviceKey": KEY}, "us-east-1")
        refusals.append((caught.value.code, caught.value.message))

    tokens.revoke()
    cognito.pool.device_tracking = "off"
    ada.status, ada.enabled = "UNCONFIRMED", False
    call("eyJhbGciOiJub25lIn0.e30.")
    call(tokens.id_token)
    clock = cognito.freeze_time("2026-01-01 00:01")
    call(tokens.access_token)
    clock.move_to("2026-01-01 00:00:59")
    call(tokens.access_token)
    ada.enabled = True
    call(tokens.access_token)
    tokens.session.revoked = False
    call(tokens.access_token)
    live = ada.access_token
    call(live)
    ada.status = "CONFIRMED"
    call(live)
    cognito.pool.device_tracking = "always"
    call(live)
    assert refusals == [
        said(texts.ACCESS_TOKEN_INVALID_SIGNATURE),
        said(texts.ACCESS_TOKEN_NOT_ONE),
        said(texts.ACCESS_TOKEN_EXPIRED),
        said(texts.USER_DISABLED),
        said(texts.ACCESS_TOKEN_REVOKED),
        said(texts.ACCESS_TOKEN_WITHOUT_SCOPE),
        said(texts.USER_NOT_CONFIRMED),
        said(texts.TRACKING_OFF),
        said(texts.DEVICE_NOT_FOUND),
    ]


@pytest.mark.parametrize("operation", ["get_device", "forget_device"])
def test_the_access_token_is_required_whatever_the_model_says(client, refused, operation):
    code, message = refused(getattr(client, operation), DeviceKey="abc")
    assert code == "InvalidParameterException"
    assert message == (
        "2 validation errors detected: Value at 'accessToken' failed to satisfy constraint:"
        " Member must not be null; Value 'abc' at 'deviceKey' failed to satisfy constraint:"
        " Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+"
    )


@pytest.mark.parametrize(("operation", "params"), USER_OPERATIONS)
def test_operations_on_users_ask_for_the_scope(client, refused, ada, operation, params):
    token = ada.sign_in(scope="openid").access_token
    refusal = refused(getattr(client, operation), AccessToken=token, **params)
    assert refusal == said(texts.ACCESS_TOKEN_WITHOUT_SCOPE)
    assert ada.exists


def test_several_scopes_may_have_the_right_one_among_them(client, ada):
    token = ada.sign_in(scope="openid aws.cognito.signin.user.admin").access_token
    assert client.list_devices(AccessToken=token)["Devices"] == []


@pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
def test_other_states_do_not_matter_to_a_live_token(call, ada, status):
    ada.status = status
    assert call(ada, "list_devices") == {"Devices": []}


def test_a_global_sign_out_leaves_later_sign_ins_alone(client, ada):
    ada.sign_out()
    token = ada.sign_in().access_token
    assert client.list_devices(AccessToken=token)["Devices"] == []


@pytest.mark.parametrize("state", ["UNCONFIRMED", "RESET_REQUIRED"])
def test_an_administrator_does_not_mind_the_state_of_a_user(call, ada, state):
    ada.status, ada.enabled = state, False
    assert call(ada, "admin_list_devices") == {"Devices": []}


@pytest.mark.parametrize(("operation", "params"), NAMING_OPERATIONS)
def test_unknown_users(cognito, client, refused, operation, params):
    named = {"UserPoolId": cognito.pool.id, "Username": "ada"}
    refusal = refused(getattr(client, operation), **named, **params)
    assert refusal == said(texts.USER_NOT_FOUND)


@pytest.mark.parametrize(
    ("operation", "params"),
    [("list_users", {}), ("admin_create_user", {"Username": "ada"})]
    + [(operation, {"Username": "ada", **params}) for operation, params in NAMING_OPERATIONS],
)
def test_unknown_pools(client, refused, operation, params):
    nowhere = {"UserPoolId": "us-east-1_nowhere00"}
    refusal = refused(getattr(client, operation), **nowhere, **params)
    assert refusal == said(texts.POOL_NOT_FOUND, **nowhere)
