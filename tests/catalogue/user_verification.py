"""Verifying addresses of users who are there already."""

from __future__ import annotations

from catalogue.case import PATTERN, Case
from catalogue.devices import NO_USER, as_user, deleted
from catalogue.sign_up import EXPIRED, WRONG_CODE
from pytest_cognito_devices.service import texts
from said import said

EMAIL = {"AttributeName": "email"}
MINIMAL = {"AccessToken": "a.b.c", **EMAIL}
LONG_NAME = "n" * 33
BAD_NAME = (
    "AttributeName",
    LONG_NAME,
    f"Value '{LONG_NAME}' at 'attributeName' failed to satisfy constraint: Member must have"
    " length less than or equal to 32",
)
NOT_AN_ADDRESS = said(texts.ATTRIBUTE_NOT_VERIFIABLE)


def with_addresses(cognito, **params):
    call = as_user(cognito, **params)
    cognito.pool.user_named("ada").attributes = {
        "email": "ada@example.com",
        "email_verified": "false",
        "phone_number": "+14255550123",
    }
    return call


def verifying(cognito, **params):
    call = with_addresses(cognito, **EMAIL, **params)
    ada = cognito.pool.user_named("ada")
    ada.inbox.send_for("email", "EMAIL", 24 * 3600)
    return {"Code": ada.email_code, **call}


def with_a_rival(cognito):
    cognito.add_user("eve", attributes={"email": "ada@example.com"})
    return verifying(cognito)


def of_nobody(cognito, **params):
    return {**deleted(cognito), **EMAIL, **params}


CASES = {
    "GetUserAttributeVerificationCode": Case(
        [
            lambda cognito: with_addresses(cognito, **EMAIL),
            lambda cognito: with_addresses(cognito, AttributeName="phone_number"),
        ],
        MINIMAL,
        ["AccessToken", BAD_NAME],
        (of_nobody, *NO_USER),
        [
            (lambda cognito: as_user(cognito, AttributeName="name"), *NOT_AN_ADDRESS),
            (
                lambda cognito: as_user(cognito, **EMAIL),
                *said(texts.ADDRESS_MISSING, address="email address"),
            ),
        ],
    ),
    "VerifyUserAttribute": Case(
        [verifying],
        {**MINIMAL, "Code": "123456"},
        ["AccessToken", BAD_NAME, ("Code", "a b", f"Value 'a b' at 'code' {PATTERN} [\\S]+")],
        (lambda cognito: of_nobody(cognito, Code="123456"), *NO_USER),
        [
            (
                lambda cognito: as_user(cognito, AttributeName="name", Code="123456"),
                *NOT_AN_ADDRESS,
            ),
            (lambda cognito: verifying(cognito, Code="x"), *WRONG_CODE),
            (lambda cognito: with_addresses(cognito, **EMAIL, Code="123456"), *EXPIRED),
            (with_a_rival, *said(texts.ALIAS_EXISTS, attribute="email")),
        ],
    ),
}
