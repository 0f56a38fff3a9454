"""Starting a sign-in and answering its challenges: who is let in, and what the others are told."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from handlers import put_on, refused
from pytest_cognito_devices.service import srp, texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.ids import device_key
from said import said

SECRET = "s" * 24
INCORRECT = said(texts.INCORRECT)
DISABLED = said(texts.USER_DISABLED)
NOT_CONFIRMED = said(texts.USER_NOT_CONFIRMED)
RESET = said(texts.PASSWORD_RESET_REQUIRED)
NO_USER = said(texts.USER_NOT_FOUND)
NO_DEVICE = said(texts.DEVICE_NOT_FOUND)


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    """Ada, who signs in by herself or through an administrator."""
    return make_person(ada, administrator=request.param)


@pytest.fixture(params=["password", "srp"])
def prove(request):
    """Everything up to the proof of the password, by either kind of flow."""

    def with_password(person, **parameters):
        return person.start_with_password(**parameters)

    def with_srp(person, **parameters):
        return person.sign_in_with_srp(**parameters)

    return with_password if request.param == "password" else with_srp


# Section 5.5 of the notes on the service: one test for each row.


def test_a_right_password_gives_tokens(person, prove):
    tokens = prove(person)
    assert set(tokens) - {"ResponseMetadata"} == {"AuthenticationResult", "ChallengeParameters"}
    assert tokens["ChallengeParameters"] == {}
    assert list(tokens["AuthenticationResult"]) == [
        "AccessToken",
        "ExpiresIn",
        "TokenType",
        "RefreshToken",
        "IdToken",
        "NewDeviceMetadata",
    ]
    assert tokens["AuthenticationResult"]["TokenType"] == "Bearer"


def test_a_wrong_password(make_person, ada, prove):
    with refused(*INCORRECT):
        prove(make_person(ada, password="wrong"))


def test_a_wrong_password_for_administrators(make_person, ada):
    with refused(*INCORRECT):
        make_person(ada, password="wrong", administrator=True).start_with_password()


def test_a_wrong_device_secret(person, ada):
    phone = ada.add_device()
    person.has_device(phone.key, phone.group_key, "wrong")
    asked = person.start_with_password(**person.device)
    with refused(*INCORRECT):
        person.prove_device(asked)


@pytest.mark.parametrize(
    "timestamp",
    [
        "Thu May 07 00:09:40 UTC 2026",
        "Thu May  7 00:09:40 UTC 2026",
        "2026-05-07T00:09:40Z",
        "Thu May 7 00:09:40 2026",
        "Thu May 7 00:09:40 GMT 2026",
        "Thu May 7 00:09:40 utc 2026",
        "Thu Mai 7 00:09:40 UTC 2026",
        "Don May 7 00:09:40 UTC 2026",
        "Wed May 7 00:09:40 UTC 2026",
        "Mon Feb 30 00:09:40 UTC 2026",
        "Thu May \u0667 00:09:40 UTC 2026",
    ],
)
def test_a_timestamp_in_another_form(person, ada, monkeypatch, timestamp):
    """The signature is right for what was sent; day of the month with a zero and all."""
    monkeypatch.setattr(
        type(person.srp), "get_cognito_formatted_timestamp", staticmethod(lambda _: timestamp)
    )
    asked = person.start_with_srp()
    with refused(*INCORRECT):
        person.prove_password(asked)


@pytest.mark.parametrize("moment", ["2026-05-07 00:09:40", "2026-12-31 23:59:59"])
def test_a_timestamp_in_the_right_form(cognito, person, moment):
    cognito.freeze_time(moment)
    assert "AuthenticationResult" in person.sign_in_with_srp()


def test_device_srp_auth_without_a_first_factor(person, ada):
    person.takes(ada.add_device())
    with refused(*said(texts.DEVICE_NEEDS_FIRST_FACTOR)):
        person.begin_device({})


def test_device_srp_auth_without_a_session_for_nobody(make_person, ada):
    person = make_person(ada, name="nobody").takes(ada.add_device())
    with refused(*said(texts.DEVICE_NEEDS_FIRST_FACTOR)):
        person.begin_device({})


def test_an_unknown_user(make_person, ada, prove):
    with refused(*NO_USER):
        prove(make_person(ada, name="nobody"))


@pytest.mark.parametrize("flow", ["password", "srp", "admin"])
def test_an_unknown_user_who_is_not_given_away(cognito, make_person, ada, flow):
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"
    nobody = make_person(ada, name="nobody", administrator=flow == "admin")
    if flow != "srp":
        with refused(*INCORRECT):
            nobody.start_with_password()
        return
    first, second = (nobody.start_with_srp()["ChallengeParameters"] for _ in range(2))
    other = make_person(ada, name="another").start_with_srp()["ChallengeParameters"]
    assert first.keys() == make_person(ada).start_with_srp()["ChallengeParameters"].keys()
    assert (first["SALT"], first["USER_ID_FOR_SRP"]) == (second["SALT"], second["USER_ID_FOR_SRP"])
    assert (first["SALT"], first["USER_ID_FOR_SRP"]) != (other["SALT"], other["USER_ID_FOR_SRP"])
    with refused(*INCORRECT):
        nobody.prove_password(nobody.start_with_srp())


def test_a_known_user_of_a_client_that_gives_nobody_away(cognito, person, prove):
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"
    assert "AuthenticationResult" in prove(person)


def test_a_disabled_user(person, ada, prove):
    ada.enabled = False
    with refused(*DISABLED):
        prove(person)


@pytest.mark.parametrize(
    ("status", "error"), [("UNCONFIRMED", NOT_CONFIRMED), ("RESET_REQUIRED", RESET)]
)
def test_a_user_in_a_state_that_cannot_sign_in(person, ada, prove, status, error):
    ada.status = status
    with refused(*error):
        prove(person)


def test_a_wrong_password_does_not_tell_that_a_user_is_disabled(make_person, ada, prove):
    ada.enabled = False
    with refused(*INCORRECT):
        prove(make_person(ada, password="wrong"))


def test_a_wrong_password_tells_that_a_user_is_unconfirmed(make_person, ada, prove):
    """And it does not count: the tenth try says the same."""
    ada.status = "UNCONFIRMED"
    person = make_person(ada, password="wrong")
    for _ in range(10):
        with refused(*NOT_CONFIRMED):
            prove(person)
    ada.status = "CONFIRMED"
    assert "AuthenticationResult" in prove(make_person(ada))


def test_a_wrong_password_tells_that_it_has_to_be_reset(make_person, ada, prove):
    """AdminResetUserPassword says so of all; amplify-js#4890 saw it with the right one only."""
    ada.status = "RESET_REQUIRED"
    with refused(*RESET):
        prove(make_person(ada, password="wrong"))


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def secretive(request, cognito, make_person, ada):
    """Ada at a client with a secret."""
    client = cognito.pool.add_client(client_id="backend", client_secret=SECRET)
    return make_person(ada, app=client, administrator=request.param)


