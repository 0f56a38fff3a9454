"""Forgotten passwords: a code to a verified address, and another password for it."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.operations.deliveries import (
    CODE_TEXTS,
    awaited_code,
    recovery_address,
    send_code,
)
from pytest_cognito_devices.operations.policies import check_policy
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.signed_out import (
    SIGNED_OUT_TEXTS,
    client_and_user,
    require_user,
    simulated_delivery,
)

_RESETTABLE = ("CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED")


@operation(
    "ForgotPassword",
    errors.PASSWORD_NOT_RESETTABLE,
    errors.NO_VERIFIED_ADDRESS,
    *SIGNED_OUT_TEXTS,
)
def forgot_password(request: Request) -> dict[str, Any]:
    """The password stays good until there is another."""
    client, user = client_and_user(request)
    if client.hides_users and not (user and user.enabled and recovery_address(user)):
        details = simulated_delivery(client.pool, request.params["Username"])
        return {"CodeDeliveryDetails": details}
    user = require_user(request, client, user)
    if user.status not in _RESETTABLE:
        raise request.error(errors.PASSWORD_NOT_RESETTABLE)
    attribute = recovery_address(user)
    if attribute is None:
        raise request.error(errors.NO_VERIFIED_ADDRESS)
    return {"CodeDeliveryDetails": send_code(user, "forgot_password", attribute)}


@operation("ConfirmForgotPassword", *CODE_TEXTS, errors.PASSWORD_AGAINST_POLICY, *SIGNED_OUT_TEXTS)
def confirm_forgot_password(request: Request) -> dict[str, Any]:
    """A password that the policy refuses leaves the code good."""
    client, named = client_and_user(request)
    user = require_user(request, client, named, hidden=errors.SENT_CODE_WRONG)
    params = request.params
    awaited_code(request, user, "forgot_password", params["ConfirmationCode"])
    check_policy(request, user.pool, params["Password"])
    del user.inbox.awaited["forgot_password"]
    user.password = params["Password"]
    user.status = "CONFIRMED"
    user.attempts.succeeded()
    user.touch()
    return {}
