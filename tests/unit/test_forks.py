"""Processes that are forked: each has a copy of the fake."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="This system has no fork.")


def test_a_child_can_call_and_end_the_fake_whatever_the_threads_were_doing(rounds):
    program = f"""
import os, signal, sys, threading
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from pytest_cognito_devices import FakeCognito

client = botocore.session.get_session().create_client(
    "cognito-idp", "us-east-1", config=Config(signature_version=UNSIGNED)
)
over = threading.Event()

def list_devices():
    while not over.is_set():
        client.list_devices(AccessToken=token)

def be_throttled():
    while not over.is_set():
        try:
            client.get_user(AccessToken=token)
        except client.exceptions.TooManyRequestsException:
            cognito.calls.clear()

def in_child():
    signal.alarm(20)  # instead of hanging for ever
    assert len(client.list_devices(AccessToken=token)["Devices"]) == 3
    cognito.__exit__(None, None, None)
    with FakeCognito(region="us-east-1") as another:
        client.list_devices(AccessToken=another.add_user("bob").access_token)

sys.setswitchinterval(1e-6)
with FakeCognito(region="us-east-1") as cognito:
    ada = cognito.add_user("ada", devices=3)
    cognito.respond("ListDevices", {{"Devices": []}}, given={{"Limit": 1}})
    cognito.simulate("TooManyRequestsException", on="GetUser")
    token = ada.access_token
    threads = [threading.Thread(target=each) for each in (list_devices, be_throttled)]
    for thread in threads:
        thread.start()
    failed = 0
    for _ in range({rounds}):
        child = os.fork()
        if not child:
            try:
                in_child()
            except BaseException as error:
                print(repr(error), file=sys.stderr)
                os._exit(1)
            os._exit(0)
        failed += os.waitpid(child, 0)[1] != 0
    over.set()
    for thread in threads:
        thread.join()
assert failed == 0, failed
"""
    _run(program)


AS_A_CHILD = """
import multiprocessing, os
import botocore.session
import requests
from botocore import UNSIGNED
from botocore.config import Config
from pytest_cognito_devices import FakeCognito

client = botocore.session.get_session().create_client(
    "cognito-idp", "us-east-1", config=Config(signature_version=UNSIGNED)
)
pages = multiprocessing.get_context("fork").SimpleQueue()

def in_child():
    client.forget_device(AccessToken=ada.access_token, DeviceKey=ada.devices[0].key)
    pages.put(len(client.list_devices(AccessToken=ada.access_token)["Devices"]))
    headers = {
        "X-Amz-Target": "AWSCognitoIdentityProviderService.ListDevices",
        "Content-Type": "application/x-amz-json-1.1",
    }
    url = client.meta.endpoint_url
    answer = requests.post(url, headers=headers, json={"AccessToken": ada.access_token})
    pages.put(len(answer.json()["Devices"]))
    pages.put(len(cognito.calls))

with FakeCognito(region="us-east-1") as cognito:
    ada = cognito.add_user("ada", devices=3)
    client.list_devices(AccessToken=ada.access_token)
"""


def test_a_child_is_answered_by_a_copy_and_the_parent_hears_nothing_of_it():
    """What was there before the fork is in the copy, the record too."""
    _run(
        f"""{AS_A_CHILD}
    child = os.fork()
    if not child:
        try:
            in_child()
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert [pages.get() for _ in range(3)] == [2, 2, 4]
    assert [call.operation for call in cognito.calls] == ["ListDevices"]
    assert len(ada.devices) == 3
"""
    )


def test_so_is_one_that_multiprocessing_forks():
    _run(
        f"""{AS_A_CHILD}
    child = multiprocessing.get_context("fork").Process(target=in_child)
    child.start()
    child.join()
    assert child.exitcode == 0
    assert [pages.get() for _ in range(3)] == [2, 2, 4]
    assert [call.operation for call in cognito.calls] == ["ListDevices"]
    assert len(ada.devices) == 3
"""
    )


def test_what_a_child_makes_is_random_anew():
    """Tokens and keys of two children are not the same."""
    _run(
        f"""{AS_A_CHILD}
    def make():
        pages.put((ada.add_device().key, ada.sign_in().refresh_token, ada.sign_in().access_token))

    children = [multiprocessing.get_context("fork").Process(target=make) for _ in range(2)]
    for child in children:
        child.start()
    for one, other in zip(pages.get(), pages.get()):
        assert one != other
    for child in children:
        child.join()
"""
    )


def test_a_child_that_ends_its_copy_is_as_it_was_before_the_fake():
    """And so is the parent, whose fake goes on meanwhile."""
    _run(
        """
import os
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from leftovers import state
from pytest_cognito_devices import FakeCognito

client = botocore.session.get_session().create_client(
    "cognito-idp", "us-east-1", config=Config(signature_version=UNSIGNED)
)

def a_fault(cognito):
    cognito.simulate("ThrottlingException", on="ListUserPools", times=1)
    try:
        client.list_user_pools(MaxResults=1)
    except client.exceptions.ClientError:
        cognito.calls.clear()

with FakeCognito(region="us-east-1") as cognito:
    a_fault(cognito)
before = state()
with FakeCognito(region="us-east-1") as cognito:
    a_fault(cognito)
    child = os.fork()
    if not child:
        a_fault(cognito)
        cognito.__exit__(None, None, None)
        for _ in range(100):
            with FakeCognito(region="us-east-1") as another:
                a_fault(another)
        os._exit(state() != before)
    assert os.waitpid(child, 0)[1] == 0
    a_fault(cognito)
assert state() == before
"""
    )


def _run(program):
    # What counts lines has locks of its own, which a child inherits as they are.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-W", "ignore", "-c", program]
    subprocess.run(command, env=env, check=True, timeout=300)
