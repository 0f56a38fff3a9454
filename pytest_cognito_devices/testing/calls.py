"""The record of what the code under test called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing.canned import in_wire_shape
from pytest_cognito_devices.testing.display import show_response, show_sent, show_text

if TYPE_CHECKING:
    from pytest_cognito_devices.names import OperationName

__tracebackhide__ = is_misuse


@dataclass(slots=True)
class Call:
    """One call of the code under test, as the service saw it.

    Calls are equal if operation and parameters are, so that a test may write down what it expects:
    `assert cognito.calls == [Call("ListDevices", {"AccessToken": ANY})]`.

    Attributes:
        operation: as the API spells it, such as `"ListDevices"`; a test may spell it as boto3.
        params: what was sent, by the names of the API; compare it with plain `==`.
        response: what was answered, in the shape of the wire (dates are epoch seconds), or None.
        error: a `ServiceError`, or the exception that the simulated network raised, or None.
        region: of the client that called.
        attempts: how often it was sent, retries of the SDK included; of a call that passed
            through, those of botocore only.
        passed_through: whether it went to AWS, with `unhandled="passthrough"`. `response` and
            `error` are then what a client of botocore got back. Of other clients nobody knows it,
            and both are None.
        moment: when the last attempt came, in epoch seconds.
        hint: what the fake knows better than the text of `error`, for the report of a test.

    Raises:
        ValueError: for an operation that does not exist.
    """

    operation: str
    params: dict[str, Any]
    response: dict[str, Any] | None = field(default=None, compare=False)
    error: BaseException | None = field(default=None, compare=False)
    region: str = field(default="", compare=False)
    attempts: int = field(default=0, compare=False)
    moment: float = field(default=0.0, compare=False)
    hint: str | None = field(default=None, compare=False)
    passed_through: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        # What came from a client is spelled as it is, and has a region.
        if not self.region:
            self.operation = api.canonical(self.operation)

    def begin(self, moment: float) -> None:
        """Note another attempt, of which nobody knows yet what becomes."""
        self.attempts += 1
        self.moment = moment
        self.response = self.error = self.hint = None
        self.passed_through = False

    def came_back(self, outcome: Mapping[str, Any] | Exception) -> None:
        """Note what it has brought back from AWS, as a client of botocore has parsed it."""
        if isinstance(outcome, Exception):
            self.error = outcome
        elif "Error" in outcome:
            error, status = outcome["Error"], outcome["ResponseMetadata"]["HTTPStatusCode"]
            self.error = ServiceError(error["Code"], error["Message"], status)
        else:
            self.response = in_wire_shape(self.operation, outcome)

    def has(self, params: Mapping[str, Any]) -> bool:
        """Whether all these parameters are among the call's."""
        mine = self.params
        return all(name in mine and mine[name] == value for name, value in params.items())

    @property
    def outcome(self) -> str:
        """What became of it, for people."""
        told = self._told
        if self.passed_through:
            told = f"passed through: {told}" if told else "passed through"
        told = told or "not answered"
        return f"{told} ({self.attempts} attempts)" if self.attempts > 1 else told

    @property
    def _told(self) -> str:
        """What came back, if anybody knows."""
        if isinstance(self.error, ServiceError):
            return show_text(str(self.error))
        if self.error is not None:
            return type(self.error).__name__
        return "" if self.response is None else show_response(self.response)

    def __repr__(self) -> str:
        # One that nobody has made yet is what a test expects: it has no outcome.
        arrow = f" → {self.outcome}" if self.attempts or self.response or self.error else ""
        return f"<Call {self.operation}({show_sent(self.operation, self.params)}){arrow}>"


class Calls(list[Call]):
    """The recorded calls, in order: a list with a few words more."""

    @property
    def last(self) -> Call:
        """The last call.

        Raises:
            LookupError: if there was none.
        """
        if not self:
            raise LookupError("Nothing was called.")
        return self[-1]

    @overload
    def __getitem__(self, index: SupportsIndex) -> Call: ...

    @overload
    def __getitem__(self, index: slice) -> Calls: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Call | Calls:
        """A call by its place, or several, which are `Calls` again."""
        found = super().__getitem__(index)
        return Calls(found) if isinstance(found, list) else found

    def to(self, operation: OperationName) -> Calls:
        """The calls of one operation, in the spelling of the API or of boto3.

        Raises:
            ValueError: for an operation that does not exist.
        """
        name = api.canonical(operation)
        return Calls(call for call in self if call.operation == name)
