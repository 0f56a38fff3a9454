"""Setting up an authenticator."""

from __future__ import annotations

from catalogue.case import PATTERN, Case, value_at
from catalogue.devices import NO_USER, as_user, deleted
from catalogue.sign_in import SESSION
from people import REGION, at
from pytest_cognito_devices.service import texts
from said import said

NEITHER = said(texts.TOKEN_OR_SESSION)
FAILED = said(texts.SOFTWARE_TOKEN_SET_UP_FAILED)
BAD_CODE = (
    "UserCode",
    "abcdef",
    f"{value_at('SoftwareTokenMFAUserCodeType', 'abcdef', 'userCode')} {PATTERN} [0-9]+",
)


def in_a_sign_in(cognito):
    cognito.pool.mfa_configuration = "ON"
    ada = cognito.add_user("ada")
    return ada, {"Session": at(cognito, ada).start_with_password()["Session"]}


def verifying(cognito, **params):
    call = as_user(cognito)
    cognito.handle("AssociateSoftwareToken", call, REGION)
    return {"UserCode": cognito.pool.user_named("ada").totp_code, **call, **params}


def verifying_in_a_sign_in(cognito):
    ada, call = in_a_sign_in(cognito)
    session = cognito.handle("AssociateSoftwareToken", call, REGION).response["Session"]
    return {"UserCode": ada.totp_code, "Session": session}


CASES = {
    "AssociateSoftwareToken": Case(
        [as_user, lambda cognito: in_a_sign_in(cognito)[1]],
        {"AccessToken": "a.b.c"},
        ["AccessToken", SESSION],
        (deleted, *NO_USER),
        [(lambda _: {}, *NEITHER)],
    ),
    "VerifySoftwareToken": Case(
        [verifying, verifying_in_a_sign_in],
        {"AccessToken": "a.b.c", "UserCode": "123456"},
        ["AccessToken", SESSION, BAD_CODE],
        (lambda cognito: {"UserCode": "123456", **deleted(cognito)}, *NO_USER),
        [(lambda cognito: verifying(cognito, UserCode="000000"), *FAILED)],
    ),
}
