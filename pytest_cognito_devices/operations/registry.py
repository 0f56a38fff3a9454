"""The register of implemented operations, by the names of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito_devices.errors import ServiceError, Text
from pytest_cognito_devices.model.service import Service
from pytest_cognito_devices.shown import show_params


class Request(NamedTuple):
    """What an operation gets.

    Attributes:
        service: all that there is.
        params: as on the wire.
        region: of the client.
        moment: when the call came, in epoch seconds.
    """

    service: Service
    params: Mapping[str, Any]
    region: str
    moment: float

    def __repr__(self) -> str:
        return f"<Request ({show_params(self.params)}) from {self.region}>"

    def error(self, text: Text, **filled: str) -> ServiceError:
        """An error of the table, the parameters and what else its text names filled in."""
        return ServiceError.of(text, {**self.params, **filled})


_Function = Callable[[Request], dict[str, Any]]


class Operation(NamedTuple):
    """An implemented operation.

    Attributes:
        run: returns the body of the answer or raises `ServiceError`.
        raises: every text with which it can refuse, the most telling of each code first.
    """

    run: _Function
    raises: tuple[Text, ...]


OPERATIONS: dict[str, Operation] = {}


def operation(name: str, *raises: Text) -> Callable[[_Function], _Function]:
    """Register a function as the operation `name`."""

    def register(run: _Function) -> _Function:
        OPERATIONS[name] = Operation(run, raises)
        return run

    return register
