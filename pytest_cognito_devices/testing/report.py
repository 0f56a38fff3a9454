"""The section `Cognito calls` of a report, and calls in columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pytest_cognito_devices.service.errors import encodable
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.display import how_often, show_sent, unknown_parameters
from pytest_cognito_devices.testing.simulations import Simulation

NOTHING = "Nothing was called."
_WIDEST = 60
INDENT = "  "
# What nobody reads to the end helps nobody: of more calls, so many of the first and the last are
# shown, however they went, and so many of the first and the last that failed.
_FIRST, _LAST, _FAILED = 20, 40, 20

Numbered = tuple[int, Call]


def section(
    calls: Sequence[Call],
    simulations: Sequence[Simulation],
    since: int,
    hints: Sequence[object] = (),
) -> str:
    """The calls in order, what became of them, and what was prepared for them."""
    lines = table(numbered(calls)[since:]) or [NOTHING]
    lines += [f"hint: {getattr(each, 'line', each)}" for each in hints]
    if simulations:
        lines += ["Simulated:", *(f"{INDENT}{each}: {_answers(each)}" for each in simulations)]
    return "\n".join(lines)


def numbered(calls: Sequence[Call]) -> list[Numbered]:
    """The calls with the numbers that they have in the record."""
    return list(enumerate(calls, 1))


def table(calls: Sequence[Numbered]) -> list[str]:
    """Calls in columns; of very many, the first, the last, and what failed with its neighbours."""
    places = range(len(calls))
    failed = [place for place in places if calls[place][1].error is not None]
    shown = {*places[:_FIRST], *places[-_LAST:]}
    for place in {*failed[:_FAILED], *failed[-_FAILED:]}:
        shown |= {place - 1, place, place + 1}
    in_columns = iter(rows([calls[place] for place in places if place in shown]))
    lines = []
    for is_shown, run in itertools.groupby(places, shown.__contains__):
        if is_shown:
            lines += [line for _ in run for line in next(in_columns)]
        else:
            left_out = [calls[place][1] for place in run]
            bad = sum(call.error is not None for call in left_out)
            lines.append(
                f"… {len(left_out)} more, {f'{bad} of them failed' if bad else 'all ok'} …"
            )
    return lines


def rows(calls: Sequence[Numbered]) -> list[list[str]]:
    """Each call in columns: number, operation, parameters, outcome; hints on further lines."""
    shown = [show_sent(call.operation, call.params) for _, call in calls]
    digits = max((len(str(number)) for number, _ in calls), default=0)
    operation = max((len(call.operation) for _, call in calls), default=0)
    width = max((len(params) for params in shown if len(params) <= _WIDEST), default=0)
    return [
        [
            f"{number:{digits}}  {call.operation:{operation}}  {params:{width}}  → {call.outcome}",
            *(f"{'':{digits}}  hint: {encodable(each)}" for each in _hints(call)),
        ]
        for (number, call), params in zip(calls, shown, strict=True)
    ]


def _hints(call: Call) -> list[str]:
    of_call = [call.hint] if call.hint else []
    return of_call + unknown_parameters(call.operation, call.params)


def indented(lines: Sequence[str]) -> list[str]:
    """Lines that belong to the one before them."""
    return [f"{INDENT}{line}" for line in lines]


def _answers(simulation: Simulation) -> str:
    number = len(simulation.calls)
    return f"answered {how_often(number)}" if number else "never called for"
