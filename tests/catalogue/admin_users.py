"""Users as administrators create, see and change them."""

from __future__ import annotations

from catalogue.case import ENUM, PATTERN, Case
from catalogue.devices import NO_USER, as_admin, nobody
from catalogue.users import (
    BAD_ATTRIBUTES,
    BAD_NAMES,
    BAD_OPTIONS,
    EMAIL_OPTION,
    LONG_NAME,
    NO_PHONE,
    NO_SIZE,
    NOT_SET_UP,
    NOT_SMS,
    PASSWORD,
    PHONE,
    PREFERRED_TOTP,
    SMS_OPTION,
    TOO_LONG,
    by,
    entries,
    with_address_for_mfa,
)
from pytest_cognito_devices.service import texts
from said import said

MINIMAL = {"UserPoolId": "us-east-1_a", "Username": "ada"}
NAMED = ["UserPoolId", "Username"]
NOBODY = (nobody, *NO_USER)
SHORT = said(texts.PASSWORD_AGAINST_POLICY, complaint="Password not long enough")


def in_pool(cognito, **params):
    for number in range(3):
        cognito.add_user(f"user{number}", attributes={"name": f"User {number}"})
    return {"UserPoolId": cognito.pool.id, **params}


def in_no_pool(_cognito, **params):
    return {"UserPoolId": "us-east-1_nowhere00", **params}


NO_POOL = said(texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00")

CASES = {
    "AdminGetUser": Case(
        [as_admin, lambda cognito: by(as_admin, cognito, mfa="SOFTWARE_TOKEN_MFA")],
        MINIMAL,
        NAMED,
        NOBODY,
    ),
    "ListUsers": Case(
        [
            in_pool,
            lambda cognito: in_pool(
                cognito, Filter='name ^= "User"', AttributesToGet=["name"], Limit=1
            ),
        ],
        {"UserPoolId": "us-east-1_a"},
        [
            (
                "AttributesToGet",
                [LONG_NAME],
                f"Value '{LONG_NAME}' at 'attributesToGet.1.member' {TOO_LONG} 32",
            ),
            ("Filter", "x" * 257, f"Value '{'x' * 257}' at 'filter' {TOO_LONG} 256"),
            "Limit",
            "PaginationToken",
            "UserPoolId",
        ],
        (in_no_pool, *NO_POOL),
        [
            (lambda cognito: in_pool(cognito, Filter="ada"), *said(texts.FILTER_MALFORMED)),
        ],
    ),
    "AdminCreateUser": Case(
        [
            nobody,
            lambda cognito: nobody(
                cognito,
                DesiredDeliveryMediums=["EMAIL"],
                ForceAliasCreation=True,
                MessageAction="SUPPRESS",
                TemporaryPassword=PASSWORD,
                UserAttributes=entries(email="ada@example.com", email_verified="true"),
            ),
        ],
        MINIMAL,
        [
            (
                "DesiredDeliveryMediums",
                ["FAX"],
                f"Value 'FAX' at 'desiredDeliveryMediums.1.member' {ENUM} [SMS, EMAIL]",
            ),
            ("MessageAction", "x", f"Value 'x' at 'messageAction' {ENUM} [RESEND, SUPPRESS]"),
            ("TemporaryPassword", "a b", f"Value at 'temporaryPassword' {PATTERN} [\\S]+"),
            BAD_ATTRIBUTES,
            *NAMED,
        ],
        (lambda cognito: nobody(cognito, MessageAction="RESEND"), *NO_USER),
        [
            (as_admin, *said(texts.ACCOUNT_NAME_EXISTS)),
            (lambda cognito: nobody(cognito, TemporaryPassword="short"), *SHORT),
        ],
    ),
    "AdminSetUserPassword": Case(
        [
            lambda cognito: as_admin(cognito, Password=PASSWORD, Permanent=True),
            lambda cognito: as_admin(cognito, Password=PASSWORD),
        ],
        {**MINIMAL, "Password": PASSWORD},
        [("Password", "a b", f"Value at 'password' {PATTERN} [\\S]+"), *NAMED],
        (lambda cognito: nobody(cognito, Password=PASSWORD), *NO_USER),
        [(lambda cognito: as_admin(cognito, Password="short"), *SHORT)],
    ),
    "AdminResetUserPassword": Case(
        [lambda cognito: by(as_admin, cognito)],
        MINIMAL,
        NAMED,
        NOBODY,
        [
            (as_admin, *said(texts.NO_VERIFIED_ADDRESS)),
        ],
    ),
    "AdminDisableUser": Case([as_admin], MINIMAL, NAMED, NOBODY),
    "AdminEnableUser": Case([as_admin], MINIMAL, NAMED, NOBODY),
    "AdminDeleteUser": Case([as_admin], MINIMAL, NAMED, NOBODY),
    "AdminUpdateUserAttributes": Case(
        [lambda cognito: by(as_admin, cognito, UserAttributes=entries(email="ada@example.org"))],
        {**MINIMAL, "UserAttributes": []},
        [BAD_ATTRIBUTES, *NAMED],
        (lambda cognito: nobody(cognito, UserAttributes=[]), *NO_USER),
        [
            (
                lambda cognito: as_admin(cognito, UserAttributes=entries(sub="x")),
                *said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub"),
            ),
        ],
    ),
    "AdminDeleteUserAttributes": Case(
        [
            lambda cognito: by(
                as_admin, cognito, UserAttributeNames=["email", "email_verified", "name"]
            ),
            lambda cognito: as_admin(cognito, UserAttributeNames=[]),
        ],
        {**MINIMAL, "UserAttributeNames": []},
        [BAD_NAMES, *NAMED],
        (lambda cognito: nobody(cognito, UserAttributeNames=[]), *NO_USER),
        [
            (
                lambda cognito: as_admin(cognito, UserAttributeNames=["sub"]),
                *said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub"),
            ),
            (lambda cognito: as_admin(cognito, UserAttributeNames=["size"]), *NO_SIZE),
            (
                lambda cognito: with_address_for_mfa(as_admin, cognito),
                *said(texts.MFA_ADDRESS_DELETED, attribute="phone_number"),
            ),
        ],
    ),
    "AdminSetUserSettings": Case(
        [
            lambda cognito: by(as_admin, cognito, attributes=PHONE, MFAOptions=[SMS_OPTION]),
            lambda cognito: as_admin(cognito, MFAOptions=[]),
        ],
        {**MINIMAL, "MFAOptions": []},
        [BAD_OPTIONS, *NAMED],
        (lambda cognito: nobody(cognito, MFAOptions=[]), *NO_USER),
        [
            (lambda cognito: as_admin(cognito, MFAOptions=[SMS_OPTION]), *NO_PHONE),
            (lambda cognito: as_admin(cognito, MFAOptions=[EMAIL_OPTION]), *NOT_SMS),
        ],
    ),
    "AdminSetUserMFAPreference": Case(
        [lambda cognito: by(as_admin, cognito, mfa="SOFTWARE_TOKEN_MFA", **PREFERRED_TOTP)],
        MINIMAL,
        NAMED,
        NOBODY,
        [(lambda cognito: as_admin(cognito, **PREFERRED_TOTP), *NOT_SET_UP)],
    ),
}
