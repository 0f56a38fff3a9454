from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users import passwords
from said import said

pytestmark = pytest.mark.usefixtures("clock")

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
ANOTHER = "An0ther-one!"
DAY = 24 * 3600


def test_creates(cognito, in_pool, entries):
    answer = in_pool(
        "admin_create_user",
        Username="ada",
        TemporaryPassword=ANOTHER,
        UserAttributes=entries({"email": "ada@example.com", "name": "", "locale": "en"}),
    )
    (ada,) = cognito.pool.users
    assert answer == {
        "User": {
            "Username": "ada",
            "Attributes": entries(
                {
                    "sub": ada.sub,
                    "email_verified": "false",
                    "email": "ada@example.com",
                    "locale": "en",
                }
            ),
            "UserCreateDate": NOON,
            "UserLastModifiedDate": NOON,
            "Enabled": True,
            "UserStatus": "FORCE_CHANGE_PASSWORD",
        }
    }
    assert (ada.status, ada.password) == ("FORCE_CHANGE_PASSWORD", ANOTHER)
    assert ada.attributes == {
        "email": "ada@example.com",
        "email_verified": "false",
        "locale": "en",
    }


@pytest.mark.parametrize("length", [6, 8, 20, 99])
def test_makes_up_a_password(cognito, in_pool, length):
    cognito.pool.password_policy = passwords.POLICY | {"MinimumLength": length}
    in_pool("admin_create_user", Username="ada", MessageAction="SUPPRESS")
    in_pool("admin_create_user", Username="bob")
    ada, bob = cognito.pool.users
    assert ada.password != bob.password
    assert len(ada.password) == max(length, 8)
    assert passwords.violation(cognito.pool.password_policy, ada.password) is None


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        ({"TemporaryPasswordValidityDays": 3}, 3),
        ({"TemporaryPasswordValidityDays": 0}, 7),
        ({}, 7),
    ],
)
def test_a_temporary_password_expires(cognito, in_pool, clock, policy, days):
    cognito.pool.password_policy = {"MinimumLength": 6, **policy}
    in_pool("admin_create_user", Username="ada")
    (ada,) = cognito.pool.users
    assert ada.secret.expires == ada.created + days * DAY
    clock.tick(days * DAY - 1)
    assert not ada.secret.is_expired
    clock.tick(1)
    assert ada.secret.is_expired


def test_the_temporary_password_is_for_one_sign_in(cognito, client, clock, in_pool, refused):
    in_pool("admin_create_user", Username="ada")
    (ada,) = cognito.pool.users
    params = {
        "ClientId": cognito.pool.client.id,
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "ada", "PASSWORD": ada.password},
    }
    answer = client.initiate_auth(**params)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    clock.tick(7 * DAY)
    refusal = refused(client.initiate_auth, **params)
    assert refusal == said(texts.TEMPORARY_PASSWORD_EXPIRED)


def test_any_other_password_does_not_expire(cognito, clock):
    ada = cognito.add_user("ada", status="FORCE_CHANGE_PASSWORD")
    ada.set_temporary_password(ANOTHER)
    ada.password = ANOTHER
    clock.tick(99 * DAY)
    assert not ada.secret.is_expired


def test_sends_the_password_again(cognito, in_pool, clock):
    created = in_pool("admin_create_user", Username="ada", TemporaryPassword=ANOTHER)["User"]
    (ada,) = cognito.pool.users
    clock.tick(8 * DAY)
    answer = in_pool("admin_create_user", Username="ada", MessageAction="RESEND")
    later = datetime(2026, 2, 8, 12, tzinfo=timezone.utc)
    assert answer == {"User": created | {"UserLastModifiedDate": later}}
    assert ada.password != ANOTHER
    assert ada.secret.expires == ada.created + 15 * DAY
    in_pool("admin_create_user", Username="ada", MessageAction="RESEND", TemporaryPassword=ANOTHER)
    assert ada.password == ANOTHER


def test_resends_to_nobody_else(cognito, in_pool, refused):
    ada = cognito.add_user("ada")
    params = {"MessageAction": "RESEND"}
    for name, refusal in (
        ("ada", said(texts.RESEND_NOT_POSSIBLE, Username="ada")),
        ("x", said(texts.USER_NOT_FOUND)),
    ):
        assert refused(in_pool, "admin_create_user", Username=name, **params) == refusal
    assert ada.password == "Passw0rd!"


