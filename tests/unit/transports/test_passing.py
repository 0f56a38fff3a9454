"""Calls that pass through are on the record; the other side is a server of this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
import urllib3
from botocore.exceptions import ClientError, EndpointConnectionError

from clients import CLIENTS, THERE, headers
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.testing import coverage

PARAMS = {"UserPoolId": "us-east-1_abcdefghi", "ProviderName": "Idp", "ProviderType": "SAML"}
ANSWER = {"IdentityProvider": {"ProviderName": "Idp", "CreationDate": 1767225600.5}}
REFUSAL = {"__type": "ResourceNotFoundException", "message": "It is not there."}
CREATE = {**PARAMS, "ProviderDetails": {}}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.server.answers.pop(0)
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.server.seen += 1
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def aws():
    """What stands for AWS."""
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.url = f"http://127.0.0.1:{server.server_port}/"
    server.answers, server.seen = [], 0
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def passing():
    """A fake that lets through what it does not implement."""
    with FakeCognito(region="us-east-1", unhandled="passthrough") as fake:
        yield fake


BOTOCORE = ["boto3", "aiobotocore"]


@pytest.mark.parametrize("wire", [False, True], ids=["direct", "wire"])
@pytest.mark.parametrize("name", THERE)
def test_a_call_that_passes_through_is_recorded_once(aws, name, wire):
    aws.answers = [(200, ANSWER), (400, REFUSAL)]
    call = CLIENTS[name](aws.url)
    with FakeCognito(region="us-east-1", unhandled="passthrough", wire=wire) as cognito:
        assert call("CreateIdentityProvider", CREATE) == ("answer", ANSWER)
        assert call("CreateIdentityProvider", CREATE) == (
            "error",
            "ResourceNotFoundException",
            "It is not there.",
        )
        call("ListUsers", {"UserPoolId": cognito.pool.id})
    getattr(call, "close", int)()
    assert aws.seen == 2
    first, second, third = cognito.calls
    assert (first.operation, first.params) == ("CreateIdentityProvider", CREATE)
    assert (first.region, first.attempts) == ("us-east-1", 1)
    assert [each.passed_through for each in cognito.calls] == [True, True, False]
    cognito.assert_called("CreateIdentityProvider", ProviderName="Idp")
    if name in BOTOCORE:
        assert (first.response, first.error) == (ANSWER, None)
        assert first.outcome == "passed through: ok"
        assert (second.response, second.error.code) == (None, "ResourceNotFoundException")
        assert (second.error.message, second.error.status) == ("It is not there.", 400)
        assert second.outcome == "passed through: ResourceNotFoundException: It is not there."
    else:
        assert {each.outcome for each in (first, second)} == {"passed through"}
        assert (second.response, second.error) == (None, None)
    assert third.outcome == "0 users"


def test_retries_are_attempts(aws, passing, make_client):
    aws.answers = [(500, {"__type": "InternalErrorException"}), (200, ANSWER)]
    client = make_client(mode="standard", attempts=2, endpoint_url=aws.url)
    client.create_identity_provider(**CREATE)
    assert passing.calls.last.attempts == 2
    assert passing.calls.last.outcome == "passed through: ok (2 attempts)"


def test_an_attempt_that_is_answered_and_one_that_passes_are_one_call(aws, passing, make_client):
    aws.answers = [(200, ANSWER)]
    client = make_client(mode="standard", attempts=2, endpoint_url=aws.url)
    passing.simulate("ReadTimeoutError", on="CreateIdentityProvider", times=1)
    client.create_identity_provider(**CREATE)
    (call,) = passing.calls
    assert (call.passed_through, call.attempts, call.response) == (True, 2, ANSWER)


def test_a_call_that_passes_first_and_is_answered_afterwards(aws, passing, make_client):
    aws.answers = [(500, {"__type": "InternalErrorException"})]
    client = make_client(mode="standard", attempts=2, endpoint_url=aws.url)
    prepare = lambda **_: passing.respond("CreateIdentityProvider", {}) and None  # noqa: E731
    client.meta.events.register("needs-retry", prepare)
    client.create_identity_provider(**CREATE)
    assert not passing.calls.last.passed_through
    assert passing.calls.last.response == {}


def test_an_answer_without_members(aws, passing, make_client):
    aws.answers = [(200, {})]
    client = make_client(endpoint_url=aws.url)
    client.delete_identity_provider(UserPoolId=PARAMS["UserPoolId"], ProviderName="Idp")
    assert passing.calls.last.response == {}


def test_nobody_is_there(passing, make_client):
    client = make_client(attempts=1, endpoint_url="http://127.0.0.1:9/")
    with pytest.raises(EndpointConnectionError):
        client.create_identity_provider(**CREATE)
    assert passing.calls.last.outcome == "passed through: EndpointConnectionError"


def test_what_waits_for_a_later_call_counts_those_that_pass(aws, passing, make_client):
    """It never came before: calls that passed through were nobody's."""
    aws.answers = [(200, ANSWER), (200, ANSWER)]
    client = make_client(endpoint_url=aws.url)
    passing.simulate("DuplicateProviderException", on="CreateIdentityProvider", after=2)
    client.create_identity_provider(**CREATE)
    client.create_identity_provider(**CREATE)
    with pytest.raises(client.exceptions.DuplicateProviderException):
        client.create_identity_provider(**CREATE)
    assert [each.passed_through for each in passing.calls] == [True, True, False]


