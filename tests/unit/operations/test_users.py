from __future__ import annotations

from datetime import datetime, timezone

import jwt
import pytest

from pytest_cognito_devices import service_model

ANOTHER = "An0ther-one!"
SMS, TOTP, EMAIL = "SMSMfaSettings", "SoftwareTokenMfaSettings", "EmailMfaSettings"
ON, OFF = {"Enabled": True}, {"Enabled": False}
PREFERRED = {"Enabled": True, "PreferredMfa": True}

#: EmailMfaSettings is younger than the oldest botocore.
email_mfa = pytest.mark.skipif(
    EMAIL not in service_model.members_of("SetUserMFAPreference"),
    reason="this botocore has no EmailMfaSettings",
)


def body(answer):
    del answer["ResponseMetadata"]
    return answer


def entries(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture
def refused(api):
    """The error of a call that is refused."""

    def call(operation, user, code, **params):
        with pytest.raises(getattr(api.exceptions, code)) as error:
            api.as_user(user, operation, **params)
        assert error.value.response["Error"]["Code"] == code
        return error.value.response["Error"]["Message"]

    return call


@pytest.fixture
def settled(cognito):
    """A user with two verified addresses."""
    return cognito.add_user(
        "bob",
        attributes={
            "email": "bob@example.com",
            "email_verified": "true",
            "phone_number": "+4412345678",
            "phone_number_verified": "true",
        },
    )


@pytest.fixture
def clock(cognito):
    return cognito.freeze_time("2026-01-31 12:00")


def test_get_user(api, ada):
    ada.attributes = {"email": "ada@example.com", "custom:team": "engines"}
    assert body(api.as_user(ada, "get_user")) == {
        "Username": "ada",
        "UserAttributes": entries(
            {"sub": ada.sub, "email": "ada@example.com", "custom:team": "engines"}
        ),
    }


def test_get_user_shows_the_second_factors(api, ada):
    ada.mfa = "SOFTWARE_TOKEN_MFA"
    assert body(api.as_user(ada, "get_user")) == {
        "Username": "ada",
        "UserAttributes": entries({"sub": ada.sub}),
        "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        "UserMFASettingList": ["SOFTWARE_TOKEN_MFA"],
    }
    ada.factors.enable("SMS_MFA", preferred=False)
    ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
    assert body(api.as_user(ada, "get_user")) == {
        "Username": "ada",
        "UserAttributes": entries({"sub": ada.sub}),
        "UserMFASettingList": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
    }


def test_a_user_may_come_with_a_sub(cognito, api):
    bob = cognito.add_user("bob", sub="bob-for-good", attributes={"name": "Bob"})
    assert api.as_user(bob, "get_user")["UserAttributes"] == entries(
        {"sub": "bob-for-good", "name": "Bob"}
    )
    claims = [
        jwt.decode(token, options={"verify_signature": False})["sub"]
        for token in (bob.access_token, bob.id_token)
    ]
    assert claims == ["bob-for-good"] * 2
    assert cognito.pool.user_named("bob-for-good") is bob


def test_delete_user(cognito, api, ada):
    token = ada.access_token
    assert list(api.as_user(ada, "delete_user")) == ["ResponseMetadata"]
    assert cognito.pool.users == []
    assert not ada.exists
    with pytest.raises(api.exceptions.UserNotFoundException) as error:
        api.client.get_user(AccessToken=token)
    assert error.value.response["Error"]["Message"] == "User does not exist."


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("get_user", {}),
        ("delete_user", {}),
        ("update_user_attributes", {"UserAttributes": []}),
        ("change_password", {"PreviousPassword": "Passw0rd!", "ProposedPassword": ANOTHER}),
        ("set_user_mfa_preference", {}),
    ],
)
def test_all_of_them_ask_for_the_scope(api, ada, operation, params):
    token = ada.sign_in(scope="openid").access_token
    with pytest.raises(api.exceptions.NotAuthorizedException) as refused:
        getattr(api.client, operation)(AccessToken=token, **params)
    assert refused.value.response["Error"]["Message"] == (
        "Access Token does not have required scopes"
    )
    assert ada.exists


