"""Who answers beside other tools that answer HTTP: the table of the README, in both orders.

It runs in the session `neighbours` of nox, which installs the tools.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path

import boto3
import httpx
import pytest
import requests
import urllib3

from clients import CLIENTS, HTTP, THERE, URL
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.testing.departures import UnansweredClient

TESTS = Path(__file__).parent.parent
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
    writes = "stream_writer" in inspect.signature(imported("aiohttp").ClientResponse).parameters
    if addresses and writes and version("aioresponses") == "0.7.9":
        pytest.skip("aioresponses 0.7.9 cannot make a response of aiohttp 3.14")
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


@contextmanager
def by_moto(_addresses, _path, *, lets_through):
    with imported("moto").mock_aws():
        yield


@contextmanager
def by_pytest_socket(_addresses, _path, *, lets_through):
    pytest_socket = imported("pytest_socket")
    pytest_socket.disable_socket(allow_unix_socket=True)  # which asyncio has for itself
    yield
    pytest_socket.enable_socket()


TOOLS = {
    "responses": (by_responses, ["requests"]),
    "requests-mock": (by_requests_mock, ["requests"]),
    "respx": (by_respx, ["httpx", "async httpx"]),
    "aioresponses": (by_aioresponses, ["aiohttp"]),
    "vcrpy": (by_vcrpy, HTTP),
}
#: moto answers Cognito whatever a test registers, and pytest-socket answers nothing.
OTHERS = {
    "moto": (by_moto, ["requests"]),
    "pytest-socket": (by_pytest_socket, HTTP),
}


def rows(tools):
    return pytest.mark.parametrize(
        ("tool", "client"),
        [
            pytest.param(tool, client, id=f"{name}-{client}")
            for name, (tool, clients) in tools.items()
            for client in clients
        ],
    )


def list_pools(client):
    return CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1})


def assert_is_of(result, cognito):
    kind, answer = result
    assert kind == "answer"
    assert [pool["Id"] for pool in answer["UserPools"]] == [cognito.pool.id]
    cognito.assert_called_once("ListUserPools")


def got(client, address):
    """The JSON at an address that has nothing to do with Cognito."""
    if client == "requests":
        return requests.get(address, timeout=1).json()
    if client == "urllib3":
        with urllib3.PoolManager() as pool:
            return json.loads(pool.request("GET", address, retries=False).data)
    if client == "urllib":
        with urllib.request.urlopen(address, timeout=1) as response:
            return json.load(response)
    if client == "httpx":
        return httpx.get(address).json()
    return asyncio.run(got_by_aiohttp(address) if client == "aiohttp" else got_by_httpx(address))


async def got_by_httpx(address):
    async with httpx.AsyncClient() as session:
        return (await session.get(address)).json()


async def got_by_aiohttp(address):
    async with imported("aiohttp").ClientSession() as session, session.get(address) as response:
        return json.loads(await response.read())


TOOL_FIRST, FAKE_FIRST = "tool first", "fake first"
both_orders = pytest.mark.parametrize("order", [TOOL_FIRST, FAKE_FIRST])


class Both:
    """A tool and a fake, entered in one order or the other."""

    def __init__(self, order, tool, path, addresses=(), *, lets_through=False, **settings):
        self.cognito = FakeCognito(**settings)
        self._tool = tool(addresses, path, lets_through=lets_through)
        self._in_order = [self._tool, self.cognito]
        if order == FAKE_FIRST:
            self._in_order.reverse()
        self._entered = []

    def __enter__(self):
        try:
            for each in self._in_order:
                each.__enter__()
                self._entered.append(each)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        while self._entered:
            self._end(self._entered[-1])

    def end_tool(self):
        self._end(self._tool)

    def end_fake(self):
        self._end(self.cognito)

    def _end(self, one):
        self._entered.remove(one)
        one.__exit__(None, None, None)


@both_orders
@rows(TOOLS)
def test_an_address_of_cognito_that_is_registered_is_the_tools(order, tool, client, tmp_path):
    with Both(order, tool, tmp_path, [("POST", URL)]) as both:
        assert list_pools(client) == ("answer", OF_THE_TOOL)
        assert list(both.cognito.calls) == []


@both_orders
@rows(TOOLS | OTHERS)
def test_a_call_that_the_tool_lets_through_is_the_fakes(order, tool, client, tmp_path):
    with Both(order, tool, tmp_path, lets_through=True) as both:
        assert_is_of(list_pools(client), both.cognito)


@both_orders
@rows(TOOLS)
def test_a_call_that_the_tool_does_not_let_through_fails(order, tool, client, tmp_path):
    # Where the fake answers urllib3, it asks the cassette alone.
    is_the_fakes = tool is by_vcrpy and client in {"requests", "urllib3"}
    with Both(order, tool, tmp_path) as both:
        with nullcontext() if is_the_fakes else pytest.raises(Exception):
            assert_is_of(list_pools(client), both.cognito)
        assert bool(both.cognito.calls) is is_the_fakes


@both_orders
@pytest.mark.parametrize("sdk", [each for each in THERE if each not in HTTP])
@pytest.mark.parametrize("tool", [tool for tool, _ in (TOOLS | OTHERS).values()])
def test_a_call_by_an_sdk_is_the_fakes_whatever_is_registered(order, sdk, tool, tmp_path):
    with Both(order, tool, tmp_path, [("POST", URL)]) as both:
        assert_is_of(list_pools(sdk), both.cognito)


@both_orders
@rows(TOOLS)
def test_other_addresses_are_the_tools(order, tool, client, tmp_path):
    with Both(order, tool, tmp_path, [("GET", ELSEWHERE)]):
        assert got(client, ELSEWHERE) == OF_THE_TOOL


@both_orders
@rows(TOOLS)
def test_the_tool_goes_on_without_the_fake(order, tool, client, tmp_path):
    with Both(order, tool, tmp_path, [("POST", URL)]) as both:
        both.end_fake()
        assert list_pools(client) == ("answer", OF_THE_TOOL)


@both_orders
@rows(TOOLS | OTHERS)
def test_the_fake_goes_on_without_the_tool(order, tool, client, tmp_path):
    with Both(order, tool, tmp_path) as both:
        both.end_tool()
        if tool is by_respx and order == TOOL_FIRST:
            # It has put back what was there before it, and so has taken away the fake's own.
            with pytest.raises(UnansweredClient):
                list_pools(client)
        else:
            assert_is_of(list_pools(client), both.cognito)


REPLACED = [
    "http.client",
    "urllib.request",
    "socket",
    "urllib3.connection",
    "urllib3.connectionpool",
    "requests.adapters",
    "requests.sessions",
    "httpx",
    "httpcore",
    "aiohttp.client",
    "aiohttp.connector",
    "botocore.awsrequest",
    "moto.core.custom_responses_mock",
]


def functions():
    """All that tools and fakes could have replaced."""
    modules = [sys.modules[name] for name in REPLACED if name in sys.modules]
    members = [each for module in modules for each in vars(module).values()]
    return {
        (owner, name): value
        for owner in [*modules, *filter(inspect.isclass, members)]
        for name, value in vars(owner).items()
        if callable(value)
    }


@pytest.mark.parametrize("ends_first", ["tool", "fake"])
@both_orders
@rows(TOOLS | OTHERS)
def test_nothing_stays_replaced(order, tool, client, ends_first, tmp_path):
    with Both(order, tool, tmp_path, lets_through=True):
        list_pools(client)  # what is imported late is imported
    before = functions()
    with Both(order, tool, tmp_path, lets_through=True) as both:
        list_pools(client)
        both.end_tool() if ends_first == "tool" else both.end_fake()
    with FakeCognito():  # what a tool has put back too late goes with the next fake
        pass
    assert functions() == before


@pytest.mark.parametrize("client", HTTP)
@pytest.mark.parametrize("mode", ["once", "none"])
@both_orders
def test_vcrpy_does_not_record_what_it_ignores(order, mode, client, tmp_path):
    vcr = imported("vcr")
    cassette = tmp_path / "cassette.yaml"
    ignored = [] if client in {"requests", "urllib3"} else [HOST]

    def tool(*_, **__):
        return vcr.use_cassette(str(cassette), record_mode=mode, ignore_hosts=ignored)

    with Both(order, tool, tmp_path) as both:
        assert_is_of(list_pools(client), both.cognito)
    assert not cassette.exists()


@pytest.mark.parametrize("client", [each for each in HTTP if each not in {"requests", "urllib3"}])
@both_orders
def test_vcrpy_records_what_it_does_not_ignore(order, client, tmp_path):
    vcr = imported("vcr")
    cassette = tmp_path / "cassette.yaml"

    def tool(*_, **__):
        return vcr.use_cassette(str(cassette))

    with Both(order, tool, tmp_path) as both:
        recorded = list_pools(client)
        assert_is_of(recorded, both.cognito)
    with Both(order, tool, tmp_path) as both:
        assert list_pools(client) == recorded
        assert list(both.cognito.calls) == []


@both_orders
def test_moto_answers_other_services(order, tmp_path):
    with Both(order, by_moto, tmp_path):
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="photos")
        answer = requests.get("https://photos.s3.amazonaws.com/", timeout=1)
    assert "<Name>photos</Name>" in answer.text


@both_orders
@pytest.mark.parametrize("client", ["boto3", "requests"])
def test_moto_answers_what_passes_through(order, client, tmp_path):
    with Both(order, by_moto, tmp_path, unhandled="passthrough") as both:
        pool = {"UserPoolId": "us-east-1_ofNobody"}
        kind, code, _ = CLIENTS[client](URL)("ListIdentityProviders", pool)
    assert (kind, code) == ("error", "ResourceNotFoundException")
    assert [call.passed_through for call in both.cognito.calls] == [True]


IMPORTED_LATE = """
import requests
from clients import CLIENTS, URL
from pytest_cognito_devices import FakeCognito

