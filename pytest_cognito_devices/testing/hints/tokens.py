"""Hints at tokens, and at sessions that stand for challenges."""

from __future__ import annotations

from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.users.sign_ins import Challenge
from pytest_cognito_devices.service.model.users.tokens import Tokens
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.display import show_text
from pytest_cognito_devices.testing.hints.about import challenge_of, sent, shown_time, tokens_of

_NOT_OURS = "this fake has not issued the {}; another one may have, or another test"
_USES = {"access": "an access", "id": "an ID", "refresh": "a refresh"}


def foreign_token(account: Account, call: Call) -> str:
    """An access token of another fake, pool or region, or one that a test has forged."""
    token = call.params["AccessToken"]
    if token in account.forged:
        return "a test made the token with forged=True"
    tokens = tokens_of(account, token)
    if tokens is None:
        return _NOT_OURS.format("token")
    pool = tokens.user.pool
    if not pool.exists:
        return f"the token is of {pool.id}, which has been deleted"
    return f"the token is of {pool.id}, and the call came from a client for {call.region}"


def expired_token(account: Account, call: Call) -> str | None:
    """An access token that the clock has left behind."""
    tokens = tokens_of(account, call.params["AccessToken"])
    if tokens is None:
        return None
    issued, expired, now = map(
        shown_time, (tokens.issued_at, tokens.access_token_expires, call.moment)
    )
    return f"it was issued at {issued}, good until {expired}, and sent at {now} (UTC)"


def other_token(account: Account, call: Call) -> str:
    """Something else in the place of an access token."""
    token = call.params["AccessToken"]
    if token in account.issued:
        return f"it is {_USES[account.issued[token][1]]} token"
    challenge = account.challenges.by_session(token)
    if challenge is not None:
        return f"it is the Session of {challenge.name}"
    return "access tokens are JSON Web Tokens, and this is none"


def refresh_token(account: Account, call: Call) -> str | None:
    """A refresh token that is none, of somebody else, or of another device."""
    params = call.params
    token = params.get("RefreshToken") or sent(call).get("REFRESH_TOKEN", "")
    if token not in account.issued:
        return _NOT_OURS.format("token")
    tokens, use = account.issued[token]
    if use != "refresh":
        return f"it is {_USES[use]} token"
    if not tokens.user.exists:
        return "the user is deleted"
    other_client = _other_client("token", tokens.client, call)
    if other_client is not None:
        return other_client
    return _of_device(tokens, params.get("DeviceKey") or sent(call).get("DEVICE_KEY"))


def _of_device(tokens: Tokens, given: str | None) -> str:
    own = tokens.session.device_key
    if own is None:
        return "the pool tracks devices, and the sign-in was without one"
    if own in tokens.user.new_devices:
        return f"ConfirmDevice has not been called for {own}, the device of the sign-in"
    if tokens.session.is_key_spoiled:
        return (
            f"the sign-in gave out {own}, which cannot be confirmed: a challenge was answered"
            " under an alias"
        )
    if tokens.user.confirmed_devices.get(own) is None:
        return f"{own}, the device of the sign-in, is forgotten"
    came = show_text(given or "none")
    return f"the token is good with {own}, the device of its sign-in; {came} was sent"


def session(account: Account, call: Call) -> str | None:
    """A session of another fake, or of another challenge than the one that is answered."""
    challenge = challenge_of(account, call)
    if challenge is None:
        return _NOT_OURS.format("Session") if "Session" in call.params else None
    what = "Session" if "Session" in call.params else "SECRET_BLOCK"
    answered = call.params.get("ChallengeName", "MFA_SETUP")
    if challenge.name != answered:
        return f"the {what} is of {challenge.name}, and {answered} was answered"
    client = challenge.sign_in.client
    if not client.pool.serves(call.region):
        return (
            f"the {what} is of {client.pool.id}, and the call came from a client for {call.region}"
        )
    return _other_client(what, client, call) or _of_user(challenge, call)


def _other_client(what: str, client: AppClient, call: Call) -> str | None:
    """The app client that something is of, if it is not the one that a call names."""
    if client.pool.clients.get(client.id) is not client:
        return f"the {what} is of the app client {client.id}, which has been deleted"
    if client.id != call.params.get("ClientId", client.id):
        return f"the {what} is of the app client {client.id}"
    return None


def _of_user(challenge: Challenge, call: Call) -> str | None:
    user, given = challenge.sign_in.user, sent(call)
    if user is None:
        return None
    if not user.exists:
        return "the user is deleted"
    named = user.pool.user_named(given["USERNAME"]) if "USERNAME" in given else user
    if named is not user:
        who = "somebody else" if named else "nobody"
        return f"the sign-in is of {user.username!r}, but USERNAME names {who}"
    if call.operation == "VerifySoftwareToken":
        return "AssociateSoftwareToken has given out the secret in another sign-in"
    own, key = challenge.sign_in.device_key, given.get("DEVICE_KEY", "")
    is_another = key and key != own
    return (
        f"the device of the sign-in is {own}, and {show_text(key)} was sent"
        if is_another
        else None
    )
