"""Lambda triggers: what handlers are told, and what becomes of what they answer.

The events are those of the developer guide, with what it leaves open as people have logged it:
`validationData` is null and `clientMetadata` absent in a call without `ClientMetadata`, responses
come filled with null, and each `ChallengeResult` has a `challengeMetadata`.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest

from fuzzing import DEEP
from handlers import Handler, Riddles, event_of, put_on, raising, refused
from people import Person
from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service import api, texts
from said import said

METADATA = {"ClientMetadata": {"from": "a test"}}
GROUPS = {"groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": None}
TRIGGERS = [
    "CreateAuthChallenge",
    "DefineAuthChallenge",
    "PostAuthentication",
    "PreAuthentication",
    "PreTokenGeneration",
    "VerifyAuthChallengeResponse",
]

has_get_tokens = pytest.mark.skipif(
    "GetTokensFromRefreshToken" not in api.model().operation_names,
    reason="the installed botocore has no GetTokensFromRefreshToken",
)


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes={"email": "ada@example.com"})


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


def event_about(ada, source, request, response, *, version="1"):
    """The whole of an event."""
    attributes = {
        "sub": ada.sub,
        "cognito:user_status": ada.status,
        "email": "ada@example.com",
        "email_verified": "true",
    }
    request = {"userAttributes": attributes, **request}
    return event_of(ada.pool, "ada", source, request, response, version=version)


class TestPreAuthentication:
    @pytest.fixture
    def handler(self, ada):
        return put_on(ada.pool, "PreAuthentication")

    @pytest.mark.parametrize(
        ("more", "validation_data"), [({}, None), (METADATA, {"from": "a test"})]
    )
    def test_the_event(self, ada, person, handler, more, validation_data):
        flow = "ADMIN_USER_PASSWORD_AUTH" if person.prefix else "USER_PASSWORD_AUTH"
        tokens = person.start(flow, more=more, PASSWORD=ada.password)
        assert "AuthenticationResult" in tokens
        assert handler.events == [
            event_about(
                ada,
                "PreAuthentication_Authentication",
                {"validationData": validation_data},
                {},
            )
        ]

    @pytest.mark.parametrize(
        ("attribute", "name"), [("email", "ada@example.com"), ("phone_number", "+441234567")]
    )
    def test_an_address_that_is_a_user_name(self, cognito, make_person, attribute, name):
        """It is there as an alias too: amplify-js#5834, for phone numbers."""
        handler = put_on(cognito.pool, "PreAuthentication")
        cognito.pool.username_attributes = (attribute,)
        bob = cognito.add_user(name)
        make_person(bob).start_with_password()
        assert handler.requests[0]["userAttributes"] == {
            "sub": bob.sub,
            "cognito:user_status": "CONFIRMED",
            f"cognito:{attribute}_alias": name,
            attribute: name,
            f"{attribute}_verified": "true",
        }

    def test_it_comes_once_in_a_sign_in(self, ada, person, handler):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        person.takes(ada.add_device())
        asked = person.sign_in_with_srp(**person.device)
        asked = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in person.prove_device(asked)
        assert len(handler.events) == 1

    def test_it_does_not_come_when_tokens_are_refreshed(self, cognito, ada, person, handler):
        cognito.pool.device_tracking = "off"
        person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=ada.refresh_token)
        assert handler.events == []

    def test_it_can_refuse_before_anybody_looks_at_the_password(self, ada, make_person):
        ada.pool.on("PreAuthentication", raising(PermissionError("No entry")))
        error = said(texts.TRIGGER_FAILED, trigger="PreAuthentication", reason="No entry")
        for _ in range(6):
            with refused(*error):
                make_person(ada, password="wrong").start_with_password()
        with refused(*error):
            make_person(ada).start_with_srp()
        ada.pool.on("PreAuthentication", Handler())
        assert "AuthenticationResult" in make_person(ada).start_with_password()

    def test_it_does_not_come_for_nobody(self, ada, make_person, handler):
        with refused(*said(texts.USER_NOT_FOUND)):
            make_person(ada, name="nobody").start_with_password()
        assert handler.events == []

    def test_it_tells_whether_somebody_is_there(self, ada, make_person, handler):
        """If the client does not."""
        ada.pool.client.prevent_user_existence_errors = "ENABLED"
        make_person(ada).start_with_srp()
        asked = make_person(ada, name="nobody").start_with_srp()["ChallengeParameters"]
        known, unknown = handler.events
        request = {"validationData": None, "userNotFound": False}
        assert known == event_about(ada, "PreAuthentication_Authentication", request, {})
        request = {"userAttributes": {}, "validationData": None, "userNotFound": True}
        assert unknown == {
            **known,
            "userName": asked["USER_ID_FOR_SRP"],
            "request": request,
        }

    def test_the_name_is_the_real_one(self, ada, make_person, handler):
        make_person(ada, name="ada@example.com").start_with_password()
        assert handler.events[0]["userName"] == "ada"


