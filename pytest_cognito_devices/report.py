"""What people read when a test fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import (
    ServiceError,
    UnhandledOperation,
    implemented_operations,
)
from pytest_cognito_devices.shown import how_often, show_params, show_value
from pytest_cognito_devices.simulations import Simulation

_NOTHING = "Nothing was called."
_WIDEST = 60
_INDENT = "  "
# What nobody reads to the end helps nobody: of more calls, the first and the last are shown.
_FIRST, _LAST = 20, 40
_NEAREST = 5

_Numbered = tuple[int, Call]


def section(calls: Sequence[Call], simulations: Sequence[Simulation], since: int) -> str:
    """The calls in order, what became of them, and what was prepared for them."""
    lines = _table(_numbered(calls)[since:]) or [_NOTHING]
    if simulations:
        lines += ["Simulated:", *(f"{_INDENT}{each}: {_answers(each)}" for each in simulations)]
    return "\n".join(lines)


def _numbered(calls: Sequence[Call]) -> list[_Numbered]:
    return list(enumerate(calls, 1))


def _table(calls: Sequence[_Numbered]) -> list[str]:
    """Calls in columns; of very many, the first and the last."""
    left_out = len(calls) - _FIRST - _LAST
    if left_out <= 0:
        return _flat(_rows(calls))
    rows = _rows([*calls[:_FIRST], *calls[-_LAST:]])
    return [*_flat(rows[:_FIRST]), f"… {left_out} more …", *_flat(rows[_FIRST:])]


def _rows(calls: Sequence[_Numbered]) -> list[list[str]]:
    """Each call in columns: number, operation, parameters, outcome; the hint on a second line."""
    shown = [show_params(call.params) for _, call in calls]
    digits = max((len(str(number)) for number, _ in calls), default=0)
    operation = max((len(call.operation) for _, call in calls), default=0)
    width = max((len(params) for params in shown if len(params) <= _WIDEST), default=0)
    return [
        [
            f"{number:{digits}}  {call.operation:{operation}}  {params:{width}}  → {call.outcome}",
            *([f"{'':{digits}}  hint: {call.hint}"] if call.hint else []),
        ]
        for (number, call), params in zip(calls, shown, strict=True)
    ]


def _flat(rows: Sequence[list[str]]) -> list[str]:
    return [line for row in rows for line in row]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"{_INDENT}{line}" for line in lines]


def _answers(simulation: Simulation) -> str:
    number = len(simulation.calls)
    return f"answered {how_often(number)}" if number else "never called for"


def wrong_count(
    operation: str, params: Mapping[str, Any], wanted: str, found: int, calls: Sequence[Call]
) -> str:
    """Why an assertion on the record failed, with what was called instead.

    `wanted` is the end of the sentence about the wrong number, such as `, not once`.
    """
    asked = f"{operation}({show_params(params)})" if params else operation
    called = f"called {how_often(found)}" if found else "never called"
    lines = [f"{asked} was {called}{wanted if found else ''}."]
    same = _calls_of(operation, calls)
    if found:
        lines += _indented(_table([each for each in same if each[1].has(params)]))
    elif same:
        lines.append(f"Calls of {operation}, the nearest first:")
        lines += _indented(_near(same, params))
    else:
        lines.append(_others(calls))
    return "\n".join(lines)


def _calls_of(operation: str, calls: Sequence[Call]) -> list[_Numbered]:
    return [each for each in _numbered(calls) if each[1].operation == operation]


def _others(calls: Sequence[Call]) -> str:
    """What was called at all, in one line: the section with all the calls is not far."""
    counted = Counter(call.operation for call in calls)
    each = [f"{operation} {how_often(number)}" for operation, number in counted.items()]
    return f"Called instead: {', '.join(each)}." if each else _NOTHING


def _near(calls: Sequence[_Numbered], params: Mapping[str, Any]) -> list[str]:
    """The calls that have most of the parameters, each with what differs."""
    nearest = sorted(calls, key=lambda each: -_nearness(each[1], params))[:_NEAREST]
    lines = []
    for (_, call), row in zip(nearest, _rows(nearest), strict=True):
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
        f"{_INDENT}{name:{width}}  wanted {show_value(name, value)}, {_sent(call, name)}"
        for name, value in missing.items()
    ]


def _sent(call: Call, name: str) -> str:
    if name not in call.params:
        return "not sent"
    return f"sent {show_value(name, call.params[name])}"


def never_raised(simulations: Sequence[Simulation], calls: Sequence[Call]) -> str:
    """Which simulations never answered, and why."""
    lines = ["Simulated, but never called for:"]
    for each in simulations:
        same = _calls_of(each.operation, calls)
        lines += _indented([str(each), *_indented(_near(same, each.given))])
        lines += _indented(_indented(_why_none([call for _, call in same], each.given)))
    called = {call.operation for call in calls}
    if not called.issuperset(each.operation for each in simulations):
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
    return isinstance(call.error, ServiceError) and call.error.text is None


def swallowed(unhandled: Sequence[UnhandledOperation]) -> str:
    """Operations without an answer, of which the application did not let the test know."""
    told = dict.fromkeys(each.told for each in unhandled)
    return "\n".join(
        [
            "The application caught what is an error of the test:",
            *told,
            implemented_operations(unhandled[0].implemented),
        ]
    )