class TestUpdateUserAttributes:
    def test_writes_and_deletes(self, api, clock, ada):
        ada.attributes = {"name": "Ada", "nickname": "A."}
        clock.tick(5)
        answer = api.as_user(
            ada,
            "update_user_attributes",
            UserAttributes=entries(
                {"name": "Ada Lovelace", "nickname": "", "gender": "", "custom:team": "engines"}
            ),
        )
        assert body(answer) == {"CodeDeliveryDetailsList": []}
        assert ada.attributes == {"name": "Ada Lovelace", "custom:team": "engines"}
        record = api.as_admin(ada, "admin_get_user")
        assert record["UserLastModifiedDate"] == datetime(
            2026, 1, 31, 12, 0, 5, tzinfo=timezone.utc
        )

    def test_an_attribute_without_a_value_is_deleted(self, api, ada):
        ada.attributes = {"name": "Ada"}
        api.as_user(ada, "update_user_attributes", UserAttributes=[{"Name": "name"}])
        assert ada.attributes == {}

    def test_a_new_address_must_be_verified(self, cognito, api, settled):
        cognito.pool.auto_verified_attributes = ("email", "phone_number")
        answer = api.as_user(
            settled,
            "update_user_attributes",
            UserAttributes=entries({"email": "bob@example.org", "phone_number": "+4487654321"}),
        )
        assert body(answer) == {
            "CodeDeliveryDetailsList": [
                {
                    "AttributeName": "phone_number",
                    "DeliveryMedium": "SMS",
                    "Destination": "+*******4321",
                },
                {
                    "AttributeName": "email",
                    "DeliveryMedium": "EMAIL",
                    "Destination": "b***@e***",
                },
            ]
        }
        assert settled.attributes == {
            "email": "bob@example.org",
            "email_verified": "false",
            "phone_number": "+4487654321",
            "phone_number_verified": "false",
        }
        awaited = settled.inbox.awaited
        assert awaited["email"].value == settled.email_code
        assert awaited["phone_number"].value == settled.sms_code

    def test_a_pool_that_verifies_nothing_sends_nothing(self, cognito, api, settled):
        cognito.pool.auto_verified_attributes = ()
        answer = api.as_user(
            settled, "update_user_attributes", UserAttributes=entries({"email": "b@example.org"})
        )
        assert body(answer) == {"CodeDeliveryDetailsList": []}
        assert settled.attributes["email_verified"] == "false"
        assert settled.inbox.awaited == {}

    def test_the_same_address_stays_verified(self, api, settled):
        before = dict(settled.attributes)
        answer = api.as_user(settled, "update_user_attributes", UserAttributes=entries(before)[:1])
        assert body(answer) == {"CodeDeliveryDetailsList": []}
        assert settled.attributes == before

    def test_an_address_goes_with_its_verification(self, api, settled):
        api.as_user(settled, "update_user_attributes", UserAttributes=entries({"email": ""}))
        assert settled.attributes == {
            "phone_number": "+4412345678",
            "phone_number_verified": "true",
        }

    def test_an_address_that_is_not_verified_takes_no_alias(self, cognito, api, ada, settled):
        api.as_user(
            ada, "update_user_attributes", UserAttributes=entries({"email": "bob@example.com"})
        )
        assert ada.attributes == {"email": "bob@example.com", "email_verified": "false"}
        assert cognito.pool.user_named("bob@example.com") is settled

    def test_a_new_address_is_no_alias_until_it_is_verified(self, cognito, api, settled):
        new = {"email": "new@example.com"}
        api.as_user(settled, "update_user_attributes", UserAttributes=entries(new))
        assert cognito.pool.user_named("new@example.com") is None
        assert cognito.pool.user_named("bob@example.com") is None
        settled.attributes["email_verified"] = "true"
        assert cognito.pool.user_named("new@example.com") is settled

    @pytest.mark.parametrize(
        ("attributes", "code", "message"),
        [
            (
                {"sub": "x"},
                "InvalidParameterException",
                "Cannot modify the non-mutable attribute sub",
            ),
            (
                {"shoe_size": "7", "name": "Ada", "hat_size": "9"},
                "InvalidParameterException",
                "Attributes did not conform to the schema: "
                "shoe_size: Attribute does not exist in the schema.\n"
                "hat_size: Attribute does not exist in the schema.\n",
            ),
            (
                {"email_verified": "true"},
                "NotAuthorizedException",
                "A client attempted to write unauthorized attribute",
            ),
            ({"email": "ada"}, "InvalidParameterException", "Invalid email address format."),
            (
                {"phone_number": "0123"},
                "InvalidParameterException",
                "Invalid phone number format.",
            ),
        ],
    )
    def test_refuses(self, ada, refused, attributes, code, message):
        params = {"UserAttributes": entries(attributes)}
        assert refused("update_user_attributes", ada, code, **params) == message
        assert ada.attributes == {}

    @pytest.mark.parametrize("name", ["email", "phone_number"])
    def test_an_address_that_is_the_user_name_of_somebody_else(
        self, cognito, api, ada, settled, refused, name
    ):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), (name,)
        params = {"UserAttributes": entries({name: settled.attributes[name]})}
        assert refused("update_user_attributes", ada, "AliasExistsException", **params) == (
            f"An account with the given {name} already exists."
        )
        assert ada.attributes == {}
        api.as_user(settled, "update_user_attributes", **params)
        params = {"UserAttributes": entries({name: ""})}
        api.as_user(ada, "update_user_attributes", **params)


