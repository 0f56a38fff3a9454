"""One call again and again, for a tool that counts instructions and misses of the caches."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.groups.calls import World
from benchmarks.groups.subjects import Clients, answer_of, fake, floor, stubber
from benchmarks.results import FAKE, FLOOR, STUBBER
from benchmarks.timing import Subject

TOOLS = (FLOOR, FAKE, STUBBER)


def repeat(tool: str, operation: str, times: int) -> None:
    """Make so many calls of a device operation, whose parameters one of the tools answers."""
    clients, world = Clients(), World()
    prepare = world.operations()[operation]
    params = prepare(times)
    answer = answer_of(clients, operation, world.cognito, params[0])
    subjects: dict[str, Callable[[], Subject]] = {
        FLOOR: lambda: floor(clients, operation),
        FAKE: lambda: fake(clients, operation, world.cognito),
        STUBBER: lambda: stubber(clients, operation, answer),
    }
    subject = subjects[tool]()
    # What the first one has used up, others cannot; it was there for the answer.
    with subject.around():
        for each in params[1:]:
            subject.call(**each)
