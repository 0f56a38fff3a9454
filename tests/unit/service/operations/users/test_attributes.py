from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from pytest_cognito_devices.service import texts
from said import said

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
WRONG = said(texts.SENT_CODE_WRONG)
EXPIRED = said(texts.SENT_CODE_EXPIRED)
NOT_AN_ADDRESS = said(texts.ATTRIBUTE_NOT_VERIFIABLE)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


class TestUpdateUserAttributes:
    def test_writes_and_deletes(self, clock, call, entries, ada):
        ada.attributes = {"name": "Ada", "nickname": "A."}
        clock.tick(5)
        answer = call(
            ada,
            "update_user_attributes",
            UserAttributes=entries(
                {"name": "Ada Lovelace", "nickname": "", "gender": "", "custom:team": "engines"}
            ),
        )
        assert answer == {"CodeDeliveryDetailsList": []}
        assert ada.attributes == {"name": "Ada Lovelace", "custom:team": "engines"}
        record = call(ada, "admin_get_user")
        assert record["UserLastModifiedDate"] == datetime(
            2026, 1, 31, 12, 0, 5, tzinfo=timezone.utc
        )

    def test_an_attribute_without_a_value_is_deleted(self, call, ada):
        ada.attributes = {"name": "Ada"}
        call(ada, "update_user_attributes", UserAttributes=[{"Name": "name"}])
        assert ada.attributes == {}

    def test_a_new_address_must_be_verified(self, cognito, call, entries, settled):
        cognito.pool.auto_verified_attributes = ("email", "phone_number")
        answer = call(
            settled,
            "update_user_attributes",
            UserAttributes=entries({"email": "bob@example.org", "phone_number": "+4487654321"}),
        )
        assert answer == {
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

    def test_a_pool_that_verifies_nothing_sends_nothing(self, cognito, call, entries, settled):
        cognito.pool.auto_verified_attributes = ()
        answer = call(
            settled, "update_user_attributes", UserAttributes=entries({"email": "b@example.org"})
        )
        assert answer == {"CodeDeliveryDetailsList": []}
        assert settled.attributes["email_verified"] == "false"
        assert settled.inbox.awaited == {}

    def test_the_same_address_stays_verified(self, call, entries, settled):
        before = dict(settled.attributes)
        answer = call(settled, "update_user_attributes", UserAttributes=entries(before)[:1])
        assert answer == {"CodeDeliveryDetailsList": []}
        assert settled.attributes == before

    def test_an_address_goes_with_its_verification(self, call, entries, settled):
        call(settled, "update_user_attributes", UserAttributes=entries({"email": ""}))
        assert settled.attributes == {
            "phone_number": "+4412345678",
            "phone_number_verified": "true",
        }

    def test_an_address_that_is_not_verified_takes_no_alias(
        self, cognito, call, entries, ada, settled
    ):
        call(ada, "update_user_attributes", UserAttributes=entries({"email": "bob@example.com"}))
        assert ada.attributes == {"email": "bob@example.com", "email_verified": "false"}
        assert cognito.pool.user_named("bob@example.com") is settled

    def test_a_new_address_is_no_alias_until_it_is_verified(self, cognito, call, entries, settled):
        new = {"email": "new@example.com"}
        call(settled, "update_user_attributes", UserAttributes=entries(new))
        assert cognito.pool.user_named("new@example.com") is None
        assert cognito.pool.user_named("bob@example.com") is None
        settled.attributes["email_verified"] = "true"
        assert cognito.pool.user_named("new@example.com") is settled

    @pytest.mark.parametrize(
        ("attributes", "refusal"),
        [
            ({"sub": "x"}, said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")),
            (
                {"shoe_size": "7", "name": "Ada", "hat_size": "9"},
                said(
                    texts.ATTRIBUTES_REFUSED,
                    attribute="shoe_size",
                    complaints="Attribute does not exist in the schema.\n"
                    "user.hat_size: Attribute does not exist in the schema.\n",
                ),
            ),
            ({"email_verified": "true"}, said(texts.ATTRIBUTE_NOT_AUTHORIZED)),
            ({"email": "ada"}, said(texts.EMAIL_MALFORMED)),
            ({"phone_number": "0123"}, said(texts.PHONE_NUMBER_MALFORMED)),
        ],
    )
    def test_refuses(self, call, refused, entries, ada, attributes, refusal):
        params = {"UserAttributes": entries(attributes)}
        assert refused(call, ada, "update_user_attributes", **params) == refusal
        assert ada.attributes == {}

    @pytest.mark.parametrize("name", ["email", "phone_number"])
    def test_an_address_that_is_the_user_name_of_somebody_else(
        self, cognito, call, refused, entries, ada, settled, name
    ):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), (name,)
        params = {"UserAttributes": entries({name: settled.attributes[name]})}
        refusal = refused(call, ada, "update_user_attributes", **params)
        assert refusal == said(texts.ADDRESS_OF_ANOTHER, attribute=name)
        assert ada.attributes == {}
        call(settled, "update_user_attributes", **params)
        params = {"UserAttributes": entries({name: ""})}
        call(ada, "update_user_attributes", **params)


@pytest.mark.usefixtures("clock")
class TestAdminUpdateUserAttributes:
    @pytest.fixture
    def update(self, call, entries):
        def update(user, attributes):
            return call(user, "admin_update_user_attributes", UserAttributes=entries(attributes))

        return update

    def test_writes_and_deletes(self, cognito, clock, update):
        ada = cognito.add_user("ada", attributes={"name": "Ada", "nickname": "A."})
        clock.tick(5)
        assert update(ada, {"name": "Ada Lovelace", "nickname": ""}) == {}
        assert ada.attributes == {"name": "Ada Lovelace"}
        assert ada.last_modified == ada.created + 5

    def test_a_new_address_must_be_verified(self, update, signed_up):
        ada = signed_up("ada")
        update(ada, {"email": "ada@example.org"})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "false"}
        assert ada.inbox.awaited["email"].value == ada.email_code

    def test_unless_the_administrator_says_that_it_is(self, cognito, update, signed_up):
        ada = signed_up("ada")
        update(ada, {"email": "ada@example.org", "email_verified": "true"})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "true"}
        assert ada.inbox.awaited == {}
        assert cognito.pool.user_named("ada@example.org") is ada
        assert cognito.pool.user_named("ada@example.com") is None

    def test_a_code_for_the_address_before_is_void(self, cognito, update, signed_up):
        cognito.pool.auto_verified_attributes = ()
        ada = signed_up("ada", verified="false")
        ada.inbox.send_for("email", "EMAIL", DAY.total_seconds())
        update(ada, {"email": "ada@example.org"})
        assert ada.inbox.awaited == {}

    def test_a_new_address_without_a_word_about_it(self, update, signed_up):
        ada = signed_up("ada")
        update(ada, {"email": "ada@example.org", "email_verified": ""})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "false"}
        assert ada.inbox.awaited["email"].value == ada.email_code

    def test_a_verification_that_is_taken_back(self, cognito, update, signed_up):
        ada = signed_up("ada")
        update(ada, {"email_verified": ""})
        assert ada.attributes == {"email": "ada@example.com", "email_verified": "false"}
        assert ada.inbox.awaited == {}
        assert cognito.pool.user_named("ada@example.com") is None

    def test_verifies_nothing_where_there_is_no_address(self, cognito, update, signed_up):
        ada = signed_up("ada")
        update(ada, {"email": "", "email_verified": "true"})
        assert "email" not in ada.attributes
        assert cognito.pool.user_named("ada@example.com") is None

    def test_verifies_the_address_that_there_is(self, update, signed_up):
        ada = signed_up("ada", verified="false")
        update(ada, {"email_verified": "true"})
        assert ada.attributes == {"email": "ada@example.com", "email_verified": "true"}

    @pytest.mark.parametrize(
        "order", [["email", "email_verified"], ["email_verified", "email"]], ids=str
    )
    def test_a_verified_address_is_taken_from_who_had_it(
        self, cognito, clock, update, signed_up, order
    ):
        ada, bob = signed_up("ada"), signed_up("bob")
        clock.tick(5)
        attributes = {"email": "bob@example.com", "email_verified": "true"}
        update(ada, {name: attributes[name] for name in order})
        assert ada.attributes == attributes
        assert bob.attributes == {"email": "bob@example.com", "email_verified": "false"}
        assert bob.last_modified == bob.created + 5
        assert cognito.pool.user_named("bob@example.com") is ada

    def test_an_unverified_address_is_not(self, cognito, update, signed_up):
        ada, bob = signed_up("ada"), signed_up("bob")
        update(ada, {"email": "bob@example.com"})
        assert ada.attributes["email_verified"] == "false"
        assert bob.attributes["email_verified"] == "true"
        assert cognito.pool.user_named("bob@example.com") is bob

    def test_an_address_that_is_the_user_name_of_somebody_else(
        self, cognito, refused, update, signed_up
    ):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), ("email",)
        ada, _bob = signed_up("ada"), signed_up("bob")
        refusal = refused(update, ada, {"email": "bob@example.com"})
        assert refusal == said(texts.ADDRESS_OF_ANOTHER, attribute="email")


