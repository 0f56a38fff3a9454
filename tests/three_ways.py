"""A fake that is asked directly, on the wire and by its server, and compared with a model.

The calls come in one way after the other. What is refused or only reads is asked in all three
ways, and has to be answered alike.
"""

from __future__ import annotations

import http.client
import itertools
import json
import socket
from contextlib import ExitStack
from datetime import timezone

from clients import headers, result
from model_of_users import ACCESS_TOKEN_LIVES, REFRESH_TOKEN_LIVES, Model, Refused
from pytest_cognito_devices import FakeCognito

IDS = {"user_pool_id": "us-east-1_abcdefghi", "client_id": "abc"}
NOON = "2026-01-31 12:00:00.250"


def by_server(url):
    """Over a socket of its own: an HTTP library would be answered without the server."""
    connection = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))

    def call(operation, params):
        body = json.dumps(params).encode()
        sent = {"Host": "localhost", "Content-Length": str(len(body)), **headers(operation)}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        connection.sendall(f"POST / HTTP/1.1\r\n{head}\r\n".encode() + body)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return result(response.status, response.read())

    call.close = connection.close
    return call


def comparable(came):
    """A result without what is drawn anew in each answer."""
    if came[0] == "error":
        return came
    return {**came[1], "PaginationToken": "PaginationToken" in came[1]}


class ThreeWays:
    """Makes calls, and compares what comes back with what the model says.

    `clock` is the frozen time of a test, which keeps it for all runs; `client` one of botocore.
    """

    clock = client = None

    def __init__(self):
        super().__init__()
        self.life = ExitStack()

    def open(self, tracking, grace, most):
        more = {"user_session_tracking": True, "max_sessions_per_user": most} if most else {}
        fake = FakeCognito(
            device_tracking=tracking,
            refresh_token_rotation=grace,
            access_token_validity=ACCESS_TOKEN_LIVES,
            refresh_token_validity=REFRESH_TOKEN_LIVES,
            **more,
            **IDS,
        )
        self.cognito = self.life.enter_context(fake)
        served = by_server(self.life.enter_context(fake.serve()).url)
        self.life.callback(served.close)
        self.ways = itertools.cycle([self.direct, self.on_the_wire, served])
        self.in_pool = {"UserPoolId": self.cognito.pool.id}
        self.ids = {"ClientId": self.cognito.pool.client.id}
        self.group_key = self.cognito.add_user("eve").add_device().group_key
        self.secrets = {}
        self.confirmed = []
        self.model = Model(self.time, tracking=tracking, grace=grace, most=most)

    def teardown(self):
        # Hypothesis stops to simplify a failure after some minutes, by the same clock.
        self.clock.move_to(NOON)
        self.life.close()

    # Calls.

    def time(self):
        return round(self.clock().replace(tzinfo=timezone.utc).timestamp(), 3)

    def direct(self, operation, params):
        self.cognito.wire = False
        return self.client(operation, params)

    def on_the_wire(self, operation, params):
        self.cognito.wire = True
        return self.client(operation, params)

    def ask(self, operation, params):
        """What comes back; the same in all ways, if it changes nothing."""
        came = next(self.ways)(operation, params)
        is_read = operation.removeprefix("Admin").startswith(("GetDevice", "List"))
        if came[0] == "error" or is_read:
            others = [next(self.ways)(operation, params) for _ in range(2)]
            assert [comparable(each) for each in others] == [comparable(came)] * 2
        return came

    def expected(self, predict, *args, **more):
        try:
            return "answer", predict(*args, **more)
        except Refused as refused:
            return "error", *refused.args

    def call(self, operation, params, predict, *args, seen=dict, **more):
        """Make a call; gives the answer, or None if it is refused as the model says.

        `predict` is a method of the model, with its arguments. It tells what `seen` sees.
        """
        expected = self.expected(predict, *args, **more)
        came = self.ask(operation, params)
        if came[0] == "error":
            assert came == expected
            return None
        assert ("answer", seen(came[1])) == expected
        return came[1]

    def by(self, who, operation, params, predict, *args, seen=dict, **more):
        """A call by the owner of an access token, or about a name by an administrator."""
        if isinstance(who, str):
            operation, find = f"Admin{operation}", self.model.named
            params = {**self.about(who), **params}
        else:
            find = self.model.owner
            params = {"AccessToken": who.access, **params}
        return self.call(operation, params, lambda: predict(find(who), *args, **more), seen=seen)

    def about(self, name):
        return {**self.in_pool, "Username": name}
