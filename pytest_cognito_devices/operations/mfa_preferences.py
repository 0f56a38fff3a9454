"""The second factors that users, or administrators for them, choose."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.deliveries import FACTOR_ADDRESSES
from pytest_cognito_devices.operations.registry import Request
from pytest_cognito_devices.settings import MFA

_MEMBERS: dict[str, MFA] = {
    "SMSMfaSettings": "SMS_MFA",
    "SoftwareTokenMfaSettings": "SOFTWARE_TOKEN_MFA",
    "EmailMfaSettings": "EMAIL_OTP",
}

#: With what `change_mfa_preference` can refuse.
MFA_PREFERENCE_TEXTS = (
    errors.MFA_NOT_SET_UP,
    errors.MFA_PREFERRED_BUT_OFF,
    errors.MFA_PREFERRED_TWICE,
)


def change_mfa_preference(request: Request, user: User) -> dict[str, Any]:
    """Turn factors on and off; those that the call does not name stay as they are."""
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
            raise request.error(errors.MFA_PREFERRED_BUT_OFF, factor=mfa)
        if enabled and not _is_set_up(user, mfa):
            raise request.error(errors.MFA_NOT_SET_UP, factor=mfa)
    if sum(preferred for _, preferred in given.values()) > 1:
        raise request.error(errors.MFA_PREFERRED_TWICE)


def _is_set_up(user: User, mfa: MFA) -> bool:
    """Whether the user has what a factor needs, in a pool that has second factors at all."""
    if user.pool.mfa_configuration == "OFF":
        return False
    if mfa in FACTOR_ADDRESSES:
        return bool(user.attributes.get(FACTOR_ADDRESSES[mfa]))
    return user.software_token.verified
