"""The password of a user: changed, set, reset, and forgotten."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.users.passwords import Attempts, temporary_expiry
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.code_delivery import (
    CODE_TEXTS,
    awaited_code,
    recovery_address,
    send_code,
)
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.passwords import check_policy
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.triggers import TRIGGER_TEXTS, Caller
from pytest_cognito_devices.service.operations.user_migration import MIGRATION_TEXTS, migrate
from pytest_cognito_devices.service.operations.users.sign_up_triggers import post_confirmation
from pytest_cognito_devices.service.operations.users.unauthenticated import (
    UNAUTHENTICATED_TEXTS,
    client_and_user,
    require_user,
    simulated_delivery,
)

_RESETTABLE = ("CONFIRMED", "RESET_REQUIRED")
_FORGETTABLE = (*_RESETTABLE, "UNCONFIRMED")


@operation(
    "ChangePassword",
    texts.INCORRECT,
    *ACCESS_TOKEN_TEXTS,
    texts.PASSWORD_AGAINST_POLICY,
)
def change_password(request: Request) -> dict[str, Any]:
    """Give the user another password for the present one; sessions go on."""
    user, params = user_of_access_token(request), request.params
    if params.get("PreviousPassword") != user.password:
        raise request.error(texts.INCORRECT)
    check_policy(request, user.pool, params["ProposedPassword"])
    user.password = params["ProposedPassword"]
    user.touch()
    return {}


@operation("AdminSetUserPassword", texts.PASSWORD_AGAINST_POLICY, *NAMED_USER_TEXTS)
def admin_set_user_password(request: Request) -> dict[str, Any]:
    """Set the password of a user.

    A permanent one confirms the user; another one has to be changed at the next sign-in.
    """
    user, password = named_user(request), request.params["Password"]
    check_policy(request, user.pool, password)
    if request.params.get("Permanent"):
        request.change(user, secret=user.secret_of(password), status="CONFIRMED")
    else:
        expires = temporary_expiry(user.pool.password_policy)
        secret = user.secret_of(password, expires)
        request.change(user, secret=secret, status="FORCE_CHANGE_PASSWORD")
    user.touch()
    return {}


@operation(
    "AdminResetUserPassword",
    texts.PASSWORD_NOT_RESETTABLE,
    texts.NO_VERIFIED_ADDRESS,
    *MESSAGE_TEXTS,
    *NAMED_USER_TEXTS,
)
def admin_reset_user_password(request: Request) -> dict[str, Any]:
    """Void the password of a user, and send the code that `ConfirmForgotPassword` wants."""
    user = named_user(request)
    if user.status not in _RESETTABLE:
        raise request.error(texts.PASSWORD_NOT_RESETTABLE)
    address = recovery_address(user)
    if address is None:
        raise request.error(texts.NO_VERIFIED_ADDRESS)
    caller = Caller.of(request, user.pool)
    send_code(caller, "ForgotPassword", user, "forgot_password", address)
    request.change(user, status="RESET_REQUIRED")
    user.touch()
    return {}


@operation(
    "ForgotPassword",
    texts.PASSWORD_NOT_RESETTABLE,
    texts.NO_VERIFIED_ADDRESS,
    *MIGRATION_TEXTS,
    *UNAUTHENTICATED_TEXTS,
)
def forgot_password(request: Request) -> dict[str, Any]:
    """Send the code that `ConfirmForgotPassword` wants; the password stays good until then."""
    client, user = client_and_user(request)
    caller = Caller.of(request, client.pool, client)
    if user is None:
        told = {"validationData": None, **caller.client_metadata}
        user = migrate(caller, client, request.params["Username"], "ForgotPassword", told)
    if client.hides_users and not (user and user.enabled and recovery_address(user)):
        details = simulated_delivery(client.pool, request.params["Username"])
        return {"CodeDeliveryDetails": details}
    user = require_user(request, client, user)
    if user.status not in _FORGETTABLE:
        raise request.error(texts.PASSWORD_NOT_RESETTABLE)
    address = recovery_address(user)
    if address is None:
        raise request.error(texts.NO_VERIFIED_ADDRESS)
    details = send_code(caller, "ForgotPassword", user, "forgot_password", address)
    return {"CodeDeliveryDetails": details}


@operation(
    "ConfirmForgotPassword",
    *CODE_TEXTS,
    texts.PASSWORD_AGAINST_POLICY,
    *UNAUTHENTICATED_TEXTS,
    *TRIGGER_TEXTS,
)
def confirm_forgot_password(request: Request) -> dict[str, Any]:
    """Set a password for the code; one that the policy refuses leaves the code good."""
    client, named = client_and_user(request)
    user = require_user(request, client, named, hidden=texts.SENT_CODE_WRONG)
    params = request.params
    awaited_code(request, user, "forgot_password", params["ConfirmationCode"])
    check_policy(request, user.pool, params["Password"])
    request.change_item(user.inbox.awaited, "forgot_password", None)
    request.change(
        user,
        secret=user.secret_of(params["Password"]),
        status="CONFIRMED",
        attempts=Attempts(),
        last_modified=clock.now_in_milliseconds(),
    )
    post_confirmation(Caller.of(request, user.pool, client), user, "ConfirmForgotPassword")
    return {}
