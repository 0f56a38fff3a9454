"""Custom challenges: `CUSTOM_AUTH`, as the three triggers of a pool have it."""

from __future__ import annotations

import jwt
import pytest

from handlers import Riddles, put_on, raising, refused
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.ids import device_key
from said import said

SECRET = "s" * 24
INCORRECT = said(texts.INCORRECT)
NONSENSE = said(texts.TRIGGER_GAVE_NONSENSE)
NO_DEVICE = said(texts.DEVICE_NOT_FOUND)
NO_TRIGGER = said(texts.CUSTOM_TRIGGER_MISSING)
USED = said(texts.SESSION_USED)
# SRP_A itself is the first success.
WITH_PASSWORD = (None, "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "tokens")
WITH_TWO = ("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE", "tokens")


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


@pytest.fixture
def riddles(cognito):
    return Riddles(cognito.pool)


def start(person, **parameters):
    return person.start("CUSTOM_AUTH", **parameters)


def start_with_srp(person, **parameters):
    """The way that proves the password first."""
    return start(person, CHALLENGE_NAME="SRP_A", SRP_A=person.srp_a, **parameters)


def without_metadata(answer):
    del answer["ResponseMetadata"]
    return answer


def device_of(answer):
    """The device key in the access token."""
    token = answer["AuthenticationResult"]["AccessToken"]
    return jwt.decode(token, options={"verify_signature": False}).get("device_key")


def put(pool, response):
    return put_on(pool, "DefineAuthChallenge", response)


class TestRounds:
    def test_a_challenge_and_its_answer(self, person, riddles):
        asked = without_metadata(start(person))
        session = asked.pop("Session")
        assert session.startswith("AYAB")
        assert asked == {
            "ChallengeName": "CUSTOM_CHALLENGE",
            "ChallengeParameters": {"USERNAME": "ada", "riddle": "2 + 3"},
        }
        asked["Session"] = session
        tokens = without_metadata(person.answer(asked, ANSWER="5"))
        assert set(tokens) == {"AuthenticationResult", "ChallengeParameters"}
        assert tokens["ChallengeParameters"] == {}
        # Without a password there is no key of a device (amplify-js#14909).
        assert set(tokens["AuthenticationResult"]) == {
            "AccessToken",
            "ExpiresIn",
            "IdToken",
            "RefreshToken",
            "TokenType",
        }
        assert device_of(tokens) is None

    def test_several(self, cognito, person):
        riddles = Riddles(cognito.pool, order=WITH_TWO)
        asked = start(person)
        sessions = {asked["Session"]}
        asked = person.answer(asked, ANSWER="5")
        sessions.add(asked["Session"])
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")
        assert len(sessions) == 2
        assert len(riddles.define.events) == 3

    def test_wrong_answers(self, person, riddles):
        """The session of a wrong answer is used up too: the next one comes with the answer."""
        asked = start(person)
        for wrong in ("4", "6"):
            asked = person.answer(asked, ANSWER=wrong)
            assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        results = riddles.define.requests[-1]["session"]
        assert [each["challengeResult"] for each in results] == [False, False]
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")

    def test_too_many_wrong_answers(self, person, riddles):
        asked = start(person)
        for _ in range(2):
            asked = person.answer(asked, ANSWER="4")
        with refused(*INCORRECT):
            person.answer(asked, ANSWER="4")
        with refused(*USED):
            person.answer(asked, ANSWER="5")

    def test_failing_at_once(self, cognito, person):
        put(cognito.pool, {"failAuthentication": True})
        with refused(*INCORRECT):
            start(person)

    def test_failing_is_stronger_than_tokens(self, cognito, person):
        put(cognito.pool, {"issueTokens": True, "failAuthentication": True})
        with refused(*INCORRECT):
            start(person)

    def test_tokens_at_once(self, cognito, person):
        put(cognito.pool, {"issueTokens": True, "failAuthentication": False})
        tokens = start(person)
        assert "AuthenticationResult" in tokens
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]

    def test_sign_ins_at_the_same_time(self, person, riddles):
        first, second = start(person), start(person)
        assert "AuthenticationResult" in person.answer(second, ANSWER="5")
        assert "AuthenticationResult" in person.answer(first, ANSWER="5")


