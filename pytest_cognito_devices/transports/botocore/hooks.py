"""The hooks that answer calls: directly at `before-call`, or on the wire at `before-send`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import BotoCoreError

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST, Answer, Backend
from pytest_cognito_devices.transports.botocore import retries
from pytest_cognito_devices.transports.botocore.parser import parse, parse_error
from pytest_cognito_devices.transports.botocore.registration import FIRST, LAST, Hook, register
from pytest_cognito_devices.transports.botocore.responses import AsyncResponse, Response

# How botocore's events name the service.
_SERVICE = "cognito-identity-provider"
# Where the context of a request keeps which call was on the wire before it, to be there again when
# it is over: a handler of one call may make another.
_BEFORE = "pytest_cognito_devices_before"
# Where it keeps that the call has come in.
_SEEN = "pytest_cognito_devices_seen"
# What an attempt that the fake has answered goes by. All handlers of `before-send` get it, and
# others that answer (moto's) go by the address.
_ANSWERED = "https://answered.invalid/"
_OK = 200
_JSON = json.JSONDecoder()


class WireCall:
    """A call whose attempts are answered where they would be sent.

    Attributes:
        backend: what answers.
        operation: by its API name.
        params: as on the wire.
        first: what has become of the first attempt already, until it is sent.
        passes: whether the last attempt went on to AWS.
        response_class: what the client's own kind of botocore expects to get.
    """

    def __init__(
        self,
        answering: Backend,
        call: Any,
        *,
        operation: str,
        params: dict[str, Any],
        first: Answer | BotoCoreError | None = None,
        response_class: type[Response],
    ) -> None:
        self.backend = answering
        self.operation = operation
        self.params = params
        self.first = first
        self.passes = False
        self.response_class = response_class
        self._call = call

    def is_answered(self) -> bool:
        """Whether the fake answers it, and is still active."""
        return not self.passes and backend.is_active(self.backend)

    def answer(self, url: str) -> Answer | None:
        """What becomes of the next attempt; None for one that is to reach AWS."""
        __tracebackhide__ = True  # what it raises was asked for
        backend.letting_through.set(None)
        first, self.first = self.first, None
        if isinstance(first, BotoCoreError):
            raise first.with_traceback(None) from None
        if first is not None:
            return first
        # What was prepared may be used up by now.
        self.passes = self.backend.passes_through(self.operation, self.params)
        if self.passes:
            self.backend.let_through(self._call)
            backend.letting_through.set((self.backend, self.operation, self.params))
            return None
        return self.backend.answer(self._call, url)

    def end(self, outcome: Mapping[str, Any] | Exception) -> None:
        """Tell the fake what came of an attempt that it has let through."""
        backend.letting_through.set(None)
        if self.passes:
            self.backend.came_back(self._call, outcome)


def _before_call(
    model: Any, params: dict[str, Any], request_signer: Any, context: dict[str, Any], **_: Any
) -> tuple[Response, dict[str, Any]] | None:
    """Answer the call, or let it pass on to the wire by returning None."""
    __tracebackhide__ = IS_FOR_THE_TEST
    if _SEEN in context:  # by the same hook: see `registration`
        return None
    context[_SEEN] = True
    operation, answering = model.name, backend.answering(params["url"])
    if answering is None:
        _set_current(None, context)
        return None
    sent = _parameters(params["body"])
    passes = answering.passes_through(operation, sent)
    call = answering.record(operation, sent, context["client_region"])
    is_async = type(request_signer).__module__.startswith("aiobotocore")
    response_class = AsyncResponse if is_async else Response
    first: Answer | BotoCoreError | None = None
    if not answering.wire and not passes:
        try:
            answer = first = answering.answer(call, params["url"])
        except BotoCoreError as fault:
            first = fault
        else:
            if not retries.may_be_retried(answer):
                return response_class(params["url"], answer), _parsed(model, answer)
    if not passes:
        retries.skip_waiting()
    if not answering.may_pass_through(operation):
        # Nothing is signed, so that nothing asks for credentials.
        context["auth_type"] = "none"
    on_the_wire = WireCall(
        answering,
        call,
        operation=operation,
        params=sent,
        first=first,
        response_class=response_class,
    )
    _set_current(on_the_wire, context)
    return None


def _parameters(body: bytes | str) -> dict[str, Any]:
    """What is sent; a hook may have written it anew, as a string or with blanks around it."""
    text = body.decode() if isinstance(body, bytes) else body
    # A bar needs it: `json.loads` takes twice as long for a body of one token.
    parameters: dict[str, Any] = _JSON.raw_decode(text.strip())[0]
    return parameters


def _before_send(request: AWSPreparedRequest, event_name: str, **_: Any) -> Response | None:
    """Answer one attempt of a call on the wire; nothing else may leave the process."""
    __tracebackhide__ = True  # what it raises was asked for
    operation, url = event_name.rpartition(".")[2], request.url
    if url == _ANSWERED:  # by the same hook, as above
        return None
    call = retries.current.get()
    if isinstance(call, WireCall) and call.operation == operation:
        # Also when its fake has ended meanwhile, as for a thread that outlives its test.
        answer = call.answer(url)
        if answer is None:
            return None
        request.url = _ANSWERED
        return call.response_class(url, answer)
    answering = backend.innermost()
    if answering is None or answering.may_pass_through(operation):
        return None
    raise AssertionError(
        f"{operation} was about to be sent to {url} while a fake is active, by a call that began"
        " before."
    )


def _after_call(
    context: dict[str, Any],
    parsed: Mapping[str, Any] = {},
    exception: Exception | None = None,
    **_: Any,
) -> None:
    """The call is over, with an answer or with an exception."""
    if _BEFORE in context:
        call = retries.current.get()
        retries.current.set(context.pop(_BEFORE))
        if isinstance(call, WireCall):
            call.end(exception or parsed)


def _set_current(call: WireCall | None, context: dict[str, Any]) -> None:
    before = retries.current.get()
    # A call may be made inside another one, by a handler; the other one goes on afterwards.
    if before is not call:
        context[_BEFORE] = before
        retries.current.set(call)


_HOOKS: tuple[Hook, ...] = (
    # An answer ends the event, and hooks of the application are to have seen it.
    (f"before-call.{_SERVICE}", _before_call, LAST),
    (f"before-send.{_SERVICE}", _before_send, FIRST),
    (f"after-call.{_SERVICE}", _after_call, FIRST),
    (f"after-call-error.{_SERVICE}", _after_call, FIRST),
)


def install() -> None:
    """Register the hooks, once per process; they do nothing while no fake is active."""
    register(_HOOKS)


def _parsed(model: Any, answer: Answer) -> dict[str, Any]:
    """What botocore's parser makes of an answer."""
    metadata = {
        "RequestId": answer.headers["x-amzn-requestid"],
        "HTTPStatusCode": answer.status_code,
        "HTTPHeaders": answer.headers,
        "RetryAttempts": 0,
    }
    body = answer.body
    if answer.status_code == _OK:
        parsed = parse(model, body)
        parsed["ResponseMetadata"] = metadata
        return parsed
    message = body.get("message", body.get("Message"))
    return {
        "Error": {"Message": message, "Code": body["__type"]},
        "ResponseMetadata": metadata,
        **parse_error(model, body),
    }
