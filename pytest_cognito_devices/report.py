"""What people read when a test fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito_devices.calls import Call, show_params
from pytest_cognito_devices.simulations import Simulation


def wrong_count(
    operation: str, params: Mapping[str, Any], wanted: str, found: int, calls: Sequence[Call]
) -> str:
    """Why an assertion on the record failed, with what was called instead.

    `wanted` is the end of the sentence about the wrong number, such as `, not once`.
    """
    asked = f"{operation}({show_params(params)})" if params else operation
    lines = [f"{asked} was {_times_called(found)}{wanted if found else ''}."]
    same = [call for call in calls if call.operation == operation]
    if same:
        lines += [f"Calls of {operation}:", *(f"  {call!r}" for call in same)]
    elif calls:
        lines += ["Calls of other operations:", *(f"  {call!r}" for call in calls)]
    else:
        lines.append("Nothing was called.")
    return "\n".join(lines)


def never_raised(simulations: Sequence[Simulation], calls: Sequence[Call]) -> str:
    """Which simulations never answered, with what was called."""
    lines = ["Simulated, but never called for:", *(f"  {each}" for each in simulations)]
    if calls:
        lines += ["Called:", *(f"  {call!r}" for call in calls)]
    else:
        lines.append("Nothing was called.")
    return "\n".join(lines)


def _times_called(count: int) -> str:
    words = {0: "never called", 1: "called once", 2: "called twice"}
    return words.get(count, f"called {count} times")
