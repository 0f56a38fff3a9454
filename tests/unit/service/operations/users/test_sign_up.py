from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from pytest_cognito_devices.service import texts
from said import said

PASSWORD = "Passw0rd!"
EMAIL = "ada@example.com"
PHONE = "+14255550123"
UNVERIFIED_EMAIL = {"email": EMAIL, "email_verified": "false"}
TO_EMAIL = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"}
TO_PHONE = {
    "AttributeName": "phone_number",
    "DeliveryMedium": "SMS",
    "Destination": "+*******0123",
}
WRONG = said(texts.SENT_CODE_WRONG)
EXPIRED = said(texts.SENT_CODE_EXPIRED)
NOT_FOUND = said(texts.NAME_NOT_FOUND)
DISABLED = said(texts.USER_DISABLED)
NOT_AN_EMAIL = said(texts.USERNAME_NOT_AN_EMAIL)


class People:
    """What people who are not signed in can call."""

    def __init__(self, cognito, client):
        self.pool = cognito.pool
        self.client = client

    def call(self, operation, **params):
        """The whole answer."""
        params = {"ClientId": self.pool.client.id, "Username": "ada", **params}
        answer = getattr(self.client, operation)(**params)
        assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 200
        return answer

    def refused(self, operation, **params):
        """The code and the text of an error."""
        with pytest.raises(ClientError) as refused:
            self.call(operation, **params)
        error = refused.value.response["Error"]
        assert isinstance(refused.value, getattr(self.client.exceptions, error["Code"]))
        return error["Code"], error["Message"]

    def signing_up(self, *, attributes=(), **params):
        entries = [{"Name": name, "Value": value} for name, value in dict(attributes).items()]
        return {"Password": PASSWORD, "UserAttributes": entries, **params}

    def sign_up(self, **params):
        return self.call("sign_up", **self.signing_up(**params))

    def sign_up_refused(self, **params):
        return self.refused("sign_up", **self.signing_up(**params))

    def sign_in(self, name):
        return self.client.initiate_auth(
            ClientId=self.pool.client.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
        )

    def sign_in_refused(self, name):
        with pytest.raises(ClientError) as refused:
            self.sign_in(name)
        error = refused.value.response["Error"]
        return error["Code"], error["Message"]

    def waiting(self, **settings):
        """Somebody who has signed up by email."""
        self.sign_up(attributes={"email": EMAIL})
        ada = self.pool.user_named("ada")
        for name, value in settings.items():
            setattr(ada, name, value)
        return ada


@pytest.fixture
def people(cognito, client):
    return People(cognito, client)


