from __future__ import annotations

import re

import pytest

from pytest_cognito_devices.service import api
from pytest_cognito_devices.settings import PoolSettings


def test_a_pool_has_the_forms_of_the_service(cognito):
    pool = cognito.pool
    assert re.fullmatch(r"us-east-1_[0-9A-Za-z]{9}", pool.id)
    assert pool.arn == f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{pool.id}"
    assert pool.issuer == f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
    assert re.fullmatch(r"[0-9a-z]{26}", pool.client.id)
    assert pool.client.secret is None
    assert pool.clients == {pool.client.id: pool.client}
    assert len(pool.jwks["keys"]) == 2


@pytest.mark.parametrize(
    ("region", "arn", "host"),
    [
        ("us-gov-west-1", "arn:aws-us-gov:", "amazonaws.com"),
        ("cn-north-1", "arn:aws-cn:", "amazonaws.com.cn"),
        ("xx-nowhere-1", "arn:aws:", "amazonaws.com"),
    ],
)
def test_some_regions_are_in_partitions_of_their_own(cognito, region, arn, host):
    pool = cognito.add_pool(region=region)
    assert pool.arn.startswith(f"{arn}cognito-idp:{region}:")
    assert pool.issuer == f"https://cognito-idp.{region}.{host}/{pool.id}"


def test_everything_can_be_given(cognito):
    pool = cognito.add_pool(
        user_pool_id="eu-west-1_abcdefghi",
        client_id="my-client".replace("-", ""),
        client_secret="s" * 52,
        device_tracking="opt_in",
        challenge_required_on_new_device=True,
        refresh_token_validity=60,
    )
    assert (pool.id, pool.region) == ("eu-west-1_abcdefghi", "eu-west-1")
    assert (pool.client.id, pool.client.secret) == ("myclient", "s" * 52)
    assert (pool.device_tracking, pool.challenge_required_on_new_device) == ("opt_in", True)
    assert pool.client.refresh_token_validity == 60


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"user_pool_id": "mypool"},
            "'mypool' cannot be a user pool id: Member must satisfy regular expression pattern:"
            " [\\w-]+_[0-9a-zA-Z]+",
        ),
        (
            {"user_pool_id": "us-east-1_abc", "region": "eu-west-1"},
            "The user pool 'us-east-1_abc' cannot be in 'eu-west-1', for its id names its region."
            " Leave the region out, or give an id that begins with 'eu-west-1_'.",
        ),
        (
            {"device_tracking": "opt-in"},
            "device_tracking must be one of 'always', 'opt_in', 'off', not 'opt-in';"
            " did you mean 'opt_in'?",
        ),
        (
            {"client_id": "a-b"},
            "'a-b' cannot be a client id: Member must satisfy regular expression pattern: [\\w+]+",
        ),
        (
            {"client_secret": "s" * 30 + " "},
            "This cannot be a client secret: Member must satisfy regular expression pattern:"
            " [\\w+]+",
        ),
        (
            {"client_secret": 5},
            "A client secret must be a string, not <class 'int'>",
        ),
        ({"region": "us east"}, "'us east' cannot be a region, such as 'us-east-1'."),
        ({"region": 5}, "5 cannot be a region, such as 'us-east-1'."),
        (
            {"challenge_required_on_new_device": "no"},
            "challenge_required_on_new_device must be True or False, not 'no'",
        ),
        ({"user_pool_id": 5}, "A user pool id must be a string, not 5"),
        (
            {"access_token_validity": "1h"},
            "access_token_validity must be a timedelta or a number of seconds, not '1h'",
        ),
        (
            {"tracking": "off"},
            "A user pool has no setting 'tracking'. It has:"
            f" {', '.join(sorted(PoolSettings.__annotations__))}.",
        ),
    ],
)
def test_what_the_service_would_not_take_is_refused(cognito, settings, message):
    with pytest.raises((TypeError, ValueError)) as refused:
        cognito.add_pool(**settings)
    assert str(refused.value) == message


def test_a_second_pool_with_the_same_id_is_refused(cognito):
    with pytest.raises(ValueError) as refused:
        cognito.add_pool(user_pool_id=cognito.pool.id)
    assert str(refused.value) == f"There already is a user pool '{cognito.pool.id}'."


