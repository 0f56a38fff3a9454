"""Calls at random, by several users, as time passes: each answer is as a small model says.

`STATEFUL_RUNS=2000` in the environment makes as many runs, and longer ones.
"""

from __future__ import annotations

import os
from types import SimpleNamespace

import jwt
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

from clients import by_boto3
from model_of_users import Tokens
from people import Person
from pytest_cognito_devices.service import api
from three_ways import NOON, ThreeWays

RUNS = int(os.environ.get("STATEFUL_RUNS", "20"))
STEPS = 50 if "STATEFUL_RUNS" in os.environ else 30
PASSWORD = "Passw0rd!"
HAS = api.model().operation_names
NO_SESSION = "tkn" + "0" * 25
NO_KEY = "us-east-1_00000000-0000-4000-8000-000000000000"

names = st.sampled_from(["ada", "bob"])
groups = st.sampled_from(["admins", "staff"])
yes_or_no = st.booleans()
mostly = st.sampled_from([True, True, True, False])


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


class Users(ThreeWays, RuleBasedStateMachine):
    """Each rule makes calls, and compares what comes back with what the model says."""

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
        self.open(tracking, grace, most)
        for name in ("bob", "ada"):
            self.create_user(name)
        return self.new_device("ada")

    # Time.

    @rule(seconds=st.sampled_from([0.001, 0.7, 1, 2, 29, 30, 600, 1800, 3600]))
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

    @rule(target=tokens, name=names)
    def new_device(self, name):
        """Sign in without a device, and confirm what comes of it."""
        tokens = self.sign_in(name, of=None, administrator=False)
        if isinstance(tokens, Tokens):
            self.confirm_device(tokens, tokens, usual=True)
        return tokens

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
        if key in self.model.users[name].devices:
            self.list_devices(name)
        claims = jwt.decode(access, options={"verify_signature": False})
        assert set(claims.get("cognito:groups", ())) == self.model.users[name].groups
        if self.model.most:
            listed = self.ask("AdminListUserSessions", self.about(name))[1]
            known = {each.session_id for each in tokens.sign_in.user.sign_ins}
            new = {each["SessionId"] for each in listed["Sessions"]} - known
            (tokens.sign_in.session_id,) = new
        return tokens

    @rule(target=tokens, tokens=tokens, of=st.none() | tokens, usual=mostly)
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

    @rule(who=who)
    def sign_out(self, who):
        operation = "UserGlobalSignOut" if isinstance(who, str) else "GlobalSignOut"
        self.by(who, operation, {}, self.model.sign_out)

    # Devices.

    @rule(tokens=tokens, of=tokens, usual=mostly)
    def confirm_device(self, tokens, of, usual):
        key = self.key_of(tokens, of, usual=usual)
        secret, verifier = generate_hash_device(self.group_key, key)
        params = {
            "AccessToken": tokens.access,
            "DeviceKey": key,
            "DeviceName": "A phone",
            "DeviceSecretVerifierConfig": verifier,
        }
        if self.call("ConfirmDevice", params, self.model.confirm_device, tokens, key):
            self.secrets[key] = secret
            self.confirmed.append(key)

    @staticmethod
    def key_of(who, of, *, usual):
        """The key of one's own device, as usual, or of another one."""
        is_own = usual and not isinstance(who, str)
        return (who if is_own else of).sign_in.key or NO_KEY

    @rule(who=who, of=tokens, usual=mostly)
    def get_device(self, who, of, usual):
        key = self.key_of(who, of, usual=usual)
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

    @rule(who=who, of=tokens, usual=mostly, remembered=yes_or_no)
    def update_device_status(self, who, of, usual, remembered):
        key = self.key_of(who, of, usual=usual)
        status = "remembered" if remembered else "not_remembered"
        params = {"DeviceKey": key, "DeviceRememberedStatus": status}
        predict = self.model.update_device_status
        self.clock.tick(0.001)
        if self.by(who, "UpdateDeviceStatus", params, predict, key, remembered=remembered) == {}:
            self.list_devices(who)

    @rule(who=who, of=tokens, usual=mostly)
    def forget_device(self, who, of, usual):
        key = self.key_of(who, of, usual=usual)
        self.by(who, "ForgetDevice", {"DeviceKey": key}, self.model.forget_device, key)

    # Pages of devices.

    @rule(target=pages, who=who, limit=st.integers(1, 2))
    def begin_pages(self, who, limit):
        return self.read_page(who, limit, -1, {})

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
            after = [each["key"] for each in devices if self.confirmed.index(each["key"]) > last]
            return after[:limit], len(after) > limit

        answer = self.by(
            *(who, "ListDevices", {"Limit": limit, **token}, page),
            seen=lambda answer: (
                [each["DeviceKey"] for each in answer["Devices"]],
                "PaginationToken" in answer,
            ),
        )
        if not answer or "PaginationToken" not in answer:
            return multiple()
        last = self.confirmed.index(answer["Devices"][-1]["DeviceKey"])
        return who, last, answer["PaginationToken"]

    # Users and groups, in one rule each, so that most calls find somebody who may make them.

    def create_user(self, name):
        address = {"Name": "email", "Value": f"{name}@example.com"}
        params = {
            "UserAttributes": [address, {"Name": "email_verified", "Value": "true"}],
            "MessageAction": "SUPPRESS",
        }
        self.call(
            *("AdminCreateUser", {**self.about(name), **params}, self.model.create, name),
            seen=lambda answer: answer["User"]["Username"],
        )
        self.by(
            *(name, "SetUserPassword", {"Password": PASSWORD, "Permanent": True}),
            self.model.set_password,
        )

    @rule(name=names, again=mostly, which=st.sampled_from(["disable", "reset_password", "delete"]))
    def change_user(self, name, again, which):
        """Do something to a user, and mostly undo it."""
        operations = {
            "disable": "DisableUser",
            "reset_password": "ResetUserPassword",
            "delete": "DeleteUser",
        }
        self.by(name, operations[which], {}, getattr(self.model, which))
        if again:
            self.restore_user(name)

    @rule(name=names)
    def restore_user(self, name):
        """Create the user if there is none, enable it, and give it the password."""
        self.create_user(name)
        self.by(name, "EnableUser", {}, self.model.enable)

    @rule(tokens=tokens, again=mostly)
    def delete_oneself(self, tokens, again):
        self.by(tokens, "DeleteUser", {}, self.model.delete)
        if again:
            self.restore_user(tokens.sign_in.user.name)

    @rule(group=groups, name=names, which=st.sampled_from(["add", "add", "remove", "delete"]))
    def change_group(self, group, name, which):
        """Put a user in a group that there may be already, or take it out, or the group away."""
        params = {**self.in_pool, "GroupName": group}
        if which == "delete":
            self.call("DeleteGroup", params, self.model.delete_group, group)
        elif which == "remove":
            predict = self.model.remove_from_group
            self.by(name, "RemoveUserFromGroup", {"GroupName": group}, predict, group)
        else:
            self.call(
                *("CreateGroup", params, self.model.create_group, group),
                seen=lambda answer: answer["Group"]["GroupName"],
            )
            self.by(name, "AddUserToGroup", {"GroupName": group}, self.model.add_to_group, group)

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
    Users.clock = cognito.freeze_time(NOON)
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
