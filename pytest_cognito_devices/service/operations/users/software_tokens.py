"""Setting up an authenticator, by a signed-in user or in the middle of a sign-in."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.factors import SoftwareToken
from pytest_cognito_devices.service.model.users.sign_ins import Challenge
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.registry import Request, operation

_CALLER_TEXTS = (
    *ACCESS_TOKEN_TEXTS,
    texts.SESSION_INVALID,
    texts.SESSION_EXPIRED,
    texts.SESSION_USED,
    texts.SOFTWARE_TOKEN_NOT_ENABLED,
    texts.TOKEN_OR_SESSION,
)


def _caller(request: Request) -> tuple[User, Challenge | None]:
    """Who sets up an authenticator, and the `MFA_SETUP` that made it necessary, if one did."""
    session = request.params.get("Session")
    if ("AccessToken" in request.params) == (session is not None):
        raise request.error(texts.TOKEN_OR_SESSION)
    if session is None:
        user, challenge = user_of_access_token(request), None
    else:
        user, challenge = _of_session(request, session)
    pool = user.pool
    if pool.mfa_configuration == "OFF" or "SOFTWARE_TOKEN_MFA" not in pool.mfa_factors:
        raise request.error(texts.SOFTWARE_TOKEN_NOT_ENABLED)
    return user, challenge


def _of_session(request: Request, session: str) -> tuple[User, Challenge]:
    challenge = request.account.challenges.by_session(session)
    if (
        challenge is None
        or challenge.name != "MFA_SETUP"
        or not challenge.sign_in.client.pool.is_in(request.region)
    ):
        raise request.error(texts.SESSION_INVALID)
    if challenge.is_answered:
        raise request.error(texts.SESSION_USED)
    if challenge.is_expired:
        raise request.error(texts.SESSION_EXPIRED)
    user = challenge.sign_in.user
    assert user is not None, "strangers get no such challenge"
    if not user.exists:
        raise request.error(texts.SESSION_INVALID)
    if not user.enabled:
        raise request.error(texts.USER_DISABLED)
    return user, challenge


def _next_session(
    request: Request, challenge: Challenge | None, *, is_set_up: bool
) -> dict[str, str]:
    """The session that takes the place of the one that a call brought."""
    if challenge is None:
        return {}
    challenge.is_answered = True
    following = Challenge(challenge.name, challenge.sign_in)
    following.is_set_up = is_set_up
    request.account.challenges.add(following)
    return {"Session": following.session}


@operation("AssociateSoftwareToken", *_CALLER_TEXTS)
def associate_software_token(request: Request) -> dict[str, Any]:
    """Give out a new secret; the one before stays in force until the new one is verified."""
    user, challenge = _caller(request)
    user.new_software_token = SoftwareToken(verified=False)
    user.new_software_token.sign_in = challenge and challenge.sign_in
    return {"SecretCode": user.totp_secret, **_next_session(request, challenge, is_set_up=False)}


@operation("VerifySoftwareToken", *_CALLER_TEXTS, texts.SOFTWARE_TOKEN_SET_UP_FAILED)
def verify_software_token(request: Request) -> dict[str, Any]:
    """Verify the last secret that was given out, by a code that is good once.

    On the way through a sign-in this registers the factor, whatever comes of the sign-in: so AWS's
    own samples have it. The secret has to be of the same sign-in (amplify-js#6461).
    """
    user, challenge = _caller(request)
    token = user.new_software_token or user.software_token
    if challenge is not None and token.sign_in not in {None, challenge.sign_in}:
        raise request.error(texts.SESSION_INVALID)
    moment = token.step_of(request.params["UserCode"])
    was_given_out = token.verified or token is user.new_software_token
    if moment is None or not was_given_out or token.is_used(moment):
        raise request.error(texts.SOFTWARE_TOKEN_SET_UP_FAILED)
    token.last_step = moment
    token.verified = True
    token.name = request.params.get("FriendlyDeviceName")
    user.software_token, user.new_software_token = token, None
    if challenge is not None:
        user.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
    user.touch()
    return {"Status": "SUCCESS", **_next_session(request, challenge, is_set_up=True)}


@operation(
    "AdminDeleteSoftwareToken",
    *NAMED_USER_TEXTS,
    texts.SOFTWARE_TOKEN_MISSING,
    texts.USER_NOT_CONFIRMED,
)
def admin_delete_software_token(request: Request) -> dict[str, Any]:
    """Delete the authenticator of a user, who can register another one.

    One that is on the way, with a secret that no code has verified yet, can be verified still.
    """
    user = named_user(request)
    if user.status == "UNCONFIRMED":
        raise request.error(texts.USER_NOT_CONFIRMED)
    if not user.software_token.verified:
        raise request.error(texts.SOFTWARE_TOKEN_MISSING)
    user.software_token = SoftwareToken(verified=False)
    user.factors.disable("SOFTWARE_TOKEN_MFA")
    user.touch()
    return {}
