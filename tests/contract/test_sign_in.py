"""Signing in without a device that is known: sections 5.1, 5.2, 5.4 and 5.5."""

from __future__ import annotations

import json
import re

import pytest

from people import needs_user_auth
from targets import PASSWORD, Authenticator, claims, refusal, words

HEXADECIMAL = re.compile("[0-9a-f]+")


@pytest.fixture
def with_mfa(target):
    """A pool whose users may have an authenticator."""
    return target.pool(mfa=True)


@pytest.fixture
def bob(with_mfa):
    """A user of it who has none yet."""
    return with_mfa.add_user()


# The setting of the pool.


@pytest.mark.fact("5.1", "documented: the service model")
def test_no_configuration(client, target):
    """A pool that does not track devices is described without DeviceConfiguration."""
    pool = target.pool(tracking="off")
    assert "DeviceConfiguration" not in client.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert "NewDeviceMetadata" not in pool.add_user().tokens


@pytest.mark.fact("5.1", "documented: the service model")
def test_any_configuration(client, pool, ada):
    """A DeviceConfiguration in which everything is false turns tracking on."""
    described = client.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert described["DeviceConfiguration"] == {
        "ChallengeRequiredOnNewDevice": False,
        "DeviceOnlyRememberedOnUserPrompt": False,
    }
    assert "NewDeviceMetadata" in ada.tokens


# New keys.


@pytest.mark.fact("5.2", "documented: developer guide; observed: many")
def test_a_key_by_srp(ada):
    """A sign-in by USER_SRP_AUTH gives out a device key."""
    metadata = ada.sign_in_with_srp()["AuthenticationResult"]["NewDeviceMetadata"]
    assert {*metadata} == {"DeviceKey", "DeviceGroupKey"}


@pytest.mark.fact("5.2", "observed: tests of amplify-swift on a real pool")
def test_a_key_by_password(ada):
    """A sign-in by USER_PASSWORD_AUTH gives out a device key."""
    assert "NewDeviceMetadata" in ada.sign_in()


@pytest.mark.fact("5.2", "documented: API reference, AdminInitiateAuth")
def test_a_key_by_administrators(ada):
    """A sign-in by ADMIN_USER_PASSWORD_AUTH gives out a device key."""
    administrator = ada.pool.stranger(ada.username, administrator=True)
    assert "NewDeviceMetadata" in administrator.sign_in()


@pytest.mark.fact("5.2", "observed: cognito-srp-helper, AWS's examples")
def test_a_key_after_a_second_factor(bob):
    """A sign-in with a second factor gives out a device key."""
    code = bob.set_up_authenticator().code()
    answer = bob.answer(bob.start_with_password(), SOFTWARE_TOKEN_MFA_CODE=code)
    assert "NewDeviceMetadata" in answer["AuthenticationResult"]


@pytest.mark.fact("5.2", "documented: developer guide")
def test_a_new_key_each_time(ada):
    """Each sign-in without a key gives out another one."""
    assert len({ada.new_key() for _ in range(3)}) == 3


@pytest.mark.fact("5.4", "observed: a public code sample")
def test_the_last_answer(ada):
    """The answer with tokens has empty ChallengeParameters, and neither challenge nor session."""
    answer = ada.start_with_password()
    assert {*answer} - {"ResponseMetadata"} == {"AuthenticationResult", "ChallengeParameters"}
    assert answer["ChallengeParameters"] == {}
    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


# Proving the password.


@pytest.mark.fact("5.4", "observed: a recorded answer in the tests of amplify-swift")
def test_what_a_proof_is_made_of(ada):
    """PASSWORD_VERIFIER serves salt and number in hexadecimal, a block and the user's name."""
    asked = ada.start_with_srp()
    parameters = asked["ChallengeParameters"]
    assert {*parameters} == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    assert HEXADECIMAL.fullmatch(parameters["SALT"])
    assert HEXADECIMAL.fullmatch(parameters["SRP_B"])
    assert parameters["USER_ID_FOR_SRP"] == parameters["USERNAME"] == ada.username


@pytest.mark.fact("5.4", "observed: a recorded answer; clients that send none")
def test_no_session(ada):
    """PASSWORD_VERIFIER comes without a session, and is answered without one."""
    asked = ada.start_with_srp()
    assert "Session" not in asked
    assert "AuthenticationResult" in ada.prove_password(asked)


@pytest.mark.fact("6", "observed: clients that work; the numbers were checked")
def test_srp(pool, ada):
    """SRP with the arithmetic of pycognito proves the password, and a wrong one does not."""
    assert "AuthenticationResult" in ada.sign_in_with_srp()
    wrong = pool.stranger(ada.username, password="Wr0ng-password")
    assert refusal(wrong.sign_in_with_srp) == words("INCORRECT")


@pytest.mark.fact("5.4", "documented: developer guide; observed: clients")
def test_the_same_number_twice(ada):
    """SRP_A may be the same in several sign-ins."""
    for _ in range(2):
        assert "AuthenticationResult" in ada.sign_in_with_srp()


