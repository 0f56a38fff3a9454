"""The register of implemented operations, by the names of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.texts import Text


class Request(NamedTuple):
    """What an operation gets.

    Attributes:
        account: all user pools.
        operation: the name that was called.
        params: as on the wire.
        region: of the client.
        moment: when the call came, in epoch seconds.
    """

    account: Account
    operation: str
    params: Mapping[str, Any]
    region: str
    moment: float

    def __repr__(self) -> str:
        return f"<Request {self.operation} from {self.region}>"

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
    """Register a function as the operation `name`, with every text that it can answer."""

    def register(run: _Function) -> _Function:
        OPERATIONS[name] = Operation(run, raises)
        return run

    return register