def test_refuses_a_name_that_is_taken(cognito, in_pool, refused, signed_up):
    signed_up("ada")
    for name in ("ada", "ada@example.com"):
        refusal = refused(in_pool, "admin_create_user", Username=name)
        assert refusal == said(texts.ACCOUNT_NAME_EXISTS)
    assert len(cognito.pool.users) == 1


def test_refuses_a_password_against_the_policy(cognito, in_pool, refused):
    params = {"Username": "ada", "TemporaryPassword": "passw0rd!"}
    assert refused(in_pool, "admin_create_user", **params) == said(
        texts.PASSWORD_AGAINST_POLICY, complaint="Password must have uppercase characters"
    )
    assert cognito.pool.users == []


@pytest.mark.parametrize(
    ("attributes", "refusal"),
    [
        ({"sub": "x"}, said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")),
        (
            {"shoe_size": "7"},
            said(
                texts.ATTRIBUTES_AGAINST_SCHEMA,
                complaints="shoe_size: Attribute does not exist in the schema.\n",
            ),
        ),
    ],
)
def test_refuses_attributes(cognito, in_pool, refused, entries, attributes, refusal):
    params = {"Username": "ada", "UserAttributes": entries(attributes)}
    assert refused(in_pool, "admin_create_user", **params) == refusal
    assert cognito.pool.users == []


@pytest.mark.parametrize("verified", ["true", "false"])
def test_the_verified_address_of_somebody_else(
    cognito, in_pool, refused, entries, signed_up, verified
):
    ada = signed_up("ada")
    params = {
        "Username": "bob",
        "UserAttributes": entries({"email": "ada@example.com", "email_verified": verified}),
    }
    if verified == "true":
        refusal = refused(in_pool, "admin_create_user", **params)
        assert refusal == said(texts.ACCOUNT_ALIAS_EXISTS, attribute="email")
    else:
        in_pool("admin_create_user", **params)
    assert cognito.pool.user_named("ada@example.com") is ada


def test_the_unverified_address_of_somebody_else(cognito, in_pool, entries, signed_up):
    signed_up("ada", verified="false")
    attributes = {"email": "ada@example.com", "email_verified": "true"}
    in_pool("admin_create_user", Username="bob", UserAttributes=entries(attributes))
    assert cognito.pool.user_named("ada@example.com").username == "bob"


def test_the_address_moves_by_force(cognito, in_pool, entries, signed_up):
    ada = signed_up("ada")
    attributes = {"email": "ada@example.com", "email_verified": "true"}
    in_pool(
        "admin_create_user",
        Username="bob",
        UserAttributes=entries(attributes),
        ForceAliasCreation=True,
    )
    assert cognito.pool.user_named("ada@example.com").username == "bob"
    assert ada.attributes == {"email": "ada@example.com", "email_verified": "false"}


def test_an_address_that_is_no_alias(cognito, in_pool, entries, signed_up):
    cognito.pool.alias_attributes = ()
    signed_up("ada")
    attributes = {"email": "ada@example.com", "email_verified": "true"}
    in_pool("admin_create_user", Username="bob", UserAttributes=entries(attributes))
    assert [user.attributes["email_verified"] for user in cognito.pool.users] == ["true"] * 2


@pytest.mark.parametrize("verified", [{}, {"email_verified": "true"}])
def test_only_a_verified_address_signs_in(in_pool, refused, entries, verified):
    attributes = entries({"email": "ada@example.com", **verified})
    in_pool("admin_create_user", Username="ada", UserAttributes=attributes)
    params = {"Username": "ada@example.com"}
    if verified:
        assert in_pool("admin_get_user", **params)["Username"] == "ada"
    else:
        assert refused(in_pool, "admin_get_user", **params) == said(texts.USER_NOT_FOUND)


def test_a_pool_whose_user_names_are_addresses(cognito, in_pool, refused, entries):
    cognito.pool.alias_attributes, cognito.pool.username_attributes = (), ("email",)
    user = in_pool("admin_create_user", Username="ada@example.com")["User"]
    (ada,) = cognito.pool.users
    assert user["Username"] == ada.username == ada.sub
    assert user["Attributes"] == entries(
        {"sub": ada.sub, "email_verified": "false", "email": "ada@example.com"}
    )
    assert in_pool("admin_get_user", Username="ada@example.com")["Username"] == ada.sub
    for name, refusal in (
        ("ada@example.com", said(texts.ACCOUNT_EXISTS, attribute="email")),
        ("ada", said(texts.USERNAME_NOT_AN_EMAIL)),
    ):
        assert refused(in_pool, "admin_create_user", Username=name) == refusal