class TestWithPassword:
    @pytest.fixture(autouse=True)
    def riddles(self, cognito):
        return Riddles(cognito.pool, order=WITH_PASSWORD)

    @pytest.mark.parametrize("session", [True, False])
    def test_first_the_password(self, person, riddles, session):
        asked = start_with_srp(person)
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        assert asked["Session"].startswith("AYAB")
        assert set(asked["ChallengeParameters"]) == {
            "SALT",
            "SECRET_BLOCK",
            "SRP_B",
            "USERNAME",
            "USER_ID_FOR_SRP",
        }
        asked = person.prove_password(asked, session=session)
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        tokens = person.answer(asked, ANSWER="5")
        metadata = tokens["AuthenticationResult"]["NewDeviceMetadata"]
        assert device_of(tokens) == metadata["DeviceKey"]
        assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False
        results = [
            ("SRP_A", None),
            ("PASSWORD_VERIFIER", None),
            ("CUSTOM_CHALLENGE", "RIDDLE"),
        ]
        assert riddles.define.requests[-1]["session"] == [
            {"challengeName": name, "challengeResult": True, "challengeMetadata": metadata}
            for name, metadata in results
        ]

    def test_a_wrong_password(self, make_person, ada, riddles):
        """The triggers do not hear of it."""
        person = make_person(ada, password="wrong")
        asked = start_with_srp(person)
        with refused(*INCORRECT):
            person.prove_password(asked)
        assert len(riddles.define.events) == 1
        person.srp.password = ada.password
        assert person.prove_password(asked)["ChallengeName"] == "CUSTOM_CHALLENGE"

    def test_a_number_that_is_none(self, person):
        with refused(*said(texts.SRP_A_INVALID)):
            start(person, CHALLENGE_NAME="SRP_A", SRP_A="0")
        with refused(*said(texts.PARAMETER_MISSING, parameter="SRP_A")):
            start(person, CHALLENGE_NAME="SRP_A")

    def test_a_temporary_password(self, ada, person):
        """It is replaced at the end."""
        ada.status = "FORCE_CHANGE_PASSWORD"
        asked = person.prove_password(start_with_srp(person))
        asked = person.answer(asked, ANSWER="5")
        assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        tokens = person.answer(asked, NEW_PASSWORD="Another-0ne")
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]
        assert (ada.password, ada.status) == ("Another-0ne", "CONFIRMED")

    def test_nobody(self, cognito, make_person, ada, riddles):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        person = make_person(ada, name="nobody")
        asked = start_with_srp(person)
        assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
        assert riddles.define.requests[0]["userNotFound"] is True
        with refused(*INCORRECT):
            person.prove_password(asked)

    def test_a_device_first_of_all(self, ada, person, riddles):
        """And its own proof at the end, after the triggers had their say."""
        person.takes(ada.add_device())
        asked = start_with_srp(person, **person.device)
        asked = person.prove_password(asked, **person.device)
        asked = person.answer(asked, ANSWER="5")
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        tokens = person.prove_device(asked)
        assert device_of(tokens) == person.device["DEVICE_KEY"]
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]
        assert len(riddles.define.events) == 3

    def test_a_stale_key_with_the_password(self, person):
        asked = start_with_srp(person)
        with refused(*NO_DEVICE):
            person.prove_password(asked, DEVICE_KEY=device_key("us-east-1"))
        asked = person.prove_password(asked)
        tokens = person.answer(asked, ANSWER="5")
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]


