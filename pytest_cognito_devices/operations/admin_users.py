"""What administrators read and change of users."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.operations.attribute_updates import (
    UPDATE_TEXTS,
    send_codes,
    update_attributes,
)
from pytest_cognito_devices.operations.callers import NAMED_USER_TEXTS, named_user
from pytest_cognito_devices.operations.mfa_preferences import (
    MFA_PREFERENCE_TEXTS,
    change_mfa_preference,
)
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.user_attributes import ATTRIBUTE_TEXTS, given_attributes
from pytest_cognito_devices.operations.user_records import administrators_record, own_record


@operation("AdminGetUser", *NAMED_USER_TEXTS)
def admin_get_user(request: Request) -> dict[str, Any]:
    """Tells of disabled users too."""
    user = named_user(request)
    return administrators_record(user) | own_record(user)


@operation("AdminUpdateUserAttributes", *ATTRIBUTE_TEXTS, *NAMED_USER_TEXTS, *UPDATE_TEXTS)
def admin_update_user_attributes(request: Request) -> dict[str, Any]:
    """May say of an address that it is verified, and then takes it from whoever had it before."""
    user = named_user(request)
    given = given_attributes(request, request.params["UserAttributes"], by_administrator=True)
    send_codes(user, update_attributes(request, user, given))
    return {}


@operation("AdminSetUserMFAPreference", *NAMED_USER_TEXTS, *MFA_PREFERENCE_TEXTS)
def admin_set_user_mfa_preference(request: Request) -> dict[str, Any]:
    """As `SetUserMFAPreference`."""
    return change_mfa_preference(request, named_user(request))


@operation("AdminDisableUser", *NAMED_USER_TEXTS)
def admin_disable_user(request: Request) -> dict[str, Any]:
    """Revokes all tokens, so that they are good for nothing when the user is enabled again."""
    user = named_user(request)
    user.enabled = False
    user.sign_out()
    user.touch()
    return {}


@operation("AdminEnableUser", *NAMED_USER_TEXTS)
def admin_enable_user(request: Request) -> dict[str, Any]:
    """Lets the user sign in again."""
    user = named_user(request)
    user.enabled = True
    user.touch()
    return {}


@operation("AdminDeleteUser", *NAMED_USER_TEXTS)
def admin_delete_user(request: Request) -> dict[str, Any]:
    """As `DeleteUser`."""
    named_user(request).delete()
    return {}
