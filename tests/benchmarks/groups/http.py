"""The same call by an HTTP client, answered by the fake and by a tool for that client.

The tools have an answer ready for the address; the fake runs the operation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import requests

from benchmarks.groups import Plan
from benchmarks.groups.subjects import REGION, active
from benchmarks.results import FAKE, RESPONSES, RESPX, Comparison, Pair
from benchmarks.timing import Subject, side_by_side
from pytest_cognito_devices import FakeCognito

URL = f"https://cognito-idp.{REGION}.amazonaws.com/"
HEADERS = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "AWSCognitoIdentityProviderService.GetDevice",
}
BY_REQUESTS, BY_HTTPX = "GetDevice by requests", "GetDevice by httpx"
_BAR = "ratio <= 1"


def measure(plan: Plan) -> list[Comparison]:
    """`GetDevice` by requests beside `responses`, and by httpx beside `respx`."""
    cognito = FakeCognito(region=REGION)
    ada = cognito.add_user("ada", devices=1)
    body = json.dumps({"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key})
    session, client = requests.Session(), httpx.Client()

    def by_requests() -> None:
        session.post(URL, headers=HEADERS, data=body).json()

    def by_httpx() -> None:
        client.post(URL, headers=HEADERS, content=body).json()

    with cognito:
        answer = session.post(URL, headers=HEADERS, data=body).text
    found = []
    for name, call, tool, around in (
        (BY_REQUESTS, by_requests, RESPONSES, lambda: _responses(answer)),
        (BY_HTTPX, by_httpx, RESPX, lambda: _respx(answer)),
    ):
        if plan.wants(name):
            found.append(_compare(name, call, cognito, Subject(tool, call, around), plan))
    return found


def _compare(
    name: str, call: Callable[[], None], cognito: FakeCognito, other: Subject, plan: Plan
) -> Comparison:
    subjects = [Subject(FAKE, call, lambda: active(cognito)), other]
    values = side_by_side(subjects, plan.pick(full=12, quick=5))
    return Comparison("http", name, values, [Pair(FAKE, other.tool, _BAR)])


@contextmanager
def _responses(answer: str) -> Iterator[None]:
    import responses

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(URL, body=answer)
        yield


@contextmanager
def _respx(answer: str) -> Iterator[None]:
    import respx

    with respx.mock(assert_all_called=False) as mock:
        mock.post(URL).respond(text=answer)
        yield