def test_the_secret_hash_is_missing(secretive):
    with refused(*said(texts.SECRET_HASH_MISSING, ClientId="backend")):
        secretive.start_with_password(SECRET_HASH="")


def test_the_secret_hash_is_missing_in_an_answer(secretive):
    asked = secretive.start_with_srp()
    with refused(*said(texts.SECRET_HASH_MISSING, ClientId="backend")):
        secretive.prove_password(asked, SECRET_HASH="")


def test_the_secret_hash_is_wrong(secretive):
    error = said(texts.SECRET_HASH_WRONG, ClientId="backend")
    with refused(*error):
        secretive.start_with_password(SECRET_HASH="wrong")
    with refused(*error):
        secretive.prove_password(secretive.start_with_srp(), SECRET_HASH="wrong")


def test_the_secret_hash_is_right(secretive):
    assert "AuthenticationResult" in secretive.sign_in_with_srp()


def test_a_secret_hash_by_hand(cognito):
    """Made as the documentation of the service says."""
    app = cognito.pool.add_client(client_id="backend", client_secret=SECRET)
    by_hand = hmac.new(SECRET.encode(), b"adabackend", hashlib.sha256).digest()
    assert app.secret_hash("ada") == base64.b64encode(by_hand).decode()


def test_the_secret_hash_of_an_alias(cognito, make_person, ada):
    """It is made with the name as it is sent, in an answer also with the one that is there."""
    ada.attributes["email"] = "ada@example.com"
    client = cognito.pool.add_client(client_id="backend", client_secret=SECRET)
    person = make_person(ada, name="ada@example.com", app=client)
    for name in ("ada@example.com", "ada", ada.sub):
        hashed = {"USERNAME": "ada@example.com", "SECRET_HASH": client.secret_hash(name)}
        asked = person.start_with_srp()
        assert "AuthenticationResult" in person.prove_password(asked, **hashed)


