"""Who answers beside other tools that answer HTTP: the table of the README, in both orders.

It runs in the session `neighbours` of nox, which installs the tools.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest

from clients import CLIENTS, HTTP, URL
from pytest_cognito_devices import FakeCognito

HOST = "cognito-idp.us-east-1.amazonaws.com"
ELSEWHERE = "https://elsewhere.example/"
OF_THE_TOOL = {"answered": "by the tool"}
BODY = json.dumps(OF_THE_TOOL)


def imported(name):
    return pytest.importorskip(name, reason="it is in the session `neighbours` of nox")


# The tools. Each answers the addresses that it is given; or it lets what is for Cognito through.


@contextmanager
def by_responses(addresses, _path, *, lets_through):
    responses = imported("responses")
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method, address in addresses:
            mock.add(method, address, body=BODY)
        if lets_through:
            mock.add_passthru(f"https://{HOST}")
        yield


@contextmanager
def by_requests_mock(addresses, _path, *, lets_through):
    requests_mock = imported("requests_mock")
    with requests_mock.Mocker(real_http=lets_through) as mock:
        for method, address in addresses:
            mock.request(method, address, text=BODY)
        yield


@contextmanager
def by_respx(addresses, _path, *, lets_through):
    respx = imported("respx")
    with respx.mock(assert_all_called=False) as mock:
        for method, address in addresses:
            mock.route(method=method, url=address).respond(text=BODY)
        if lets_through:
            mock.route(host=HOST).pass_through()
        yield


@contextmanager
def by_aioresponses(addresses, _path, *, lets_through):
    aioresponses = imported("aioresponses").aioresponses
    with aioresponses(passthrough=[f"https://{HOST}"] if lets_through else []) as mock:
        for method, address in addresses:
            mock.add(address, method, body=BODY)
        yield


def cassette(addresses):
    return {
        "version": 1,
        "interactions": [
            {
                "request": {"method": method, "uri": address, "body": None, "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {"Content-Type": ["application/json"]},
                    "body": {"string": BODY},
                },
            }
            for method, address in addresses
        ],
    }


@contextmanager
def by_vcrpy(addresses, path, *, lets_through):
    vcr = imported("vcr")
    path.joinpath("cassette.json").write_text(json.dumps(cassette(addresses)))
    player = vcr.VCR(serializer="json", record_mode="none")
    with player.use_cassette(
        str(path / "cassette.json"), ignore_hosts=[HOST] if lets_through else []
    ):
        yield


TOOLS = {
    "responses": (by_responses, ["requests"]),
    "requests-mock": (by_requests_mock, ["requests"]),
    "respx": (by_respx, ["httpx", "async httpx"]),
    "aioresponses": (by_aioresponses, ["aiohttp"]),
    "vcrpy": (by_vcrpy, HTTP),
}
ROWS = [
    pytest.param(tool, client, id=f"{name}-{client}")
    for name, (tool, clients) in TOOLS.items()
    for client in clients
]


def got(client, address):
    """The JSON at an address that has nothing to do with Cognito."""
    if client == "requests":
        return imported("requests").get(address, timeout=1).json()
    if client == "urllib3":
        with imported("urllib3").PoolManager() as pool:
            return json.loads(pool.request("GET", address, retries=False).data)
    if client == "urllib":
        with urllib.request.urlopen(address, timeout=1) as response:
            return json.load(response)
    if client == "httpx":
        return imported("httpx").get(address).json()

    async def by_httpx():
        async with imported("httpx").AsyncClient() as session:
            return (await session.get(address)).json()

    async def by_aiohttp():
        async with (
            imported("aiohttp").ClientSession() as session,
            session.get(address) as response,
        ):
            return json.loads(await response.read())

    return asyncio.run(by_aiohttp() if client == "aiohttp" else by_httpx())


@pytest.fixture(params=["tool first", "fake first"])
def both(request, tmp_path):
    """Enters a tool and a fake, in one order or the other."""
    with ExitStack() as entered:

        def enter(tool, addresses=(), *, lets_through=False):
            mine = FakeCognito()
            theirs = tool(addresses, tmp_path, lets_through=lets_through)
            for each in (theirs, mine) if request.param == "tool first" else (mine, theirs):
                entered.enter_context(each)
            return mine

        yield enter


@pytest.mark.parametrize(("tool", "client"), ROWS)
def test_an_address_of_cognito_that_is_registered_is_the_tools(both, tool, client):
    cognito = both(tool, [("POST", URL)])
    assert CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1}) == ("answer", OF_THE_TOOL)
    assert list(cognito.calls) == []


@pytest.mark.parametrize(("tool", "client"), ROWS)
def test_a_call_that_the_tool_lets_through_is_the_fakes(both, tool, client):
    cognito = both(tool, lets_through=True)
    kind, answer = CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1})
    assert kind == "answer"
    assert answer["UserPools"][0]["Id"] == cognito.pool.id
    cognito.assert_called_once("ListUserPools")


@pytest.mark.parametrize(("tool", "client"), ROWS)
def test_other_addresses_are_the_tools(both, tool, client):
    both(tool, [("GET", ELSEWHERE)])
    assert got(client, ELSEWHERE) == OF_THE_TOOL
