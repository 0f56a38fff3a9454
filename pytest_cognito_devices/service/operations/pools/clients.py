"""App clients of user pools."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from pytest_cognito_devices.service import clock, ids, texts
from pytest_cognito_devices.service.model.clients import EVERY_FLOW, LEGACY_FLOWS, AppClient
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_CLIENT_TEXTS,
    named_client,
    named_pool,
)
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS, page_of
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.settings import ExplicitAuthFlow

_PAGE_SIZE = 60
_MINUTE = 60
_SECONDS = {"seconds": 1, "minutes": _MINUTE, "hours": 3600, "days": 86_400}
_YEARS_10 = 315_360_000
_THIRTY_DAYS = 30 * 86_400

# Of the tokens: the unit unless the call names another, how long they are good for unless it says
# how long, and the shortest and the longest time that it may say, in seconds.
_TOKENS: Mapping[str, tuple[str, int, int, int]] = {
    "AccessToken": ("hours", 3600, 300, 86_400),
    "IdToken": ("hours", 3600, 300, 86_400),
    "RefreshToken": ("days", _THIRTY_DAYS, 3600, _YEARS_10),
}
_REFRESH: ExplicitAuthFlow = "ALLOW_REFRESH_TOKEN_AUTH"
_DESCRIBED = (
    "AccessTokenValidity",
    "AllowedOAuthFlows",
    "AllowedOAuthFlowsUserPoolClient",
    "AllowedOAuthScopes",
    "AnalyticsConfiguration",
    "CallbackURLs",
    "DefaultRedirectURI",
    "EnablePropagateAdditionalUserContextData",
    "IdTokenValidity",
    "LogoutURLs",
    "ReadAttributes",
    "SupportedIdentityProviders",
    "TokenValidityUnits",
    "WriteAttributes",
)

_NAMED_TEXTS = (*NAMED_CLIENT_TEXTS, texts.POOL_NOT_FOUND)
_CONFIGURING_TEXTS = (
    texts.AUTH_FLOWS_MIXED,
    texts.REFRESH_FLOW_WITH_ROTATION,
    texts.TOKEN_VALIDITY_OUT_OF_RANGE,
    texts.REFRESH_TOKEN_ENDS_FIRST,
)


@operation(
    "CreateUserPoolClient",
    texts.POOL_NOT_FOUND,
    texts.SECRET_GIVEN_AND_GENERATED,
    *_CONFIGURING_TEXTS,
)
def create_user_pool_client(request: Request) -> dict[str, Any]:
    """Make a client with a random id, and with a secret if the call wants or brings one."""
    pool, params = named_pool(request), request.params
    secret = params.get("ClientSecret")
    if params.get("GenerateSecret"):
        if secret is not None:
            raise request.error(texts.SECRET_GIVEN_AND_GENERATED)
        secret = ids.client_secret()
    client = AppClient(pool, {} if secret is None else {"client_secret": secret})
    _configure(request, client)
    pool.clients[client.id] = client
    return {"UserPoolClient": _record(client)}


@operation("DescribeUserPoolClient", *_NAMED_TEXTS)
def describe_user_pool_client(request: Request) -> dict[str, Any]:
    """Describe a client; of a seeded one it tells what the fake does with it."""
    return {"UserPoolClient": _record(named_client(request))}


@operation("UpdateUserPoolClient", *_NAMED_TEXTS, *_CONFIGURING_TEXTS)
def update_user_pool_client(request: Request) -> dict[str, Any]:
    """Change a client, and put back to its default what the call does not name.

    Only the name of the client stays.
    """
    client = named_client(request)
    _configure(request, client)
    client.last_modified = clock.now_in_milliseconds()
    return {"UserPoolClient": _record(client)}


@operation("DeleteUserPoolClient", *_NAMED_TEXTS)
def delete_user_pool_client(request: Request) -> dict[str, Any]:
    """Delete a client; access tokens are good until they expire."""
    named_client(request).delete()
    return {}


@operation("ListUserPoolClients", texts.POOL_NOT_FOUND, *PAGE_TEXTS)
def list_user_pool_clients(request: Request) -> dict[str, Any]:
    """List the app clients of a pool, the oldest first."""
    pool, params = named_pool(request), request.params
    page, token = page_of(
        request,
        pool,
        list(pool.clients.values()),
        token=params.get("NextToken"),
        size=params.get("MaxResults", _PAGE_SIZE),
    )
    clients = [
        {
            "ClientId": client.id,
            "UserPoolId": pool.id,
            "ClientName": client.described["ClientName"],
        }
        for client in page
    ]
    answer: dict[str, Any] = {"UserPoolClients": clients}
    if token is not None:
        answer["NextToken"] = token
    return answer


def _configure(request: Request, client: AppClient) -> None:
    """What creating and updating have in common; refuses before anything changes."""
    params = request.params
    grace = _grace(params.get("RefreshTokenRotation", {}))
    flows, legacy = _flows(request, rotates=grace is not None)
    seconds = {token: _seconds(request, token) for token in _TOKENS}
    if max(seconds["AccessToken"], seconds["IdToken"]) > seconds["RefreshToken"]:
        raise request.error(texts.REFRESH_TOKEN_ENDS_FIRST)

    # While the flows change, neither the old ones nor the new ones meet a rotation.
    client.refresh_token_rotation = None
    client.explicit_auth_flows, client.legacy_auth_flows = flows, legacy
    client.access_token_validity = seconds["AccessToken"]
    client.id_token_validity = seconds["IdToken"]
    client.refresh_token_validity = seconds["RefreshToken"]
    client.refresh_token_rotation = grace
    client.auth_session_validity = params.get("AuthSessionValidity", 3) * _MINUTE
    client.enable_token_revocation = params.get("EnableTokenRevocation", True)
    client.prevent_user_existence_errors = params.get("PreventUserExistenceErrors", "LEGACY")
    client.described = {
        "ClientName": params.get("ClientName", client.described["ClientName"]),
        **{name: params[name] for name in _DESCRIBED if name in params},
    }


def _grace(rotation: Mapping[str, Any]) -> int | None:
    """The grace period of rotated-out refresh tokens; None if they do not rotate."""
    if rotation.get("Feature") != "ENABLED":
        return None
    grace: int = rotation.get("RetryGracePeriodSeconds", 0)
    return grace


def _flows(
    request: Request, *, rotates: bool
) -> tuple[Collection[ExplicitAuthFlow], tuple[str, ...]]:
    """The flows that the client may use, and their legacy names if the call has those."""
    given = request.params.get("ExplicitAuthFlows") or ()
    legacy = tuple(flow for flow in given if flow in LEGACY_FLOWS)
    if legacy and len(legacy) < len(given):
        raise request.error(texts.AUTH_FLOWS_MIXED)
    if rotates and _REFRESH in given:
        raise request.error(texts.REFRESH_FLOW_WITH_ROTATION)
    if given and not legacy:
        return given, ()
    # Without any name, and beside the legacy ones, these are open.
    flows = {"ALLOW_CUSTOM_AUTH", *map(LEGACY_FLOWS.get, legacy)}
    if "CUSTOM_AUTH_FLOW_ONLY" not in legacy:
        flows.add("ALLOW_USER_SRP_AUTH")
    if not rotates:
        flows.add(_REFRESH)
    return [flow for flow in EVERY_FLOW if flow in flows], legacy


def _seconds(request: Request, token: str) -> int:
    """How long tokens of a kind are to be good for."""
    usual, default, least, most = _TOKENS[token]
    unit = request.params.get("TokenValidityUnits", {}).get(token, usual)
    if unit not in _SECONDS:  # one of a newer model
        raise request.error(texts.TOKEN_VALIDITY_OUT_OF_RANGE)
    # Nothing and 0 are the same (CreateUserPoolClient, of refresh tokens).
    count: int = request.params.get(f"{token}Validity") or 0
    if not count:
        return default
    seconds = count * _SECONDS[unit]
    if not least <= seconds <= most:
        raise request.error(texts.TOKEN_VALIDITY_OUT_OF_RANGE)
    return seconds


def _record(client: AppClient) -> dict[str, Any]:
    """`UserPoolClientType`."""
    record = {
        "AllowedOAuthFlowsUserPoolClient": False,
        "EnablePropagateAdditionalUserContextData": False,
        **client.described,
        "AuthSessionValidity": math.ceil(client.auth_session_validity / _MINUTE),
        "ClientId": client.id,
        "CreationDate": client.created,
        "EnableTokenRevocation": client.enable_token_revocation,
        "ExplicitAuthFlows": list(client.legacy_auth_flows or client.explicit_auth_flows),
        "LastModifiedDate": client.last_modified,
        "PreventUserExistenceErrors": client.prevent_user_existence_errors,
        "RefreshTokenRotation": _rotation(client),
        "UserPoolId": client.pool.id,
        **_validities(client),
    }
    if client.secret is not None:
        record["ClientSecret"] = client.secret
    return record


def _rotation(client: AppClient) -> dict[str, Any]:
    """There without rotation too (terraform-provider-aws#47374)."""
    if client.refresh_token_rotation is None:
        return {"Feature": "DISABLED"}
    return {
        "Feature": "ENABLED",
        "RetryGracePeriodSeconds": int(client.refresh_token_rotation),
    }


def _validities(client: AppClient) -> dict[str, Any]:
    """How long the tokens are good for, in the units in which somebody said so, if they fit."""
    units = dict(client.described.get("TokenValidityUnits", {}))
    validities: dict[str, Any] = {"TokenValidityUnits": units}
    for token, seconds in (
        ("AccessToken", client.access_token_validity),
        ("IdToken", client.id_token_validity),
        ("RefreshToken", client.refresh_token_validity),
    ):
        unit, default, _, _ = _TOKENS[token]
        member = f"{token}Validity"
        # What nobody has set is left out, but for refresh tokens.
        if token != "RefreshToken" and seconds == default and member not in client.described:
            continue
        count, rest = divmod(seconds, _SECONDS[units.get(token, unit)])
        if rest or not count:
            units[token], count = "seconds", seconds
        validities[member] = int(count)
    return validities