def test_a_flow_that_is_not_enabled(cognito, make_person, ada):
    cognito.pool.client.explicit_auth_flows = []
    person, admin = make_person(ada), make_person(ada, administrator=True)
    with refused(*said(texts.AUTH_FLOW_NOT_ENABLED, AuthFlow="USER_PASSWORD_AUTH")):
        person.start_with_password()
    with refused(*said(texts.SRP_NOT_ENABLED)):
        person.start_with_srp()
    with refused(*said(texts.AUTH_FLOW_NOT_ENABLED, AuthFlow="CUSTOM_AUTH")):
        person.start("CUSTOM_AUTH")
    with refused(*said(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)):
        person.start("REFRESH_TOKEN_AUTH")
    for flow in ("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"):
        with refused(*said(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)):
            admin.start(flow)


@pytest.mark.parametrize("more", [[], ["ALLOW_REFRESH_TOKEN_AUTH"]])
def test_a_client_for_custom_challenges_alone(cognito, person, more):
    cognito.pool.client.explicit_auth_flows = ["ALLOW_CUSTOM_AUTH", *more]
    for start in (person.start_with_password, person.start_with_srp):
        with refused(*said(texts.ONLY_CUSTOM_AUTH)):
            start()


def test_a_flow_for_others(make_person, ada):
    error = said(texts.AUTH_FLOW_NOT_SUPPORTED)
    for flow in ("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"):
        with refused(*error):
            make_person(ada).start(flow, PASSWORD=ada.password)
    with refused(*error):
        make_person(ada, administrator=True).start("USER_PASSWORD_AUTH", PASSWORD=ada.password)


def test_the_old_name_of_the_flow_for_administrators(make_person, ada):
    person = make_person(ada, administrator=True)
    tokens = person.start("ADMIN_NO_SRP_AUTH", PASSWORD=ada.password)
    assert "AuthenticationResult" in tokens


@pytest.mark.parametrize(
    ("flow", "parameter"),
    [
        ("USER_PASSWORD_AUTH", "PASSWORD"),
        ("USER_SRP_AUTH", "SRP_A"),
        ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"),
        ("REFRESH_TOKEN", "REFRESH_TOKEN"),
    ],
)
def test_a_parameter_is_missing(make_person, ada, flow, parameter):
    with refused(*said(texts.PARAMETER_MISSING, parameter=parameter)):
        make_person(ada).start(flow)


