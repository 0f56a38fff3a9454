"""What comes next in a sign-in: another challenge, or tokens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.devices import Device
from pytest_cognito_devices.model.factors import Medium
from pytest_cognito_devices.model.sign_ins import Challenge, Exchange, SignIn
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations import issuing, triggers
from pytest_cognito_devices.operations.deliveries import masked_address
from pytest_cognito_devices.operations.steps import STATE_TEXTS, Step, check_state
from pytest_cognito_devices.settings import MFA

#: What `go_on` can answer instead of a challenge or tokens.
NEXT_TEXTS = (*STATE_TEXTS, *triggers.TRIGGER_TEXTS)

_CODES_BY: dict[str, tuple[Medium, str]] = {
    "SMS_MFA": ("SMS", "phone_number"),
    "SMS_OTP": ("SMS", "phone_number"),
    "EMAIL_OTP": ("EMAIL", "email"),
}


def take_device(step: Step, sign_in: SignIn) -> None:
    """Note the device key that a call brings, and refuse one that is stale.

    A stale one is not kept, so that the same call without it succeeds, as clients expect
    (amazon-cognito-identity-js#206).
    """
    if step.pool.device_tracking == "off" or sign_in.user is None:
        return
    key = step.given.get("DEVICE_KEY") or sign_in.device_key
    if key is not None and sign_in.user.device_shelf.get(key) is None:
        sign_in.device_key = None
        raise step.error(errors.DEVICE_NOT_FOUND)
    sign_in.device_key = key


def go_on(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """Ask for what is missing still; give tokens if nothing is."""
    user = sign_in.user
    assert user is not None, "nobody proves to be somebody who does not exist"
    check_state(step, user)
    name = _next_challenge(sign_in, user)
    return issuing.sign_in(step, sign_in) if name is None else ask(step, sign_in, user, name)


def _next_challenge(sign_in: SignIn, user: User) -> str | None:
    proofs, pool = sign_in.proofs, user.pool
    if "password" in proofs and user.status == "FORCE_CHANGE_PASSWORD":
        return "NEW_PASSWORD_REQUIRED"
    device = _remembered_device(sign_in, user)
    stands_in = device is not None and pool.challenge_required_on_new_device
    if "password" in proofs and sign_in.flow != "CUSTOM_AUTH" and "mfa" not in proofs:
        factor = _second_factor(user)
        if factor is not None and not stands_in:
            return factor
    if device is not None and "device" not in proofs:
        return "DEVICE_SRP_AUTH"
    return None


def _remembered_device(sign_in: SignIn, user: User) -> Device | None:
    if sign_in.device_key is None or user.pool.device_tracking == "off":
        return None
    device = user.device_shelf.get(sign_in.device_key)
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


def choices(user: User) -> Sequence[MFA]:
    """The second factors of a user that the pool knows of."""
    return [factor for factor in user.factors.enabled if factor in user.pool.mfa_factors]


def ask(step: Step, sign_in: SignIn, user: User, name: str) -> dict[str, Any]:
    """Serve a challenge to a user who exists."""
    challenge = Challenge(name, sign_in)
    parameters: dict[str, str] = {"USER_ID_FOR_SRP": user.username}
    if name in _CODES_BY:
        medium, attribute = _CODES_BY[name]
        parameters = parameters if name == "SMS_MFA" else {}
        challenge.code = user.inbox.send(medium)
        address = user.attributes.get(attribute, "")
        parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] = medium
        parameters["CODE_DELIVERY_DESTINATION"] = masked_address(attribute, address)
    elif name == "SOFTWARE_TOKEN_MFA" and user.software_token.name:
        parameters["FRIENDLY_DEVICE_NAME"] = user.software_token.name
    elif name == "SELECT_MFA_TYPE":
        parameters["MFAS_CAN_CHOOSE"] = json.dumps(choices(user))
    elif name == "MFA_SETUP":
        parameters["MFAS_CAN_SETUP"] = json.dumps(sorted(step.pool.mfa_factors))
    elif name == "NEW_PASSWORD_REQUIRED":
        parameters["requiredAttributes"] = "[]"
        parameters["userAttributes"] = json.dumps(dict(user.attributes))
    elif name == "DEVICE_SRP_AUTH":
        assert sign_in.device_key is not None
        parameters = {"USERNAME": user.username, "DEVICE_KEY": sign_in.device_key}
    return serve(step, challenge, parameters)


def ask_for_password_proof(step: Step, sign_in: SignIn, client_public: int) -> dict[str, Any]:
    """Serve `PASSWORD_VERIFIER`, also to users who do not exist."""
    challenge = Challenge("PASSWORD_VERIFIER", sign_in)
    challenge.exchange = sign_in.password_exchange(client_public)
    names = {"USERNAME": sign_in.username, "USER_ID_FOR_SRP": sign_in.username}
    answer = serve(step, challenge, {**_srp(challenge.exchange), **names})
    if sign_in.flow == "USER_SRP_AUTH":
        # Clients answer by the secret block alone: the service serves no session here.
        del answer["Session"]
    return answer


def ask_for_device_proof(
    step: Step, sign_in: SignIn, device: Device, client_public: int
) -> dict[str, Any]:
    """Serve `DEVICE_PASSWORD_VERIFIER`."""
    challenge = Challenge("DEVICE_PASSWORD_VERIFIER", sign_in)
    salt, verifier = device.salt_and_verifier()
    identity = device.group_key + device.key
    challenge.exchange = Exchange(identity, salt, verifier, client_public)
    names = {"USERNAME": sign_in.username, "DEVICE_KEY": device.key}
    return serve(step, challenge, {**_srp(challenge.exchange), **names})


def _srp(exchange: Exchange) -> dict[str, str]:
    return {
        "SALT": f"{exchange.salt:x}",
        "SECRET_BLOCK": exchange.secret_block,
        "SRP_B": f"{exchange.server_public:x}",
    }


def serve(step: Step, challenge: Challenge, parameters: dict[str, str]) -> dict[str, Any]:
    """The answer that asks a client to answer a challenge."""
    step.request.service.challenges.add(challenge)
    return {
        "ChallengeName": challenge.name,
        "Session": challenge.session,
        "ChallengeParameters": parameters,
    }