def test_a_handler_of_one_call_makes_the_same_by_another_client(aws, passing, make_client):
    aws.answers = [(200, ANSWER)] * 3
    client = make_client(endpoint_url=aws.url)

    def again(**_):
        client.meta.events.unregister("after-call", again)
        requests.post(aws.url, json.dumps(CREATE), headers=headers("CreateIdentityProvider"))

    client.meta.events.register("after-call", again)
    client.create_identity_provider(**CREATE)
    requests.post(aws.url, json.dumps(CREATE), headers=headers("CreateIdentityProvider"))
    assert [each.passed_through for each in passing.calls] == [True] * 3


def test_retries_of_urllib3_are_one_call(aws, passing):
    aws.answers = [(500, REFUSAL), (200, ANSWER)]
    retry = urllib3.Retry(1, status_forcelist=[500], allowed_methods=None)
    with urllib3.PoolManager(retries=retry) as pool:
        sent = json.dumps(CREATE)
        pool.request("POST", aws.url, body=sent, headers=headers("CreateIdentityProvider"))
    assert aws.seen == 2
    assert len(passing.calls) == 1


def test_coverage_counts_it(aws, make_client):
    aws.answers = [(400, REFUSAL)]
    table = coverage.start()
    try:
        with FakeCognito(unhandled="passthrough"):
            client = make_client(endpoint_url=aws.url)
            with pytest.raises(ClientError):
                client.create_identity_provider(**CREATE)
    finally:
        coverage.stop()
    assert table.dump() == {
        "calls": {"CreateIdentityProvider": 1},
        "met": {"CreateIdentityProvider": ["ResourceNotFoundException"]},
    }


def test_a_retry_that_is_answered_lets_nothing_else_through(passing, make_client, aws):
    """What passed before it is over."""
    aws.answers = [(500, {"__type": "InternalErrorException"})]
    client = make_client(mode="standard", attempts=2, endpoint_url=aws.url)
    passing.simulate("InternalErrorException", on="CreateIdentityProvider", after=1, times=5)
    with pytest.raises(ClientError):
        client.create_identity_provider(**CREATE)
    call = CLIENTS["urllib3"](aws.url)
    answer = call("CreateIdentityProvider", CREATE)
    call.close()
    assert answer[:2] == ("error", "InternalErrorException")
    assert (aws.seen, len(passing.calls)) == (1, 2)
