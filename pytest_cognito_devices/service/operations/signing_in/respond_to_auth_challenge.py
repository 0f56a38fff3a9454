"""Responding to a challenge, by users and administrators."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, SignIn, Stranger
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_CLIENT_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
    check_state,
)
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest
from pytest_cognito_devices.service.operations.signing_in.challenge_responses import (
    RESPONSE_TEXTS,
    RESPONSES,
)
from pytest_cognito_devices.service.operations.signing_in.next_challenge import (
    note_device,
    take_device,
)

_RESPOND_TEXTS = (
    *RESPONSE_TEXTS,
    texts.SESSION_INVALID,
    texts.SESSION_EXPIRED,
    texts.SESSION_USED,
    texts.DEVICE_NEEDS_FIRST_FACTOR,
    texts.PARAMETER_MISSING,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
)

# The challenges whose responses may only choose how to prove something.
_UNPROVED = ("PASSWORD_SRP", "SELECT_CHALLENGE")


@operation("RespondToAuthChallenge", *_RESPOND_TEXTS)
def respond_to_auth_challenge(request: Request) -> dict[str, Any]:
    """Take the response to a challenge; give tokens, or another challenge."""
    return _respond(request)


@operation("AdminRespondToAuthChallenge", *_RESPOND_TEXTS, texts.POOL_NOT_FOUND)
def admin_respond_to_auth_challenge(request: Request) -> dict[str, Any]:
    """Take the response to a challenge; give tokens, or another challenge."""
    return _respond(request)


def _respond(request: Request) -> dict[str, Any]:
    auth = AuthRequest.of(request, "ChallengeResponses")
    name = auth.need("USERNAME")
    user = auth.pool.user_named(name)
    stranger = Stranger(auth.client, auth.pool.flattened(name)).username
    names = (name, stranger) if user is None else (name, user.username, user.sub)
    check_secret_hash(request, auth.client, auth.given.get("SECRET_HASH"), *names)
    return _take(auth, request.params["ChallengeName"])


def _take(auth: AuthRequest, name: str) -> dict[str, Any]:
    """Take the response to a challenge.

    Only a right one uses up the challenge: a wrong code, a stale device key and a trigger that
    fails afterwards leave it open. The session of a custom challenge is used up by any answer,
    also if a trigger fails (amazon-cognito-passwordless-email-auth#17).
    """
    taken = RESPONSES.get(name)
    if taken is None:
        raise auth.error(texts.SESSION_INVALID)
    for parameter in ("USERNAME", *taken.needs):
        auth.need(parameter)
    challenge = _find(auth, name)
    sign_in = challenge.sign_in
    taken.check(auth, challenge)
    if sign_in.user is not None:
        check_state(auth.request, sign_in.user)
    if name in _UNPROVED and "PASSWORD" not in auth.given:
        # Nothing is proved yet, so nothing is told of devices.
        note_device(auth, sign_in)
    else:
        take_device(auth, sign_in)
    if name == "CUSTOM_CHALLENGE":
        challenge.is_answered = True
    else:
        auth.request.change(challenge, is_answered=True)
    if not _is_own_name(sign_in, auth.given["USERNAME"]):
        auth.request.change(sign_in, used_alias=True)
    return taken.accept(auth, challenge)


def _find(auth: AuthRequest, name: str) -> Challenge:
    """The challenge that is being answered."""
    session = auth.request.params.get("Session")
    challenge = _without_session(auth, name) if session is None else _of_session(auth, session)
    sign_in = challenge.sign_in
    if (challenge.name, sign_in.client) != (name, auth.client) or not _is_about(auth, sign_in):
        raise auth.error(texts.SESSION_INVALID)
    if challenge.is_answered:
        raise auth.error(texts.SESSION_USED)
    if challenge.is_expired:
        raise auth.error(texts.SESSION_EXPIRED)
    return challenge


def _is_about(auth: AuthRequest, sign_in: SignIn) -> bool:
    """Whether an answer names the user of the sign-in."""
    name = auth.given["USERNAME"]
    if sign_in.user is None:
        return auth.pool.flattened(name) in (sign_in.name, sign_in.username)
    return auth.pool.user_named(name) is sign_in.user


def _of_session(auth: AuthRequest, session: str) -> Challenge:
    challenge = auth.request.account.challenges.by_session(session)
    if challenge is None:
        raise auth.error(texts.SESSION_INVALID)
    return challenge


def _without_session(auth: AuthRequest, name: str) -> Challenge:
    """Proofs by SRP are found without a session: many clients send none."""
    challenges = auth.request.account.challenges
    if name == "DEVICE_SRP_AUTH":
        user = auth.pool.user_named(auth.given["USERNAME"])
        key = auth.given["DEVICE_KEY"]
        waiting = None if user is None else challenges.awaiting_device(auth.client, user, key)
        if waiting is None:
            raise auth.error(texts.DEVICE_NEEDS_FIRST_FACTOR)
        return waiting
    if "PASSWORD_CLAIM_SECRET_BLOCK" not in RESPONSES[name].needs:
        raise auth.error(texts.PARAMETER_MISSING, parameter="Session")
    found = challenges.by_secret_block(auth.given["PASSWORD_CLAIM_SECRET_BLOCK"])
    if found is None or not found.is_open:
        raise auth.error(texts.INCORRECT)
    return found


def _is_own_name(sign_in: SignIn, name: str) -> bool:
    """Whether a name is the user's real one, and no alias."""
    user = sign_in.user
    real = sign_in.client.pool.flattened(name) == sign_in.username
    return real or (user is not None and user.sub == name)