@pytest.fixture
def newcomer(cognito):
    """A user with two addresses still to be verified, and a token that outlasts the codes."""
    cognito.pool.client.access_token_validity = 2 * DAY
    return cognito.add_user(
        "ada",
        attributes={**ADDRESSES, "email_verified": "false", "phone_number_verified": "false"},
    )


@pytest.fixture
def about(call, newcomer):
    """A call of the newcomer about an address."""

    def about(operation, name, **params):
        return call(newcomer, operation, AttributeName=name, **params)

    return about


@pytest.fixture
def code(about, newcomer):
    """Sends a code to an address, and reads it there."""

    def code(name):
        assert about("get_user_attribute_verification_code", name) == {
            "CodeDeliveryDetails": TO[name]
        }
        return {"email": newcomer.email_code, "phone_number": newcomer.sms_code}[name]

    newcomer.inbox.send_for("forgot_password", "EMAIL", 3600)
    newcomer.inbox.send_for("sign_up", "SMS", 3600)
    return code


@pytest.mark.parametrize("name", ["email", "phone_number"])
class TestAnAddress:
    def test_is_verified(self, cognito, clock, about, newcomer, code, name):
        value = code(name)
        clock.tick(DAY - SECOND)
        assert cognito.pool.user_named(ADDRESSES[name]) is None
        assert about("verify_user_attribute", name, Code=value) == {}
        assert newcomer.attributes == {
            **ADDRESSES,
            "email_verified": "false",
            "phone_number_verified": "false",
            f"{name}_verified": "true",
        }
        assert newcomer.last_modified == newcomer.created + (DAY - SECOND).total_seconds()
        assert cognito.pool.user_named(ADDRESSES[name]) is newcomer

    def test_is_verified_again(self, about, newcomer, code, name):
        newcomer.attributes[f"{name}_verified"] = "true"
        assert about("verify_user_attribute", name, Code=code(name)) == {}
        assert newcomer.attributes[f"{name}_verified"] == "true"

    def test_a_code_is_good_once(self, about, refused, code, name):
        value = code(name)
        about("verify_user_attribute", name, Code=value)
        assert refused(about, "verify_user_attribute", name, Code=value) == EXPIRED

    def test_a_code_lasts_a_day(self, clock, about, refused, newcomer, code, name):
        value = code(name)
        clock.tick(DAY)
        assert refused(about, "verify_user_attribute", name, Code=value) == EXPIRED
        assert newcomer.attributes[f"{name}_verified"] == "false"

    def test_a_wrong_code_changes_nothing(self, about, refused, newcomer, code, name):
        value = code(name)
        wrong = "000000" if value != "000000" else "000001"
        assert refused(about, "verify_user_attribute", name, Code=wrong) == WRONG
        assert newcomer.attributes[f"{name}_verified"] == "false"
        about("verify_user_attribute", name, Code=value)

    def test_another_code_voids_the_first(self, about, refused, code, name):
        first, second = code(name), code(name)
        while first == second:  # one in a million
            second = code(name)
        assert refused(about, "verify_user_attribute", name, Code=first) == WRONG
        about("verify_user_attribute", name, Code=second)

    def test_that_nobody_sent_a_code_to(self, about, refused, name):
        assert refused(about, "verify_user_attribute", name, Code="123456") == EXPIRED

    def test_that_is_not_there(self, about, refused, newcomer, name):
        newcomer.attributes = {}
        words = {"email": "email address", "phone_number": "phone number"}[name]
        refusal = refused(about, "get_user_attribute_verification_code", name)
        assert refusal == said(texts.ADDRESS_MISSING, address=words)
        assert refused(about, "verify_user_attribute", name, Code="123456") == EXPIRED

    @pytest.mark.parametrize("value", ["", "new"])
    def test_that_goes_takes_its_code_along(
        self, cognito, call, about, refused, newcomer, code, name, value
    ):
        cognito.pool.auto_verified_attributes = ()
        new = {"email": "ada@example.org", "phone_number": "+14255550124"}[name]
        entry = {"Name": name, "Value": value and new}
        void = code(name)
        call(newcomer, "update_user_attributes", UserAttributes=[entry])
        assert refused(about, "verify_user_attribute", name, Code=void) == EXPIRED

    def test_that_changes_is_sent_a_code(self, cognito, call, about, newcomer, name):
        cognito.pool.auto_verified_attributes = (name,)
        new = {"email": "ada@example.org", "phone_number": "+14255550124"}[name]
        call(newcomer, "update_user_attributes", UserAttributes=[{"Name": name, "Value": new}])
        code = {"email": "EMAIL", "phone_number": "SMS"}[name]
        about("verify_user_attribute", name, Code=newcomer.inbox.last[code])
        assert newcomer.attributes[f"{name}_verified"] == "true"
        assert cognito.pool.user_named(new) is newcomer

    def test_that_is_somebody_elses_alias(self, cognito, about, refused, newcomer, code, name):
        eve = cognito.add_user("eve", attributes={name: ADDRESSES[name]})
        value = code(name)
        refusal = refused(about, "verify_user_attribute", name, Code=value)
        assert refusal == said(texts.ALIAS_EXISTS, attribute=name)
        assert newcomer.attributes[f"{name}_verified"] == "false"
        assert cognito.pool.user_named(ADDRESSES[name]) is eve
        eve.attributes[f"{name}_verified"] = "false"
        about("verify_user_attribute", name, Code=value)
        assert cognito.pool.user_named(ADDRESSES[name]) is newcomer

    def test_that_is_no_alias_may_be_of_several(self, cognito, about, newcomer, code, name):
        cognito.pool.alias_attributes = ()
        cognito.add_user("eve", attributes={name: ADDRESSES[name]})
        about("verify_user_attribute", name, Code=code(name))
        assert newcomer.attributes[f"{name}_verified"] == "true"


