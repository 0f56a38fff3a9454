from __future__ import annotations

import enum
import threading
from typing import get_args

import pytest

from pytest_cognito_devices import UserStatus
from pytest_cognito_devices.service import api


def test_a_user_is_confirmed_and_enabled(cognito):
    ada = cognito.add_user("ada")
    assert (ada.status, ada.enabled, ada.attributes, ada.devices) == ("CONFIRMED", True, {}, [])
    assert ada.pool is cognito.pool
    assert len(ada.password) >= 8


def test_the_statuses_are_those_of_the_service_model():
    shape = api.operation_model("AdminGetUser").output_shape.members["UserStatus"]
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
    assert (ada.attributes["email"], ada.mfa) == ("ada@example.com", "SOFTWARE_TOKEN_MFA")
    assert [device.remembered for device in ada.devices] == [True] * 3


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"status": "confirmed"},
            "status must be one of 'UNCONFIRMED', 'CONFIRMED', 'ARCHIVED', 'COMPROMISED',"
            " 'UNKNOWN', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD', 'EXTERNAL_PROVIDER', not"
            " 'confirmed'; did you mean 'CONFIRMED'?",
        ),
        (
            {"mfa": "totp"},
            "mfa must be one of None, 'SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP', not 'totp'",
        ),
        ({"devices": -1}, "devices must be a whole number from 0, not -1"),
        ({"enabled": "no"}, "enabled must be True or False, not 'no'"),
        ({"devices": True}, "devices must be a whole number from 0, not True"),
        ({"password": 5}, "password must be a string, not 5"),
        ({"attributes": None}, "attributes must be a dict, not None"),
        ({"attributes": {1: "x"}}, "The name of an attribute must be a string, not 1"),
        (
            {"atributes": {}},
            "add_user has no keyword 'atributes'; did you mean 'attributes'? It has: attributes,"
            " devices, enabled, groups, mfa, password, status, sub.",
        ),
        (
            {"email": "ada@example.com"},
            "add_user has no keyword 'email', which is an attribute: attributes={'email': ...}",
        ),
        (
            {"name": "Ada", "custom:tier": "1", "phone_number": "+44", "mfa": "SMS_MFA"},
            "add_user has no keyword 'name', which is an attribute: attributes={'name': ...,"
            " 'custom:tier': ..., 'phone_number': ...}",
        ),
        (
            {"attributes": {"sub": "x"}},
            "sub is for good, so it is no attribute to set: add_user(..., sub=...)",
        ),
        ({"sub": 5}, "sub must be a string, not 5"),
    ],
)
def test_unknown_words_are_refused(cognito, settings, message):
    with pytest.raises((TypeError, ValueError)) as refused:
        cognito.add_user("ada", **settings)
    assert str(refused.value) == message
    assert cognito.pool.users == []


def test_a_sub_is_of_one_user(cognito):
    cognito.add_user("ada", sub="first")
    with pytest.raises(ValueError) as refused:
        cognito.add_user("bob", sub="first")
    assert str(refused.value) == f"{cognito.pool.id} already has a user with the sub 'first'."


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


@pytest.mark.parametrize("name", ["email", "phone_number"])
class TestVerifiedAddresses:
    """An address comes with the attribute that says so, as those of the service do."""

    def test_one_that_a_test_seeds_is_verified(self, cognito, name):
        ada = cognito.add_user("ada", attributes={name: "an address"})
        assert ada.attributes == {name: "an address", f"{name}_verified": "true"}
        bob = cognito.add_user("bob")
        bob.attributes[name] = "another"
        assert bob.attributes == {name: "another", f"{name}_verified": "true"}

    @pytest.mark.parametrize("value", ["true", "false"])
    def test_what_a_test_says_of_it_stays(self, cognito, name, value):
        attributes = {name: "an address", f"{name}_verified": value}
        for order in (attributes, dict(reversed(attributes.items()))):
            ada = cognito.add_user(f"ada{len(cognito.pool.users)}", attributes=order)
            assert ada.attributes == attributes
            ada.attributes[name] = "another"
            assert ada.attributes == {**attributes, name: "another"}
            assert ada.has_verified(name) is (value == "true")

    def test_one_that_goes_takes_it_along(self, cognito, name):
        ada = cognito.add_user("ada", attributes={name: "an address", "name": "Ada"})
        del ada.attributes[name]
        assert ada.attributes == {"name": "Ada"}

    def test_without_it_an_address_is_not_verified(self, cognito, name):
        ada = cognito.add_user("ada", attributes={name: "an address"})
        del ada.attributes[f"{name}_verified"]
        assert cognito.pool.user_named("an address") is None