class TestPostAuthentication:
    @pytest.fixture
    def handler(self, ada):
        return put_on(ada.pool, "PostAuthentication")

    @pytest.fixture
    def event(self, ada):
        def event(request):
            return event_about(ada, "PostAuthentication_Authentication", request, {})

        return event

    def test_a_new_device(self, person, handler, event):
        person.start_with_password()
        assert handler.events == [event({"newDeviceUsed": True})]

    @pytest.mark.parametrize("remembered", [True, False])
    def test_a_device_that_is_known(self, ada, person, handler, event, remembered):
        person.takes(ada.add_device(remembered=remembered))
        answer = person.start_with_password(**person.device)
        if remembered:
            assert handler.events == []
            answer = person.prove_device(answer)
        assert "AuthenticationResult" in answer
        assert handler.events == [event({"newDeviceUsed": False})]

    def test_a_pool_that_tracks_no_devices(self, ada, person, handler, event):
        phone = ada.add_device()
        ada.pool.device_tracking = "off"
        person.start_with_password(DEVICE_KEY=phone.key)
        assert handler.events == [event({"newDeviceUsed": False})]

    def test_it_is_told_the_metadata_of_answers_alone(self, person, handler, event):
        asked = person.start("USER_SRP_AUTH", more=METADATA, SRP_A=person.srp_a)
        person.answer(
            asked, more={"ClientMetadata": {"from": "the answer"}}, **person.proof(asked)
        )
        flow = "ADMIN_USER_PASSWORD_AUTH" if person.prefix else "USER_PASSWORD_AUTH"
        person.start(flow, more=METADATA, PASSWORD=person.srp.password)
        assert handler.events == [
            event({"newDeviceUsed": True, "clientMetadata": {"from": "the answer"}}),
            event({"newDeviceUsed": True}),
        ]

    def test_it_comes_after_everything_else(self, ada, person, handler):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        asked = person.start_with_password()
        assert handler.events == []
        person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert len(handler.events) == 1

    def test_it_does_not_come_when_tokens_are_refreshed(self, cognito, ada, person, handler):
        cognito.pool.device_tracking = "off"
        person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=ada.refresh_token)
        assert handler.events == []


