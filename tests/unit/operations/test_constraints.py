"""What reaches the service in spite of botocore, and what the service says of it."""

from __future__ import annotations

import pytest

from pytest_cognito_devices.operations import OPERATIONS

PATTERN = "failed to satisfy constraint: Member must satisfy regular expression pattern:"
TOKEN = f"Value at 'accessToken' {PATTERN} [A-Za-z0-9-_=.]+"
KEY = f"Value 'abc' at 'deviceKey' {PATTERN} [\\w-]+_[0-9a-f-]+"
STATUS = (
    "Value 'x' at 'deviceRememberedStatus' failed to satisfy constraint: Member must satisfy enum"
    " value set: [remembered, not_remembered]"
)
LIMIT = (
    "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal"
    " to 60"
)
PAGE = f"Value 'a b' at 'paginationToken' {PATTERN} [\\S]+"
POOL = f"Value 'pool' at 'userPoolId' {PATTERN} [\\w-]+_[0-9a-zA-Z]+"
USER = f"Value at 'username' {PATTERN} [\\p{{L}}\\p{{M}}\\p{{S}}\\p{{N}}\\p{{P}}]+"

#: Everything wrong at once, in the order in which the service tells it.
WRONG = {
    "AccessToken": ("a b", TOKEN),
    "DeviceKey": ("abc", KEY),
    "DeviceRememberedStatus": ("x", STATUS),
    "Limit": (61, LIMIT),
    "PaginationToken": ("a b", PAGE),
    "UserPoolId": ("pool", POOL),
    "Username": ("a b", USER),
}
USER_DEVICE = ["AccessToken", "DeviceKey"]
ADMIN_DEVICE = ["DeviceKey", "UserPoolId", "Username"]
MEMBERS = {
    "ConfirmDevice": USER_DEVICE,
    "GetDevice": USER_DEVICE,
    "ForgetDevice": USER_DEVICE,
    "ListDevices": ["AccessToken", "Limit", "PaginationToken"],
    "UpdateDeviceStatus": [*USER_DEVICE, "DeviceRememberedStatus"],
    "AdminGetDevice": ADMIN_DEVICE,
    "AdminForgetDevice": ADMIN_DEVICE,
    "AdminListDevices": ["Limit", "PaginationToken", "UserPoolId", "Username"],
    "AdminUpdateDeviceStatus": [
        "DeviceKey",
        "DeviceRememberedStatus",
        "UserPoolId",
        "Username",
    ],
}


def test_every_operation_is_here():
    assert MEMBERS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation", MEMBERS)
def test_all_at_once(api, operation):
    members = MEMBERS[operation]
    params = {member: WRONG[member][0] for member in members}
    with pytest.raises(api.exceptions.InvalidParameterException) as refused:
        api.client._make_api_call(operation, params)
    violations = "; ".join(WRONG[member][1] for member in members)
    assert refused.value.response["Error"]["Message"] == (
        f"{len(members)} validation errors detected: {violations}"
    )
    assert api.cognito.calls.last.error.code == "InvalidParameterException"
