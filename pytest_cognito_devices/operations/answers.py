"""The answers to challenges, by `ChallengeName`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.sign_ins import Challenge, Proof, SignIn
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations import custom_auth, flows
from pytest_cognito_devices.operations.attribute_updates import (
    UPDATE_TEXTS,
    check_names,
    update_attributes,
)
from pytest_cognito_devices.operations.callers import check_state
from pytest_cognito_devices.operations.challenges import ask, ask_for_device_proof, choices
from pytest_cognito_devices.operations.next_steps import go_on, note_device, take_device
from pytest_cognito_devices.operations.policies import check_policy
from pytest_cognito_devices.operations.steps import Step, check_password, client_public
from pytest_cognito_devices.operations.user_attributes import (
    USER_ATTRIBUTE_TEXTS,
    given_attributes,
)
from pytest_cognito_devices.settings import MFA

#: What answers to challenges can be answered beside another challenge or tokens.
ANSWER_TEXTS = (
    *flows.FLOW_TEXTS,
    errors.MFA_CODE_WRONG,
    errors.CHALLENGE_NOT_AVAILABLE,
    errors.SOFTWARE_TOKEN_CODE_WRONG,
    errors.SOFTWARE_TOKEN_CODE_USED,
    errors.SOFTWARE_TOKEN_NOT_VERIFIED,
    errors.SESSION_INVALID,
    errors.SESSION_EXPIRED,
    errors.SESSION_USED,
    errors.DEVICE_NEEDS_FIRST_FACTOR,
    errors.PASSWORD_AGAINST_POLICY,
    *USER_ATTRIBUTE_TEXTS,
    *UPDATE_TEXTS,
)

_CLAIM = ("PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP")
_ATTRIBUTE = "userAttributes."
# The challenges whose answers may only choose how to prove something.
_UNPROVED = ("PASSWORD_SRP", "SELECT_CHALLENGE")
_TOKEN: MFA = "SOFTWARE_TOKEN_MFA"


class Answer(NamedTuple):
    """How the answer to a challenge is taken.

    Attributes:
        needs: the parameters beside `USERNAME`.
        check: refuses a wrong answer, after which the client may answer again.
        accept: goes on after a right one.
    """

    needs: tuple[str, ...]
    check: Callable[[Step, Challenge], None]
    accept: Callable[[Step, Challenge], dict[str, Any]]


def answer(step: Step, name: str) -> dict[str, Any]:
    """Take the answer to a challenge.

    Only a right one uses up the challenge: a wrong code or a stale device key leaves it open.
    """
    taken = ANSWERS.get(name)
    if taken is None:
        raise step.error(errors.SESSION_INVALID)
    for parameter in ("USERNAME", *taken.needs):
        step.need(parameter)
    challenge = _find(step, name)
    sign_in = challenge.sign_in
    taken.check(step, challenge)
    if sign_in.user is not None:
        check_state(step.request, sign_in.user)
    if name in _UNPROVED and "PASSWORD" not in step.given:
        # Nothing is proved yet, so nothing is told of devices.
        note_device(step, sign_in)
    else:
        take_device(step, sign_in)
    challenge.is_answered = True
    sign_in.used_alias |= step.given["USERNAME"] not in _own_names(sign_in)
    return taken.accept(step, challenge)


def _find(step: Step, name: str) -> Challenge:
    """The challenge that is being answered."""
    session = step.request.params.get("Session")
    challenge = _without_session(step, name) if session is None else _of_session(step, session)
    sign_in = challenge.sign_in
    if (challenge.name, sign_in.client) != (name, step.client) or not _is_about(step, sign_in):
        raise step.error(errors.SESSION_INVALID)
    if challenge.is_answered:
        raise step.error(errors.SESSION_USED)
    if challenge.is_expired:
        raise step.error(errors.SESSION_EXPIRED)
    return challenge


def _is_about(step: Step, sign_in: SignIn) -> bool:
    """Whether an answer names the user of the sign-in."""
    name = step.given["USERNAME"]
    if sign_in.user is None:
        return name in (sign_in.name, sign_in.username)
    return step.pool.user_named(name) is sign_in.user


def _of_session(step: Step, session: str) -> Challenge:
    challenge = step.request.service.challenges.by_session(session)
    if challenge is None:
        raise step.error(errors.SESSION_INVALID)
    return challenge


def _without_session(step: Step, name: str) -> Challenge:
    """Proofs by SRP are found without a session: many clients send none."""
    challenges = step.request.service.challenges
    if name == "DEVICE_SRP_AUTH":
        user = step.pool.user_named(step.given["USERNAME"])
        key = step.given["DEVICE_KEY"]
        waiting = None if user is None else challenges.awaiting_device(step.client, user, key)
        if waiting is None:
            raise step.error(errors.DEVICE_NEEDS_FIRST_FACTOR)
        return waiting
    if "PASSWORD_CLAIM_SECRET_BLOCK" not in ANSWERS[name].needs:
        raise step.error(errors.PARAMETER_MISSING, parameter="Session")
    found = challenges.by_secret_block(step.given["PASSWORD_CLAIM_SECRET_BLOCK"])
    if found is None:
        raise step.error(errors.INCORRECT)
    return found


def _own_names(sign_in: SignIn) -> tuple[str, ...]:
    user = sign_in.user
    return (sign_in.username,) if user is None else (user.username, user.sub)


def _user(challenge: Challenge) -> User:
    assert challenge.sign_in.user is not None, "strangers get no such challenge"
    return challenge.sign_in.user


def _go_on(step: Step, challenge: Challenge, proof: Proof) -> dict[str, Any]:
    """Note what has been proved, and do what comes next in the flow."""
    sign_in = challenge.sign_in
    sign_in.proofs.add(proof)
    if sign_in.flow == "CUSTOM_AUTH" and "custom" not in sign_in.proofs:
        custom_auth.note(sign_in, challenge.name, result=True)
        return custom_auth.define(step, sign_in)
    return go_on(step, sign_in)


# Passwords.


def _is_proved(step: Step, challenge: Challenge) -> bool:
    assert challenge.exchange is not None, "it asks for a proof"
    return challenge.exchange.is_proved_by(
        secret_block=step.given["PASSWORD_CLAIM_SECRET_BLOCK"],
        timestamp=step.given["TIMESTAMP"],
        signature=step.given["PASSWORD_CLAIM_SIGNATURE"],
    )


def _check_password_proof(step: Step, challenge: Challenge) -> None:
    check_password(
        step,
        challenge.sign_in.user,
        is_right=lambda user: user.secret is challenge.secret and _is_proved(step, challenge),
    )


def _accept_password(step: Step, challenge: Challenge) -> dict[str, Any]:
    return _go_on(step, challenge, "password")


def _check_password(step: Step, challenge: Challenge) -> None:
    flows.check_given_password(step, challenge.sign_in)


def _check_nothing(_step: Step, _challenge: Challenge) -> None:
    """Every answer is one."""


def _check_srp(step: Step, _challenge: Challenge) -> None:
    client_public(step)


def _begin_srp(step: Step, challenge: Challenge) -> dict[str, Any]:
    return flows.choose(step, challenge.sign_in, "PASSWORD_SRP")


def _check_choice(step: Step, challenge: Challenge) -> None:
    sign_in, factor = challenge.sign_in, step.given["ANSWER"]
    if factor not in flows.available_challenges(sign_in):
        raise step.error(errors.CHALLENGE_NOT_AVAILABLE)
    flows.check_chosen(step, sign_in, factor)


def _choose(step: Step, challenge: Challenge) -> dict[str, Any]:
    return flows.choose(step, challenge.sign_in, step.given["ANSWER"])


def _check_new_password(step: Step, challenge: Challenge) -> None:
    check_policy(step.request, step.pool, step.given["NEW_PASSWORD"])
    check_names(step.request, _user(challenge), _new_attributes(step))


def _new_attributes(step: Step) -> dict[str, str]:
    entries = [
        {"Name": name.removeprefix(_ATTRIBUTE), "Value": value}
        for name, value in step.given.items()
        if name.startswith(_ATTRIBUTE)
    ]
    return given_attributes(step.request, entries, by_administrator=False)


def _set_password(step: Step, challenge: Challenge) -> dict[str, Any]:
    user = _user(challenge)
    update_attributes(step.request, user, _new_attributes(step))
    user.password = step.given["NEW_PASSWORD"]
    user.status = "CONFIRMED"
    challenge.sign_in.chose_password = True
    return _go_on(step, challenge, "password")


# Second factors and codes.


def _check_code(parameter: str) -> Callable[[Step, Challenge], None]:
    def check(step: Step, challenge: Challenge) -> None:
        if step.given[parameter] != challenge.code:
            raise step.error(errors.MFA_CODE_WRONG)

    return check


def _accept_code(step: Step, challenge: Challenge) -> dict[str, Any]:
    """A second factor after a password, the first in its place."""
    sign_in = challenge.sign_in
    is_first = sign_in.flow == "USER_AUTH" and "password" not in sign_in.proofs
    return _go_on(step, challenge, "code" if is_first else "mfa")


def _check_software_token(step: Step, challenge: Challenge) -> None:
    token = _user(challenge).software_token
    moment = token.step_of(step.given[f"{_TOKEN}_CODE"])
    if moment is None:
        raise step.error(errors.SOFTWARE_TOKEN_CODE_WRONG)
    if token.is_used(moment):
        raise step.error(errors.SOFTWARE_TOKEN_CODE_USED)


def _accept_software_token(step: Step, challenge: Challenge) -> dict[str, Any]:
    token = _user(challenge).software_token
    moment = token.step_of(step.given[f"{_TOKEN}_CODE"])
    assert moment is not None, "it has just been checked"
    token.use(moment)
    return _go_on(step, challenge, "mfa")


def _check_factor(step: Step, challenge: Challenge) -> None:
    if step.given["ANSWER"] not in choices(_user(challenge)):
        raise step.error(errors.CHALLENGE_NOT_AVAILABLE)


def _ask_for_factor(step: Step, challenge: Challenge) -> dict[str, Any]:
    return ask(step, challenge.sign_in, _user(challenge), step.given["ANSWER"])


def _check_set_up(step: Step, challenge: Challenge) -> None:
    if not challenge.is_set_up:
        raise step.error(errors.SOFTWARE_TOKEN_NOT_VERIFIED)


def _accept_set_up(step: Step, challenge: Challenge) -> dict[str, Any]:
    _user(challenge).factors.enable(_TOKEN, preferred=False)
    return _go_on(step, challenge, "mfa")


# Devices.


def _begin_device_proof(step: Step, challenge: Challenge) -> dict[str, Any]:
    device = _user(challenge).device_shelf.get(step.given["DEVICE_KEY"])
    assert device is not None, "it has just been looked up"
    return ask_for_device_proof(step, challenge.sign_in, device, client_public(step))


def _check_device(step: Step, challenge: Challenge) -> None:
    """Refuse to have another device prove its secret than the one that was asked."""
    key = step.given["DEVICE_KEY"]
    if _user(challenge).device_shelf.get(key) is None:
        raise step.error(errors.DEVICE_NOT_FOUND)
    if key != challenge.sign_in.device_key:
        raise step.error(errors.SESSION_INVALID)


def _check_device_number(step: Step, challenge: Challenge) -> None:
    _check_device(step, challenge)
    client_public(step)


def _check_device_proof(step: Step, challenge: Challenge) -> None:
    _check_device(step, challenge)
    if not _is_proved(step, challenge):
        raise step.error(errors.INCORRECT)


def _accept_device(step: Step, challenge: Challenge) -> dict[str, Any]:
    return _go_on(step, challenge, "device")


ANSWERS: dict[str, Answer] = {
    "CUSTOM_CHALLENGE": Answer(("ANSWER",), _check_nothing, custom_auth.verify),
    "DEVICE_PASSWORD_VERIFIER": Answer(
        ("DEVICE_KEY", *_CLAIM), _check_device_proof, _accept_device
    ),
    "DEVICE_SRP_AUTH": Answer(("DEVICE_KEY", "SRP_A"), _check_device_number, _begin_device_proof),
    "EMAIL_OTP": Answer(("EMAIL_OTP_CODE",), _check_code("EMAIL_OTP_CODE"), _accept_code),
    "MFA_SETUP": Answer((), _check_set_up, _accept_set_up),
    "NEW_PASSWORD_REQUIRED": Answer(("NEW_PASSWORD",), _check_new_password, _set_password),
    "PASSWORD": Answer(("PASSWORD",), _check_password, _accept_password),
    "PASSWORD_SRP": Answer(("SRP_A",), _check_srp, _begin_srp),
    "PASSWORD_VERIFIER": Answer(_CLAIM, _check_password_proof, _accept_password),
    "SELECT_CHALLENGE": Answer(("ANSWER",), _check_choice, _choose),
    "SELECT_MFA_TYPE": Answer(("ANSWER",), _check_factor, _ask_for_factor),
    "SMS_MFA": Answer(("SMS_MFA_CODE",), _check_code("SMS_MFA_CODE"), _accept_code),
    "SMS_OTP": Answer(("SMS_OTP_CODE",), _check_code("SMS_OTP_CODE"), _accept_code),
    "SOFTWARE_TOKEN_MFA": Answer(
        (f"{_TOKEN}_CODE",), _check_software_token, _accept_software_token
    ),
}