class TestPreTokenGeneration:
    @pytest.mark.parametrize(
        ("version", "name", "scopes"),
        [
            ("V1_0", "claimsOverrideDetails", {}),
            (
                "V2_0",
                "claimsAndScopeOverrideDetails",
                {"scopes": ["aws.cognito.signin.user.admin"]},
            ),
            (
                "V3_0",
                "claimsAndScopeOverrideDetails",
                {"scopes": ["aws.cognito.signin.user.admin"]},
            ),
        ],
    )
    def test_the_event(self, ada, person, version, name, scopes):
        handler = put_on(ada.pool, "PreTokenGeneration", lambda_version=version)
        flow = "ADMIN_USER_PASSWORD_AUTH" if person.prefix else "USER_PASSWORD_AUTH"
        person.start(flow, more=METADATA, PASSWORD=ada.password)
        asked = person.start_with_srp()
        person.answer(asked, more=METADATA, **person.proof(asked))
        without, with_metadata = (
            event_about(
                ada,
                "TokenGeneration_Authentication",
                {"groupConfiguration": GROUPS, **scopes, **metadata},
                {name: None},
                version=version[1],
            )
            for metadata in ({}, {"clientMetadata": {"from": "a test"}})
        )
        assert handler.events == [without, with_metadata]

    def test_the_first_version_unless_told_otherwise(self, ada, person):
        ada.pool.on("PreTokenGeneration", Handler(), lambda_version="V2_0")
        handler = put_on(ada.pool, "PreTokenGeneration")
        person.start_with_password()
        assert handler.events[0]["version"] == "1"

    @pytest.fixture
    def sources(self, ada):
        handler = put_on(ada.pool, "PreTokenGeneration")
        return lambda: [event["triggerSource"] for event in handler.events]

    def test_after_a_second_factor(self, ada, person, sources):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        asked = person.start_with_password()
        assert sources() == []
        person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert sources() == ["TokenGeneration_Authentication"]

    def test_after_a_new_password(self, ada, person, sources):
        ada.status = "FORCE_CHANGE_PASSWORD"
        person.answer(person.start_with_password(), NEW_PASSWORD="Another-0ne")
        assert sources() == ["TokenGeneration_NewPasswordChallenge"]

    def test_after_a_device(self, ada, person, sources):
        person.takes(ada.add_device())
        person.prove_device(person.start_with_password(**person.device))
        assert sources() == ["TokenGeneration_AuthenticateDevice"]

    def test_when_tokens_are_refreshed(self, ada, person):
        ada.pool.device_tracking = "off"
        handler = put_on(ada.pool, "PreTokenGeneration")
        person.start("REFRESH_TOKEN_AUTH", more=METADATA, REFRESH_TOKEN=ada.refresh_token)
        assert handler.events == [
            event_about(
                ada,
                "TokenGeneration_RefreshTokens",
                {"groupConfiguration": GROUPS},
                {"claimsOverrideDetails": None},
            )
        ]

    @has_get_tokens
    def test_the_other_way_to_refresh_tells_the_metadata(self, ada, client):
        ada.pool.device_tracking = "off"
        handler = put_on(ada.pool, "PreTokenGeneration")
        client.get_tokens_from_refresh_token(
            ClientId=ada.pool.client.id, RefreshToken=ada.refresh_token, **METADATA
        )
        assert handler.events == [
            event_about(
                ada,
                "TokenGeneration_RefreshTokens",
                {"groupConfiguration": GROUPS, "clientMetadata": {"from": "a test"}},
                {"claimsOverrideDetails": None},
            )
        ]

    def test_tokens_that_a_test_asks_for_are_nobodys_business(self, ada, sources):
        assert ada.access_token
        assert ada.sign_in().id_token
        assert sources() == []


class TestCustomChallenges:
    def test_the_events(self, ada, person):
        riddles = Riddles(ada.pool, order=("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE", "tokens"))
        asked = person.start("CUSTOM_AUTH", more=METADATA)
        asked = person.answer(asked, ANSWER="5")
        person.answer(asked, more=METADATA, ANSWER="5")

        result = {
            "challengeName": "CUSTOM_CHALLENGE",
            "challengeResult": True,
            "challengeMetadata": "RIDDLE",
        }
        assert riddles.define.events == [
            event_about(
                ada,
                "DefineAuthChallenge_Authentication",
                {"session": [result] * rounds, **metadata},
                {"challengeName": None, "issueTokens": None, "failAuthentication": None},
            )
            for rounds, metadata in enumerate(({}, {}, {"clientMetadata": {"from": "a test"}}))
        ]
        assert riddles.create.events == [
            event_about(
                ada,
                "CreateAuthChallenge_Authentication",
                {"challengeName": "CUSTOM_CHALLENGE", "session": [result] * rounds},
                {
                    "publicChallengeParameters": None,
                    "privateChallengeParameters": None,
                    "challengeMetadata": None,
                },
            )
            for rounds in (0, 1)
        ]
        assert riddles.verify.events == [
            event_about(
                ada,
                "VerifyAuthChallengeResponse_Authentication",
                {
                    "privateChallengeParameters": {"answer": "5"},
                    "challengeAnswer": "5",
                    **metadata,
                },
                {"answerCorrect": None},
            )
            for metadata in ({}, {"clientMetadata": {"from": "a test"}})
        ]

    def test_they_tell_whether_somebody_is_there(self, ada, make_person):
        ada.pool.client.prevent_user_existence_errors = "ENABLED"
        riddles = Riddles(ada.pool)
        for name in ("ada", "nobody"):
            person = make_person(ada, name=name)
            asked = person.start("CUSTOM_AUTH")
            if name == "ada":
                person.answer(asked, ANSWER="5")
            else:
                with refused(*said(texts.INCORRECT)):
                    person.answer(asked, ANSWER="5")
        for handler in (riddles.define, riddles.create, riddles.verify):
            assert {request["userNotFound"] for request in handler.requests} == {False, True}
            assert handler.requests[-1]["userAttributes"] == {}


