"""The operations on users: who they are, how they come and go, and what they have."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.users import (
    attributes,
    auth_factors,
    create_user,
    list_users,
    mfa_preferences,
    passwords,
    sign_up,
    software_tokens,
    users,
)

__all__ = [
    "attributes",
    "auth_factors",
    "create_user",
    "list_users",
    "mfa_preferences",
    "passwords",
    "sign_up",
    "software_tokens",
    "users",
]
