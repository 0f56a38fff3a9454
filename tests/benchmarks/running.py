"""Groups are measured in processes of their own, so that none inherits the memory of another."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.groups import Plan, measure
from benchmarks.processes import python
from benchmarks.results import Comparison, Record, pooled, records

_HERE = Path(__file__).resolve().parent
CHECKOUT = _HERE.parent.parent
#: The argument that makes a process one that measures for another.
MEASURE = "measure-in-this-process"
# The layout of a process's memory moves the figures by a few percent.
_PROCESSES = {"calls": 3}


def run(group: str, plan: Plan) -> list[Record]:
    """Measure a group and make ratios of what was found."""
    processes = 1 if plan.quick else _PROCESSES.get(group, 1)
    found = [each for _ in range(processes) for each in in_a_process(group, plan)]
    return [record for each in pooled(found) for record in records(each)]


def in_a_process(group: str, plan: Plan, checkout: Path = CHECKOUT) -> list[Comparison]:
    """Measure a group, with the package of this checkout or of another one."""
    printed = python(_HERE, MEASURE, group, json.dumps(asdict(plan)), PYTHONPATH=str(checkout))
    answer = json.loads(printed)
    # Nothing that is installed may be taken for it.
    if Path(answer["package"]) != checkout / "pytest_cognito_devices":
        raise RuntimeError(f"{answer['package']} was measured, and not that of {checkout}.")
    return [Comparison(**each) for each in answer["comparisons"]]


def measure_in_this_process(group: str, plan: str) -> None:
    """What such a process does: print what it has measured, and of which package."""
    import pytest_cognito_devices

    read = Plan(**json.loads(plan))
    found = measure(group, replace(read, names=tuple(read.names)))
    package = Path(pytest_cognito_devices.__file__).resolve().parent
    answer = {"package": str(package), "comparisons": [asdict(each) for each in found]}
    json.dump(answer, sys.stdout)