def sign_in_with(handler, trigger, person):
    """A sign-in in which each trigger that has no other handler comes, and this one."""
    pool = person.user.pool
    Riddles(pool)
    pool.on(trigger, handler)
    return person.answer(person.start("CUSTOM_AUTH"), ANSWER="5")


def usual(trigger, pool):
    """A handler that does what the trigger is for."""
    riddles = Riddles(pool)
    return {
        "CreateAuthChallenge": riddles.create,
        "DefineAuthChallenge": riddles.define,
        "VerifyAuthChallengeResponse": riddles.verify,
    }.get(trigger) or put_on(pool, trigger)


@pytest.mark.parametrize("trigger", TRIGGERS)
class TestWhatHandlersDo:
    @pytest.mark.parametrize(
        ("error", "reason"),
        [
            (ValueError("Not today"), "Not today"),
            (KeyError("role"), "'role'"),
            (AssertionError("{odd}"), "{odd}"),
            (RuntimeError(), ""),
        ],
    )
    def test_raising(self, ada, person, trigger, error, reason):
        with refused(*said(texts.TRIGGER_FAILED, trigger=trigger, reason=reason)):
            sign_in_with(raising(error), trigger, person)

    @pytest.mark.parametrize("answer", [None, object(), {"response": {1, 2}}, DEEP])
    def test_no_json(self, ada, person, trigger, answer):
        with refused(*said(texts.TRIGGER_GAVE_NO_JSON)):
            sign_in_with(lambda _event, _context: answer, trigger, person)

    @pytest.mark.parametrize(
        "change",
        [
            lambda event: "ok",
            lambda event: [event],
            lambda event: {"response": event["response"]},
            lambda event: {name: event[name] for name in event if name != "response"},
            lambda event: {name: event[name] for name in event if name != "callerContext"},
            lambda event: {**event, "response": "ok"},
            lambda event: {**event, "response": []},
        ],
    )
    def test_no_event(self, ada, person, trigger, change):
        with refused(*said(texts.TRIGGER_GAVE_NONSENSE)):
            sign_in_with(lambda event, _context: change(event), trigger, person)

    def test_what_the_fake_has_not(self, cognito, ada, person, trigger):
        """It is told to the test, not to the application."""

        def handler(event, _context):
            boto3.client("cognito-idp").list_identity_providers(UserPoolId=event["userPoolId"])

        cognito.respond("ListIdentityProviders", {}, given={"MaxResults": 1})
        with pytest.raises(UnhandledOperation) as raised:
            sign_in_with(handler, trigger, person)
        # What is said of it is about the call of the handler, not about the one around it.
        assert raised.value.operation == "ListIdentityProviders"
        assert raised.value.prepared == ("a response on ListIdentityProviders given MaxResults=1",)
        around = next(call for call in cognito.calls if "Auth" in call.operation)
        assert around.hint is None

    def test_failing_leaves_nothing(self, cognito, ada, person, trigger):
        with refused(*said(texts.TRIGGER_FAILED, trigger=trigger, reason="no")):
            sign_in_with(raising(ValueError("no")), trigger, person)
        assert ada.new_devices == {}
        assert ada.sessions_to_end == []
        assert cognito.pool.account.issued == {}

    def test_changing_the_event_afterwards_changes_nothing(self, ada, person, trigger):
        kept = []
        handler = usual(trigger, ada.pool)

        def keeping(event, context):
            kept.append(event)
            return handler(event, context)

        ada.pool.on(trigger, keeping)
        asked = person.start("CUSTOM_AUTH")
        for event in kept:
            event.clear()
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")

    def test_the_context(self, cognito, ada, person, trigger):
        cognito.freeze_time("2026-01-31")
        handler = usual(trigger, ada.pool)
        person.answer(person.start("CUSTOM_AUTH"), ANSWER="5")
        contexts = handler.contexts
        context = contexts[0]
        assert context.function_name == trigger
        assert context.function_version == "$LATEST"
        assert context.invoked_function_arn == (
            f"arn:aws:lambda:us-east-1:123456789012:function:{trigger}"
        )
        assert context.memory_limit_in_mb == "128"
        assert context.get_remaining_time_in_millis() == 5000
        assert context.log_group_name == f"/aws/lambda/{trigger}"
        assert re.fullmatch(r"2026/01/31/\[\$LATEST\][0-9a-f]{32}", context.log_stream_name)
        assert (context.identity, context.client_context) == (None, None)
        assert len({each.aws_request_id for each in contexts}) == len(contexts)


