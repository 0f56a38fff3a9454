"""What a refused call is about: whose token, which pool, which user, which challenge."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.sign_ins import Challenge
from pytest_cognito_devices.service.model.users.tokens import Tokens
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.testing.calls import Call


def sent(call: Call) -> dict[str, Any]:
    """The `AuthParameters` or `ChallengeResponses` of a call; empty ones count as absent."""
    params = call.params
    given = params.get("AuthParameters") or params.get("ChallengeResponses") or {}
    return {name: value for name, value in given.items() if value}


def tokens_of(account: Account, token: str) -> Tokens | None:
    """What a token came with; None if the fake has not issued it."""
    return account.issued.get(token, (None, None))[0]


def challenge_of(account: Account, call: Call) -> Challenge | None:
    """The challenge that a call names, by its session or by its secret block."""
    session = call.params.get("Session")
    if session is not None:
        return account.challenges.by_session(session)
    return account.challenges.by_secret_block(sent(call).get("PASSWORD_CLAIM_SECRET_BLOCK", ""))


def pool_of(account: Account, call: Call) -> UserPool | None:
    """The pool that a call names, or whose app client it names."""
    if "UserPoolId" in call.params:
        # Another thread may have deleted it since the call.
        return account.pools.get(call.params["UserPoolId"])
    client = account.client_in(call.region, call.params.get("ClientId", ""))
    return client.pool if client else None


def name_of(account: Account, call: Call) -> str | None:
    """The name by which a call, or the first one of its sign-in, names a user."""
    challenge = challenge_of(account, call)
    if challenge is not None:
        return challenge.sign_in.name
    name: str | None = call.params.get("Username") or sent(call).get("USERNAME")
    return name


def user_of(account: Account, call: Call) -> User | None:
    """Whom a call is about."""
    if "AccessToken" in call.params:
        tokens = tokens_of(account, call.params["AccessToken"])
        return tokens.user if tokens else None
    pool, name = pool_of(account, call), name_of(account, call)
    return pool.user_named(name) if pool and name else None


def named(user: User, other: User) -> str:
    """A user, with what tells a namesake of the other one's from the other."""
    if not user.exists:
        return f"{user.username!r}, who has been deleted"
    pool = "" if user.pool is other.pool else f" in {user.pool.id}"
    return f"{user.username!r}{pool}"


def shown_time(moment: float) -> str:
    """A moment to the second, in UTC."""
    return f"{clock.to_datetime(moment):%Y-%m-%d %H:%M:%S}"
