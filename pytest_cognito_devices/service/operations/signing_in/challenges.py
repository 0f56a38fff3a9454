"""Serving challenges: what a client is told of each, and what the service keeps for the answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pytest_cognito_devices.service.model.users.devices import Device
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, Exchange, SignIn
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import missing_attributes
from pytest_cognito_devices.service.operations.code_delivery import (
    FACTOR_ADDRESSES,
    MEDIA,
    masked_address,
)
from pytest_cognito_devices.service.operations.messages import CODE, compose
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest
from pytest_cognito_devices.settings import MFA


def choices(user: User) -> Sequence[MFA]:
    """The second factors of a user that the pool knows of."""
    return [factor for factor in user.factors.enabled if factor in user.pool.mfa_factors]


def ask(auth: AuthRequest, sign_in: SignIn, user: User, name: str) -> dict[str, Any]:
    """Serve a challenge to a user who exists."""
    challenge = Challenge(name, sign_in)
    parameters: dict[str, str] = {"USER_ID_FOR_SRP": user.username}
    if name in FACTOR_ADDRESSES:
        attribute = FACTOR_ADDRESSES[name]
        medium, address = MEDIA[attribute], user.attributes.get(attribute, "")
        message = compose(auth.caller, "Authentication", user, medium)
        challenge.code = user.inbox.send(medium, name)
        user.inbox.receive(message.filled({CODE: challenge.code}))
        parameters = parameters if name == "SMS_MFA" else {}
        parameters["CODE_DELIVERY_DELIVERY_MEDIUM"] = medium
        parameters["CODE_DELIVERY_DESTINATION"] = masked_address(attribute, address)
    elif name == "SOFTWARE_TOKEN_MFA" and user.software_token.name:
        parameters["FRIENDLY_DEVICE_NAME"] = user.software_token.name
    elif name == "SELECT_MFA_TYPE":
        parameters["MFAS_CAN_CHOOSE"] = json.dumps(choices(user))
    elif name == "MFA_SETUP":
        parameters["MFAS_CAN_SETUP"] = json.dumps(sorted(auth.pool.mfa_factors))
    elif name == "NEW_PASSWORD_REQUIRED":
        missing = missing_attributes(user.pool, user.attributes)
        required = [f"userAttributes.{attribute}" for attribute in missing]
        parameters["requiredAttributes"] = json.dumps(required)
        parameters["userAttributes"] = json.dumps(dict(user.attributes))
    elif name == "DEVICE_SRP_AUTH":
        assert sign_in.device_key is not None
        parameters = {"USERNAME": user.username, "DEVICE_KEY": sign_in.device_key}
    return serve(auth, challenge, parameters)


def ask_for_password_proof(
    auth: AuthRequest, sign_in: SignIn, client_public: int
) -> dict[str, Any]:
    """Serve `PASSWORD_VERIFIER`, also to users who do not exist."""
    challenge = Challenge("PASSWORD_VERIFIER", sign_in)
    challenge.exchange = sign_in.password_exchange(client_public)
    challenge.secret = sign_in.user.secret if sign_in.user else None
    names = {"USERNAME": sign_in.username, "USER_ID_FOR_SRP": sign_in.username}
    answer = serve(auth, challenge, {**_srp(challenge.exchange), **names})
    if sign_in.flow == "USER_SRP_AUTH":
        # Clients answer by the secret block alone: the service serves no session here.
        del answer["Session"]
    return answer


def ask_for_device_proof(
    auth: AuthRequest, sign_in: SignIn, device: Device, client_public: int
) -> dict[str, Any]:
    """Serve `DEVICE_PASSWORD_VERIFIER`."""
    challenge = Challenge("DEVICE_PASSWORD_VERIFIER", sign_in)
    salt, verifier = device.salt_and_verifier()
    identity = device.group_key + device.key
    challenge.exchange = Exchange(identity, salt, verifier, client_public)
    names = {"USERNAME": sign_in.username, "DEVICE_KEY": device.key}
    return serve(auth, challenge, {**_srp(challenge.exchange), **names})


def _srp(exchange: Exchange) -> dict[str, str]:
    return {
        "SALT": f"{exchange.salt:x}",
        "SECRET_BLOCK": exchange.secret_block,
        "SRP_B": f"{exchange.server_public:x}",
    }


def serve(auth: AuthRequest, challenge: Challenge, parameters: dict[str, str]) -> dict[str, Any]:
    """The answer that asks a client to answer a challenge."""
    auth.request.account.challenges.add(challenge)
    return {
        "ChallengeName": challenge.name,
        "Session": challenge.session,
        "ChallengeParameters": parameters,
    }
