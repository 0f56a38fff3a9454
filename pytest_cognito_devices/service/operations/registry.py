"""The register of implemented operations, by the names of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from typing import Any, NamedTuple

from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.texts import Text


class Request:
    """What an operation gets.

    Attributes:
        account: all user pools.
        operation: the name that was called.
        params: as on the wire.
        region: of the client.
        moment: when the call came, in epoch seconds.
    """

    __slots__ = ("_undo", "account", "moment", "operation", "params", "region")

    def __init__(
        self,
        account: Account,
        operation: str,
        params: Mapping[str, Any],
        region: str,
        moment: float,
    ) -> None:
        self.account = account
        self.operation = operation
        self.params = params
        self.region = region
        self.moment = moment
        self._undo: list[Callable[[], None]] = []

    def __repr__(self) -> str:
        return f"<Request {self.operation} from {self.region}>"

    def error(self, text: Text, **filled: str) -> ServiceError:
        """An error of the table, the parameters and what else its text names filled in."""
        return ServiceError.of(text, {**self.params, **filled})

    def change(self, thing: object, **values: Any) -> None:
        """Set attributes; if the operation refuses the request after all, they are put back."""
        for name, value in values.items():
            before = getattr(thing, name)
            setattr(thing, name, value)
            self._undo.append(partial(_put_back, thing, name, before, getattr(thing, name)))

    def change_item(self, items: MutableMapping[Any, Any], key: object, value: object) -> None:
        """The same for an item of a mapping; None takes it away."""
        before = items.get(key)
        _set_item(items, key, value)
        self._undo.append(partial(_put_back_item, items, key, before, items.get(key)))

    def undo_changes(self) -> None:
        """Put back what was changed, the last change first.

        What has been set to something else meanwhile stays: that was another request, such as one
        by the handler of a trigger.
        """
        while self._undo:
            self._undo.pop()()


def _put_back(thing: object, name: str, before: object, after: object) -> None:
    if getattr(thing, name) is after:
        setattr(thing, name, before)


def _put_back_item(
    items: MutableMapping[Any, Any], key: object, before: object, after: object
) -> None:
    if items.get(key) is after:
        _set_item(items, key, before)


def _set_item(items: MutableMapping[Any, Any], key: object, value: object) -> None:
    if value is None:
        items.pop(key, None)
    else:
        items[key] = value


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
