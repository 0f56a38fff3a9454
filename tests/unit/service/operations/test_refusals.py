"""A request that is refused changes nothing, whatever the operation has done by then."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError

from handlers import Handler, Riddles, raising, refused
from pytest_cognito_devices import UnhandledOperation
from pytest_cognito_devices.service import api, texts
from pytest_cognito_devices.service.operations import Request
from said import said
from snapshot import difference, snapshot

NEW = "An0ther!!"
EMAIL = {"email": "ada@example.com", "email_verified": "true"}
LAST_TRIGGERS = ["PostAuthentication", "PreTokenGeneration"]


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes={**EMAIL, "phone_number": "+441234567"})


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


@pytest.fixture
def unchanged(cognito):
    """Nothing that the service knows is other than before."""

    class Unchanged:
        def __enter__(self):
            self.before = snapshot(cognito.pool.account)

        def __exit__(self, *_):
            assert difference(self.before, snapshot(cognito.pool.account)) == {}

    return Unchanged()


def failed(trigger):
    return said(texts.TRIGGER_FAILED, trigger=trigger, reason="no")


class TestTriggersThatFail:
    """What they refuse can be sent again, and then succeeds."""

    @pytest.fixture(params=LAST_TRIGGERS)
    def trigger(self, request):
        return request.param

    @pytest.fixture
    def try_twice(self, cognito, person, unchanged, trigger):
        def try_twice(asked, **responses):
            cognito.pool.on(trigger, raising(ValueError("no")))
            with unchanged, refused(*failed(trigger)):
                person.answer(asked, **responses)
            cognito.pool.on(trigger, None)
            return person.answer(asked, **responses)

        return try_twice

    def test_a_new_password(self, ada, person, try_twice):
        ada.set_temporary_password("Passw0rd!")
        asked = person.start_with_password()
        attributes = {"userAttributes.email": "a@example.com", "userAttributes.name": "Ada"}
        answer = try_twice(asked, NEW_PASSWORD=NEW, **attributes)
        assert "AuthenticationResult" in answer
        assert (ada.password, ada.status) == (NEW, "CONFIRMED")
        assert ada.attributes["email_verified"] == "false"

    def test_a_proof_of_the_password(self, person, try_twice):
        asked = person.start_with_srp()
        assert "AuthenticationResult" in try_twice(asked, **person.proof(asked))

    def test_a_code(self, ada, person, try_twice):
        ada.mfa = "SMS_MFA"
        asked = person.start_with_password()
        assert "AuthenticationResult" in try_twice(asked, SMS_MFA_CODE=ada.sms_code)

    def test_the_code_of_an_authenticator(self, cognito, ada, person, try_twice):
        cognito.freeze_time("2026-01-31")
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        asked = person.start_with_password()
        answer = try_twice(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in answer

    def test_an_authenticator_that_has_just_been_set_up(
        self, cognito, ada, person, client, try_twice
    ):
        cognito.pool.mfa_configuration = "ON"
        cognito.pool.mfa_factors = {"SOFTWARE_TOKEN_MFA"}
        asked = person.start_with_password()
        session = client.associate_software_token(Session=asked["Session"])["Session"]
        verified = client.verify_software_token(Session=session, UserCode=ada.totp_code)
        asked = {**asked, "Session": verified["Session"]}
        assert "AuthenticationResult" in try_twice(asked)
        assert ada.factors.enabled == ["SOFTWARE_TOKEN_MFA"]

    def test_a_device(self, ada, person, try_twice):
        phone = ada.add_device()
        person.takes(phone)
        asked = person.begin_device(person.start_with_password(**person.device))
        responses = person.srp.process_device_challenge(asked["ChallengeParameters"])
        assert "AuthenticationResult" in try_twice(asked, **responses)

    def test_an_alias(self, ada, make_person, cognito, unchanged, trigger):
        ada.mfa = "SMS_MFA"
        person = make_person(ada, name="ada@example.com")
        asked = person.start_with_password()
        cognito.pool.on(trigger, raising(ValueError("no")))
        with unchanged, refused(*failed(trigger)):
            person.answer(asked, SMS_MFA_CODE=ada.sms_code)

    def test_failed_passwords_are_not_forgotten(self, cognito, ada, person, unchanged, trigger):
        ada.attempts.failed()
        cognito.pool.on(trigger, raising(ValueError("no")))
        with unchanged, refused(*failed(trigger)):
            person.start_with_password()

    def test_a_password_before_a_riddle(self, cognito, person, unchanged):
        riddles = Riddles(cognito.pool, order=("SRP_A", "PASSWORD_VERIFIER", "tokens"))
        asked = person.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=person.srp_a)
        proof = person.proof(asked)
        riddles.order = ("SRP_A", "PASSWORD_VERIFIER", "nonsense")
        with unchanged, refused(*said(texts.TRIGGER_GAVE_NONSENSE)):
            person.answer(asked, **proof)


class TestWhatHandlersDo:
    """The calls of a handler are requests of their own."""

    def test_it_stays(self, cognito, ada, make_person):
        ada.status = "FORCE_CHANGE_PASSWORD"
        person = make_person(ada)
        asked = person.start_with_password()
        inside = boto3.client("cognito-idp", region_name="us-east-1")

        def handler(event, _context):
            who = {"UserPoolId": event["userPoolId"], "Username": "ada"}
            inside.admin_set_user_password(**who, Password="Handler1!", Permanent=True)
            inside.admin_update_user_attributes(
                **who,
                UserAttributes=[
                    {"Name": "name", "Value": "of the handler"},
                    {"Name": "nickname", "Value": "of the handler"},
                ],
            )
            raise ValueError("no")

        cognito.pool.on("PostAuthentication", handler)
        names = {"userAttributes.name": "Ada", "userAttributes.locale": "en"}
        with refused(*failed("PostAuthentication")):
            person.answer(asked, NEW_PASSWORD=NEW, **names)
        assert (ada.password, ada.status) == ("Handler1!", "CONFIRMED")
        assert (ada.attributes["name"], ada.attributes["nickname"]) == ("of the handler",) * 2
        assert "locale" not in ada.attributes

    def test_it_sees_what_the_request_has_changed(self, cognito, ada, make_person):
        ada.status = "FORCE_CHANGE_PASSWORD"
        person, seen = make_person(ada), []
        asked = person.start_with_password()
        cognito.pool.on("PostAuthentication", Handler(lambda _: seen.append(ada.password) or {}))
        person.answer(asked, NEW_PASSWORD=NEW)
        assert seen == [NEW]

    def test_a_call_of_it_that_is_refused_undoes_nothing_else(self, cognito, ada, make_person):
        ada.status = "FORCE_CHANGE_PASSWORD"
        person = make_person(ada)
        asked = person.start_with_password()
        inside = boto3.client("cognito-idp", region_name="us-east-1")

        def handler(event, _context):
            with pytest.raises(ClientError):
                inside.admin_get_user(UserPoolId=event["userPoolId"], Username="nobody")
            return event

        cognito.pool.on("PostAuthentication", handler)
        assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD=NEW)
        assert ada.password == NEW

    def test_what_nobody_implements_undoes_the_request_around_it(
        self, cognito, ada, make_person, unchanged
    ):
        ada.status = "FORCE_CHANGE_PASSWORD"
        person = make_person(ada)
        asked = person.start_with_password()
        inside = boto3.client("cognito-idp", region_name="us-east-1")
        cognito.pool.on(
            "PostAuthentication",
            lambda event, _: inside.list_identity_providers(UserPoolId=event["userPoolId"]),
        )
        with unchanged, pytest.raises(UnhandledOperation):
            person.answer(asked, NEW_PASSWORD=NEW)


class TestWhatIsKept:
    def test_a_wrong_password_counts(self, ada, person):
        with refused(*said(texts.INCORRECT)):
            person.start(
                "ADMIN_USER_PASSWORD_AUTH" if person.prefix else "USER_PASSWORD_AUTH",
                PASSWORD="wrong",
            )
        assert ada.attempts._failed == 1

    def test_the_failures_of_a_disabled_user_stay(self, ada, person, unchanged):
        ada.attempts.failed()
        ada.enabled = False
        with unchanged, refused(*said(texts.USER_DISABLED)):
            person.start_with_password()

    def test_a_stale_key_of_a_device_is_forgotten(self, person):
        key = {"DEVICE_KEY": "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"}
        asked = person.start_with_srp(**key)
        proof = person.proof(asked)
        with refused(*said(texts.DEVICE_NOT_FOUND)):
            person.answer(asked, **proof)
        assert "AuthenticationResult" in person.answer(asked, **proof)


class TestPools:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": True}}},
            pytest.param(
                {"Policies": {"PasswordPolicy": {"PasswordHistorySize": True}}},
                marks=pytest.mark.skipif(
                    "PasswordHistorySize" not in api.shape_members("PasswordPolicyType"),
                    reason="the installed botocore has none",
                ),
            ),
        ],
    )
    def test_a_boolean_for_a_number(self, cognito, client, unchanged, wrong):
        cognito.pool.device_tracking = "opt_in"
        with unchanged, pytest.raises(ClientError) as caught:
            client.update_user_pool(UserPoolId=cognito.pool.id, MfaConfiguration="OFF", **wrong)
        assert caught.value.response["Error"]["Code"] == "SerializationException"

    def test_a_boolean_for_a_number_of_a_client(self, cognito, client, unchanged):
        with unchanged, pytest.raises(ClientError) as caught:
            client.update_user_pool_client(
                UserPoolId=cognito.pool.id,
                ClientId=cognito.pool.client.id,
                AccessTokenValidity=True,
                EnableTokenRevocation=False,
            )
        assert caught.value.response["Error"]["Code"] == "SerializationException"

    def test_a_page_that_is_not_shown(self, cognito, client, ada, unchanged):
        cognito.add_user("bob")
        with unchanged, refused(*said(texts.ATTRIBUTE_NOT_OF_ALL)):
            client.list_users(UserPoolId=cognito.pool.id, Limit=1, AttributesToGet=["zoneinfo"])


class Thing:
    colour = "red"


class TestUndoing:
    """`Request.change`, by itself."""

    @pytest.fixture
    def request_of(self, cognito):
        return lambda: Request(cognito.pool.account, "ListDevices", {}, "us-east-1", 0.0)

    def test_attributes(self, request_of):
        thing, request = Thing(), request_of()
        request.change(thing, colour="blue")
        request.change(thing, colour="green")
        assert thing.colour == "green"
        request.undo_changes()
        assert thing.colour == "red"

    def test_items(self, request_of):
        items, request = {"a": 1, "b": 2}, request_of()
        request.change_item(items, "a", 3)
        request.change_item(items, "b", None)
        request.change_item(items, "c", 4)
        request.change_item(items, "d", None)
        assert items == {"a": 3, "c": 4}
        request.undo_changes()
        assert items == {"a": 1, "b": 2}

    def test_what_has_changed_since_stays(self, request_of):
        thing, items, request = Thing(), {"a": 1}, request_of()
        request.change(thing, colour="blue")
        request.change_item(items, "a", 2)
        request.change_item(items, "b", 2)
        thing.colour = "green"
        items["a"] = 3
        del items["b"]
        request.undo_changes()
        assert thing.colour == "green"
        assert items == {"a": 3}

    def test_it_is_done_once(self, request_of):
        thing, request = Thing(), request_of()
        request.change(thing, colour="blue")
        request.undo_changes()
        thing.colour = "blue"
        request.undo_changes()
        assert thing.colour == "blue"


class TestTriggersAroundUsers:
    """What they refuse leaves no trace either."""

    @pytest.fixture
    def bob(self, cognito):
        bob = cognito.add_user("bob", status="UNCONFIRMED", attributes={"email": "b@example.com"})
        bob.attributes["email_verified"] = "false"
        return bob

    @pytest.fixture
    def of_client(self, cognito):
        return {"ClientId": cognito.pool.client.id, "Username": "bob"}

    @pytest.mark.parametrize("trigger", ["PreSignUp", "PostConfirmation", "CustomMessage"])
    def test_signing_up(self, cognito, client, ada, of_client, unchanged, trigger):
        if trigger == "PostConfirmation":
            verdict = {"autoConfirmUser": True, "autoVerifyEmail": True}
            cognito.pool.on("PreSignUp", Handler(verdict))
        cognito.pool.on(trigger, raising(ValueError("no")))
        email = {"Name": "email", "Value": EMAIL["email"]}
        with unchanged, refused(*failed(trigger)):
            client.sign_up(**of_client, Password="Passw0rd!", UserAttributes=[email])

    @pytest.mark.parametrize("trigger", ["PreSignUp", "CustomMessage"])
    def test_creating(self, cognito, client, ada, unchanged, trigger):
        cognito.pool.on(trigger, raising(ValueError("no")))
        attributes = [{"Name": name, "Value": value} for name, value in EMAIL.items()]
        with unchanged, refused(*failed(trigger)):
            client.admin_create_user(
                UserPoolId=cognito.pool.id,
                Username="bob",
                UserAttributes=attributes,
                ForceAliasCreation=True,
                DesiredDeliveryMediums=["EMAIL"],
            )

    def test_reminding(self, cognito, client, ada, unchanged):
        ada.set_temporary_password("Passw0rd!")
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        with unchanged, refused(*failed("CustomMessage")):
            client.admin_create_user(
                UserPoolId=cognito.pool.id, Username="ada", MessageAction="RESEND"
            )

    @pytest.mark.parametrize("by_administrator", [False, True])
    def test_confirming(self, cognito, client, bob, of_client, unchanged, by_administrator):
        client.resend_confirmation_code(**of_client)
        cognito.pool.on("PostConfirmation", raising(ValueError("no")))
        with unchanged, refused(*failed("PostConfirmation")):
            if by_administrator:
                client.admin_confirm_sign_up(UserPoolId=cognito.pool.id, Username="bob")
            else:
                client.confirm_sign_up(**of_client, ConfirmationCode=bob.email_code)

    def test_a_new_password_for_a_forgotten_one(self, cognito, client, ada, unchanged):
        who = {"ClientId": cognito.pool.client.id, "Username": "ada"}
        client.forgot_password(**who)
        ada.attempts.failed()
        cognito.pool.on("PostConfirmation", raising(ValueError("no")))
        with unchanged, refused(*failed("PostConfirmation")):
            client.confirm_forgot_password(**who, ConfirmationCode=ada.sms_code, Password=NEW)

    def test_an_address(self, cognito, client, ada, unchanged):
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        token, new = ada.access_token, [{"Name": "email", "Value": "new@example.com"}]
        with unchanged, refused(*failed("CustomMessage")):
            client.update_user_attributes(AccessToken=token, UserAttributes=new)

    @pytest.mark.parametrize("trigger", ["UserMigration", "CustomMessage"])
    def test_migrating(self, cognito, client, ada, unchanged, trigger):
        answer = {"userAttributes": EMAIL, "forceAliasCreation": True}
        cognito.pool.on("UserMigration", Handler({**answer, "desiredDeliveryMediums": ["EMAIL"]}))
        cognito.pool.on(trigger, raising(ValueError("no")))
        with unchanged, refused(*failed(trigger)):
            client.initiate_auth(
                ClientId=cognito.pool.client.id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": "bob", "PASSWORD": "Passw0rd!"},
            )