with FakeCognito() as cognito:
    from moto import mock_aws

    with mock_aws():
        for client in ("boto3", "requests"):
            kind, answer = CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1})
            assert answer["UserPools"][0]["Id"] == cognito.pool.id
assert len(cognito.calls) == 2
"""


def test_moto_may_be_imported_while_the_fake_is_active():
    imported("moto")
    run_alone(IMPORTED_LATE)


FIRST_IN_A_CASSETTE = """
import vcr
from clients import CLIENTS, HTTP, THERE, URL

with vcr.use_cassette("/nowhere/cassette", record_mode="none", ignore_hosts=["{host}"]):
    from pytest_cognito_devices import FakeCognito

    for client in HTTP:
        with FakeCognito() as cognito:
            CLIENTS[client](URL)("ListUserPools", {{"MaxResults": 1}})
            cognito.assert_called_once("ListUserPools")
"""


def test_the_first_fake_of_a_process_may_begin_in_a_cassette():
    imported("vcr")
    run_alone(FIRST_IN_A_CASSETTE.format(host=HOST))


def run_alone(script):
    path = os.pathsep.join(filter(None, [str(TESTS), *sys.path]))
    result = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.fixture(params=[TOOL_FIRST, FAKE_FIRST])
def httpx_mock_and_fake(request):
    """The fixture of pytest-httpx and a fake, with the mark that the README gives or without."""
    imported("pytest_httpx")

    def enter(*, lets_through=False):
        if lets_through:
            request.applymarker(
                pytest.mark.httpx_mock(should_mock=lambda request: request.url.host != HOST)
            )
        names = ["httpx_mock", "cognito"]
        if request.param == FAKE_FIRST:
            names.reverse()
        made = {name: request.getfixturevalue(name) for name in names}
        return made["httpx_mock"], made["cognito"]

    return enter


@pytest.mark.parametrize("client", ["httpx", "async httpx"])
def test_pytest_httpx_answers_what_is_registered(httpx_mock_and_fake, client):
    httpx_mock, cognito = httpx_mock_and_fake()
    httpx_mock.add_response(url=URL, method="POST", json=OF_THE_TOOL)
    httpx_mock.add_response(url=ELSEWHERE, json=OF_THE_TOOL)
    assert list_pools(client) == ("answer", OF_THE_TOOL)
    assert got(client, ELSEWHERE) == OF_THE_TOOL
    assert list(cognito.calls) == []


@pytest.mark.parametrize("client", ["httpx", "async httpx"])
def test_a_call_that_pytest_httpx_lets_through_is_the_fakes(httpx_mock_and_fake, client):
    httpx_mock, cognito = httpx_mock_and_fake(lets_through=True)
    httpx_mock.add_response(url=ELSEWHERE, json=OF_THE_TOOL)
    assert_is_of(list_pools(client), cognito)
    assert got(client, ELSEWHERE) == OF_THE_TOOL


NO_SOCKETS = """
import socket
import pytest
import requests

@pytest.mark.disable_socket
def test_without_sockets(cognito_devices):
    requests.get(f"{cognito_devices.pool.issuer}/.well-known/jwks.json").raise_for_status()
    with pytest.raises(RuntimeError), pytest.warns(UserWarning, match="tried to use socket"):
        socket.socket()

def test_with_sockets():
    socket.socket().close()
    socket.getaddrinfo("127.0.0.1", 80)
"""


def test_pytest_socket_blocks_what_it_blocked_and_no_more(pytester):
    imported("pytest_socket")
    pytester.makepyfile(NO_SOCKETS)
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=2)
