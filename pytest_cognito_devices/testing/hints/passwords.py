"""Hints at passwords, and at proofs of passwords and devices by SRP.

What a client has made its proof of, nobody can find out: the key that signs it hangs on the
client's private number unless the proof is of the very secret that the service has.
"""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, Exchange, is_timestamp
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.hints.about import challenge_of, sent, shown_time, user_of
from pytest_cognito_devices.testing.hints.pools import no_user

_PROOFS = ("PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER")
_OTHER_CHALLENGES = ("PASSWORD", "SELECT_CHALLENGE")


def incorrect(account: Account, call: Call) -> str | None:
    """What `Incorrect username or password.` is about: which of them, if a trigger is not."""
    if call.params.get("ChallengeName") in _PROOFS:
        return _proof(account, call)
    user = user_of(account, call)
    if user is None:
        return no_user(account, call)
    given = _password(call)
    return (
        None if given in (None, user.password) else f"the password of {user.username!r} is another"
    )


def _password(call: Call) -> str | None:
    """The password that a call brings, if it counts."""
    params = call.params
    if "PreviousPassword" in params:
        return str(params["PreviousPassword"])
    counts = params.get("AuthFlow") != "CUSTOM_AUTH"
    if "ChallengeName" in params:
        counts = params["ChallengeName"] in _OTHER_CHALLENGES
    return sent(call).get("PASSWORD") if counts else None


def _proof(account: Account, call: Call) -> str | None:
    challenge = challenge_of(account, call)
    if challenge is None:
        return "this fake has served no challenge with the SECRET_BLOCK that was sent"
    if challenge.is_answered:
        return "the challenge has been answered before"
    if challenge.is_expired:
        return f"the challenge was open until {shown_time(challenge.expires)} (UTC)"
    user, exchange = challenge.sign_in.user, challenge.exchange
    if user is None or exchange is None:
        return no_user(account, call)
    if challenge.secret not in (None, user.secret):
        return f"the password of {user.username!r} was set again after the challenge"
    return _claim(challenge, exchange, user, sent(call))


def _claim(
    challenge: Challenge, exchange: Exchange, user: User, given: Mapping[str, str]
) -> str | None:
    block, timestamp = given["PASSWORD_CLAIM_SECRET_BLOCK"], given["TIMESTAMP"]
    if block != exchange.secret_block:
        return "PASSWORD_CLAIM_SECRET_BLOCK is not the SECRET_BLOCK of the challenge"
    if not is_timestamp(timestamp):
        return (
            "a TIMESTAMP is such as 'Thu May 7 00:09:40 UTC 2026': in English, of the right day of"
            " the week, and without a zero before the day of the month"
        )
    if exchange.is_proved_by(block, timestamp, given["PASSWORD_CLAIM_SIGNATURE"]):
        return None  # a trigger has refused it
    if challenge.name == "DEVICE_PASSWORD_VERIFIER":
        return _device_parts(challenge, user)
    return _made_of(
        f"{user.pool.id.partition('_')[2]!r} (the id of the pool behind its _), {user.username!r}"
        " (USER_ID_FOR_SRP) and the password of the user"
    )


def _device_parts(challenge: Challenge, user: User) -> str:
    key = challenge.sign_in.device_key or ""
    device = user.confirmed_devices.get(key)
    if device is not None and not device.has_password:
        return (
            f"ConfirmDevice brought no DeviceSecretVerifierConfig for {key}, so no password fits"
        )
    return _made_of(
        f"{user.pool.device_group_key!r} (DeviceGroupKey), {key} (DEVICE_KEY) and the password of"
        " the device"
    )


def _made_of(parts: str) -> str:
    return f"the proof has to be made of {parts}; SRP does not tell what was wrong"
