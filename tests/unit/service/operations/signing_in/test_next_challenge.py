"""What follows the first factor: second factors, devices, new keys."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from handlers import refused
from pytest_cognito_devices.service import api, texts
from pytest_cognito_devices.service.ids import device_key
from said import said

NO_DEVICE = said(texts.DEVICE_NOT_FOUND)
ANSWERS = {
    "SMS_MFA": lambda ada: {"SMS_MFA_CODE": ada.sms_code},
    "EMAIL_OTP": lambda ada: {"EMAIL_OTP_CODE": ada.email_code},
    "SOFTWARE_TOKEN_MFA": lambda ada: {"SOFTWARE_TOKEN_MFA_CODE": ada.totp_code},
}
ADDRESSES = {"phone_number": "+441234567", "email": "ada@example.com"}


@pytest.fixture
def person(make_person, ada):
    return make_person(ada)


def to_the_end(person, asked):
    """Answer every challenge; gives their names and the tokens."""
    names = []
    while "ChallengeName" in asked:
        name = asked["ChallengeName"]
        names.append(name)
        if name == "DEVICE_SRP_AUTH":
            asked = person.begin_device(asked)
        elif name == "DEVICE_PASSWORD_VERIFIER":
            asked = person.answer_device(asked)
        else:
            asked = person.answer(asked, **ANSWERS[name](person.user))
    return names, asked["AuthenticationResult"]


def sign_in(person, flow, **parameters):
    if flow == "srp":
        return person.sign_in_with_srp(**parameters)
    return person.start_with_password(**parameters)


def keys_for(ada):
    """The device keys of the table: none, or one in each state."""
    return {
        "none": None,
        "remembered": ada.add_device("phone").key,
        "not_remembered": ada.add_device("tablet", remembered=False).key,
        "unknown": device_key("us-east-1"),
        "unconfirmed": ada.sign_in().device_key,
        "somebody else's": ada.pool.add_user("bob", devices=1).devices[0].key,
    }


DEVICE = ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"]
#: The device of the key that is sent, whether a second factor is due,
#: ChallengeRequiredOnNewDevice, the challenges that follow, whether a new key comes. No
#: challenges for a device that does not exist.
TABLE = [
    ("none", False, False, [], True),
    ("none", False, True, [], True),
    ("none", True, False, ["SOFTWARE_TOKEN_MFA"], True),
    ("none", True, True, ["SOFTWARE_TOKEN_MFA"], True),
    ("remembered", True, True, DEVICE, False),
    ("remembered", False, True, DEVICE, False),
    ("remembered", True, False, ["SOFTWARE_TOKEN_MFA", *DEVICE], False),
    ("remembered", False, False, DEVICE, False),
    ("not_remembered", False, False, [], False),
    ("not_remembered", False, True, [], False),
    ("not_remembered", True, False, ["SOFTWARE_TOKEN_MFA"], False),
    ("not_remembered", True, True, ["SOFTWARE_TOKEN_MFA"], False),
    *(
        (state, mfa, required, None, None)
        for state in ("unknown", "unconfirmed", "somebody else's")
        for mfa, required in itertools.product([False, True], repeat=2)
    ),
]


@pytest.mark.parametrize("flow", ["password", "srp"])
@pytest.mark.parametrize("tracking", ["always", "opt_in"])
@pytest.mark.parametrize(("state", "mfa", "required", "challenges", "new_key"), TABLE)
def test_what_follows_the_first_factor(
    cognito, person, ada, flow, tracking, state, mfa, required, challenges, new_key
):
    """Section 5.3 of the notes on the service."""
    cognito.pool.device_tracking = tracking
    cognito.pool.challenge_required_on_new_device = required
    ada.mfa = "SOFTWARE_TOKEN_MFA" if mfa else None
    key = keys_for(ada)[state]
    parameters = {} if key is None else {"DEVICE_KEY": key}
    if challenges is None:
        with refused(*NO_DEVICE):
            sign_in(person, flow, **parameters)
        return
    device = ada.confirmed_devices.get(key)
    if device is not None:
        person.takes(device)
    names, tokens = to_the_end(person, sign_in(person, flow, **parameters))
    assert names == challenges
    assert ("NewDeviceMetadata" in tokens) is new_key


def test_a_pool_that_tracks_no_devices_does_not_mind_a_key(cognito, person):
    cognito.pool.device_tracking = "off"
    tokens = person.sign_in_with_srp(DEVICE_KEY=device_key("us-east-1"))["AuthenticationResult"]
    assert "NewDeviceMetadata" not in tokens


def test_a_new_key_is_of_the_pools_region_and_group(cognito, person):
    metadata = person.start_with_password()["AuthenticationResult"]["NewDeviceMetadata"]
    assert metadata["DeviceKey"].startswith("us-east-1_")
    assert metadata["DeviceGroupKey"] == cognito.pool.device_group_key


@pytest.mark.parametrize("before", [True, False])
def test_a_stale_key_does_not_use_up_the_proof(client, person, before):
    """The same proof without the key signs in (amazon-cognito-identity-js#206)."""
    stale = {"DEVICE_KEY": device_key("us-east-1")}
    asked = person.start_with_srp(**stale if before else {})
    proof = person.proof(asked)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        person.answer(asked, **proof, **stale)
    tokens = person.answer(asked, **proof)["AuthenticationResult"]
    assert "NewDeviceMetadata" in tokens


def test_a_stale_key_from_the_start_is_told_once(client, person):
    asked = person.start_with_srp(DEVICE_KEY=device_key("us-east-1"))
    proof = person.proof(asked)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        person.answer(asked, **proof)
    assert "NewDeviceMetadata" in person.answer(asked, **proof)["AuthenticationResult"]


def test_a_stale_key_in_the_answer_to_a_second_factor(client, person, ada):
    ada.mfa = "SMS_MFA"
    asked = person.start_with_password()
    code = {"SMS_MFA_CODE": ada.sms_code}
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        person.answer(asked, **code, DEVICE_KEY=device_key("us-east-1"))
    assert "NewDeviceMetadata" in person.answer(asked, **code)["AuthenticationResult"]


@pytest.mark.parametrize("where", ["start", "proof", "second factor"])
def test_a_key_may_come_with_any_call(person, ada, where):
    ada.mfa = "SMS_MFA"
    phone = ada.add_device(remembered=False)
    key = {"DEVICE_KEY": phone.key}
    asked = person.start_with_srp(**key if where == "start" else {})
    asked = person.prove_password(asked, **key if where == "proof" else {})
    tokens = person.answer(
        asked, SMS_MFA_CODE=ada.sms_code, **key if where == "second factor" else {}
    )["AuthenticationResult"]
    assert "NewDeviceMetadata" not in tokens


def test_a_device_may_be_used_through_any_client_of_the_pool(cognito, make_person, person, ada):
    person.confirm_device(person.start_with_password())
    other = make_person(ada, app=cognito.pool.add_client())
    device = ada.devices[0]
    other.has_device(device.key, device.group_key, person.srp.device_password)
    asked = other.start_with_password(**other.device)
    assert "AuthenticationResult" in other.prove_device(asked)


def test_a_device_forgotten_in_between(person, ada):
    phone = ada.add_device()
    person.takes(phone)
    asked = person.start_with_password(**person.device)
    phone.forget()
    with refused(*NO_DEVICE):
        person.begin_device(asked)


def test_a_device_that_is_no_longer_remembered_in_between(person, ada):
    """It may prove its secret all the same."""
    phone = ada.add_device()
    asked = person.takes(phone).start_with_password(**person.device)
    phone.remembered = False
    assert "AuthenticationResult" in person.prove_device(asked)


def test_a_device_proves_its_own_secret_only(person, ada):
    """A key that is known is not enough, whichever other device can prove itself."""
    phone, tablet, kiosk = ada.add_device(), ada.add_device(), ada.add_device(remembered=False)
    asked = person.takes(phone).start_with_password(**person.device)
    for other in (tablet, kiosk):
        with refused(*said(texts.SESSION_INVALID)):
            person.answer(asked, SRP_A=person.srp_a, DEVICE_KEY=other.key)
    asked = person.begin_device(asked)
    responses = person.srp.process_device_challenge(asked["ChallengeParameters"])
    with refused(*said(texts.SESSION_INVALID)):
        person.answer(asked, **{**responses, "DEVICE_KEY": tablet.key})
    assert "AuthenticationResult" in person.answer(asked, **responses)


def test_tracking_that_is_switched_off_in_between(cognito, client, person, ada):
    phone = ada.add_device()
    asked = person.takes(phone).start_with_password(**person.device)
    cognito.pool.device_tracking = "off"
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        person.answer(asked, SRP_A="5", DEVICE_KEY=device_key("us-east-1"))
    assert "AuthenticationResult" in person.prove_device(asked)


def test_a_device_that_was_confirmed_without_a_verifier_proves_nothing(client, person, ada):
    tokens = person.start_with_password()["AuthenticationResult"]
    key = tokens["NewDeviceMetadata"]["DeviceKey"]
    client.confirm_device(AccessToken=tokens["AccessToken"], DeviceKey=key)
    person.has_device(key, ada.pool.device_group_key, "secret")
    asked = person.start_with_password(DEVICE_KEY=key)
    with refused(*said(texts.INCORRECT)):
        person.prove_device(asked)


@pytest.mark.parametrize("remembered", [True, False])
def test_signing_in_moves_the_dates_of_a_device(cognito, person, ada, remembered):
    clock = cognito.freeze_time("2026-01-01 12:00:00.123456")
    phone = ada.add_device(remembered=remembered)
    clock.tick(60)
    to_the_end(person.takes(phone), person.sign_in_with_srp(**person.device))
    assert f"{phone.created:%H:%M:%S.%f}" == "12:00:00.123000"
    assert f"{phone.last_authenticated:%H:%M:%S.%f}" == "12:01:00.000000"
    assert f"{phone.last_modified:%H:%M:%S.%f}" == "12:01:00.123000"


def test_the_challenges_of_a_device(cognito, person, ada):
    phone = ada.add_device()
    asked = person.takes(phone).start_with_password(**person.device)
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert asked["ChallengeParameters"] == {"USERNAME": "ada", "DEVICE_KEY": phone.key}
    asked = person.begin_device(asked)
    parameters = asked["ChallengeParameters"]
    assert asked["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    assert parameters.keys() == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY"}
    assert (parameters["USERNAME"], parameters["DEVICE_KEY"]) == ("ada", phone.key)


def test_the_challenge_of_a_password(person):
    asked = person.start_with_srp()
    parameters = asked["ChallengeParameters"]
    assert asked.keys() - {"ResponseMetadata"} == {"ChallengeName", "ChallengeParameters"}
    assert parameters.keys() == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "USER_ID_FOR_SRP"}
    assert len(parameters["SECRET_BLOCK"]) == 1696
    assert re.fullmatch("[0-9a-f]{32}", parameters["SALT"])
    assert re.fullmatch("[0-9a-f]+", parameters["SRP_B"])


