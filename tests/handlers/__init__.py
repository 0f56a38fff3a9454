"""Handlers of Lambda functions, as applications have them."""

from __future__ import annotations

import contextlib
import copy

import pytest
from botocore.exceptions import ClientError


@contextlib.contextmanager
def refused(code, text):
    """A call that the service refuses like this."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, text)


class Handler:
    """Notes what it is called with, and fills the response.

    The response is a dict, or what a function makes of the request.
    """

    def __init__(self, response=()):
        self.response = response
        self.events = []
        self.contexts = []

    def __call__(self, event, context):
        self.events.append(copy.deepcopy(event))
        self.contexts.append(context)
        response = self.response
        event["response"].update(response(event["request"]) if callable(response) else response)
        return event

    @property
    def requests(self):
        return [event["request"] for event in self.events]


def raising(error):
    def handler(_event, _context):
        raise error

    return handler


def put_on(pool, trigger, response=(), **options):
    """A handler that answers a trigger from now on."""
    handler = Handler(response)
    pool.on(trigger, handler, **options)
    return handler


class Riddles:
    """Triggers of custom challenges that ask riddles, as the developer guide has them.

    `order` are the answers of `DefineAuthChallenge`, one for each time that it is asked after a
    success; a wrong answer repeats the riddle, as often as `tries` says.
    """

    def __init__(self, pool, *, order=("CUSTOM_CHALLENGE", "tokens"), tries=3, shown=None):
        self.order = order
        self.tries = tries
        self.shown = {"riddle": "2 + 3"} if shown is None else shown
        self.define = put_on(pool, "DefineAuthChallenge", self.defined)
        self.create = put_on(pool, "CreateAuthChallenge", self.created)
        self.verify = put_on(pool, "VerifyAuthChallengeResponse", self.verified)

    def defined(self, request):
        results = [each["challengeResult"] for each in request["session"]]
        name = self.order[results.count(True)]
        return {
            "challengeName": None if name == "tokens" else name,
            "issueTokens": name == "tokens",
            "failAuthentication": results.count(False) >= self.tries,
        }

    def created(self, _request):
        return {
            "publicChallengeParameters": self.shown,
            "privateChallengeParameters": {"answer": "5"},
            "challengeMetadata": "RIDDLE",
        }

    @staticmethod
    def verified(request):
        right = request["privateChallengeParameters"]["answer"]
        return {"answerCorrect": request["challengeAnswer"] == right}


def event_of(pool, name, source, request, response, *, version="1", client_id=None):
    """The whole of an event."""
    return {
        "version": version,
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": name,
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": client_id or pool.client.id,
        },
        "triggerSource": source,
        "request": request,
        "response": response,
    }