@pytest.mark.parametrize(
    ("flow", "parameter"),
    [
        ("USER_PASSWORD_AUTH", "PASSWORD"),
        ("ADMIN_USER_PASSWORD_AUTH", "PASSWORD"),
        ("USER_SRP_AUTH", "SRP_A"),
    ],
)
@pytest.mark.parametrize("hides_users", [False, True])
def test_before_the_user_is_looked_up_and_any_trigger_runs(
    cognito, make_person, ada, flow, parameter, hides_users
):
    before = put_on(cognito.pool, "PreAuthentication")
    errors = "ENABLED" if hides_users else "LEGACY"
    app = cognito.pool.add_client(prevent_user_existence_errors=errors)
    person = make_person(ada, app=app, administrator=flow.startswith("ADMIN"))
    for name in ("ada", "nobody"):
        with refused(*said(texts.PARAMETER_MISSING, parameter=parameter)):
            person.start(flow, USERNAME=name)
    assert before.events == []


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH"])
def test_the_name_is_missing(client, ada, flow):
    with refused(*said(texts.PARAMETER_MISSING, parameter="USERNAME")):
        client.initiate_auth(ClientId=ada.pool.client.id, AuthFlow=flow)


@pytest.mark.parametrize(
    "name", ["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"]
)
def test_a_response_is_missing(person, name):
    asked = person.start_with_srp()
    with refused(*said(texts.PARAMETER_MISSING, parameter=name)):
        person.prove_password(asked, **{name: ""})


def test_an_unknown_client(client, make_client, ada):
    for call in (client.initiate_auth, client.respond_to_auth_challenge):
        first = "AuthFlow" if call == client.initiate_auth else "ChallengeName"
        value = "USER_SRP_AUTH" if first == "AuthFlow" else "SMS_MFA"
        with refused(*said(texts.CLIENT_NOT_FOUND, ClientId="nobodys")):
            call(ClientId="nobodys", **{first: value})
    ada.pool.everywhere = False
    with refused(*said(texts.CLIENT_NOT_FOUND, ClientId=ada.pool.client.id)):
        make_client("eu-west-1").initiate_auth(
            ClientId=ada.pool.client.id, AuthFlow="USER_SRP_AUTH"
        )


def test_a_client_of_another_pool(cognito, client, ada):
    other = cognito.add_pool().client.id
    with refused(*said(texts.CLIENT_NOT_FOUND, ClientId=other)):
        client.admin_initiate_auth(
            UserPoolId=cognito.pool.id, ClientId=other, AuthFlow="ADMIN_USER_PASSWORD_AUTH"
        )


# Sessions.


@pytest.fixture
def texting(ada):
    """Ada, who gets codes by SMS."""
    ada.mfa = "SMS_MFA"
    ada.attributes["phone_number"] = "+441234567"
    return ada


def test_a_session_is_opaque(person, texting):
    session = person.start_with_password()["Session"]
    assert session.startswith("AYAB")
    assert len(session) == 1587


def test_a_session_that_is_expired(cognito, person, texting):
    clock = cognito.freeze_time("2026-01-01")
    asked = person.start_with_password()
    clock.tick(179)
    with refused(*said(texts.MFA_CODE_WRONG)):
        person.answer(asked, SMS_MFA_CODE="wrong")
    clock.tick(1)
    with refused(*said(texts.SESSION_EXPIRED)):
        person.answer(asked, SMS_MFA_CODE=texting.sms_code)


def test_the_life_of_a_session_is_the_clients(cognito, make_person, texting):
    app = cognito.pool.add_client(auth_session_validity=900)
    clock = cognito.freeze_time("2026-01-01")
    person = make_person(texting, app=app)
    asked = person.start_with_password()
    clock.tick(899)
    assert "AuthenticationResult" in person.answer(asked, SMS_MFA_CODE=texting.sms_code)


def test_a_session_that_was_used(person, texting):
    asked = person.start_with_password()
    person.answer(asked, SMS_MFA_CODE=texting.sms_code)
    with refused(*said(texts.SESSION_USED)):
        person.answer(asked, SMS_MFA_CODE=texting.sms_code)


