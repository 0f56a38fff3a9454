"""The `cognito-idp` model of the installed botocore, read once per process.

Everything the fake knows about operations, shapes and declared errors comes from here; nothing of
the model is typed in by hand.
"""

from __future__ import annotations

import base64
import datetime
import os
import re
import string
import time
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import botocore.exceptions
import botocore.utils
from botocore import xform_name
from botocore.exceptions import BotoCoreError
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.session import Session
from botocore.validate import ParamValidator

from pytest_cognito_devices.checks import did_you_mean
from pytest_cognito_devices.tracebacks import is_misuse

if TYPE_CHECKING:
    from pytest_cognito_devices.names import OperationName

__tracebackhide__ = is_misuse

SERVICE = "cognito-idp"
#: How botocore's events name the service.
EVENT_NAME = "cognito-identity-provider"

#: An exception of botocore itself: what happens to a request, not what the service answers.
Fault = type[Exception] | Exception

_Converter = Callable[[Any], Any]


@cache
def _description() -> dict[str, Any]:
    """The model as botocore ships it, about 10 ms the first time."""
    # `load_service_model` takes twice as long: it first looks into the folders of all services.
    loader = Loader()
    version = loader.determine_latest_version(SERVICE, "service-2")
    description: dict[str, Any] = loader.load_data(f"{SERVICE}/{version}/service-2")
    return description


_model: ServiceModel | None = None


def lend(model: ServiceModel) -> None:
    """Offer what a client has read already, so that it need not be read again."""
    global _model  # noqa: PLW0603  one for a process, as the clients have it
    _model = _model or model


def service_model() -> ServiceModel:
    """The model as botocore understands it."""
    global _model  # noqa: PLW0603  as above
    if _model is None:
        _model = ServiceModel(_description(), SERVICE)
    return _model


@cache
def _spellings() -> dict[str, OperationName]:
    names: list[Any] = service_model().operation_names
    return {xform_name(name): name for name in names} | {name: name for name in names}


def canonical(operation: str) -> OperationName:
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
    return service_model().operation_model(operation)


@cache
def members_of(operation: str) -> frozenset[str]:
    """The names of the parameters that an operation takes."""
    shape = operation_model(operation).input_shape
    return frozenset(shape.members) if shape else frozenset()


@cache
def takes_json_only(operation: str) -> bool:
    """Whether all parameters of an operation are what JSON has, too: neither dates nor bytes.

    Of one that only the model of some client has, nobody knows.
    """
    if operation not in _spellings():
        return False
    shape = operation_model(operation).input_shape
    return shape is None or _is_of_json(shape)


def _is_of_json(shape: Any) -> bool:
    if shape.type_name == "structure":
        return not shape.is_document_type and all(map(_is_of_json, shape.members.values()))
    if shape.type_name == "list":
        return _is_of_json(shape.member)
    if shape.type_name == "map":
        return _is_of_json(shape.value)
    return shape.type_name in {"boolean", "integer", "long", "string"}


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
    text = re.sub(r"<[^>]+>", "", service_model().shape_for(code).documentation).strip()
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


@cache
def fault_names() -> frozenset[str]:
    """The names of botocore's own exceptions."""
    return frozenset(name for name in vars(botocore.exceptions) if botocore_fault(name))


def botocore_fault(what: object) -> Fault | None:
    """One of botocore's own exceptions, given by name, as a class or ready-made; else None."""
    if isinstance(what, str):
        what = getattr(botocore.exceptions, what, None)
    ours = issubclass(what if isinstance(what, type) else type(what), BotoCoreError)
    return cast("Fault", what) if ours else None


def happening(fault: Fault, url: str) -> Exception:
    """The exception that a fault is, when a request to `url` meets it.

    Raises:
        TypeError: if a class asks for more than what its message shows.
    """
    if isinstance(fault, Exception):
        return fault
    kind: Any = fault  # botocore's exceptions are made from the fields of their format
    wanted = {field for _, field, _, _ in string.Formatter().parse(kind.fmt) if field}
    known = {"endpoint_url": url, "proxy_url": url}
    made: Exception = kind(**{name: known.get(name, "simulated") for name in wanted})
    return made


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


