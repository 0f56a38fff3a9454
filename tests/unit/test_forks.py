"""Processes that are forked while other threads call the fake."""

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
    # What counts lines has locks of its own, which a child inherits as they are.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-W", "ignore", "-c", program]
    subprocess.run(command, env=env, check=True, timeout=300)