@pytest.mark.parametrize("key", ["no key at all", "us-east-1_0"])
def test_a_key_in_another_form_is_an_unknown_one(person, key):
    with refused(*NO_DEVICE):
        person.start_with_password(DEVICE_KEY=key)


def test_an_empty_key_is_none(person):
    assert "NewDeviceMetadata" in person.start_with_password(DEVICE_KEY="")["AuthenticationResult"]


def test_a_key_of_null_is_none(cognito, person, ada):
    """As Amplify repeats its proof; boto3 would not send it."""
    asked = person.start_with_srp()
    answer = person.answering(asked, **person.proof(asked), DEVICE_KEY=None)
    tokens = cognito.handle("RespondToAuthChallenge", answer, "us-east-1").response
    assert "NewDeviceMetadata" in tokens["AuthenticationResult"]


def test_a_stale_key_leaves_the_one_from_the_start_alone(client, person, ada):
    phone = ada.add_device(remembered=False)
    asked = person.start_with_srp(DEVICE_KEY=phone.key)
    proof = person.proof(asked)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        person.answer(asked, **proof, DEVICE_KEY=device_key("us-east-1"))
    assert "NewDeviceMetadata" not in person.answer(asked, **proof)["AuthenticationResult"]


def test_the_key_of_an_answer_counts_more_than_that_of_the_start(person, ada):
    kiosk, phone = ada.add_device(remembered=False), ada.add_device()
    asked = person.start_with_srp(DEVICE_KEY=kiosk.key)
    asked = person.takes(phone).prove_password(asked, DEVICE_KEY=phone.key)
    assert asked["ChallengeParameters"]["DEVICE_KEY"] == phone.key


