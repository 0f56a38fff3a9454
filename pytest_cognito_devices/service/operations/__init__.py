"""The operations that the fake implements, a folder for each family.

A module whose functions are operations is named in the `__init__` of its family; the others are
what those operations share. What two families share stands beside this file.
"""

from __future__ import annotations

from pytest_cognito_devices.service.operations import (
    devices,
    groups,
    pools,
    sessions,
    signing_in,
    users,
)
from pytest_cognito_devices.service.operations.registry import OPERATIONS, Operation, Request

__all__ = [
    "OPERATIONS",
    "Operation",
    "Request",
    "devices",
    "groups",
    "pools",
    "sessions",
    "signing_in",
    "users",
]
