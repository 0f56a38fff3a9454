"""Custom challenges, which the triggers of a pool define, create and verify."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, SignIn
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.code_delivery import FACTOR_ADDRESSES
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest
from pytest_cognito_devices.service.operations.signing_in.challenges import (
    ask,
    ask_for_password_proof,
    serve,
)
from pytest_cognito_devices.service.operations.signing_in.next_challenge import (
    NEXT_TEXTS,
    continue_sign_in,
    prove,
    take_device,
)
from pytest_cognito_devices.settings import Trigger

#: What custom challenges can answer beside a challenge or tokens.
CUSTOM_TEXTS = (
    texts.INCORRECT,
    texts.CUSTOM_TRIGGER_MISSING,
    texts.DEVICE_NOT_FOUND,
    *NEXT_TEXTS,
)


def define(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """Let `DefineAuthChallenge` say what comes next, and do it."""
    response = _invoke(
        auth,
        sign_in,
        "DefineAuthChallenge",
        {"session": sign_in.challenge_results},
        {"challengeName": None, "issueTokens": None, "failAuthentication": None},
    )
    triggers.check_response(
        auth.request, response, challengeName=str, issueTokens=bool, failAuthentication=bool
    )
    if response.get("failAuthentication"):
        raise auth.error(texts.INCORRECT)
    if response.get("issueTokens"):
        if sign_in.user is None:
            raise auth.error(texts.INCORRECT)
        take_device(auth, sign_in)
        prove(auth, sign_in, "custom")
        return continue_sign_in(auth, sign_in)
    name = response.get("challengeName")
    if name == "CUSTOM_CHALLENGE":
        return _create(auth, sign_in)
    if name == "PASSWORD_VERIFIER" and sign_in.client_public is not None:
        return ask_for_password_proof(auth, sign_in, sign_in.client_public)
    if name is not None and sign_in.user is not None and _has(sign_in.user, name):
        answer = ask(auth, sign_in, sign_in.user, name)
        # Only here, it seems (amplify-js#566).
        answer["ChallengeParameters"]["USERNAME"] = sign_in.username
        return answer
    raise auth.error(texts.TRIGGER_GAVE_NONSENSE)


def _has(user: User, factor: str) -> bool:
    """Whether a user can answer the challenge of a second factor."""
    if factor == "SOFTWARE_TOKEN_MFA":
        return user.software_token.verified
    return FACTOR_ADDRESSES.get(factor) in user.attributes


def note(
    auth: AuthRequest, sign_in: SignIn, name: str, *, result: bool, metadata: str | None = None
) -> None:
    """Keep the outcome of a challenge for the triggers."""
    outcome = {"challengeName": name, "challengeResult": result, "challengeMetadata": metadata}
    auth.request.change(sign_in, challenge_results=[*sign_in.challenge_results, outcome])


def _create(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    response = _invoke(
        auth,
        sign_in,
        "CreateAuthChallenge",
        {"challengeName": "CUSTOM_CHALLENGE", "session": sign_in.challenge_results},
        {
            "publicChallengeParameters": None,
            "privateChallengeParameters": None,
            "challengeMetadata": None,
        },
    )
    triggers.check_response(auth.request, response, challengeMetadata=str)
    shown = triggers.string_map(auth.request, response, "publicChallengeParameters")
    challenge = Challenge("CUSTOM_CHALLENGE", sign_in)
    challenge.private_parameters = triggers.string_map(
        auth.request, response, "privateChallengeParameters"
    )
    challenge.metadata = response.get("challengeMetadata")
    if not challenge.private_parameters:
        # There has to be one, even if nobody needs it (amazon-cognito-passwordless-auth#214).
        raise auth.error(texts.INCORRECT)
    return serve(auth, challenge, {**shown, "USERNAME": sign_in.username})


def verify_answer(auth: AuthRequest, challenge: Challenge) -> dict[str, Any]:
    """Let `VerifyAuthChallengeResponse` judge an answer, and go on."""
    sign_in = challenge.sign_in
    response = _invoke(
        auth,
        sign_in,
        "VerifyAuthChallengeResponse",
        {
            "privateChallengeParameters": challenge.private_parameters,
            "challengeAnswer": auth.need("ANSWER"),
        },
        {"answerCorrect": None},
    )
    is_right = response.get("answerCorrect")
    if not isinstance(is_right, bool):
        raise auth.error(texts.TRIGGER_GAVE_NONSENSE)
    note(auth, sign_in, challenge.name, result=is_right, metadata=challenge.metadata)
    return define(auth, sign_in)


def _invoke(
    auth: AuthRequest,
    sign_in: SignIn,
    trigger: Trigger,
    request: dict[str, Any],
    response: dict[str, Any],
) -> dict[str, Any]:
    answered = triggers.invoke(
        auth.caller,
        trigger,
        sign_in.user,
        sign_in.username,
        source=f"{trigger}_Authentication",
        request={**request, **auth.caller.client_metadata},
        response=response,
    )
    if answered is None:
        raise auth.error(texts.CUSTOM_TRIGGER_MISSING)
    return answered
