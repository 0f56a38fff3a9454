"""Where a user is signed in: the sessions that a pool tracks, listed and revoked.

The documentation of the service model is the source; what it leaves open is assumed.
"""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.users.sessions import Session
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    session_of_access_token,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS
from pytest_cognito_devices.service.operations.registry import Request, operation

_REVOCATION_TEXTS = (texts.SESSION_TRACKING_OFF, texts.USER_SESSION_NOT_FOUND)


@operation("ListUserSessions", *ACCESS_TOKEN_TEXTS, texts.SESSION_TRACKING_OFF, *PAGE_TEXTS)
def list_user_sessions(request: Request) -> dict[str, Any]:
    """List the active sessions of the user, through every app client, and which is the caller's.

    The order is that of the sign-ins, which is assumed.
    """
    return _listed(request, user_of_access_token(request), session_of_access_token(request))


@operation("AdminListUserSessions", *NAMED_USER_TEXTS, texts.SESSION_TRACKING_OFF, *PAGE_TEXTS)
def admin_list_user_sessions(request: Request) -> dict[str, Any]:
    """List the active sessions of a user."""
    return _listed(request, named_user(request), None)


@operation(
    "RevokeUserSession", *ACCESS_TOKEN_TEXTS, *_REVOCATION_TEXTS, texts.USER_SESSION_IS_CURRENT
)
def revoke_user_session(request: Request) -> dict[str, Any]:
    """End another session of the caller.

    Only sessions of managed login have linked ones, so `RevokeAssociatedSessions` makes no
    difference here.
    """
    session = _named_session(request, user_of_access_token(request))
    if session is session_of_access_token(request):
        raise request.error(texts.USER_SESSION_IS_CURRENT)
    session.revoke()
    return {}


@operation("AdminRevokeUserSession", *NAMED_USER_TEXTS, *_REVOCATION_TEXTS)
def admin_revoke_user_session(request: Request) -> dict[str, Any]:
    """End any session of a user."""
    _named_session(request, named_user(request)).revoke()
    return {}


def _listed(request: Request, user: User, current: Session | None) -> dict[str, Any]:
    """All of them in a page: so there is no `NextToken` that anybody could have."""
    _require_tracking(request, user)
    if "NextToken" in request.params:
        raise request.error(texts.PAGE_TOKEN_INVALID)
    return {"Sessions": [_session_type(session, current) for session in user.sessions]}


def _named_session(request: Request, user: User) -> Session:
    _require_tracking(request, user)
    wanted = request.params["SessionId"]
    found = next((session for session in user.sessions if session.id == wanted), None)
    if found is None:
        raise request.error(texts.USER_SESSION_NOT_FOUND)
    return found


def _require_tracking(request: Request, user: User) -> None:
    if not user.pool.user_session_tracking:
        raise request.error(texts.SESSION_TRACKING_OFF)


def _session_type(session: Session, current: Session | None) -> dict[str, Any]:
    """`SessionType`; of a local address nobody can tell where it is, so there is no city."""
    return {
        "SessionId": session.id,
        "SessionType": "TOKEN",
        "ClientId": session.client.id,
        "CreateDate": clock.in_milliseconds(session.auth_time),
        "LastActiveDate": clock.in_milliseconds(session.active_at),
        "DeviceType": session.device_type,
        "LastIPAddress": session.ip,
        "LastLocation": {"Country": "unknown"},
        "IsCurrentSession": session is current,
    }