class TestSignUp:
    def test_makes_an_unconfirmed_user_and_sends_a_code(self, cognito, people):
        cognito.freeze_time("2026-01-31 12:00:00.5")
        answer = people.sign_up(attributes={"email": EMAIL, "custom:colour": "blue"})
        ada = cognito.pool.user_named("ada")
        assert answer == {
            "UserConfirmed": False,
            "UserSub": ada.sub,
            "CodeDeliveryDetails": TO_EMAIL,
        }
        assert cognito.pool.users == [ada]
        assert (ada.username, ada.password, ada.status, ada.enabled) == (
            "ada",
            PASSWORD,
            "UNCONFIRMED",
            True,
        )
        assert dict(ada.attributes) == {**UNVERIFIED_EMAIL, "custom:colour": "blue"}
        moment = datetime(2026, 1, 31, 12, 0, 0, 500000, tzinfo=timezone.utc).timestamp()
        assert ada.created == ada.last_modified == moment
        assert len(ada.email_code) == 6

    @pytest.mark.parametrize(
        ("verified", "attributes", "details"),
        [
            (["email"], {}, None),
            (["email"], {"email": ""}, None),
            (["email"], {"phone_number": PHONE}, None),
            ([], {"email": EMAIL, "phone_number": PHONE}, None),
            (["email"], {"email": EMAIL, "phone_number": PHONE}, TO_EMAIL),
            (["phone_number"], {"email": EMAIL, "phone_number": PHONE}, TO_PHONE),
            (["email", "phone_number"], {"email": EMAIL, "phone_number": PHONE}, TO_PHONE),
            (["email", "phone_number"], {"email": EMAIL}, TO_EMAIL),
        ],
    )
    def test_the_code_goes_to_an_address_that_the_pool_verifies(
        self, cognito, people, verified, attributes, details
    ):
        cognito.pool.auto_verified_attributes = tuple(verified)
        answer = people.sign_up(attributes=attributes)
        ada = cognito.pool.user_named("ada")
        sent = {} if details is None else {"CodeDeliveryDetails": details}
        assert answer == {"UserConfirmed": False, "UserSub": ada.sub, **sent}
        assert list(ada.inbox.last) == ([details["DeliveryMedium"]] if details else [])
        given = {name: each for name, each in attributes.items() if each}
        assert dict(ada.attributes) == {
            **given,
            **{f"{name}_verified": "false" for name in given},
        }

    def test_is_refused_where_only_administrators_make_users(self, cognito, people):
        cognito.pool.allows_sign_up = False
        assert people.sign_up_refused() == said(texts.SIGN_UP_OFF)

    @pytest.mark.parametrize("name", ["ada", "sub", EMAIL])
    def test_a_name_that_somebody_has(self, cognito, people, name):
        ada = cognito.add_user("ada", attributes={"email": EMAIL})
        name = ada.sub if name == "sub" else name
        # Before the password is looked at, and whatever the client hides.
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        assert people.sign_up_refused(Username=name, Password="x") == said(texts.USER_EXISTS)
        assert cognito.pool.users == [ada]

    @pytest.mark.parametrize(
        ("password", "complaint"),
        [
            ("Short1!", "Password not long enough"),
            ("passw0rd!", "Password must have uppercase characters"),
            ("PASSW0RD!", "Password must have lowercase characters"),
            ("Password!", "Password must have numeric characters"),
            ("Passw0rds", "Password must have symbol characters"),
        ],
    )
    def test_a_password_against_the_policy(self, cognito, people, password, complaint):
        refusal = people.sign_up_refused(Password=password)
        assert refusal == said(texts.PASSWORD_AGAINST_POLICY, complaint=complaint)
        assert cognito.pool.users == []

    @pytest.mark.parametrize(
        ("attributes", "refusal"),
        [
            (
                {"shoe": "44"},
                said(
                    texts.ATTRIBUTES_AGAINST_SCHEMA,
                    complaints="shoe: Attribute does not exist in the schema.\n",
                ),
            ),
            ({"sub": "x"}, said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")),
            ({"email": EMAIL, "email_verified": "true"}, said(texts.ATTRIBUTE_NOT_AUTHORIZED)),
            ({"email": "ada"}, said(texts.EMAIL_MALFORMED)),
            ({"phone_number": "0123"}, said(texts.PHONE_NUMBER_MALFORMED)),
        ],
    )
    def test_attributes_that_are_refused(self, cognito, people, attributes, refusal):
        assert people.sign_up_refused(attributes=attributes) == refusal
        assert cognito.pool.users == []

    def test_an_address_may_be_of_several_until_one_verifies_it(self, cognito, people):
        eve = cognito.add_user("eve", attributes={"email": EMAIL})
        people.sign_up(attributes={"email": EMAIL})
        assert cognito.pool.user_named(EMAIL) is eve

    def test_a_password_is_needed(self, cognito, people):
        shape = people.client.meta.service_model.operation_model("SignUp").input_shape
        if "Password" in shape.required_members:
            with pytest.raises(ParamValidationError):
                people.call("sign_up")
        else:
            assert people.refused("sign_up") == said(texts.PASSWORD_MISSING)
        assert cognito.pool.users == []

    def test_a_password_is_not_needed_where_there_are_other_ways_in(self, cognito, people):
        cognito.pool.first_auth_factors = ("PASSWORD", "EMAIL_OTP")
        shape = people.client.meta.service_model.operation_model("SignUp").input_shape
        if "Password" in shape.required_members:
            with pytest.raises(ParamValidationError):
                people.call("sign_up")
        else:
            answer = people.call("sign_up")
            ada = cognito.pool.user_named("ada")
            assert answer == {"UserConfirmed": False, "UserSub": ada.sub}
            assert ada.password != PASSWORD


class TestSignUpWithAnAddressForAName:
    @pytest.mark.parametrize(
        ("names", "name", "attribute", "others"),
        [
            (["email"], EMAIL, "email", {}),
            (["email"], EMAIL, "email", {"email": EMAIL}),
            (["email"], EMAIL, "email", {"phone_number": PHONE}),
            (["phone_number"], PHONE, "phone_number", {"email": EMAIL}),
            (["email", "phone_number"], PHONE, "phone_number", {}),
        ],
    )
    def test_the_user_name_is_the_sub(self, cognito, people, names, name, attribute, others):
        pool = cognito.pool
        pool.username_attributes, pool.alias_attributes = tuple(names), ()
        pool.auto_verified_attributes = (attribute,)
        answer = people.sign_up(Username=name, attributes=others)
        (ada,) = pool.users
        details = {"email": TO_EMAIL, "phone_number": TO_PHONE}[attribute]
        assert answer == {
            "UserConfirmed": False,
            "UserSub": ada.sub,
            "CodeDeliveryDetails": details,
        }
        assert ada.username == ada.sub
        assert dict(ada.attributes) == {
            **others,
            attribute: name,
            **{f"{each}_verified": "false" for each in (*others, attribute)},
        }
        assert pool.user_named(name) is pool.user_named(ada.sub) is ada

    @pytest.mark.parametrize(
        ("names", "name", "refusal"),
        [
            (["email"], "ada", NOT_AN_EMAIL),
            (["email"], PHONE, NOT_AN_EMAIL),
            (["phone_number"], EMAIL, said(texts.USERNAME_NOT_A_PHONE_NUMBER)),
            (["phone_number", "email"], "ada", said(texts.USERNAME_NEITHER)),
        ],
    )
    def test_a_name_that_is_no_address(self, cognito, people, names, name, refusal):
        cognito.pool.username_attributes = tuple(names)
        assert people.sign_up_refused(Username=name) == refusal
        assert cognito.pool.users == []

    def test_an_address_that_is_not_the_name(self, cognito, people):
        cognito.pool.username_attributes = ("email",)
        refusal = people.sign_up_refused(Username=EMAIL, attributes={"email": "eve@example.com"})
        assert refusal == said(texts.USERNAME_IS_ANOTHER, attribute="email")

    def test_an_address_that_somebody_has(self, cognito, people):
        """Even somebody who has not verified it, unlike an alias."""
        cognito.pool.username_attributes = ("email",)
        people.sign_up(Username=EMAIL)
        refusal = people.sign_up_refused(Username=EMAIL)
        assert refusal == said(texts.ACCOUNT_EXISTS, attribute="email")
        assert len(cognito.pool.users) == 1

    @pytest.mark.parametrize(
        ("aliases", "name", "kind"),
        [(["email"], EMAIL, "email"), (["phone_number"], PHONE, "phone number")],
    )
    def test_a_name_like_an_alias_that_the_pool_has(self, cognito, people, aliases, name, kind):
        cognito.pool.alias_attributes = tuple(aliases)
        refusal = people.sign_up_refused(Username=name)
        assert refusal == said(texts.USERNAME_LIKE_AN_ALIAS, kind=kind)

    @pytest.mark.parametrize(("aliases", "name"), [(["email"], PHONE), (["email"], "ada")])
    def test_a_name_like_no_alias_that_the_pool_has(self, cognito, people, aliases, name):
        cognito.pool.alias_attributes = tuple(aliases)
        people.sign_up(Username=name)
        assert [user.username for user in cognito.pool.users] == [name]

    def test_a_pool_whose_aliases_nobody_chose_takes_any_name(self, cognito, people):
        people.sign_up(Username=EMAIL)
        assert [user.username for user in cognito.pool.users] == [EMAIL]


class TestConfirmSignUp:
    def test_confirms_the_user_and_verifies_the_address(self, cognito, people):
        clock = cognito.freeze_time("2026-01-31 12:00")
        ada = people.waiting()
        clock.tick(timedelta(hours=24) - timedelta(seconds=1))
        assert people.call("confirm_sign_up", ConfirmationCode=ada.email_code) == {}
        assert ada.status == "CONFIRMED"
        assert dict(ada.attributes) == {"email": EMAIL, "email_verified": "true"}
        moment = datetime(2026, 2, 1, 11, 59, 59, tzinfo=timezone.utc).timestamp()
        assert ada.last_modified == moment > ada.created

    def test_verifies_the_phone_number_if_the_code_went_there(self, cognito, people):
        cognito.pool.auto_verified_attributes = ("phone_number", "email")
        people.sign_up(attributes={"email": EMAIL, "phone_number": PHONE})
        ada = cognito.pool.user_named("ada")
        people.call("confirm_sign_up", ConfirmationCode=ada.sms_code)
        assert dict(ada.attributes) == {
            **UNVERIFIED_EMAIL,
            "phone_number": PHONE,
            "phone_number_verified": "true",
        }

    def test_the_user_may_be_named_by_the_sub(self, people):
        ada = people.waiting()
        people.call("confirm_sign_up", Username=ada.sub, ConfirmationCode=ada.email_code)
        assert ada.status == "CONFIRMED"

    def test_but_not_by_an_address_that_is_not_verified(self, people):
        ada = people.waiting()
        by_email = {"Username": EMAIL, "ConfirmationCode": ada.email_code}
        assert people.refused("confirm_sign_up", **by_email) == NOT_FOUND
        ada.attributes["email_verified"] = "true"
        people.call("confirm_sign_up", **by_email)
        assert ada.status == "CONFIRMED"

    def test_the_address_signs_in_from_then_on(self, cognito, people):
        ada = people.waiting()
        assert cognito.pool.user_named(EMAIL) is None
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert cognito.pool.user_named(EMAIL) is ada
        assert "AuthenticationResult" in people.sign_in(EMAIL)

    def test_an_address_that_is_gone_is_not_verified(self, people):
        ada = people.waiting()
        del ada.attributes["email"]
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert (ada.status, "email" in ada.attributes) == ("CONFIRMED", False)

    def test_a_wrong_code_changes_nothing(self, people):
        ada = people.waiting()
        wrong = "000000" if ada.email_code != "000000" else "000001"
        assert people.refused("confirm_sign_up", ConfirmationCode=wrong) == WRONG
        assert ada.status == "UNCONFIRMED"
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code)

    def test_a_code_lasts_a_day(self, cognito, people):
        clock = cognito.freeze_time("2026-01-31 12:00")
        ada = people.waiting()
        clock.tick(timedelta(hours=24))
        assert people.refused("confirm_sign_up", ConfirmationCode=ada.email_code) == EXPIRED

    def test_a_seeded_user_has_no_code_yet(self, cognito, people):
        cognito.add_user("ada", status="UNCONFIRMED", attributes={"email": EMAIL})
        assert people.refused("confirm_sign_up", ConfirmationCode="123456") == EXPIRED

    def test_a_user_who_is_confirmed_already(self, people):
        ada = people.waiting()
        code = ada.email_code
        people.call("confirm_sign_up", ConfirmationCode=code)
        refusal = people.refused("confirm_sign_up", ConfirmationCode=code)
        assert refusal == said(texts.NOT_UNCONFIRMED, status="CONFIRMED")

    @pytest.mark.parametrize("setting", ["LEGACY", "ENABLED"])
    def test_a_user_who_is_not_there(self, cognito, people, setting):
        cognito.pool.client.prevent_user_existence_errors = setting
        refusal = people.refused("confirm_sign_up", ConfirmationCode="123456")
        assert refusal == {"LEGACY": NOT_FOUND, "ENABLED": EXPIRED}[setting]

    @pytest.mark.parametrize("setting", ["LEGACY", "ENABLED"])
    def test_a_user_who_is_disabled(self, cognito, people, setting):
        cognito.pool.client.prevent_user_existence_errors = setting
        ada = people.waiting(enabled=False)
        refusal = people.refused("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert refusal == {"LEGACY": DISABLED, "ENABLED": EXPIRED}[setting]
        assert ada.status == "UNCONFIRMED"


class TestAliases:
    def rival(self, cognito, **attributes):
        return cognito.add_user("eve", attributes={"email": EMAIL, **attributes})

    def test_an_address_that_somebody_else_has_verified(self, cognito, people):
        eve = self.rival(cognito, email_verified="true")
        ada = people.waiting()
        refusal = people.refused("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert refusal == said(texts.ALIAS_EXISTS, attribute="email")
        assert ada.status == "UNCONFIRMED"
        assert cognito.pool.user_named(EMAIL) is eve

    def test_an_address_that_is_to_change_hands(self, cognito, people):
        clock = cognito.freeze_time("2026-01-31 12:00")
        eve = self.rival(cognito, email_verified="true")
        ada = people.waiting()
        clock.tick(1)
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code, ForceAliasCreation=True)
        assert dict(ada.attributes) == {"email": EMAIL, "email_verified": "true"}
        assert dict(eve.attributes) == {"email": EMAIL, "email_verified": "false"}
        assert eve.last_modified == ada.last_modified == eve.created + 1
        assert cognito.pool.user_named(EMAIL) is ada

    def test_an_address_that_somebody_else_has_not_verified(self, cognito, people):
        eve = self.rival(cognito, email_verified="false")
        ada = people.waiting()
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert dict(eve.attributes) == UNVERIFIED_EMAIL
        assert cognito.pool.user_named(EMAIL) is ada

    def test_an_address_that_a_test_has_given_somebody_else(self, cognito, people):
        """It counts as verified, with or without a word about it."""
        eve = self.rival(cognito)
        ada = people.waiting()
        code = {"ConfirmationCode": ada.email_code}
        refusal = people.refused("confirm_sign_up", **code)
        assert refusal == said(texts.ALIAS_EXISTS, attribute="email")
        people.call("confirm_sign_up", ForceAliasCreation=True, **code)
        assert dict(eve.attributes) == UNVERIFIED_EMAIL
        assert cognito.pool.user_named(EMAIL) is ada

    def test_an_address_that_is_no_alias(self, cognito, people):
        cognito.pool.alias_attributes = ()
        self.rival(cognito, email_verified="true")
        ada = people.waiting()
        people.call("confirm_sign_up", ConfirmationCode=ada.email_code)
        assert ada.status == "CONFIRMED"


class TestResendConfirmationCode:
    def test_sends_another_code_and_voids_the_first(self, people):
        ada = people.waiting()
        first = ada.email_code
        assert people.call("resend_confirmation_code") == {"CodeDeliveryDetails": TO_EMAIL}
        while ada.email_code == first:  # one in a million
            people.call("resend_confirmation_code")
        assert people.refused("confirm_sign_up", ConfirmationCode=first) == WRONG
        assert people.call("confirm_sign_up", ConfirmationCode=ada.email_code) == {}

    def test_gives_a_code_to_a_seeded_user(self, cognito, people):
        cognito.pool.auto_verified_attributes = ("email", "phone_number")
        ada = cognito.add_user(
            "ada", status="UNCONFIRMED", attributes={"email": EMAIL, "phone_number": PHONE}
        )
        assert people.call("resend_confirmation_code") == {"CodeDeliveryDetails": TO_PHONE}
        people.call("confirm_sign_up", ConfirmationCode=ada.sms_code)
        assert ada.attributes["phone_number_verified"] == "true"

    @pytest.mark.parametrize("setting", ["LEGACY", "ENABLED"])
    def test_a_user_who_is_confirmed_already(self, cognito, people, setting):
        cognito.pool.client.prevent_user_existence_errors = setting
        cognito.add_user("ada", attributes={"email": EMAIL})
        refusal = people.refused("resend_confirmation_code")
        assert refusal == said(texts.ALREADY_CONFIRMED)

    @pytest.mark.parametrize(
        ("verified", "attributes"), [([], {"email": EMAIL}), (["email"], {"phone_number": PHONE})]
    )
    def test_nothing_to_verify(self, cognito, people, verified, attributes):
        cognito.pool.auto_verified_attributes = tuple(verified)
        cognito.add_user("ada", status="UNCONFIRMED", attributes=attributes)
        refusal = people.refused("resend_confirmation_code")
        assert refusal == said(texts.NOTHING_TO_VERIFY)

    def test_a_user_who_is_not_there(self, people):
        assert people.refused("resend_confirmation_code") == NOT_FOUND

    def test_a_user_who_is_disabled(self, people):
        people.waiting(enabled=False)
        assert people.refused("resend_confirmation_code") == DISABLED

    @pytest.mark.parametrize("there", [True, False])
    def test_a_client_that_hides_users_simulates(self, cognito, people, there):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        code = people.waiting(enabled=False).email_code if there else None
        answer = people.call("resend_confirmation_code")
        assert answer == people.call("resend_confirmation_code")
        assert answer["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
        if there:
            assert cognito.pool.user_named("ada").email_code == code


class TestAdminConfirmSignUp:
    def confirm(self, people, **params):
        given = {"UserPoolId": people.pool.id, "Username": "ada", **params}
        answer = people.client.admin_confirm_sign_up(**given)
        del answer["ResponseMetadata"]
        return answer

    def refused(self, people, **params):
        with pytest.raises(ClientError) as refused:
            self.confirm(people, **params)
        error = refused.value.response["Error"]
        return error["Code"], error["Message"]

    def test_confirms_the_user_and_verifies_nothing(self, cognito, people):
        clock = cognito.freeze_time("2026-01-31 12:00")
        ada = people.waiting(enabled=False)
        clock.tick(1)
        assert self.confirm(people) == {}
        assert (ada.status, ada.last_modified) == ("CONFIRMED", ada.created + 1)
        assert dict(ada.attributes) == UNVERIFIED_EMAIL

    def test_the_address_does_not_sign_in(self, people):
        people.waiting()
        self.confirm(people)
        assert people.sign_in_refused(EMAIL) == said(texts.USER_NOT_FOUND)
        assert "AuthenticationResult" in people.sign_in("ada")

    def test_the_address_that_is_the_user_name_does(self, cognito, people):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), ("email",)
        people.sign_up(Username=EMAIL)
        self.confirm(people, Username=EMAIL)
        assert "AuthenticationResult" in people.sign_in(EMAIL)

    def test_a_user_without_a_code(self, cognito, people):
        ada = cognito.add_user("ada", status="UNCONFIRMED")
        self.confirm(people)
        assert ada.status == "CONFIRMED"

    @pytest.mark.parametrize("status", ["CONFIRMED", "FORCE_CHANGE_PASSWORD"])
    def test_a_user_in_another_state(self, cognito, people, status):
        cognito.add_user("ada", status=status)
        assert self.refused(people) == said(texts.NOT_UNCONFIRMED, status=status)

    def test_a_user_and_a_pool_that_are_not_there(self, people):
        assert self.refused(people) == said(texts.USER_NOT_FOUND)
        nowhere = {"UserPoolId": "us-east-1_nowhere00"}
        assert self.refused(people, **nowhere) == said(texts.POOL_NOT_FOUND, **nowhere)


OPERATIONS = {
    "sign_up": {"Password": PASSWORD},
    "confirm_sign_up": {"ConfirmationCode": "123456"},
    "resend_confirmation_code": {},
    "forgot_password": {},
    "confirm_forgot_password": {"ConfirmationCode": "123456", "Password": PASSWORD},
}


@pytest.mark.parametrize(("operation", "params"), OPERATIONS.items())
class TestThroughWhichClient:
    def test_one_that_is_not_there(self, people, operation, params):
        refusal = people.refused(operation, ClientId="nobodys", **params)
        assert refusal == said(texts.CLIENT_NOT_FOUND, ClientId="nobodys")

    @pytest.mark.usefixtures("in_one_region")
    def test_one_of_another_region(self, cognito, people, make_client, operation, params):
        people.client = make_client("eu-west-1")
        refusal = people.refused(operation, **params)
        assert refusal == said(texts.CLIENT_NOT_FOUND, ClientId=cognito.pool.client.id)

    def test_one_with_a_secret(self, cognito, people, operation, params):
        client = cognito.pool.add_client(client_secret="s" * 30)
        through = {"ClientId": client.id}
        refusal = people.refused(operation, **through, **params)
        assert refusal == said(texts.SECRET_HASH_MISSING, **through)
        wrong = client.secret_hash("eve")
        refusal = people.refused(operation, SecretHash=wrong, **through, **params)
        assert refusal == said(texts.SECRET_HASH_WRONG, **through)

    def test_one_whose_secret_is_known(self, cognito, people, operation, params):
        client = cognito.pool.add_client(client_secret="s" * 30)
        right = {"ClientId": client.id, "SecretHash": client.secret_hash("ada")}
        if operation == "sign_up":
            people.call(operation, **right, **params)
        else:
            assert people.refused(operation, **right, **params) == NOT_FOUND


def test_the_secret_hash_may_be_of_the_user_name_too(cognito, people):
    client = cognito.pool.add_client(client_secret="s" * 30)
    cognito.add_user("ada", status="UNCONFIRMED", attributes={"email": EMAIL})
    by_email = {"ClientId": client.id, "Username": EMAIL}
    for name in ("ada", EMAIL):
        answer = people.call(
            "resend_confirmation_code", SecretHash=client.secret_hash(name), **by_email
        )
        assert answer == {"CodeDeliveryDetails": TO_EMAIL}
