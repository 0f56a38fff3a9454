"""Refused calls and the hints that they get, in the modules of `testing/hints`.

A scene sets something up and ends with a call that the service refuses. `speaks` says which hint
the call gets; `silent`, that it gets none although the text is one of those that have hints.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from people import Person
from pytest_cognito_devices.service.texts import Text

POOL, OTHER_POOL = "us-east-1_One", "us-east-1_Two"
PASSWORD, WRONG = "Passw0rd!", "Wr0ng!!!"
PHONE, TABLET = (f"us-east-1_{digit * 8}-1111-4111-8111-111111111111" for digit in "12")
ADDRESSES = {"email": "ada@example.com", "phone_number": "+15550100"}


class Scene:
    """A pool with `ada`, and somebody who calls.

    `send(operation, params, region)` is how. `key` is what a hint has in it and nobody knows
    before.
    """

    def __init__(self, cognito, send):
        self.cognito = cognito
        self.pool = cognito.pool
        self.ada = cognito.add_user("ada", attributes=ADDRESSES)
        self.key = ""
        self._send = send

    def call(self, operation, region="us-east-1", **params):
        return self._send(operation, params, region)

    def other_pool(self, **settings):
        return self.cognito.add_pool(user_pool_id=OTHER_POOL, client_id="mobile", **settings)

    def person(self, user=None, **options):
        return Person(lambda *call: self._send(*call, "us-east-1"), user or self.ada, **options)

    def sign_in(self, name="ada", client_id="webapp", password=PASSWORD, **parameters):
        """A sign-in with a name that need not be anybody's."""
        return self.call(
            "InitiateAuth",
            ClientId=client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password, **parameters},
        )

    def refresh(self, token, client_id="webapp", **parameters):
        return self.call(
            "InitiateAuth",
            ClientId=client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": token, **parameters},
        )

    def confirm_forgot_password(self, code, name="ada", client_id="webapp"):
        return self.call(
            "ConfirmForgotPassword",
            ClientId=client_id,
            Username=name,
            ConfirmationCode=code,
            Password="N3wPassw0rd!",
        )

    def forgot_password(self, name="ada", client_id="webapp"):
        return self.call("ForgotPassword", ClientId=client_id, Username=name)

    def sign_in_under_an_alias(self):
        """A sign-in whose device key cannot be confirmed."""
        person = self.person()
        asked = person.start_with_srp()
        answer = person.prove_password(asked, USERNAME="ada@example.com")
        return answer["AuthenticationResult"]


class Row(NamedTuple):
    text: Text
    play: Callable[[Scene], Any]
    told: str | None
    marks: tuple[Any, ...]


ROWS: list[Row] = []


def speaks(text, told, *marks):
    """A scene whose last call gets a hint; `{key}` in it is the `key` of the scene."""

    def add(play):
        ROWS.append(Row(text, play, told, marks))
        return play

    return add


def silent(text, *marks):
    """A scene whose last call gets none."""
    return speaks(text, None, *marks)


def another(code):
    """Six digits that are not those."""
    return f"{(int(code) + 1) % 10**6:06}"
