"""The settings of a pool, checked whenever a test sets one; its region and its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pytest_cognito_devices.service import constraints, ids
from pytest_cognito_devices.service.checks import check_bool, is_misuse
from pytest_cognito_devices.service.model.descriptors import Checked, Declared, one_of, some_of
from pytest_cognito_devices.service.model.users.directory import ADDRESSES, ALIASES, GIVEN
from pytest_cognito_devices.service.model.users.passwords import complete_policy
from pytest_cognito_devices.service.model.users.sessions import (
    check_max_sessions,
    check_session_tracking,
)
from pytest_cognito_devices.settings import (
    MFA,
    POOL_DEFAULTS,
    DeviceTracking,
    MFAConfiguration,
)

__tracebackhide__ = is_misuse

# As much as botocore asks of one: a part of a host name.
_REGION = re.compile(r"(?!-)[A-Za-z\d-]{1,63}(?<!-)")

#: The second factors that users of a new pool may have.
FACTORS: tuple[MFA, ...] = get_args(MFA)
_FIRST_FACTORS = ("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")


#: What a pool begins with, as its attributes.
AS_MADE: Mapping[str, Any] = {
    **{name: value for name, value in POOL_DEFAULTS.items() if name != "case_sensitive"},
    "alias_attributes": ALIASES,
    "username_attributes": (),
    "auto_verified_attributes": ("email",),
    "first_auth_factors": ("PASSWORD",),
}


class WithSettings(Declared):
    """The settings of a pool that a test may change at any time.

    Attributes:
        device_tracking: whether and how the pool tracks devices; set it to see what a change
            breaks.
        mfa_configuration: `MfaConfiguration`: whether users may or must have a second factor.
        challenge_required_on_new_device: `ChallengeRequiredOnNewDevice`.
        alias_loses_device: whether answering a challenge under an alias spoils the device key.
        custom_auth_gives_device_key: whether `CUSTOM_AUTH` without a proof of the password gives
            out a device key.
        mfa_factors: the second factors that users may have: some of "SMS_MFA",
            "SOFTWARE_TOKEN_MFA" and "EMAIL_OTP".
        password_policy: a dict with members of `PasswordPolicyType`; kinds of characters that it
            does not name are not required.
        alias_attributes: which attributes are aliases, `AliasAttributes`: some of "email",
            "phone_number" and "preferred_username".
        username_attributes: which attributes stand in for user names, `UsernameAttributes`: some
            of "email" and "phone_number".
        auto_verified_attributes: where the codes for new users go, `AutoVerifiedAttributes`: as
            before.
        required_attributes: which attributes users have to give, `Required` in `Schema`.
        first_auth_factors: what `USER_AUTH` offers, `AllowedFirstAuthFactors`: some of "PASSWORD",
            "EMAIL_OTP", "SMS_OTP" and "WEB_AUTHN".
        user_session_tracking: whether the pool lists where users are signed in.
        max_sessions_per_user: the next sign-in beyond it ends the session least recently used.
    """

    __slots__ = ()

    device_tracking: Checked[DeviceTracking, DeviceTracking] = one_of(DeviceTracking)
    mfa_configuration: Checked[MFAConfiguration, MFAConfiguration] = one_of(
        MFAConfiguration, "UserPoolMfaType"
    )
    challenge_required_on_new_device = Checked[bool, bool](check_bool)
    alias_loses_device = Checked[bool, bool](check_bool)
    custom_auth_gives_device_key = Checked[bool, bool](check_bool)
    mfa_factors: Checked[Iterable[MFA], set[MFA]] = some_of(FACTORS, keep=set)
    password_policy = Checked[Mapping[str, Any], dict[str, Any]](complete_policy)
    alias_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ALIASES, "AliasAttributeType"
    )
    username_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ADDRESSES, "UsernameAttributeType"
    )
    auto_verified_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ADDRESSES, "VerifiedAttributeType"
    )
    required_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(GIVEN)
    first_auth_factors: Checked[Iterable[str], tuple[str, ...]] = some_of(
        _FIRST_FACTORS, "AuthFactorType"
    )
    user_session_tracking = Checked[bool, bool](check_session_tracking)
    max_sessions_per_user = Checked[int, int](check_max_sessions)


def checked_region(region: str) -> str:
    """A region, as a plain string, if botocore would take it."""
    if not isinstance(region, str) or not _REGION.fullmatch(region):
        raise ValueError(f"{region!r} cannot be a region, such as 'us-east-1'.")
    return str.__str__(region)


def checked_pool_id(user_pool_id: str | None, region: str) -> str:
    """An id of a pool in a region, random if not given."""
    if user_pool_id is None:
        return ids.user_pool_id(region)
    user_pool_id = constraints.require("UserPoolIdType", user_pool_id, "user pool id")
    if not user_pool_id.startswith(f"{region}_"):
        raise ValueError(
            f"The user pool {user_pool_id!r} cannot be in {region!r}, for its id names its region."
            f" Leave the region out, or give an id that begins with '{region}_'."
        )
    return user_pool_id