def test_a_session_of_something_else(cognito, make_person, person, texting):
    error = said(texts.SESSION_INVALID)
    asked = person.start_with_password()
    with refused(*error):
        person.answer({**asked, "Session": "x" * 20}, SMS_MFA_CODE=texting.sms_code)
    with refused(*error):
        person.answer(asked, name="SOFTWARE_TOKEN_MFA", SOFTWARE_TOKEN_MFA_CODE=texting.sms_code)
    with refused(*error):
        person.answer(asked, name="ADMIN_NO_SRP_AUTH")
    bob = cognito.add_user("bob")
    with refused(*error):
        person.answer(asked, USERNAME=bob.username, SMS_MFA_CODE=texting.sms_code)
    other = make_person(texting, app=cognito.pool.add_client())
    with refused(*error):
        other.answer(asked, SMS_MFA_CODE=texting.sms_code)
    assert "AuthenticationResult" in person.answer(asked, SMS_MFA_CODE=texting.sms_code)


def test_a_session_is_needed(person, texting):
    person.start_with_password()
    with refused(*said(texts.PARAMETER_MISSING, parameter="Session")):
        person.answer({}, name="SMS_MFA", SMS_MFA_CODE=texting.sms_code)


def test_a_proof_by_srp_needs_no_session(person, ada):
    phone = ada.add_device()
    asked = person.start_with_srp()
    assert "Session" not in asked
    asked = person.takes(phone).prove_password(asked)
    assert "Session" in asked
    asked = person.begin_device(asked, session=False)
    assert "AuthenticationResult" in person.answer_device(asked, session=False)


def test_a_secret_block_that_nobody_gave_out(person):
    asked = person.start_with_srp()
    with refused(*INCORRECT):
        person.prove_password(asked, PASSWORD_CLAIM_SECRET_BLOCK="bm8=")


def test_a_secret_block_that_is_too_old_or_used(cognito, person):
    clock = cognito.freeze_time("2026-01-01")
    asked = person.start_with_srp()
    clock.tick(180)
    with refused(*INCORRECT):
        person.prove_password(asked)
    asked = person.start_with_srp()
    person.prove_password(asked)
    with refused(*INCORRECT):
        person.prove_password(asked)


def test_the_secret_block_of_another_session(person, ada):
    person.takes(ada.add_device())
    asked, other = (person.begin_device(person.start_with_password(**person.device)) for _ in "12")
    responses = person.srp.process_device_challenge(asked["ChallengeParameters"])
    with refused(*INCORRECT):
        person.answer({**asked, "Session": other["Session"]}, **responses)
    assert "AuthenticationResult" in person.answer(asked, **responses)


# Codes.


def test_a_wrong_code_may_be_followed_by_the_right_one(person, texting):
    asked = person.start_with_password()
    for _ in range(6):
        with refused(*said(texts.MFA_CODE_WRONG)):
            person.answer(asked, SMS_MFA_CODE="wrong")
    assert "AuthenticationResult" in person.answer(asked, SMS_MFA_CODE=texting.sms_code)


def test_a_wrong_code_of_an_authenticator(person, ada):
    ada.mfa = "SOFTWARE_TOKEN_MFA"
    asked = person.start_with_password()
    with refused(*said(texts.SOFTWARE_TOKEN_CODE_WRONG)):
        person.answer(asked, SOFTWARE_TOKEN_MFA_CODE="wrong")
    answered = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
    assert "AuthenticationResult" in answered


def test_a_code_of_an_authenticator_is_good_for_one_sign_in(cognito, person, ada):
    clock = cognito.freeze_time("2026-01-01")
    ada.mfa = "SOFTWARE_TOKEN_MFA"
    used = ada.totp_code
    person.answer(person.start_with_password(), SOFTWARE_TOKEN_MFA_CODE=used)
    asked = person.start_with_password()
    with refused(*said(texts.SOFTWARE_TOKEN_CODE_USED)):
        person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=used)
    clock.tick(30)
    answered = person.answer(asked, SOFTWARE_TOKEN_MFA_CODE=ada.totp_code)
    assert "AuthenticationResult" in answered


