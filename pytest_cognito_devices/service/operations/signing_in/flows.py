"""The flows with which a sign-in starts, by `AuthFlow`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.sign_ins import Challenge, SignIn
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.authorization import check_state
from pytest_cognito_devices.service.operations.code_delivery import ONE_TIME_CODES, one_time_codes
from pytest_cognito_devices.service.operations.signing_in import custom_auth
from pytest_cognito_devices.service.operations.signing_in.auth_request import (
    PASSWORD_TEXTS,
    SRP_TEXTS,
    AuthRequest,
    check_password,
    client_public,
)
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
from pytest_cognito_devices.service.operations.user_migration import MIGRATION_TEXTS, migrate

#: What the flows can answer beside a challenge or tokens.
FLOW_TEXTS = (
    *PASSWORD_TEXTS,
    texts.USER_NOT_FOUND,
    texts.DEVICE_NOT_FOUND,
    *SRP_TEXTS,
    *MIGRATION_TEXTS,
    *custom_auth.CUSTOM_TEXTS,
    *NEXT_TEXTS,
)

# The flows in which the service gets to know the password.
_MIGRATING = ("ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH")


def begin(auth: AuthRequest, flow: str) -> dict[str, Any]:
    """Start a sign-in.

    Args:
        auth: the call.
        flow: the `AuthFlow`, by its present name.
    """
    needs, run = FLOWS[flow]
    name = auth.need("USERNAME")
    for parameter in needs:
        auth.need(parameter)
    user = _signing_in(auth, flow, name)
    if user is None and flow in _MIGRATING:
        # The handler sees the `ClientMetadata` by another name, and the one for messages not.
        told = {"password": auth.need("PASSWORD"), "validationData": dict(auth.metadata) or None}
        caller = auth._replace(metadata={}).caller
        user = migrate(caller, auth.client, name, "Authentication", told)
    if user is None and not auth.client.hides_users:
        raise auth.error(texts.USER_NOT_FOUND)
    sign_in = SignIn(auth.client, user, auth.pool.flattened(name), flow)
    sign_in.device_key = auth.given.get("DEVICE_KEY")
    triggers.invoke(
        auth.caller,
        "PreAuthentication",
        user,
        sign_in.username,
        source="PreAuthentication_Authentication",
        request={"validationData": dict(auth.metadata) or None},
        response={},
    )
    # No other trigger is told of the `ClientMetadata` of this call.
    return run(auth._replace(metadata={}), sign_in)


def _signing_in(auth: AuthRequest, flow: str, name: str) -> User | None:
    """The user of a name.

    By SRP nobody is known by the `sub` (measured: ministack#1758). Nobody has tried it in other
    flows, and the operations of administrators take it (API reference, AdminGetUser for one).
    """
    user = auth.pool.user_named(name)
    if user is None or user.username == name:
        return user
    is_unknown = flow == "USER_SRP_AUTH" and auth.request.operation == "InitiateAuth"
    return None if is_unknown and user.sub == name else user


def _password(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """`USER_PASSWORD_AUTH` and `ADMIN_USER_PASSWORD_AUTH`: the password itself."""
    check_given_password(auth, sign_in)
    return _go_on_with_password(auth, sign_in)


def check_given_password(auth: AuthRequest, sign_in: SignIn) -> None:
    """Check the password that a call brings."""
    given = auth.need("PASSWORD")
    check_password(auth, sign_in.user, is_right=lambda user: user.password == given)


def _go_on_with_password(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    take_device(auth, sign_in)
    prove(auth, sign_in, "password")
    return continue_sign_in(auth, sign_in)


def _srp(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """`USER_SRP_AUTH`: a proof of the password."""
    return ask_for_password_proof(auth, sign_in, client_public(auth))


def _custom(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """`CUSTOM_AUTH`: what the triggers of the pool want, after a proof of the password or not."""
    if auth.given.get("CHALLENGE_NAME") == "SRP_A":
        sign_in.client_public = client_public(auth)
        custom_auth.note(auth, sign_in, "SRP_A", result=True)
    elif sign_in.user is not None:
        check_state(auth.request, sign_in.user)
    return custom_auth.define(auth, sign_in)


def _choice(auth: AuthRequest, sign_in: SignIn) -> dict[str, Any]:
    """`USER_AUTH`: what the client prefers and the user can do, or a list to choose from."""
    preferred = auth.given.get("PREFERRED_CHALLENGE")
    available = available_challenges(sign_in)
    if preferred not in available:
        challenge = Challenge("SELECT_CHALLENGE", sign_in)
        return {**serve(auth, challenge, {}), "AvailableChallenges": available}
    check_chosen(auth, sign_in, preferred)
    answer = choose(auth, sign_in, preferred)
    # With a challenge of the first factor come the others that could take its place.
    is_first = answer.get("ChallengeName") == preferred
    return {**answer, "AvailableChallenges": available} if is_first else answer


def available_challenges(sign_in: SignIn) -> list[str]:
    """The first factors that a user can choose from; everybody seems to have a password."""
    allowed, user = sign_in.client.pool.first_auth_factors, sign_in.user
    codes = [] if user is None else one_time_codes(user)
    return [*(("PASSWORD", "PASSWORD_SRP") if "PASSWORD" in allowed else ()), *codes]


def check_chosen(auth: AuthRequest, sign_in: SignIn, factor: str) -> None:
    """Refuse what a call brings along for the first factor that it chooses, if it is wrong."""
    if factor == "PASSWORD" and "PASSWORD" in auth.given:
        check_given_password(auth, sign_in)
    if factor == "PASSWORD_SRP" and "SRP_A" in auth.given:
        client_public(auth)


def choose(auth: AuthRequest, sign_in: SignIn, factor: str) -> dict[str, Any]:
    """Go on with the first factor that was chosen, as far as the call brings what it takes."""
    if factor in ONE_TIME_CODES:
        assert sign_in.user is not None, "strangers get no codes"
        check_state(auth.request, sign_in.user)
        return ask(auth, sign_in, sign_in.user, factor)
    if factor == "PASSWORD_SRP" and "SRP_A" in auth.given:
        return _srp(auth, sign_in)
    if factor == "PASSWORD" and "PASSWORD" in auth.given:
        return _go_on_with_password(auth, sign_in)
    return serve(auth, Challenge(factor, sign_in), {})


_Flow = tuple[tuple[str, ...], Callable[[AuthRequest, SignIn], dict[str, Any]]]

#: What each flow needs beside `USERNAME`, and how it begins.
FLOWS: dict[str, _Flow] = {
    "ADMIN_USER_PASSWORD_AUTH": (("PASSWORD",), _password),
    "CUSTOM_AUTH": ((), _custom),
    "USER_AUTH": ((), _choice),
    "USER_PASSWORD_AUTH": (("PASSWORD",), _password),
    "USER_SRP_AUTH": (("SRP_A",), _srp),
}
