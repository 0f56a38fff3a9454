"""Setting up an authenticator, and signing in with it."""

from __future__ import annotations

import base64

import pytest

from handlers import refused
from people import Person
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.clock import now
from said import said

TOKEN = "SOFTWARE_TOKEN_MFA"
WRONG = said(texts.SOFTWARE_TOKEN_SET_UP_FAILED)
USED_CODE = said(texts.SOFTWARE_TOKEN_CODE_USED)
NOT_ENABLED = said(texts.SOFTWARE_TOKEN_NOT_ENABLED)
EITHER = said(texts.TOKEN_OR_SESSION)
INVALID = said(texts.SESSION_INVALID)
USED = said(texts.SESSION_USED)
EXPIRED = said(texts.SESSION_EXPIRED)


def plain(answer):
    return {name: answer[name] for name in answer if name != "ResponseMetadata"}


class Authenticator:
    """An app on a phone: knows what it was told."""

    def __init__(self, client, **caller):
        self.client = client
        self.caller = caller

    def associate(self):
        answer = plain(self.client.associate_software_token(**self.caller))
        self.secret = answer["SecretCode"]
        self.caller |= {name: answer[name] for name in ("Session",) if name in answer}
        return answer

    def verify(self, code, **more):
        answer = plain(self.client.verify_software_token(**self.caller, UserCode=code, **more))
        self.caller |= {name: answer[name] for name in ("Session",) if name in answer}
        return answer


@pytest.fixture
def phone(client, ada):
    return Authenticator(client, AccessToken=ada.access_token)


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


def sign_in(person):
    """Up to the tokens, with the code of the moment."""
    asked = person.start_with_password()
    assert asked["ChallengeName"] == TOKEN
    return person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=person.user.totp_code)


class TestByAccessToken:
    def test_to_the_end(self, client, ada, clock, phone, person):
        answer = phone.associate()
        assert set(answer) == {"SecretCode"}
        assert answer["SecretCode"] == ada.totp_secret
        assert len(base64.b32decode(answer["SecretCode"] + "====")) == 32
        assert phone.verify(ada.totp_code) == {"Status": "SUCCESS"}
        # That is the authenticator; whether it is used is another matter.
        assert "AuthenticationResult" in person.start_with_password()
        client.set_user_mfa_preference(
            AccessToken=ada.access_token,
            SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
        )
        clock.tick(30)
        assert "AuthenticationResult" in sign_in(person)

    def test_each_association_gives_another_secret(self, ada, phone):
        first, second = phone.associate()["SecretCode"], phone.associate()["SecretCode"]
        assert first != second
        assert ada.totp_secret == second

    def test_only_the_last_secret_can_be_verified(self, ada, clock, phone):
        phone.associate()
        code = ada.totp_code
        phone.associate()
        with refused(*WRONG):
            phone.verify(code)
        assert phone.verify(ada.totp_code) == {"Status": "SUCCESS"}

    def test_the_old_one_is_in_force_until_then(self, ada, clock, phone, person):
        ada.mfa = TOKEN
        old = ada.totp_code
        phone.associate()
        new = ada.totp_code
        asked = person.start_with_password()
        with refused(*said(texts.SOFTWARE_TOKEN_CODE_WRONG)):
            person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=new)
        assert "AuthenticationResult" in person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=old)
        phone.verify(new)
        clock.tick(30)
        assert "AuthenticationResult" in sign_in(person)

    def test_a_wrong_code_may_be_followed_by_the_right_one(self, ada, clock, phone):
        phone.associate()
        wrong = "000000" if ada.totp_code != "000000" else "000001"
        for _ in range(3):
            with refused(*WRONG):
                phone.verify(wrong)
        assert phone.verify(ada.totp_code) == {"Status": "SUCCESS"}

    @pytest.mark.parametrize(("seconds", "is_taken"), [(30, True), (60, False)])
    def test_a_code_that_is_late(self, ada, clock, phone, seconds, is_taken):
        phone.associate()
        code = ada.totp_code
        clock.tick(seconds)
        if is_taken:
            assert phone.verify(code) == {"Status": "SUCCESS"}
        else:
            with refused(*WRONG):
                phone.verify(code)

    @pytest.mark.parametrize(("seconds", "is_taken"), [(30, True), (60, False)])
    def test_a_code_that_is_early(self, ada, clock, phone, seconds, is_taken):
        phone.associate()
        clock.tick(seconds)
        code = ada.totp_code
        clock.tick(-seconds)
        if is_taken:
            assert phone.verify(code) == {"Status": "SUCCESS"}
        else:
            with refused(*WRONG):
                phone.verify(code)

    def test_a_code_is_good_once(self, ada, clock, phone, person):
        """Nor is the code that verified the authenticator good for a sign-in."""
        phone.associate()
        code = ada.totp_code
        phone.verify(code)
        with refused(*WRONG):
            phone.verify(code)
        ada.factors.enable(TOKEN, preferred=True)
        asked = person.start_with_password()
        with refused(*USED_CODE):
            person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=code)
        clock.tick(30)
        answer = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in answer

    def test_verifying_again_with_the_next_code(self, ada, clock, phone):
        phone.associate()
        phone.verify(ada.totp_code)
        clock.tick(30)
        assert phone.verify(ada.totp_code) == {"Status": "SUCCESS"}

    def test_verifying_what_nobody_associated(self, ada, clock, phone):
        with refused(*WRONG):
            phone.verify(ada.software_token.code(now()))

    def test_verifying_what_a_test_has_seeded(self, ada, clock, phone):
        ada.mfa = TOKEN
        assert phone.verify(ada.totp_code) == {"Status": "SUCCESS"}

    def test_verifying_is_a_change_of_the_user(self, ada, clock, phone):
        clock.tick(60)
        phone.associate()
        phone.verify(ada.totp_code)
        assert ada.last_modified == 1769860860

    @pytest.mark.parametrize("configuration", ["OFF", "OPTIONAL"])
    def test_a_pool_without_such_tokens(self, cognito, phone, configuration):
        cognito.pool.mfa_configuration = configuration
        if configuration != "OFF":
            cognito.pool.mfa_factors = {"SMS_MFA"}
        with refused(*NOT_ENABLED):
            phone.associate()
        with refused(*NOT_ENABLED):
            phone.verify("123456")

    @pytest.mark.usefixtures("in_one_region")
    def test_a_token_of_another_region(self, make_client, ada):
        phone = Authenticator(make_client("eu-west-1"), AccessToken=ada.access_token)
        with refused(*said(texts.ACCESS_TOKEN_INVALID_SIGNATURE)):
            phone.associate()

    def test_neither_and_both(self, client, ada):
        for caller in ({}, {"AccessToken": ada.access_token, "Session": "x" * 20}):
            phone = Authenticator(client, **caller)
            with refused(*EITHER):
                phone.associate()
            with refused(*EITHER):
                phone.verify("123456")