class TestChangePassword:
    def test_changes_it(self, api, clock, ada):
        token = ada.access_token
        clock.tick(5)
        answer = api.as_user(
            ada, "change_password", PreviousPassword="Passw0rd!", ProposedPassword=ANOTHER
        )
        assert body(answer) == {}
        assert (ada.password, ada.status) == (ANOTHER, "CONFIRMED")
        assert ada.last_modified == ada.created + 5
        api.client.get_user(AccessToken=token)

    def test_refuses_a_wrong_one(self, ada, refused):
        params = {"PreviousPassword": "wrong", "ProposedPassword": ANOTHER}
        assert refused("change_password", ada, "NotAuthorizedException", **params) == (
            "Incorrect username or password."
        )
        assert ada.password == "Passw0rd!"

    @pytest.mark.parametrize(
        ("password", "complaint"),
        [
            ("Sh0rt!", "Password not long enough"),
            ("passw0rd!", "Password must have uppercase characters"),
            ("PASSW0RD!", "Password must have lowercase characters"),
            ("Password!", "Password must have numeric characters"),
            ("Passw0rds", "Password must have symbol characters"),
        ],
    )
    def test_asks_for_what_the_policy_says(self, ada, refused, password, complaint):
        params = {"PreviousPassword": "Passw0rd!", "ProposedPassword": password}
        assert refused("change_password", ada, "InvalidPasswordException", **params) == (
            f"Password did not conform with policy: {complaint}"
        )
        assert ada.password == "Passw0rd!"


class TestSetUserMFAPreference:
    def test_the_software_token_needs_one_that_is_verified(self, api, ada, refused):
        params = {TOTP: PREFERRED}
        assert refused("set_user_mfa_preference", ada, "InvalidParameterException", **params) == (
            "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        )
        assert ada.mfa is None
        ada.software_token.verified = True
        assert body(api.as_user(ada, "set_user_mfa_preference", **params)) == {}
        assert ada.mfa == "SOFTWARE_TOKEN_MFA"

    def test_sms_needs_a_phone_number(self, api, ada, refused):
        params = {SMS: ON}
        assert refused("set_user_mfa_preference", ada, "InvalidParameterException", **params) == (
            "User does not have delivery config set to turn on SMS_MFA"
        )
        ada.attributes["phone_number"] = "+4412345678"
        api.as_user(ada, "set_user_mfa_preference", **params)
        assert (ada.factors.enabled, ada.mfa) == (["SMS_MFA"], None)

    @email_mfa
    def test_email_needs_an_address(self, api, ada, refused):
        params = {EMAIL: PREFERRED}
        assert refused("set_user_mfa_preference", ada, "InvalidParameterException", **params) == (
            "User does not have delivery config set to turn on EMAIL_OTP"
        )
        ada.attributes["email"] = "ada@example.com"
        api.as_user(ada, "set_user_mfa_preference", **params)
        assert (ada.factors.enabled, ada.mfa) == (["EMAIL_OTP"], "EMAIL_OTP")

    def test_a_pool_without_second_factors_has_none(self, cognito, settled, refused):
        cognito.pool.mfa_configuration = "OFF"
        assert refused(
            "set_user_mfa_preference", settled, "InvalidParameterException", **{SMS: ON}
        ) == ("User does not have delivery config set to turn on SMS_MFA")

    def test_what_is_not_named_stays(self, api, clock, settled):
        settled.software_token.verified = True
        api.as_user(settled, "set_user_mfa_preference", **{SMS: PREFERRED})
        api.as_user(settled, "set_user_mfa_preference", **{TOTP: ON})
        assert settled.factors.enabled == ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]
        assert settled.mfa == "SMS_MFA"
        api.as_user(settled, "set_user_mfa_preference", **{TOTP: PREFERRED})
        assert settled.mfa == "SOFTWARE_TOKEN_MFA"
        clock.tick(5)
        api.as_user(settled, "set_user_mfa_preference", **{TOTP: OFF})
        assert settled.factors.enabled == ["SMS_MFA"]
        assert settled.mfa is None
        assert settled.last_modified == settled.created + 5

    def test_to_turn_off_what_was_never_on(self, api, ada):
        api.as_user(ada, "set_user_mfa_preference", **{SMS: OFF, TOTP: {}})
        assert ada.factors.enabled == []

    def test_only_a_factor_that_is_on_can_be_preferred(self, settled, refused):
        params = {SMS: ON, TOTP: {"PreferredMfa": True}}
        assert refused(
            "set_user_mfa_preference", settled, "InvalidParameterException", **params
        ) == ("Cannot prefer SOFTWARE_TOKEN_MFA, which is not enabled for the user")
        assert settled.factors.enabled == []

    def test_only_one_factor_can_be_preferred(self, settled, refused):
        settled.software_token.verified = True
        params = {SMS: PREFERRED, TOTP: PREFERRED}
        assert refused(
            "set_user_mfa_preference", settled, "InvalidParameterException", **params
        ) == ("Only one MFA setting can be preferred")
        assert settled.factors.enabled == []
