"""Writes `pytest_cognito_devices/names.py` from the installed botocore.

`nox -f .noxfile.py -s names` runs it with the newest one.
"""

from __future__ import annotations

from pathlib import Path

import botocore
from botocore import xform_name

from pytest_cognito_devices import names, service_model
from pytest_cognito_devices.errors import COMMON
from pytest_cognito_devices.operations import OPERATIONS

FILE = Path(names.__file__)

TEXT = '''\
"""The names that editors complete and type checkers know. Nothing imports them in a run.

Written by `nox -f .noxfile.py -s names`, not by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, overload

if TYPE_CHECKING:
    from pytest_cognito_devices.cognito import Calls
    from pytest_cognito_devices.recorded import CallsTo

#: The version that they are from.
BOTOCORE = "{botocore}"

#: An operation of `cognito-idp`, in the spelling of the API or of boto3.
OperationName = Literal[{operations}]

#: An exception that can be simulated: one that an operation declares, one common to all of AWS, or
#: one of `botocore.exceptions`.
ExceptionName = Literal[{exceptions}]


class To(Protocol):
    """The calls of one operation, in the spelling of the API or of boto3."""
{overloads}
    @overload
    def __call__(self, operation: OperationName) -> Calls: ...
'''

OVERLOAD = """
    @overload
    def __call__(
        self, operation: Literal[{spellings}]
    ) -> CallsTo[Literal[{parameters}]]: ...
"""


def exceptions():
    """Every name that `simulate` takes for some operation."""
    faults = set(filter(can_happen, service_model.fault_names()))
    names = COMMON.keys() | faults
    for operation in service_model.service_model().operation_names:
        names |= set(service_model.declared_errors(operation))
    for operation in OPERATIONS.values():
        names |= {text.code for text in operation.raises}
    return names


def can_happen(fault):
    try:
        service_model.happening(service_model.botocore_fault(fault), "https://example.com/")
    except TypeError:
        return False
    return True


def rendered():
    operations = sorted(service_model.service_model().operation_names)
    return TEXT.format(
        botocore=botocore.__version__,
        operations=literals([*operations, *map(xform_name, operations)]),
        exceptions=literals(sorted(exceptions())),
        overloads="".join(
            OVERLOAD.format(
                spellings=literals([operation, xform_name(operation)]),
                parameters=literals(sorted(service_model.members_of(operation))),
            )
            for operation in sorted(OPERATIONS)
        ),
    )


def literals(names):
    return ", ".join(f'"{name}"' for name in names)


if __name__ == "__main__":
    FILE.write_text(rendered())
