"""Users as answers show them."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import shown_attributes


def admin_record(user: User) -> dict[str, Any]:
    """What only administrators see of a user, in the spelling that all answers share."""
    return {
        "Enabled": user.enabled,
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.last_modified,
        "UserStatus": user.status,
        "Username": user.username,
    }


def user_type(user: User, attributes: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """`UserType`: a user in a list, or a new one; with all attributes if none are given."""
    return {
        **admin_record(user),
        "Attributes": shown_attributes(user) if attributes is None else attributes,
    }


def own_record(user: User) -> dict[str, Any]:
    """What users see of themselves; a user without second factors has no members about them."""
    record: dict[str, Any] = {
        "UserAttributes": shown_attributes(user),
        "Username": user.username,
    }
    if user.factors.options:
        record["MFAOptions"] = user.factors.options
    return record | factors_record(user)


def factors_record(user: User) -> dict[str, Any]:
    """The second factors of a user; no members about them for a user without."""
    record: dict[str, Any] = {}
    if user.factors.preferred:
        record["PreferredMfaSetting"] = user.factors.preferred
    if user.factors.listed:
        record["UserMFASettingList"] = user.factors.listed
    return record