def test_a_function_is_in_the_partition_of_its_pool(cognito, make_client):
    pool = cognito.add_pool(region="cn-north-1")
    handler = put_on(pool, "PreAuthentication")
    call = make_client("cn-north-1")._make_api_call
    Person(call, pool.add_user("ada")).start_with_password()
    assert handler.events[0]["region"] == "cn-north-1"
    assert handler.contexts[0].invoked_function_arn == (
        "arn:aws-cn:lambda:cn-north-1:123456789012:function:PreAuthentication"
    )


@pytest.mark.parametrize("wire", [False, True])
def test_handlers_may_call_the_service(make_person, wire):
    with FakeCognito(wire=wire) as cognito:
        handler_that_calls(cognito, make_person)


def handler_that_calls(cognito, make_person):
    ada = cognito.add_user("ada")
    inside = boto3.client("cognito-idp", region_name="us-east-1")

    def handler(event, _context):
        who = {"UserPoolId": event["userPoolId"], "Username": event["userName"]}
        count = len(inside.admin_list_devices(**who)["Devices"])
        attribute = {"Name": "custom:devices", "Value": str(count)}
        inside.admin_update_user_attributes(**who, UserAttributes=[attribute])
        return event

    ada.add_device()
    ada.attributes["custom:devices"] = "?"
    cognito.pool.on("PreAuthentication", handler)
    assert "AuthenticationResult" in make_person(ada).start_with_password()
    assert ada.attributes["custom:devices"] == "1"
    assert [call.operation for call in cognito.calls] == [
        "InitiateAuth",
        "AdminListDevices",
        "AdminUpdateUserAttributes",
    ]
    assert [call.error for call in cognito.calls] == [None] * 3


def test_what_a_handler_is_refused_is_its_own_business(cognito, ada, make_person):
    def handler(event, _context):
        boto3.client("cognito-idp", region_name="us-east-1").admin_get_user(
            UserPoolId=event["userPoolId"], Username="nobody"
        )

    cognito.pool.on("PostAuthentication", handler)
    code, words = said(texts.USER_NOT_FOUND)
    reason = f"An error occurred ({code}) when calling the AdminGetUser operation: {words}"
    with refused(*said(texts.TRIGGER_FAILED, trigger="PostAuthentication", reason=reason)):
        make_person(ada).start_with_password()


def test_a_failure_after_a_device_does_not_move_its_dates(cognito, ada, make_person):
    clock = cognito.freeze_time("2026-01-31")
    phone = ada.add_device()
    dates = phone.dates
    clock.tick(60)
    person = make_person(ada).takes(phone)
    cognito.pool.on("PostAuthentication", raising(ValueError("no")))
    with refused(*said(texts.TRIGGER_FAILED, trigger="PostAuthentication", reason="no")):
        person.prove_device(person.start_with_password(**person.device))
    assert phone.dates == dates