class TestDevices:
    @pytest.fixture(params=["the start", "the answer"])
    def sign_in(self, request, person, riddles):
        """Give the key at the start, or with the answer."""

        def sign_in(**key):
            if request.param == "the start":
                return person.answer(start(person, **key), ANSWER="5")
            return person.answer(start(person), ANSWER="5", **key)

        return sign_in

    def test_a_remembered_one_has_the_last_word(self, ada, person, sign_in):
        phone = ada.add_device()
        asked = sign_in(**person.takes(phone).device)
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        assert asked["ChallengeParameters"] == {"USERNAME": "ada", "DEVICE_KEY": phone.key}
        tokens = person.prove_device(asked)
        assert device_of(tokens) == phone.key
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]

    def test_one_that_is_not_remembered(self, ada, sign_in):
        tablet = ada.add_device(remembered=False)
        tokens = sign_in(DEVICE_KEY=tablet.key)
        assert device_of(tokens) == tablet.key
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]

    def test_one_that_nobody_knows(self, sign_in):
        with refused(*NO_DEVICE):
            sign_in(DEVICE_KEY=device_key("us-east-1"))

    def test_without_tracking_none_counts(self, cognito, sign_in):
        cognito.pool.device_tracking = "off"
        assert device_of(sign_in(DEVICE_KEY=device_key("us-east-1"))) is None

    def test_the_same_answer_without_a_stale_key(self, person, riddles):
        """The riddle has not been judged yet: neither is the session spent."""
        stale = {"DEVICE_KEY": device_key("us-east-1")}
        for asked, key in ((start(person), stale), (start(person, **stale), {})):
            with refused(*NO_DEVICE):
                person.answer(asked, ANSWER="5", **key)
            assert "AuthenticationResult" in person.answer(asked, ANSWER="5")
        assert len(riddles.verify.events) == 2

    def test_a_stale_key_and_tokens_at_once(self, cognito, person):
        put(cognito.pool, {"issueTokens": True})
        with refused(*NO_DEVICE):
            start(person, DEVICE_KEY=device_key("us-east-1"))

    def test_a_wrong_secret_after_everything(self, ada, person, riddles):
        phone = ada.add_device()
        person.has_device(phone.key, phone.group_key, "wrong")
        asked = person.answer(start(person), ANSWER="5", **person.device)
        with refused(*INCORRECT):
            person.prove_device(asked)


class TestNewDevicesWithoutAPassword:
    """AWS's staff says that there are none, others have got some: a setting says which."""

    def test_the_key_of_a_new_device(self, cognito, person, riddles):
        cognito.pool.custom_auth_gives_device_key = True
        tokens = person.answer(start(person), ANSWER="5")
        metadata = tokens["AuthenticationResult"]["NewDeviceMetadata"]
        assert device_of(tokens) == metadata["DeviceKey"]
        assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False
        asked = person.answer(start(person, **person.device), ANSWER="5")
        assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
        tokens = person.prove_device(asked)
        assert device_of(tokens) == metadata["DeviceKey"]
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]

    def test_none_without_tracking(self, cognito, person, riddles):
        cognito.pool.custom_auth_gives_device_key = True
        cognito.pool.device_tracking = "off"
        assert device_of(person.answer(start(person), ANSWER="5")) is None

    def test_the_key_of_one_that_is_there_already(self, cognito, ada, person, riddles):
        cognito.pool.custom_auth_gives_device_key = True
        tablet = ada.add_device(remembered=False)
        tokens = person.answer(start(person, DEVICE_KEY=tablet.key), ANSWER="5")
        assert device_of(tokens) == tablet.key

    def test_a_setting_of_a_pool(self, cognito, make_person):
        pool = cognito.add_pool(custom_auth_gives_device_key=True)
        Riddles(pool)
        bob = make_person(pool.add_user("bob"))
        tokens = bob.answer(start(bob), ANSWER="5")
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]


FACTORS = {
    "SOFTWARE_TOKEN_MFA": lambda ada: {"SOFTWARE_TOKEN_MFA_CODE": ada.totp_code},
    "SMS_MFA": lambda ada: {"SMS_MFA_CODE": ada.sms_code},
}


class TestSecondFactors:
    """Asked for by `DefineAuthChallenge`."""

    @pytest.fixture(autouse=True)
    def _reachable(self, ada):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        ada.attributes["phone_number"] = "+441234567"

    @pytest.mark.parametrize("factor", FACTORS)
    def test_before_a_riddle(self, cognito, ada, person, factor):
        riddles = Riddles(cognito.pool, order=(factor, "CUSTOM_CHALLENGE", "tokens"))
        asked = start(person)
        assert asked["ChallengeName"] == factor
        assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] == "ada"
        assert asked["ChallengeParameters"]["USERNAME"] == "ada"
        asked = person.answer(asked, **FACTORS[factor](ada))
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")
        assert riddles.define.requests[1]["session"] == [
            {"challengeName": factor, "challengeResult": True, "challengeMetadata": None}
        ]

    def test_a_wrong_code_may_be_followed_by_the_right_one(self, cognito, ada, person):
        riddles = Riddles(cognito.pool, order=("SMS_MFA", "tokens"))
        asked = start(person)
        with refused(*said(texts.MFA_CODE_WRONG)):
            person.answer(asked, SMS_MFA_CODE="wrong")
        assert "AuthenticationResult" in person.answer(asked, SMS_MFA_CODE=ada.sms_code)
        assert len(riddles.define.events) == 2

    @pytest.mark.parametrize("factor", [*FACTORS, "EMAIL_OTP"])
    def test_one_that_the_user_has_not(self, cognito, ada, make_person, factor):
        bob = cognito.add_user("bob")
        Riddles(cognito.pool, order=(factor, "tokens"))
        with refused(*NONSENSE):
            start(make_person(bob))

    def test_of_nobody(self, cognito, ada, make_person):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        Riddles(cognito.pool, order=("SMS_MFA", "tokens"))
        with refused(*NONSENSE):
            start(make_person(ada, name="nobody"))


