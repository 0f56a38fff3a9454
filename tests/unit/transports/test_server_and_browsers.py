"""What a browser asks of the server before, and when, a page of another origin calls it."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest

from pytest_cognito_devices import FakeCognito

ORIGIN = {"Origin": "http://localhost:3000"}
TARGET = "AWSCognitoIdentityProviderService.ListDevices"
#: What the libraries send that a browser does not send of its own accord.
HEADERS = {
    "amazon-cognito-identity-js": "cache-control,content-type,x-amz-target,x-amz-user-agent",
    "aws-amplify": "cache-control,content-type,x-amz-target,x-amz-user-agent",
    "AWS SDK": "amz-sdk-invocation-id,amz-sdk-request,authorization,content-type,"
    "x-amz-content-sha256,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent",
}


@pytest.fixture
def cognito():
    return FakeCognito()


@pytest.fixture
def connection(cognito):
    """One connection, which a browser keeps."""
    with cognito.serve() as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
        yield connection
        connection.close()


def ask(connection, method, path="/", body=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {**ORIGIN, **named})
    response = connection.getresponse()
    return response, response.read()


def list_devices(connection, token):
    return ask(
        connection,
        "POST",
        body=json.dumps({"AccessToken": token}),
        Content_Type="application/x-amz-json-1.1",
        X_Amz_Target=TARGET,
    )


def names(response, header):
    return {each.strip().lower() for each in response.headers[header].split(",")}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_a_page_may_send_what_the_libraries_send(connection, headers):
    response, content = ask(
        connection,
        "OPTIONS",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers=headers,
    )
    assert (response.status, content) == (200, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "post" in names(response, "Access-Control-Allow-Methods")
    assert names(response, "Access-Control-Allow-Headers") >= set(headers.split(","))


def test_a_page_may_read_answers_and_errors(connection, cognito):
    ada = cognito.add_user("ada", devices=1)
    for token, status in [(ada.access_token, 200), ("a.b.c", 400)]:
        response, content = list_devices(connection, token)
        assert response.status == status, content
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        exposed = names(response, "Access-Control-Expose-Headers")
        assert {"x-amzn-requestid", "x-amzn-errortype"} <= exposed


def test_a_page_may_read_the_key_set(connection, cognito):
    response, content = ask(connection, "GET", f"/{cognito.pool.id}/.well-known/jwks.json")
    assert json.loads(content) == cognito.pool.jwks
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_question_is_no_call(connection, cognito):
    ask(connection, "OPTIONS", Access_Control_Request_Method="POST")
    assert cognito.calls == []


@pytest.mark.parametrize("length", ["2", "no number"])
def test_a_question_with_a_body_is_no_part_of_what_comes_next(connection, cognito, length):
    ada = cognito.add_user("ada", devices=1)
    response, _ = ask(connection, "OPTIONS", body="{}", Content_Length=length)
    assert response.status == 200
    assert response.will_close == (length == "no number")
    response, content = list_devices(connection, ada.access_token)
    assert response.status == 200, content
