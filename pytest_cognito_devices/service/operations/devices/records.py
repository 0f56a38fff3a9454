"""Devices as answers show them: `DeviceType`."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.api import partition_of
from pytest_cognito_devices.service.model.users.devices import Device


def user_record(device: Device) -> dict[str, Any]:
    """A device as its user sees it: three attributes, none of `dev:*` (amplify-js#12171)."""
    return _record(
        device,
        [
            {"Name": "device_status", "Value": "valid"},
            {"Name": "last_ip_used", "Value": device.last_ip_used},
        ],
    )


def admin_record(device: Device) -> dict[str, Any]:
    """A device as administrators see it: seven attributes (API reference, AdminGetDevice)."""
    pool = device.user.pool
    owner = f"{device.user.username}.{pool.id}"
    arn = (
        f"arn:{partition_of(pool.region).id}:cognito-idp:{pool.region}:{pool.account.id}"
        f":owner/{owner}/device/{device.key}"
    )
    remembered = "remembered" if device.remembered else "not_remembered"
    return _record(
        device,
        [
            {"Name": "device_status", "Value": "valid"},
            {"Name": "dev:device_arn", "Value": arn},
            {"Name": "dev:device_owner", "Value": owner},
            {"Name": "last_ip_used", "Value": device.last_ip_used},
            {"Name": "dev:device_remembered_status", "Value": remembered},
            {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
        ],
    )


def _record(device: Device, attributes: list[dict[str, str]]) -> dict[str, Any]:
    """The name comes second, if there is one."""
    if device.name is not None:
        attributes.insert(1, {"Name": "device_name", "Value": device.name})
    created, last_modified, last_authenticated = device.dates
    return {
        "DeviceAttributes": attributes,
        "DeviceCreateDate": created,
        "DeviceKey": device.key,
        "DeviceLastAuthenticatedDate": last_authenticated,
        "DeviceLastModifiedDate": last_modified,
    }
