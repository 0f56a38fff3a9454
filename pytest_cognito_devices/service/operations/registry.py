"""The register of implemented operations, by the names of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.user import User
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

    __slots__ = ("_changes", "account", "moment", "operation", "params", "region")

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
        self._changes: list[_Change] = []

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
            self._note(_Change(getattr, setattr, thing, name, before, getattr(thing, name)))

    def change_item(self, items: MutableMapping[Any, Any], key: object, value: object) -> None:
        """The same for an item of a mapping; None takes it away."""
        before = items.get(key)
        _set_item(items, key, value)
        self._note(_Change(_get_item, _set_item, items, key, before, items.get(key)))

    def admit(self, user: User) -> User:
        """Let a new user be one of the pool; if the request is refused after all, nobody is."""
        user.pool.admit(user)
        self._note(_Change(getattr, _delete, user, "exists", before=False, after=True))
        return user

    def keep_changes(self) -> None:
        """Have what has changed so far stay, whatever becomes of the request."""
        self._changes.clear()

    def _note(self, change: _Change) -> None:
        # Whoever waits for the handler that makes this request has nothing to put back any more.
        for other in self.account.waiting:
            other.forget(change)
        self._changes.append(change)

    def forget(self, change: _Change) -> None:
        """What another request has changed since stays, whatever becomes of this one."""
        self._changes = [each for each in self._changes if not each.is_of_the_same(change)]

    def undo_changes(self) -> None:
        """Put back what was changed, the last change first, but for what has changed since."""
        while self._changes:
            change = self._changes.pop()
            if change.get(change.owner, change.name) is change.after:
                change.put(change.owner, change.name, change.before)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let others call while the operation waits for the handler of a trigger."""
        self.account.waiting.append(self)
        try:
            with self.account.unlocked():
                yield
        finally:
            self.account.waiting.remove(self)


class _Change(NamedTuple):
    """What has to be known to take a change back."""

    get: Callable[[Any, Any], Any]
    put: Callable[[Any, Any, Any], None]
    owner: Any
    name: Any
    before: Any
    after: Any

    def is_of_the_same(self, other: _Change) -> bool:
        return self.owner is other.owner and bool(self.name == other.name)


def _get_item(items: Mapping[Any, Any], key: object) -> Any:
    return items.get(key)


def _set_item(items: MutableMapping[Any, Any], key: object, value: object) -> None:
    if value is None:
        items.pop(key, None)
    else:
        items[key] = value


def _delete(user: User, *_: object) -> None:
    user.delete()


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
