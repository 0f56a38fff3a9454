"""`USER_AUTH`: the first factor is the user's choice."""

from __future__ import annotations

import contextlib

import pytest

from handlers import put_on, refused
from people import needs_user_auth
from pytest_cognito_devices import UnhandledOperation
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.ids import device_key
from said import said

pytestmark = needs_user_auth

INCORRECT = said(texts.INCORRECT)
NOT_AVAILABLE = said(texts.CHALLENGE_NOT_AVAILABLE)
NO_DEVICE = said(texts.DEVICE_NOT_FOUND)
USED = said(texts.SESSION_USED)
EVERY = ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"]
CODES = {
    "EMAIL_OTP": (lambda ada: ada.email_code, "EMAIL", "a***@e***"),
    "SMS_OTP": (lambda ada: ada.sms_code, "SMS", "+*******4567"),
}


@pytest.fixture
def ada(cognito):
    cognito.pool.first_auth_factors = ("PASSWORD", "EMAIL_OTP", "SMS_OTP")
    return cognito.add_user(
        "ada", attributes={"email": "ada@example.com", "phone_number": "+441234567"}
    )


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


@pytest.fixture
def nobody(cognito, make_person, ada):
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"
    return make_person(ada, name="nobody")


def start(person, preferred=None, **parameters):
    if preferred is not None:
        parameters["PREFERRED_CHALLENGE"] = preferred
    return person.start("USER_AUTH", **parameters)


def choose(person, factor, **parameters):
    return person.answer(start(person), ANSWER=factor, **parameters)


@pytest.fixture(params=["preferred", "chosen"])
def choosing(request):
    """Both ways to choose a first factor: in the first call, or from the list."""
    return start if request.param == "preferred" else choose


def shown(asked):
    """A challenge without what is random, and without what only the first call gives."""
    assert asked["Session"].startswith("AYAB")
    names = {"ChallengeName", "ChallengeParameters"}
    assert set(asked) - {"AvailableChallenges", "ResponseMetadata", "Session"} == names
    return asked["ChallengeName"], asked["ChallengeParameters"]


class TestTheList:
    def test_without_a_preference(self, person):
        asked = start(person)
        assert shown(asked) == ("SELECT_CHALLENGE", {})
        assert asked["AvailableChallenges"] == EVERY

    @pytest.mark.parametrize(
        ("factors", "attributes", "available"),
        [
            (["PASSWORD"], ["email", "phone_number"], EVERY[:2]),
            (["PASSWORD", "SMS_OTP"], ["email", "phone_number"], [*EVERY[:2], "SMS_OTP"]),
            (["PASSWORD", "EMAIL_OTP", "SMS_OTP"], ["email"], EVERY[:3]),
            (["PASSWORD", "EMAIL_OTP", "SMS_OTP"], [], EVERY[:2]),
            (["EMAIL_OTP"], ["email"], ["EMAIL_OTP"]),
        ],
    )
    def test_what_the_pool_allows_and_the_user_has(
        self, cognito, ada, person, factors, attributes, available
    ):
        cognito.pool.first_auth_factors = tuple(factors)
        ada.attributes = {name: ada.attributes[name] for name in attributes}
        assert start(person)["AvailableChallenges"] == available

    @pytest.mark.parametrize("preferred", ["WEB_AUTHN", "PASSWORD_VERIFIER", "SMS_OTP", "?"])
    def test_with_a_preference_that_is_not_available(self, ada, person, preferred):
        del ada.attributes["phone_number"]
        asked = start(person, preferred)
        assert shown(asked) == ("SELECT_CHALLENGE", {})
        assert asked["AvailableChallenges"] == EVERY[:3]

    @pytest.mark.parametrize("answer", ["WEB_AUTHN", "SMS_OTP", "SMS_MFA", "?"])
    def test_a_choice_that_is_not_available(self, ada, person, answer):
        """After it another one can be made."""
        del ada.attributes["phone_number"]
        asked = start(person)
        with refused(*NOT_AVAILABLE):
            person.answer(asked, ANSWER=answer)
        assert person.answer(asked, ANSWER="EMAIL_OTP")["ChallengeName"] == "EMAIL_OTP"

    def test_no_choice(self, person):
        with refused(*said(texts.PARAMETER_MISSING, parameter="ANSWER")):
            person.answer(start(person))

    def test_a_choice_is_made_once(self, person):
        asked = start(person)
        person.answer(asked, ANSWER="EMAIL_OTP")
        with refused(*USED):
            person.answer(asked, ANSWER="PASSWORD")

    def test_the_list_comes_with_a_preferred_challenge(self, person):
        """So do the examples of the API reference have it."""
        for preferred in EVERY:
            assert start(person, preferred)["AvailableChallenges"] == EVERY
        asked = start(person, "PASSWORD_SRP", SRP_A=person.srp_a)
        assert "AvailableChallenges" not in asked

    def test_a_client_without_the_flow(self, cognito, make_person, ada):
        app = cognito.pool.add_client(explicit_auth_flows=["ALLOW_USER_SRP_AUTH"])
        with refused(*said(texts.AUTH_FLOW_NOT_ENABLED, AuthFlow="USER_AUTH")):
            start(make_person(ada, app=app))


