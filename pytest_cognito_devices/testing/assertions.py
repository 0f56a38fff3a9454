"""What is asserted on the record, and what a failure says: what came near, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    implemented_operations,
)
from pytest_cognito_devices.service.model.descriptors import Declared
from pytest_cognito_devices.testing.calls import Call, Calls
from pytest_cognito_devices.testing.departures import UnansweredClient
from pytest_cognito_devices.testing.display import how_often, show_params, show_value
from pytest_cognito_devices.testing.report import (
    INDENT,
    NOTHING,
    Numbered,
    indented,
    numbered,
    rows,
    section,
    table,
)
from pytest_cognito_devices.testing.simulations import Simulation, Simulations, check_given
from pytest_cognito_devices.testing.threads import OlderThreads

if TYPE_CHECKING:
    from pytest_cognito_devices.names import OperationName

__tracebackhide__ = is_misuse

_NEAREST = 5


class Assertions(Declared):
    """What a test reads of a fake: the record, assertions on it, and what a failure shows.

    Args:
        assert_all_simulated: whether a simulation has to answer.

    Attributes:
        calls: the recorded calls.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_assert_all_simulated",
        "_departures",
        "_older_threads",
        "_refused",
        "_simulations",
        "calls",
    )

    def __init__(self, *, assert_all_simulated: bool) -> None:
        self.calls = Calls()
        self._simulations = Simulations()
        self._assert_all_simulated = assert_all_simulated
        # What no call could be made of, and calls that would have left the process.
        self._refused: list[str] = []
        self._departures: list[UnansweredClient] = []
        self._older_threads = OlderThreads()

    def assert_called(self, op: OperationName, **params: Any) -> None:
        """Assert that an operation was called with these parameters among its own.

        Raises:
            AssertionError: with the calls that came near.
            ValueError, TypeError: for an operation or a parameter that does not exist.
        """
        _assert_count(self.calls, op, params, lambda found: found > 0)

    def assert_called_once(self, op: OperationName, **params: Any) -> None:
        """As `assert_called`, and only once."""
        _assert_count(self.calls, op, params, lambda found: found == 1, wanted=", not once")

    def assert_not_called(self, op: OperationName, **params: Any) -> None:
        """The contrary of `assert_called`."""
        _assert_count(self.calls, op, params, lambda found: found == 0)

    def assert_all_simulated(self) -> None:
        """Fail if a simulation never answered, unless the settings say not to.

        The plugin calls it at the end of every test that passed.

        Raises:
            AssertionError: with the simulations, and what was called instead.
        """
        made = self._simulations.made()
        idle = [each for each in made if not (each.calls or each.optional)]
        if idle and self._assert_all_simulated:
            raise AssertionError(_never_raised(idle, self.calls))

    def assert_none_swallowed(self, *, seen_in: str | None = None) -> None:
        """Fail if the application caught an `UnhandledOperation`, which is an error of the test.

        The plugin calls it at the end of every test that passed.

        Args:
            seen_in: the file of the test, which may catch one itself, as with `pytest.raises`.

        Raises:
            AssertionError: with what every `UnhandledOperation` and `UnansweredClient` said.
        """
        errors: list[UnhandledOperation | UnansweredClient] = [*self._departures]
        errors += [call.error for call in self.calls if isinstance(call.error, UnhandledOperation)]
        caught = [each for each in errors if each.caught_in not in {None, seen_in}]
        if caught:
            raise AssertionError(_swallowed(caught))

    def log(self, *, since: int = 0) -> str:
        """The calls in order, with what became of them, hints, and what was simulated.

        What the plugin shows under `Cognito calls` when a test fails.

        Args:
            since: how many of the first calls to leave out.
        """
        asides = [*self._departures, *self._refused, *self._older_threads.told()]
        return section(self.calls, self._simulations.made(), since, asides)


def _assert_count(
    calls: Sequence[Call],
    operation: str,
    params: Mapping[str, Any],
    right: Callable[[int], bool],
    *,
    wanted: str = "",
) -> None:
    """Assert how many calls of an operation have these parameters among their own.

    Args:
        calls: the record.
        operation: in the spelling of the API or of boto3.
        params: those that are asked for.
        right: whether a number of calls is as it should be.
        wanted: the end of the sentence about a wrong number, such as `, not once`.

    Raises:
        AssertionError: with the calls that came near.
        ValueError, TypeError: for an operation or a parameter that does not exist.
    """
    operation = api.canonical(operation)
    check_given([operation], params)
    found = sum(call.operation == operation and call.has(params) for call in calls)
    if not right(found):
        raise AssertionError(_wrong_count(operation, params, wanted, found, calls))