class TestNames:
    def test_a_name_is_shown_when_the_code_is_asked_for(self, ada, clock, phone, person):
        phone.associate()
        phone.verify(ada.totp_code, FriendlyDeviceName="My phone")
        ada.factors.enable(TOKEN, preferred=True)
        asked = person.start_with_password()
        assert asked["ChallengeParameters"] == {
            "USER_ID_FOR_SRP": "ada",
            "FRIENDLY_DEVICE_NAME": "My phone",
        }

    def test_no_name(self, ada, clock, phone, person):
        phone.associate()
        phone.verify(ada.totp_code)
        ada.factors.enable(TOKEN, preferred=True)
        asked = person.start_with_password()
        assert asked["ChallengeParameters"] == {"USER_ID_FOR_SRP": "ada"}

    def test_the_name_of_the_last(self, ada, clock, phone, person):
        """One that is not verified does not count."""
        for name in ("My phone", "My tablet"):
            phone.associate()
            phone.verify(ada.totp_code, FriendlyDeviceName=name)
            clock.tick(30)
        phone.associate()
        ada.factors.enable(TOKEN, preferred=True)
        asked = person.start_with_password()
        assert asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "My tablet"


class TestInASignIn:
    @pytest.fixture(autouse=True)
    def asked(self, cognito, clock, person):
        cognito.pool.mfa_configuration = "ON"
        cognito.pool.mfa_factors = {TOKEN}
        asked = person.start_with_password()
        assert asked["ChallengeName"] == "MFA_SETUP"
        return asked

    @pytest.fixture
    def phone(self, client, asked):
        return Authenticator(client, Session=asked["Session"])

    def test_to_the_end(self, ada, clock, asked, phone, person):
        sessions = [asked["Session"]]
        answer = phone.associate()
        assert set(answer) == {"SecretCode", "Session"}
        sessions.append(answer["Session"])
        answer = phone.verify(ada.totp_code, FriendlyDeviceName="My phone")
        assert answer["Status"] == "SUCCESS"
        assert set(answer) == {"Status", "Session"}
        sessions.append(answer["Session"])
        assert len(set(sessions)) == 3
        tokens = person.answer({**asked, **phone.caller})
        assert "NewDeviceMetadata" in tokens["AuthenticationResult"]
        clock.tick(30)
        assert "AuthenticationResult" in sign_in(person)

    def test_verifying_is_what_registers_the_factor(self, ada, clock, phone, person):
        """Also if nothing comes of the sign-in."""
        phone.associate()
        phone.verify(ada.totp_code)
        clock.tick(30)
        asked = person.start_with_password()
        assert asked["ChallengeName"] == TOKEN
        answer = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
        assert "AuthenticationResult" in answer

    def test_the_secret_of_another_sign_in(self, client, ada, phone, person):
        phone.associate()
        other = Authenticator(client, Session=person.start_with_password()["Session"])
        with refused(*INVALID):
            other.verify(ada.totp_code)
        phone.verify(ada.totp_code)

    def test_the_code_of_the_set_up_is_spent(self, ada, asked, phone, person):
        phone.associate()
        phone.verify(ada.totp_code)
        person.answer({**asked, **phone.caller})
        with refused(*USED_CODE):
            sign_in(person)

    def test_a_wrong_code_may_be_followed_by_the_right_one(self, ada, asked, phone, person):
        phone.associate()
        wrong = "000000" if ada.totp_code != "000000" else "000001"
        with refused(*WRONG):
            phone.verify(wrong)
        phone.verify(ada.totp_code)
        assert "AuthenticationResult" in person.answer({**asked, **phone.caller})

    def test_another_secret_in_between(self, ada, asked, phone, person):
        first = phone.associate()["SecretCode"]
        assert phone.associate()["SecretCode"] != first
        phone.verify(ada.totp_code)
        assert "AuthenticationResult" in person.answer({**asked, **phone.caller})

    def test_verifying_without_associating(self, ada, phone):
        with refused(*WRONG):
            phone.verify(ada.software_token.code(now()))

    def test_going_on_without_verifying(self, asked, phone, person):
        not_verified = said(texts.SOFTWARE_TOKEN_NOT_VERIFIED)
        with refused(*not_verified):
            person.answer(asked)
        phone.associate()
        with refused(*not_verified):
            person.answer({**asked, **phone.caller})

    def test_a_session_used_twice(self, client, ada, asked, phone, person):
        phone.associate()
        associated = dict(phone.caller)
        phone.verify(ada.totp_code)
        verified = dict(phone.caller)
        person.answer({**asked, **verified})
        for session in (asked["Session"], associated["Session"], verified["Session"]):
            again = Authenticator(client, Session=session)
            with refused(*USED):
                again.associate()
            with refused(*USED):
                again.verify("123456")
        with refused(*USED):
            person.answer({**asked, **verified})

    def test_a_session_that_is_expired(self, ada, clock, asked, phone, person):
        clock.tick(179)
        phone.associate()
        clock.tick(179)
        phone.verify(ada.totp_code)
        clock.tick(180)
        for call in (phone.associate, lambda: phone.verify("123456")):
            with refused(*EXPIRED):
                call()
        with refused(*EXPIRED):
            person.answer({**asked, **phone.caller})

    @pytest.mark.usefixtures("in_one_region")
    def test_a_session_of_another_region(self, make_client, phone, asked):
        elsewhere = Authenticator(make_client("eu-west-1"), Session=asked["Session"])
        with refused(*INVALID):
            elsewhere.associate()
        assert phone.associate()["SecretCode"]

    def test_a_session_of_another_challenge(self, client, ada, person):
        ada.pool.mfa_factors = {"SMS_MFA"}
        ada.mfa = "SMS_MFA"
        ada.attributes["phone_number"] = "+441234567"
        asked = person.start_with_password()
        assert asked["ChallengeName"] == "SMS_MFA"
        with refused(*INVALID):
            Authenticator(client, Session=asked["Session"]).associate()

    def test_a_session_that_nobody_gave_out(self, client):
        with refused(*INVALID):
            Authenticator(client, Session="x" * 20).associate()

    def test_a_pool_that_is_no_more(self, cognito, client, phone):
        client.delete_user_pool(UserPoolId=cognito.pool.id)
        with refused(*INVALID):
            phone.associate()

    def test_a_pool_that_has_them_no_longer(self, cognito, phone):
        cognito.pool.mfa_factors = {"SMS_MFA"}
        with refused(*NOT_ENABLED):
            phone.associate()

    def test_a_user_who_is_no_more(self, ada, phone):
        ada.delete()
        with refused(*INVALID):
            phone.associate()

    def test_a_user_who_is_disabled(self, ada, phone):
        ada.enabled = False
        with refused(*said(texts.USER_DISABLED)):
            phone.associate()

    def test_somebody_elses(self, cognito, client, make_person, asked):
        bob = cognito.add_user("bob")
        theirs = Person(client._make_api_call, bob)
        with refused(*INVALID):
            theirs.answer(asked)
