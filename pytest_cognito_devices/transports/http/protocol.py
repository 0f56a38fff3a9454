"""An HTTP request for Cognito, and the HTTP answer to it: JSON 1.1 as AWS speaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from botocore.loaders import Loader

from pytest_cognito_devices.transports.backend import (
    Answer,
    Backend,
    NoOperation,
    letting_through,
)

#: What the name of an operation stands behind in the header `x-amz-target`.
TARGET = "AWSCognitoIdentityProviderService."
#: A request body with more bytes is refused; assumed, AWS's JSON services differ.
MAX_BODY = 1_048_576

_CREDENTIAL_SCOPE = re.compile(r"Credential=[^/]*/\d{8}/([a-z0-9-]+)/cognito-idp/")


class Request(NamedTuple):
    """An HTTP request, whichever library sends it.

    Attributes:
        method: such as `POST`.
        url: the whole address.
        headers: by their names in lower case.
        body: as it was sent.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    def __str__(self) -> str:
        """What tells a person which one it was."""
        named = {name: self.headers.get(name) for name in ("x-amz-target", "content-type")}
        headers = ", ".join(f"{name}: {value}" for name, value in named.items() if value)
        return f"{self.method} {self.url} with {headers or 'neither target nor content type'}"

    @property
    def region(self) -> str | None:
        """The region that the address names, or the signature; None if neither does."""
        named = _host_pattern().fullmatch((urlsplit(self.url).hostname or "").rstrip("."))
        if named is None:
            named = _CREDENTIAL_SCOPE.search(self.headers.get("authorization", ""))
        return named and named[1]


def is_for_cognito(url: str, headers: Mapping[str, str]) -> bool:
    """Whether a request goes to a host of `cognito-idp`, or names one of its operations."""
    return is_cognito_host(urlsplit(url).hostname) or headers.get("x-amz-target", "").startswith(
        TARGET
    )


def is_cognito_host(host: str | None) -> bool:
    """Whether a host is one of `cognito-idp`, in any region and partition."""
    name = (host or "").lower().rstrip(".")
    # Nearly every host is another, and then the endpoint rules are not even read.
    return name.startswith("cognito-idp") and _host_pattern().fullmatch(name) is not None


@cache
def _host_pattern() -> re.Pattern[str]:
    outputs = [each["outputs"] for each in Loader().load_data("partitions")["partitions"]]
    suffixes = {each[name] for each in outputs for name in ("dnsSuffix", "dualStackDnsSuffix")}
    ends = "|".join(map(re.escape, sorted(suffixes)))
    return re.compile(rf"cognito-idp(?:-fips)?\.([a-z0-9-]+)\.(?:{ends})")


class Exchange:
    """A request, and what the fake makes of it, attempt by attempt.

    Args:
        answering: the backend that is active.
        request: the request.
    """

    def __init__(self, answering: Backend, request: Request) -> None:
        self._backend = answering
        self._request = request
        self._call: Any = None

    @property
    def expects_body(self) -> bool:
        """Whether the answer has a body, which that to `HEAD` has not."""
        return self._request.method != "HEAD"

    def passes_through(self) -> bool:
        """Whether the request is to reach AWS."""
        operation = self._operation()
        if operation is None or not self._backend.may_pass_through(operation):
            return False
        params = self._params()
        return self._is_let_through() or (
            isinstance(params, dict) and self._backend.passes_through(operation, params)
        )

    def let_through(self) -> None:
        """Record a request that is to reach AWS, unless the client that sends it has."""
        if not self._is_let_through():
            operation, params = str(self._operation()), self._params()
            call = self._backend.record(operation, params, self._request.region)
            self._backend.let_through(call)

    def _is_let_through(self) -> bool:
        return letting_through.get() == (self._backend, self._operation(), self._params())

    def attempt(self) -> Answer:
        """What becomes of one attempt.

        Raises:
            BotoCoreError: what happens to the request instead.
            AssertionError: what tells the test that something is missing.
        """
        backend, request = self._backend, self._request
        if request.method in ("GET", "HEAD"):
            return backend.document(request.url, request.region)
        if self._call is None:
            operation, params = self._operation(), self._params()
            refused = self._refused(operation, params)
            if refused is not None or operation is None:
                return backend.refuse(refused or "unknown operation", str(request))
            self._call = backend.record(operation, params, request.region)
        return backend.answer(self._call, request.url)

    def _refused(self, operation: str | None, params: Any) -> NoOperation | None:
        """Why the request is no call of an operation; None for one that is."""
        if self._request.method != "POST" or operation is None:
            return "unknown operation"
        if not self._has_a_content_type_of_aws():
            return "wrong content type"
        if len(self._request.body) > MAX_BODY:
            return "too large"
        if params is _MALFORMED:
            return "malformed JSON"
        return None if isinstance(params, dict) else "no JSON object"

    def _operation(self) -> str | None:
        """The operation that the headers name, if the service model has it."""
        prefix, _, operation = self._request.headers.get("x-amz-target", "").rpartition(".")
        is_one = f"{prefix}." == TARGET and self._backend.knows(operation)
        return operation if is_one else None

    def _has_a_content_type_of_aws(self) -> bool:
        kind, _, _ = self._request.headers.get("content-type", "").partition(";")
        return kind.strip().lower() in _CONTENT_TYPES

    def _params(self) -> Any:
        """What the JSON of the body says, or `_MALFORMED`."""
        try:
            return json.loads(self._request.body.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError):
            return _MALFORMED


_MALFORMED = object()
_CONTENT_TYPES = ("application/x-amz-json-1.1", "application/x-amz-json-1.0")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def as_sent(answer: Answer, *, has_body: bool = True) -> tuple[list[tuple[str, str]], bytes]:
    """The headers, spelled as AWS spells them, and the body of an answer.

    Args:
        answer: the answer.
        has_body: False for an answer to `HEAD`.
    """
    content = answer.content
    headers = {**answer.headers, "content-length": str(len(content))}
    spelled = [(_SPELLED.get(name, name), _in_ascii(value)) for name, value in headers.items()]
    return spelled, content if has_body else b""


def _in_ascii(value: str) -> str:
    """What a header can hold: no end of a line, and nothing beyond ASCII."""
    if value.isascii() and value.isprintable():
        return value
    return ascii(value)[1:-1]


_SPELLED = {
    "date": "Date",
    "content-type": "Content-Type",
    "content-length": "Content-Length",
    "connection": "Connection",
    "x-amzn-requestid": "x-amzn-RequestId",
    "x-amzn-errortype": "x-amzn-ErrorType",
    "x-amzn-errormessage": "x-amzn-ErrorMessage",
}