def _wrong_count(
    operation: str, params: Mapping[str, Any], wanted: str, found: int, calls: Sequence[Call]
) -> str:
    """Why an assertion on the record failed, with what was called instead.

    `wanted` is the end of the sentence about the wrong number, such as `, not once`.
    """
    asked = f"{operation}({show_params(params)})" if params else operation
    called = f"called {how_often(found)}" if found else "never called"
    lines = [f"{asked} was {called}{wanted if found else ''}."]
    same = _calls_of([operation], calls)
    if found:
        lines += indented(table([each for each in same if each[1].has(params)]))
    elif same:
        lines.append(f"Calls of {operation}, the nearest first:")
        lines += indented(_near(same, params))
    else:
        lines.append(_others(calls))
    return "\n".join(lines)


def _calls_of(operations: Container[str], calls: Sequence[Call]) -> list[Numbered]:
    return [each for each in numbered(calls) if each[1].operation in operations]


def _others(calls: Sequence[Call]) -> str:
    """What was called at all, in one line: the section with all the calls is not far."""
    counted = Counter(call.operation for call in calls)
    each = [f"{operation} {how_often(number)}" for operation, number in counted.items()]
    return f"Called instead: {', '.join(each)}." if each else NOTHING


def _near(calls: Sequence[Numbered], params: Mapping[str, Any]) -> list[str]:
    """The calls that have most of the parameters, each with what differs."""
    nearest = sorted(calls, key=lambda each: -_nearness(each[1], params))[:_NEAREST]
    lines = []
    for (_, call), row in zip(nearest, rows(nearest), strict=True):
        lines += [*row, *_differences(call, params)]
    left_out = len(calls) - len(nearest)
    return [*lines, f"… {left_out} more …"] if left_out else lines


def _nearness(call: Call, params: Mapping[str, Any]) -> int:
    return sum(call.has({name: value}) for name, value in params.items())


def _differences(call: Call, params: Mapping[str, Any]) -> list[str]:
    """The parameters that were wanted to be others, side by side."""
    missing = {name: value for name, value in params.items() if not call.has({name: value})}
    width = max(map(len, missing), default=0)
    return [
        f"{INDENT}{name:{width}}  wanted {show_value(name, value)}, {_sent(call, name)}"
        for name, value in missing.items()
    ]


def _sent(call: Call, name: str) -> str:
    if name not in call.params:
        return "not sent"
    return f"sent {show_value(name, call.params[name])}"


def _never_raised(simulations: Sequence[Simulation], calls: Sequence[Call]) -> str:
    """Which simulations never answered, and why."""
    lines = []
    for each in simulations:
        same = _calls_of(each.answers, calls)
        lines.append(f"Simulated, but never called for: {each}")
        lines += indented(_near(same, each.given))
        lines += indented(_why_none([call for _, call in same], each.given))
    called = {call.operation for call in calls}
    if any(called.isdisjoint(each.answers) for each in simulations):
        lines.append(_others(calls))
    lines.append(
        "If that is as it should be: @pytest.mark.cognito_devices(assert_all_simulated=False)"
    )
    return "\n".join(lines)


def _why_none(calls: Sequence[Call], given: Mapping[str, Any]) -> list[str]:
    """Why calls that a simulation was for did not get its answer."""
    fitting = [call for call in calls if call.has(given)]
    if not fitting:
        return []
    if any(_broke_constraints(call) for call in fitting):
        return ["The constraints of the service model come first, and refused the parameters."]
    return ["It was made too late, or another one came first."]


def _broke_constraints(call: Call) -> bool:
    # Every other refusal has a text of the table.
    refused = isinstance(call.error, ServiceError) and call.error.text is None
    return refused and not call.passed_through


def _swallowed(caught: Sequence[UnhandledOperation | UnansweredClient]) -> str:
    """What has no answer, and of which the application did not let the test know."""
    lines = ["The application caught what is an error of the test:"]
    lines += dict.fromkeys(
        each.told if isinstance(each, UnhandledOperation) else str(each) for each in caught
    )
    # The same for every operation, and none for a parameter of one that is implemented.
    implemented = {getattr(each, "implemented", ()) for each in caught} - {()}
    lines += map(implemented_operations, implemented)
    return "\n".join(lines)
