"""The part of a web application where people sign in, on devices that it comes to trust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from pycognito.aws_srp import AWSSRP, generate_hash_device

if TYPE_CHECKING:
    from collections.abc import Callable

cognito = boto3.client("cognito-idp", region_name="us-east-1")

USER_POOL_ID = "us-east-1_exampleAB"
CLIENT_ID = "exampleclient"


@dataclass(frozen=True)
class TrustedDevice:
    """What a device keeps to itself in order to be recognised the next time."""

    key: str
    group_key: str
    password: str


@dataclass(frozen=True)
class SignedIn:
    """The tokens of a user, and the device that is trusted from now on."""

    access_token: str
    refresh_token: str
    device: TrustedDevice


def sign_in(
    username: str,
    password: str,
    ask_for_code: Callable[[], str],
    device: TrustedDevice | None = None,
) -> SignedIn:
    """Sign a user in; a device that is not trusted yet needs a code of an authenticator."""
    try:
        result = _authenticate(username, password, ask_for_code, device)
    except cognito.exceptions.ResourceNotFoundException:
        # Somebody has forgotten the device meanwhile: then it is a new one.
        device = None
        result = _authenticate(username, password, ask_for_code, device)
    if "NewDeviceMetadata" in result:
        device = _trust(result["AccessToken"], result["NewDeviceMetadata"])
    assert device is not None, "a device is either known or new"
    return SignedIn(result["AccessToken"], result["RefreshToken"], device)


def refresh(signed_in: SignedIn) -> str:
    """Return a new access token; Cognito gives it to the device of the sign-in alone."""
    answer = cognito.initiate_auth(
        AuthFlow="REFRESH_TOKEN_AUTH",
        ClientId=CLIENT_ID,
        AuthParameters={
            "REFRESH_TOKEN": signed_in.refresh_token,
            "DEVICE_KEY": signed_in.device.key,
        },
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


def _authenticate(
    username: str,
    password: str,
    ask_for_code: Callable[[], str],
    device: TrustedDevice | None,
) -> dict[str, Any]:
    """Answer every challenge of a sign-in."""
    proof = AWSSRP(username, password, USER_POOL_ID, CLIENT_ID, client=cognito, **_keys(device))
    answer = cognito.initiate_auth(
        AuthFlow="USER_SRP_AUTH", ClientId=CLIENT_ID, AuthParameters=proof.get_auth_params()
    )
    while "ChallengeName" in answer:
        session = {"Session": answer["Session"]} if "Session" in answer else {}
        answer = cognito.respond_to_auth_challenge(
            ClientId=CLIENT_ID,
            ChallengeName=answer["ChallengeName"],
            ChallengeResponses=_respond(proof, answer, ask_for_code),
            **session,
        )
    result: dict[str, Any] = answer["AuthenticationResult"]
    return result


def _respond(
    proof: AWSSRP, challenge: dict[str, Any], ask_for_code: Callable[[], str]
) -> dict[str, Any]:
    """Return the responses to a challenge."""
    name, parameters = challenge["ChallengeName"], challenge["ChallengeParameters"]
    if name == "PASSWORD_VERIFIER":
        return dict(proof.process_challenge(parameters, proof.get_auth_params()))
    if name == "DEVICE_SRP_AUTH":
        return {**proof.get_auth_params(), "USERNAME": parameters["USERNAME"]}
    if name == "DEVICE_PASSWORD_VERIFIER":
        return dict(proof.process_device_challenge(parameters))
    if name == "SOFTWARE_TOKEN_MFA":
        return {
            "USERNAME": parameters["USER_ID_FOR_SRP"],
            "SOFTWARE_TOKEN_MFA_CODE": ask_for_code(),
        }
    raise NotImplementedError(name)


def _trust(access_token: str, metadata: dict[str, str]) -> TrustedDevice:
    """Confirm a new device, and remember it where that is left to the user."""
    key, group_key = metadata["DeviceKey"], metadata["DeviceGroupKey"]
    password, verifier = generate_hash_device(group_key, key)
    answer = cognito.confirm_device(
        AccessToken=access_token, DeviceKey=key, DeviceSecretVerifierConfig=verifier
    )
    if answer["UserConfirmationNecessary"]:
        cognito.update_device_status(
            AccessToken=access_token, DeviceKey=key, DeviceRememberedStatus="remembered"
        )
    return TrustedDevice(key, group_key, password)


def _keys(device: TrustedDevice | None) -> dict[str, str]:
    """Return what the arithmetic has to know of a device."""
    if device is None:
        return {}
    return {
        "device_key": device.key,
        "device_group_key": device.group_key,
        "device_password": device.password,
    }
