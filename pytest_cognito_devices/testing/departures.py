"""Connections to Cognito by clients that the fake cannot see."""

from __future__ import annotations

from pytest_cognito_devices.service.errors import caught_in


class UnansweredClient(AssertionError):
    """A client that the fake does not answer looked for a host of Cognito, and was stopped.

    An assertion, so that no handling of network errors in the application hides it.
    """

    def __init__(self, host: str, client: str) -> None:
        super().__init__(host, client)
        self.host = host
        self.client = client

    @property
    def caught_in(self) -> str | None:
        """The file of the function that caught it."""
        return caught_in(self)

    @property
    def line(self) -> str:
        """What happened, in a line of a report."""
        return f"a call to {self.host} left by {self.client}, which the fake does not answer"

    def __str__(self) -> str:
        return (
            f"{self.line[0].upper()}{self.line[1:]}.\n"
            "It answers botocore, aiobotocore, requests, urllib3, urllib.request, httpx and"
            " aiohttp.\n"
            "Ways out:\n"
            "  - send the call to a server in front of the fake: cognito_devices.serve()\n"
            '  - let it reach AWS: @pytest.mark.cognito_devices(unhandled="passthrough")'
        )