def test_app_clients_can_be_added(cognito):
    pool = cognito.pool
    web = pool.add_client(client_id="web", client_secret="s" * 24)
    assert (web.id, web.secret, web.pool) == ("web", "s" * 24, pool)
    assert pool.clients["web"] is web
    assert pool.client is not web
    with pytest.raises(ValueError) as refused:
        pool.add_client(client_id="web")
    assert str(refused.value) == f"{pool.id} already has an app client 'web'."


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_an_app_client_is_of_one_pool(cognito, region):
    web, other = cognito.pool.add_client(client_id="web"), cognito.add_pool(region=region)
    for add in (other.add_client, cognito.add_pool):
        with pytest.raises(ValueError) as refused:
            add(client_id="web")
        assert str(refused.value) == f"{cognito.pool.id} already has an app client 'web'."
    assert cognito.pools == [cognito.pool, other]
    assert list(other.clients) == [other.client.id]
    web.delete()
    assert other.add_client(client_id="web").pool is other


def test_a_pool_without_an_app_client_says_so(cognito):
    answer = cognito.handle("CreateUserPool", {"PoolName": "new"}, "us-east-1").response
    pool = cognito.pools[-1]
    assert pool.id == answer["UserPool"]["Id"]
    with pytest.raises(LookupError) as refused:
        _ = pool.client
    assert str(refused.value) == f"{pool!r} has no app client; there is add_client()."
    assert pool.add_client() is pool.client


def test_a_second_user_of_the_same_name_is_refused(cognito):
    cognito.add_user("ada")
    with pytest.raises(ValueError) as refused:
        cognito.add_user("ada")
    assert str(refused.value) == f"{cognito.pool.id} already has a user 'ada'."
    assert cognito.add_pool().add_user("ada").username == "ada"


def test_a_name_that_the_service_would_not_take_is_refused(cognito):
    with pytest.raises(ValueError) as refused:
        cognito.add_user("Ada Lovelace")
    assert str(refused.value) == (
        "'Ada Lovelace' cannot be a user name: Member must satisfy regular expression pattern:"
        " [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
    )


@pytest.mark.parametrize("alias", ["email", "phone_number", "preferred_username"])
def test_users_are_found_by_name_sub_and_alias(cognito, alias):
    pool = cognito.pool
    ada = cognito.add_user("ada", attributes={alias: "lovelace"})
    assert pool.user_named("ada") is ada
    assert pool.user_named(ada.sub) is ada
    assert pool.user_named("lovelace") is ada
    assert pool.user_named("babbage") is None


def test_an_alias_follows_its_attribute(cognito):
    pool = cognito.pool
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
    ada.attributes["email"] = "ada@example.org"
    assert pool.user_named("ada@example.com") is None
    assert pool.user_named("ada@example.org") is ada
    del ada.attributes["email"]
    assert pool.user_named("ada@example.org") is None


def test_an_alias_is_of_the_last_who_took_it(cognito):
    pool = cognito.pool
    ada = cognito.add_user("ada", attributes={"email": "us@example.com"})
    bob = cognito.add_user("bob", attributes={"email": "us@example.com"})
    assert pool.user_named("us@example.com") is bob
    ada.delete()
    assert pool.user_named("us@example.com") is bob


@pytest.mark.parametrize("order", [("ada", "bob"), ("bob", "ada")])
@pytest.mark.parametrize("attribute", ["email", "phone_number"])
def test_only_a_verified_address_is_an_alias(cognito, attribute, order):
    pool = cognito.pool
    verified = {"ada": {}, "bob": {f"{attribute}_verified": "false"}}
    for name in order:
        cognito.add_user(name, attributes={attribute: "us", **verified[name]})
    assert pool.user_named("us") is pool.user_named("ada")
    pool.user_named("ada").attributes[f"{attribute}_verified"] = "false"
    assert pool.user_named("us") is None
    pool.user_named("bob").attributes[f"{attribute}_verified"] = "true"
    assert pool.user_named("us") is pool.user_named("bob")
    pool.user_named("bob").delete()
    assert pool.user_named("us") is None


