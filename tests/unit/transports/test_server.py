"""The server in front of a fake."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time

import pytest
import requests
import urllib3

from clients import headers
from pytest_cognito_devices import FakeCognito

LIST = headers("ListDevices")


@pytest.fixture
def fake():
    """Not active: a client of this process would be answered before it sends anything."""
    return FakeCognito(region="us-east-1")


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def body(fake):
    return json.dumps({"AccessToken": fake.add_user("ada", devices=2).access_token})


def talk(server, sent, *, wait=True):
    """Send bytes, and read until the server hangs up."""
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
        connection.sendall(sent)
        connection.settimeout(10)
        if not wait:
            return b""
        received = b""
        while part := connection.recv(65536):
            received += part
        return received


def request(lines, body=b""):
    """A request as bytes, with a connection that ends after it."""
    named = [f"{name}: {value}" for name, value in LIST.items()]
    head = "\r\n".join(["POST / HTTP/1.1", "Host: x", "Connection: close", *named, *lines, "", ""])
    return head.encode() + body


def test_it_is_on_loopback(server, fake):
    assert server.url.startswith("http://127.0.0.1:")
    assert server.cognito is fake
    assert repr(server) == f"<CognitoServer {server.url} of {fake!r}>"


def test_another_process_finds_it(server, fake):
    token = fake.add_user("ada", devices=2).access_token
    program = f"""
import boto3
print(len(boto3.client("cognito-idp").list_devices(AccessToken={token!r})["Devices"]))
"""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    env = {**ours, **server.environment, "HOME": os.devnull}
    told = subprocess.run(
        [sys.executable, "-c", program], env=env, check=True, capture_output=True
    )
    assert told.stdout.split() == [b"2"]
    assert fake.calls.last.region == "us-east-1"


def test_the_region_of_a_client_that_signs_counts(server, fake):
    program = """