def test_several_sign_ins_with_one_device_at_a_time(person, ada):
    """Without a session each answer is to the next that is open."""
    person.takes(ada.add_device())
    asked = [person.start_with_password(**person.device) for _ in range(3)]
    begun = [person.begin_device(each, session=False) for each in asked]
    for each in begun:
        assert "AuthenticationResult" in person.answer_device(each, session=False)
    with refused(*said(texts.DEVICE_NEEDS_FIRST_FACTOR)):
        person.begin_device({})


# Second factors.


@pytest.mark.parametrize(
    ("mfa", "parameters"),
    [
        (
            "SMS_MFA",
            {
                "USER_ID_FOR_SRP": "ada",
                "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS",
                "CODE_DELIVERY_DESTINATION": "+*******4567",
            },
        ),
        pytest.param(
            "EMAIL_OTP",
            {
                "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
                "CODE_DELIVERY_DESTINATION": "a***@e***",
            },
            marks=pytest.mark.skipif(
                "EMAIL_OTP" not in api.model().shape_for("ChallengeNameType").enum,
                reason="this botocore has no EMAIL_OTP",
            ),
        ),
        ("SOFTWARE_TOKEN_MFA", {"USER_ID_FOR_SRP": "ada"}),
    ],
)
def test_a_second_factor(person, ada, mfa, parameters):
    ada.mfa, ada.attributes = mfa, ADDRESSES
    asked = person.sign_in_with_srp()
    assert (asked["ChallengeName"], asked["ChallengeParameters"]) == (mfa, parameters)
    assert to_the_end(person, asked)[0] == [mfa]


