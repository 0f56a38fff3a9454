"""How calls come in: botocore's hooks, at two depths.

Directly, at `before-call`: the ordinary case, no signing, no sending, no parsing. On the wire, at
`before-send`: for a call whose outcome the client's own retries must see, attempt by attempt.

The hooks are registered once per process, with the sessions of the future and with every session
and client that is already alive, and then stay: they do nothing while no fake is active.
"""

from __future__ import annotations

import email.utils
import gc
import io
import itertools
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import botocore.handlers
from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.client import BaseClient
from botocore.config import Config
from botocore.hooks import HierarchicalEmitter
from botocore.model import ServiceModel
from botocore.session import Session

from pytest_cognito_devices import backoff, ids, replaced, service_model, shortcuts
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import IS_UNHANDLED, ServiceError
from pytest_cognito_devices.service_model import EVENT_NAME, SERVICE, operation_model
from pytest_cognito_devices.simulations import SimulatedFault


class Backend(Protocol):
    """What answers the calls."""

    def passes_through(self, operation: str, params: Mapping[str, Any]) -> bool:
        """Whether to let the call reach AWS."""

    def may_pass_through(self, operation: str) -> bool:
        """Whether calls of this operation may reach AWS at all."""

    def begin(self, operation: str, params: dict[str, Any], region: str) -> Call | None:
        """Record a call; None for one that is to reach AWS."""

    def needs_wire(self, call: Call) -> bool:
        """Whether the client's retries have to see what becomes of it."""

    def answer(self, call: Call) -> dict[str, Any]:
        """The body of the answer; raises ServiceError, SimulatedFault, UnhandledOperation."""


# Never changed in place, so that one look at it is good, whatever other threads do.
_active: tuple[Backend, ...] = ()
_active_lock = threading.Lock()


def backends() -> list[Backend]:
    """What is active now, the innermost last."""
    return list(_active)


@contextmanager
def active(backend: Backend) -> Iterator[None]:
    """Answer every call of the process with this backend, until another one is put in front."""
    global _active  # noqa: PLW0603  one for a process, asked for at every call
    _install(_DOORS)
    try:
        with _active_lock:
            _active = (*_active, backend)
            shortcuts.take()
        yield
    finally:
        with _active_lock:
            _active = tuple(each for each in _active if each is not backend)
            if not _active:
                replaced.restore()


def _skip_waiting() -> None:
    """For as long as there is a fake: the last may end while one of its calls goes on."""
    with _active_lock:
        if _active:
            backoff.skip()


# A plain number, unlike `http.client.OK`: users print it.
OK = 200


class _Reply(NamedTuple):
    """An HTTP answer; has what the handlers of `after-call` read."""

    status_code: int
    headers: dict[str, str]
    operation: str
    body: Mapping[str, Any]

    @property
    def content(self) -> bytes:
        """The body as it is sent: nothing at all, not even braces, where there is none."""
        is_sent = self.status_code != OK or operation_model(self.operation).output_shape
        return json.dumps(self.body).encode() if is_sent else b""


class _Flight(NamedTuple):
    """A call on the wire."""

    backend: Backend
    call: Call
    response_class: type[AWSResponse]

    def is_answered(self) -> bool:
        """Whether the fake that answers it is still active."""
        return self.backend in _active


# Where the context of a request keeps what was in flight before it, to be in flight again when it
# is over: a handler of one call may make another.
_BEFORE = "pytest_cognito_devices_before"
# Where it keeps the parameters of a call until they have been written as JSON.
_GIVEN = "pytest_cognito_devices_given"
# What JSON has as it is: values, and the names of members.
_SCALARS = frozenset({str, int, bool})
_NAMES = frozenset({str})


def _before_parameter_build(
    params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any
) -> None:
    if _active and service_model.takes_json_only(model.name):
        context[_GIVEN] = params


def _sent(given: dict[str, Any] | None, body: bytes) -> Any:
    """The parameters as on the wire.

    Most are there what they were before, and to read them there, a token of a thousand characters
    among them, takes longer than anything else here.
    """
    if given is not None:
        try:
            return _as_given(given)
        except _ChangedByJSON:
            pass
    return json.loads(body)


class _ChangedByJSON(Exception):
    """A value is something else on the wire, such as a string enumeration a plain string."""


def _as_given(value: Any) -> Any:
    kind = type(value)
    if kind is list:
        return [item if type(item) in _SCALARS else _as_given(item) for item in value]
    if kind is not dict or not _NAMES.issuperset(map(type, value)):
        raise _ChangedByJSON
    given = value.copy()
    for name, item in value.items():
        if type(item) not in _SCALARS:
            given[name] = _as_given(item)
    return given


