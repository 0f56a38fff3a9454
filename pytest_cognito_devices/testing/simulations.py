"""Answers that a test prepares: exceptions to raise and canned responses to give."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.service import api, constraints
from pytest_cognito_devices.service.checks import check_count, check_known
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.descriptors import lock
from pytest_cognito_devices.service.texts import Text
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.canned import to_wire
from pytest_cognito_devices.testing.display import count, how_often, show_params
from pytest_cognito_devices.testing.faults import (
    Fault,
    What,
    fault_of,
    is_for_the_caller,
    raised_by,
)

if TYPE_CHECKING:
    from typing_extensions import Self

__tracebackhide__ = is_for_the_caller


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
        answer: Mapping[str, Any] | Text | Fault,
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
    def is_live(self) -> bool:
        """Whether it still answers."""
        return not self._stopped and (self._times is None or len(self.calls) < self._times)

    def applies_to(self, call: Call) -> bool:
        """Whether it is this answer's turn."""
        return self.is_live and call.has(self.given)

    def answer(self, call: Call, url: str) -> dict[str, Any]:
        """The body of the canned response; `url` is where the call goes.

        Raises:
            ServiceError, BotoCoreError: the exception asked for.
        """
        answer = self._answer
        if isinstance(answer, Text):
            raise ServiceError.of(answer, call.params)
        if isinstance(answer, Mapping):
            return copy.deepcopy(dict(answer))
        raise raised_by(answer, url) from None

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


class Simulations:
    """All prepared answers, by operation and in the order in which they were made."""

    def __init__(self) -> None:
        self._made: dict[str, list[Simulation]] = {}

    def add_fault(
        self,
        what: What,
        operation: str,
        times: int | None = None,
        given: Mapping[str, Any] | None = None,
        message: str | None = None,
    ) -> Simulation:
        """Prepare an exception; the arguments are those of `FakeCognito.simulate`."""
        name, answer = fault_of(what, operation, message)
        return self._add(operation, name, answer, times, given)

    def add_response(
        self,
        operation: str,
        response: Mapping[str, Any],
        times: int | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> Simulation:
        """Prepare a response; the arguments are those of `FakeCognito.respond`."""
        return self._add(operation, "a response", to_wire(operation, response), times, given)

    def for_call(self, call: Call) -> Simulation | None:
        """The answer whose turn it is."""
        prepared = self.made_for(call.operation)
        return next((each for each in prepared if each.applies_to(call)), None)

    def take(self, call: Call) -> Simulation | None:
        """The answer whose turn it is, with the call among those that got it.

        Raises:
            ServiceError: if the parameters break a constraint, which comes before any answer.
        """
        if call.operation not in self._made:
            return None
        with lock:
            simulation = self.for_call(call)
            if simulation is not None:
                constraints.check(call.operation, call.params)
                simulation.calls.append(call)
            return simulation

    def made(self) -> list[Simulation]:
        """All that were made."""
        return [each for prepared in self._made.values() for each in prepared]

    def made_for(self, operation: str) -> list[Simulation]:
        """All that were made for one operation, whether they still answer or not."""
        return self._made.get(operation, [])

    def _add(
        self,
        operation: str,
        what: str,
        answer: Mapping[str, Any] | Text | Fault,
        times: int | None,
        given: Mapping[str, Any] | None,
    ) -> Simulation:
        if times is not None:
            times = check_count("times", times, 1)
        given = {} if given is None else given
        check_parameters(operation, given)
        simulation = Simulation(operation, what, answer, times, dict(given))
        self._made.setdefault(operation, []).append(simulation)
        return simulation


def check_parameters(operation: str, params: object) -> None:
    """Refuse names that are no parameters of the operation.

    Raises:
        TypeError: with the nearest name and all that there are.
    """
    if not isinstance(params, Mapping):
        raise TypeError(f"Parameters must be a dict, not {params!r}")
    check_known(params, api.members_of(operation), f"{operation} has no parameter")