def test_each_address_has_codes_of_its_own(about, refused, newcomer, code):
    email, phone = code("email"), code("phone_number")
    while email == phone:  # one in a million
        phone = code("phone_number")
    assert refused(about, "verify_user_attribute", "email", Code=phone) == WRONG
    about("verify_user_attribute", "phone_number", Code=phone)
    about("verify_user_attribute", "email", Code=email)
    assert {newcomer.attributes[f"{name}_verified"] for name in ADDRESSES} == {"true"}


@pytest.mark.parametrize("name", ["name", "custom:team", "sub", "Email"])
def test_nothing_else_can_be_verified(about, refused, newcomer, name):
    if name != "sub":
        newcomer.attributes[name] = "x"
    assert refused(about, "get_user_attribute_verification_code", name) == NOT_AN_ADDRESS
    assert refused(about, "verify_user_attribute", name, Code="123456") == NOT_AN_ADDRESS


@pytest.mark.parametrize(
    ("operation", "params"),
    [("get_user_attribute_verification_code", {}), ("verify_user_attribute", {"Code": "123456"})],
)
def test_the_access_token_is_looked_at_first(about, refused, newcomer, operation, params):
    newcomer.sign_out()
    refusal = refused(about, operation, "name", **params)
    assert refusal == said(texts.ACCESS_TOKEN_REVOKED)


