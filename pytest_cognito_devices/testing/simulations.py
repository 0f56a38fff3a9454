"""Answers that a test prepares: exceptions to raise and canned responses to give."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.service import api, constraints
from pytest_cognito_devices.service.checks import check_bool, check_count, check_known
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
    operations_that_meet,
    raised_by,
    response_of,
)

if TYPE_CHECKING:
    from typing_extensions import Self

__tracebackhide__ = is_for_the_caller

#: What gives a response, or raises what `simulate` takes.
Respond = Callable[[Call], Mapping[str, Any]]
#: What a simulation answers to one operation.
Answer = Mapping[str, Any] | Respond | Text | Fault

EVERY_OPERATION = "*"


class Simulation:
    """A prepared answer to calls.

    Made by `FakeCognito.simulate(...)` and `FakeCognito.respond(...)`; it ends with `stop()`, with
    the `with` block if it is used as a context manager, or with the fake.

    Attributes:
        answers: what it answers, by the API names of the operations.
        given: the parameters that a call must have.
        optional: whether a test passes in which it answers nothing.
        calls: the calls that got this answer, once per attempt of the SDK.
    """

    def __init__(
        self,
        answers: Mapping[str, Answer],
        what: str,
        *,
        times: int | None = None,
        after: int = 0,
        given: Mapping[str, Any] | None = None,
        optional: bool = False,
    ) -> None:
        self.answers = answers
        self.given = dict(given or {})
        self.optional = optional
        self.calls: list[Call] = []
        self._what = what
        self._times = times
        self._after = after
        self._left = 0
        self._stopped = False

    @property
    def is_live(self) -> bool:
        """Whether it still answers."""
        return not self._stopped and (self._times is None or len(self.calls) < self._times)

    def applies_to(self, call: Call) -> bool:
        """Whether a call is one of those that it is about."""
        return self.is_live and call.operation in self.answers and call.has(self.given)

    @property
    def is_waiting(self) -> bool:
        """Whether it leaves the next of those calls to others, as `after` says."""
        return self._left < self._after

    def leave(self) -> None:
        """Note that it has left a call to others."""
        self._left += 1

    def answer(self, call: Call, url: str) -> dict[str, Any]:
        """The body of the canned response; `url` is where the call goes.

        Raises:
            ServiceError, BotoCoreError: the exception asked for.
        """
        answer = self.answers[call.operation]
        if isinstance(answer, Text):
            raise ServiceError.of(answer, call.params)
        if isinstance(answer, Mapping):
            return copy.deepcopy(dict(answer))
        if isinstance(answer, (type, Exception)):
            raise raised_by(answer, url) from None
        return to_wire(call.operation, response_of(answer, call))

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
        operations = [*self.answers]
        several = len(operations) > _AT_MOST
        on = f"{len(operations)} operations" if several else " and ".join(operations)
        given = f" given {show_params(self.given)}" if self.given else ""
        after = f", after {count(self._after, 'call')}" if self._after else ""
        often = "" if self._times is None else f", {how_often(self._times)}"
        return f"{self._what} on {on}{given}{after}{often}"

    def __repr__(self) -> str:
        return f"<Simulation {self}: {count(len(self.calls), 'call')}>"


# How many operations a simulation names.
_AT_MOST = 3


class Simulations:
    """All prepared answers, in the order in which they were made."""

    def __init__(self) -> None:
        self._made: list[Simulation] = []

    def add_fault(
        self,
        what: What,
        on: str | Iterable[str],
        message: str | None = None,
        given: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Simulation:
        """Prepare an exception; the arguments are those of `FakeCognito.simulate`."""
        if on == EVERY_OPERATION:
            operations = operations_that_meet(what)
        else:
            operations = [api.canonical(each) for each in ([on] if isinstance(on, str) else on)]
        if not operations:
            raise ValueError('on must name an operation, several, or "*" for all')
        faults = {each: fault_of(what, each, message) for each in operations}
        name, _ = faults[operations[0]]
        answers = {operation: fault for operation, (_, fault) in faults.items()}
        return self._add(answers, name, given, **options)

    def add_response(
        self,
        operation: str,
        response: Mapping[str, Any] | Respond,
        given: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Simulation:
        """Prepare a response; the arguments are those of `FakeCognito.respond`."""
        operation = api.canonical(operation)
        answer = response if callable(response) else to_wire(operation, response)
        return self._add({operation: answer}, "a response", given, **options)

    def for_call(self, call: Call) -> Simulation | None:
        """The answer whose turn it is."""
        fitting = (each for each in self._made if each.applies_to(call))
        return next((each for each in fitting if not each.is_waiting), None)

    def take(self, call: Call) -> Simulation | None:
        """The answer whose turn it is, with the call among those that got it.

        Raises:
            ServiceError: if the parameters break a constraint, which comes before any answer.
        """
        if not self._made:
            return None
        with lock:
            fitting = [each for each in self._made if each.applies_to(call)]
            if fitting:
                constraints.check(call.operation, call.params)
            for each in fitting:
                if not each.is_waiting:
                    each.calls.append(call)
                    return each
                each.leave()
            return None

    def leave(self, call: Call) -> None:
        """Note that a call is left to AWS, where some wait for later ones."""
        with lock:
            for each in self._made:
                if each.applies_to(call) and each.is_waiting:
                    each.leave()

    def made(self) -> list[Simulation]:
        """All that were made."""
        return [*self._made]

    def made_for(self, operation: str) -> list[Simulation]:
        """All that were made for an operation, whether they still answer or not."""
        return [each for each in self._made if operation in each.answers]

    def _add(
        self,
        answers: Mapping[str, Answer],
        what: str,
        given: Mapping[str, Any] | None,
        *,
        times: int | None = None,
        after: int = 0,
        optional: bool = False,
    ) -> Simulation:
        if times is not None:
            times = check_count("times", times, 1)
        after = check_count("after", after, 0)
        check_bool("optional", optional)
        check_given(answers, given or {})
        simulation = Simulation(
            answers, what, times=times, after=after, given=given, optional=optional
        )
        self._made.append(simulation)
        return simulation


def check_given(operations: Iterable[str], params: object) -> None:
    """Refuse names that are parameters of none of the operations.

    Raises:
        TypeError: with the nearest name and all that there are.
    """
    if not isinstance(params, Mapping):
        raise TypeError(f"Parameters must be a dict, not {params!r}")
    first, *others = operations
    members = {*api.members_of(first)}.union(*map(api.members_of, others))
    subject = "None of the operations has a parameter" if others else f"{first} has no parameter"
    check_known(params, members, subject)