def configured_region() -> str | None:
    """The region that botocore finds in the environment and the developer's configuration."""
    region = os.environ.get("AWS_DEFAULT_REGION")
    if region:
        return region
    files = tuple(_state_of(os.environ.get(name) or path) for name, path in _CONFIGURATION)
    if not any(files):
        return None
    return _configured_region(files, *map(os.environ.get, ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")))


_CONFIGURATION = (
    ("AWS_CONFIG_FILE", "~/.aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
)


def _state_of(file: str) -> tuple[str, int, int] | None:
    """What changes when somebody writes the file; None if there is none, or nothing in it."""
    try:
        stat = os.stat(os.path.expanduser(file))  # noqa: PTH111, PTH116  a third of the time
    except OSError:
        return None
    return (file, stat.st_mtime_ns, stat.st_size) if stat.st_size else None


@lru_cache(maxsize=16)
def _configured_region(_files: object, *_profile: str | None) -> str | None:
    try:
        found: str | None = Session().get_config_variable("region")
    except BotoCoreError:  # such as a profile that is not there
        return None
    return found or None


# From the wire to what a client gets: what botocore's parser does, compiled once per shape. It
# leaves out what the model does not know, and nulls; the fake's own answers have neither. It puts
# members in the order of the model; here those with nothing to convert stay in their own.


def parse_response(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """What botocore's parser makes of an answer; nothing that can change is shared with it."""
    convert = _response_converter(operation)
    if convert is dict.copy:  # which has no dates
        return body.copy()
    made_by = datetime.datetime, time.tzname, time.timezone
    if made_by != _datetimes.made_by:
        # A test has frozen the class or changed the time zone meanwhile.
        _datetimes.clear()
        _datetimes.made_by = made_by
    parsed: dict[str, Any] = convert(body)
    return parsed


def parse_error(code: str, body: Mapping[str, str]) -> dict[str, str]:
    """The members of a modelled error, which botocore adds beside `Error`; all of them texts."""
    shape = service_model().shape_for_error_code(code)
    members: Mapping[str, Shape] = shape.members if shape else {}
    return {name: body[name] for name in members if name in body}


@cache
def _response_converter(operation: str) -> _Converter:
    shape = operation_model(operation).output_shape
    return _converter(shape) or dict.copy if shape else dict.copy


def _converter(shape: Shape) -> _Converter | None:
    """None stands for 'as it is'."""
    build = _BUILDERS.get(shape.type_name)
    return build(shape) if build else None


def _structure(shape: Any) -> _Converter:
    members = [(name, _converter(member)) for name, member in shape.members.items()]
    if not any(convert for _, convert in members):
        return dict.copy

    def convert_structure(value: dict[str, Any]) -> dict[str, Any]:
        result = {}
        for name, convert in members:  # in the order of the model, as the parser gives them
            if name in value:
                result[name] = convert(value[name]) if convert else value[name]
        return result

    return convert_structure


def _list(shape: Any) -> _Converter:
    convert = _converter(shape.member)
    if convert is None:
        return list.copy
    return lambda value: list(map(convert, value))


def _map(shape: Any) -> _Converter:
    convert = _converter(shape.value)
    if convert is None:
        return dict.copy
    return lambda value: {key: convert(item) for key, item in value.items()}


class _Datetimes(dict[float, Any]):
    """What botocore's parser makes of epoch seconds.

    A device's dates are read far more often than they change, and to parse one costs more than
    the rest of an answer.
    """

    made_by: object = None

    def __missing__(self, seconds: float) -> Any:
        if len(self) >= _DATETIMES_KEPT:
            self.clear()
        parsed = self[seconds] = botocore.utils.parse_timestamp(seconds)
        return parsed


_DATETIMES_KEPT = 65_536
_datetimes = _Datetimes()


def _timestamp(_shape: Any) -> _Converter:
    return _datetimes.__getitem__


def _blob(_shape: Any) -> _Converter:
    return base64.b64decode


_BUILDERS: dict[str, Callable[[Any], _Converter]] = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "timestamp": _timestamp,
    "blob": _blob,
}


# From what a person writes to the wire, for canned answers.


def to_wire(operation: str, response: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON body for an answer that is written as a client would get it.

    Datetimes become epoch seconds, bytes base64; `ResponseMetadata`, which recorded answers have
    and the fake makes anew, is left out.

    Raises:
        ValueError: if the model does not allow such an answer, with every reason.
    """
    shape = operation_model(operation).output_shape
    body = {name: value for name, value in response.items() if name != "ResponseMetadata"}
    if shape is None:
        if body:
            raise ValueError(f"{operation} answers nothing, not {sorted(body)}.")
        return {}
    # `required` in an output shape is a promise of the service, but a test may leave out what the
    # code under test does not read.
    errors = ParamValidator().validate(body, shape)
    reasons = [
        reason
        for reason in errors.generate_report().splitlines()
        if not reason.startswith("Missing required parameter")
    ]
    if reasons:
        raise ValueError(f"{operation} cannot answer that: " + "; ".join(reasons))
    wire: dict[str, Any] = _to_wire(shape, body)
    return wire


def _to_wire(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        return {name: _to_wire(shape.members[name], item) for name, item in value.items()}
    if shape.type_name == "list":
        return [_to_wire(shape.member, item) for item in value]
    if shape.type_name == "map":
        return {key: _to_wire(shape.value, item) for key, item in value.items()}
    if shape.type_name == "timestamp":
        return botocore.utils.parse_to_aware_datetime(value).timestamp()
    if shape.type_name == "blob":
        return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()
    return value