def test_another_code_takes_the_place_of_none(person, texting):
    """Each sign-in has its own code."""
    first = person.start_with_password()
    code = texting.sms_code
    second = person.start_with_password()
    assert "AuthenticationResult" in person.answer(first, SMS_MFA_CODE=code)
    assert "AuthenticationResult" in person.answer(second, SMS_MFA_CODE=texting.sms_code)


# The lock after failed passwords.


def test_too_many_wrong_passwords(cognito, make_person, ada, prove):
    clock = cognito.freeze_time("2026-01-01")
    wrong, right = make_person(ada, password="wrong"), make_person(ada)
    for _ in range(5):
        with refused(*INCORRECT):
            prove(wrong)
    with refused(*said(texts.PASSWORD_ATTEMPTS_EXCEEDED)):
        prove(right)
    clock.tick(1)
    with refused(*INCORRECT):
        prove(wrong)
    clock.tick(1)
    with refused(*said(texts.PASSWORD_ATTEMPTS_EXCEEDED)):
        prove(right)
    clock.tick(1)
    assert "AuthenticationResult" in prove(right)


# The numbers of SRP.


@pytest.mark.parametrize(
    "srp_a", ["0", f"{srp.N:x}", f"{2 * srp.N:x}", "no number", "-5", "0x5", " 5"]
)
def test_a_number_with_which_every_password_would_be_right(person, srp_a):
    with refused(*said(texts.SRP_A_INVALID)):
        person.start("USER_SRP_AUTH", SRP_A=srp_a)


def test_a_number_with_which_every_device_would_be_right(person, ada):
    person.takes(ada.add_device())
    asked = person.start_with_password(**person.device)
    with refused(*said(texts.SRP_A_INVALID)):
        person.answer(asked, SRP_A=f"{srp.N:x}", **person.device)
    assert "AuthenticationResult" in person.prove_device(asked)


# Users who change in between.


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda ada: ada.delete(), said(texts.SESSION_INVALID)),
        (lambda ada: setattr(ada, "enabled", False), DISABLED),
        (lambda ada: setattr(ada, "status", "RESET_REQUIRED"), RESET),
    ],
)
def test_a_user_who_changes_in_between(person, texting, change, error):
    asked = person.start_with_password()
    change(texting)
    with refused(*error):
        person.answer(asked, SMS_MFA_CODE=texting.sms_code)


# Names.


@pytest.mark.parametrize("name", ["ada@example.com", "+441234567"])
def test_a_user_signs_in_by_any_name(make_person, ada, prove, name):
    ada.attributes = {"email": "ada@example.com", "phone_number": "+441234567"}
    assert "AuthenticationResult" in prove(make_person(ada, name=name))


class TestSub:
    """By SRP nobody signs in with the `sub`; of other flows nothing is known."""

    def test_srp_takes_it_for_an_unknown_user(self, make_person, ada):
        with refused(*NO_USER):
            make_person(ada, name=ada.sub).start_with_srp()

    def test_and_does_not_give_away_that_it_is_one(self, cognito, make_person, ada):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        person = make_person(ada, name=ada.sub)
        asked = person.start_with_srp()
        assert asked["ChallengeParameters"]["USERNAME"] not in {"ada", ada.sub}
        with refused(*INCORRECT):
            person.prove_password(asked)

    def test_of_a_user_who_is_called_so(self, cognito, client, make_person):
        """Where user names are addresses, who signs up is called by the `sub`."""
        cognito.pool.username_attributes = ("email",)
        app = cognito.pool.client
        client.sign_up(ClientId=app.id, Username="ada@example.com", Password="Passw0rd!")
        (ada,) = cognito.pool.users
        ada.status = "CONFIRMED"
        person = make_person(ada, name=ada.sub, password="Passw0rd!")
        assert "AuthenticationResult" in person.sign_in_with_srp()

    def test_a_password_goes_with_it(self, make_person, ada):
        assert "AuthenticationResult" in make_person(ada, name=ada.sub).start_with_password()

    def test_administrators_use_it(self, make_person, ada):
        person = make_person(ada, name=ada.sub, administrator=True)
        assert "AuthenticationResult" in person.sign_in_with_srp()


