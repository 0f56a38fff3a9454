"""One user: shown, disabled, enabled and deleted."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.user_records import admin_record, own_record


@operation("GetUser", *ACCESS_TOKEN_TEXTS)
def get_user(request: Request) -> dict[str, Any]:
    """Show users themselves, with all attributes: what a client may read is not restricted."""
    return own_record(user_of_access_token(request))


@operation("AdminGetUser", *NAMED_USER_TEXTS)
def admin_get_user(request: Request) -> dict[str, Any]:
    """Show a user, also a disabled one."""
    user = named_user(request)
    return admin_record(user) | own_record(user)


@operation("DeleteUser", *ACCESS_TOKEN_TEXTS)
def delete_user(request: Request) -> dict[str, Any]:
    """Delete the user; the tokens become those of a user who does not exist."""
    user_of_access_token(request).delete()
    return {}


@operation("AdminDeleteUser", *NAMED_USER_TEXTS)
def admin_delete_user(request: Request) -> dict[str, Any]:
    """Delete a user; the tokens become those of a user who does not exist."""
    named_user(request).delete()
    return {}


@operation("AdminDisableUser", *NAMED_USER_TEXTS)
def admin_disable_user(request: Request) -> dict[str, Any]:
    """Disable a user, and revoke all tokens: enabling the user does not bring them back."""
    user = named_user(request)
    user.enabled = False
    user.sign_out()
    user.touch()
    return {}


@operation("AdminEnableUser", *NAMED_USER_TEXTS)
def admin_enable_user(request: Request) -> dict[str, Any]:
    """Let a user sign in again."""
    user = named_user(request)
    user.enabled = True
    user.touch()
    return {}
