"""The operations on user pools and their app clients."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.pools import clients, pools, schema

__all__ = ["clients", "pools", "schema"]
