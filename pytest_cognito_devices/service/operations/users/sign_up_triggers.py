"""The triggers around signing up: before there is a user, and after the user is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.identity import Identity
from pytest_cognito_devices.service.operations.triggers import Caller

#: What `pre_sign_up` can answer.
PRE_SIGN_UP_TEXTS = (
    *triggers.TRIGGER_TEXTS,
    texts.AUTO_VERIFIED_UNCONFIRMED,
    texts.AUTO_VERIFIED_NOTHING,
)

_FLAGS: Mapping[str, str] = {"autoVerifyEmail": "email", "autoVerifyPhone": "phone_number"}


def pre_sign_up(
    caller: Caller, source: Literal["SignUp", "AdminCreateUser"], identity: Identity
) -> tuple[bool, list[str]]:
    """Let the handler refuse a user who is not there yet.

    Returns:
        Whether the user needs no code to be confirmed, and the addresses that need none to be
        verified. What the handler says of that is ignored if an administrator creates the user
        (developer guide, pre sign-up).
    """
    given = caller.request.params.get("ValidationData") or ()
    response = triggers.invoke(
        caller,
        "PreSignUp",
        None,
        identity.username,
        source=f"PreSignUp_{source}",
        request={
            "userAttributes": identity.attributes,
            "validationData": {each["Name"]: each.get("Value", "") for each in given} or None,
            **caller.client_metadata,
        },
        response={"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    )
    if response is None or source == "AdminCreateUser":
        return False, []
    request = caller.request
    triggers.check_response(
        request, response, autoConfirmUser=bool, autoVerifyEmail=bool, autoVerifyPhone=bool
    )
    confirms = bool(response.get("autoConfirmUser"))
    verified = [attribute for flag, attribute in _FLAGS.items() if response.get(flag)]
    for attribute in verified:
        if attribute not in identity.attributes:
            raise request.error(texts.AUTO_VERIFIED_NOTHING, attribute=attribute)
    if verified and not confirms:
        raise request.error(texts.AUTO_VERIFIED_UNCONFIRMED)
    return confirms, verified


def post_confirmation(
    caller: Caller, user: User, source: Literal["ConfirmSignUp", "ConfirmForgotPassword"]
) -> None:
    """Tell the handler that a user is confirmed, or has a new password for a forgotten one.

    If it fails, the user stays unconfirmed, which is assumed (one report may say so:
    full-stack-serverless-code#108).
    """
    triggers.invoke(
        caller,
        "PostConfirmation",
        user,
        user.username,
        source=f"PostConfirmation_{source}",
        request=caller.client_metadata,
        response={},
    )
