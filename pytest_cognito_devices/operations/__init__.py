"""The operations that the fake implements, a module per family."""

from __future__ import annotations

from pytest_cognito_devices.operations import (
    admin_devices,
    admin_passwords,
    admin_users,
    forgotten_passwords,
    pool_clients,
    pools,
    sessions,
    sign_in,
    sign_up,
    software_tokens,
    user_devices,
    user_lists,
    user_verification,
    users,
)
from pytest_cognito_devices.operations.registry import OPERATIONS, Operation, Request

__all__ = [
    "OPERATIONS",
    "Operation",
    "Request",
    "admin_devices",
    "admin_passwords",
    "admin_users",
    "forgotten_passwords",
    "pool_clients",
    "pools",
    "sessions",
    "sign_in",
    "sign_up",
    "software_tokens",
    "user_devices",
    "user_lists",
    "user_verification",
    "users",
]
