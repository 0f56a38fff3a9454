"""The HTTP responses that botocore and the hooks of applications get."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from botocore.awsrequest import AWSResponse, HeadersDict

from pytest_cognito_devices.transports.backend import Answer


class Response(AWSResponse):
    """An answer as botocore's own class has it; most calls read little of it, so it is made late.

    Args:
        url: where the call went.
        answer: what came of it.
    """

    def __init__(self, url: str, answer: Answer) -> None:
        self.url = url
        self.status_code = answer.status_code
        self._answer = answer

    @cached_property
    def headers(self) -> Any:
        """By their names, whatever their case."""
        return HeadersDict(self._answer.headers)

    @cached_property
    def raw(self) -> Any:
        """As much of a response of urllib3 as botocore reads."""
        return _Stream(self._answer.content)

    @property
    def content(self) -> Any:
        """The body as it was sent."""
        return self._answer.content


class AsyncResponse(Response):
    """The same of aiobotocore, where the body has to be awaited."""

    @property
    def content(self) -> Any:
        """A coroutine with the body as it was sent."""
        return self._read()

    @property
    def text(self) -> Any:
        """A coroutine with the body as text."""
        return self._read_text()

    async def _read(self) -> bytes:
        return self._answer.content

    async def _read_text(self) -> str:
        return self._answer.content.decode()


class _Stream(io.BytesIO):
    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()