def _before_call(
    model: Any, params: dict[str, Any], request_signer: Any, context: dict[str, Any], **_: Any
) -> tuple[_Reply, dict[str, Any]] | None:
    """Answer the call, or let it pass on to the wire by returning None."""
    __tracebackhide__ = IS_UNHANDLED
    answering = _active
    if not answering:
        _take_off(None, context)
        return None
    backend = answering[-1]
    operation = model.name
    given = context.pop(_GIVEN, None)
    # Most calls have nothing nested, and to ask nobody else is a tenth of what the fake takes.
    if given is not None and _SCALARS.issuperset(map(type, given.values())):
        sent = given.copy()
    else:
        sent = _sent(given, params["body"])
    call = backend.begin(operation, sent, context["client_region"])
    if call is None:
        _take_off(None, context)
        return None
    if backend.needs_wire(call):
        _install(_LANDINGS)
        _skip_waiting()
        if not backend.may_pass_through(operation):
            # Nothing is signed, so that nothing asks for credentials.
            context["auth_type"] = "none"
        is_async = type(request_signer).__module__.startswith("aiobotocore")
        _take_off(_Flight(backend, call, _AsyncResponse if is_async else AWSResponse), context)
        return None
    try:
        body = backend.answer(call)
    except ServiceError as error:
        return _direct_error(call, error)
    except SimulatedFault as simulated:  # asked for by another thread, since `needs_wire`
        raise _happening(simulated, call, params["url"]) from None
    headers = _headers(call.moment)
    parsed = service_model.parse_response(operation, body)
    parsed["ResponseMetadata"] = _metadata(OK, headers)
    return _Reply(OK, headers, operation, body), parsed


