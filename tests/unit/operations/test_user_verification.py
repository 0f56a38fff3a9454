from __future__ import annotations

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

EMAIL = "ada@example.com"
PHONE = "+14255550123"
ADDRESSES = {"email": EMAIL, "phone_number": PHONE}
TO = {
    "email": {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"},
    "phone_number": {
        "AttributeName": "phone_number",
        "DeliveryMedium": "SMS",
        "Destination": "+*******0123",
    },
}
WRONG = "CodeMismatchException", "Invalid verification code provided, please try again."
EXPIRED = "ExpiredCodeException", "Invalid code provided, please request a code again."
NOT_AN_ADDRESS = (
    "InvalidParameterException",
    "Invalid attribute name. Only phone_number and email can be verified.",
)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock(cognito):
    return cognito.freeze_time("2026-01-31 12:00")


@pytest.fixture
def ada(cognito):
    """A user with two addresses still to be verified, and a token that outlasts the codes."""
    cognito.pool.client.access_token_validity = 2 * DAY
    return cognito.add_user(
        "ada",
        attributes={**ADDRESSES, "email_verified": "false", "phone_number_verified": "false"},
    )


@pytest.fixture
def call(api, ada):
    """The whole answer."""

    def call(operation, name="email", **params):
        answer = api.as_user(ada, operation, AttributeName=name, **params)
        del answer["ResponseMetadata"]
        return answer

    return call


@pytest.fixture
def refused(api, call):
    """The code and the text of an error."""

    def refused(operation, name="email", **params):
        with pytest.raises(ClientError) as raised:
            call(operation, name, **params)
        error = raised.value.response["Error"]
        assert isinstance(raised.value, getattr(api.exceptions, error["Code"]))
        return error["Code"], error["Message"]

    return refused


@pytest.fixture
def code(ada, call):
    """Sends a code to an address, and reads it there."""

    def code(name="email"):
        assert call("get_user_attribute_verification_code", name) == {
            "CodeDeliveryDetails": TO[name]
        }
        return {"email": ada.email_code, "phone_number": ada.sms_code}[name]

    ada.inbox.send_for("forgot_password", "EMAIL", 3600)
    ada.inbox.send_for("sign_up", "SMS", 3600)
    return code


@pytest.mark.parametrize("name", ["email", "phone_number"])
class TestAnAddress:
    def test_is_verified(self, cognito, clock, ada, call, code, name):
        value = code(name)
        clock.tick(DAY - SECOND)
        assert cognito.pool.user_named(ADDRESSES[name]) is None
        assert call("verify_user_attribute", name, Code=value) == {}
        assert ada.attributes == {
            **ADDRESSES,
            "email_verified": "false",
            "phone_number_verified": "false",
            f"{name}_verified": "true",
        }
        assert ada.last_modified == ada.created + (DAY - SECOND).total_seconds()
        assert cognito.pool.user_named(ADDRESSES[name]) is ada

    def test_is_verified_again(self, ada, call, code, name):
        ada.attributes[f"{name}_verified"] = "true"
        assert call("verify_user_attribute", name, Code=code(name)) == {}
        assert ada.attributes[f"{name}_verified"] == "true"

    def test_a_code_is_good_once(self, call, refused, code, name):
        value = code(name)
        call("verify_user_attribute", name, Code=value)
        assert refused("verify_user_attribute", name, Code=value) == EXPIRED

    def test_a_code_lasts_a_day(self, clock, ada, refused, code, name):
        value = code(name)
        clock.tick(DAY)
        assert refused("verify_user_attribute", name, Code=value) == EXPIRED
        assert ada.attributes[f"{name}_verified"] == "false"

    def test_a_wrong_code_changes_nothing(self, ada, call, refused, code, name):
        value = code(name)
        wrong = "000000" if value != "000000" else "000001"
        assert refused("verify_user_attribute", name, Code=wrong) == WRONG
        assert ada.attributes[f"{name}_verified"] == "false"
        call("verify_user_attribute", name, Code=value)

    def test_another_code_voids_the_first(self, call, refused, code, name):
        first, second = code(name), code(name)
        while first == second:  # one in a million
            second = code(name)
        assert refused("verify_user_attribute", name, Code=first) == WRONG
        call("verify_user_attribute", name, Code=second)

    def test_that_nobody_sent_a_code_to(self, refused, name):
        assert refused("verify_user_attribute", name, Code="123456") == EXPIRED

    def test_that_is_not_there(self, ada, refused, name):
        ada.attributes = {}
        words = {"email": "email address", "phone_number": "phone number"}[name]
        assert refused("get_user_attribute_verification_code", name) == (
            "InvalidParameterException",
            f"User does not have a valid registered {words}",
        )
        assert refused("verify_user_attribute", name, Code="123456") == EXPIRED

    @pytest.mark.parametrize("value", ["", "new"])
    def test_that_goes_takes_its_code_along(self, cognito, api, ada, refused, code, name, value):
        cognito.pool.auto_verified_attributes = ()
        new = {"email": "ada@example.org", "phone_number": "+14255550124"}[name]
        entry = {"Name": name, "Value": value and new}
        void = code(name)
        api.as_user(ada, "update_user_attributes", UserAttributes=[entry])
        assert refused("verify_user_attribute", name, Code=void) == EXPIRED

    def test_that_changes_is_sent_a_code(self, cognito, api, ada, call, name):
        cognito.pool.auto_verified_attributes = (name,)
        new = {"email": "ada@example.org", "phone_number": "+14255550124"}[name]
        api.as_user(ada, "update_user_attributes", UserAttributes=[{"Name": name, "Value": new}])
        code = {"email": "EMAIL", "phone_number": "SMS"}[name]
        call("verify_user_attribute", name, Code=ada.inbox.last[code])
        assert ada.attributes[f"{name}_verified"] == "true"
        assert cognito.pool.user_named(new) is ada

    def test_that_is_somebody_elses_alias(self, cognito, ada, call, refused, code, name):
        eve = cognito.add_user("eve", attributes={name: ADDRESSES[name]})
        value = code(name)
        assert refused("verify_user_attribute", name, Code=value) == (
            "AliasExistsException",
            f"An account with the {name} already exists.",
        )
        assert ada.attributes[f"{name}_verified"] == "false"
        assert cognito.pool.user_named(ADDRESSES[name]) is eve
        eve.attributes[f"{name}_verified"] = "false"
        call("verify_user_attribute", name, Code=value)
        assert cognito.pool.user_named(ADDRESSES[name]) is ada

    def test_that_is_no_alias_may_be_of_several(self, cognito, ada, call, code, name):
        cognito.pool.alias_attributes = ()
        cognito.add_user("eve", attributes={name: ADDRESSES[name]})
        call("verify_user_attribute", name, Code=code(name))
        assert ada.attributes[f"{name}_verified"] == "true"


def test_each_address_has_codes_of_its_own(ada, call, refused, code):
    email, phone = code("email"), code("phone_number")
    while email == phone:  # one in a million
        phone = code("phone_number")
    assert refused("verify_user_attribute", "email", Code=phone) == WRONG
    call("verify_user_attribute", "phone_number", Code=phone)
    call("verify_user_attribute", "email", Code=email)
    assert {ada.attributes[f"{name}_verified"] for name in ADDRESSES} == {"true"}


@pytest.mark.parametrize("name", ["name", "custom:team", "sub", "Email"])
def test_nothing_else_can_be_verified(ada, refused, name):
    if name != "sub":
        ada.attributes[name] = "x"
    assert refused("get_user_attribute_verification_code", name) == NOT_AN_ADDRESS
    assert refused("verify_user_attribute", name, Code="123456") == NOT_AN_ADDRESS


@pytest.mark.parametrize(
    ("operation", "params"),
    [("get_user_attribute_verification_code", {}), ("verify_user_attribute", {"Code": "123456"})],
)
def test_the_access_token_is_looked_at_first(api, ada, refused, operation, params):
    ada.sign_out()
    assert refused(operation, "name", **params) == (
        "NotAuthorizedException",
        "Access Token has been revoked",
    )