class TestNamesThatAreAddresses:
    """A pool whose user names are addresses: the name is an attribute too, as at a sign-up."""

    @pytest.mark.parametrize(
        ("attribute", "name"), [("email", "ada@example.com"), ("phone_number", "+441234567")]
    )
    def test_the_name_is_an_attribute(self, cognito, client, attribute, name):
        cognito.pool.username_attributes = (attribute,)
        ada = cognito.add_user(name, attributes={"name": "Ada"})
        assert ada.username == name
        wanted = {"name": "Ada", attribute: name, f"{attribute}_verified": "true"}
        assert ada.attributes == wanted
        answer = client.admin_get_user(UserPoolId=cognito.pool.id, Username=name)
        shown = {each["Name"]: each["Value"] for each in answer["UserAttributes"]}
        assert shown == {"sub": ada.sub, **wanted}

    def test_what_a_test_says_stays(self, cognito):
        cognito.pool.username_attributes = ("email",)
        attributes = {"email": "lovelace@example.com", "email_verified": "false"}
        assert cognito.add_user("ada@example.com", attributes=attributes).attributes == attributes
        unverified = cognito.add_user("q@example.com", attributes={"email_verified": "false"})
        assert unverified.attributes == {"email": "q@example.com", "email_verified": "false"}

    def test_a_name_of_another_kind_is_none(self, cognito):
        cognito.pool.username_attributes = ("email",)
        for name in ("ada", "+441234567"):
            assert cognito.add_user(name).attributes == {}

    def test_neither_where_addresses_are_mere_aliases(self, cognito):
        assert cognito.add_user("ada@example.com").attributes == {}


def test_an_attribute_must_be_a_string(cognito):
    with pytest.raises(TypeError) as refused:
        cognito.add_user("ada", attributes={"email_verified": True})
    assert str(refused.value) == "The attribute 'email_verified' must be a string, not True"


def test_a_refused_user_leaves_nothing_behind(cognito):
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
    with pytest.raises(TypeError):
        cognito.add_user("bob", attributes={"email": "ada@example.com", "number": 1})
    with pytest.raises(TypeError):
        ada.attributes = {"email": "ada@example.org", "number": 1}
    assert cognito.pool.user_named("ada@example.com") is ada
    assert cognito.pool.users == [ada]


def test_an_attribute_set_alone_must_be_a_string_too(cognito):
    ada = cognito.add_user("ada")
    with pytest.raises(TypeError):
        ada.attributes["email"] = 5
    assert ada.attributes == {}


def test_names_do_not_change(cognito):
    ada = cognito.add_user("ada")
    for name in ("username", "sub"):
        with pytest.raises(AttributeError):
            setattr(ada, name, "other")


def test_a_device_of_another_user_does_not_sign_in(cognito):
    ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
    phone = bob.add_device()
    with pytest.raises(ValueError) as refused:
        ada.sign_in(device=phone)
    assert str(refused.value) == f"{phone!r} is not of {ada!r}."


def test_a_client_of_another_pool_does_not_sign_in(cognito):
    ada, other = cognito.add_user("ada"), cognito.add_pool()
    with pytest.raises(ValueError) as refused:
        ada.sign_in(client=other.client)
    assert str(refused.value) == f"{other.client!r} is not of {cognito.pool!r}."


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"device": "phone"}, "device must be of the class Device, not 'phone'"),
        ({"client": "web"}, "client must be of the class AppClient, not 'web'"),
        (
            {"scope": ["openid"]},
            "scope must be a string, several separated by blanks, not ['openid']",
        ),
        (
            {"expires_in": "1h"},
            "expires_in must be a timedelta or a number of seconds, not '1h'",
        ),
        (
            {"expires_in": True},
            "expires_in must be a timedelta or a number of seconds, not True",
        ),
    ],
)
def test_what_does_not_sign_in_is_refused(cognito, settings, message):
    with pytest.raises(TypeError) as refused:
        cognito.add_user("ada").sign_in(**settings)
    assert str(refused.value) == message


