"""Sessions: what a sign-in leaves behind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pytest_cognito_devices.service import api, clock, ids, tokens
from pytest_cognito_devices.service.checks import check_bool, check_str, is_misuse
from pytest_cognito_devices.service.model.descriptors import Checked, Declared, once
from pytest_cognito_devices.service.model.users.devices import LOCALHOST, Device, NewDevice

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.clients import AppClient
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse

#: The scope of every sign-in through the API, which the operations for users ask for.
USER_ADMIN_SCOPE = "aws.cognito.signin.user.admin"

_MOST_SESSIONS = 100


def check_session_tracking(name: str, value: object) -> bool:
    """The value; a ValueError if the installed botocore has no operations for sessions."""
    is_on = check_bool(name, value)
    if is_on and "ListUserSessions" not in api.model().operation_names:
        raise ValueError(
            f"{name}=True needs botocore 1.44.1 or newer; the installed one has no"
            " ListUserSessions."
        )
    return is_on


def check_max_sessions(name: str, value: int) -> int:
    """The value; a ValueError for a number of sessions that the service would not take."""
    most = api.maximum_of("MaxSessionsPerUserType", _MOST_SESSIONS)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ValueError(f"{name} must be a whole number from 1 to {most}, not {value!r}")
    return value


class Session(Declared):
    """What lasts from a sign-in until it is revoked: the same for all tokens that come of it.

    A pool with `user_session_tracking` lists it.

    Attributes:
        user: who signed in.
        client: the app client through which.
        device_type: what the service makes of the user agent; "unknown" unless a test sets it.
        ip: the address of the last activity, which a test may set too.
        device_key: of the device that signed in, or given out by the sign-in, or None.
        is_key_spoiled: whether nobody can confirm the key that it gave out.
        scope: of the access tokens.
        auth_time: the moment of the sign-in, which refreshing does not change.
        refresh_token_expires: when its refresh tokens do, however often they rotate.
        active_at: when its refresh token was last used, or else the moment of the sign-in.
        is_tracked: whether the pool tracked sessions when it began.
        revoked: whether its tokens are good for nothing any more.
        evicted_beyond: how many sessions the pool kept when a newer one took the place of this
            one; None for one that has not been evicted.
        origin_jti, event_id: the claims.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_good_until",
        "_refresh_tokens",
        "active_at",
        "auth_time",
        "client",
        "device_key",
        "event_id",
        "evicted_beyond",
        "is_key_spoiled",
        "is_tracked",
        "origin_jti",
        "refresh_token_expires",
        "revoked",
        "scope",
        "user",
    )

    device_type = Checked[str, str](check_str)
    ip = Checked[str, str](check_str)

    def __init__(
        self,
        user: User,
        client: AppClient,
        *,
        device_key: str | None,
        scope: str,
        auth_time: float,
        ip: str = LOCALHOST,
    ) -> None:
        self.user = user
        self.client = client
        self.device_type = "unknown"
        self.ip = ip
        self.device_key = device_key
        self.is_key_spoiled = False
        self.scope = scope
        self.auth_time = auth_time
        self.refresh_token_expires = auth_time + client.refresh_token_validity
        self.revoked = False
        self.evicted_beyond: int | None = None
        self.active_at = auth_time
        self.is_tracked = user.pool.user_session_tracking
        self.origin_jti = ids.uuid4()
        self.event_id = ids.uuid4()
        self._refresh_tokens: list[str] = []
        self._good_until: dict[str, float] = {}

    @classmethod
    def open(
        cls,
        user: User,
        client: AppClient,
        *,
        moment: float,
        device: Device | None = None,
        gives_out_key: bool = True,
        ties_key: bool = True,
        scope: str = USER_ADMIN_SCOPE,
        ip: str = LOCALHOST,
        revoked: bool = False,
    ) -> Session:
        """What a sign-in leaves behind, whoever asked for it.

        Args:
            user: who signs in.
            client: through which.
            moment: when.
            device: with which; its dates move.
            gives_out_key: whether a sign-in without a device gives out a key, if the pool tracks
                devices.
            ties_key: whether that key is the user's to confirm.
            scope: of the access tokens.
            ip: from where.
            revoked: whether something has ended it already.
        """
        device_key = None
        if device is not None:
            device_key = device.key
            device.signed_in(moment, ip)
        elif gives_out_key and user.pool.device_tracking != "off":
            device_key = ids.device_key(user.pool.region)
            if ties_key:
                user.new_devices[device_key] = NewDevice(moment, ip)
        session = cls(user, client, device_key=device_key, scope=scope, auth_time=moment, ip=ip)
        session.is_key_spoiled = device is None and not ties_key
        user.sessions_to_end.append(session)
        if revoked:
            session.revoke()
        _end_those_too_many(user)
        return session

    @once
    def id(self) -> str:
        """The `SessionId`."""
        return ids.session_id()

    @property
    def device(self) -> Device | None:
        """The device that signed in, or that the sign-in gave a key to; None if there is none.

        A device that nobody has confirmed, or that is forgotten, is none.
        """
        return self.user.confirmed_devices.get(self.device_key or "")

    @property
    def created(self) -> datetime:
        """`CreateDate`: when the user signed in."""
        return clock.to_datetime(self.auth_time)

    @property
    def last_active(self) -> datetime:
        """`LastActiveDate`: when its refresh token was last used; `created` until then."""
        return clock.to_datetime(self.active_at)

    def used(self, ip: str) -> None:
        """Note that its refresh token has been used."""
        self.active_at = clock.now()
        self.ip = ip

    @property
    def is_active(self) -> bool:
        """Whether the pool lists it: it is tracked, not revoked, and its refresh token is good."""
        is_good = clock.now() < self.refresh_token_expires
        return self.is_tracked and is_good and not self.revoked

    def revoke(self) -> None:
        """End the session, as `AdminRevokeUserSession` does: its tokens are good for nothing."""
        self.revoked = True
        if self in self.user.sessions_to_end:
            self.user.sessions_to_end.remove(self)

    def __repr__(self) -> str:
        return f"<Session {self.id} of {self.user.username!r}, {self.device_type}>"

    def new_refresh_token(self) -> str:
        """A refresh token; opaque. The newest is the one that counts."""
        token = tokens.refresh_token()
        self._refresh_tokens.append(token)
        return token

    def rotate(self, spent: str, grace: float) -> None:
        """Note that a refresh token has been used for another one.

        Used again in its grace period, it takes the place of what it was used for before: only
        the newest child may refresh.
        """
        newest = self._refresh_tokens[-1]
        self._good_until[newest] = clock.now() + (grace if spent == newest else 0)

    def is_spent(self, token: str) -> bool:
        """Whether the grace period of a rotated-out refresh token is over."""
        return token in self._good_until and clock.now() >= self._good_until[token]

    def is_ended_by(self, token: str) -> bool:
        """Whether to revoke this refresh token is to end the session: the first and the newest."""
        return token in (self._refresh_tokens[0], self._refresh_tokens[-1])


def _end_those_too_many(user: User) -> None:
    """End the sessions least recently used, if there are more than the pool keeps."""
    most = user.pool.max_sessions_per_user
    in_use = sorted(user.sessions, key=lambda session: session.active_at)
    for session in in_use[: max(0, len(in_use) - most)]:
        session.evicted_beyond = most
        session.revoke()