@pytest.fixture(params=["delete_user_attributes", "admin_delete_user_attributes"])
def delete(request, call):
    """Deletes attributes, by the user or by an administrator."""

    def delete(user, *names):
        return call(user, request.param, UserAttributeNames=list(names))

    return delete


class TestDeleteUserAttributes:
    def test_deletes_those_that_are_named(self, clock, delete, ada):
        ada.attributes = {"name": "Ada", "birthdate": "1815-12-10", "custom:team": "engines"}
        clock.tick(5)
        assert delete(ada, "birthdate", "custom:team", "gender") == {}
        assert ada.attributes == {"name": "Ada"}
        assert ada.last_modified == ada.created + 5

    @pytest.mark.parametrize("name", ["email", "phone_number"])
    def test_an_address_goes_with_its_mark_its_alias_and_its_code(
        self, cognito, call, refused, delete, newcomer, name
    ):
        newcomer.attributes[f"{name}_verified"] = "true"
        call(newcomer, "get_user_attribute_verification_code", AttributeName=name)
        delete(newcomer, name)
        assert newcomer.attributes.keys().isdisjoint({name, f"{name}_verified"})
        assert cognito.pool.user_named(ADDRESSES[name]) is None
        code = newcomer.inbox.last[TO[name]["DeliveryMedium"]]
        params = {"AttributeName": name, "Code": code}
        assert refused(call, newcomer, "verify_user_attribute", **params) == EXPIRED

    @pytest.mark.parametrize(
        ("mfa", "name"), [("SMS_MFA", "phone_number"), ("EMAIL_OTP", "email")]
    )
    def test_a_second_factor_goes_with_its_address(self, delete, settled, mfa, name):
        settled.mfa = mfa
        delete(settled, "name")
        assert settled.mfa == mfa
        delete(settled, name)
        assert (settled.factors.enabled, settled.mfa) == ([], None)

    def test_but_not_where_everybody_needs_one(self, cognito, refused, delete, settled):
        """amplify-js#8829."""
        cognito.pool.mfa_configuration = "ON"
        settled.mfa = "SMS_MFA"
        before = dict(settled.attributes)
        refusal = refused(delete, settled, "email", "phone_number")
        assert refusal == said(texts.MFA_ADDRESS_DELETED, attribute="phone_number")
        assert settled.attributes == before
        delete(settled, "email")

    def test_one_that_the_pool_requires_stays(self, cognito, refused, delete, ada):
        cognito.pool.required_attributes = ("name",)
        ada.attributes = {"name": "Ada", "nickname": "A."}
        refusal = refused(delete, ada, "nickname", "name")
        assert refusal == said(texts.REQUIRED_ATTRIBUTE_DELETED, attribute="name")
        assert ada.attributes == {"name": "Ada", "nickname": "A."}

    def test_an_update_with_nothing_deletes_no_required_one(
        self, cognito, call, refused, entries, ada
    ):
        cognito.pool.required_attributes = ("name",)
        ada.attributes = {"name": "Ada"}
        params = {"UserAttributes": entries({"name": ""})}
        refusal = refused(call, ada, "update_user_attributes", **params)
        assert refusal == said(texts.REQUIRED_ATTRIBUTE_DELETED, attribute="name")

    def test_sub_stays(self, refused, delete, ada):
        assert refused(delete, ada, "sub") == said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")

    def test_a_mark_alone_is_for_administrators(self, call, refused, settled):
        params = {"UserAttributeNames": ["email_verified"]}
        refusal = refused(call, settled, "delete_user_attributes", **params)
        assert refusal == said(texts.ATTRIBUTE_NOT_AUTHORIZED)
        call(settled, "admin_delete_user_attributes", **params)
        assert settled.attributes["email_verified"] == "false"