def test_a_deleted_user_is_gone(cognito):
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
    ada.delete()
    assert cognito.pool.users == []
    assert not ada.exists
    for act in (ada.delete, ada.add_device, lambda: ada.add_devices(1), ada.sign_in):
        with pytest.raises(LookupError) as refused:
            act()
        assert str(refused.value) == "'ada' is deleted."
    again = cognito.add_user("ada")
    assert again.sub != ada.sub
    assert not ada.exists


def test_a_deleted_user_does_not_come_back(cognito):
    pool = cognito.pool
    bob = cognito.add_user("bob", attributes={"email": "bob@example.com"})
    bob.delete()
    assert pool.user_named("bob@example.com") is None
    bob.attributes["email"] = "q@example.com"
    bob.attributes["preferred_username"] = "q"
    del bob.attributes["email"]
    bob.attributes = {"email": "q@example.com"}
    again = cognito.add_user("bob", attributes={"email": "bob@example.com"})
    bob.attributes["email"] = "bob@example.com"
    assert pool.user_named("q@example.com") is None
    assert pool.user_named("q") is None
    assert pool.user_named("bob@example.com") is again


@pytest.mark.parametrize(("name", "word"), [("sms_code", "SMS"), ("email_code", "email")])
def test_a_code_that_nobody_sent(cognito, name, word):
    ada = cognito.add_user("ada")
    with pytest.raises(LookupError) as refused:
        getattr(ada, name)
    assert str(refused.value) == f"No code was sent to 'ada' by {word}."


def test_a_user_without_an_authenticator_has_no_code_of_one(cognito, client):
    ada = cognito.add_user("ada", mfa="SMS_MFA")
    wanted = (
        "'ada' has no authenticator. One comes with mfa=\"SOFTWARE_TOKEN_MFA\", and by"
        " AssociateSoftwareToken."
    )
    for name in ("totp_code", "totp_secret"):
        with pytest.raises(LookupError) as refused:
            getattr(ada, name)
        assert str(refused.value) == wanted
    given = client.associate_software_token(AccessToken=ada.access_token)
    assert given["SecretCode"] == ada.totp_secret
    assert len(ada.totp_code) == 6


def test_a_user_who_once_had_an_authenticator_has_it_still(cognito):
    ada = cognito.add_user("ada", mfa="SOFTWARE_TOKEN_MFA")
    assert len(ada.totp_code) == 6
    ada.mfa = None
    assert len(ada.totp_code) == 6


def test_repr(cognito):
    assert repr(cognito.add_user("ada", devices=1)) == "<User 'ada' CONFIRMED, 1 device>"
    bob = cognito.add_user("bob", status="UNCONFIRMED", enabled=False)
    assert repr(bob) == "<User 'bob' UNCONFIRMED, disabled, 0 devices>"


def test_members_of_string_enumerations_become_plain_strings(cognito, client):
    class Name(str, enum.Enum):
        ADA = "ada"
        PHONE = "phone"
        KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"

    ada = cognito.add_user(Name.ADA, attributes={Name.PHONE: Name.ADA})
    ada.add_device(Name.PHONE, key=Name.KEY)
    answer = client.admin_get_device(
        UserPoolId=cognito.pool.id, Username=Name.ADA, DeviceKey=Name.KEY
    )
    values = [each["Value"] for each in answer["Device"]["DeviceAttributes"]]
    assert f"ada.{cognito.pool.id}" in values
    assert {type(value) for value in [*values, answer["Device"]["DeviceKey"]]} == {str}
    assert repr(ada.attributes) == "{'phone': 'ada'}"


def test_one_implicit_session_for_all_threads(cognito):
    for number in range(20):
        ada = cognito.add_user(f"ada{number}")
        barrier = threading.Barrier(4)
        tokens = set()

        def ask(ada=ada, barrier=barrier, tokens=tokens):
            barrier.wait()
            tokens.add(ada.access_token)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(tokens) == 1
