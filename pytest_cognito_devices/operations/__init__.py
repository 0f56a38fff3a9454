"""The operations that the fake implements, a module per family."""

from __future__ import annotations

from pytest_cognito_devices.operations import admin_devices, user_devices
from pytest_cognito_devices.operations.registry import OPERATIONS, Operation, Request

__all__ = ["OPERATIONS", "Operation", "Request", "admin_devices", "user_devices"]
