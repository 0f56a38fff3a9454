"""Clients that the fake cannot see are stopped, and the test is told."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket

import pytest

from pytest_cognito_devices import FakeCognito

HOST = "cognito-idp.us-east-1.amazonaws.com"
TOLD = (
    f"A call to {HOST} left by tests, which the fake does not answer.\n"
    "It answers botocore, aiobotocore, requests, urllib3, urllib.request, httpx and aiohttp.\n"
    "Ways out:\n"
    "  - send the call to a server in front of the fake: cognito_devices.serve()\n"
    '  - let it reach AWS: @pytest.mark.cognito_devices(unhandled="passthrough")'
)


def leave():
    connection = http.client.HTTPSConnection(HOST)
    connection.putrequest("POST", "/")
    connection.endheaders()


def test_a_client_that_the_fake_does_not_answer_is_stopped(cognito):
    with pytest.raises(AssertionError) as stopped:
        leave()
    assert str(stopped.value) == TOLD
    assert cognito.log() == (
        "Nothing was called.\n"
        f"hint: a call to {HOST} left by tests, which the fake does not answer"
    )


def test_an_application_that_catches_it_does_not_hide_it(cognito):
    with contextlib.suppress(Exception):
        leave()
    cognito.assert_none_swallowed(seen_in=__file__)
    with pytest.raises(AssertionError) as told:
        cognito.assert_none_swallowed()
    assert str(told.value) == f"The application caught what is an error of the test:\n{TOLD}"


@pytest.mark.parametrize(
    "host",
    [HOST.encode(), HOST.upper(), f"{HOST}.", "cognito-idp-fips.eu-west-1.api.aws"],
)
def test_a_host_in_any_form(cognito, host):
    with pytest.raises(AssertionError, match=r"(?i)A call to cognito-idp"):
        socket.getaddrinfo(host, 443)


def test_a_thread_of_an_event_loop_names_nobody(cognito):
    async def look_up():
        await asyncio.get_running_loop().getaddrinfo(HOST, 443)

    with pytest.raises(AssertionError, match="left by the standard library, which"):
        asyncio.run(look_up())


def test_other_hosts_are_looked_up(cognito):
    assert socket.getaddrinfo("127.0.0.1", 80)
    assert socket.getaddrinfo(None, 80)
    with pytest.raises(TypeError):
        socket.getaddrinfo(123, 80)


def test_what_may_reach_aws_does(monkeypatch):
    def look_up(host, *_, **__):
        raise OSError(f"looked up {host}")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with (
        FakeCognito(unhandled="passthrough"),
        pytest.raises(OSError, match=f"looked up {HOST}"),
    ):
        leave()
