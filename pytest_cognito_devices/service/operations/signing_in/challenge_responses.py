"""The responses to challenges, by `ChallengeName`: what each needs, proves and leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, Proof
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import (
    UPDATE_TEXTS,
    USER_ATTRIBUTE_TEXTS,
    check_names,
    given_attributes,
    missing_attributes,
    update_attributes,
)
from pytest_cognito_devices.service.operations.passwords import check_policy
from pytest_cognito_devices.service.operations.signing_in import custom_auth, flows
from pytest_cognito_devices.service.operations.signing_in.auth_request import (
    AuthRequest,
    check_password,
    client_public,
)
from pytest_cognito_devices.service.operations.signing_in.challenges import (
    ask,
    ask_for_device_proof,
    choices,
)
from pytest_cognito_devices.service.operations.signing_in.next_challenge import (
    continue_sign_in,
    due_factor,
    prove,
)
from pytest_cognito_devices.settings import MFA

#: What responses to challenges can be answered beside another challenge or tokens.
RESPONSE_TEXTS = (
    *flows.FLOW_TEXTS,
    texts.MFA_CODE_WRONG,
    texts.CHALLENGE_NOT_AVAILABLE,
    texts.SOFTWARE_TOKEN_CODE_WRONG,
    texts.SOFTWARE_TOKEN_CODE_USED,
    texts.SOFTWARE_TOKEN_NOT_VERIFIED,
    texts.PASSWORD_AGAINST_POLICY,
    texts.REQUIRED_ATTRIBUTE_MISSING,
    texts.ATTRIBUTE_PROVIDED,
    texts.SESSION_INVALID,
    *USER_ATTRIBUTE_TEXTS,
    *UPDATE_TEXTS,
)

_CLAIM = ("PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP")
_ATTRIBUTE = "userAttributes."
_TOKEN: MFA = "SOFTWARE_TOKEN_MFA"


class ChallengeResponse(NamedTuple):
    """How the response to a challenge is taken.

    Attributes:
        needs: the parameters beside `USERNAME`.
        check: refuses a wrong response, after which the client may respond again.
        accept: goes on after a right one.
    """

    needs: tuple[str, ...]
    check: Callable[[AuthRequest, Challenge], None]
    accept: Callable[[AuthRequest, Challenge], dict[str, Any]]


def _user(challenge: Challenge) -> User:
    assert challenge.sign_in.user is not None, "strangers get no such challenge"
    return challenge.sign_in.user


def _proved(auth: AuthRequest, challenge: Challenge, proof: Proof) -> dict[str, Any]:
    """Note what has been proved, and do what comes next in the flow."""
    sign_in = challenge.sign_in
    prove(auth, sign_in, proof)
    if sign_in.flow != "CUSTOM_AUTH" or "custom" in sign_in.proofs:
        return continue_sign_in(auth, sign_in)
    custom_auth.note(auth, sign_in, challenge.name, result=True)
    user = _user(challenge)
    factor = due_factor(sign_in, user)
    if factor is not None:
        # DefineAuthChallenge is not asked before (amplify-js#3876, #4888, #11540); that it is
        # afterwards was seen in 2020, and a report of 2019 says that there are tokens.
        return ask(auth, sign_in, user, factor)
    return custom_auth.define(auth, sign_in)


# Passwords.


def _is_proved(auth: AuthRequest, challenge: Challenge) -> bool:
    assert challenge.exchange is not None, "it asks for a proof"
    return challenge.exchange.is_proved_by(
        secret_block=auth.given["PASSWORD_CLAIM_SECRET_BLOCK"],
        timestamp=auth.given["TIMESTAMP"],
        signature=auth.given["PASSWORD_CLAIM_SIGNATURE"],
    )


def _check_password_proof(auth: AuthRequest, challenge: Challenge) -> None:
    check_password(
        auth,
        challenge.sign_in.user,
        is_right=lambda user: user.secret is challenge.secret and _is_proved(auth, challenge),
    )


def _accept_password(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return _proved(auth, challenge, "password")


def _check_password(auth: AuthRequest, challenge: Challenge) -> None:
    flows.check_given_password(auth, challenge.sign_in)


def _check_nothing(_auth: AuthRequest, _challenge: Challenge) -> None:
    """Every answer is one."""


def _check_srp(auth: AuthRequest, _challenge: Challenge) -> None:
    client_public(auth)


def _begin_srp(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return flows.choose(auth, challenge.sign_in, "PASSWORD_SRP")


def _check_choice(auth: AuthRequest, challenge: Challenge) -> None:
    sign_in, factor = challenge.sign_in, auth.given["ANSWER"]
    if factor not in flows.available_challenges(sign_in):
        raise auth.error(texts.CHALLENGE_NOT_AVAILABLE)
    flows.check_chosen(auth, sign_in, factor)


def _choose(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return flows.choose(auth, challenge.sign_in, auth.given["ANSWER"])


def _check_new_password(auth: AuthRequest, challenge: Challenge) -> None:
    check_policy(auth.request, auth.pool, auth.given["NEW_PASSWORD"])
    user, given = _user(challenge), _new_attributes(auth)
    for name in auth.pool.required_attributes:
        # One that is there can only change afterwards (API reference, RespondToAuthChallenge).
        if name in given and name in user.attributes:
            raise auth.error(texts.ATTRIBUTE_PROVIDED, attribute=name)
    for name in missing_attributes(auth.pool, {**user.attributes, **given}):
        raise auth.error(texts.REQUIRED_ATTRIBUTE_MISSING, attribute=name)
    check_names(auth.request, user, given)


def _new_attributes(auth: AuthRequest) -> dict[str, str]:
    entries = [
        {"Name": name.removeprefix(_ATTRIBUTE), "Value": value}
        for name, value in auth.given.items()
        if name.startswith(_ATTRIBUTE)
    ]
    return given_attributes(auth.request, auth.pool, entries, client=auth.client)


def _set_password(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    user = _user(challenge)
    update_attributes(auth.request, user, _new_attributes(auth))
    secret = user.secret_of(auth.given["NEW_PASSWORD"])
    auth.request.change(user, secret=secret, status="CONFIRMED")
    auth.request.change(challenge.sign_in, chose_password=True)
    return _proved(auth, challenge, "password")


# Second factors and codes.


def _check_code(parameter: str) -> Callable[[AuthRequest, Challenge], None]:
    def check(auth: AuthRequest, challenge: Challenge) -> None:
        if auth.given[parameter] != challenge.code:
            raise auth.error(texts.MFA_CODE_WRONG)

    return check


def _accept_code(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    """A second factor after a password, the first in its place."""
    sign_in = challenge.sign_in
    is_first = sign_in.flow == "USER_AUTH" and "password" not in sign_in.proofs
    return _proved(auth, challenge, "code" if is_first else "mfa")


def _accept_factor(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return _proved(auth, challenge, "mfa")


def _check_software_token(auth: AuthRequest, challenge: Challenge) -> None:
    token = _user(challenge).software_token
    moment = token.step_of(auth.given[f"{_TOKEN}_CODE"])
    if moment is None:
        raise auth.error(texts.SOFTWARE_TOKEN_CODE_WRONG)
    if token.is_used(moment):
        raise auth.error(texts.SOFTWARE_TOKEN_CODE_USED)


def _accept_software_token(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    token = _user(challenge).software_token
    moment = token.step_of(auth.given[f"{_TOKEN}_CODE"])
    assert moment is not None, "it has just been checked"
    auth.request.change(token, last_step=moment)
    return _proved(auth, challenge, "mfa")


def _chosen_factor(auth: AuthRequest) -> str:
    """The factor that a client chooses; the service model has another name for one of them."""
    chosen = auth.given["ANSWER"]
    return "EMAIL_OTP" if chosen == "EMAIL_MFA" else chosen


def _check_factor(auth: AuthRequest, challenge: Challenge) -> None:
    if _chosen_factor(auth) not in choices(_user(challenge)):
        raise auth.error(texts.CHALLENGE_NOT_AVAILABLE)


def _ask_for_factor(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return ask(auth, challenge.sign_in, _user(challenge), _chosen_factor(auth))


def _check_set_up(auth: AuthRequest, challenge: Challenge) -> None:
    if not challenge.is_set_up:
        raise auth.error(texts.SOFTWARE_TOKEN_NOT_VERIFIED)


# Devices.


def _begin_device_proof(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    device = _user(challenge).confirmed_devices.get(auth.given["DEVICE_KEY"])
    assert device is not None, "it has just been looked up"
    return ask_for_device_proof(auth, challenge.sign_in, device, client_public(auth))


def _check_device(auth: AuthRequest, challenge: Challenge) -> None:
    """Refuse to have another device prove its secret than the one that was asked."""
    key = auth.given["DEVICE_KEY"]
    if _user(challenge).confirmed_devices.get(key) is None:
        raise auth.error(texts.DEVICE_NOT_FOUND)
    if key != challenge.sign_in.device_key:
        raise auth.error(texts.SESSION_INVALID)


def _check_device_number(auth: AuthRequest, challenge: Challenge) -> None:
    _check_device(auth, challenge)
    client_public(auth)


def _check_device_proof(auth: AuthRequest, challenge: Challenge) -> None:
    _check_device(auth, challenge)
    if not _is_proved(auth, challenge):
        raise auth.error(texts.INCORRECT)


def _accept_device(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    return _proved(auth, challenge, "device")


RESPONSES: dict[str, ChallengeResponse] = {
    "CUSTOM_CHALLENGE": ChallengeResponse(("ANSWER",), _check_nothing, custom_auth.verify_answer),
    "DEVICE_PASSWORD_VERIFIER": ChallengeResponse(
        ("DEVICE_KEY", *_CLAIM), _check_device_proof, _accept_device
    ),
    "DEVICE_SRP_AUTH": ChallengeResponse(
        ("DEVICE_KEY", "SRP_A"), _check_device_number, _begin_device_proof
    ),
    "EMAIL_OTP": ChallengeResponse(
        ("EMAIL_OTP_CODE",), _check_code("EMAIL_OTP_CODE"), _accept_code
    ),
    "MFA_SETUP": ChallengeResponse((), _check_set_up, _accept_factor),
    "NEW_PASSWORD_REQUIRED": ChallengeResponse(
        ("NEW_PASSWORD",), _check_new_password, _set_password
    ),
    "PASSWORD": ChallengeResponse(("PASSWORD",), _check_password, _accept_password),
    "PASSWORD_SRP": ChallengeResponse(("SRP_A",), _check_srp, _begin_srp),
    "PASSWORD_VERIFIER": ChallengeResponse(_CLAIM, _check_password_proof, _accept_password),
    "SELECT_CHALLENGE": ChallengeResponse(("ANSWER",), _check_choice, _choose),
    "SELECT_MFA_TYPE": ChallengeResponse(("ANSWER",), _check_factor, _ask_for_factor),
    "SMS_MFA": ChallengeResponse(("SMS_MFA_CODE",), _check_code("SMS_MFA_CODE"), _accept_code),
    "SMS_OTP": ChallengeResponse(("SMS_OTP_CODE",), _check_code("SMS_OTP_CODE"), _accept_code),
    "SOFTWARE_TOKEN_MFA": ChallengeResponse(
        (f"{_TOKEN}_CODE",), _check_software_token, _accept_software_token
    ),
}
