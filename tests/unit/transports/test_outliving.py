"""Threads that outlive their test: whose calls are theirs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading

import pytest
import requests
import urllib3

from clients import CLIENTS, HTTP, THERE, URL, headers
from pytest_cognito_devices import FakeCognito

IDS = {"user_pool_id": "us-east-1_Example", "client_id": "webapp"}
SIGN_IN = {
    "ClientId": "webapp",
    "AuthFlow": "USER_PASSWORD_AUTH",
    "AuthParameters": {"USERNAME": "ada", "PASSWORD": "Passw0rd!"},
}


class Pause:
    """Where a thread waits until the fake that it began to call has ended."""

    def __init__(self):
        self._reached, self._over = threading.Event(), threading.Event()

    def __call__(self, *_, **__):
        self._reached.set()
        assert self._over.wait(10)

    def handle(self, event, _context):
        self()
        return event

    @contextlib.contextmanager
    def reached_by(self, function):
        """Run a function in a thread, as far as here; let it go on at the end of the block."""
        told = []
        thread = threading.Thread(target=lambda: told.append(function()))
        thread.start()
        assert self._reached.wait(10)
        yield told
        self._over.set()
        thread.join(10)
        assert told


@pytest.fixture
def pause():
    return Pause()


@contextlib.contextmanager
def two_fakes_in_turn():
    """The fake of one test, and what ends it and begins that of the next."""
    with contextlib.ExitStack() as both:
        first = both.enter_context(contextlib.ExitStack())
        cognito = first.enter_context(FakeCognito(**IDS))
        cognito.add_user("ada")

        def next_one():
            first.close()
            return both.enter_context(FakeCognito(**IDS))

        yield cognito, next_one


@pytest.mark.parametrize("name", THERE)
def test_a_call_that_has_come_in_is_of_the_fake_that_it_came_to(pause, name):
    call = CLIENTS[name](URL)
    with two_fakes_in_turn() as (first, next_one):
        first.pool.on("PreAuthentication", pause.handle)
        with pause.reached_by(lambda: call("InitiateAuth", SIGN_IN)) as results:
            second = next_one()
        ((kind, _),) = results
        assert kind == "answer"
        assert [each.operation for each in first.calls] == ["InitiateAuth"]
        assert second.calls == []


def late(pause, body):
    yield body[:9].encode()
    pause()
    yield body[9:].encode()


async def late_in_async(pause, body):
    for part in late(pause, body):
        yield part


def by_requests(body):
    return requests.post(URL, headers=headers("GetUser"), data=body).status_code


def by_httpx(body):
    import httpx

    return httpx.post(URL, headers=headers("GetUser"), content=body).status_code


def by_async_httpx(body):
    import httpx

    async def send():
        async with httpx.AsyncClient() as client:
            return await client.post(URL, headers=headers("GetUser"), content=body)

    return asyncio.run(send()).status_code


def by_aiohttp(body):
    import aiohttp

    async def send():
        async with (
            aiohttp.ClientSession() as session,
            session.post(URL, headers=headers("GetUser"), data=body) as answer,
        ):
            return answer.status

    return asyncio.run(send())


SENT_LATE = {
    "requests": (by_requests, late),
    "httpx": (by_httpx, late),
    "async httpx": (by_async_httpx, late_in_async),
    "aiohttp": (by_aiohttp, late_in_async),
}


@pytest.mark.parametrize("name", [name for name in HTTP if name in SENT_LATE])
def test_a_request_whose_body_comes_late_is_of_the_fake_that_was_there(pause, name):
    send, parts = SENT_LATE[name]
    with two_fakes_in_turn() as (first, next_one):
        token = first.pool.users[0].access_token
        body = parts(pause, json.dumps({"AccessToken": token}))
        with pause.reached_by(lambda: send(body)) as statuses:
            second = next_one()
        assert statuses == [200]
        assert [call.response["Username"] for call in first.calls] == ["ada"]
        assert second.calls == []


class TestRetries:
    """The attempts of one call are answered by one fake."""

    def test_of_botocore(self, pause, make_client):
        client = make_client(mode="standard", attempts=2, endpoint_url="http://localhost:3")
        client.meta.events.register_first("needs-retry", pause)
        try:
            self._try(pause, lambda token: client.get_user(AccessToken=token)["Username"])
        finally:
            client.meta.events.unregister("needs-retry", pause)

    def test_of_urllib3(self, pause):
        class Late(urllib3.Retry):
            def increment(self, *args, **options):
                pause()
                return super().increment(*args, **options)

        def call(token):
            with urllib3.PoolManager() as pool:
                answer = pool.request(
                    "POST",
                    URL,
                    headers=headers("GetUser"),
                    body=json.dumps({"AccessToken": token}),
                    retries=Late(total=1, status_forcelist=[500], allowed_methods=None),
                )
            return json.loads(answer.data)["Username"]

        self._try(pause, call)

    def _try(self, pause, call):
        with two_fakes_in_turn() as (first, next_one):
            token = first.pool.users[0].access_token
            first.simulate("InternalErrorException", on="GetUser", times=1)
            with pause.reached_by(lambda: call(token)) as names:
                second = next_one()
            assert names == ["ada"]
            assert [each.attempts for each in first.calls] == [2]
            assert second.calls == []


@pytest.mark.parametrize("name", THERE)
def test_a_call_that_begins_later_is_of_the_fake_that_is_there(pause, name):
    """Nothing tells a thread that a test has left behind from one that an application keeps."""
    call = CLIENTS[name](URL)

    def pause_and_call():
        pause()
        return call("GetUser", {"AccessToken": "a.b.c"})

    with two_fakes_in_turn() as (first, next_one):
        with pause.reached_by(pause_and_call):
            second = next_one()
        assert first.calls == []
        assert len(second.calls) == 1
