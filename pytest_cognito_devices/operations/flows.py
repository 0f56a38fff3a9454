"""The flows with which a sign-in starts, by `AuthFlow`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.sign_ins import Challenge, SignIn
from pytest_cognito_devices.operations import custom_auth, triggers
from pytest_cognito_devices.operations.callers import check_state
from pytest_cognito_devices.operations.challenges import ask, ask_for_password_proof, serve
from pytest_cognito_devices.operations.deliveries import FACTOR_ADDRESSES
from pytest_cognito_devices.operations.next_steps import NEXT_TEXTS, go_on, take_device
from pytest_cognito_devices.operations.steps import (
    PASSWORD_TEXTS,
    SRP_TEXTS,
    Step,
    check_password,
    client_public,
)

#: What the flows can answer beside a challenge or tokens.
FLOW_TEXTS = (
    *PASSWORD_TEXTS,
    errors.USER_NOT_FOUND,
    errors.DEVICE_NOT_FOUND,
    *SRP_TEXTS,
    *custom_auth.CUSTOM_TEXTS,
    *NEXT_TEXTS,
)

_ONE_TIME_CODES = ("EMAIL_OTP", "SMS_OTP")


def begin(step: Step, flow: str) -> dict[str, Any]:
    """Start a sign-in.

    Args:
        step: the call.
        flow: the `AuthFlow`, by its present name.
    """
    needs, run = FLOWS[flow]
    name = step.need("USERNAME")
    for parameter in needs:
        step.need(parameter)
    user = step.pool.user_named(name)
    if user is None and not step.client.hides_users:
        raise step.error(errors.USER_NOT_FOUND)
    sign_in = SignIn(step.client, user, name, flow)
    sign_in.device_key = step.given.get("DEVICE_KEY")
    triggers.invoke(
        step,
        "PreAuthentication",
        user,
        sign_in.username,
        source="PreAuthentication_Authentication",
        request={"validationData": dict(step.metadata) or None},
        response={},
    )
    # No other trigger is told of the `ClientMetadata` of this call.
    return run(step._replace(metadata={}), sign_in)


def _password(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """`USER_PASSWORD_AUTH` and `ADMIN_USER_PASSWORD_AUTH`: the password itself."""
    check_given_password(step, sign_in)
    return _go_on_with_password(step, sign_in)


def check_given_password(step: Step, sign_in: SignIn) -> None:
    """Check the password that a call brings."""
    given = step.need("PASSWORD")
    check_password(step, sign_in.user, is_right=lambda user: user.password == given)


def _go_on_with_password(step: Step, sign_in: SignIn) -> dict[str, Any]:
    take_device(step, sign_in)
    sign_in.proofs.add("password")
    return go_on(step, sign_in)


def _srp(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """`USER_SRP_AUTH`: a proof of the password."""
    return ask_for_password_proof(step, sign_in, client_public(step))


def _custom(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """`CUSTOM_AUTH`: what the triggers of the pool want, after a proof of the password or not."""
    if step.given.get("CHALLENGE_NAME") == "SRP_A":
        sign_in.client_public = client_public(step)
        custom_auth.note(sign_in, "SRP_A", result=True)
    elif sign_in.user is not None:
        check_state(step.request, sign_in.user)
    return custom_auth.define(step, sign_in)


def _choice(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """`USER_AUTH`: what the client prefers and the user can do, or a list to choose from."""
    preferred = step.given.get("PREFERRED_CHALLENGE")
    available = available_challenges(sign_in)
    if preferred not in available:
        challenge = Challenge("SELECT_CHALLENGE", sign_in)
        return {**serve(step, challenge, {}), "AvailableChallenges": available}
    check_chosen(step, sign_in, preferred)
    answer = choose(step, sign_in, preferred)
    # With a challenge of the first factor come the others that could take its place.
    is_first = answer.get("ChallengeName") == preferred
    return {**answer, "AvailableChallenges": available} if is_first else answer


def available_challenges(sign_in: SignIn) -> list[str]:
    """The first factors that a user can choose from; everybody seems to have a password."""
    allowed, user = sign_in.client.pool.first_auth_factors, sign_in.user
    codes = [
        factor
        for factor in _ONE_TIME_CODES
        if factor in allowed and user is not None and FACTOR_ADDRESSES[factor] in user.attributes
    ]
    return [*(("PASSWORD", "PASSWORD_SRP") if "PASSWORD" in allowed else ()), *codes]


def check_chosen(step: Step, sign_in: SignIn, factor: str) -> None:
    """Refuse what a call brings along for the first factor that it chooses, if it is wrong."""
    if factor == "PASSWORD" and "PASSWORD" in step.given:
        check_given_password(step, sign_in)
    if factor == "PASSWORD_SRP" and "SRP_A" in step.given:
        client_public(step)


def choose(step: Step, sign_in: SignIn, factor: str) -> dict[str, Any]:
    """Go on with the first factor that was chosen, as far as the call brings what it takes."""
    if factor in _ONE_TIME_CODES:
        assert sign_in.user is not None, "strangers get no codes"
        check_state(step.request, sign_in.user)
        return ask(step, sign_in, sign_in.user, factor)
    if factor == "PASSWORD_SRP" and "SRP_A" in step.given:
        return _srp(step, sign_in)
    if factor == "PASSWORD" and "PASSWORD" in step.given:
        return _go_on_with_password(step, sign_in)
    return serve(step, Challenge(factor, sign_in), {})


_Flow = tuple[tuple[str, ...], Callable[[Step, SignIn], dict[str, Any]]]

#: What each flow needs beside `USERNAME`, and how it begins.
FLOWS: dict[str, _Flow] = {
    "ADMIN_USER_PASSWORD_AUTH": (("PASSWORD",), _password),
    "CUSTOM_AUTH": ((), _custom),
    "USER_AUTH": ((), _choice),
    "USER_PASSWORD_AUTH": (("PASSWORD",), _password),
    "USER_SRP_AUTH": (("SRP_A",), _srp),
}