@pytest.mark.fact("5.4", "observed: many, amplify-js#4047")
def test_the_name_behind_an_alias(client, target):
    """PASSWORD_VERIFIER tells the real name of a user who begins with an email address."""
    pool = target.pool(AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    ada = pool.add_user()
    address = f"{ada.username}@example.com"
    verified = [{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}]
    client.admin_update_user_attributes(**ada.named, UserAttributes=verified)
    by_address = pool.stranger(address)
    asked = by_address.start_with_srp()
    assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] == ada.username
    assert "AuthenticationResult" in by_address.prove_password(asked)
    assert claims(by_address.access_token)["username"] == ada.username


@pytest.mark.fact("5.4", "observed: cognito-srp-helper does both")
def test_secret_hashes(pool):
    """A client with a secret proves a password with the hash of the name that it sends."""
    user = pool.add_user(app=pool.add_app(GenerateSecret=True))
    assert "AuthenticationResult" in user.sign_in_with_srp()


# New passwords.


@pytest.mark.fact("5.4", "documented: aws-cli, admin-initiate-auth")
def test_a_new_password(pool):
    """A temporary password has to be changed, and the challenge tells the user's attributes."""
    ada = pool.add_user(confirmed=False, attributes={"name": "Ada"})
    asked = ada.start_with_password()
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    parameters = asked["ChallengeParameters"]
    assert parameters["USER_ID_FOR_SRP"] == ada.username
    assert json.loads(parameters["requiredAttributes"]) == []
    assert json.loads(parameters["userAttributes"])["name"] == "Ada"
    answer = ada.answer(asked, NEW_PASSWORD=f"{PASSWORD}-2")
    assert "NewDeviceMetadata" in answer["AuthenticationResult"]


# Authenticators.


