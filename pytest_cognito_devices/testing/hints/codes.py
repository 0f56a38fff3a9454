"""Hints at codes: those that were sent, and those of authenticators. None shows a code."""

from __future__ import annotations

from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.factors import Purpose, SoftwareToken
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.code_delivery import address_for
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.hints.about import (
    challenge_of,
    named,
    sent,
    shown_time,
    user_of,
)
from pytest_cognito_devices.testing.hints.pools import no_user

_PURPOSES: dict[str, Purpose] = {
    "ConfirmSignUp": "sign_up",
    "ConfirmForgotPassword": "forgot_password",
}
# What takes the codes of a purpose, and what sends another one.
_TAKEN_BY: dict[str, str] = {
    "sign_up": "ConfirmSignUp",
    "forgot_password": "ConfirmForgotPassword",
    "email": "VerifyUserAttribute of email",
    "phone_number": "VerifyUserAttribute of phone_number",
}
_SENT_BY: dict[Purpose, str] = {
    "sign_up": "ResendConfirmationCode",
    "forgot_password": "ForgotPassword",
    "email": "GetUserAttributeVerificationCode",
    "phone_number": "GetUserAttributeVerificationCode",
}


def sent_code(account: Account, call: Call) -> str | None:
    """A code that a call has to bring, and does not, or too late."""
    user, params = user_of(account, call), call.params
    if user is None:
        return no_user(account, call)
    if not user.enabled:
        return f"{user.username!r} is disabled"
    purpose: Purpose = _PURPOSES.get(call.operation) or params["AttributeName"]
    given = params.get("ConfirmationCode") or params["Code"]
    awaited = user.inbox.awaited.get(purpose)
    if awaited is None:
        return _not_awaited(user, purpose, given)
    if call.moment >= awaited.expires:
        expired, now = shown_time(awaited.expires), shown_time(call.moment)
        return f"the last code was good until {expired}, and the call came at {now} (UTC)"
    if user.inbox.sent.get(given) == purpose:
        return f"a newer code was sent to {user.username!r} since"
    return _other(account, user, given)


def _not_awaited(user: User, purpose: Purpose, given: str) -> str:
    sender = _SENT_BY[purpose]
    if user.inbox.sent.get(given) != purpose:
        awaits = f"{user.username!r} awaits no code for {_TAKEN_BY[purpose]}"
        has_one = address_for(user, purpose) is not None
        return (
            f"{awaits}; {sender} sends one" if has_one else f"{awaits}, and has no address for one"
        )
    changed = ", or the address was changed" if sender.startswith("Get") else ""
    return f"the code, or a newer one, was used{changed}; {sender} sends another"


def _other(account: Account, user: User, given: str) -> str:
    what = user.inbox.sent.get(given)
    if what is not None:
        return f"the code was sent for {_TAKEN_BY.get(what, what)}"
    # Users who got nothing have no inbox yet, and need not get one.
    everybody = (each for pool in account.pools.values() for each in pool.users)
    addressed = (each for each in everybody if "inbox" in vars(each))
    owner = next((each for each in addressed if given in each.inbox.sent), None)
    if owner is not None:
        return f"the code was sent to {named(owner, user)}"
    return f"no such code was sent to {user.username!r}"


def factor_code(account: Account, call: Call) -> str | None:
    """A code for a challenge that is not the one that was sent for it."""
    challenge = challenge_of(account, call)
    user = challenge.sign_in.user if challenge else None
    if challenge is None or user is None or challenge.code is None:
        return None
    given = sent(call)[f"{challenge.name}_CODE"]
    codes = user.inbox.sent
    if codes.get(given) != challenge.name:
        return _other(account, user, given)
    order = [*codes]
    is_older = order.index(given) < order.index(challenge.code)
    age = "an earlier" if is_older else "a later"
    return f"the code was sent for {age} {challenge.name} of {user.username!r}"


def authenticator_code(account: Account, call: Call) -> str | None:
    """A code of an authenticator at a sign-in."""
    challenge = challenge_of(account, call)
    user = challenge.sign_in.user if challenge else None
    given = sent(call).get("SOFTWARE_TOKEN_MFA_CODE", "")
    return _authenticator(user, user.software_token, given, call) if user else None


def set_up_code(account: Account, call: Call) -> str | None:
    """A code with which an authenticator is to be verified."""
    challenge = challenge_of(account, call)
    user = challenge.sign_in.user if challenge else user_of(account, call)
    if user is None:
        return None
    token = user.new_software_token or user.software_token
    if not token.verified and token is not user.new_software_token:
        return f"AssociateSoftwareToken has not been called for {user.username!r}"
    return _authenticator(user, token, call.params["UserCode"], call)


def _authenticator(user: User, token: SoftwareToken, given: str, call: Call) -> str:
    """What is wrong with a code that was to be the one of a secret."""
    step = token.step_of(given)
    if step is not None and token.is_used(step):
        again = shown_time(token.good_from)
        return f"a code is good once: the next one begins at {again} (UTC)"
    shown = token.moment_of(given)
    if shown is not None:
        then, now = shown_time(shown), shown_time(call.moment)
        return f"the code is the one of {then}, and the call came at {now} (UTC)"
    for other in (user.software_token, user.new_software_token):
        if other not in (None, token) and other.step_of(given) is not None:
            which = "verified" if other.verified else "not verified yet"
            return f"the code is of the other secret of {user.username!r}, which is {which}"
    return f"the authenticator of {user.username!r} shows another code"