def test_a_code_goes_to_a_user_without_an_address_too(person, ada):
    """A test need not seed an address to have a second factor."""
    ada.mfa = "SMS_MFA"
    asked = person.start_with_password()
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"] == "+*******"
    assert to_the_end(person, asked)[0] == ["SMS_MFA"]


@pytest.mark.parametrize("choice", ["SMS_MFA", "SOFTWARE_TOKEN_MFA"])
def test_a_choice_of_second_factors(person, ada, choice):
    ada.attributes = ADDRESSES
    ada.factors.enable("SMS_MFA", preferred=False)
    ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
    ada.software_token.verified = True
    asked = person.start_with_password()
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] == "ada"
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"]) == [
        "SMS_MFA",
        "SOFTWARE_TOKEN_MFA",
    ]
    with refused(*said(texts.CHALLENGE_NOT_AVAILABLE)):
        person.answer(asked, ANSWER="EMAIL_OTP")
    asked = person.answer(asked, ANSWER=choice)
    assert to_the_end(person, asked)[0] == [choice]


@pytest.mark.parametrize("name", ["EMAIL_OTP", "EMAIL_MFA"])
def test_a_code_by_email_is_chosen_by_either_name(person, ada, name):
    """The service model says `EMAIL_MFA`, clients say `EMAIL_OTP`."""
    if "EMAIL_OTP" not in api.model().shape_for("ChallengeNameType").enum:
        pytest.skip("this botocore has no EMAIL_OTP")
    ada.attributes = ADDRESSES
    ada.factors.enable("SMS_MFA", preferred=False)
    ada.factors.enable("EMAIL_OTP", preferred=False)
    asked = person.answer(person.start_with_password(), ANSWER=name)
    assert asked["ChallengeName"] == "EMAIL_OTP"


def test_the_second_factor_that_the_user_prefers(person, ada):
    ada.factors.enable("SMS_MFA", preferred=True)
    ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
    assert person.start_with_password()["ChallengeName"] == "SMS_MFA"


def test_a_second_factor_that_the_pool_does_not_have(cognito, person, ada):
    cognito.pool.mfa_factors = {"SMS_MFA"}
    ada.factors.enable("SMS_MFA", preferred=False)
    ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=True)
    assert person.start_with_password()["ChallengeName"] == "SMS_MFA"


@pytest.mark.parametrize(
    ("configuration", "mfa", "attributes", "challenge"),
    [
        ("OFF", "SMS_MFA", ADDRESSES, None),
        ("OPTIONAL", "SMS_MFA", ADDRESSES, "SMS_MFA"),
        ("OPTIONAL", None, ADDRESSES, None),
        ("ON", "EMAIL_OTP", ADDRESSES, "EMAIL_OTP"),
        ("ON", None, ADDRESSES, "SMS_MFA"),
        ("ON", None, {}, "MFA_SETUP"),
    ],
)
def test_what_the_pool_asks_for(cognito, person, ada, configuration, mfa, attributes, challenge):
    cognito.pool.mfa_configuration = configuration
    ada.mfa, ada.attributes = mfa, attributes
    assert person.start_with_password().get("ChallengeName") == challenge


def test_setting_up_a_second_factor_on_the_way(cognito, client, person, ada):
    cognito.pool.mfa_configuration = "ON"
    asked = person.start_with_password()
    assert asked["ChallengeParameters"] == {
        "USER_ID_FOR_SRP": "ada",
        "MFAS_CAN_SETUP": '["EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA"]',
    }
    with refused(*said(texts.SOFTWARE_TOKEN_NOT_VERIFIED)):
        person.answer(asked)
    session = client.associate_software_token(Session=asked["Session"])["Session"]
    session = client.verify_software_token(Session=session, UserCode=ada.totp_code)["Session"]
    tokens = person.answer({**asked, "Session": session})["AuthenticationResult"]
    assert "NewDeviceMetadata" in tokens
    assert person.start_with_password()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