class TestPassword:
    def test_at_once(self, ada, person, choosing):
        tokens = choosing(person, "PASSWORD", PASSWORD=ada.password)
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]
        assert "AvailableChallenges" not in tokens

    def test_in_an_answer(self, ada, person, choosing):
        asked = choosing(person, "PASSWORD")
        assert shown(asked) == ("PASSWORD", {})
        tokens = person.answer(asked, PASSWORD=ada.password)
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]

    def test_a_wrong_one_at_once(self, person, choosing):
        with refused(*INCORRECT):
            choosing(person, "PASSWORD", PASSWORD="wrong")

    @pytest.mark.parametrize("choice", [{"ANSWER": "PASSWORD"}, None])
    def test_a_wrong_one_may_be_followed_by_the_right_one(self, ada, person, choice):
        asked = start(person) if choice else start(person, "PASSWORD")
        with refused(*INCORRECT):
            person.answer(asked, PASSWORD="wrong", **choice or {})
        tokens = person.answer(asked, PASSWORD=ada.password, **choice or {})
        assert "AuthenticationResult" in tokens

    def test_missing_in_an_answer(self, person):
        asked = start(person, "PASSWORD")
        with refused(*said(texts.PARAMETER_MISSING, parameter="PASSWORD")):
            person.answer(asked)

    def test_a_temporary_one(self, ada, person, choosing):
        ada.status = "FORCE_CHANGE_PASSWORD"
        asked = choosing(person, "PASSWORD", PASSWORD=ada.password)
        assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        assert "AvailableChallenges" not in asked
        tokens = person.answer(asked, NEW_PASSWORD="Another-0ne")
        assert "AuthenticationResult" in tokens

    def test_a_second_factor_follows(self, ada, person, choosing):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        asked = choosing(person, "PASSWORD", PASSWORD=ada.password)
        assert shown(asked) == ("SOFTWARE_TOKEN_MFA", {"USER_ID_FOR_SRP": "ada"})
        assert "AvailableChallenges" not in asked
        tokens = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in tokens

    def test_the_second_factor_may_be_a_code_by_email(self, ada, person, choosing):
        ada.mfa = "EMAIL_OTP"
        asked = choosing(person, "PASSWORD", PASSWORD=ada.password)
        assert asked["ChallengeName"] == "EMAIL_OTP"
        assert "AvailableChallenges" not in asked
        tokens = person.answer(asked, EMAIL_OTP_CODE=ada.email_code)
        assert "AuthenticationResult" in tokens

    def test_a_device_follows(self, ada, person, choosing):
        person.takes(ada.add_device())
        asked = choosing(person, "PASSWORD", PASSWORD=ada.password, **person.device)
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        tokens = person.prove_device(asked)
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]

    def test_a_stale_key(self, ada, person, choosing):
        stale = {"DEVICE_KEY": device_key("us-east-1")}
        with refused(*INCORRECT):
            choosing(person, "PASSWORD", PASSWORD="wrong", **stale)
        with refused(*NO_DEVICE):
            choosing(person, "PASSWORD", PASSWORD=ada.password, **stale)

    def test_a_stale_key_does_not_use_up_the_choice(self, ada, person):
        asked = start(person, DEVICE_KEY=device_key("us-east-1"))
        password = {"ANSWER": "PASSWORD", "PASSWORD": ada.password}
        with refused(*NO_DEVICE):
            person.answer(asked, **password)
        tokens = person.answer(asked, **password)
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]