class TestSecondFactorsAfterThePassword:
    """The service asks for them by itself (amplify-js#3876, #4888, #11540)."""

    @pytest.fixture(autouse=True)
    def riddles(self, cognito):
        # What the service asks for by itself is a success too.
        order = (None, "PASSWORD_VERIFIER", None, "CUSTOM_CHALLENGE", "tokens")
        return Riddles(cognito.pool, order=order)

    @staticmethod
    def told(riddles):
        return [each["challengeName"] for each in riddles.define.requests[-1]["session"]]

    @pytest.mark.parametrize("factor", FACTORS)
    def test_the_trigger_hears_of_it_afterwards(self, ada, person, riddles, factor):
        ada.mfa, ada.attributes["phone_number"] = factor, "+441234567"
        asked = person.prove_password(start_with_srp(person))
        assert asked["ChallengeName"] == factor
        assert "USERNAME" not in asked["ChallengeParameters"]
        assert self.told(riddles) == ["SRP_A"]
        asked = person.answer(asked, **FACTORS[factor](ada))
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        assert self.told(riddles) == ["SRP_A", "PASSWORD_VERIFIER", factor]
        tokens = person.answer(asked, ANSWER="5")
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]

    def test_a_choice_of_two(self, ada, person, riddles):
        """As in amplify-js#13123."""
        ada.mfa, ada.attributes["phone_number"] = "SOFTWARE_TOKEN_MFA", "+441234567"
        ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
        ada.factors.enable("SMS_MFA", preferred=False)
        asked = person.prove_password(start_with_srp(person))
        assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
        asked = person.answer(asked, ANSWER="SMS_MFA")
        asked = person.answer(asked, SMS_MFA_CODE=ada.sms_code)
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        assert self.told(riddles) == ["SRP_A", "PASSWORD_VERIFIER", "SMS_MFA"]

    def test_none_for_a_device_that_stands_in(self, cognito, ada, person):
        riddles = Riddles(cognito.pool, order=WITH_PASSWORD)
        cognito.pool.challenge_required_on_new_device = True
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        person.takes(ada.add_device())
        asked = person.prove_password(start_with_srp(person, **person.device))
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
        assert self.told(riddles) == ["SRP_A", "PASSWORD_VERIFIER"]
        asked = person.answer(asked, ANSWER="5")
        assert "AuthenticationResult" in person.prove_device(asked)

    def test_none_in_a_pool_without(self, cognito, ada, person):
        Riddles(cognito.pool, order=WITH_PASSWORD)
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        cognito.pool.mfa_configuration = "OFF"
        asked = person.prove_password(start_with_srp(person))
        assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"

    def test_none_without_a_password(self, cognito, ada, person):
        Riddles(cognito.pool)
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        assert "AuthenticationResult" in person.answer(start(person), ANSWER="5")


