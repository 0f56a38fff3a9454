"""The HTTP answers of the service: status, headers and body, as JSON 1.1 has them."""

from __future__ import annotations

import email.utils
import itertools
import json
from functools import lru_cache
from typing import Any, NamedTuple

from pytest_cognito_devices.service import api, ids
from pytest_cognito_devices.service.errors import ServiceError

# A plain number, unlike `http.client.OK`: users print it.
_OK = 200


class Response(NamedTuple):
    """An HTTP answer.

    Attributes:
        status_code: 200, or 400 and more for an error.
        headers: by their names in lower case.
        body: the JSON of an answer or of an error.
        operation: what was called.
    """

    status_code: int
    headers: dict[str, str]
    body: dict[str, Any]
    operation: str

    @property
    def content(self) -> bytes:
        """The body as it is sent: nothing at all, not even braces, where there is no output."""
        is_sent = self.status_code != _OK or api.operation_model(self.operation).output_shape
        return json.dumps(self.body).encode() if is_sent else b""


def answer(operation: str, body: dict[str, Any], moment: float) -> Response:
    """The HTTP answer with what an operation answers, at a moment in epoch seconds."""
    return Response(_OK, _headers(moment), body, operation)


def refusal(operation: str, error: ServiceError, moment: float) -> Response:
    """The HTTP answer with an error, at a moment in epoch seconds."""
    headers = {
        **_headers(moment),
        "x-amzn-errortype": f"{error.code}:",
        "x-amzn-errormessage": error.message,
    }
    body = {"__type": error.code, "message": error.message}
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
