"""Custom challenges, which the triggers of a pool define, create and verify."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.sign_ins import Challenge, SignIn
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations import triggers
from pytest_cognito_devices.operations.challenges import ask, ask_for_password_proof, serve
from pytest_cognito_devices.operations.deliveries import FACTOR_ADDRESSES
from pytest_cognito_devices.operations.next_steps import NEXT_TEXTS, go_on, take_device
from pytest_cognito_devices.operations.steps import Step
from pytest_cognito_devices.settings import Trigger

#: What custom challenges can answer beside a challenge or tokens.
CUSTOM_TEXTS = (
    errors.INCORRECT,
    errors.CUSTOM_TRIGGER_MISSING,
    errors.DEVICE_NOT_FOUND,
    *NEXT_TEXTS,
)


def define(step: Step, sign_in: SignIn) -> dict[str, Any]:
    """Let `DefineAuthChallenge` say what comes next, and do it."""
    response = _invoke(
        step,
        sign_in,
        "DefineAuthChallenge",
        {"session": sign_in.custom_session},
        {"challengeName": None, "issueTokens": None, "failAuthentication": None},
    )
    triggers.check_response(
        step, response, challengeName=str, issueTokens=bool, failAuthentication=bool
    )
    if response.get("failAuthentication"):
        raise step.error(errors.INCORRECT)
    if response.get("issueTokens"):
        if sign_in.user is None:
            raise step.error(errors.INCORRECT)
        take_device(step, sign_in)
        sign_in.proofs.add("custom")
        return go_on(step, sign_in)
    name = response.get("challengeName")
    if name == "CUSTOM_CHALLENGE":
        return _create(step, sign_in)
    if name == "PASSWORD_VERIFIER" and sign_in.client_public is not None:
        return ask_for_password_proof(step, sign_in, sign_in.client_public)
    if name is not None and sign_in.user is not None and _has(sign_in.user, name):
        return ask(step, sign_in, sign_in.user, name)
    raise step.error(errors.TRIGGER_GAVE_NONSENSE)


def _has(user: User, factor: str) -> bool:
    """Whether a user can answer the challenge of a second factor."""
    if factor == "SOFTWARE_TOKEN_MFA":
        return user.software_token.verified
    return FACTOR_ADDRESSES.get(factor) in user.attributes


def note(sign_in: SignIn, name: str, *, result: bool, metadata: str | None = None) -> None:
    """Keep the outcome of a challenge for the triggers."""
    sign_in.custom_session.append(
        {"challengeName": name, "challengeResult": result, "challengeMetadata": metadata}
    )


def _create(step: Step, sign_in: SignIn) -> dict[str, Any]:
    response = _invoke(
        step,
        sign_in,
        "CreateAuthChallenge",
        {"challengeName": "CUSTOM_CHALLENGE", "session": sign_in.custom_session},
        {
            "publicChallengeParameters": None,
            "privateChallengeParameters": None,
            "challengeMetadata": None,
        },
    )
    triggers.check_response(step, response, challengeMetadata=str)
    shown = triggers.texts(step, response, "publicChallengeParameters")
    challenge = Challenge("CUSTOM_CHALLENGE", sign_in)
    challenge.private_parameters = triggers.texts(step, response, "privateChallengeParameters")
    challenge.metadata = response.get("challengeMetadata")
    if not challenge.private_parameters:
        # There has to be one, even if nobody needs it (amazon-cognito-passwordless-auth#214).
        raise step.error(errors.INCORRECT)
    return serve(step, challenge, {**shown, "USERNAME": sign_in.username})


def verify(step: Step, challenge: Challenge) -> dict[str, Any]:
    """Let `VerifyAuthChallengeResponse` judge an answer, and go on."""
    sign_in = challenge.sign_in
    response = _invoke(
        step,
        sign_in,
        "VerifyAuthChallengeResponse",
        {
            "privateChallengeParameters": challenge.private_parameters,
            "challengeAnswer": step.need("ANSWER"),
        },
        {"answerCorrect": None},
    )
    is_right = response.get("answerCorrect")
    if not isinstance(is_right, bool):
        raise step.error(errors.TRIGGER_GAVE_NONSENSE)
    note(sign_in, challenge.name, result=is_right, metadata=challenge.metadata)
    return define(step, sign_in)


def _invoke(
    step: Step,
    sign_in: SignIn,
    trigger: Trigger,
    request: dict[str, Any],
    response: dict[str, Any],
) -> dict[str, Any]:
    answered = triggers.invoke(
        step,
        trigger,
        sign_in.user,
        sign_in.username,
        source=f"{trigger}_Authentication",
        request={**request, **triggers.client_metadata(step)},
        response=response,
    )
    if answered is None:
        raise step.error(errors.CUSTOM_TRIGGER_MISSING)
    return answered
