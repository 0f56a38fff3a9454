"""The HTTP answers of the service: status, headers and body, as JSON 1.1 has them."""

from __future__ import annotations

import email.utils
import itertools
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pytest_cognito_devices.service import api, ids, texts
from pytest_cognito_devices.service.errors import ServiceError

# A plain number, unlike `http.client.OK`: users print it.
OK = 200


class Response(NamedTuple):
    """An HTTP answer.

    Attributes:
        status_code: 200, or 400 and more for an error.
        headers: by their names in lower case.
        body: the JSON of an answer or of an error.
        operation: what was called; empty if nothing was.
    """

    status_code: int
    headers: dict[str, str]
    body: dict[str, Any]
    operation: str

    @property
    def content(self) -> bytes:
        """The body as it is sent: nothing at all, not even braces, where there is no output."""
        is_sent = (
            self.status_code != OK
            or not self.operation
            or api.operation_model(self.operation).output_shape
        )
        return json.dumps(self.body).encode() if is_sent else b""


def answer(operation: str, body: dict[str, Any], moment: float) -> Response:
    """The HTTP answer with what an operation answers, at a moment in epoch seconds."""
    return Response(OK, _headers(moment), body, operation)


def document(body: Mapping[str, Any], moment: float, status: int = 200) -> Response:
    """The HTTP answer with what a user pool publishes, or with why there is nothing."""
    headers = {**_headers(moment), "content-type": "application/json"}
    return Response(status, headers, dict(body), "")


def no_operation(why: str, moment: float) -> Response:
    """The HTTP answer to a request that is no call of an operation, see `texts.NO_OPERATION`."""
    text = texts.NO_OPERATION[why]
    answer = refusal("", ServiceError(text.code, text.message, text.status), moment)
    if why == "wrong content type":
        return answer._replace(body=_OF_ANOTHER_PROTOCOL)
    return answer


# What clients get that do not speak JSON 1.1.
_OF_ANOTHER_PROTOCOL = {
    "Output": {"__type": "com.amazon.coral.service#UnknownOperationException"},
    "Version": "1.0",
}


def refusal(operation: str, error: ServiceError, moment: float) -> Response:
    """The HTTP answer with an error, at a moment in epoch seconds."""
    headers = {
        **_headers(moment),
        "x-amzn-errortype": f"{error.code}:",
        "x-amzn-errormessage": error.message,
    }
    # Capital where the request could not even be read: amplify-js#4738, amplify-js#5165.
    message = "Message" if error.code == "SerializationException" else "message"
    body = {"__type": error.code, message: error.message}
    return Response(error.status, headers, body, operation)


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
