"""What a call costs, side by side in one run: `nox -f .noxfile.py -s benchmarks`.

The floor is a `before-call` hook that does nothing: botocore's own validation, endpoint rules and
serialising, which no fake above the wire can avoid. Rounds of each are interleaved, so that what
else the machine does meets all of them alike; the ratio to the floor is what to look at.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import botocore.session
from botocore.stub import Stubber
from moto import mock_aws

from pytest_cognito_devices import FakeCognito

ROUNDS = 40
CALLS = 100
REGION = "us-east-1"
KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"
TOKEN = "x" * 1000  # about as long as a real one

Call = Callable[[], object]


class Nothing:
    """An answer without content."""

    status_code = 200


def client() -> Any:
    session = botocore.session.Session()
    return session.create_client(
        "cognito-idp", region_name=REGION, aws_access_key_id="a", aws_secret_access_key="b"
    )


@contextmanager
def floor() -> Iterator[Call]:
    made = client()
    made.meta.events.register_first("before-call", lambda **_: (Nothing, {}))
    yield lambda: made.get_device(AccessToken=TOKEN, DeviceKey=KEY)


@contextmanager
def fake() -> Iterator[Call]:
    made = client()
    with FakeCognito(region=REGION) as cognito:
        ada = cognito.add_user("ada", devices=1)
        params = {"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key}
        yield lambda: made.get_device(**params)


@contextmanager
def stubber() -> Iterator[Call]:
    made = client()
    answer = {"Device": {"DeviceKey": KEY, "DeviceAttributes": []}}
    with Stubber(made) as stubbed:

        def call() -> None:
            stubbed.add_response("get_device", answer)
            made.get_device(AccessToken=TOKEN, DeviceKey=KEY)

        yield call


@contextmanager
def moto() -> Iterator[Call]:
    with mock_aws():
        made = client()
        pool = made.create_user_pool(PoolName="pool")["UserPool"]["Id"]
        made.admin_create_user(UserPoolId=pool, Username="ada")
        yield lambda: made.admin_get_user(UserPoolId=pool, Username="ada")


SUBJECTS = {
    "no-op before-call, GetDevice": floor,
    "pytest-cognito-devices, GetDevice": fake,
    "Stubber, add and GetDevice": stubber,
    "moto, AdminGetUser": moto,
}


def measure(call: Call) -> float:
    """Microseconds per call in one round."""
    start = time.perf_counter()
    for _ in range(CALLS):
        call()
    return (time.perf_counter() - start) / CALLS * 1e6


def main() -> None:
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    rounds: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    for number in range(ROUNDS):
        for name, subject in SUBJECTS.items():
            # Each has the hooks of the others out of its way.
            with subject() as call:
                if number == 0:
                    measure(call)
                rounds[name].append(measure(call))
    base = rounds[next(iter(SUBJECTS))]
    print(f"{'':36}{'µs':>8}{'x floor':>9}   quartiles")
    for name, times in rounds.items():
        ratios = [time / floor for time, floor in zip(times, base, strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4)
        micros = statistics.median(times)
        print(f"{name:36}{micros:8.1f}{middle:9.2f}   {low:.2f} to {high:.2f}")


if __name__ == "__main__":
    main()
