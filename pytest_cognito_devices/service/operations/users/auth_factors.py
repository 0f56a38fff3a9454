"""With what a user can sign in."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.code_delivery import one_time_codes
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.user_records import factors_record

# Second factors by what they are called among all factors.
_SECOND = {"EMAIL_OTP": "EMAIL_OTP", "SMS_OTP": "SMS_MFA"}


@operation("GetUserAuthFactors", *ACCESS_TOKEN_TEXTS)
def get_user_auth_factors(request: Request) -> dict[str, Any]:
    """Tell users with what they can sign in."""
    return _factors(user_of_access_token(request))


@operation("AdminGetUserAuthFactors", *NAMED_USER_TEXTS)
def admin_get_user_auth_factors(request: Request) -> dict[str, Any]:
    """Tell with what a user can sign in."""
    return _factors(named_user(request))


def _factors(user: User) -> dict[str, Any]:
    """The answer of both: first factors of `USER_AUTH`, and second ones that are set up.

    There are no passkeys in the fake. That everybody has a password, and an authenticator counts
    as soon as it is verified, is assumed.
    """
    codes = one_time_codes(user)
    configured = [
        *(("PASSWORD",) if "PASSWORD" in user.pool.first_auth_factors else ()),
        *(name for name, mfa in _SECOND.items() if name in codes or mfa in user.factors.enabled),
        *(("SOFTWARE_TOKEN",) if user.software_token.verified else ()),
    ]
    return {
        "Username": user.username,
        **factors_record(user),
        "ConfiguredUserAuthFactors": configured,
    }
