"""Signing in."""

from __future__ import annotations

from catalogue.case import ENUM, Case, too_long
from handlers import Riddles
from people import at
from pytest_cognito_devices.service import api, texts
from said import said

SECRET = "s" * 24
NOBODY = said(texts.USER_NOT_FOUND)
INCORRECT = said(texts.INCORRECT)
NO_CLIENT = said(texts.CLIENT_NOT_FOUND, ClientId="nobodys")
NO_POOL = said(texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nobodys")
INVALID_SESSION = said(texts.SESSION_INVALID)

PASSWORD = "USER_PASSWORD_AUTH"
ADMIN_PASSWORD = "ADMIN_USER_PASSWORD_AUTH"


def enum_of(member, shape):
    values = ", ".join(api.model().shape_for(shape).enum)
    lower = member[0].lower() + member[1:]
    return member, "x", f"Value 'x' at '{lower}' {ENUM} [{values}]"


FLOW = enum_of("AuthFlow", "AuthFlowType")
CHALLENGE = enum_of("ChallengeName", "ChallengeNameType")
SESSION = too_long("Session", "SessionType")


class Caller:
    """The parameters of the two calls, as users or administrators make them."""

    def __init__(self, *, administrator):
        self.administrator = administrator
        self.flow = ADMIN_PASSWORD if administrator else PASSWORD

    def person(self, cognito, **settings):
        self.user = cognito.add_user("ada", **settings)
        return at(cognito, self.user, administrator=self.administrator)

    def initiate(self, cognito, flow=None, *, client=None, **parameters):
        """A call that starts a sign-in, whoever there is."""
        pool = {"UserPoolId": cognito.pool.id} if self.administrator else {}
        return {
            "ClientId": client or cognito.pool.client.id,
            "AuthFlow": flow or self.flow,
            "AuthParameters": {
                name: value
                for name, value in {
                    "USERNAME": "ada",
                    "PASSWORD": "Passw0rd!",
                    **parameters,
                }.items()
                if value is not None
            },
            **pool,
        }

    def with_user(self, cognito, flow=None, *, app=(), settings=(), **parameters):
        for name, value in dict(app).items():
            setattr(cognito.pool.client, name, value)
        cognito.add_user("ada", **dict(settings))
        return self.initiate(cognito, flow, **parameters)

    def refreshing(self, cognito, flow="REFRESH_TOKEN_AUTH", token=None):
        cognito.pool.device_tracking = "off"
        ada = cognito.add_user("ada")
        parameters = {"REFRESH_TOKEN": token or ada.refresh_token}
        return self.initiate(cognito, flow, USERNAME=None, PASSWORD=None, **parameters)

    def proving(self, cognito):
        person = self.person(cognito)
        asked = person.start_with_srp()
        return person.answering(asked, **person.proof(asked))

    def asked_for_code(self, cognito, code=None, **responses):
        person = self.person(cognito, mfa="SMS_MFA", attributes={"phone_number": "+441234567"})
        asked = person.start_with_password()
        return person.answering(asked, SMS_MFA_CODE=code or self.user.sms_code, **responses)

    def asked_for_password(self, cognito, password):
        person = self.person(cognito, status="FORCE_CHANGE_PASSWORD")
        return person.answering(person.start_with_password(), NEW_PASSWORD=password)

    def asked_for_totp(self, cognito):
        person = self.person(cognito, mfa="SOFTWARE_TOKEN_MFA")
        asked = person.start_with_password()
        return person.answering(asked, SOFTWARE_TOKEN_MFA_CODE=self.user.totp_code)

    def asked_for_choice(self, cognito):
        person = self.person(cognito, mfa="SMS_MFA", attributes={"phone_number": "+441234567"})
        self.user.software_token.verified = True
        self.user.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
        self.user.factors.enable("SMS_MFA", preferred=False)
        return person.answering(person.start_with_password(), ANSWER="SMS_MFA")

    def asked_for_riddle(self, cognito):
        Riddles(cognito.pool)
        person = self.person(cognito)
        return person.answering(person.start("CUSTOM_AUTH"), ANSWER="4")

    def proving_device(self, cognito):
        person = self.person(cognito)
        phone = self.user.add_device(password="secret")
        asked = person.takes(phone).start_with_password(**person.device)
        asked = person.begin_device(asked)
        responses = person.srp.process_device_challenge(asked["ChallengeParameters"])
        return person.answering(asked, **responses)

    def asked_for_device(self, cognito):
        person = self.person(cognito)
        phone = self.user.add_device(password="secret")
        asked = person.takes(phone).start_with_password(**person.device)
        return person.answering(asked, SRP_A="5", **person.device)

    def answering_nobody(self, cognito, **more):
        pool = {"UserPoolId": cognito.pool.id} if self.administrator else {}
        return {
            "ClientId": cognito.pool.client.id,
            "ChallengeName": "SMS_MFA",
            "Session": "x" * 20,
            "ChallengeResponses": {"USERNAME": "ada", "SMS_MFA_CODE": "123456"},
            **pool,
            **more,
        }


def initiate_case(caller):
    pool = {"UserPoolId": "us-east-1_nobodys"} if caller.administrator else {}
    disabled = (
        said(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)
        if caller.administrator
        else said(texts.AUTH_FLOW_NOT_ENABLED, AuthFlow=PASSWORD)
    )
    return Case(
        [
            caller.with_user,
            lambda cognito: caller.with_user(cognito, "USER_SRP_AUTH", SRP_A="5"),
            lambda cognito: caller.with_user(
                cognito,
                settings={"mfa": "SMS_MFA", "attributes": {"phone_number": "+441234567"}},
            ),
            caller.refreshing,
            lambda cognito: caller.refreshing(cognito, "REFRESH_TOKEN"),
        ],
        {**pool, "ClientId": "nobodys", "AuthFlow": "USER_SRP_AUTH"},
        [FLOW, "ClientId", *(["UserPoolId"] if caller.administrator else [])],
        (caller.initiate, *NOBODY),
        [
            (lambda cognito: caller.with_user(cognito, PASSWORD="wrong"), *INCORRECT),
            (lambda cognito: caller.initiate(cognito, client="nobodys"), *NO_CLIENT),
            (
                lambda cognito: caller.with_user(cognito, PASSWORD=None),
                *said(texts.PARAMETER_MISSING, parameter="PASSWORD"),
            ),
            (
                lambda cognito: caller.with_user(cognito, app={"explicit_auth_flows": []}),
                *disabled,
            ),
            (
                lambda cognito: caller.refreshing(cognito, token="x.y"),
                *said(texts.REFRESH_TOKEN_INVALID),
            ),
        ],
    )


def respond_case(caller):
    pool = {"UserPoolId": "us-east-1_nobodys"} if caller.administrator else {}
    return Case(
        [
            caller.proving,
            caller.asked_for_code,
            caller.asked_for_totp,
            caller.asked_for_choice,
            caller.asked_for_riddle,
            caller.asked_for_device,
            caller.proving_device,
            lambda cognito: caller.asked_for_password(cognito, "An0ther!!"),
        ],
        {**pool, "ClientId": "nobodys", "ChallengeName": "SMS_MFA", "Session": "x" * 20},
        [CHALLENGE, "ClientId", SESSION, *(["UserPoolId"] if caller.administrator else [])],
        (caller.answering_nobody, *INVALID_SESSION),
        [
            (lambda cognito: caller.asked_for_code(cognito, "no"), *said(texts.MFA_CODE_WRONG)),
            (
                lambda cognito: caller.asked_for_code(
                    cognito, DEVICE_KEY="us-east-1_596db07d-793a-4070-8140-27f321ccf01c"
                ),
                *said(texts.DEVICE_NOT_FOUND),
            ),
            (
                lambda cognito: caller.asked_for_password(cognito, "short"),
                *said(texts.PASSWORD_AGAINST_POLICY, complaint="Password not long enough"),
            ),
            (lambda cognito: caller.answering_nobody(cognito, ClientId="nobodys"), *NO_CLIENT),
        ],
    )


def in_no_pool(case):
    """The same case, and the refusal that only administrators get."""

    def prepare(cognito):
        return {**case.not_found[0](cognito), "UserPoolId": "us-east-1_nobodys"}

    return case._replace(refusals=[*case.refusals, (prepare, *NO_POOL)])


CASES = {
    "InitiateAuth": initiate_case(Caller(administrator=False)),
    "AdminInitiateAuth": in_no_pool(initiate_case(Caller(administrator=True))),
    "RespondToAuthChallenge": respond_case(Caller(administrator=False)),
    "AdminRespondToAuthChallenge": in_no_pool(respond_case(Caller(administrator=True))),
}
