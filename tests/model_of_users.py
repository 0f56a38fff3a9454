"""What users, devices and tokens have to be like after some calls: a model, from the sources.

It knows the documentation of the service and what people have observed, and nothing of the
package but the words of the errors. A method stands for a call: it tells the answer, or raises
`Refused`. Moments are epoch seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from pytest_cognito_devices.service import texts
from said import said

ACCESS_TOKEN_LIVES = 1800
REFRESH_TOKEN_LIVES = 7200
KEYS_OF_USERS = ["device_name", "device_status", "last_ip_used"]
KEYS_OF_ADMINISTRATORS = [
    *("dev:device_arn", "dev:device_owner", "dev:device_remembered_status", "dev:device_sdk"),
    *KEYS_OF_USERS,
]


class Refused(Exception):
    """The service refuses a call, with a code and words."""

    def __init__(self, text):
        super().__init__(*said(text))


@dataclass(eq=False)
class Device:
    key: str
    remembered: bool
    created: float
    modified: float
    authenticated: int

    def shown(self, *, to_administrator):
        """Key, dates, names of attributes, and whether it is remembered if that is shown."""
        return {
            "key": self.key,
            "created": self.created,
            "modified": self.modified,
            "authenticated": self.authenticated,
            "attributes": KEYS_OF_ADMINISTRATORS if to_administrator else KEYS_OF_USERS,
            "remembered": self.remembered if to_administrator else None,
        }


@dataclass(eq=False)
class User:
    name: str
    enabled: bool = True
    must_reset: bool = False
    devices: dict = field(default_factory=dict)
    given_out: set = field(default_factory=set)
    sign_ins: list = field(default_factory=list)
    groups: set = field(default_factory=set)


@dataclass(eq=False)
class SignIn:
    """What a sign-in began: the tokens of one origin, and the session that lists them."""

    user: User
    key: str | None
    at: float
    last_active: float
    revoked: bool = False
    session_id: str | None = None
    #: The refresh token that came last; those before it are rotated out.
    newest: str | None = None
    #: The others that are still good, and until when.
    grace: dict = field(default_factory=dict)
    first: str | None = None

    @property
    def refresh_ends(self):
        return self.at + REFRESH_TOKEN_LIVES


@dataclass(eq=False)
class Tokens:
    """An access token and the refresh token beside it."""

    access: str
    refresh: str
    issued: float
    sign_in: SignIn

    @property
    def access_ends(self):
        return math.floor(self.issued) + ACCESS_TOKEN_LIVES

    def __repr__(self):
        return f"<tokens of {self.sign_in.user.name}, device {self.sign_in.key}>"


class Model:
    """A pool: `tracking` of devices, `grace` of rotation if there is one, `most` sessions."""

    def __init__(self, clock, *, tracking, grace, most):
        self.clock = clock
        self.tracking = tracking
        self.grace = grace
        self.most = most
        self.users = {}
        self.groups = set()

    @property
    def now(self):
        return self.clock()

    # Who is it?

    def named(self, name):
        """The user whom an administrator names, or who begins to sign in."""
        if name not in self.users:
            raise Refused(texts.USER_NOT_FOUND)
        return self.users[name]

    def is_there(self, user):
        """Not so for a deleted one, even if there is a new one of that name."""
        return self.users.get(user.name) is user

    def may_act(self, user):
        if not self.is_there(user):
            raise Refused(texts.USER_NOT_FOUND)
        if not user.enabled:
            raise Refused(texts.USER_DISABLED)
        if user.must_reset:
            raise Refused(texts.PASSWORD_RESET_REQUIRED)

    def owner(self, tokens):
        """The user of an access token."""
        user = tokens.sign_in.user
        if self.now >= tokens.access_ends:
            raise Refused(texts.ACCESS_TOKEN_EXPIRED)
        if self.is_there(user) and not user.enabled:
            raise Refused(texts.USER_DISABLED)
        if tokens.sign_in.revoked:
            raise Refused(texts.ACCESS_TOKEN_REVOKED)
        self.may_act(user)
        return user

    def with_devices(self, user):
        if self.tracking == "off":
            raise Refused(texts.TRACKING_OFF)
        return user

    def device(self, user, key, *, remembered=False):
        found = self.with_devices(user).devices.get(key)
        if found is None or (remembered and not found.remembered):
            raise Refused(texts.DEVICE_NOT_FOUND)
        return found

    # Devices.

    def confirm_device(self, tokens, key):
        user = self.with_devices(self.owner(tokens))
        if key in user.devices:
            raise Refused(texts.DEVICE_KEY_EXISTS)
        if key not in user.given_out:
            raise Refused(texts.DEVICE_KEY_NOT_GIVEN_OUT)
        at = next(each.at for each in user.sign_ins if each.key == key)
        remembered = self.tracking == "always"
        user.devices[key] = Device(key, remembered, self.now, self.now, math.floor(at))
        return {"UserConfirmationNecessary": not remembered}

    def get_device(self, user, key, *, administrator):
        found = self.device(user, key, remembered=not administrator)
        return found.shown(to_administrator=administrator)

    def list_devices(self, user, *, administrator):
        """In the order in which they were confirmed."""
        found = self.with_devices(user).devices.values()
        shown = [each for each in found if administrator or each.remembered]
        return [each.shown(to_administrator=administrator) for each in shown]

    def update_device_status(self, user, key, *, remembered):
        found = self.device(user, key)
        if remembered != found.remembered:  # Otherwise it changes nothing, no date either.
            found.remembered, found.modified = remembered, self.now
        return {}

    def forget_device(self, user, key):
        self.device(user, key)
        del user.devices[key]
        user.given_out.discard(key)
        return {}

    # Signing in and out.

    def start(self, name, key):
        """What the right password leads to: "tokens", "tokens and a device" or "device"."""
        user = self.named(name)
        if user.must_reset:  # The status is told first, whatever the password is.
            raise Refused(texts.PASSWORD_RESET_REQUIRED)
        self.may_act(user)
        if self.tracking == "off":
            return "tokens"
        if key is None:
            return "tokens and a device"
        return "device" if self.device(user, key).remembered else "tokens"

    def signed_in(self, name, key, access, refresh):
        user = self.users[name]
        known = user.devices.get(key) if self.tracking != "off" else None
        if known:
            known.authenticated, known.modified = math.floor(self.now), self.now
        elif key is not None:
            user.given_out.add(key)
        if self.most:
            active = self.sessions(user)
            for each in active[: max(0, len(active) - self.most + 1)]:
                each.revoked = True
        made = SignIn(user, key, self.now, self.now, newest=refresh, first=refresh)
        user.sign_ins.append(made)
        return self.issue(made, access, refresh)

    def issue(self, sign_in, access, refresh):
        return Tokens(access, refresh, self.now, sign_in)

    def refresh(self, tokens, key):
        """Whether the refresh token of these is good on the device with the key."""
        origin, token = tokens.sign_in, tokens.refresh
        if origin.revoked:
            raise Refused(texts.REFRESH_TOKEN_REVOKED)
        if self.now >= origin.refresh_ends:
            raise Refused(texts.REFRESH_TOKEN_EXPIRED)
        if token != origin.newest and self.now >= origin.grace.get(token, 0):
            raise Refused(texts.REFRESH_TOKEN_REUSED)
        if not self.is_there(origin.user):
            raise Refused(texts.REFRESH_TOKEN_INVALID)
        if not origin.user.enabled:
            raise Refused(texts.USER_DISABLED)
        is_on_device = key == origin.key and key in origin.user.devices
        if self.tracking != "off" and not is_on_device:
            raise Refused(texts.REFRESH_TOKEN_INVALID)
        return "tokens"

    def refreshed(self, tokens, access, refresh):
        """`refresh` is None if refresh tokens do not rotate."""
        origin = tokens.sign_in
        origin.last_active = self.now
        if refresh is None:
            return self.issue(origin, access, tokens.refresh)
        # Of several children, only the newest is good.
        origin.grace.setdefault(tokens.refresh, self.now + self.grace)
        origin.newest = refresh
        return self.issue(origin, access, refresh)

    def revoke(self, tokens):
        """The first and the newest refresh token stand for all; one in between ends nothing."""
        origin = tokens.sign_in
        if tokens.refresh in {origin.first, origin.newest}:
            origin.revoked = True
        return {}

    def sign_out(self, user):
        for each in user.sign_ins:
            each.revoked = True
        return {}

    # Administrators.

    def create(self, name):
        if name in self.users:
            raise Refused(texts.ACCOUNT_NAME_EXISTS)
        self.users[name] = User(name)
        return name

    def delete(self, user):
        del self.users[user.name]
        return {}

    def disable(self, user):
        """Ends the tokens for good: to enable the user does not bring them back."""
        user.enabled = False
        return self.sign_out(user)

    def enable(self, user):
        user.enabled = True
        return {}

    def set_password(self, user):
        user.must_reset = False
        return {}

    def reset_password(self, user):
        user.must_reset = True
        return {}

    # Groups.

    def group(self, name):
        if name not in self.groups:
            raise Refused(texts.GROUP_NOT_FOUND)
        return name

    def create_group(self, name):
        if name in self.groups:
            raise Refused(texts.GROUP_EXISTS)
        self.groups.add(name)
        return name

    def add_to_group(self, user, name):
        user.groups.add(self.group(name))
        return {}

    def remove_from_group(self, user, name):
        user.groups.discard(self.group(name))
        return {}

    def members(self, group):
        self.group(group)
        return {user.name for user in self.users.values() if group in user.groups}

    def delete_group(self, name):
        self.groups.remove(self.group(name))
        for user in self.users.values():
            user.groups.discard(name)
        return {}

    # Sessions.

    def sessions(self, user):
        """The active ones, that which nobody has used for longest first."""
        if not self.most:
            raise Refused(texts.SESSION_TRACKING_OFF)
        active = [
            each for each in user.sign_ins if not each.revoked and self.now < each.refresh_ends
        ]
        return sorted(active, key=lambda each: each.last_active)

    def revoke_session(self, user, session_id, current=None):
        found = [each for each in self.sessions(user) if each.session_id == session_id]
        if not found:
            raise Refused(texts.USER_SESSION_NOT_FOUND)
        if found[0] is current:
            raise Refused(texts.USER_SESSION_IS_CURRENT)
        found[0].revoked = True
        return {}
