"""Forgotten passwords."""

from __future__ import annotations

from catalogue.case import Case
from catalogue.sign_up import (
    BAD_CODE,
    BAD_HASH,
    BAD_PASSWORD,
    DISABLED,
    EXPIRED,
    MINIMAL,
    NOT_FOUND,
    PASSWORD,
    WRONG_CODE,
    hidden,
    named,
)
from pytest_cognito_devices.service import texts
from said import said

VERIFIED = {"email": "ada@example.com", "email_verified": "true"}
CONFIRM = {"ConfirmationCode": "123456", "Password": PASSWORD}


def forgetful(cognito, **settings):
    """Ada is there, with an address that she has verified."""
    cognito.add_user("ada", **{"attributes": VERIFIED, **settings})
    return named(cognito)


def confirming(cognito, **params):
    ada = cognito.add_user("ada", status="RESET_REQUIRED", attributes=VERIFIED)
    ada.inbox.send_for("forgot_password", "EMAIL", 3600)
    return named(cognito, ConfirmationCode=ada.email_code, **{"Password": PASSWORD, **params})


CASES = {
    "ForgotPassword": Case(
        [forgetful, hidden],
        MINIMAL,
        ["ClientId", BAD_HASH, "Username"],
        (named, *NOT_FOUND),
        [
            (
                lambda cognito: forgetful(cognito, status="FORCE_CHANGE_PASSWORD"),
                *said(texts.PASSWORD_NOT_RESETTABLE),
            ),
            (
                lambda cognito: forgetful(
                    cognito, attributes={**VERIFIED, "email_verified": "false"}
                ),
                *said(texts.NO_VERIFIED_ADDRESS),
            ),
            (lambda cognito: forgetful(cognito, enabled=False), *DISABLED),
        ],
    ),
    "ConfirmForgotPassword": Case(
        [confirming],
        {**MINIMAL, **CONFIRM},
        ["ClientId", BAD_CODE, BAD_PASSWORD, BAD_HASH, "Username"],
        (lambda cognito: named(cognito, **CONFIRM), *NOT_FOUND),
        [
            (lambda cognito: confirming(cognito) | {"ConfirmationCode": "x"}, *WRONG_CODE),
            (lambda cognito: hidden(cognito, **CONFIRM), *WRONG_CODE),
            (lambda cognito: forgetful(cognito) | CONFIRM, *EXPIRED),
            (
                lambda cognito: confirming(cognito, Password="Passw0rd"),
                *said(
                    texts.PASSWORD_AGAINST_POLICY, complaint="Password must have symbol characters"
                ),
            ),
        ],
    ),
}
