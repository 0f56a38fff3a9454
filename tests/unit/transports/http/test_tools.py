"""What the fake asks of other tools that answer HTTP, without them; `tests/peers` has them."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import types

import pytest
import requests
import urllib3.connection
from urllib3.connectionpool import HTTPSConnectionPool

from clients import CLIENTS, URL, headers
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.http import guard, moto, originals


@pytest.fixture
def prepared():
    """Makes a request as `responses` gets it."""

    def prepared(operation):
        body = json.dumps({"UserPoolId": "us-east-1_a"})
        return requests.Request("POST", URL, headers(operation), data=body).prepare()

    return prepared


def everything(_self, _request):
    return True, ""


def test_moto_matches_nothing_that_the_fake_answers(cognito, prepared):
    matches = moto.matches(everything)
    assert matches(None, prepared("ListUserPools")) == (False, "It is for the fake")
    assert matches(None, requests.Request("GET", "https://s3.example/").prepare()) == (True, "")


def test_a_body_that_can_be_read_once_is_not_read_where_moto_matches(cognito):
    body = iter([b"{}"])
    request = requests.Request("POST", URL, headers("ListUserPools"), data=body).prepare()
    assert moto.matches(everything)(None, request) == (False, "It is for the fake")
    assert list(body) == [b"{}"]


def test_moto_matches_what_passes_through(prepared):
    with FakeCognito(unhandled="passthrough") as cognito:
        matches = moto.matches(everything)
        assert matches(None, prepared("ListIdentityProviders")) == (True, "")
        assert matches(None, prepared("ListUserPools")) == (False, "It is for the fake")
        assert [call.operation for call in cognito.calls] == ["ListIdentityProviders"]


def test_what_several_of_moto_match_is_recorded_once(prepared):
    with FakeCognito(unhandled="passthrough") as cognito:
        request = prepared("ListIdentityProviders")
        for matches in (lambda *_: (False, "not mine"), everything, everything):
            moto.matches(matches)(None, request)
    assert [call.passed_through for call in cognito.calls] == [True]


def test_moto_matches_everything_without_a_fake(prepared):
    assert moto.matches(everything)(None, prepared("ListUserPools")) == (True, "")


class Cassette:
    """A cassette of vcrpy with an answer to everything, or without any."""

    def __init__(self):
        self.plays = True
        self.asked = []

    def can_play_response_for(self, request):
        self.asked.append(request)
        return self.plays


@pytest.fixture
def cassette(monkeypatch):
    """A cassette that is in use: vcrpy stands in for the connections of every pool."""
    cassette = Cassette()

    class Connection(urllib3.connection.HTTPSConnection):
        def connect(self):
            raise ConnectionRefusedError("It would play")

    Connection.cassette = cassette
    module = types.ModuleType("vcr.request")
    module.Request = lambda *args: args
    monkeypatch.setitem(sys.modules, "vcr", types.ModuleType("vcr"))
    monkeypatch.setitem(sys.modules, "vcr.request", module)
    monkeypatch.setattr(HTTPSConnectionPool, "ConnectionCls", Connection)
    return cassette


@pytest.mark.parametrize("client", ["requests", "urllib3"])
def test_what_a_cassette_can_play_is_not_answered(cognito, cassette, client):
    kind, *_ = CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1})
    assert kind in {"no connection", "closed"}  # of the cassette's connection
    assert list(cognito.calls) == []
    method, url, body, named = cassette.asked[0]
    assert (method, url, body) == ("POST", URL, b'{"MaxResults": 1}')
    assert headers("ListUserPools").items() <= dict(named).items()


@pytest.mark.parametrize("client", ["requests", "urllib3"])
def test_what_a_cassette_cannot_play_is_answered(cognito, cassette, client):
    cassette.plays = False
    kind, _ = CLIENTS[client](URL)("ListUserPools", {"MaxResults": 1})
    assert kind == "answer"


def test_a_body_that_can_be_read_once_is_sent_also_after_a_cassette_was_asked(cognito, cassette):
    cassette.plays = False
    pool = urllib3.PoolManager(retries=False)
    body = iter([b'{"MaxResults"', b": 1}"])
    answer = pool.request("POST", URL, body=body, headers=headers("ListUserPools"))
    assert answer.status == 200
    assert cognito.calls.last.params == {"MaxResults": 1}


def test_a_played_connection_is_of_the_kind_that_its_pool_makes(cognito, monkeypatch):
    """vcrpy drops other ones."""
    get_connection = HTTPSConnectionPool._get_conn
    kinds = []

    def get(self, *args, **options):
        connection = get_connection(self, *args, **options)
        kinds.append((isinstance(connection, self.ConnectionCls), type(connection)))
        return connection

    monkeypatch.setattr(HTTPSConnectionPool, "_get_conn", get)
    CLIENTS["urllib3"](URL)("ListUserPools", {"MaxResults": 1})
    [(is_one, kind)] = kinds
    assert is_one
    assert issubclass(kind, urllib3.connection.HTTPSConnection)


def test_the_classes_are_those_of_the_libraries():
    assert originals.ClientConnection is http.client.HTTPConnection
    assert originals.HTTPConnection is urllib3.connection.HTTPConnection
    assert originals.HTTPSConnection is urllib3.connection.HTTPSConnection


def test_what_pytest_socket_has_put_there_stays_its_own(monkeypatch):
    def blocked(*_args, **_options):
        raise RuntimeError("A test tried to use socket.getaddrinfo.")

    blocked.__module__ = "pytest_socket"
    assert guard.getaddrinfo(blocked) is blocked
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", blocked)
    with FakeCognito():
        assert socket.getaddrinfo is blocked
        socket.getaddrinfo = real
    assert socket.getaddrinfo is real
