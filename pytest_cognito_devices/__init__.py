"""A pytest plugin with a fake Amazon Cognito that knows about remembered devices.

Importing the package imports nothing else: pytest loads it in every run, used or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.names import ExceptionName, OperationName
    from pytest_cognito_devices.service.errors import ServiceError, UnhandledOperation
    from pytest_cognito_devices.service.model.clients import AppClient
    from pytest_cognito_devices.service.model.groups import Group
    from pytest_cognito_devices.service.model.pools import UserPool
    from pytest_cognito_devices.service.model.users.devices import Device
    from pytest_cognito_devices.service.model.users.messages import SMS, Email
    from pytest_cognito_devices.service.model.users.sessions import Session
    from pytest_cognito_devices.service.model.users.tokens import Tokens
    from pytest_cognito_devices.service.model.users.user import User
    from pytest_cognito_devices.settings import (
        MFA,
        ClientSettings,
        DeviceTracking,
        Duration,
        ExplicitAuthFlow,
        LambdaVersion,
        MFAConfiguration,
        PoolSettings,
        PreventUserExistenceErrors,
        Settings,
        Trigger,
        Unhandled,
        UserSettings,
        UserStatus,
    )
    from pytest_cognito_devices.testing.calls import Call, Calls
    from pytest_cognito_devices.testing.simulations import Simulation
    from pytest_cognito_devices.transports import server

    CognitoServer: TypeAlias = server.CognitoServer[FakeCognito]

__all__ = [
    "MFA",
    "SMS",
    "AppClient",
    "Call",
    "Calls",
    "ClientSettings",
    "CognitoServer",
    "Device",
    "DeviceTracking",
    "Duration",
    "Email",
    "ExceptionName",
    "ExplicitAuthFlow",
    "FakeCognito",
    "Group",
    "LambdaVersion",
    "MFAConfiguration",
    "OperationName",
    "PoolSettings",
    "PreventUserExistenceErrors",
    "ServiceError",
    "Session",
    "Settings",
    "Simulation",
    "Tokens",
    "Trigger",
    "Unhandled",
    "UnhandledOperation",
    "User",
    "UserPool",
    "UserSettings",
    "UserStatus",
    "errors_of",
]

_MODULES = {
    "MFA": "settings",
    "SMS": "service.model.users.messages",
    "AppClient": "service.model.clients",
    "Call": "testing.calls",
    "Calls": "testing.calls",
    "ClientSettings": "settings",
    "CognitoServer": "transports.server",
    "Device": "service.model.users.devices",
    "DeviceTracking": "settings",
    "Duration": "settings",
    "Email": "service.model.users.messages",
    "ExceptionName": "names",
    "ExplicitAuthFlow": "settings",
    "FakeCognito": "cognito",
    "Group": "service.model.groups",
    "LambdaVersion": "settings",
    "MFAConfiguration": "settings",
    "OperationName": "names",
    "PoolSettings": "settings",
    "PreventUserExistenceErrors": "settings",
    "ServiceError": "service.errors",
    "Session": "service.model.users.sessions",
    "Settings": "settings",
    "Simulation": "testing.simulations",
    "Tokens": "service.model.users.tokens",
    "Trigger": "settings",
    "Unhandled": "settings",
    "UnhandledOperation": "service.errors",
    "User": "service.model.users.user",
    "UserPool": "service.model.pools",
    "UserSettings": "settings",
    "UserStatus": "settings",
}


def errors_of(operation: OperationName) -> list[str]:
    """The names of every exception that the installed botocore declares for an operation, sorted.

    For `pytest.mark.parametrize("error", errors_of("ListDevices"))`; the mark
    `cognito_devices_every_error("ListDevices")` simulates them, too.

    Args:
        operation: in the spelling of the API or of boto3.

    Returns:
        what `simulate` takes.

    Raises:
        ValueError: for an operation that does not exist.
    """
    from pytest_cognito_devices.service import api

    return list(api.declared_errors(api.canonical(operation)))


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
