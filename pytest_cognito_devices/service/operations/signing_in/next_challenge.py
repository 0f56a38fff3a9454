"""What comes next in a sign-in: another challenge, or tokens."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.devices import Device
from pytest_cognito_devices.service.model.users.sign_ins import Proof, SignIn
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import STATE_TEXTS, check_state
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.signing_in import authentication_result
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest
from pytest_cognito_devices.service.operations.signing_in.challenges import ask, choices

#: What `continue_sign_in` can answer instead of a challenge or tokens.
NEXT_TEXTS = (*STATE_TEXTS, *MESSAGE_TEXTS)


def note_device(auth: AuthRequest, sign_in: SignIn) -> None:
    """Note the key of the device with which somebody signs in, if the call tells it."""
    if "DEVICE_KEY" in auth.given:
        auth.request.change(sign_in, device_key=auth.given["DEVICE_KEY"])


def take_device(auth: AuthRequest, sign_in: SignIn) -> None:
    """Note the device key that a call brings, and refuse one that is stale.

    A stale one that came before is kept no longer, although the call is refused: the same call
    without it succeeds, as clients expect (amazon-cognito-identity-js#206).
    """
    if auth.pool.device_tracking == "off" or sign_in.user is None:
        return
    before = sign_in.device_key
    note_device(auth, sign_in)
    key = sign_in.device_key
    if key is not None and sign_in.user.confirmed_devices.get(key) is None:
        if key == before:
            sign_in.device_key = None
        raise auth.error(texts.DEVICE_NOT_FOUND)


def prove(auth: AuthRequest, sign_in: SignIn, proof: Proof) -> None:
    """Note what a call has proved."""
    auth.request.change(sign_in, proofs=sign_in.proofs | {proof})


def continue_sign_in(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """Ask for what is missing still; give tokens if nothing is."""
    user = sign_in.user
    assert user is not None, "nobody proves to be somebody who does not exist"
    check_state(auth.request, user)
    name = _next_challenge(sign_in, user)
    return (
        authentication_result.of_sign_in(auth, sign_in)
        if name is None
        else ask(auth, sign_in, user, name)
    )


def _next_challenge(sign_in: SignIn, user: User) -> str | None:
    proofs = sign_in.proofs
    if "password" in proofs and user.status == "FORCE_CHANGE_PASSWORD":
        return "NEW_PASSWORD_REQUIRED"
    factor = due_factor(sign_in, user)
    if factor is not None:
        return factor
    if _remembered_device(sign_in, user) is not None and "device" not in proofs:
        return "DEVICE_SRP_AUTH"
    return None


def due_factor(sign_in: SignIn, user: User) -> str | None:
    """The challenge of a second factor that a password makes necessary; None if none is missing.

    A remembered device may stand in for it.
    """
    if "password" not in sign_in.proofs or "mfa" in sign_in.proofs:
        return None
    has_device = _remembered_device(sign_in, user) is not None
    if has_device and user.pool.challenge_required_on_new_device:
        return None
    return _second_factor(user)


def _remembered_device(sign_in: SignIn, user: User) -> Device | None:
    if sign_in.device_key is None or user.pool.device_tracking == "off":
        return None
    device = user.confirmed_devices.get(sign_in.device_key)
    return device if device is not None and device.remembered else None


def _second_factor(user: User) -> str | None:
    """The challenge by which a user has to prove a second factor; None without one."""
    pool = user.pool
    if pool.mfa_configuration == "OFF":
        return None
    usable = choices(user)
    if user.factors.preferred in usable:
        return user.factors.preferred
    if usable:
        return usable[0] if len(usable) == 1 else "SELECT_MFA_TYPE"
    if pool.mfa_configuration == "OPTIONAL":
        return None
    if "SMS_MFA" in pool.mfa_factors and "phone_number" in user.attributes:
        return "SMS_MFA"
    return "MFA_SETUP"