class TestWhatAClientMayWrite:
    @pytest.fixture
    def restricted(self, cognito, in_pool):
        """The client of the pool, for names and teams only."""
        in_pool(
            "update_user_pool_client",
            ClientId=cognito.pool.client.id,
            WriteAttributes=["name", "custom:team"],
        )
        return cognito.pool.client

    @pytest.mark.usefixtures("restricted")
    def test_restricts_users(self, call, refused, entries, ada):
        ada.attributes = {"nickname": "A."}
        refusal = said(texts.ATTRIBUTE_NOT_AUTHORIZED)
        params = {"UserAttributes": entries({"name": "Ada", "nickname": "B."})}
        assert refused(call, ada, "update_user_attributes", **params) == refusal
        names = {"UserAttributeNames": ["nickname"]}
        assert refused(call, ada, "delete_user_attributes", **names) == refusal
        assert ada.attributes == {"nickname": "A."}
        call(ada, "update_user_attributes", UserAttributes=entries({"custom:team": "engines"}))
        assert ada.attributes["custom:team"] == "engines"

    def test_restricts_who_signs_up(self, api, refused, entries, restricted):
        def sign_up(**attributes):
            return api.client.sign_up(
                ClientId=restricted.id,
                Username="eve",
                Password="Passw0rd!",
                UserAttributes=entries(attributes),
            )

        assert refused(sign_up, nickname="E.") == said(texts.ATTRIBUTE_NOT_AUTHORIZED)
        sign_up(name="Eve")

    @pytest.mark.usefixtures("restricted")
    def test_does_not_restrict_administrators(self, call, entries, ada):
        params = {"UserAttributes": entries({"nickname": "A."})}
        call(ada, "admin_update_user_attributes", **params)
        assert ada.attributes == {"nickname": "A."}
