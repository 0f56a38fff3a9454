"""Signing in: starting a sign-in, and answering its challenges, by users and administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.clients import AppClient
from pytest_cognito_devices.model.sign_ins import Stranger
from pytest_cognito_devices.operations.answers import ANSWER_TEXTS, answer
from pytest_cognito_devices.operations.callers import (
    NAMED_CLIENT_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
    named_client,
)
from pytest_cognito_devices.operations.flows import FLOW_TEXTS, begin
from pytest_cognito_devices.operations.refreshing import REFRESH_TEXTS, refresh
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.steps import Step

_OLD_NAMES = {
    "ADMIN_NO_SRP_AUTH": "ADMIN_USER_PASSWORD_AUTH",
    "REFRESH_TOKEN": "REFRESH_TOKEN_AUTH",
}
# Where a password goes over the line as it is, users and administrators have flows of their own.
_FOR_USERS = "USER_PASSWORD_AUTH"
_FOR_ADMINISTRATORS = "ADMIN_USER_PASSWORD_AUTH"

_COMMON_TEXTS = (
    errors.AUTH_FLOW_NOT_SUPPORTED,
    errors.ADMIN_AUTH_FLOW_NOT_ENABLED,
    errors.PARAMETER_MISSING,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
)
_INITIATE_TEXTS = (*FLOW_TEXTS, *_COMMON_TEXTS, *REFRESH_TEXTS)
_RESPOND_TEXTS = (
    *ANSWER_TEXTS,
    errors.PARAMETER_MISSING,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
)


def _given(values: Mapping[str, str] | None) -> dict[str, str]:
    return {name: value for name, value in (values or {}).items() if value}


def _step(request: Request, given: Mapping[str, str]) -> Step:
    return Step(request, named_client(request), given, request.params.get("ClientMetadata") or {})


def _flow_of(request: Request, client: AppClient, *, not_for: str) -> str:
    """The flow that a call asks for, by its present name, if it is there for such calls."""
    asked = request.params["AuthFlow"]
    flow = _OLD_NAMES.get(asked, asked)
    if flow == not_for:
        raise request.error(errors.AUTH_FLOW_NOT_SUPPORTED)
    if f"ALLOW_{flow}" in client.explicit_auth_flows:
        return str(flow)
    if flow == "REFRESH_TOKEN_AUTH" or not_for == _FOR_USERS:
        raise request.error(errors.ADMIN_AUTH_FLOW_NOT_ENABLED)
    if flow == "USER_SRP_AUTH":
        raise request.error(errors.SRP_NOT_ENABLED)
    raise request.error(errors.AUTH_FLOW_NOT_ENABLED)


def _initiate(request: Request, *, not_for: str) -> dict[str, Any]:
    step = _step(request, _given(request.params.get("AuthParameters")))
    flow = _flow_of(request, step.client, not_for=not_for)
    secret_hash = step.given.get("SECRET_HASH")
    if flow != "REFRESH_TOKEN_AUTH":
        check_secret_hash(request, step.client, secret_hash, step.need("USERNAME"))
        return begin(step, flow)
    token = step.need("REFRESH_TOKEN")
    names = _names_of(request, token)
    if names or secret_hash is None:
        check_secret_hash(request, step.client, secret_hash, *names)
    # No trigger that follows is told of the `ClientMetadata` of this call.
    return refresh(step._replace(metadata={}), token, step.given.get("DEVICE_KEY"))


def _names_of(request: Request, token: str) -> tuple[str, ...]:
    """The names of whose refresh token it is: those with which a secret hash can be made."""
    tokens, _ = request.service.issued.get(token, (None, None))
    return () if tokens is None else (tokens.user.username, tokens.user.sub)


def _respond(request: Request) -> dict[str, Any]:
    step = _step(request, _given(request.params.get("ChallengeResponses")))
    name = step.need("USERNAME")
    user = step.pool.user_named(name)
    stranger = Stranger(step.client, name).username
    names = (name, stranger) if user is None else (name, user.username, user.sub)
    check_secret_hash(request, step.client, step.given.get("SECRET_HASH"), *names)
    return answer(step, request.params["ChallengeName"])


@operation("InitiateAuth", *_INITIATE_TEXTS, errors.SRP_NOT_ENABLED, errors.AUTH_FLOW_NOT_ENABLED)
def initiate_auth(request: Request) -> dict[str, Any]:
    """Starts the flows of users, and refreshes."""
    return _initiate(request, not_for=_FOR_ADMINISTRATORS)


@operation("AdminInitiateAuth", *_INITIATE_TEXTS, errors.POOL_NOT_FOUND)
def admin_initiate_auth(request: Request) -> dict[str, Any]:
    """Starts the flows of administrators, and refreshes."""
    return _initiate(request, not_for=_FOR_USERS)


@operation("RespondToAuthChallenge", *_RESPOND_TEXTS)
def respond_to_auth_challenge(request: Request) -> dict[str, Any]:
    """Takes the answer to a challenge."""
    return _respond(request)


@operation("AdminRespondToAuthChallenge", *_RESPOND_TEXTS, errors.POOL_NOT_FOUND)
def admin_respond_to_auth_challenge(request: Request) -> dict[str, Any]:
    """As `RespondToAuthChallenge`."""
    return _respond(request)