@has_get_tokens
def test_a_failure_does_not_spend_a_refresh_token(cognito, client, ada):
    """Rotation is for tokens that were handed out."""
    cognito.pool.device_tracking = "off"
    cognito.pool.client.refresh_token_rotation = 0
    params = {"ClientId": cognito.pool.client.id, "RefreshToken": ada.refresh_token}
    cognito.pool.on("PreTokenGeneration", raising(ValueError("no")))
    with refused(*said(texts.TRIGGER_FAILED, trigger="PreTokenGeneration", reason="no")):
        client.get_tokens_from_refresh_token(**params)
    cognito.pool.on("PreTokenGeneration", Handler())
    assert "AuthenticationResult" in client.get_tokens_from_refresh_token(**params)


class TestThreads:
    def test_a_handler_may_wait_for_other_threads(self, cognito, client, person):
        """They may call the fake meanwhile."""
        seen = []

        def handler(event, _context):
            call = {"UserPoolId": event["userPoolId"], "Username": event["userName"]}
            with ThreadPoolExecutor(1) as executor:
                seen.append(executor.submit(client.admin_get_user, **call).result(10)["Username"])
            return event

        cognito.pool.on("PreAuthentication", handler)
        assert "AuthenticationResult" in person.start_with_password()
        assert seen == ["ada"]

    def test_a_handler_that_deletes_the_user(self, cognito, ada, person):
        def handler(event, _context):
            ada.delete()
            return event

        cognito.pool.on("PreAuthentication", handler)
        with refused(*said(texts.USER_NOT_FOUND)):
            person.start_with_password()
        assert ada.new_devices == {}


class TestMisuse:
    @pytest.mark.parametrize(
        ("trigger", "what"),
        [("OnTuesdays", "a trigger"), ("CustomSMSSender", "one that the fake calls")],
    )
    def test_an_unknown_trigger(self, cognito, trigger, what):
        with pytest.raises(ValueError) as refusal:
            cognito.pool.on(trigger, print)
        assert str(refusal.value) == (
            f"{trigger!r} is not {what}. There are: CreateAuthChallenge, CustomMessage,"
            " DefineAuthChallenge, PostAuthentication, PostConfirmation, PreAuthentication,"
            " PreSignUp, PreTokenGeneration, UserMigration, VerifyAuthChallengeResponse."
        )

    def test_a_handler_is_taken_away(self, cognito):
        cognito.pool.on("PreAuthentication", print)
        for _ in range(2):
            cognito.pool.on("PreAuthentication", None)
            assert cognito.pool.triggers == {}

    def test_a_trigger_that_is_misspelt(self, cognito):
        with pytest.raises(ValueError, match=r"; did you mean 'PreTokenGeneration'\? There are:"):
            cognito.pool.on("PreTokenGenration", print)

    def test_a_name_in_place_of_a_handler(self, cognito):
        with pytest.raises(TypeError) as refusal:
            cognito.pool.on("PreAuthentication", "app.handler")
        assert str(refusal.value) == (
            "handler must be a function of an event and a context, not 'app.handler'"
        )

    def test_an_unknown_version(self, cognito):
        with pytest.raises(ValueError) as refusal:
            cognito.pool.on("PreTokenGeneration", print, lambda_version="2")
        assert str(refusal.value) == (
            "lambda_version must be one of 'V1_0', 'V2_0', 'V3_0', not '2'"
        )

    def test_a_version_of_another_trigger(self, cognito):
        with pytest.raises(ValueError) as refusal:
            cognito.pool.on("PreAuthentication", print, lambda_version="V2_0")
        assert str(refusal.value) == (
            "lambda_version is for PreTokenGeneration; the events of PreAuthentication have no"
            " other."
        )

    def test_nothing_is_kept_of_it(self, cognito):
        for arguments in (
            ("CustomSMSSender", print),
            ("PreAuthentication", "app.handler"),
        ):
            with pytest.raises((TypeError, ValueError)):
                cognito.pool.on(*arguments)
        assert cognito.pool.triggers == {}
        assert cognito.pool.triggers.pre_token_generation_version == "V1_0"
