"""The server in front of a fake."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time

import boto3
import pytest
import requests
import urllib3
from botocore import UNSIGNED
from botocore.config import Config

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
    with socket.create_connection(("127.0.0.1", port_of(server))) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(10)
        if not wait:
            return b""
        received = b""
        while part := connection.recv(65536):
            received += part
        return received


def port_of(server):
    return int(server.url.rpartition(":")[2])


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


def test_its_configuration_leads_to_its_own_key_set(server, fake):
    url = f"{server.url}/{fake.pool.id}/.well-known/openid-configuration"
    found = requests.get(url, timeout=5).json()
    assert found["issuer"] == fake.pool.issuer
    assert requests.get(found["jwks_uri"], timeout=5).json() == fake.pool.jwks


def test_its_address_is_its_own_whichever_fake_is_active(server, fake, body):
    unsigned = Config(signature_version=UNSIGNED)
    client = boto3.client("cognito-idp", "us-east-1", endpoint_url=server.url, config=unsigned)
    with FakeCognito() as another:
        answer = requests.post(server.url, headers=LIST, data=body, timeout=5)
        assert len(answer.json()["Devices"]) == 2
        assert len(client.list_devices(**json.loads(body))["Devices"]) == 2
        assert another.calls == []
    client.close()
    assert len(fake.calls) == 2


def test_connections_are_kept(server, body):
    with urllib3.HTTPConnectionPool("127.0.0.1", port_of(server)) as pool:
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

    def test_in_chunks_with_all_that_may_stand_beside_them(self, server, fake):
        body = b'16;name="a long extension"\r\n{"AccessToken": "abc"}\r\n0\r\nTrailer: 1\r\n\r\n'
        with socket.create_connection(("127.0.0.1", port_of(server))) as connection:
            for _ in range(2):
                head = request(["Transfer-Encoding: chunked"]).replace(b"close", b"keep-alive")
                connection.sendall(head + body)
                assert b" 400 " in connection.recv(65536).splitlines()[0]
        assert [call.params for call in fake.calls] == [{"AccessToken": "abc"}] * 2

    def test_that_wait_until_they_may_go_on(self, server, fake):
        with socket.create_connection(("127.0.0.1", port_of(server)), timeout=5) as connection:
            connection.sendall(request(["Expect: 100-continue", "Content-Length: 2"]))
            assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
            connection.sendall(b"{}")
            assert b" 400 " in connection.recv(65536).splitlines()[0]
        assert len(fake.calls) == 1

    @pytest.mark.parametrize(
        "lines",
        [
            ["Content-Length: -1"],
            ["Content-Length: ten"],
            ["Content-Length: ٣"],
            ["Content-Length:"],
            ["Transfer-Encoding: chunked", "", "nonsense"],
            ["Transfer-Encoding: chunked", "", "-5", "abc"],
        ],
    )
    def test_with_a_length_that_is_none(self, server, fake, lines):
        answer = talk(server, request(lines))
        assert b" 400 " in answer.splitlines()[0]
        assert b"Connection: close" in answer
        assert len(fake.calls) == 0
        assert "malformed length: POST /" in fake.log()

    @pytest.mark.parametrize(
        "lines",
        [
            [f"Content-Length: {'9' * 5000}"],
            ["Content-Length: 99999999999"],
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
            server.url,
            headers=headers("ListIdentityProviders"),
            data='{"UserPoolId": "us-east-1_x"}',
        )
        assert (answer.status_code, answer.json()["__type"]) == (400, "UnhandledOperation")
        assert answer.headers["x-amzn-ErrorType"] == "UnhandledOperation:"
        assert answer.json()["message"].startswith("ListIdentityProviders was called, and")
        assert fake.log().startswith("1  ListIdentityProviders  UserPoolId='us-east-1_x'")


def test_it_stops_at_once_whatever_is_open(fake, body):
    fake.simulate("ReadTimeoutError", on="ListDevices")
    failed = []

    def wait_for_ever():
        try:
            requests.post(server.url, headers=LIST, data=body, timeout=30)
        except requests.ConnectionError as error:
            failed.append(error)

    with fake.serve() as server:
        idle = socket.create_connection(("127.0.0.1", port_of(server)))
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


def test_it_answers_no_more_on_a_connection_that_was_kept(fake, body):
    before = threading.active_count()
    with fake.serve() as server:
        connection = http.client.HTTPConnection("127.0.0.1", port_of(server))
        connection.request("POST", "/", body, LIST)
        assert connection.getresponse().read()
        kept = connection.sock
    with contextlib.suppress(OSError):
        kept.sendall(request([f"Content-Length: {len(body)}"], body.encode()))
        assert kept.recv(1) == b""
    connection.close()
    assert len(fake.calls) == 1
    while threading.active_count() > before:
        time.sleep(0.01)


def test_an_sdk_finds_it_whatever_its_environment_says(monkeypatch, fake):
    monkeypatch.setenv("NO_PROXY", "example.com")
    with fake.serve() as server:
        token = fake.add_user("ada").access_token
        program = f"""
import boto3
boto3.client("cognito-idp").list_devices(AccessToken={token!r})
"""
        dead = {"HTTP_PROXY": "http://127.0.0.1:9", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}
        env = {**os.environ, **dead, **server.environment}
        subprocess.run([sys.executable, "-c", program], env=env, check=True)
        assert server.environment["NO_PROXY"] == "example.com,127.0.0.1"
        assert server.environment["no_proxy"] == "127.0.0.1"


def test_a_call_that_names_no_region_comes_to_its_pool(fake):
    other = fake.add_pool(region="eu-west-1")
    ada = other.add_user("ada", devices=1)
    known = [
        ("ListDevices", {"AccessToken": ada.access_token}),
        ("AdminListDevices", {"UserPoolId": other.id, "Username": "ada"}),
        (
            "InitiateAuth",
            {
                "ClientId": other.client.id,
                "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": {"USERNAME": "ada", "PASSWORD": ada.password},
            },
        ),
    ]
    with fake.serve() as server:
        for operation, params in known:
            answer = requests.post(
                server.url, headers=headers(operation), data=json.dumps(params), timeout=5
            )
            assert answer.ok, answer.content
    assert {call.region for call in fake.calls} == {"eu-west-1"}


def test_a_bug_of_ours_is_told(capsys, monkeypatch, server):
    monkeypatch.setattr("pytest_cognito_devices.transports.server.as_sent", lambda *_, **__: 1 / 0)
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=5)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_port_can_be_chosen(fake):
    with fake.serve() as first:
        port = int(first.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            fake.serve(port=port)
    with fake.serve(port=port) as again:
        assert again.url == first.url


def test_a_client_that_goes_away_is_its_own_affair(capsys, server):
    try:
        os.fdopen(10_000)
    except OSError:
        server._server.handle_error(None, None)
    assert capsys.readouterr().err == ""