def test_challenges_go_by_the_real_name(make_person, ada):
    ada.attributes["email"] = "ada@example.com"
    asked = make_person(ada, name="ada@example.com").start_with_srp()["ChallengeParameters"]
    assert (asked["USERNAME"], asked["USER_ID_FOR_SRP"]) == ("ada", "ada")


@pytest.mark.parametrize("alias_loses_device", [True, False])
def test_an_alias_in_an_answer_spoils_the_device(
    cognito, client, make_person, ada, alias_loses_device
):
    """Nobody can confirm a device of a sign-in that answered under an alias (amplify-js#4047)."""
    ada.attributes["email"] = "ada@example.com"
    cognito.pool.alias_loses_device = alias_loses_device
    person = make_person(ada, name="ada@example.com")
    tokens = person.prove_password(person.start_with_srp(), USERNAME="ada@example.com")
    assert "NewDeviceMetadata" in tokens["AuthenticationResult"]
    if alias_loses_device:
        with refused(*said(texts.DEVICE_KEY_NOT_GIVEN_OUT)):
            person.confirm_device(tokens)
    else:
        assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False


@pytest.mark.parametrize("name", ["ada", "sub"])
def test_the_real_name_in_an_answer_keeps_the_device(make_person, ada, name):
    ada.attributes["email"] = "ada@example.com"
    person = make_person(ada, name="ada@example.com")
    real = ada.sub if name == "sub" else name
    tokens = person.prove_password(person.start_with_srp(), USERNAME=real)
    assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False


def test_an_alias_at_the_start_keeps_the_device(make_person, ada):
    ada.attributes["email"] = "ada@example.com"
    person = make_person(ada, name="ada@example.com")
    assert person.confirm_device(person.start_with_password())


# Where from.


def test_the_address_of_the_user_is_kept_with_the_device(cognito, make_person, ada):
    for prefix, context in (
        ("", {"UserContextData": {"IpAddress": "192.0.2.1"}}),
        (
            "Admin",
            {
                "ContextData": {
                    "IpAddress": "192.0.2.1",
                    "ServerName": "app",
                    "ServerPath": "/",
                    "HttpHeaders": [],
                }
            },
        ),
    ):
        person = make_person(ada, administrator=bool(prefix))
        flow = f"{prefix}_USER_PASSWORD_AUTH".upper().removeprefix("_")
        tokens = person.start(flow, more=context, PASSWORD=ada.password)
        person.confirm_device(tokens)
        assert ada.devices[-1].last_ip_used == "192.0.2.1"


#: Calls that must not tell whether there is such a user: what is done with a person who is at a
#: client that tells nobody.
INDISCREET = [
    lambda person: person.start_with_password(),
    lambda person: person.start_with_password(DEVICE_KEY=device_key("us-east-1")),
    lambda person: person.start_with_srp(),
    lambda person: person.start("USER_SRP_AUTH", SRP_A="0"),
    lambda person: person.prove_password(person.start_with_srp()),
    lambda person: person.prove_password(
        person.start_with_srp(), DEVICE_KEY=device_key("us-east-1")
    ),
    lambda person: person.prove_password(person.start_with_srp(), USERNAME="a third one"),
    lambda person: person.prove_password(
        person.start_with_srp(), PASSWORD_CLAIM_SIGNATURE="\ud800"
    ),
    lambda person: person.answer({"Session": "x" * 20}, name="SMS_MFA", SMS_MFA_CODE="1"),
    lambda person: person.begin_device({}),
    lambda person: person.start("CUSTOM_AUTH"),
]


