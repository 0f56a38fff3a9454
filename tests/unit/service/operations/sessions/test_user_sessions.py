"""Where a user is signed in: what the service lists, and what ends a session."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import NamedTuple

import pytest
from botocore.exceptions import ClientError

from people import needs_user_sessions
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from said import said

pytestmark = needs_user_sessions

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
NOWHERE = "tkn" + "0" * 25


@pytest.fixture
def cognito():
    with FakeCognito(
        user_session_tracking=True, max_sessions_per_user=3, device_tracking="off"
    ) as cognito:
        yield cognito


@pytest.fixture
def sessions(call):
    """The sessions of a user, as an administrator sees them or the owner of an access token."""

    def sessions(user, token=None):
        operation = "list_user_sessions" if token else "admin_list_user_sessions"
        by = {"AccessToken": token} if token else {}
        return call(user, operation, **by)["Sessions"]

    return sessions


class Person:
    """Somebody who signs in with a password, in a browser or an app."""

    def __init__(self, client, user, address="127.0.0.1"):
        self.client, self.user, self.address = client, user, address
        answer = self._authenticate(
            "USER_PASSWORD_AUTH", USERNAME=user.username, PASSWORD="Passw0rd!"
        )
        self.access_token, self.refresh_token = answer["AccessToken"], answer["RefreshToken"]
        self.session = user.sessions[-1] if user.sessions else None

    def _authenticate(self, flow, **given):
        return self.client.initiate_auth(
            AuthFlow=flow,
            ClientId=self.user.pool.client.id,
            AuthParameters=given,
            UserContextData={"IpAddress": self.address},
        )["AuthenticationResult"]

    def refresh(self):
        self._authenticate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=self.refresh_token)

    def rotate(self):
        answer = self.client.get_tokens_from_refresh_token(
            RefreshToken=self.refresh_token, ClientId=self.user.pool.client.id
        )
        self.refresh_token = answer["AuthenticationResult"]["RefreshToken"]

    def is_signed_in(self):
        try:
            self.client.get_user(AccessToken=self.access_token)
        except ClientError:
            return False
        return True

    def can_refresh(self):
        try:
            self.refresh()
        except ClientError:
            return False
        return True


@pytest.fixture
def sign_in(cognito, client, clock):
    """Sign in a second later than before."""

    def sign_in(user, **more):
        clock.tick(1)
        return Person(client, user, **more)

    return sign_in


class TestMembers:
    def test_of_a_session(self, ada, clock, client, sessions):
        person = Person(client, ada, address="192.0.2.1")
        clock.tick(timedelta(minutes=5))
        person.address = "192.0.2.2"
        person.refresh()
        [shown] = sessions(ada)
        assert re.fullmatch("tkn[a-z0-9]{25}", shown["SessionId"])
        assert shown == {
            "SessionId": ada.sessions[0].id,
            "SessionType": "TOKEN",
            "ClientId": ada.pool.client.id,
            "CreateDate": NOON,
            "LastActiveDate": NOON + timedelta(minutes=5),
            "DeviceType": "unknown",
            "LastIPAddress": "192.0.2.2",
            "LastLocation": {"Country": "unknown"},
            "IsCurrentSession": False,
        }

    def test_the_callers_own_is_the_current_one(self, ada, sign_in, sessions):
        here, there = sign_in(ada), sign_in(ada)
        for person in (here, there):
            shown = {
                each["SessionId"]: each["IsCurrentSession"]
                for each in sessions(ada, person.access_token)
            }
            assert shown == {
                here.session.id: person is here,
                there.session.id: person is there,
            }

    def test_what_a_test_makes_of_a_session_is_shown(self, ada, sessions):
        session = ada.sign_in().session
        session.device_type, session.ip = "Firefox on Linux", "192.0.2.7"
        [shown] = sessions(ada)
        assert (shown["DeviceType"], shown["LastIPAddress"]) == (
            "Firefox on Linux",
            "192.0.2.7",
        )

    def test_all_app_clients_are_listed(self, cognito, ada, sessions):
        mobile = cognito.pool.add_client()
        ada.sign_in()
        ada.sign_in(client=mobile)
        assert [each["ClientId"] for each in sessions(ada)] == [cognito.pool.client.id, mobile.id]

    def test_those_of_somebody_else_are_not(self, cognito, ada, sessions):
        bob = cognito.add_user("bob")
        session = bob.sign_in().session
        assert sessions(ada) == []
        assert [each["SessionId"] for each in sessions(bob)] == [session.id]


class TestWhatATestReads:
    def test_of_a_session(self, cognito, ada, clock):
        cognito.pool.device_tracking = "always"
        phone = ada.add_device("phone")
        session = ada.sign_in(device=phone).session
        assert ada.sessions == [session]
        assert (session.client, session.device) == (cognito.pool.client, phone)
        assert (session.created, session.last_active) == (NOON, NOON)
        assert (session.device_type, session.ip) == ("unknown", "127.0.0.1")
        assert repr(session) == f"<Session {session.id} of 'ada', unknown>"

    def test_the_device_is_one_that_there_is(self, cognito, ada, client):
        cognito.pool.device_tracking = "always"
        tokens = ada.sign_in()
        assert tokens.session.device is None
        client.confirm_device(AccessToken=tokens.access_token, DeviceKey=tokens.device_key)
        [device] = ada.devices
        assert tokens.session.device is device
        device.forget()
        assert tokens.session.device is None
        assert ada.sessions == [tokens.session]

    def test_the_tokens_of_a_user_are_of_a_session_as_old_as_the_user(self, clock, ada):
        clock.tick(60)
        later = ada.sign_in().session
        assert ada.access_token
        first, second = ada.sessions
        assert (first.created, second) == (NOON, later)

    def test_revoking(self, ada, call, refused):
        tokens = ada.sign_in()
        tokens.session.revoke()
        assert ada.sessions == []
        revoked = refused(call, ada, "list_user_sessions", AccessToken=tokens.access_token)
        assert revoked == said(texts.ACCESS_TOKEN_REVOKED)


class SignedIn(NamedTuple):
    """Somebody who is signed in twice."""

    user: object
    here: Person
    there: Person
    clock: object
    call: Callable

    def configure(self, tracking, most):
        self.here.client.set_user_pool_session_configuration(
            UserPoolId=self.user.pool.id,
            UserSessionTracking=tracking,
            TokenSession={"MaxPerUser": most},
        )


def nothing(ada):
    pass


def both_refresh(ada):
    ada.here.refresh()
    ada.there.refresh()


def rotation(ada, grace=10):
    client = ada.user.pool.client
    client.refresh_token_rotation = grace
    spent = ada.here.refresh_token
    ada.here.rotate()
    client.refresh_token_rotation = None
    return spent


def reuse(ada):
    spent = rotation(ada, grace=0)
    newest, ada.here.refresh_token = ada.here.refresh_token, spent
    assert not ada.here.can_refresh()
    ada.here.refresh_token = newest


def revoke_token(ada):
    client_id = ada.user.pool.client.id
    ada.here.client.revoke_token(Token=ada.there.refresh_token, ClientId=client_id)


def revoke(ada, **more):
    ada.here.client.revoke_user_session(
        AccessToken=ada.here.access_token, SessionId=ada.there.session.id, **more
    )


def administrator_revokes(ada):
    ada.call(ada.user, "admin_revoke_user_session", SessionId=ada.here.session.id)


def sign_out(ada):
    ada.here.client.global_sign_out(AccessToken=ada.here.access_token)


def administrator_signs_out(ada):
    ada.call(ada.user, "admin_user_global_sign_out")


def expiry(ada):
    ada.clock.tick(timedelta(days=30))


def disable(ada):
    ada.call(ada.user, "admin_disable_user")


def disable_and_enable(ada):
    disable(ada)
    ada.call(ada.user, "admin_enable_user")


def delete(ada):
    ada.here.client.delete_user(AccessToken=ada.here.access_token)


def forget_device(ada):
    pool, phone = ada.user.pool, ada.user.add_device()
    pool.device_tracking = "always"
    ada.here.client.forget_device(AccessToken=ada.here.access_token, DeviceKey=phone.key)
    pool.device_tracking = "off"


def set_password(ada):
    ada.call(ada.user, "admin_set_user_password", Password="Passw0rd!", Permanent=True)


def refresh_and_lower(ada):
    ada.clock.tick(1)
    ada.here.refresh()
    ada.configure("ENABLED", 2)


def off_and_on(ada):
    ada.configure("DISABLED", 3)
    ada.configure("ENABLED", 3)


BOTH, HERE, THERE, NONE = "here there", "here", "there", ""
OFF = "tracking is off"
#: What happens to somebody who is signed in here and there; which sessions the service lists then,
#: and whose access tokens are good; whose refresh tokens are good after another sign-in, if that
#: is possible, and which sessions the service lists.
EVENTS = {
    "nothing": (nothing, BOTH, BOTH, BOTH, "here there new"),
    "both refresh": (both_refresh, BOTH, BOTH, BOTH, "here there new"),
    "rotation": (rotation, BOTH, BOTH, BOTH, "here there new"),
    "reuse of a token": (reuse, BOTH, BOTH, BOTH, "here there new"),
    "RevokeToken": (revoke_token, HERE, HERE, HERE, "here new"),
    "RevokeUserSession": (revoke, HERE, HERE, HERE, "here new"),
    "NONE": (
        partial(revoke, RevokeAssociatedSessions="NONE"),
        *(HERE, HERE, HERE, "here new"),
    ),
    "LINKED": (
        partial(revoke, RevokeAssociatedSessions="LINKED"),
        *(HERE, HERE, HERE, "here new"),
    ),
    "AdminRevokeUserSession": (administrator_revokes, THERE, THERE, THERE, "there new"),
    "GlobalSignOut": (sign_out, NONE, NONE, NONE, "new"),
    "AdminUserGlobalSignOut": (administrator_signs_out, NONE, NONE, NONE, "new"),
    "expiry": (expiry, NONE, NONE, NONE, "new"),
    "AdminDisableUser": (disable, NONE, NONE, NONE, None),
    "AdminEnableUser": (disable_and_enable, NONE, NONE, NONE, "new"),
    "DeleteUser": (delete, None, NONE, NONE, None),
    "ForgetDevice": (forget_device, BOTH, BOTH, BOTH, "here there new"),
    "another password": (set_password, BOTH, BOTH, BOTH, "here there new"),
    "lowered to 2": (
        partial(SignedIn.configure, tracking="ENABLED", most=2),
        BOTH,
        BOTH,
        THERE,
        "there new",
    ),
    "lowered to 1": (
        partial(SignedIn.configure, tracking="ENABLED", most=1),
        BOTH,
        BOTH,
        NONE,
        "new",
    ),
    "raised to 100": (
        partial(SignedIn.configure, tracking="ENABLED", most=100),
        BOTH,
        BOTH,
        BOTH,
        "here there new",
    ),
    "a refresh, lowered to 2": (refresh_and_lower, BOTH, BOTH, HERE, "here new"),
    "off": (partial(SignedIn.configure, tracking="DISABLED", most=3), OFF, BOTH, BOTH, OFF),
    "off and on": (off_and_on, BOTH, BOTH, BOTH, "here there new"),
}


@pytest.mark.parametrize("event", EVENTS)
def test_what_becomes_of_sessions(ada, clock, sign_in, call, event):
    happens, listed, signed_in, can_refresh, listed_after = EVENTS[event]
    people = {"here": sign_in(ada), "there": sign_in(ada)}

    def shown():
        try:
            answer = call(ada, "admin_list_user_sessions")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            return {"OperationNotEnabledException": OFF, "UserNotFoundException": None}[code]
        names = {person.session.id: name for name, person in people.items()}
        return " ".join(names[each["SessionId"]] for each in answer["Sessions"])

    def those_who(can):
        return " ".join(name for name in ("here", "there") if can(people[name]))

    happens(SignedIn(ada, **people, clock=clock, call=call))
    assert (shown(), those_who(Person.is_signed_in)) == (listed, signed_in)
    if listed_after is None:
        with pytest.raises(ClientError):
            sign_in(ada)
    else:
        people["new"] = sign_in(ada)
        assert shown() == listed_after
    assert those_who(Person.can_refresh) == can_refresh


def test_the_session_least_recently_used_is_evicted(ada, sign_in):
    first, second, third = sign_in(ada), sign_in(ada), sign_in(ada)
    first.refresh()
    fourth = sign_in(ada)
    assert ada.sessions == [person.session for person in (first, third, fourth)]
    assert not second.is_signed_in()
    assert not second.can_refresh()
    assert second.session.evicted_beyond == 3
    assert first.is_signed_in()


def test_a_sign_in_that_is_refused_evicts_nobody(cognito, ada, client, sign_in, refused):
    people = [sign_in(ada) for _ in range(3)]
    refused(
        client.initiate_auth,
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=cognito.pool.client.id,
        AuthParameters={"USERNAME": "ada", "PASSWORD": "wrong"},
    )
    assert ada.sessions == [person.session for person in people]


def test_the_implicit_session_of_somebody_who_signed_out_evicts_nobody(
    ada, sign_in, call, refused
):
    ada.sign_out()
    people = [sign_in(ada) for _ in range(3)]
    listing = refused(call, ada, "list_user_sessions", AccessToken=ada.access_token)
    assert listing == said(texts.ACCESS_TOKEN_REVOKED)
    assert ada.sessions == [person.session for person in people]


def test_the_implicit_session_is_the_oldest_however_late_somebody_asks(cognito, clock, ada):
    cognito.pool.max_sessions_per_user = 1
    clock.tick(1)
    later = ada.sign_in()
    assert ada.access_token
    assert ada.sessions == [later.session]


def test_sessions_that_began_untracked_are_not_listed(cognito, ada, sign_in, sessions):
    cognito.pool.user_session_tracking = False
    before = sign_in(ada)
    assert (ada.sessions, before.session) == ([], None)
    cognito.pool.user_session_tracking = True
    after = sign_in(ada)
    assert [each["SessionId"] for each in sessions(ada)] == [after.session.id]
    assert before.is_signed_in()


class TestRefusals:
    def test_of_the_callers_own_session(self, ada, sign_in, call, refused):
        here = sign_in(ada)
        own = {"AccessToken": here.access_token, "SessionId": here.session.id}
        assert refused(call, ada, "revoke_user_session", **own) == said(
            texts.USER_SESSION_IS_CURRENT
        )
        assert here.is_signed_in()

    def test_of_a_session_that_is_not_there(self, ada, call, refused):
        for operation in ("revoke_user_session", "admin_revoke_user_session"):
            nowhere = refused(call, ada, operation, SessionId=NOWHERE)
            assert nowhere == said(texts.USER_SESSION_NOT_FOUND)

    def test_of_somebody_elses(self, cognito, ada, call, refused):
        session = cognito.add_user("bob").sign_in().session
        for operation in ("revoke_user_session", "admin_revoke_user_session"):
            somebodys = refused(call, ada, operation, SessionId=session.id)
            assert somebodys == said(texts.USER_SESSION_NOT_FOUND)
        assert session.is_active

    def test_of_one_that_is_over(self, ada, call, refused):
        over = ada.sign_in().session
        over.revoke()
        for operation in ("revoke_user_session", "admin_revoke_user_session"):
            answer = refused(call, ada, operation, SessionId=over.id)
            assert answer == said(texts.USER_SESSION_NOT_FOUND)

    @pytest.mark.parametrize(
        "operation",
        [
            "list_user_sessions",
            "admin_list_user_sessions",
            "revoke_user_session",
            "admin_revoke_user_session",
        ],
    )
    def test_in_a_pool_that_tracks_none(self, cognito, ada, call, refused, operation):
        session = ada.sign_in().session
        cognito.pool.user_session_tracking = False
        which = {"SessionId": session.id} if "revoke" in operation else {}
        assert refused(call, ada, operation, **which) == said(texts.SESSION_TRACKING_OFF)

    def test_of_a_page_that_there_is_not(self, ada, call, refused):
        for operation in ("list_user_sessions", "admin_list_user_sessions"):
            page = refused(call, ada, operation, NextToken="next")
            assert page == said(texts.PAGE_TOKEN_INVALID)

    @pytest.mark.parametrize("operation", ["list_user_sessions", "revoke_user_session"])
    @pytest.mark.parametrize(
        ("status", "text"),
        [
            ("UNCONFIRMED", texts.USER_NOT_CONFIRMED),
            ("RESET_REQUIRED", texts.PASSWORD_RESET_REQUIRED),
        ],
    )
    def test_of_users_by_their_status(self, ada, call, refused, operation, status, text):
        ada.status = status
        which = {"SessionId": NOWHERE} if "revoke" in operation else {}
        assert refused(call, ada, operation, **which) == said(text)
