"""Handing out tokens, at the end of a sign-in or for a refresh token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices import clock, tokens
from pytest_cognito_devices.model.sessions import USER_ADMIN_SCOPE, Override, Tokens
from pytest_cognito_devices.model.sign_ins import SignIn
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations import triggers
from pytest_cognito_devices.operations.steps import Step

# Developer guide, pre token generation: these claims stay what they are.
_PROTECTED = frozenset(
    {
        "acr",
        "amr",
        "at_hash",
        "aud",
        "auth_time",
        "azp",
        "client_id",
        "cognito:username",
        "device_key",
        "event_id",
        "exp",
        "iat",
        "iss",
        "jti",
        "nbf",
        "nonce",
        "origin_jti",
        "scope",
        "sub",
        "token_use",
        "username",
        "version",
    }
)

_Overrides = Mapping[tokens.TokenUse, Override]


def sign_in(step: Step, finished: SignIn) -> dict[str, Any]:
    """The answer that ends a sign-in: tokens, and a key for a device that has none."""
    user = finished.user
    assert user is not None, "nobody proves to be somebody who does not exist"
    tracks = step.pool.device_tracking != "off"
    device = user.device_shelf.get(finished.device_key or "") if tracks else None
    triggers.invoke(
        step,
        "PostAuthentication",
        user,
        user.username,
        source="PostAuthentication_Authentication",
        request={
            "newDeviceUsed": tracks and device is None,
            "clientMetadata": dict(step.metadata),
        },
        response={},
    )
    overrides = _pre_token_generation(step, user, _source(finished), USER_ADMIN_SCOPE)
    # CUSTOM_AUTH that proves no password gives out no key (amplify-js#14909).
    gives_out_key = finished.flow != "CUSTOM_AUTH" or "password" in finished.proofs
    session = user.open_session(
        step.client,
        moment=clock.now(),
        device=device,
        gives_out_key=gives_out_key,
        ties_key=not (finished.used_alias and step.pool.alias_loses_device),
        ip=step.ip,
    )
    issued = Tokens(session, issued_at=session.auth_time, overrides=overrides)
    metadata = {}
    if device is None and session.device_key is not None:
        metadata["NewDeviceMetadata"] = {
            "DeviceKey": session.device_key,
            "DeviceGroupKey": step.pool.device_group_key,
        }
    return _answer(issued, {**metadata, "RefreshToken": issued.refresh_token})


def refresh(step: Step, spent: Tokens) -> dict[str, Any]:
    """The answer to a refresh token; with a new one, if those of the client rotate."""
    session, grace = spent.session, step.client.refresh_token_rotation
    source = "TokenGeneration_RefreshTokens"
    overrides = _pre_token_generation(step, session.user, source, session.scope)
    issued = Tokens(session, issued_at=clock.now(), overrides=overrides)
    if grace is None:
        return _answer(issued, {})
    session.rotate(spent.refresh_token, grace)
    return _answer(issued, {"RefreshToken": issued.refresh_token})


def _answer(issued: Tokens, more: Mapping[str, Any]) -> dict[str, Any]:
    """In the order of the service (API reference, AdminInitiateAuth)."""
    return {
        "AuthenticationResult": {
            "AccessToken": issued.access_token,
            "ExpiresIn": int(issued.client.access_token_validity),
            "IdToken": issued.id_token,
            **more,
            "TokenType": "Bearer",
        },
        "ChallengeParameters": {},
    }


def _source(finished: SignIn) -> str:
    if "device" in finished.proofs:
        return "TokenGeneration_AuthenticateDevice"
    if finished.chose_password:
        return "TokenGeneration_NewPasswordChallenge"
    return "TokenGeneration_Authentication"


def _pre_token_generation(step: Step, user: User, source: str, scope: str) -> _Overrides:
    """What the trigger changes in the tokens; its version decides which members count."""
    version = step.pool.pre_token_generation_version
    groups: dict[str, Any] = {
        "groupsToOverride": [],
        "iamRolesToOverride": [],
        "preferredRole": None,
    }
    request = {"groupConfiguration": groups, "clientMetadata": dict(step.metadata)}
    is_first = version == "V1_0"
    response = triggers.invoke(
        step,
        "PreTokenGeneration",
        user,
        user.username,
        source=source,
        request=request if is_first else {**request, "scopes": scope.split()},
        response={"claimsOverrideDetails" if is_first else "claimsAndScopeOverrideDetails": None},
        version=version[1],
    )
    if response is None:
        return {}
    if is_first:
        details = _member(step, response, "claimsOverrideDetails")
        return {"id": _override(step, details)}
    details = _member(step, response, "claimsAndScopeOverrideDetails")
    access = _member(step, details, "accessTokenGeneration")
    triggers.check_response(step, access, scopesToAdd=list, scopesToSuppress=list)
    kept = set(scope.split()) - set(access.get("scopesToSuppress") or ())
    added = [each for each in access.get("scopesToAdd") or () if each not in kept]
    scopes = [each for each in scope.split() if each in kept] + added
    return {
        "id": _override(step, _member(step, details, "idTokenGeneration")),
        "access": _override(step, access)._replace(scope=" ".join(scopes)),
    }


def _member(step: Step, outer: Mapping[str, Any], name: str) -> dict[str, Any]:
    triggers.check_response(step, outer, **{name: dict})
    return outer.get(name) or {}


def _override(step: Step, details: Mapping[str, Any]) -> Override:
    triggers.check_response(step, details, claimsToAddOrOverride=dict, claimsToSuppress=list)
    add = details.get("claimsToAddOrOverride") or {}
    suppress = details.get("claimsToSuppress") or []
    return Override(
        {name: value for name, value in add.items() if name not in _PROTECTED},
        frozenset(suppress) - _PROTECTED,
    )