# New passwords.


def test_a_new_password_is_required(cognito, person, ada):
    ada.status, ada.attributes = "FORCE_CHANGE_PASSWORD", ADDRESSES
    ada.mfa = "SMS_MFA"
    asked = person.sign_in_with_srp()
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert asked["ChallengeParameters"] == {
        "USER_ID_FOR_SRP": "ada",
        "requiredAttributes": "[]",
        "userAttributes": json.dumps(dict(ada.attributes)),
    }
    asked = person.answer(asked, NEW_PASSWORD="An0ther!!", **{"userAttributes.name": "Ada"})
    assert asked["ChallengeName"] == "SMS_MFA"
    assert "NewDeviceMetadata" in to_the_end(person, asked)[1]
    assert (ada.password, ada.status, ada.attributes["name"]) == ("An0ther!!", "CONFIRMED", "Ada")


def test_a_new_password_that_is_too_weak_may_be_followed_by_another(client, person, ada):
    ada.status = "FORCE_CHANGE_PASSWORD"
    asked = person.start_with_password()
    with refused(*said(texts.PASSWORD_AGAINST_POLICY, complaint="Password not long enough")):
        person.answer(asked, NEW_PASSWORD="weak")
    with pytest.raises(client.exceptions.InvalidParameterException):
        person.answer(asked, NEW_PASSWORD="An0ther!!", **{"userAttributes.shoe": "42"})
    assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD="An0ther!!")


def test_a_temporary_password_expires(cognito, person, ada):
    clock = cognito.freeze_time("2026-01-01")
    ada.set_temporary_password(ada.password)
    clock.tick(7 * 24 * 3600 - 1)
    assert person.start_with_password()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    clock.tick(1)
    with refused(*said(texts.TEMPORARY_PASSWORD_EXPIRED)):
        person.start_with_password()


def states(ada):
    return ada.password, ada.status, dict(ada.attributes), ada.factors.enabled


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda ada: setattr(ada, "enabled", False), texts.USER_DISABLED),
        (lambda ada: setattr(ada, "status", "UNCONFIRMED"), texts.USER_NOT_CONFIRMED),
        (lambda ada: setattr(ada, "status", "RESET_REQUIRED"), texts.PASSWORD_RESET_REQUIRED),
    ],
)
def test_an_answer_that_is_refused_leaves_no_trace(person, ada, change, text):
    ada.status = "FORCE_CHANGE_PASSWORD"
    asked = person.start_with_password()
    change(ada)
    before = states(ada)
    with refused(*said(text)):
        person.answer(asked, NEW_PASSWORD="An0ther!!", **{"userAttributes.name": "Ada"})
    assert states(ada) == before


def test_a_code_that_is_refused_for_another_reason_is_not_spent(person, ada):
    ada.mfa = "SOFTWARE_TOKEN_MFA"
    asked = person.start_with_password()
    ada.enabled = False
    code = {"SOFTWARE_TOKEN_MFA_CODE": ada.totp_code}
    with refused(*said(texts.USER_DISABLED)):
        person.answer(asked, **code)
    ada.enabled = True
    assert "AuthenticationResult" in person.answer(asked, **code)


def test_a_new_address_beside_a_new_password_is_not_verified(person, ada):
    ada.status = "FORCE_CHANGE_PASSWORD"
    ada.attributes = {"email": "ada@example.com", "email_verified": "true"}
    asked = person.start_with_password()
    person.answer(asked, NEW_PASSWORD="An0ther!!", **{"userAttributes.email": "a@example.com"})
    assert ada.attributes == {"email": "a@example.com", "email_verified": "false"}


def test_a_name_of_somebody_else_beside_a_new_password(cognito, client, person, ada):
    cognito.pool.username_attributes = ("email",)
    cognito.add_user("bob", attributes={"email": "bob@example.com"})
    ada.status = "FORCE_CHANGE_PASSWORD"
    asked = person.start_with_password()
    with pytest.raises(client.exceptions.AliasExistsException):
        person.answer(
            asked, NEW_PASSWORD="An0ther!!", **{"userAttributes.email": "bob@example.com"}
        )
    assert ada.password == "Passw0rd!"
    assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD="An0ther!!")
