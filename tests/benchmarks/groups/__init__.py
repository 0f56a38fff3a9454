"""What can be measured: a module for each group, with `measure(plan)`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from benchmarks.results import Comparison

#: In the order in which they are measured and shown.
GROUPS = (
    "calls",
    "http",
    "growth",
    "sign_in",
    "fixture",
    "first_use",
    "seeding",
    "startup",
    "suites",
)


@dataclass(frozen=True)
class Plan:
    """How much to measure.

    Attributes:
        quick: fewer rounds, smaller pools.
        fake_only: the fake and its baselines, and no other tool.
        names: what to measure of the group; all if there are none.
    """

    quick: bool = False
    fake_only: bool = False
    names: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Whether to measure something of this name."""
        return not self.names or name in self.names

    def pick(self, full: int, quick: int) -> int:
        """So many rounds, or runs."""
        return quick if self.quick else full


def measure(group: str, plan: Plan) -> list[Comparison]:
    """Measure a group in this process."""
    module = importlib.import_module(f"{__name__}.{group}")
    found: list[Comparison] = module.measure(plan)
    return found
