"""Users of a pool, and the verbs with which a test seeds them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, MutableMapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_cognito_devices.service import clock, ids
from pytest_cognito_devices.service.checks import (
    check_bool,
    check_own,
    check_str,
    is_misuse,
)
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.descriptors import Checked, Declared, once, one_of
from pytest_cognito_devices.service.model.groups import Group, in_order
from pytest_cognito_devices.service.model.users.confirmed_devices import ConfirmedDevices
from pytest_cognito_devices.service.model.users.devices import (
    LOCALHOST,
    Device,
    NewDevice,
    checked_key,
    checked_name,
    seeded_dates,
)
from pytest_cognito_devices.service.model.users.directory import ADDRESSES, Attributes
from pytest_cognito_devices.service.model.users.factors import WithFactors
from pytest_cognito_devices.service.model.users.passwords import (
    Attempts,
    Password,
    temporary_expiry,
)
from pytest_cognito_devices.service.model.users.sessions import USER_ADMIN_SCOPE, Session
from pytest_cognito_devices.service.model.users.tokens import Tokens
from pytest_cognito_devices.settings import MFA, Duration, UserStatus

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.pools import UserPool

__tracebackhide__ = is_misuse

_A_PASSWORD = "Passw0rd!"  # what a seeded user has unless the test says otherwise


class User(WithFactors, Declared):
    """A user of a pool.

    Made by `FakeCognito.add_user(...)` or `UserPool.add_user(...)`.

    Attributes:
        pool: the pool that the user is in.
        position: the user's place in it.
        created, last_modified: epoch seconds.
        exists: whether the pool has admitted the user and not removed.
        status: `UserStatus`; to set it changes what the service answers, as in life.
        enabled: whether the user may do anything at all.
    """

    __slots__ = (
        "_attributes",
        "_signed_out",
        "_sub",
        "_username",
        "created",
        "exists",
        "last_modified",
        "pool",
        "position",
        "secret",
    )

    status: Checked[UserStatus, UserStatus] = one_of(UserStatus)
    enabled = Checked[bool, bool](check_bool)

    def __init__(
        self,
        pool: UserPool,
        username: str,
        *,
        password: str = _A_PASSWORD,
        status: UserStatus = "CONFIRMED",
        enabled: bool = True,
        attributes: Mapping[str, str] = MappingProxyType({}),
        mfa: MFA | None = None,
        sub: str | None = None,
    ) -> None:
        self.pool = pool
        self.exists = False
        self.position = pool.account.next_number()
        self._username = username
        self._sub = sub or ids.uuid4()
        self.created = self.last_modified = clock.now_in_milliseconds()
        self.password = password
        self.enabled = enabled
        if mfa is not None:
            self.mfa = mfa
        self.status = status
        self._attributes = Attributes(self)
        self.attributes = attributes
        self._signed_out = False

    @property
    def username(self) -> str:
        """The name to sign in with."""
        return self._username

    @property
    def sub(self) -> str:
        """The UUID that never changes."""
        return self._sub

    @property
    def password(self) -> str:
        """The password in plain text, also a temporary one; to set it is to choose another."""
        return self.secret.text

    @password.setter
    def password(self, password: str) -> None:
        self.secret = self.secret_of(check_str("password", password))

    def set_temporary_password(self, password: str) -> None:
        """Have the user choose another password at the next sign-in, as `AdminCreateUser` does."""
        self.secret = self.secret_of(password, temporary_expiry(self.pool.password_policy))
        self.status = "FORCE_CHANGE_PASSWORD"

    def secret_of(self, password: str, expires: float | None = None) -> Password:
        """A password as one of this user, with what stands for it in SRP."""
        return Password(password, self.pool.id.partition("_")[2] + self._username, expires)

    @once
    def attempts(self) -> Attempts:
        """The failed passwords so far."""
        return Attempts()

    @property
    def attributes(self) -> MutableMapping[str, str]:
        """The attributes, such as `{"email": "ada@example.com"}`; change them as you like."""
        return self._attributes

    @attributes.setter
    def attributes(self, attributes: Mapping[str, str]) -> None:
        if not isinstance(attributes, Mapping):
            raise TypeError(f"attributes must be a dict, not {attributes!r}")
        self._attributes.replace(attributes)

    def touch(self) -> None:
        """Note that the service has just written to the user."""
        self.last_modified = clock.now_in_milliseconds()

    def has_verified(self, attribute: str) -> bool:
        """Whether the user has an attribute, and an address is not one still to be verified."""
        attributes = self._attributes
        if attribute not in ADDRESSES or attribute not in attributes:
            return attribute in attributes
        return attributes.get(f"{attribute}_verified", "false") != "false"

    @once
    def confirmed_devices(self) -> ConfirmedDevices:
        """The confirmed devices."""
        return ConfirmedDevices()

    @once
    def new_devices(self) -> dict[str, NewDevice]:
        """Keys that sign-ins gave out and nobody has confirmed yet."""
        return {}

    @once
    def sessions_to_end(self) -> list[Session]:
        """Those that a sign-out ends."""
        return []

    @property
    def sessions(self) -> list[Session]:
        """The active sessions that the pool tracks, in the order of their sign-ins."""
        if not self.pool.user_session_tracking:
            return []
        active = [session for session in self.sessions_to_end if session.is_active]
        return sorted(active, key=lambda session: session.auth_time)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that the user is in, as tokens list them; set it to groups or their names.

        Raises:
            LookupError: on setting, for a group that the pool does not have, or if the user is
                deleted.
        """
        # A copy: others may add groups meanwhile.
        every = list(self.pool.groups.values())
        return tuple(in_order(group for group in every if group.has(self)))

    @groups.setter
    def groups(self, groups: Iterable[str | Group]) -> None:
        wanted = self.pool.groups.named(groups)
        self._require_existing()
        for group in self.groups:
            group.remove(self)
        for group in wanted:
            group.add(self)

    @property
    def devices(self) -> list[Device]:
        """The confirmed devices, in the order in which they were added."""
        return list(self.confirmed_devices.values())

    def add_device(
        self,
        name: str | None = None,
        *,
        remembered: bool = True,
        key: str | None = None,
        password: str | None = None,
        created: datetime.datetime | None = None,
        last_modified: datetime.datetime | None = None,
        last_authenticated: datetime.datetime | None = None,
        last_ip_used: str = LOCALHOST,
    ) -> Device:
        """Seed a confirmed device.

        Args:
            name: the `device_name`; a device without one has no such attribute.
            remembered: False for one that only the operations for administrators see.
            key: the `DeviceKey`, random if not given.
            password: the secret for device SRP, random if not given.
            created: when it was confirmed; now, or earlier if another date is.
            last_modified: when it last changed; the later of the other two if not given.
            last_authenticated: when it last signed in, cut to whole seconds; `created` if not
                given.
            last_ip_used: the address of its last sign-in.

        Raises:
            TypeError, ValueError: for a date that is none, has no time zone or does not fit the
                others, a name or key that the service would not take, and a key that the user has
                already.
            LookupError: if the user is deleted.
        """
        self._require_existing()
        name = checked_name(name)
        check_bool("remembered", remembered)
        if key is None:
            key = ids.device_key(self.pool.region)
        else:
            key = checked_key(key)
            if self.confirmed_devices.get(key):
                raise ValueError(f"{self.username!r} already has a device with the key {key!r}.")
        device = Device(
            self,
            key,
            name=name,
            remembered=remembered,
            dates=seeded_dates(created, last_modified, last_authenticated),
            last_ip_used=check_str("last_ip_used", last_ip_used),
            password=None if password is None else check_str("password", password),
        )
        self.confirmed_devices.add(device)
        return device

    def add_devices(self, count: int) -> None:
        """Seed remembered devices without names, all at this moment.

        Raises:
            LookupError: if the user is deleted.
        """
        self._require_existing()
        dates = seeded_dates()
        for _ in range(count):
            key = ids.device_key(self.pool.region)
            self.confirmed_devices.add(Device(self, key, remembered=True, dates=dates))

    def sign_in(
        self,
        *,
        device: Device | None = None,
        client: AppClient | None = None,
        scope: str = USER_ADMIN_SCOPE,
        expires_in: Duration | None = None,
        forged: bool = False,
    ) -> Tokens:
        """Sign in without asking for a password, whatever the state of the user.

        Args:
            device: the device to sign in with, which moves its dates. Without one, a pool that
                tracks devices gives out a new key, ready for `ConfirmDevice`.
            client: an app client of the pool, the first if not given.
            scope: of the access token, several separated by blanks; the operations for users ask
                for `aws.cognito.signin.user.admin`.
            expires_in: life of the access and ID tokens, as a timedelta or in seconds, the
                settings of the pool if not given; nothing or less for expired ones.
            forged: sign the JWTs with a key that is not the pool's.

        Raises:
            TypeError: for anything but a `Device`, an `AppClient`, a string and a duration.
            ValueError: for a device of another user, or a client of another pool.
            LookupError: for a device that is forgotten, a client that is deleted, a pool without
                any, or if the user is deleted.
        """
        self._require_existing()
        if client is not None:
            check_own("client", client, AppClient, "pool", self.pool)
            client.require_kept()
        if device is not None:
            check_own("device", device, Device, "user", self)
            device.require_kept()
        if not isinstance(scope, str):
            raise TypeError(f"scope must be a string, several separated by blanks, not {scope!r}")
        life = None if expires_in is None else clock.in_seconds(expires_in, "expires_in")
        check_bool("forged", forged)
        now = clock.now()
        session = Session.open(
            self, client or self.pool.client, moment=now, device=device, scope=scope
        )
        return Tokens(session, issued_at=now, expires_in=life, forged=forged)

    def sign_out(self) -> None:
        """End every session so far, as `GlobalSignOut` does."""
        for session in list(self.sessions_to_end):
            session.revoke()
        self._signed_out = True

    def delete(self) -> None:
        """Delete the user; tokens already handed out stay tokens of a user that is no more.

        Raises:
            LookupError: if the user is deleted already.
        """
        self._require_existing()
        self.pool.directory.remove(self)

    def _require_existing(self) -> None:
        if not self.exists:
            raise LookupError(f"{self.username!r} is deleted.")

    @property
    def access_token(self) -> str:
        """The access token of one implicit sign-in, made with the user; the same each time."""
        return self._implicit_session.access_token

    @property
    def id_token(self) -> str:
        """The ID token of the same implicit sign-in."""
        return self._implicit_session.id_token

    @property
    def refresh_token(self) -> str:
        """The refresh token of the same implicit sign-in."""
        return self._implicit_session.refresh_token

    @once
    def _implicit_session(self) -> Tokens:
        # As old as the user, and ended by a sign-out, however late somebody asks for its tokens;
        # unless the clock has been put back meanwhile, since nobody signs in in the future.
        moment = min(self.created, clock.now())
        session = Session.open(self, self.pool.client, moment=moment, revoked=self._signed_out)
        return Tokens(session, issued_at=moment)

    def __repr__(self) -> str:
        disabled = "" if self.enabled else ", disabled"
        count = len(self.confirmed_devices)
        devices = "1 device" if count == 1 else f"{count} devices"
        return f"<User {self.username!r} {self.status}{disabled}, {devices}>"
