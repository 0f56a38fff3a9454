"""Rounds: every subject of a comparison is measured once in each, so that all meet the same."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple

#: How long a batch of calls takes at least, in seconds.
BATCH = 0.006
_FIRST_GUESS = 5
_WARM_UP = 2

#: Makes the parameters of so many calls. It is not timed, and the same for all subjects.
Prepare = Callable[[int], Sequence[Mapping[str, Any]]]


class Subject(NamedTuple):
    """One of those that are compared.

    Attributes:
        tool: what it is called in the results.
        call: what is timed, once for each set of parameters.
        around: is entered before a batch and left after it, neither of them timed.
    """

    tool: str
    call: Callable[..., object]
    around: Callable[[], AbstractContextManager[object]] = nullcontext


def nothing(count: int) -> Sequence[Mapping[str, Any]]:
    """Prepare calls without parameters."""
    return [{}] * count


def side_by_side(
    subjects: Sequence[Subject], rounds: int, prepare: Prepare = nothing
) -> dict[str, list[float]]:
    """The seconds that a call takes, by tool, one figure for each round."""
    counts = {subject.tool: _long_enough(subject, prepare) for subject in subjects}
    times: dict[str, list[float]] = {subject.tool: [] for subject in subjects}
    with _old_things_forgotten():
        for number in range(rounds):
            for subject in turned(subjects, number):
                times[subject.tool].append(_batch(subject, prepare, counts[subject.tool]))
    return times


@contextmanager
def _old_things_forgotten() -> Iterator[None]:
    """Keep the garbage collector from what is there already.

    It goes over everything now and then, in the batch of whoever happens to come next. What a
    batch makes, it goes over as ever.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def turned(subjects: Sequence[Subject], number: int) -> list[Subject]:
    """The order of a round: somebody else begins each time, and every other lap goes backwards."""
    lap, start = divmod(number, len(subjects))
    order = [*subjects[start:], *subjects[:start]]
    return order[::-1] if lap % 2 else order


def _batch(subject: Subject, prepare: Prepare, count: int) -> float:
    """The seconds of a call, without the first ones: somebody else has just used the caches."""
    prepared = prepare(_WARM_UP + count)
    call = subject.call
    gc.collect()  # so that all find the same
    with subject.around():
        for params in prepared[:_WARM_UP]:
            call(**params)
        timed = prepared[_WARM_UP:]
        start = time.perf_counter()
        for params in timed:
            call(**params)
        return (time.perf_counter() - start) / count


def _long_enough(subject: Subject, prepare: Prepare) -> int:
    """How many calls make a batch; what is only done the first time is done here."""
    _batch(subject, prepare, 1)
    return max(1, round(BATCH / _batch(subject, prepare, _FIRST_GUESS)))