import boto3
boto3.client("cognito-idp", "eu-west-1").list_user_pools(MaxResults=1)
"""
    env = {**os.environ, **server.environment}
    subprocess.run([sys.executable, "-c", program], env=env, check=False, capture_output=True)
    assert fake.calls.last.region == "eu-west-1"


def test_its_tokens_have_the_issuer_of_the_pool_and_verify_below_its_url(server, fake):
    answer = requests.get(f"{server.url}/{fake.pool.id}/.well-known/jwks.json", timeout=5)
    assert answer.json() == fake.pool.jwks


def test_connections_are_kept(server, body):
    with urllib3.HTTPConnectionPool("127.0.0.1", int(server.url.rpartition(":")[2])) as pool:
        for _ in range(10):
            answer = pool.request("POST", "/", headers=LIST, body=body)
            assert answer.headers["Connection"] == "keep-alive"
        assert pool.num_connections == 1


def test_many_connections_at_once(server, fake, body):
    statuses = []

    def work():
        with requests.Session() as session:
            for _ in range(5):
                answer = session.post(server.url, headers=LIST, data=body, timeout=30)
                statuses.append(answer.status_code)

    threads = [threading.Thread(target=work) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 500
    assert len(fake.calls) == 500


class TestBrowsers:
    def test_may_call_from_any_page(self, server, body):
        answer = requests.post(server.url, headers=LIST, data=body, timeout=5)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Expose-Headers"] == (
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
        )

    def test_ask_before(self, server):
        asked = {
            "Origin": "http://localhost:3000",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x-amz-target,cache-control",
        }
        answer = requests.options(server.url, headers=asked, timeout=5)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Allow-Headers"] == "x-amz-target,cache-control"
        assert answer.headers["Access-Control-Allow-Methods"] == "POST, GET, OPTIONS"


class TestRequests:
    def test_in_chunks(self, server, fake):
        answer = talk(
            server,
            request(
                ["Transfer-Encoding: chunked"],
                b'5;a=b\r\n{"Acc\r\n12\r\nessToken": "abc"  \r\n1\r\n}\r\n0\r\n\r\n',
            ),
        )
        assert b" 400 " in answer.splitlines()[0]
        assert fake.calls.last.params == {"AccessToken": "abc"}

    @pytest.mark.parametrize(
        "lines",
        [
            ["Content-Length: -1"],
            ["Content-Length: ten"],
            ["Content-Length: ٣"],
            [f"Content-Length: {'9' * 5000}"],
            ["Content-Length: 99999999999"],
            ["Transfer-Encoding: chunked", "", "nonsense"],
            ["Transfer-Encoding: chunked", "", "-5", "abc"],
            ["Transfer-Encoding: chunked", "", "ffffffffff"],
        ],
    )
    def test_with_a_length_that_nobody_takes(self, server, fake, lines):
        answer = talk(server, request(lines))
        assert b" 413 " in answer.splitlines()[0]
        assert b"Connection: close" in answer
        assert len(fake.calls) == 0

    @pytest.mark.parametrize("line", ["nonsense", "GET", "POST / HTTP/9.9", "POST  HTTP/1.1 x y"])
    def test_that_are_none(self, server, line):
        answer = talk(server, f"{line}\r\n\r\n".encode())
        assert b"400" in answer or b"505" in answer

    def test_of_a_client_that_goes_away(self, server, fake, body):
        for _ in range(5):
            talk(server, request(["Content-Length: 500"], b"{"), wait=False)
        assert requests.post(server.url, headers=LIST, data=body, timeout=5).ok

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_of_other_methods(self, server, method):
        answer = requests.request(method, server.url, timeout=5)
        assert answer.json()["__type"] == "UnknownOperationException"

    def test_of_head(self, server, fake):
        answer = requests.head(f"{server.url}/{fake.pool.id}/.well-known/jwks.json", timeout=5)
        assert answer.content == b""

    def test_at_random_have_an_answer_or_are_hung_up_on(self, server, inputs):
        import random

        chance = random.Random(inputs)
        whole = request(["Content-Length: 22"], b'{"AccessToken": "abc"}')
        for _ in range(inputs // 10):
            at = chance.randrange(len(whole))
            spoiled = whole[:at] + chance.randbytes(chance.randrange(6)) + whole[at + 1 :]
            with contextlib.suppress(ConnectionError):
                first, _, _ = talk(server, spoiled + b"\r\n\r\n").partition(b"\r\n")
                assert b"500" not in first


class TestFaults:
    @pytest.mark.parametrize("fault", ["ReadTimeoutError", "ConnectTimeoutError"])
    def test_a_time_out_lets_the_client_time_out(self, server, fake, body, fault):
        fake.simulate(fault, on="ListDevices", times=1)
        with pytest.raises(requests.ReadTimeout):
            requests.post(server.url, headers=LIST, data=body, timeout=0.2)
        assert requests.post(server.url, headers=LIST, data=body, timeout=5).ok

    def test_a_client_without_a_time_out_of_its_own_waits_no_longer_than_that(
        self, monkeypatch, server, fake, body
    ):
        monkeypatch.setattr("pytest_cognito_devices.transports.server.LONGEST_WAIT", 0.05)
        fake.simulate("ReadTimeoutError", on="ListDevices", times=1)
        with pytest.raises(requests.ConnectionError):
            requests.post(server.url, headers=LIST, data=body, timeout=10)

    def test_a_connection_that_fails_is_closed(self, server, fake, body):
        fake.simulate("EndpointConnectionError", on="ListDevices")
        with pytest.raises(requests.ConnectionError):
            requests.post(server.url, headers=LIST, data=body, timeout=5)

    def test_an_error_of_the_test_is_an_answer_that_nobody_retries(self, server, fake):
        answer = requests.post(
            server.url, headers=headers("ListGroups"), data='{"UserPoolId": "us-east-1_x"}'
        )
        assert (answer.status_code, answer.json()["__type"]) == (400, "UnhandledOperation")
        assert answer.headers["x-amzn-ErrorType"] == "UnhandledOperation:"
        assert answer.json()["message"].startswith("ListGroups was called, and")
        assert fake.log().startswith("1  ListGroups  UserPoolId='us-east-1_x'")


def test_it_stops_at_once_whatever_is_open(fake, body):
    fake.simulate("ReadTimeoutError", on="ListDevices")
    failed = []

    def wait_for_ever():
        try:
            requests.post(server.url, headers=LIST, data=body, timeout=30)
        except requests.ConnectionError as error:
            failed.append(error)

    with fake.serve() as server:
        idle = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])))
        thread = threading.Thread(target=wait_for_ever)
        thread.start()
        while not fake.calls:
            time.sleep(0.01)
        begun = time.monotonic()
    assert time.monotonic() - begun < 1
    thread.join(timeout=5)
    assert len(failed) == 1
    assert idle.recv(1) == b""
    idle.close()
    with pytest.raises(requests.ConnectionError):
        requests.post(server.url, headers=LIST, data=body, timeout=5)


def test_a_port_can_be_chosen(fake):
    with fake.serve() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            fake.serve(port=port)
    with fake.serve(port=port) as again:
        assert again.url == first.url