@pytest.mark.fact("5.4", "documented: API reference; observed: AWS's examples")
def test_an_authenticator(bob):
    """A user with an authenticator is asked for its code, with a session and the name."""
    authenticator = bob.set_up_authenticator()
    asked = bob.start_with_password()
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] == bob.username
    answer = bob.answer(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert "AccessToken" in answer["AuthenticationResult"]


@pytest.mark.fact("5.4", "documented: API reference")
def test_the_name_of_an_authenticator(client, bob):
    """The challenge tells the name that the user gave the authenticator."""
    authenticator = bob.set_up_authenticator()
    client.verify_software_token(
        AccessToken=bob.access_token,
        UserCode=authenticator.code(),
        FriendlyDeviceName="Watch",
    )
    parameters = bob.start_with_password()["ChallengeParameters"]
    assert parameters["FRIENDLY_DEVICE_NAME"] == "Watch"


@pytest.mark.fact("5.5", "observed: public code sample")
def test_a_wrong_code(bob):
    """A wrong code of an authenticator is refused, and the session can be used again."""
    authenticator = bob.set_up_authenticator()
    asked = bob.start_with_password()
    said = refusal(bob.answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.wrong_code())
    assert said == words("SOFTWARE_TOKEN_CODE_WRONG")
    answer = bob.answer(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert "AuthenticationResult" in answer


@pytest.mark.fact("5.5", "observed: tests of amplify-swift on a real pool")
def test_a_used_code(bob):
    """A code of an authenticator is good once."""
    code = bob.set_up_authenticator().code()
    bob.answer(bob.start_with_password(), SOFTWARE_TOKEN_MFA_CODE=code)
    asked = bob.start_with_password()
    said = refusal(bob.answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE=code)
    assert said == words("SOFTWARE_TOKEN_CODE_USED")


@pytest.mark.fact("5.5", "observed: a public project's recorded answers")
def test_a_used_session(bob):
    """A session is good for one right answer."""
    authenticator = bob.set_up_authenticator()
    asked = bob.start_with_password()
    bob.answer(asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    said = refusal(bob.answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert said == words("SESSION_USED")


@pytest.mark.fact("5.5", "observed: the text (assumed: for a session of nobody)")
def test_a_malformed_session(bob):
    """A session that the service has not given is invalid."""
    asked = {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "a" * 40}
    said = refusal(bob.answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE="123456")
    assert said == words("SESSION_INVALID")


@pytest.mark.fact("5.5", "observed: the text (assumed: for a session of somebody else)")
def test_the_session_of_another(with_mfa, bob):
    """The session of somebody else is invalid."""
    authenticator = bob.set_up_authenticator()
    asked = bob.start_with_password()
    said = refusal(
        with_mfa.add_user().answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code()
    )
    assert said == words("SESSION_INVALID")


@pytest.mark.slow
@pytest.mark.fact("5.5", "observed: a public project's recorded answers")
def test_an_expired_session(bob, later):
    """A session expires after three minutes."""
    authenticator = bob.set_up_authenticator()
    asked = bob.start_with_password()
    later(181)
    said = refusal(bob.answer, asked=asked, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert said == words("SESSION_EXPIRED")


@pytest.fixture
def strict(client, target):
    """A pool whose users have to have an authenticator."""
    pool = target.pool(mfa=True, app=(("AuthSessionValidity", 5),))
    client.set_user_pool_mfa_config(
        UserPoolId=pool.id,
        MfaConfiguration="ON",
        SoftwareTokenMfaConfiguration={"Enabled": True},
    )
    return pool


@pytest.mark.fact("5.4", "documented: API reference; observed: AWS's examples")
def test_setting_up(client, strict):
    """Where a second factor is needed, a user without one sets up an authenticator."""
    ada = strict.add_user()
    asked = ada.start_with_password()
    assert asked["ChallengeName"] == "MFA_SETUP"
    assert "SOFTWARE_TOKEN_MFA" in json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"])
    code, session = associated(client, asked)
    verified = client.verify_software_token(Session=session, UserCode=code.code())
    assert verified["Status"] == "SUCCESS"
    answer = ada.answer({"ChallengeName": "MFA_SETUP", "Session": verified["Session"]})
    assert "NewDeviceMetadata" in answer["AuthenticationResult"]


@pytest.mark.fact("12.1", "observed: AWS's samples in three languages do this")
def test_setting_up_and_starting_again(client, strict):
    """An authenticator that was verified counts, although the sign-in was given up."""
    ada = strict.add_user()
    authenticator, session = associated(client, ada.start_with_password())
    client.verify_software_token(Session=session, UserCode=authenticator.code())
    assert ada.start_with_password()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


@pytest.mark.fact("12.1", "observed: amplify-js#6461")
def test_setting_up_by_another_session(client, strict):
    """The session of another sign-in cannot verify an authenticator."""
    ada = strict.add_user()
    authenticator, _ = associated(client, ada.start_with_password())
    other = ada.start_with_password()["Session"]
    said = refusal(client.verify_software_token, Session=other, UserCode=authenticator.code())
    assert said == words("SESSION_INVALID")


def associated(client, asked):
    """An authenticator that a sign-in has associated, and the session to go on with."""
    answer = client.associate_software_token(Session=asked["Session"])
    return Authenticator(answer["SecretCode"]), answer["Session"]


# What takes a person.


@pytest.fixture
def with_telephone(target):
    """A user of a pool whose second factors are text messages and authenticators."""
    role = "arn:aws:iam::123456789012:role/sms"
    pool = target.new_pool(
        mfa=True, SmsConfiguration={"SnsCallerArn": role}, MfaConfiguration="OPTIONAL"
    )
    pool.seeded.mfa_factors = {"SMS_MFA", "SOFTWARE_TOKEN_MFA"}
    number = {"phone_number": "+441632960123", "phone_number_verified": "true"}
    ada = pool.add_user(attributes=number)
    sms = {"Enabled": True}
    target.client.set_user_mfa_preference(AccessToken=ada.access_token, SMSMfaSettings=sms)
    return ada


@pytest.mark.needs("a telephone")
@pytest.mark.fact("5.4", "documented: API reference; observed: a public project's answers")
def test_a_code_by_text_message(with_telephone):
    """SMS_MFA tells where the code went; a wrong one is refused, and leaves the session open."""
    ada = with_telephone
    asked = ada.start_with_password()
    assert asked["ChallengeName"] == "SMS_MFA"
    assert {*asked["ChallengeParameters"]} == {
        "CODE_DELIVERY_DELIVERY_MEDIUM",
        "CODE_DELIVERY_DESTINATION",
        "USER_ID_FOR_SRP",
    }
    for _ in range(6):
        assert refusal(ada.answer, asked=asked, SMS_MFA_CODE="x") == words("MFA_CODE_WRONG")
    code = ada.pool.seeded.user(ada.username).sms_code
    assert "NewDeviceMetadata" in ada.answer(asked, SMS_MFA_CODE=code)["AuthenticationResult"]


@pytest.mark.needs("a telephone")
@pytest.mark.fact("12.1", "documented: the service model has two names; observed: clients")
@pytest.mark.parametrize("answer", ["SMS_MFA", "SOFTWARE_TOKEN_MFA"])
def test_choosing_a_factor(client, with_telephone, answer):
    """A user with two factors, none of them preferred, chooses by SELECT_MFA_TYPE."""
    ada = with_telephone
    ada.set_up_authenticator()
    token, enabled = ada.access_token, {"Enabled": True, "PreferredMfa": False}
    client.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings=enabled)
    asked = ada.start_with_password()
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    can_choose = json.loads(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"])
    assert {*can_choose} == {"SMS_MFA", "SOFTWARE_TOKEN_MFA"}
    assert ada.answer(asked, ANSWER=answer)["ChallengeName"] == answer


# Choosing how to sign in.


@needs_user_auth
@pytest.mark.fact("5.4", "documented: API reference")
def test_choosing_the_first_factor(pool):
    """USER_AUTH lets a user choose the first factor, and the password is one."""
    ada = pool.add_user(app=pool.add_app(ExplicitAuthFlows=["ALLOW_USER_AUTH"]))
    asked = ada.start("USER_AUTH")
    assert asked["ChallengeName"] == "SELECT_CHALLENGE"
    assert {"PASSWORD", "PASSWORD_SRP"} <= {*asked["AvailableChallenges"]}
    answer = ada.answer(asked, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert "AuthenticationResult" in answer