class TestSrp:
    def test_at_once(self, person, choosing):
        asked = choosing(person, "PASSWORD_SRP", SRP_A=person.srp_a)
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        assert "Session" in asked
        assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] == "ada"
        tokens = person.prove_password(asked)
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]

    def test_in_an_answer(self, person, choosing):
        asked = choosing(person, "PASSWORD_SRP")
        assert shown(asked) == ("PASSWORD_SRP", {})
        asked = person.answer(asked, SRP_A=person.srp_a)
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        assert "AuthenticationResult" in person.prove_password(asked)

    def test_a_wrong_password(self, make_person, ada, choosing):
        person = make_person(ada, password="wrong")
        asked = choosing(person, "PASSWORD_SRP", SRP_A=person.srp_a)
        with refused(*INCORRECT):
            person.prove_password(asked)

    def test_a_number_that_is_none(self, person, choosing):
        with refused(*said(texts.SRP_A_INVALID)):
            choosing(person, "PASSWORD_SRP", SRP_A="0")

    @pytest.mark.parametrize("choice", [{"ANSWER": "PASSWORD_SRP"}, None])
    def test_a_number_that_is_none_may_be_followed_by_one(self, person, choice):
        asked = start(person) if choice else start(person, "PASSWORD_SRP")
        with refused(*said(texts.SRP_A_INVALID)):
            person.answer(asked, SRP_A="0", **choice or {})
        asked = person.answer(asked, SRP_A=person.srp_a, **choice or {})
        assert "AuthenticationResult" in person.prove_password(asked)

    def test_a_second_factor_and_a_device_follow(self, ada, person, choosing):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        person.takes(ada.add_device())
        asked = choosing(person, "PASSWORD_SRP", SRP_A=person.srp_a, **person.device)
        asked = person.prove_password(asked)
        assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
        asked = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in person.prove_device(asked)


@pytest.mark.parametrize("factor", CODES)
class TestCodes:
    def test_in_place_of_a_password(self, ada, person, choosing, factor):
        code, medium, address = CODES[factor]
        asked = choosing(person, factor)
        name, parameters = shown(asked)
        parameters.pop("USER_ID_FOR_SRP", None)
        assert (name, parameters) == (
            factor,
            {
                "CODE_DELIVERY_DELIVERY_MEDIUM": medium,
                "CODE_DELIVERY_DESTINATION": address,
            },
        )
        tokens = person.answer(asked, **{f"{factor}_CODE": code(ada)})
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]
        assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False

    def test_a_wrong_one_may_be_followed_by_the_right_one(self, ada, person, factor):
        asked = start(person, factor)
        with refused(*said(texts.MFA_CODE_WRONG)):
            person.answer(asked, **{f"{factor}_CODE": "wrong"})
        tokens = person.answer(asked, **{f"{factor}_CODE": CODES[factor][0](ada)})
        assert "AuthenticationResult" in tokens

    @pytest.mark.parametrize("configuration", ["OPTIONAL", "ON"])
    def test_no_second_factor_follows(self, cognito, ada, person, factor, configuration):
        cognito.pool.mfa_configuration = configuration
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        asked = start(person, factor)
        tokens = person.answer(asked, **{f"{factor}_CODE": CODES[factor][0](ada)})
        assert "AuthenticationResult" in tokens

    def test_a_device_follows(self, ada, person, choosing, factor):
        person.takes(ada.add_device())
        asked = choosing(person, factor, **person.device)
        asked = person.answer(asked, **{f"{factor}_CODE": CODES[factor][0](ada)})
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        assert "AuthenticationResult" in person.prove_device(asked)

    def test_a_temporary_password_is_not_asked_for(self, ada, person, factor):
        ada.status = "FORCE_CHANGE_PASSWORD"
        asked = start(person, factor)
        tokens = person.answer(asked, **{f"{factor}_CODE": CODES[factor][0](ada)})
        assert "AuthenticationResult" in tokens

    @pytest.mark.parametrize(
        ("name", "value", "error"),
        [
            ("enabled", False, said(texts.USER_DISABLED)),
            ("status", "UNCONFIRMED", said(texts.USER_NOT_CONFIRMED)),
            ("status", "RESET_REQUIRED", said(texts.PASSWORD_RESET_REQUIRED)),
        ],
    )
    def test_users_who_may_not_sign_in(self, ada, person, choosing, factor, name, value, error):
        setattr(ada, name, value)
        with refused(*error):
            choosing(person, factor)
        assert ada.inbox.last == {}