class TestUsers:
    def test_nobody(self, make_person, ada, riddles):
        with refused(*said(texts.USER_NOT_FOUND)):
            start(make_person(ada, name="nobody"))
        assert riddles.define.events == []

    def test_nobody_who_is_not_given_away(self, cognito, make_person, ada, riddles):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        person, other = make_person(ada, name="nobody"), make_person(ada, name="another")
        names = [
            start(each)["ChallengeParameters"]["USERNAME"] for each in (person, person, other)
        ]
        assert names[0] == names[1] != names[2]
        asked = start(person)
        assert asked["ChallengeParameters"] == {"USERNAME": names[0], "riddle": "2 + 3"}
        assert person.answer(asked, ANSWER="4")["ChallengeName"] == "CUSTOM_CHALLENGE"
        for name in ("nobody", names[0]):
            with refused(*INCORRECT):
                person.answer(start(person), USERNAME=name, ANSWER="5")

    def test_a_trigger_may_fail_for_nobody(self, cognito, make_person, ada):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        put(cognito.pool, lambda request: {"failAuthentication": request["userNotFound"]})
        with refused(*INCORRECT):
            start(make_person(ada, name="nobody"))

    @pytest.mark.parametrize(
        ("settings", "error"),
        [
            ({"enabled": False}, said(texts.USER_DISABLED)),
            ({"status": "UNCONFIRMED"}, said(texts.USER_NOT_CONFIRMED)),
            ({"status": "RESET_REQUIRED"}, said(texts.PASSWORD_RESET_REQUIRED)),
        ],
    )
    def test_in_a_state_that_cannot_sign_in(self, cognito, make_person, riddles, settings, error):
        with refused(*error):
            start(make_person(cognito.add_user("bob", **settings)))
        assert riddles.define.events == []

    def test_in_such_a_state_since_the_riddle(self, ada, person, riddles):
        asked = start(person)
        ada.status = "RESET_REQUIRED"
        with refused(*said(texts.PASSWORD_RESET_REQUIRED)):
            person.answer(asked, ANSWER="5")
        ada.status = "CONFIRMED"
        asked = start(person)
        ada.enabled = False
        with refused(*said(texts.USER_DISABLED)):
            person.answer(asked, ANSWER="5")

    def test_with_a_temporary_password_that_nobody_asked_for(self, ada, person, riddles):
        ada.status = "FORCE_CHANGE_PASSWORD"
        assert "AuthenticationResult" in person.answer(start(person), ANSWER="5")

    def test_under_an_alias(self, ada, make_person, riddles):
        ada.attributes["email"] = "ada@example.com"
        person = make_person(ada, name="ada@example.com")
        asked = start(person)
        assert asked["ChallengeParameters"]["USERNAME"] == "ada"
        assert riddles.define.events[0]["userName"] == "ada"
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")


class TestTriggersThatFail:
    @pytest.mark.parametrize(
        "trigger", ["CreateAuthChallenge", "DefineAuthChallenge", "VerifyAuthChallengeResponse"]
    )
    def test_missing(self, cognito, person, riddles, trigger):
        del cognito.pool.triggers[trigger]
        with refused(*NO_TRIGGER):
            person.answer(start(person), ANSWER="5")

    @pytest.mark.parametrize(
        "response",
        [
            {},
            {"challengeName": "RIDDLE"},
            {"challengeName": "PASSWORD_VERIFIER"},
            {"challengeName": 5},
            {"challengeName": "CUSTOM_CHALLENGE", "issueTokens": "no"},
            {"issueTokens": True, "failAuthentication": "no"},
        ],
    )
    def test_a_definition_that_says_nothing(self, cognito, person, riddles, response):
        put(cognito.pool, response)
        with refused(*NONSENSE):
            start(person)

    @pytest.mark.parametrize(
        "response",
        [
            {"publicChallengeParameters": "2 + 3"},
            {"publicChallengeParameters": {"choices": ["4", "5"]}},
            {"publicChallengeParameters": {"choice": {"a": "4"}}},
            {"privateChallengeParameters": ["5"]},
            {"privateChallengeParameters": {"answers": ["5", "five"]}},
            {"challengeMetadata": 5},
        ],
    )
    def test_a_challenge_of_another_kind(self, cognito, person, riddles, response):
        created = riddles.created({})
        riddles.create.response = {**created, **response}
        with refused(*NONSENSE):
            start(person)

    @pytest.mark.parametrize("private", [None, {}, {"answer": None}])
    def test_a_challenge_without_private_parameters(self, person, riddles, private):
        """Even if nobody needs any (amazon-cognito-passwordless-auth#214)."""
        riddles.create.response = {"privateChallengeParameters": private}
        with refused(*INCORRECT):
            start(person)

    @pytest.mark.parametrize("public", [None, {}, {"riddle": None}])
    def test_a_challenge_without_public_parameters(self, person, riddles, public):
        riddles.shown = public
        riddles.create.response = {**riddles.created({}), "publicChallengeParameters": public}
        assert start(person)["ChallengeParameters"] == {"USERNAME": "ada"}

    def test_parameters_that_are_no_strings(self, person, riddles):
        riddles.create.response = {
            "publicChallengeParameters": {"digits": 6, "again": False, "rate": 0.5},
            "privateChallengeParameters": {"answer": 5},
        }
        asked = start(person)
        assert asked["ChallengeParameters"] == {
            "USERNAME": "ada",
            "digits": "6",
            "again": "false",
            "rate": "0.5",
        }
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")

    def test_a_parameter_that_is_the_services(self, person, riddles):
        riddles.create.response = {
            **riddles.created({}),
            "publicChallengeParameters": {"USERNAME": "bob"},
        }
        assert start(person)["ChallengeParameters"] == {"USERNAME": "ada"}

    @pytest.mark.parametrize("answer", [None, "yes", 1])
    def test_a_judgement_that_is_none(self, person, riddles, answer):
        riddles.verify.response = {"answerCorrect": answer}
        with refused(*NONSENSE):
            person.answer(start(person), ANSWER="5")

    @pytest.mark.parametrize("trigger", ["CreateAuthChallenge", "VerifyAuthChallengeResponse"])
    def test_failing_after_an_answer_uses_the_session_up(self, cognito, person, riddles, trigger):
        """As in amazon-cognito-passwordless-email-auth#17."""
        asked = start(person)
        handler = cognito.pool.triggers[trigger]
        cognito.pool.on(trigger, raising(KeyError("challengeMetaData")))
        with refused(*said(texts.TRIGGER_FAILED, trigger=trigger, reason="'challengeMetaData'")):
            person.answer(asked, ANSWER="4")
        cognito.pool.on(trigger, handler)
        with refused(*USED):
            person.answer(asked, ANSWER="5")


