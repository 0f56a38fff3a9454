"""The second factors that users, or administrators for them, choose."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.code_delivery import FACTOR_ADDRESSES
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.settings import MFA

_MEMBERS: dict[str, MFA] = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": "SOFTWARE_TOKEN_MFA",
    "EmailMfaSettings": "EMAIL_OTP",
}

_PREFERENCE_TEXTS = (
    texts.MFA_NOT_SET_UP,
    texts.MFA_PREFERRED_BUT_OFF,
    texts.MFA_PREFERRED_TWICE,
)
_SETTINGS_TEXTS = (texts.MFA_NOT_SET_UP, texts.MFA_OPTION_NOT_SMS)

_SMS_OPTION = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}


@operation("SetUserMFAPreference", *ACCESS_TOKEN_TEXTS, *_PREFERENCE_TEXTS)
def set_user_mfa_preference(request: Request) -> dict[str, Any]:
    """Turn second factors of the user on and off, from the next sign-in on."""
    return _change(request, user_of_access_token(request))


@operation("AdminSetUserMFAPreference", *NAMED_USER_TEXTS, *_PREFERENCE_TEXTS)
def admin_set_user_mfa_preference(request: Request) -> dict[str, Any]:
    """Turn second factors of a user on and off, from the next sign-in on."""
    return _change(request, named_user(request))


@operation("SetUserSettings", *ACCESS_TOKEN_TEXTS, *_SETTINGS_TEXTS)
def set_user_settings(request: Request) -> dict[str, Any]:
    """Turn codes by SMS on, or off with an empty list; its successor is `SetUserMFAPreference`."""
    return _set_options(request, user_of_access_token(request))


@operation("AdminSetUserSettings", *NAMED_USER_TEXTS, *_SETTINGS_TEXTS)
def admin_set_user_settings(request: Request) -> dict[str, Any]:
    """Turn codes by SMS on or off for a user."""
    return _set_options(request, named_user(request))


def _set_options(request: Request, user: User) -> dict[str, Any]:
    """SMS turned on so is among the `MFAOptions` of the user, not in `UserMFASettingList`.

    Amplify reads them so.
    """
    given = request.params["MFAOptions"]
    if any(option != _SMS_OPTION for option in given):
        raise request.error(texts.MFA_OPTION_NOT_SMS)
    if given and not _is_set_up(user, "SMS_MFA"):
        raise request.error(texts.MFA_NOT_SET_UP, factor="SMS_MFA")
    user.factors.disable("SMS_MFA")
    if given:
        user.factors.enable("SMS_MFA", preferred=False)
        user.factors.options = [dict(_SMS_OPTION)]
    user.touch()
    return {}


def _change(request: Request, user: User) -> dict[str, Any]:
    """Those that the call does not name stay as they are."""
    given = {
        mfa: (settings.get("Enabled", False), settings.get("PreferredMfa", False))
        for member, mfa in _MEMBERS.items()
        if (settings := request.params.get(member)) is not None
    }
    _check(request, user, given)
    for mfa, (enabled, preferred) in given.items():
        if enabled:
            user.factors.enable(mfa, preferred=preferred)
        else:
            user.factors.disable(mfa)
    user.touch()
    return {}


def _check(request: Request, user: User, given: dict[MFA, tuple[bool, bool]]) -> None:
    for mfa, (enabled, preferred) in given.items():
        if preferred and not enabled:
            raise request.error(texts.MFA_PREFERRED_BUT_OFF, factor=mfa)
        if enabled and not _is_set_up(user, mfa):
            raise request.error(texts.MFA_NOT_SET_UP, factor=mfa)
    if sum(preferred for _, preferred in given.values()) > 1:
        raise request.error(texts.MFA_PREFERRED_TWICE)


def _is_set_up(user: User, mfa: MFA) -> bool:
    """Whether the user has what a factor needs, in a pool that has second factors at all."""
    if user.pool.mfa_configuration == "OFF":
        return False
    if mfa in FACTOR_ADDRESSES:
        return bool(user.attributes.get(FACTOR_ADDRESSES[mfa]))
    return user.software_token.verified