@pytest.mark.parametrize("call", INDISCREET)
@pytest.mark.parametrize("secret", [None, SECRET])
def test_nobody_is_given_away(cognito, make_person, ada, call, secret):
    """A wrong password, and no such user: the same but for what is random."""
    settings = {} if secret is None else {"client_secret": secret}
    app = cognito.pool.add_client(prevent_user_existence_errors="ENABLED", **settings)
    answers = []
    for name in ("ada", "nobody"):
        person = make_person(ada, name=name, password="wrong", app=app)
        person.call = lambda *call: cognito.handle(*call, "us-east-1").response
        person.has_device(device_key("us-east-1"), "-group", "secret")
        person.srp.device_key = None
        try:
            answer = call(person)
        except ServiceError as error:
            answers.append(str(error))
        else:
            parameters = answer["ChallengeParameters"]
            shown = {each: len(parameters[each]) for each in parameters if each == "SECRET_BLOCK"}
            answers.append((answer["ChallengeName"], parameters.keys(), shown))
    assert answers[0] == answers[1]


def test_the_hash_of_a_name_that_only_seems_to_be_one(cognito, make_person, ada):
    """Made with the `USER_ID_FOR_SRP` that the service served."""
    app = cognito.pool.add_client(client_secret=SECRET, prevent_user_existence_errors="ENABLED")
    person = make_person(ada, name="nobody", app=app)
    asked = person.start_with_srp()
    served = asked["ChallengeParameters"]["USER_ID_FOR_SRP"]
    with refused(*INCORRECT):
        person.prove_password(asked, USERNAME="nobody", SECRET_HASH=app.secret_hash(served))


@pytest.mark.parametrize("password", ["wrong", "Passw0rd!"])
def test_a_password_that_was_reset_does_not_count_at_all(make_person, ada, prove, password):
    ada.status = "RESET_REQUIRED"
    with refused(*RESET):
        prove(make_person(ada, password=password))


def test_a_password_that_has_changed_since_the_proof_began(person, ada):
    asked = person.start_with_srp()
    proof = person.proof(asked)
    ada.password = "An0ther!!"
    with refused(*INCORRECT):
        person.answer(asked, **proof)


def test_text_that_is_none(cognito, make_person, ada):
    """Half of a pair of surrogates, which JSON can carry."""
    app = cognito.pool.add_client(client_secret=SECRET)
    with refused(*NO_USER):
        make_person(ada, name="\ud800", app=app).start_with_password()
    ada.password = "\ud800"
    assert "AuthenticationResult" in make_person(ada).start_with_password()
    assert "SALT" in make_person(ada).start_with_srp()["ChallengeParameters"]


def test_a_secret_hash_for_a_client_without_a_secret(cognito, person):
    client_id = cognito.pool.client.id
    with refused(*said(texts.SECRET_HASH_UNEXPECTED, ClientId=client_id)):
        person.start_with_password(SECRET_HASH="hash")


def test_an_unknown_user_for_administrators(make_person, ada):
    with refused(*NO_USER):
        make_person(ada, name="nobody", administrator=True).start_with_password()


def test_a_success_forgets_the_failures(make_person, ada, prove):
    wrong, right = make_person(ada, password="wrong"), make_person(ada)
    for _ in range(3):
        for _ in range(4):
            with refused(*INCORRECT):
                prove(wrong)
        assert "AuthenticationResult" in prove(right)


def test_a_stale_key_is_told_after_the_password_only(make_person, ada, prove):
    stale = {"DEVICE_KEY": device_key("us-east-1")}
    with refused(*INCORRECT):
        prove(make_person(ada, password="wrong"), **stale)
    with refused(*NO_DEVICE):
        prove(make_person(ada), **stale)


def test_both_ways_of_calling_are_open_to_one_sign_in(make_person, texting):
    """A challenge that an administrator began may be answered by the user, and vice versa."""
    admin, user = make_person(texting, administrator=True), make_person(texting)
    asked = admin.start_with_password()
    assert "AuthenticationResult" in user.answer(asked, SMS_MFA_CODE=texting.sms_code)