def _before_send(request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse | None:
    """Answer one attempt of a call on the wire; nothing else may leave the process."""
    __tracebackhide__ = True  # what it raises was asked for
    operation = event_name.rpartition(".")[2]
    flight = backoff.in_flight.get()
    if isinstance(flight, _Flight) and flight.call.operation == operation:
        # Also when its fake has ended meanwhile, as for a thread that outlives its test.
        return _answer_attempt(flight, request)
    answering = _active
    if not answering or answering[-1].may_pass_through(operation):
        return None
    raise AssertionError(
        f"{operation} was about to be sent to {request.url} while a fake is active, by a call"
        " that began before."
    )


def _answer_attempt(flight: _Flight, request: AWSPreparedRequest) -> AWSResponse | None:
    __tracebackhide__ = True  # as above
    backend, call, url = flight.backend, flight.call, request.url
    if backend.passes_through(call.operation, call.params):  # what was prepared is used up
        return None
    # All handlers of the event get the request, and others that answer (moto's) go by its address.
    request.url = "https://answered.invalid/"
    try:
        body = backend.answer(call)
        reply = _Reply(OK, _headers(call.moment), call.operation, body)
    except ServiceError as error:
        reply = _error_reply(call, error)
    except SimulatedFault as simulated:
        raise _happening(simulated, call, url) from None
    return flight.response_class(url, reply.status_code, reply.headers, _Stream(reply.content))


def _happening(simulated: SimulatedFault, call: Call, url: str) -> BaseException:
    call.error = service_model.happening(simulated.fault, url)
    return call.error


def _after_call(context: dict[str, Any], **_: Any) -> None:
    """The call is over, with an answer or with an exception."""
    if _BEFORE in context:
        backoff.in_flight.set(context.pop(_BEFORE))


def _take_off(flight: _Flight | None, context: dict[str, Any]) -> None:
    before = backoff.in_flight.get()
    # What is in flight already is a call around this one, or one that was broken off for good.
    if before is not flight:
        context[_BEFORE] = before
        backoff.in_flight.set(flight)


_FIRST, _LAST = botocore.handlers.REGISTER_FIRST, botocore.handlers.REGISTER_LAST
_Hooks = tuple[tuple[str, Callable[..., Any], object], ...]

#: Where calls come in, from the first fake on.
_DOORS: _Hooks = (
    (f"before-parameter-build.{EVENT_NAME}", _before_parameter_build, _FIRST),
    # An answer ends the event, and hooks of the application are to have seen it.
    (f"before-call.{EVENT_NAME}", _before_call, _LAST),
    (f"before-send.{EVENT_NAME}", _before_send, _FIRST),
)
#: Where calls on the wire end, from the first of those on: direct calls need not pay for it.
_LANDINGS: _Hooks = (
    (f"after-call.{EVENT_NAME}", _after_call, _FIRST),
    (f"after-call-error.{EVENT_NAME}", _after_call, _FIRST),
)

_installed: set[_Hooks] = set()
_install_lock = threading.Lock()


def _install(hooks: _Hooks) -> None:
    """Register hooks, once per process."""
    with _install_lock:
        if hooks in _installed:
            return
        _installed.add(hooks)
        botocore.handlers.BUILTIN_HANDLERS.extend(hooks)
        for emitter in _living_emitters():
            for event, hook, place in hooks:
                # A session that has been made in the meantime has it; botocore stumbles over an
                # emitter that has handlers of longer events only.
                with suppress(AttributeError):
                    emitter.unregister(event, hook)
                register = emitter.register_first if place is _FIRST else emitter.register_last
                register(event, hook)


def _living_emitters() -> list[HierarchicalEmitter]:
    """The emitters of every session and client that is alive, or is just being made."""
    emitters, models = {*_kinds_of(HierarchicalEmitter)}, {*_kinds_of(ServiceModel)}
    found = []
    # What refers to a class is, among others, what is of it. Not isinstance: it asks lazy proxies
    # for their class, which runs their code.
    for each in gc.get_referrers(*emitters, *models):
        kind = type(each)
        if kind in emitters and _HANDLERS in vars(each):
            found.append(each)
        elif kind in models and vars(each).get("service_name") == SERVICE:
            service_model.lend(each)
    return found


# Without it an emitter is one that another thread has only begun to make.
_HANDLERS = "_unique_id_handlers"


def _kinds_of(kind: type[Any]) -> Iterator[type[Any]]:
    """A class and all below it."""
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds_of(each)


@lru_cache(maxsize=8)
def client(region: str) -> BaseClient:
    """A client made once per process and region, that signs nothing.

    The developer's own configuration, by file or environment, has no say in it.
    """
    ours = {
        "config_file": os.devnull,
        "credentials_file": os.devnull,
        "defaults_mode": "legacy",
        "ignore_configured_endpoint_urls": True,
        "max_attempts": None,
        "profile": None,
        "retry_mode": None,
        "use_dualstack_endpoint": None,
        "use_fips_endpoint": None,
    }
    session = Session(
        session_vars={name: (None, None, value, None) for name, value in ours.items()}
    )
    config = Config(signature_version=UNSIGNED)
    return session.create_client(SERVICE, region_name=region, config=config)


# What the service puts around an answer.


def _error_reply(call: Call, error: ServiceError) -> _Reply:
    # The record keeps the error, but must not keep alive what frames refer to: its own, and those
    # of an exception that the caller was just handling.
    error.__traceback__ = error.__context__ = None
    headers = {
        **_headers(call.moment),
        "x-amzn-errortype": f"{error.code}:",
        "x-amzn-errormessage": error.message,
    }
    body = {"__type": error.code, "message": error.message}
    return _Reply(error.status, headers, call.operation, body)


def _headers(moment: float) -> dict[str, str]:
    # No content-length: to know it, every direct call would have to write its answer as JSON.
    return {
        "date": _http_date(int(moment)),
        "content-type": "application/x-amz-json-1.1",
        "connection": "keep-alive",
        "x-amzn-requestid": f"{_REQUEST_ID}{next(_numbers)}",
    }


# Request ids are UUIDs that count, in digits: nobody has a use for more randomness in them.
_REQUEST_ID = ids.uuid4()[:-12]
_numbers = itertools.count(10**11)


@lru_cache(maxsize=16)
def _http_date(seconds: int) -> str:
    return email.utils.formatdate(seconds, usegmt=True)


# What botocore's parser makes of it.


def _direct_error(call: Call, error: ServiceError) -> tuple[_Reply, dict[str, Any]]:
    reply = _error_reply(call, error)
    parsed = {
        "Error": {"Message": error.message, "Code": error.code},
        "ResponseMetadata": _metadata(reply.status_code, reply.headers),
        **service_model.parse_error(error.code, reply.body),
    }
    return reply, parsed


def _metadata(status: int, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "RequestId": headers["x-amzn-requestid"],
        "HTTPStatusCode": status,
        "HTTPHeaders": headers,
        "RetryAttempts": 0,
    }


class _Stream(io.BytesIO):
    """As much of a urllib3 response as botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


class _AsyncResponse(AWSResponse):
    """What aiobotocore reads: the content has to be awaited."""

    @property
    def content(self) -> Any:
        return self._read()

    async def _read(self) -> bytes:
        content: bytes = self.raw.getvalue()
        return content
