"""Hints at where users are signed in."""

from __future__ import annotations

from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.sessions import Session
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.hints.about import (
    named,
    pool_of,
    sent,
    shown_time,
    tokens_of,
    user_of,
)


def revoked(account: Account, call: Call) -> str | None:
    """A token of a session that a later sign-in has ended."""
    params = call.params
    token = (
        params.get("AccessToken")
        or params.get("RefreshToken")
        or sent(call).get("REFRESH_TOKEN", "")
    )
    tokens = tokens_of(account, token)
    return _eviction(tokens.session) if tokens else None


def no_session(account: Account, call: Call) -> str | None:
    """A session that is over, or somebody else's."""
    user, wanted = user_of(account, call), call.params["SessionId"]
    if user is None:
        return None
    for tokens, _ in account.issued.values():
        session = tokens.session
        if session.id != wanted:
            continue
        if session.user is not user:
            return f"it is a session of {named(session.user, user)}"
        if session.revoked:
            return _eviction(session) or "the session has been revoked"
        if not session.is_tracked:
            return f"{user.pool.id} did not track sessions when the user signed in"
        return f"the session expired at {shown_time(session.refresh_token_expires)} (UTC)"
    return None


def tracking(account: Account, call: Call) -> str | None:
    """A pool that tracks no sessions."""
    user = user_of(account, call)
    pool = pool_of(account, call) if user is None else user.pool
    return f"{pool.id} has user_session_tracking=False" if pool else None


def _eviction(session: Session) -> str | None:
    most = session.evicted_beyond
    evicted = f"the session was evicted: max_sessions_per_user is {most}"
    return None if most is None else evicted
