"""The API of `cognito-idp` as the installed botocore describes it, read once per process.

Everything the fake knows about operations, shapes and declared errors comes from here; nothing of
it is typed in by hand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

from pytest_cognito_devices.service.checks import did_you_mean, is_misuse

__tracebackhide__ = is_misuse

SERVICE = "cognito-idp"


@cache
def _description() -> dict[str, Any]:
    # `load_service_model` takes twice as long: it first looks into the folders of all services.
    loader = Loader()
    version = loader.determine_latest_version(SERVICE, "service-2")
    description: dict[str, Any] = loader.load_data(f"{SERVICE}/{version}/service-2")
    return description


@cache
def model() -> ServiceModel:
    """The model as botocore understands it."""
    return ServiceModel(_description(), SERVICE)


@cache
def _spellings() -> dict[str, str]:
    names = model().operation_names
    return {xform_name(name): name for name in names} | {name: name for name in names}


def canonical(operation: str) -> str:
    """The API's spelling of an operation; boto3's spelling is understood too.

    Raises:
        ValueError: for anything else, with the nearest name.
    """
    spellings = _spellings()
    if isinstance(operation, str) and operation in spellings:
        return spellings[operation]
    near = did_you_mean(operation, spellings)
    raise ValueError(f"{operation!r} is not an operation of {SERVICE}{near}")


@cache
def operation_model(operation: str) -> OperationModel:
    """The model of one operation, by its API name."""
    return model().operation_model(operation)


@cache
def members_of(operation: str) -> frozenset[str]:
    """The names of the parameters that an operation takes."""
    shape = operation_model(operation).input_shape
    return frozenset(shape.members) if shape else frozenset()


@cache
def shape_members(shape: str) -> tuple[str, ...]:
    """The names of the members of a structure, in the order of the model."""
    return tuple(model().shape_for(shape).members)


@cache
def member_type(shape: str, member: str) -> str:
    """The type of a member of a structure, such as `boolean`."""
    return str(model().shape_for(shape).members[member].type_name)


@cache
def values_of(shape: str) -> tuple[str, ...]:
    """The values of an enumeration, in the order of the model; none if it has no such shape."""
    return tuple(model().shape_for(shape).enum) if shape in model().shape_names else ()


@cache
def maximum_of(shape: str, otherwise: int) -> int:
    """The maximum of a number; `otherwise` if the model has no such shape."""
    is_there = shape in model().shape_names
    return int(model().shape_for(shape).metadata["max"]) if is_there else otherwise


@cache
def declared_errors(operation: str) -> tuple[str, ...]:
    """The exceptions that the installed botocore declares for an operation, sorted."""
    return tuple(sorted(shape.name for shape in operation_model(operation).error_shapes))


def status_of(code: str) -> int:
    """The HTTP status of a modelled error: 500 when the model calls it the service's fault."""
    # botocore does not keep the trait.
    return 500 if _description()["shapes"].get(code, {}).get("fault") else 400


def documentation_of(code: str) -> str:
    """The first sentence that the model has about an exception, as plain text."""
    text = re.sub(r"<[^>]+>", "", model().shape_for(code).documentation).strip()
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


class Partition(NamedTuple):
    """A part of AWS: the name of it in ARNs, and the end of its host names."""

    id: str
    dns_suffix: str


@cache
def partition_of(region: str) -> Partition:
    """The partition that a region is in; the ordinary one for a region not known yet."""
    partitions = Loader().load_data("partitions")["partitions"]
    found = next((each for each in partitions if re.match(each["regionRegex"], region)), None)
    ordinary = next(each for each in partitions if each["id"] == "aws")
    partition = found or ordinary
    return Partition(partition["id"], partition["outputs"]["dnsSuffix"])
