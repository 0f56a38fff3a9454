"""The operations that the fake implements, a module per family.

A family is imported with the first call of one of its operations: a suite seldom has to do with
more than two or three, and under pytest, which looks for asserts to rewrite in the modules of its
plugins, to import all takes as long as a hundred calls.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping

from pytest_cognito_devices.operations.registry import REGISTERED, Operation, Request

__all__ = ["OPERATIONS", "Operation", "Request"]

_FAMILIES = {
    "admin_devices": (
        "AdminForgetDevice",
        "AdminGetDevice",
        "AdminListDevices",
        "AdminUpdateDeviceStatus",
    ),
    "admin_passwords": ("AdminCreateUser", "AdminResetUserPassword", "AdminSetUserPassword"),
    "admin_users": (
        "AdminDeleteUser",
        "AdminDisableUser",
        "AdminEnableUser",
        "AdminGetUser",
        "AdminSetUserMFAPreference",
        "AdminUpdateUserAttributes",
    ),
    "forgotten_passwords": ("ConfirmForgotPassword", "ForgotPassword"),
    "pool_clients": (
        "CreateUserPoolClient",
        "DeleteUserPoolClient",
        "DescribeUserPoolClient",
        "ListUserPoolClients",
        "UpdateUserPoolClient",
    ),
    "pools": (
        "CreateUserPool",
        "DeleteUserPool",
        "DescribeUserPool",
        "GetUserPoolMfaConfig",
        "ListUserPools",
        "SetUserPoolMfaConfig",
        "UpdateUserPool",
    ),
    "sessions": (
        "AdminUserGlobalSignOut",
        "GetTokensFromRefreshToken",
        "GlobalSignOut",
        "RevokeToken",
    ),
    "sign_in": (
        "AdminInitiateAuth",
        "AdminRespondToAuthChallenge",
        "InitiateAuth",
        "RespondToAuthChallenge",
    ),
    "sign_up": ("AdminConfirmSignUp", "ConfirmSignUp", "ResendConfirmationCode", "SignUp"),
    "software_tokens": ("AssociateSoftwareToken", "VerifySoftwareToken"),
    "user_devices": (
        "ConfirmDevice",
        "ForgetDevice",
        "GetDevice",
        "ListDevices",
        "UpdateDeviceStatus",
    ),
    "user_lists": ("ListUsers",),
    "user_verification": ("GetUserAttributeVerificationCode", "VerifyUserAttribute"),
    "users": (
        "ChangePassword",
        "DeleteUser",
        "GetUser",
        "SetUserMFAPreference",
        "UpdateUserAttributes",
    ),
}


class _Operations(Mapping[str, Operation]):
    """Every implemented operation by its name in the API."""

    def __init__(self) -> None:
        self._families = {name: family for family, names in _FAMILIES.items() for name in names}

    def find(self, name: str) -> Operation | None:
        """The operation; None if it is not implemented."""
        found = REGISTERED.get(name)
        if found is None and name in self._families:
            importlib.import_module(f"{__name__}.{self._families[name]}")
            found = REGISTERED[name]
        return found

    def __getitem__(self, name: str) -> Operation:
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._families

    def __iter__(self) -> Iterator[str]:
        return iter(self._families)

    def __len__(self) -> int:
        return len(self._families)


OPERATIONS = _Operations()
