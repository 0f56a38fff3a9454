"""moto, which answers every address of Cognito in `requests` while it is active."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from pytest_cognito_devices.transports.http.http_client import bytes_of
from pytest_cognito_devices.transports.http.played import answering, lower
from pytest_cognito_devices.transports.http.protocol import Exchange, Request

# What a request has that is on the record.
_RECORDED = "pytest_cognito_devices_recorded"

_Matches = Callable[[Any, Any], tuple[bool, str]]


def matches(original: _Matches) -> _Matches:
    """Stand in for the `matches` of what moto registers with `responses`.

    What the fake answers matches nothing, so that it goes on as if moto were not there: moto lets
    through what it does not know.
    """

    @functools.wraps(original)
    def answered(self: Any, request: Any) -> tuple[bool, str]:
        headers, body = lower(request.headers), request.body
        active = answering(request.url, headers)
        # One that can be read once is left to whoever answers.
        sent = bytes_of(body) if isinstance(body, bytes | str) else b""
        if active is None:
            return original(self, request)
        exchange = Exchange(active, Request(request.method, request.url, headers, sent))
        if not exchange.passes_through():
            return False, "It is for the fake"
        matched = original(self, request)
        # Several of moto's may match, and all are asked.
        if matched[0] and not hasattr(request, _RECORDED):
            setattr(request, _RECORDED, True)
            exchange.let_through()
        return matched

    return answered
