"""Writes `pytest_cognito_devices/names.py` from the installed botocore.

`nox -f .noxfile.py -s names` runs it with the newest one. With `--check` nothing is written; it
fails if the file is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

import botocore
from botocore import xform_name

from pytest_cognito_devices import names
from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import COMMON
from pytest_cognito_devices.testing.faults import botocore_fault, fault_names, raised_by

FILE = Path(names.__file__)

TEXT = '''\
"""The names that editors complete. Nothing imports them in a run.

Written by `nox -f .noxfile.py -s names`, not by hand.
"""

from __future__ import annotations

from typing import Literal

#: The version that they are from.
BOTOCORE = "{botocore}"

#: An operation of `cognito-idp`, in the spelling of the API or of boto3.
KnownOperation = Literal[
{operations}
]

#: An exception that can be simulated: one that an operation declares, one common to all of AWS, or
#: one of `botocore.exceptions`.
KnownException = Literal[
{exceptions}
]

#: What functions take: any string; editors complete the names above. A type checker that refused
#: other names would list all of these. A run refuses them, and tells the nearest.
OperationName = KnownOperation | str
ExceptionName = KnownException | str
'''


def exceptions():
    """Every name that `simulate` takes for some operation."""
    known = COMMON.keys() | set(filter(can_happen, fault_names()))
    for operation in api.model().operation_names:
        known |= set(api.declared_errors(operation))
    for operation in OPERATIONS.values():
        known |= {text.code for text in operation.raises}
    return known


def can_happen(fault):
    try:
        raised_by(botocore_fault(fault), "https://example.com/")
    except TypeError:
        return False
    return True


def rendered():
    operations = sorted(api.model().operation_names)
    return TEXT.format(
        botocore=botocore.__version__,
        operations=lines([*operations, *map(xform_name, operations)]),
        exceptions=lines(sorted(exceptions())),
    )


def lines(known):
    return "\n".join(f'    "{name}",' for name in known)


def without_version(text):
    return [line for line in text.splitlines() if not line.startswith("BOTOCORE = ")]


def main(arguments):
    if "--check" not in arguments:
        FILE.write_text(rendered())
    elif without_version(FILE.read_text()) != without_version(rendered()):
        sys.exit("Write the names anew: nox -f .noxfile.py -s names")


if __name__ == "__main__":
    main(sys.argv[1:])
