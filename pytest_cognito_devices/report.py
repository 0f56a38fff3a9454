"""What people read when a test fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import UnhandledOperation
from pytest_cognito_devices.shown import show_params, show_value
from pytest_cognito_devices.simulations import Simulation

_NOTHING = "Nothing was called."
_WIDEST = 60
_INDENT = "  "

_Numbered = tuple[int, Call]


def section(calls: Sequence[Call], simulations: Sequence[Simulation], since: int) -> str:
    """The calls in order, what became of them, and what was prepared for them."""
    lines = _table(_numbered(calls)[since:]) if len(calls) > since else [_NOTHING]
    if simulations:
        lines += ["Simulated:", *(f"{_INDENT}{each}: {_answers(each)}" for each in simulations)]
    return "\n".join(lines)


def _numbered(calls: Sequence[Call]) -> list[_Numbered]:
    return list(enumerate(calls, 1))


def _table(calls: Sequence[_Numbered]) -> list[str]:
    """Calls in columns: number, operation, parameters, outcome; hints on lines of their own."""
    rows = [(number, call, show_params(call.params)) for number, call in calls]
    digits = max(len(str(number)) for number, *_ in rows)
    operation = max(len(call.operation) for _, call, _ in rows)
    params = max([len(shown) for *_, shown in rows if len(shown) <= _WIDEST], default=0)
    lines = []
    for number, call, shown in rows:
        lines.append(
            f"{number:{digits}}  {call.operation:{operation}}  {shown:{params}}  → {call.outcome}"
        )
        if call.hint:
            lines.append(f"{'':{digits}}  hint: {call.hint}")
    return lines


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"{_INDENT}{line}" for line in lines]


def _answers(simulation: Simulation) -> str:
    times = len(simulation.calls)
    return f"answered {_times(times)}" if times else "never called for"


def wrong_count(
    operation: str, params: Mapping[str, Any], wanted: str, found: int, calls: Sequence[Call]
) -> str:
    """Why an assertion on the record failed, with what was called instead.

    `wanted` is the end of the sentence about the wrong number, such as `, not once`.
    """
    asked = f"{operation}({show_params(params)})" if params else operation
    called = f"called {_times(found)}" if found else "never called"
    lines = [f"{asked} was {called}{wanted if found else ''}."]
    same = [each for each in _numbered(calls) if each[1].operation == operation]
    if found:
        lines += _indented(_table([each for each in same if each[1].has(params)]))
    elif same:
        lines.append(f"Calls of {operation}, the nearest first:")
        for each in sorted(same, key=lambda each: -_nearness(each[1], params)):
            lines += _indented([*_table([each]), *_differences(each[1], params)])
    elif calls:
        lines += ["Calls of other operations:", *_indented(_table(_numbered(calls)))]
    else:
        lines.append(_NOTHING)
    return "\n".join(lines)


def _nearness(call: Call, params: Mapping[str, Any]) -> int:
    return sum(call.has({name: value}) for name, value in params.items())


def _differences(call: Call, params: Mapping[str, Any]) -> list[str]:
    """The parameters that an assertion wanted to be others, side by side."""
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
    """Which simulations never answered, with what was called."""
    lines = ["Simulated, but never called for:", *_indented([str(each) for each in simulations])]
    if calls:
        lines += ["Called instead:", *_indented(_table(_numbered(calls)))]
    else:
        lines.append(_NOTHING)
    lines.append(
        "If that is as it should be: @pytest.mark.cognito_devices(assert_all_simulated=False)"
    )
    return "\n".join(lines)


def swallowed(unhandled: Sequence[UnhandledOperation]) -> str:
    """Operations without an answer, of which the application did not let the test know."""
    return "\n\n".join(
        ["The application caught what is an error of the test:", *map(str, unhandled)]
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
