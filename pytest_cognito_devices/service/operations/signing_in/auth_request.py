"""One call of a sign-in, which starts it or responds to a challenge, and what it proves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito_devices.service import srp, texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.devices import LOCALHOST
from pytest_cognito_devices.service.model.users.passwords import Attempts
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    STATE_TEXTS,
    check_state,
    check_status,
    named_client,
)
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller
from pytest_cognito_devices.service.texts import Text


class AuthRequest(NamedTuple):
    """One call of a sign-in.

    Attributes:
        request: the call.
        client: the app client that it comes through.
        given: its `AuthParameters` or `ChallengeResponses`; empty ones count as absent.
        metadata: its `ClientMetadata`, for the triggers that get to see it.
    """

    request: Request
    client: AppClient
    given: Mapping[str, str]
    metadata: Mapping[str, str]

    @classmethod
    def of(cls, request: Request, member: str) -> AuthRequest:
        """The call with what it gives in a member: `AuthParameters` or `ChallengeResponses`."""
        params = request.params
        given = {name: value for name, value in (params.get(member) or {}).items() if value}
        return cls(request, named_client(request), given, params.get("ClientMetadata") or {})

    def __repr__(self) -> str:
        return f"<AuthRequest of {self.request!r}>"

    @property
    def pool(self) -> UserPool:
        """The pool to sign in to."""
        return self.client.pool

    @property
    def caller(self) -> Caller:
        """The call, for triggers."""
        return Caller(self.request, self.pool, self.client, self.metadata)

    @property
    def ip(self) -> str:
        """Where the user is, as far as the call tells."""
        params: Mapping[str, Any] = self.request.params
        context = params.get("UserContextData") or params.get("ContextData") or {}
        return str(context.get("IpAddress") or LOCALHOST)

    def error(self, text: Text, **filled: str) -> ServiceError:
        """An error of the table."""
        return self.request.error(text, **filled)

    def need(self, name: str) -> str:
        """A parameter without which there is no going on."""
        if name not in self.given:
            raise self.error(texts.PARAMETER_MISSING, parameter=name)
        return self.given[name]


#: What `check_password` can answer.
PASSWORD_TEXTS = (
    texts.INCORRECT,
    texts.PASSWORD_ATTEMPTS_EXCEEDED,
    texts.TEMPORARY_PASSWORD_EXPIRED,
    *STATE_TEXTS,
)


def check_password(
    auth: AuthRequest, user: User | None, *, is_right: Callable[[User], bool]
) -> None:
    """Refuse a wrong password, and right ones of users who may not sign in.

    Args:
        auth: the call.
        user: whose password it is; None for nobody's.
        is_right: of a user, whether the call proves the password.
    """
    if user is None:
        raise auth.error(texts.INCORRECT)
    if user.attempts.is_locked:
        raise auth.error(texts.PASSWORD_ATTEMPTS_EXCEEDED)
    # An unconfirmed user is told so whatever the password is, and it does not count as a try
    # (measured: ministack#1758; aws-sdk-js#4608, amplify-js#4307).
    check_status(auth.request, user)
    if not is_right(user):
        # It counts although the call is refused.
        user.attempts.failed()
        raise auth.error(texts.INCORRECT)
    if user.secret.is_expired:
        raise auth.error(texts.TEMPORARY_PASSWORD_EXPIRED)
    check_state(auth.request, user)
    auth.request.change(user, attempts=Attempts())


_HEXADECIMAL = re.compile("[0-9a-fA-F]+")

#: What `client_public` can answer.
SRP_TEXTS = (texts.SRP_A_INVALID,)


def client_public(auth: AuthRequest) -> int:
    """`SRP_A` as a number, refused if the proof would be the same for every secret."""
    text = auth.need("SRP_A")
    number = int(text, 16) if _HEXADECIMAL.fullmatch(text) else 0
    if number % srp.N == 0:
        raise auth.error(texts.SRP_A_INVALID)
    return number
