"""Users as they see and change themselves."""

from __future__ import annotations

from catalogue.case import ENUM, PATTERN, Case
from catalogue.devices import NO_USER, as_user, deleted
from pytest_cognito_devices.service import texts
from said import said

PASSWORD = "Passw0rd!"
LONG_NAME = "n" * 33
TOO_LONG = "failed to satisfy constraint: Member must have length less than or equal to"
BAD_ATTRIBUTES = (
    "UserAttributes",
    [{"Name": LONG_NAME}],
    f"Value '{LONG_NAME}' at 'userAttributes.1.member.name' {TOO_LONG} 32",
)
PREFERRED_TOTP = {"SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}

MINIMAL = {"AccessToken": "a.b.c"}
GONE = (deleted, *NO_USER)
NOT_SET_UP = said(texts.MFA_NOT_SET_UP, factor="SOFTWARE_TOKEN_MFA")

BAD_NAMES = (
    "UserAttributeNames",
    [LONG_NAME],
    f"Value '{LONG_NAME}' at 'userAttributeNames.1.member' {TOO_LONG} 32",
)
PHONE = {"phone_number": "+14255550123"}
SMS_OPTION = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}
EMAIL_OPTION = {"DeliveryMedium": "EMAIL", "AttributeName": "email"}
BAD_OPTIONS = (
    "MFAOptions",
    [{"DeliveryMedium": "FAX"}],
    f"Value 'FAX' at 'mFAOptions.1.member.deliveryMedium' {ENUM} [SMS, EMAIL]",
)
NO_PHONE = said(texts.MFA_NOT_SET_UP, factor="SMS_MFA")
NOT_SMS = said(texts.MFA_OPTION_NOT_SMS)
NO_SIZE = said(
    texts.ATTRIBUTES_REFUSED,
    attribute="size",
    complaints="Attribute does not exist in the schema.\n",
)


def entries(**attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def by(who, cognito, *, attributes=None, mfa=None, **params):
    """A call by or about Ada, who has attributes and a second factor."""
    call = who(cognito, **params)
    ada = cognito.pool.user_named("ada")
    ada.attributes = attributes or {"email": "ada@example.com", "email_verified": "true"}
    ada.mfa = mfa
    return call


def with_address_for_mfa(who, cognito):
    """A call that would leave Ada without the second factor that her pool asks for."""
    cognito.pool.mfa_configuration = "ON"
    return by(who, cognito, attributes=PHONE, mfa="SMS_MFA", UserAttributeNames=["phone_number"])


def gone(cognito, **params):
    return {**deleted(cognito), **params}


CASES = {
    "GetUser": Case(
        [as_user, lambda cognito: by(as_user, cognito, mfa="SOFTWARE_TOKEN_MFA")],
        MINIMAL,
        ["AccessToken"],
        GONE,
    ),
    "DeleteUser": Case([as_user], MINIMAL, ["AccessToken"], GONE),
    "UpdateUserAttributes": Case(
        [
            lambda cognito: by(
                as_user, cognito, UserAttributes=entries(email="ada@example.org", name="Ada")
            ),
            lambda cognito: by(as_user, cognito, UserAttributes=[]),
        ],
        {**MINIMAL, "UserAttributes": []},
        ["AccessToken", BAD_ATTRIBUTES],
        (lambda cognito: gone(cognito, UserAttributes=[]), *NO_USER),
        [
            (
                lambda cognito: as_user(cognito, UserAttributes=entries(email_verified="true")),
                *said(texts.ATTRIBUTE_NOT_AUTHORIZED),
            ),
        ],
    ),
    "DeleteUserAttributes": Case(
        [
            lambda cognito: by(as_user, cognito, UserAttributeNames=["email", "name"]),
            lambda cognito: as_user(cognito, UserAttributeNames=[]),
        ],
        {**MINIMAL, "UserAttributeNames": []},
        ["AccessToken", BAD_NAMES],
        (lambda cognito: gone(cognito, UserAttributeNames=[]), *NO_USER),
        [
            (
                lambda cognito: as_user(cognito, UserAttributeNames=["email_verified"]),
                *said(texts.ATTRIBUTE_NOT_AUTHORIZED),
            ),
            (lambda cognito: as_user(cognito, UserAttributeNames=["size"]), *NO_SIZE),
            (
                lambda cognito: with_address_for_mfa(as_user, cognito),
                *said(texts.MFA_ADDRESS_DELETED, attribute="phone_number"),
            ),
        ],
    ),
    "SetUserSettings": Case(
        [
            lambda cognito: by(as_user, cognito, attributes=PHONE, MFAOptions=[SMS_OPTION]),
            lambda cognito: as_user(cognito, MFAOptions=[]),
        ],
        {**MINIMAL, "MFAOptions": []},
        ["AccessToken", BAD_OPTIONS],
        (lambda cognito: gone(cognito, MFAOptions=[]), *NO_USER),
        [
            (lambda cognito: as_user(cognito, MFAOptions=[SMS_OPTION]), *NO_PHONE),
            (lambda cognito: as_user(cognito, MFAOptions=[EMAIL_OPTION]), *NOT_SMS),
        ],
    ),
    "ChangePassword": Case(
        [
            lambda cognito: as_user(
                cognito, PreviousPassword=PASSWORD, ProposedPassword="An0ther-one!"
            )
        ],
        {**MINIMAL, "PreviousPassword": PASSWORD, "ProposedPassword": PASSWORD},
        [
            "AccessToken",
            ("PreviousPassword", "a b", f"Value at 'previousPassword' {PATTERN} [\\S]+"),
            ("ProposedPassword", "a b", f"Value at 'proposedPassword' {PATTERN} [\\S]+"),
        ],
        (
            lambda cognito: gone(cognito, PreviousPassword=PASSWORD, ProposedPassword=PASSWORD),
            *NO_USER,
        ),
        [
            (
                lambda cognito: as_user(
                    cognito, PreviousPassword="wrong", ProposedPassword=PASSWORD
                ),
                *said(texts.INCORRECT),
            ),
            (
                lambda cognito: as_user(
                    cognito, PreviousPassword=PASSWORD, ProposedPassword="short"
                ),
                *said(texts.PASSWORD_AGAINST_POLICY, complaint="Password not long enough"),
            ),
        ],
    ),
    "SetUserMFAPreference": Case(
        [
            lambda cognito: by(as_user, cognito, mfa="SOFTWARE_TOKEN_MFA", **PREFERRED_TOTP),
            as_user,
        ],
        MINIMAL,
        ["AccessToken"],
        GONE,
        [(lambda cognito: as_user(cognito, **PREFERRED_TOTP), *NOT_SET_UP)],
    ),
}
