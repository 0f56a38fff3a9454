"""Hooks on every client, in processes of their own where it matters: they are registered once."""

from __future__ import annotations

import gc
import subprocess
import sys

import botocore.handlers
from botocore.hooks import HierarchicalEmitter

from pytest_cognito_devices.transports.botocore import hooks
from pytest_cognito_devices.transports.botocore.registration import living_emitters


def run_alone(program):
    subprocess.run([sys.executable, "-c", program], check=True)


def test_hooks_are_registered_once(cognito):
    before = list(botocore.handlers.BUILTIN_HANDLERS)
    hooks.install()
    assert before == botocore.handlers.BUILTIN_HANDLERS


def test_an_emitter_that_another_thread_has_only_begun_to_make_is_passed_over(client):
    unfinished = HierarchicalEmitter.__new__(HierarchicalEmitter)
    assert gc.is_tracked(unfinished)
    assert unfinished not in living_emitters()
    assert client.meta.events._emitter in living_emitters()


def test_a_client_that_another_thread_is_still_making_is_answered():
    run_alone("""
import threading
import boto3
from botocore.args import EndpointCreator
from pytest_cognito_devices import FakeCognito

begun, go_on, made = threading.Event(), threading.Event(), []
create = EndpointCreator.create_endpoint

def wait(*args, **options):
    begun.set()
    go_on.wait()
    return create(*args, **options)

EndpointCreator.create_endpoint = wait
thread = threading.Thread(
    target=lambda: made.append(
        boto3.client("cognito-idp", "us-east-1", endpoint_url="http://127.0.0.1:9")
    )
)
thread.start()
begun.wait()
with FakeCognito(region="us-east-1") as cognito:
    go_on.set()
    thread.join()
    made[0].list_devices(AccessToken=cognito.add_user("ada").access_token)
    assert len(cognito.calls) == 1
""")


def test_a_session_that_is_made_in_the_middle_has_every_hook_once():
    run_alone("""
import boto3
from botocore.session import Session
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.botocore import registration

sessions, look = [], registration.living_emitters

def make_and_look():
    sessions.append(Session())
    return look()

registration.living_emitters = make_and_look
with FakeCognito(region="us-east-1", wire=True) as cognito:
    client = sessions[0].create_client("cognito-idp", "us-east-1")
    client.list_devices(AccessToken=cognito.add_user("ada").access_token)
    assert [call.attempts for call in cognito.calls] == [1]
""")


def test_a_client_that_has_a_handler_of_one_operation_is_answered():
    """botocore's trie has nodes without values then, which its `unregister` cannot pass."""
    run_alone("""
import botocore.session
from pytest_cognito_devices import FakeCognito

client = botocore.session.Session().create_client(
    "cognito-idp", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
)
seen = []
event = "before-call.cognito-identity-provider.ListDevices"
client.meta.events.register(event, lambda **_: seen.append(1))
with FakeCognito(region="us-east-1") as cognito:
    client.list_devices(AccessToken=cognito.add_user("ada").access_token)
    assert len(cognito.calls) == len(seen) == 1
""")


def test_lazy_proxies_are_left_alone():
    class Lazy:
        @property
        def __class__(self):
            raise RuntimeError("woken up")

    lazy, emitter = Lazy(), HierarchicalEmitter()
    assert gc.is_tracked(lazy)
    assert emitter in living_emitters()


def test_hooks_that_are_registered_twice_work_once():
    """As for a session that another thread makes while the first fake begins."""
    run_alone("""
import botocore.handlers
from botocore.session import Session
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.botocore import hooks

for wire in (False, True):
    with FakeCognito(region="us-east-1", wire=wire) as cognito:
        botocore.handlers.BUILTIN_HANDLERS.extend(hooks._HOOKS)
        token = cognito.add_user("ada").access_token
        client = Session().create_client("cognito-idp", "us-east-1")
        client.list_devices(AccessToken=token)
        assert [call.attempts for call in cognito.calls] == [1], cognito.calls
""")


def test_clients_that_another_thread_makes_meanwhile_have_every_hook_once(rounds):
    """Each round, the hooks come to a process that has none yet while a client is being made."""
    run_alone(f"""
import sys, threading
import botocore.handlers
from botocore import UNSIGNED
from botocore.config import Config
from botocore.session import Session
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.botocore import registration

builtin, config = list(botocore.handlers.BUILTIN_HANDLERS), Config(signature_version=UNSIGNED)
loader = Session().get_component("data_loader")
fake = FakeCognito(region="us-east-1")
token = fake.add_user("ada").access_token
sys.setswitchinterval(1e-6)

def make(made):
    session = Session()
    session.register_component("data_loader", loader)
    made.append(session.create_client("cognito-idp", "us-east-1", config=config))

for number in range({rounds}):
    botocore.handlers.BUILTIN_HANDLERS[:] = builtin
    registration._registered.clear()
    made, fake.wire = [], number % 10 == 0
    thread = threading.Thread(target=make, args=[made])
    thread.start()
    with fake:
        thread.join()
        made[0].list_devices(AccessToken=token)
    assert [call.attempts for call in fake.calls] == [1], (number, fake.calls)
    fake.calls.clear()
""")
