"""Answers that a test prepares: exceptions to raise and canned responses to give."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices import service_model
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.checks import check_count, check_known, did_you_mean
from pytest_cognito_devices.errors import (
    COMMON,
    SIMULATED,
    ServiceError,
    Text,
    may_be_tried_again,
)
from pytest_cognito_devices.operations import OPERATIONS
from pytest_cognito_devices.shown import count, how_often, show_params
from pytest_cognito_devices.tracebacks import is_misuse

if TYPE_CHECKING:
    from typing_extensions import Self

__tracebackhide__ = is_misuse

#: An exception to raise: its name, its class, or one that is ready-made.
What = str | type[Exception] | Exception


class SimulatedFault(Exception):
    """The network fails: `fault` is raised in the client where the request would be sent."""

    def __init__(self, fault: service_model.Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Simulation:
    """A prepared answer to calls of one operation.

    Made by `FakeCognito.simulate(...)` and `FakeCognito.respond(...)`; it ends with `stop()`, with
    the `with` block if it is used as a context manager, or with the fake.

    Attributes:
        operation: the operation it answers, by its API name.
        given: the parameters that a call must have.
        calls: the calls that got this answer, once per attempt of the SDK.
    """

    def __init__(
        self,
        operation: str,
        what: str,
        answer: Mapping[str, Any] | Text | service_model.Fault,
        times: int | None,
        given: Mapping[str, Any],
    ) -> None:
        self.operation = operation
        self.calls: list[Call] = []
        self._what = what
        self._answer = answer
        self._times = times
        self.given = given
        self._stopped = False

    @property
    def is_for_retries(self) -> bool:
        """Whether the retries of the SDK have to see it."""
        answer = self._answer
        if isinstance(answer, Text):
            return may_be_tried_again(answer)
        return not isinstance(answer, Mapping)

    @property
    def is_live(self) -> bool:
        """Whether it still answers."""
        return not self._stopped and (self._times is None or len(self.calls) < self._times)

    def applies_to(self, call: Call) -> bool:
        """Whether it is this answer's turn."""
        return self.is_live and call.has(self.given)

    def give(self, call: Call) -> dict[str, Any]:
        """The body of the canned response.

        Raises:
            ServiceError, SimulatedFault: the exception asked for.
        """
        self.calls.append(call)
        answer = self._answer
        if isinstance(answer, Text):
            raise ServiceError.of(answer, call.params)
        if isinstance(answer, Mapping):
            return copy.deepcopy(dict(answer))
        raise SimulatedFault(answer)

    def stop(self) -> None:
        """Answer no more calls."""
        self._stopped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __str__(self) -> str:
        given = f" given {show_params(self.given)}" if self.given else ""
        often = "" if self._times is None else f", {how_often(self._times)}"
        return f"{self._what} on {self.operation}{given}{often}"

    def __repr__(self) -> str:
        return f"<Simulation {self}: {count(len(self.calls), 'call')}>"


class Simulations(dict[str, list[Simulation]]):
    """All prepared answers, by operation and in the order in which they were made."""

    def add_fault(
        self,
        what: What,
        operation: str,
        times: int | None,
        given: Mapping[str, Any] | None,
        message: str | None,
    ) -> Simulation:
        """Prepare an exception; the arguments are those of `FakeCognito.simulate`."""
        name, answer = _fault(what, operation, message)
        return self._add(operation, name, answer, times, given)

    def add_response(
        self,
        operation: str,
        response: Mapping[str, Any],
        times: int | None,
        given: Mapping[str, Any] | None,
    ) -> Simulation:
        """Prepare a response; the arguments are those of `FakeCognito.respond`."""
        if not isinstance(response, Mapping):
            raise TypeError(f"response must be a dict, not {response!r}")
        body = service_model.to_wire(operation, response)
        return self._add(operation, "a response", body, times, given)

    def for_call(self, call: Call) -> Simulation | None:
        """The answer whose turn it is."""
        prepared = self.made_for(call.operation)
        return next((each for each in prepared if each.applies_to(call)), None)

    def needs_wire(self, call: Call) -> bool:
        """Whether an answer is prepared for the call that the retries of the SDK have to see.

        It need not be its turn: another thread may use up the one before.
        """
        prepared = self.made_for(call.operation)
        return any(each.is_for_retries and each.applies_to(call) for each in prepared)

    def made(self) -> list[Simulation]:
        """All that were made."""
        return [each for prepared in self.values() for each in prepared]

    def made_for(self, operation: str) -> list[Simulation]:
        """All that were made for one operation, whether they still answer or not."""
        return self.get(operation, [])

    def _add(
        self,
        operation: str,
        what: str,
        answer: Mapping[str, Any] | Text | service_model.Fault,
        times: int | None,
        given: Mapping[str, Any] | None,
    ) -> Simulation:
        if times is not None:
            times = check_count("times", times, 1)
        given = {} if given is None else given
        check_parameters(operation, given)
        simulation = Simulation(operation, what, answer, times, dict(given))
        self.setdefault(operation, []).append(simulation)
        return simulation


def check_parameters(operation: str, params: object) -> None:
    """Refuse names that are no parameters of the operation.

    Raises:
        TypeError: with the nearest name and all that there are.
    """
    if not isinstance(params, Mapping):
        raise TypeError(f"Parameters must be a dict, not {params!r}")
    check_known(params, service_model.members_of(operation), f"{operation} has no parameter")


def _fault(
    what: What, operation: str, message: str | None
) -> tuple[str, Text | service_model.Fault]:
    """The name of what is to happen, and what it is."""
    if not isinstance(message, str | None):
        raise TypeError(f"message must be a string, not {message!r}")
    name = what.__name__ if isinstance(what, type) else what
    if isinstance(name, str) and (text := _text(name, operation)):
        return name, text if message is None else text._replace(message=_literal(message))
    fault = service_model.botocore_fault(what)
    if fault is None:
        raise _nothing_known(name, operation)
    name = fault.__name__ if isinstance(fault, type) else type(fault).__name__
    if message is not None:
        raise TypeError(f"{name} is not the service's, so it takes no message: give it ready-made")
    try:
        service_model.happening(fault, "https://example.com/")
    except TypeError:
        raise TypeError(
            f"{name} cannot be made without being told more: give it ready-made"
        ) from None
    return name, fault


def _nothing_known(name: object, operation: str) -> Exception:
    if not isinstance(name, str):
        return TypeError(
            "what must be the name or the class of an exception, or one of botocore.exceptions"
            f" ready-made, not {name!r}"
        )
    declared = service_model.declared_errors(operation)
    near = did_you_mean(name, [*declared, *COMMON, *service_model.fault_names()])
    return ValueError(
        f"{operation} does not raise {name!r}{near}\n"
        f"It declares: {', '.join(declared)}.\n"
        f"Every operation can also meet: {', '.join(COMMON)};\n"
        "and the exceptions of botocore.exceptions, such as ReadTimeoutError."
    )


def _text(code: str, operation: str) -> Text | None:
    """The error that an operation can answer under a code, in the words of the service."""
    implemented = OPERATIONS.get(operation)
    for text in implemented.raises if implemented else ():
        if text.code == code:
            return text
    if code in service_model.declared_errors(operation):
        return SIMULATED.get(code) or Text(
            code,
            _literal(service_model.documentation_of(code)),
            "documented: the service model",
            service_model.status_of(code),
        )
    return COMMON.get(code)


def _literal(message: str) -> str:
    return message.replace("{", "{{").replace("}", "}}")
