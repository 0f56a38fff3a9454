"""Signing up."""

from __future__ import annotations

from catalogue.case import PATTERN, Case
from pytest_cognito_devices.service import texts
from said import said

PASSWORD = "Passw0rd!"
CODE = "a b", f"Value 'a b' at 'confirmationCode' {PATTERN} [\\S]+"
BAD_PASSWORD = "Password", "a b", f"Value at 'password' {PATTERN} [\\S]+"
BAD_CODE = "ConfirmationCode", *CODE
BAD_HASH = "SecretHash", "a b", f"Value at 'secretHash' {PATTERN} [\\w+=/]+"
NOT_FOUND = said(texts.NAME_NOT_FOUND)
DISABLED = said(texts.USER_DISABLED)
EXPIRED = said(texts.SENT_CODE_EXPIRED)
WRONG_CODE = said(texts.SENT_CODE_WRONG)
NO_CLIENT = said(texts.CLIENT_NOT_FOUND, ClientId="nobodys")

MINIMAL = {"ClientId": "nobodys", "Username": "ada"}
SIGN_UP = {**MINIMAL, "Password": PASSWORD}


def named(cognito, **params):
    """A call that names Ada, whether or not she is there."""
    return {"ClientId": cognito.pool.client.id, "Username": "ada", **params}


def signing_up(cognito, *, attributes=(), **params):
    entries = [{"Name": name, "Value": value} for name, value in dict(attributes).items()]
    return named(cognito, Password=PASSWORD, UserAttributes=entries, **params)


def waiting(cognito, *, sent=True, enabled=True, **attributes):
    """Ada has signed up, and has a code."""
    ada = cognito.add_user(
        "ada",
        status="UNCONFIRMED",
        enabled=enabled,
        attributes={"email": "ada@example.com", **attributes},
    )
    if sent:
        ada.inbox.send_for("sign_up", "EMAIL", 24 * 3600)
    return ada


def confirming(cognito, **params):
    return named(cognito, ConfirmationCode=waiting(cognito).email_code, **params)


def hidden(cognito, **params):
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"
    return named(cognito, **params)


def after(prepare, cognito, **params):
    prepare(cognito)
    return named(cognito, **params)


def closed(cognito):
    cognito.pool.allows_sign_up = False
    return signing_up(cognito)


def with_a_rival(cognito):
    call = confirming(cognito)
    cognito.add_user("eve", attributes={"email": "ada@example.com", "email_verified": "true"})
    return call


def as_admin(cognito, status=None):
    if status:
        cognito.add_user("ada", status=status)
    return {"UserPoolId": cognito.pool.id, "Username": "ada"}


def by_email(cognito, **params):
    cognito.pool.username_attributes = ("email",)
    return signing_up(cognito, **params)


CASES = {
    "SignUp": Case(
        [
            signing_up,
            lambda cognito: signing_up(cognito, attributes={"email": "ada@example.com"}),
            lambda cognito: by_email(cognito, Username="ada@example.com"),
        ],
        SIGN_UP,
        ["ClientId", BAD_PASSWORD, BAD_HASH, "Username"],
        (lambda _: SIGN_UP, *NO_CLIENT),
        [
            (closed, *said(texts.SIGN_UP_OFF)),
            (lambda cognito: after(waiting, cognito, Password=PASSWORD), *said(texts.USER_EXISTS)),
            (
                lambda cognito: named(cognito, Password="passw0rd!"),
                *said(
                    texts.PASSWORD_AGAINST_POLICY,
                    complaint="Password must have uppercase characters",
                ),
            ),
            (
                lambda cognito: signing_up(cognito, attributes={"phone_number": "0123"}),
                *said(texts.PHONE_NUMBER_MALFORMED),
            ),
            (by_email, *said(texts.USERNAME_NOT_AN_EMAIL)),
        ],
    ),
    "ConfirmSignUp": Case(
        [confirming],
        {**MINIMAL, "ConfirmationCode": "123456"},
        ["ClientId", BAD_CODE, BAD_HASH, "Username"],
        (lambda cognito: named(cognito, ConfirmationCode="123456"), *NOT_FOUND),
        [
            (lambda cognito: confirming(cognito) | {"ConfirmationCode": "x"}, *WRONG_CODE),
            (
                lambda cognito: after(
                    lambda cognito: waiting(cognito, sent=False), cognito, ConfirmationCode="1"
                ),
                *EXPIRED,
            ),
            (lambda cognito: hidden(cognito, ConfirmationCode="1"), *EXPIRED),
            (with_a_rival, *said(texts.ALIAS_EXISTS, attribute="email")),
            (
                lambda cognito: after(
                    lambda cognito: cognito.add_user("ada"), cognito, ConfirmationCode="1"
                ),
                *said(texts.NOT_UNCONFIRMED, status="CONFIRMED"),
            ),
        ],
    ),
    "ResendConfirmationCode": Case(
        [lambda cognito: after(waiting, cognito), hidden],
        MINIMAL,
        ["ClientId", BAD_HASH, "Username"],
        (named, *NOT_FOUND),
        [
            (
                lambda cognito: after(lambda cognito: cognito.add_user("ada"), cognito),
                *said(texts.ALREADY_CONFIRMED),
            ),
            (
                lambda cognito: after(lambda cognito: waiting(cognito, enabled=False), cognito),
                *DISABLED,
            ),
        ],
    ),
    "AdminConfirmSignUp": Case(
        [lambda cognito: as_admin(cognito, "UNCONFIRMED")],
        {"UserPoolId": "us-east-1_a", "Username": "ada"},
        ["UserPoolId", "Username"],
        (as_admin, *said(texts.USER_NOT_FOUND)),
        [
            (
                lambda cognito: as_admin(cognito, "RESET_REQUIRED"),
                *said(texts.NOT_UNCONFIRMED, status="RESET_REQUIRED"),
            )
        ],
    ),
}