class TestNobody:
    def test_is_given_away(self, make_person, ada):
        with refused(*said(texts.USER_NOT_FOUND)):
            start(make_person(ada, name="nobody"))

    def test_seems_to_have_a_password(self, nobody):
        for preferred in (None, "EMAIL_OTP"):
            asked = start(nobody, preferred)
            assert shown(asked) == ("SELECT_CHALLENGE", {})
            assert asked["AvailableChallenges"] == EVERY[:2]

    def test_gets_no_codes(self, nobody):
        asked = start(nobody)
        with refused(*NOT_AVAILABLE):
            nobody.answer(asked, ANSWER="EMAIL_OTP")

    def test_has_no_password(self, nobody, choosing):
        with refused(*INCORRECT):
            choosing(nobody, "PASSWORD", PASSWORD="Passw0rd!")
        with refused(*INCORRECT):
            nobody.answer(choosing(nobody, "PASSWORD"), PASSWORD="Passw0rd!")

    def test_cannot_prove_one(self, nobody, choosing):
        asked = choosing(nobody, "PASSWORD_SRP", SRP_A=nobody.srp_a)
        with refused(*INCORRECT):
            nobody.prove_password(asked)


def test_triggers(ada, person):
    before = put_on(ada.pool, "PreAuthentication")
    after = put_on(ada.pool, "PostAuthentication")
    claims = put_on(ada.pool, "PreTokenGeneration")
    asked = start(person, "EMAIL_OTP")
    person.answer(asked, EMAIL_OTP_CODE=ada.email_code)
    assert [len(handler.events) for handler in (before, after, claims)] == [1, 1, 1]
    assert claims.events[0]["triggerSource"] == "TokenGeneration_Authentication"


def test_a_client_with_a_secret(cognito, make_person, ada):
    app = cognito.pool.add_client(client_secret="s" * 24)
    person = make_person(ada, app=app)
    tokens = choose(person, "PASSWORD", PASSWORD=ada.password)
    assert "AuthenticationResult" in tokens
    with refused(*said(texts.SECRET_HASH_WRONG, ClientId=app.id)):
        start(person, SECRET_HASH="wrong")


class TestStepUp:
    """What the fake does not imitate and may not ignore: it changes the answer, or is refused."""

    @pytest.fixture(params=["TARGET_ACR_VALUES", "MAX_AGE", "ACCESS_TOKEN"])
    def parameter(self, request):
        return request.param

    @pytest.mark.parametrize("flow", ["USER_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"])
    def test_it_is_an_error_of_the_test(self, cognito, make_person, ada, parameter, flow):
        handler = put_on(cognito.pool, "PreAuthentication")
        for administrator in (False, True):
            person = make_person(ada, administrator=administrator)
            with pytest.raises(UnhandledOperation) as raised:
                person.start(flow, **{parameter: "300"})
            call = cognito.calls.last
            assert str(raised.value).startswith(f"{call.operation} was called with {parameter},")
            assert call.error is raised.value
            assert call.hint == (
                f"the fake does not imitate {parameter};"
                f' cognito_devices.respond("{call.operation}", {{...}}) gives it an answer'
            )
        assert handler.events == []

    def test_an_application_must_not_swallow_it(self, cognito, make_person, ada, parameter):
        with contextlib.suppress(BaseException):
            make_person(ada).start("USER_AUTH", **{parameter: "300"})
        with pytest.raises(AssertionError, match=f"was called with {parameter}"):
            cognito.assert_none_swallowed(seen_in="the test")

    def test_an_answer_of_the_test_is_given(self, cognito, make_person, ada, parameter):
        cognito.respond("InitiateAuth", {"ChallengeParameters": {}}, times=1)
        person = make_person(ada)
        assert person.start("USER_AUTH", **{parameter: "300"})["ChallengeParameters"] == {}
        with pytest.raises(UnhandledOperation):
            person.start("USER_AUTH", **{parameter: "300"})
        assert cognito.calls.last.error.prepared == ("a response on InitiateAuth, once",)

    def test_an_empty_one_is_none(self, make_person, ada, parameter):
        assert "ChallengeName" in make_person(ada).start("USER_AUTH", **{parameter: ""})

    def test_what_is_said_is_about_the_call_of_a_handler(self, cognito, make_person, ada):
        def handler(_event, _context):
            make_person(ada).start("USER_AUTH", MAX_AGE="300")

        ada.pool.on("PreAuthentication", handler)
        with pytest.raises(UnhandledOperation):
            make_person(ada).start("USER_AUTH")
        around, within = cognito.calls
        assert (around.hint, within.params["AuthParameters"]["MAX_AGE"]) == (None, "300")
        assert within.hint is not None
