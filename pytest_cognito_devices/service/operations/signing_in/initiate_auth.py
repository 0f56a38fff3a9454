"""Starting a sign-in, by users and administrators."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import UnhandledParameter, is_unhandled
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_CLIENT_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
)
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest
from pytest_cognito_devices.service.operations.signing_in.flows import FLOW_TEXTS, FLOWS, begin
from pytest_cognito_devices.service.operations.signing_in.refresh_tokens import (
    REFRESH_TEXTS,
    refresh,
)

__tracebackhide__ = is_unhandled

_REFRESH = "REFRESH_TOKEN_AUTH"
_OLD_NAMES = {
    "ADMIN_NO_SRP_AUTH": "ADMIN_USER_PASSWORD_AUTH",
    "REFRESH_TOKEN": _REFRESH,
}
# Where a password goes over the line as it is, users and administrators have flows of their own.
_FOR_USERS = "USER_PASSWORD_AUTH"
_FOR_ADMINISTRATORS = "ADMIN_USER_PASSWORD_AUTH"

_REFRESHING = "ALLOW_REFRESH_TOKEN_AUTH"

# Step-up authentication: each decides on the answer (API reference, InitiateAuth).
_NOT_IMITATED = ("TARGET_ACR_VALUES", "MAX_AGE", "ACCESS_TOKEN")

_INITIATE_TEXTS = (
    *FLOW_TEXTS,
    texts.ONLY_CUSTOM_AUTH,
    texts.AUTH_FLOW_NOT_SUPPORTED,
    texts.ADMIN_AUTH_FLOW_NOT_ENABLED,
    texts.PARAMETER_MISSING,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
    *REFRESH_TEXTS,
)


def _flow_of(request: Request, client: AppClient, *, not_for: str) -> str:
    """The flow that a call asks for, by its present name, if it is there for such calls."""
    asked = request.params["AuthFlow"]
    flow = _OLD_NAMES.get(asked, asked)
    # One that a newer model has is not imitated, even if the client may use it.
    if flow == not_for or flow not in (*FLOWS, _REFRESH):
        raise request.error(texts.AUTH_FLOW_NOT_SUPPORTED)
    if f"ALLOW_{flow}" in client.explicit_auth_flows:
        return str(flow)
    if {*client.explicit_auth_flows} - {_REFRESHING} == {"ALLOW_CUSTOM_AUTH"}:
        raise request.error(texts.ONLY_CUSTOM_AUTH)
    if flow == _REFRESH or not_for == _FOR_USERS:
        raise request.error(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)
    if flow == "USER_SRP_AUTH":
        raise request.error(texts.SRP_NOT_ENABLED)
    raise request.error(texts.AUTH_FLOW_NOT_ENABLED)


def _initiate(request: Request, *, not_for: str) -> dict[str, Any]:
    auth = AuthRequest.of(request, "AuthParameters")
    for name in _NOT_IMITATED:
        if name in auth.given:
            raise UnhandledParameter(request.operation, name)
    flow = _flow_of(request, auth.client, not_for=not_for)
    secret_hash = auth.given.get("SECRET_HASH")
    if flow != _REFRESH:
        check_secret_hash(request, auth.client, secret_hash, auth.need("USERNAME"))
        return begin(auth, flow)
    token = auth.need("REFRESH_TOKEN")
    names = _names_of(request, token)
    if names or secret_hash is None:
        check_secret_hash(request, auth.client, secret_hash, *names)
    # No trigger that follows is told of the `ClientMetadata` of this call.
    return refresh(auth._replace(metadata={}), token, auth.given.get("DEVICE_KEY"))


def _names_of(request: Request, token: str) -> tuple[str, ...]:
    """The names of whose refresh token it is: those with which a secret hash can be made."""
    tokens, _ = request.account.issued.get(token, (None, None))
    return () if tokens is None else (tokens.user.username, tokens.user.sub)


@operation("InitiateAuth", *_INITIATE_TEXTS, texts.SRP_NOT_ENABLED, texts.AUTH_FLOW_NOT_ENABLED)
def initiate_auth(request: Request) -> dict[str, Any]:
    """Start a sign-in by a flow of users, or refresh tokens."""
    return _initiate(request, not_for=_FOR_ADMINISTRATORS)


@operation("AdminInitiateAuth", *_INITIATE_TEXTS, texts.POOL_NOT_FOUND)
def admin_initiate_auth(request: Request) -> dict[str, Any]:
    """Start a sign-in by a flow of administrators, or refresh tokens."""
    return _initiate(request, not_for=_FOR_USERS)
