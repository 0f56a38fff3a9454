"""Calls at random, by several users, as time passes: each answer is as a small model says.

The calls come in directly, on the wire and by the server, one after the other. What is refused or
only reads is asked in all three ways, and has to be answered alike. `STATEFUL_RUNS=2000` in the
environment makes as many runs, and longer ones.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
from datetime import timezone
from types import SimpleNamespace

import jwt
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pycognito.aws_srp import generate_hash_device

from clients import by_boto3, headers, result
from model_of_users import ACCESS_TOKEN_LIVES, REFRESH_TOKEN_LIVES, Model, Refused
from people import Person
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import api

RUNS = int(os.environ.get("STATEFUL_RUNS", "20"))
STEPS = 50 if "STATEFUL_RUNS" in os.environ else 30
IDS = {"user_pool_id": "us-east-1_abcdefghi", "client_id": "abc"}
PASSWORD = "Passw0rd!"
HAS = api.model().operation_names
NO_SESSION = "tkn" + "0" * 25
NO_KEY = "us-east-1_00000000-0000-4000-8000-000000000000"

names = st.sampled_from(["ada", "bob"])
groups = st.sampled_from(["admins", "staff"])
yes_or_no = st.booleans()


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


def shown(device):
    """What `Device.shown` of the model says."""
    attributes = {each["Name"]: each["Value"] for each in device["DeviceAttributes"]}
    remembered = attributes.get("dev:device_remembered_status")
    return {
        "key": device["DeviceKey"],
        "created": device["DeviceCreateDate"],
        "modified": device["DeviceLastModifiedDate"],
        "authenticated": device["DeviceLastAuthenticatedDate"],
        "attributes": sorted(attributes),
        "remembered": None if remembered is None else remembered == "remembered",
    }


class Users(RuleBasedStateMachine):
    """Each rule makes calls, and compares what comes back with what the model says."""

    clock = client = None  # Those of the test.
    #: Of a sign-in or a refresh. They stand for their device too.
    tokens = Bundle("tokens")
    #: Where somebody has stopped to read pages.
    pages = Bundle("pages")
    #: An administrator asks about a name, a user has tokens.
    who = tokens | names

    @initialize(
        target=tokens,
        tracking=st.sampled_from(["always", "always", "opt_in", "opt_in", "off"]),
        grace=st.sampled_from([None, 0, 30] if "GetTokensFromRefreshToken" in HAS else [None]),
        most=st.sampled_from([None, 2, 3] if "ListUserSessions" in HAS else [None]),
    )
    def begin(self, tracking, grace, most):
        self.clock.move_to("2026-01-31 12:00:00.250")
        more = {"user_session_tracking": True, "max_sessions_per_user": most} if most else {}
        self.cognito = FakeCognito(
            device_tracking=tracking,
            refresh_token_rotation=grace,
            access_token_validity=ACCESS_TOKEN_LIVES,
            refresh_token_validity=REFRESH_TOKEN_LIVES,
            **more,
            **IDS,
        )
        self.cognito.__enter__()
        self.server = self.cognito.serve()
        self.served = by_server(self.server.__enter__().url)
        self.ways = itertools.cycle([self.direct, self.on_the_wire, self.served])
        self.in_pool = {"UserPoolId": self.cognito.pool.id}
        self.ids = {"ClientId": self.cognito.pool.client.id}
        self.group_key = self.cognito.add_user("eve").add_device().group_key
        self.secrets = {}
        self.model = Model(self.time, tracking=tracking, grace=grace, most=most)
        self.create_user("bob")
        self.create_user("ada")
        return self.sign_in("ada", of=None, administrator=False)

    def teardown(self):
        if hasattr(self, "served"):
            self.served.close()
            self.server.__exit__(None, None, None)
            self.cognito.__exit__(None, None, None)

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
        if came[0] == "error" or operation.removeprefix("Admin").startswith(("Get", "List")):
            if operation != "GetTokensFromRefreshToken" or came[0] == "error":
                assert [next(self.ways)(operation, params) for _ in range(2)] == [came, came]
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
        return self.call(
            operation, params, lambda: predict(find(who), *args, **more), seen=seen
        )

    def about(self, name):
        return {**self.in_pool, "Username": name}

    # Time.

    @rule(seconds=st.sampled_from([0.001, 0.7, 29, 30, 299, 300, 1800, 3600]))
    def time_passes(self, seconds):
        self.clock.tick(seconds)

    # Signing in.

    @staticmethod
    def leads_to(answer):
        if "ChallengeName" in answer:
            assert answer["ChallengeName"] == "DEVICE_SRP_AUTH"
            return "device"
        is_new = "NewDeviceMetadata" in answer["AuthenticationResult"]
        return "tokens and a device" if is_new else "tokens"

    @rule(target=tokens, name=names, of=st.none() | tokens, administrator=yes_or_no)
    def sign_in(self, name, of, administrator):
        """With the password, and on the device of some tokens if there are any."""
        key = of.sign_in.key if of else None
        person = Person(
            lambda *call: next(self.ways)(*call)[1],
            SimpleNamespace(username=name, password=PASSWORD, pool=self.cognito.pool),
            administrator=administrator,
        )
        device = {"DEVICE_KEY": key} if key else {}
        params = {
            **person.common,
            "AuthFlow": "ADMIN_USER_PASSWORD_AUTH" if administrator else "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD, **device},
        }
        operation = f"{person.prefix}InitiateAuth"
        answer = self.call(operation, params, self.model.start, name, key, seen=self.leads_to)
        if answer is None:
            return multiple()
        if "ChallengeName" in answer:
            person.has_device(key, self.group_key, self.secrets[key])
            answer = person.prove_device(answer)
            assert self.leads_to(answer) == "tokens"
        made = answer["AuthenticationResult"]
        key = made.get("NewDeviceMetadata", {}).get("DeviceKey", key)
        return self.signed_in(name, key, made["AccessToken"], made["RefreshToken"])

    @rule(target=tokens, name=names, of=st.none() | tokens)
    def seeded_sign_in(self, name, of):
        """By the test itself."""
        key = of.sign_in.key if of else None
        outcome, *told = self.expected(self.model.start, name, key)
        if outcome == "error":
            return multiple()
        user = self.cognito.user(name)
        devices = {each.key: each for each in user.devices}
        made = user.sign_in(device=devices.get(key))
        key = made.device_key if told == ["tokens and a device"] else key
        return self.signed_in(name, key, made.access_token, made.refresh_token)

    def signed_in(self, name, key, access, refresh):
        tokens = self.model.signed_in(name, key, access, refresh)
        claims = jwt.decode(access, options={"verify_signature": False})
        assert set(claims.get("cognito:groups", ())) == self.model.users[name].groups
        if self.model.most:
            listed = self.ask("AdminListUserSessions", self.about(name))[1]
            known = {each.session_id for each in tokens.sign_in.user.sign_ins}
            new = {each["SessionId"] for each in listed["Sessions"]} - known
            (tokens.sign_in.session_id,) = new
        return tokens

    @rule(target=tokens, tokens=tokens, of=st.none() | tokens, usual=yes_or_no)
    def refresh(self, tokens, of, usual):
        """With the device of the tokens, as usual, or with another one or none."""
        of = tokens if usual else of
        key = of.sign_in.key if of else None
        if self.model.grace is None:
            operation = "InitiateAuth"
            sent = {"REFRESH_TOKEN": tokens.refresh, **({"DEVICE_KEY": key} if key else {})}
            params = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": sent, **self.ids}
        else:
            operation = "GetTokensFromRefreshToken"
            sent = {"RefreshToken": tokens.refresh, **({"DeviceKey": key} if key else {})}
            params = {**sent, **self.ids}
        predict = self.model.refresh
        answer = self.call(operation, params, predict, tokens, key, seen=self.leads_to)
        if answer is None:
            return multiple()
        made = answer["AuthenticationResult"]
        assert ("RefreshToken" in made) == (self.model.grace is not None)
        return self.model.refreshed(tokens, made["AccessToken"], made.get("RefreshToken"))

    @rule(tokens=tokens)
    def revoke_token(self, tokens):
        params = {"Token": tokens.refresh, **self.ids}
        self.call("RevokeToken", params, self.model.revoke, tokens)

    @rule(tokens=tokens)
    def sign_out(self, tokens):
        self.by(tokens, "GlobalSignOut", {}, self.model.sign_out)

    @rule(name=names)
    def sign_out_by_administrator(self, name):
        self.by(name, "UserGlobalSignOut", {}, self.model.sign_out)

    # Devices.

    @rule(tokens=tokens, of=tokens, usual=yes_or_no)
    def confirm_device(self, tokens, of, usual):
        """The device of the tokens, as usual, or that of others."""
        key = (tokens if usual else of).sign_in.key or NO_KEY
        secret, verifier = generate_hash_device(self.group_key, key)
        params = {
            "AccessToken": tokens.access,
            "DeviceKey": key,
            "DeviceName": "A phone",
            "DeviceSecretVerifierConfig": verifier,
        }
        if self.call("ConfirmDevice", params, self.model.confirm_device, tokens, key):
            self.secrets[key] = secret

    @rule(who=who, of=tokens)
    def get_device(self, who, of):
        key = of.sign_in.key or NO_KEY
        self.by(
            *(who, "GetDevice", {"DeviceKey": key}, self.model.get_device, key),
            administrator=isinstance(who, str),
            seen=lambda answer: shown(answer["Device"]),
        )

    @rule(who=who)
    def list_devices(self, who):
        self.by(
            *(who, "ListDevices", {"Limit": 60}, self.model.list_devices),
            administrator=isinstance(who, str),
            seen=lambda answer: [shown(each) for each in answer["Devices"]],
        )

    @rule(who=who, of=tokens, remembered=yes_or_no)
    def update_device_status(self, who, of, remembered):
        key = of.sign_in.key or NO_KEY
        status = "remembered" if remembered else "not_remembered"
        params = {"DeviceKey": key, "DeviceRememberedStatus": status}
        predict = self.model.update_device_status
        self.by(who, "UpdateDeviceStatus", params, predict, key, remembered=remembered)

    @rule(who=who, of=tokens)
    def forget_device(self, who, of):
        key = of.sign_in.key or NO_KEY
        self.by(who, "ForgetDevice", {"DeviceKey": key}, self.model.forget_device, key)

    # Pages of devices.

    @rule(target=pages, who=who, limit=st.integers(1, 2))
    def begin_pages(self, who, limit):
        return self.read_page(who, limit, (), {})

    @rule(target=pages, page=pages, limit=st.integers(1, 2))
    def next_page(self, page, limit):
        who, last, token = page
        return self.read_page(who, limit, last, {"PaginationToken": token})

    def read_page(self, who, limit, last, token):
        """Read a page; gives what the next one needs, if there is one.

        What has been confirmed or forgotten in between shifts no device to another page.
        """
        def page(user):
            devices = self.model.list_devices(user, administrator=isinstance(who, str))
            after = [each for each in devices if (each["created"], each["key"]) > last]
            return [each["key"] for each in after[:limit]], len(after) > limit

        answer = self.by(
            *(who, "ListDevices", {"Limit": limit, **token}, page),
            seen=lambda answer: (
                [each["DeviceKey"] for each in answer["Devices"]],
                "PaginationToken" in answer,
            ),
        )
        if not answer or "PaginationToken" not in answer:
            return multiple()
        shown_last = answer["Devices"][-1]
        last = shown_last["DeviceCreateDate"], shown_last["DeviceKey"]
        return who, last, answer["PaginationToken"]

    # What administrators do to users.

    @rule(name=names)
    def create_user(self, name):
        params = {
            "UserAttributes": [
                {"Name": "email", "Value": f"{name}@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
            "MessageAction": "SUPPRESS",
        }
        made = self.call(
            *("AdminCreateUser", {**self.about(name), **params}),
            *(self.model.create, name),
            seen=lambda answer: answer["User"]["Username"],
        )
        if made:
            self.set_password(name)

    @rule(name=names)
    def set_password(self, name):
        params = {"Password": PASSWORD, "Permanent": True}
        self.by(name, "SetUserPassword", params, self.model.set_password)

    @rule(name=names)
    def reset_password(self, name):
        self.by(name, "ResetUserPassword", {}, self.model.reset_password)

    @rule(name=names)
    def disable(self, name):
        self.by(name, "DisableUser", {}, self.model.disable)

    @rule(name=names)
    def enable(self, name):
        self.by(name, "EnableUser", {}, self.model.enable)

    @rule(who=who)
    def delete_user(self, who):
        self.by(who, "DeleteUser", {}, self.model.delete)

    # Groups.

    @rule(group=groups)
    def create_group(self, group):
        params = {**self.in_pool, "GroupName": group}
        seen = lambda answer: answer["Group"]["GroupName"]
        self.call("CreateGroup", params, self.model.create_group, group, seen=seen)

    @rule(group=groups)
    def delete_group(self, group):
        params = {**self.in_pool, "GroupName": group}
        self.call("DeleteGroup", params, self.model.delete_group, group)

    @rule(name=names, group=groups)
    def add_to_group(self, name, group):
        params = {"GroupName": group}
        self.by(name, "AddUserToGroup", params, self.model.add_to_group, group)

    @rule(name=names, group=groups)
    def remove_from_group(self, name, group):
        params = {"GroupName": group}
        self.by(name, "RemoveUserFromGroup", params, self.model.remove_from_group, group)

    @rule(name=names, group=groups)
    def list_groups(self, name, group):
        """All of them, those of a user, and the users of one."""
        def seen(answer):
            return {each["GroupName"] for each in answer["Groups"]}

        self.call("ListGroups", self.in_pool, lambda: self.model.groups, seen=seen)
        self.by(name, "ListGroupsForUser", {}, lambda user: user.groups, seen=seen)
        self.call(
            *("ListUsersInGroup", {**self.in_pool, "GroupName": group}),
            *(self.model.members, group),
            seen=lambda answer: {each["Username"] for each in answer["Users"]},
        )

    # Sessions.

    @precondition(lambda self: "ListUserSessions" in HAS)
    @rule(who=who)
    def list_sessions(self, who):
        current = None if isinstance(who, str) else who.sign_in

        def listed(user):
            return {
                each.session_id: (each.at, each.last_active, each is current)
                for each in self.model.sessions(user)
            }

        def seen(answer):
            return {
                each["SessionId"]: (
                    each["CreateDate"],
                    each["LastActiveDate"],
                    each["IsCurrentSession"],
                )
                for each in answer["Sessions"]
            }

        self.by(who, "ListUserSessions", {}, listed, seen=seen)

    @precondition(lambda self: "ListUserSessions" in HAS)
    @rule(who=who, of=tokens)
    def revoke_session(self, who, of):
        session_id = of.sign_in.session_id or NO_SESSION
        self.by(
            *(who, "RevokeUserSession", {"SessionId": session_id}),
            *(self.model.revoke_session, session_id),
            current=None if isinstance(who, str) else who.sign_in,
        )


def test_random_calls(cognito):
    Users.clock = cognito.freeze_time()
    Users.client = staticmethod(by_boto3(None))
    run_state_machine_as_test(
        Users,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