def test_an_address_that_is_the_user_name_need_not_be_verified(cognito):
    pool = cognito.pool
    pool.alias_attributes, pool.username_attributes = (), ("email",)
    attributes = {"email": "ada@example.com", "email_verified": "false"}
    ada = cognito.add_user("ada", attributes=attributes)
    assert pool.user_named("ada@example.com") is ada


def test_a_preferred_user_name_has_no_verification(cognito):
    ada = cognito.add_user(
        "ada", attributes={"preferred_username": "lovelace", "email_verified": "false"}
    )
    assert cognito.pool.user_named("lovelace") is ada


# The oldest botocore knows no `PasswordHistorySize`.
MEMBERS = ", ".join(sorted(api.model().shape_for("PasswordPolicyType").members))


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        (
            "mfa_factors",
            {"SMS"},
            "Each of mfa_factors must be one of 'SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP',"
            " not 'SMS'",
        ),
        (
            "auto_verified_attributes",
            "email",
            "auto_verified_attributes must be a collection of some of 'email', 'phone_number',"
            " not 'email'",
        ),
        (
            "alias_attributes",
            None,
            "alias_attributes must be a collection of some of 'email', 'phone_number',"
            " 'preferred_username', not None",
        ),
        (
            "username_attributes",
            ("e-mail",),
            "Each of username_attributes must be one of 'email', 'phone_number', not 'e-mail';"
            " did you mean 'email'?",
        ),
        (
            "first_auth_factors",
            ["PASSWRD"],
            "Each of first_auth_factors must be one of 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP',"
            " 'WEB_AUTHN', not 'PASSWRD'; did you mean 'PASSWORD'?",
        ),
        ("password_policy", 12, "password_policy must be a dict, not 12"),
        (
            "password_policy",
            {"MinLength": 12},
            "password_policy has no member 'MinLength'; did you mean 'MinimumLength'? It has:"
            f" {MEMBERS}.",
        ),
        (
            "password_policy",
            {"MinimumLength": "12"},
            "MinimumLength must be a whole number from 0, not '12'",
        ),
        (
            "password_policy",
            {"RequireNumbers": "no"},
            "RequireNumbers must be True or False, not 'no'",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_refused(cognito, setting, value, message):
    before = getattr(cognito.pool, setting)
    with pytest.raises((TypeError, ValueError)) as refused:
        setattr(cognito.pool, setting, value)
    assert str(refused.value) == message
    assert getattr(cognito.pool, setting) is before


def test_what_is_changed_in_a_setting_of_one_pool_is_changed_in_no_other(cognito):
    other = cognito.add_pool()
    cognito.pool.password_policy["MinimumLength"] = 12
    cognito.pool.mfa_factors.clear()
    assert other.password_policy["MinimumLength"] == 8
    assert other.mfa_factors == {"SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"}


def test_a_policy_asks_for_no_more_than_it_says(cognito):
    cognito.pool.password_policy = {"RequireNumbers": True}
    assert cognito.pool.password_policy == {
        "MinimumLength": 8,
        "RequireUppercase": False,
        "RequireLowercase": False,
        "RequireNumbers": True,
        "RequireSymbols": False,
        "TemporaryPasswordValidityDays": 7,
    }


def test_a_trigger_that_does_not_exist_is_refused(cognito):
    with pytest.raises(ValueError) as refused:
        cognito.pool.on("DefineAuthChalenge", print)
    assert str(refused.value).startswith(
        "'DefineAuthChalenge' is not a trigger; did you mean 'DefineAuthChallenge'? There are: "
    )


def test_what_cannot_be_called_is_refused_as_a_handler(cognito):
    with pytest.raises(TypeError) as refused:
        cognito.pool.on("DefineAuthChallenge", "app.handler")
    assert str(refused.value) == (
        "handler must be a function of an event and a context, not 'app.handler'"
    )


def test_repr(cognito):
    pool = cognito.pool
    cognito.add_user("ada")
    assert repr(pool) == f"<UserPool {pool.id}, 1 user, tracking always>"
    assert repr(pool.client) == f"<AppClient {pool.client.id} of {pool.id}>"
