"""Clients for the subjects of a comparison, each with its own hooks and nobody else's."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import MagicMock

import botocore.session
from botocore import xform_name
from botocore.stub import Stubber

from benchmarks.results import FAKE, FLOOR, MAGIC_MOCK, STUBBER
from benchmarks.timing import Subject
from pytest_cognito_devices import FakeCognito

REGION = "us-east-1"


class Nothing:
    """An answer without content, as far as botocore reads it."""

    status_code = 200


def make_client() -> Any:
    """A client of a session of its own, with credentials that are nobody's."""
    session = botocore.session.Session()
    return session.create_client(
        "cognito-idp", region_name=REGION, aws_access_key_id="a", aws_secret_access_key="b"
    )


class Clients:
    """A client for each subject that needs one. To be made before any fake is active.

    Once a fake was active, its idle hooks stay on every client of the process that it could see.
    Those of the others are frozen away for that moment, so that they do not pay for the fake.

    Args:
        with_moto: make a client for moto, too.
    """

    def __init__(self, *, with_moto: bool = False) -> None:
        self.floor = make_client()
        self.floor.meta.events.register_first("before-call", lambda **_: (Nothing, {}))
        self.stubbed = make_client()
        if with_moto:
            importlib.import_module("moto")  # puts its hooks on the clients made from now on
            self.moto = make_client()
        gc.freeze()
        with FakeCognito(region=REGION):
            pass
        gc.unfreeze()
        self.fake = make_client()


@contextmanager
def active(cognito: FakeCognito) -> Iterator[None]:
    """Let a fake answer a batch of calls, and forget them."""
    with cognito:
        yield
    cognito.calls.clear()


def floor(clients: Clients, operation: str) -> Subject:
    """A `before-call` hook that does nothing: what no answer above the wire can avoid.

    botocore's own validation, endpoint rules and serialising.
    """
    return Subject(FLOOR, method(clients.floor, operation))


def fake(clients: Clients, operation: str, cognito: FakeCognito, tool: str = FAKE) -> Subject:
    """A fake that already has what the calls ask for."""
    return Subject(tool, method(clients.fake, operation), lambda: active(cognito))


def stubber(clients: Clients, operation: str, answer: Mapping[str, Any]) -> Subject:
    """`Stubber`: an answer is added and used up by each call."""
    stubber = Stubber(clients.stubbed)
    call, name = method(clients.stubbed, operation), xform_name(operation)

    def add_and_call(**params: Any) -> None:
        stubber.add_response(name, answer)
        call(**params)

    return Subject(STUBBER, add_and_call, lambda: stubber)


def magic_mock(operation: str, answer: Mapping[str, Any]) -> Subject:
    """A `MagicMock` in place of the client."""
    mock = MagicMock()
    call: MagicMock = getattr(mock, xform_name(operation))
    call.return_value = answer

    @contextmanager
    def around() -> Iterator[None]:
        yield
        mock.reset_mock()  # forgets the calls, not the answer

    return Subject(MAGIC_MOCK, call, around)


def method(client: Any, operation: str) -> Callable[..., Any]:
    """The method of a client for an operation."""
    found: Callable[..., Any] = getattr(client, xform_name(operation))
    return found


def answer_of(
    clients: Clients, operation: str, cognito: FakeCognito, params: Mapping[str, Any]
) -> dict[str, Any]:
    """What the fake gives a client, for the others to give as well."""
    with active(cognito):
        answer: dict[str, Any] = method(clients.fake, operation)(**params)
    del answer["ResponseMetadata"]
    return answer
