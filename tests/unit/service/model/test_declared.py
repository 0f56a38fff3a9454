"""Attributes that a thing does not have, and those that can only be read."""

from __future__ import annotations

from unittest import mock

import pytest

from pytest_cognito_devices import FakeCognito

THINGS = {
    "fake": lambda cognito: cognito,
    "pool": lambda cognito: cognito.pool,
    "client": lambda cognito: cognito.pool.client,
    "group": lambda cognito: cognito.pool.add_group("admins"),
    "user": lambda cognito: cognito.add_user("ada"),
    "device": lambda cognito: cognito.add_user("ada").add_device("phone"),
    "tokens": lambda cognito: cognito.add_user("ada").sign_in(),
}


@pytest.mark.parametrize(
    ("thing", "name", "message"),
    [
        (
            "fake",
            "unhandeled",
            "FakeCognito has no attribute 'unhandeled'; did you mean 'unhandled'?",
        ),
        (
            "fake",
            "device_tracking",
            "FakeCognito has no attribute 'device_tracking'; did you mean 'pool.device_tracking'?",
        ),
        (
            "fake",
            "access_token_validity",
            "FakeCognito has no attribute 'access_token_validity'; did you mean"
            " 'pool.client.access_token_validity'?",
        ),
        (
            "pool",
            "mfa_factor",
            "UserPool has no attribute 'mfa_factor'; did you mean 'mfa_factors'?",
        ),
        (
            "pool",
            "access_token_validity",
            "UserPool has no attribute 'access_token_validity'; did you mean"
            " 'client.access_token_validity'?",
        ),
        ("pool", "colour", "UserPool has no attribute 'colour'."),
        (
            "client",
            "access_token_valid",
            "AppClient has no attribute 'access_token_valid'; did you mean"
            " 'access_token_validity'?",
        ),
        ("group", "precedance", "Group has no attribute 'precedance'; did you mean 'precedence'?"),
        ("user", "statuss", "User has no attribute 'statuss'; did you mean 'status'?"),
        ("user", "attribute", "User has no attribute 'attribute'; did you mean 'attributes'?"),
        (
            "device",
            "last_modify",
            "Device has no attribute 'last_modify'; did you mean 'last_modified'?",
        ),
        ("tokens", "scopes", "Tokens has no attribute 'scopes'; did you mean 'scope'?"),
    ],
)
def test_one_that_is_not_there_cannot_be_set(cognito, thing, name, message):
    with pytest.raises(AttributeError) as refused:
        setattr(THINGS[thing](cognito), name, "other")
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("fake", "users"),
        ("pool", "arn"),
        ("client", "hides_users"),
        ("group", "name"),
        ("user", "sub"),
        ("user", "access_token"),
        ("device", "password"),
        ("device", "salt"),
        ("tokens", "device_key"),
    ],
)
def test_one_that_can_only_be_read_says_so(cognito, thing, name):
    found = THINGS[thing](cognito)
    with pytest.raises(AttributeError) as refused:
        setattr(found, name, "other")
    assert str(refused.value) == f"{name} of {found!r} can be read, but not set."


def test_another_error_is_what_it_was(cognito):
    """A device has no place for a method of its own."""
    phone = THINGS["device"](cognito)
    with pytest.raises(AttributeError, match="'Device' object attribute 'forget' is read-only"):
        phone.forget = None


@pytest.mark.parametrize(
    ("thing", "method"),
    [
        ("fake", "add_user"),
        ("pool", "add_user"),
        ("client", "secret_hash"),
        ("group", "add"),
        ("user", "add_device"),
        ("tokens", "revoke"),
    ],
)
def test_methods_can_be_patched(cognito, thing, method):
    found = THINGS[thing](cognito)
    with mock.patch.object(found, method) as patched:
        getattr(found, method)("bob")
    patched.assert_called_once_with("bob")
    assert method not in vars(found)


def test_settings_of_the_fake_can_be_set(client):
    with FakeCognito() as cognito:
        cognito.unhandled = "passthrough"
        assert cognito.passes_through("ListIdentityProviders", {})
        cognito.wire = True
        with pytest.raises(ValueError, match="unhandled must be one of 'error', 'passthrough'"):
            cognito.unhandled = "ignore"
        with pytest.raises(TypeError, match="wire must be True or False, not 1"):
            cognito.wire = 1


def test_a_class_that_a_test_derives_takes_attributes_of_its_own():
    class Remembering(FakeCognito):
        def __init__(self):
            super().__init__()
            self.seen = []

    cognito = Remembering()
    cognito.seen.append("it")
    cognito.more = cognito.seen
    assert cognito.more == ["it"]
