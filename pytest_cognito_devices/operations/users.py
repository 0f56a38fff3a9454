"""What signed-in users read and change of themselves."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.operations.attribute_updates import (
    UPDATE_TEXTS,
    send_codes,
    update_attributes,
)
from pytest_cognito_devices.operations.callers import ACCESS_TOKEN_TEXTS, user_of_access_token
from pytest_cognito_devices.operations.mfa_preferences import (
    MFA_PREFERENCE_TEXTS,
    change_mfa_preference,
)
from pytest_cognito_devices.operations.policies import check_policy
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.user_attributes import (
    USER_ATTRIBUTE_TEXTS,
    given_attributes,
)
from pytest_cognito_devices.operations.user_records import own_record


@operation("GetUser", *ACCESS_TOKEN_TEXTS)
def get_user(request: Request) -> dict[str, Any]:
    """Tells all attributes: what an app client may read is not restricted."""
    return own_record(user_of_access_token(request))


@operation("DeleteUser", *ACCESS_TOKEN_TEXTS)
def delete_user(request: Request) -> dict[str, Any]:
    """Leaves the tokens tokens of a user that is no more; the answer has no body."""
    user_of_access_token(request).delete()
    return {}


@operation("UpdateUserAttributes", *ACCESS_TOKEN_TEXTS, *USER_ATTRIBUTE_TEXTS, *UPDATE_TEXTS)
def update_user_attributes(request: Request) -> dict[str, Any]:
    """A new address is the user's at once, but has to be verified."""
    user = user_of_access_token(request)
    given = given_attributes(request, request.params["UserAttributes"], by_administrator=False)
    unverified = update_attributes(request, user, given)
    return {"CodeDeliveryDetailsList": send_codes(user, unverified)}


@operation(
    "ChangePassword",
    errors.INCORRECT,
    *ACCESS_TOKEN_TEXTS,
    errors.PASSWORD_AGAINST_POLICY,
)
def change_password(request: Request) -> dict[str, Any]:
    """Leaves all sessions alone."""
    user, params = user_of_access_token(request), request.params
    if params.get("PreviousPassword") != user.password:
        raise request.error(errors.INCORRECT)
    check_policy(request, user.pool, params["ProposedPassword"])
    user.password = params["ProposedPassword"]
    user.touch()
    return {}


@operation("SetUserMFAPreference", *ACCESS_TOKEN_TEXTS, *MFA_PREFERENCE_TEXTS)
def set_user_mfa_preference(request: Request) -> dict[str, Any]:
    """Holds from the next sign-in on."""
    return change_mfa_preference(request, user_of_access_token(request))