class TestSessions:
    def test_used_twice(self, person, riddles):
        asked = start(person)
        person.answer(asked, ANSWER="5")
        with refused(*USED):
            person.answer(asked, ANSWER="5")

    def test_expired(self, cognito, person, riddles):
        clock = cognito.freeze_time("2026-01-31")
        asked = start(person)
        clock.tick(180)
        with refused(*said(texts.SESSION_EXPIRED)):
            person.answer(asked, ANSWER="5")
        assert riddles.verify.events == []

    def test_each_challenge_has_its_own_time(self, cognito, person):
        Riddles(cognito.pool, order=WITH_TWO)
        clock = cognito.freeze_time("2026-01-31")
        asked = start(person)
        for _ in range(2):
            clock.tick(179)
            asked = person.answer(asked, ANSWER="5")
        assert "AuthenticationResult" in asked

    def test_none(self, person, riddles):
        start(person)
        with refused(*said(texts.PARAMETER_MISSING, parameter="Session")):
            person.answer({}, name="CUSTOM_CHALLENGE", ANSWER="5")

    def test_no_answer(self, person, riddles):
        with refused(*said(texts.PARAMETER_MISSING, parameter="ANSWER")):
            person.answer(start(person))

    def test_somebody_elses(self, cognito, make_person, person, riddles):
        asked = start(person)
        bob = cognito.add_user("bob")
        with refused(*said(texts.SESSION_INVALID)):
            make_person(bob).answer(asked, ANSWER="5")
        with refused(*said(texts.SESSION_INVALID)):
            person.answer(asked, name="SMS_MFA", SMS_MFA_CODE="5")
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")

    def test_a_client_with_a_secret(self, cognito, make_person, ada, riddles):
        app = cognito.pool.add_client(client_secret=SECRET)
        person = make_person(ada, app=app)
        asked = start(person)
        with refused(*said(texts.SECRET_HASH_MISSING, ClientId=app.id)):
            person.answer(asked, ANSWER="5", SECRET_HASH="")
        assert "AuthenticationResult" in person.answer(asked, ANSWER="5")

    def test_a_client_without_the_flow(self, cognito, make_person, ada, riddles):
        app = cognito.pool.add_client(explicit_auth_flows=["ALLOW_USER_SRP_AUTH"])
        with refused(*said(texts.AUTH_FLOW_NOT_ENABLED, AuthFlow="CUSTOM_AUTH")):
            start(make_person(ada, app=app))
