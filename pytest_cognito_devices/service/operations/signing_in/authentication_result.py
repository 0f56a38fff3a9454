"""`AuthenticationResult`: the tokens that end a sign-in, or come for a refresh token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices.service import clock, texts, tokens
from pytest_cognito_devices.service.model import groups
from pytest_cognito_devices.service.model.users.sessions import USER_ADMIN_SCOPE, Session
from pytest_cognito_devices.service.model.users.sign_ins import SignIn
from pytest_cognito_devices.service.model.users.tokens import Override, Tokens
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest

# Developer guide, pre token generation, claims and scopes reference: no trigger changes these.
_PROTECTED = frozenset(
    {
        "acr",
        "amr",
        "at_hash",
        "aud",
        "auth_time",
        "azp",
        "client_id",
        "device_key",
        "event_id",
        "exp",
        "iat",
        "identities",
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
_GROUPS, _ROLES = "cognito:groups", "cognito:roles"
_PREFERRED_ROLE = "cognito:preferred_role"

_Overrides = Mapping[tokens.TokenUse, Override]


def of_sign_in(auth: AuthRequest, finished: SignIn) -> dict[str, Any]:
    """The answer that ends a sign-in: tokens, and a key for a device that has none."""
    user = finished.user
    assert user is not None, "nobody proves to be somebody who does not exist"
    tracks = auth.pool.device_tracking != "off"
    device = user.confirmed_devices.get(finished.device_key or "") if tracks else None
    triggers.invoke(
        auth.caller,
        "PostAuthentication",
        user,
        user.username,
        source="PostAuthentication_Authentication",
        request={
            "newDeviceUsed": tracks and device is None,
            **auth.caller.client_metadata,
        },
        response={},
    )
    overrides = _pre_token_generation(auth, user, _source(finished), USER_ADMIN_SCOPE)
    # AWS's staff says that CUSTOM_AUTH gives out no key unless a password is proved
    # (amplify-js#14909); amplify-flutter#3541 and #3652 have got keys without.
    gives_out_key = (
        finished.flow != "CUSTOM_AUTH"
        or "password" in finished.proofs
        or auth.pool.custom_auth_gives_device_key
    )
    session = Session.open(
        user,
        auth.client,
        moment=clock.now(),
        device=device,
        gives_out_key=gives_out_key,
        ties_key=not (finished.used_alias and auth.pool.alias_loses_device),
        ip=auth.ip,
    )
    issued = Tokens(session, issued_at=session.auth_time, overrides=overrides)
    metadata = {}
    if device is None and session.device_key is not None:
        metadata["NewDeviceMetadata"] = {
            "DeviceKey": session.device_key,
            "DeviceGroupKey": auth.pool.device_group_key,
        }
    return _answer(issued, {**metadata, "RefreshToken": issued.refresh_token})


def of_refresh(auth: AuthRequest, spent: Tokens) -> dict[str, Any]:
    """The answer to a refresh token; with a new one, if those of the client rotate."""
    session, grace = spent.session, auth.client.refresh_token_rotation
    source = "TokenGeneration_RefreshTokens"
    overrides = _pre_token_generation(auth, session.user, source, session.scope)
    issued = Tokens(session, issued_at=clock.now(), overrides=overrides)
    session.used(auth.ip)
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


def _pre_token_generation(auth: AuthRequest, user: User, source: str, scope: str) -> _Overrides:
    """What the trigger changes in the tokens; its version decides which members count."""
    told = groups.claims(user.groups)
    version = auth.pool.triggers.pre_token_generation_version
    is_first = version == "V1_0"
    name = "claimsOverrideDetails" if is_first else "claimsAndScopeOverrideDetails"
    response = triggers.invoke(
        auth.caller,
        "PreTokenGeneration",
        user,
        user.username,
        source=source,
        request={
            "groupConfiguration": {
                "groupsToOverride": told.get(_GROUPS, []),
                "iamRolesToOverride": told.get(_ROLES, []),
                "preferredRole": told.get(_PREFERRED_ROLE),
            },
            **({} if is_first else {"scopes": scope.split()}),
            **auth.caller.client_metadata,
        },
        response={name: None},
        version=version[1],
    )
    if response is None:
        return {}
    details = _member(auth, response, name)
    in_id = _group_claims(auth, details)
    in_access = None if in_id is None else {_GROUPS: in_id[_GROUPS]}
    if is_first:
        # Strings alone, and nothing but the groups in the access token.
        added = triggers.string_map(auth.request, details, "claimsToAddOrOverride")
        return {
            "id": _override(auth, details, added, in_id),
            "access": _override(auth, {}, {}, in_access),
        }
    id_, access = (_member(auth, details, f"{use}TokenGeneration") for use in ("id", "access"))
    added = _member(auth, access, "claimsToAddOrOverride")
    override = _override(auth, access, added, in_access)
    if added.get("aud") == auth.client.id:
        override = override._replace(add={"aud": auth.client.id, **override.add})
    return {
        "id": _override(auth, id_, _member(auth, id_, "claimsToAddOrOverride"), in_id),
        "access": override._replace(scope=_scope(auth, access, scope)),
    }


def _member(auth: AuthRequest, outer: Mapping[str, Any], name: str) -> dict[str, Any]:
    triggers.check_response(auth.request, outer, **{name: dict})
    return outer.get(name) or {}


def _group_claims(auth: AuthRequest, details: Mapping[str, Any]) -> dict[str, Any] | None:
    """The claims about groups that the trigger puts in place of the user's; None for the user's.

    An empty object leaves none (developer guide, pre token generation, `groupOverrideDetails`).
    """
    given = _member(auth, details, "groupOverrideDetails")
    triggers.check_response(auth.request, given, preferredRole=str)
    claims = {
        _GROUPS: triggers.strings(auth.request, given, "groupsToOverride"),
        _PREFERRED_ROLE: given.get("preferredRole"),
        _ROLES: triggers.strings(auth.request, given, "iamRolesToOverride"),
    }
    return claims if "groupOverrideDetails" in details else None


def _override(
    auth: AuthRequest,
    details: Mapping[str, Any],
    added: Mapping[str, Any],
    about_groups: Mapping[str, Any] | None,
) -> Override:
    """What the trigger changes in one token; what it both adds and suppresses is suppressed."""
    suppressed = triggers.strings(auth.request, details, "claimsToSuppress")
    claims = {
        name: value
        for name, value in added.items()
        if not (name in suppressed or _is_fixed(name) or name.startswith("dev:"))
    }
    gone = {name for name in suppressed if not _is_fixed(name)}
    if _GROUPS in suppressed:
        gone |= {_GROUPS, _ROLES, _PREFERRED_ROLE}
    elif about_groups is not None:
        gone |= about_groups.keys()
        claims |= {name: value for name, value in about_groups.items() if value}
    return Override(claims, frozenset(gone))


def _is_fixed(claim: str) -> bool:
    return claim in _PROTECTED or claim.startswith("cognito:")


def _scope(auth: AuthRequest, details: Mapping[str, Any], scope: str) -> str:
    added = triggers.strings(auth.request, details, "scopesToAdd")
    suppressed = triggers.strings(auth.request, details, "scopesToSuppress")
    if any(each.split() != [each] for each in added):
        raise auth.error(texts.TRIGGER_GAVE_NONSENSE)
    scopes = dict.fromkeys([*scope.split(), *added])
    return " ".join([each for each in scopes if each not in suppressed])
