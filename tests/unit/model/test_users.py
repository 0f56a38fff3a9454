from __future__ import annotations

from typing import get_args

import pytest

from pytest_cognito_devices import service_model
from pytest_cognito_devices.model.users import UserStatus


def test_a_user_is_confirmed_and_enabled(cognito):
    ada = cognito.add_user("ada")
    assert (ada.status, ada.enabled, ada.attributes, ada.devices) == ("CONFIRMED", True, {}, [])
    assert ada.pool is cognito.pool
    assert len(ada.password) >= 8


def test_the_statuses_are_those_of_the_service_model():
    shape = service_model.operation_model("AdminGetUser").output_shape.members["UserStatus"]
    # EXTERNAL_PROVIDER is younger than the oldest botocore.
    assert set(shape.enum) | {"EXTERNAL_PROVIDER"} == set(get_args(UserStatus))


def test_everything_can_be_given(cognito):
    ada = cognito.add_user(
        "ada",
        password="secret",
        status="FORCE_CHANGE_PASSWORD",
        enabled=False,
        attributes={"email": "ada@example.com"},
        mfa="SOFTWARE_TOKEN_MFA",
        devices=3,
    )
    assert (ada.password, ada.status, ada.enabled) == ("secret", "FORCE_CHANGE_PASSWORD", False)
    assert (ada.attributes, ada.mfa) == ({"email": "ada@example.com"}, "SOFTWARE_TOKEN_MFA")
    assert [device.remembered for device in ada.devices] == [True] * 3


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"status": "confirmed"},
            "status must be one of 'UNCONFIRMED', 'CONFIRMED', 'ARCHIVED', 'COMPROMISED',"
            " 'UNKNOWN', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD', 'EXTERNAL_PROVIDER', not"
            " 'confirmed'",
        ),
        (
            {"mfa": "totp"},
            "mfa must be one of None, 'SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP', not 'totp'",
        ),
    ],
)
def test_unknown_words_are_refused(cognito, settings, message):
    with pytest.raises(ValueError) as refused:
        cognito.add_user("ada", **settings)
    assert str(refused.value) == message
    assert cognito.pool.users == []


def test_a_wrong_status_is_refused_later_too(cognito):
    ada = cognito.add_user("ada")
    with pytest.raises(ValueError):
        ada.status = "DELETED"
    assert ada.status == "CONFIRMED"


def test_attributes_change_like_a_dict(cognito):
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com", "name": "Ada"})
    ada.attributes["name"] = "Ada Lovelace"
    del ada.attributes["email"]
    ada.attributes.update({"custom:team": "engines"})
    assert len(ada.attributes) == 2
    assert ada.attributes == {"name": "Ada Lovelace", "custom:team": "engines"}
    assert repr(ada.attributes) == "{'name': 'Ada Lovelace', 'custom:team': 'engines'}"
    with pytest.raises(KeyError):
        del ada.attributes["email"]
    ada.attributes = {**ada.attributes, "name": "Ada"}
    assert ada.attributes == {"name": "Ada", "custom:team": "engines"}


def test_an_attribute_must_be_a_string(cognito):
    with pytest.raises(TypeError) as refused:
        cognito.add_user("ada", attributes={"email_verified": True})
    assert str(refused.value) == "The attribute 'email_verified' must be a string, not True"


def test_a_device_of_another_user_does_not_sign_in(cognito):
    ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
    phone = bob.add_device()
    with pytest.raises(ValueError) as refused:
        ada.sign_in(device=phone)
    assert str(refused.value) == f"{phone!r} is not a device of 'ada'."


def test_a_client_of_another_pool_does_not_sign_in(cognito):
    ada, other = cognito.add_user("ada"), cognito.add_pool()
    with pytest.raises(ValueError) as refused:
        ada.sign_in(client=other.client)
    assert str(refused.value) == f"{other.client!r} is not a client of {cognito.pool!r}."


def test_a_deleted_user_is_gone(cognito):
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
    ada.delete()
    assert cognito.pool.users == []
    assert not ada.exists
    with pytest.raises(LookupError) as refused:
        ada.delete()
    assert str(refused.value) == "'ada' is deleted already."
    again = cognito.add_user("ada")
    assert again.sub != ada.sub


def test_repr(cognito):
    assert repr(cognito.add_user("ada", devices=1)) == "<User 'ada' CONFIRMED, 1 device>"
    bob = cognito.add_user("bob", status="UNCONFIRMED", enabled=False)
    assert repr(bob) == "<User 'bob' UNCONFIRMED, disabled, 0 devices>"
