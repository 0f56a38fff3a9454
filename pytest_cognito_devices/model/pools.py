"""User pools and their app clients."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from pytest_cognito_devices import clock, constraints, ids, tokens
from pytest_cognito_devices.model.users import MFA, User, UserStatus
from pytest_cognito_devices.settings import DeviceTracking, Duration

if TYPE_CHECKING:
    from pytest_cognito_devices.model.service import Service

ACCOUNT_ID = "123456789012"

_PASSWORD = "Passw0rd!"  # noqa: S105  what a seeded user has unless the test says otherwise
_HOUR = 3600
_ALIASES = ("email", "phone_number", "preferred_username")


class AppClient:
    """An app client of a pool.

    Attributes:
        pool: whose client it is.
        id: the `ClientId`.
        secret: the `ClientSecret`, or None.
    """

    def __init__(self, pool: UserPool, client_id: str, secret: str | None) -> None:
        self.pool = pool
        self.id = client_id
        self.secret = secret

    def __repr__(self) -> str:
        return f"<AppClient {self.id} of {self.pool.id}>"


class UserPool:
    """A user pool in one region.

    Made by `FakeCognito(...)` and `FakeCognito.add_pool(...)`, whose keywords are those of
    `PoolSettings`.

    Attributes:
        id: the `UserPoolId`.
        region: where the pool is; calls from clients of other regions do not find it.
        arn: the Amazon Resource Name.
        issuer: the `iss` of its tokens.
        client: the first app client.
        clients: all app clients, by id.
        device_group_key: the `DeviceGroupKey` of all its devices.
        challenge_required_on_new_device: `ChallengeRequiredOnNewDevice`.
        access_token_validity, id_token_validity, refresh_token_validity: in seconds.
    """

    def __init__(
        self,
        service: Service,
        *,
        region: str,
        user_pool_id: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        device_tracking: DeviceTracking = "always",
        challenge_required_on_new_device: bool = False,
        access_token_validity: Duration = _HOUR,
        id_token_validity: Duration = _HOUR,
        refresh_token_validity: Duration = 30 * 24 * _HOUR,
    ) -> None:
        self.service = service
        self.region = region
        self.id = _checked_pool_id(user_pool_id, region)
        self.arn = f"arn:{partition(region)}:cognito-idp:{region}:{ACCOUNT_ID}:userpool/{self.id}"
        self.issuer = f"https://cognito-idp.{region}.amazonaws.com/{self.id}"
        self.device_group_key = ids.device_group_key()
        self.device_tracking = device_tracking
        self.challenge_required_on_new_device = challenge_required_on_new_device
        self.access_token_validity = clock.in_seconds(access_token_validity)
        self.id_token_validity = clock.in_seconds(id_token_validity)
        self.refresh_token_validity = clock.in_seconds(refresh_token_validity)
        self.clients: dict[str, AppClient] = {}
        self.client = self.add_client(client_id=client_id, client_secret=client_secret)
        self._users: dict[str, User] = {}
        self._by_sub: dict[str, User] = {}
        self._by_alias: dict[tuple[str, str], User] = {}
        self._numbers = itertools.count()

    @property
    def device_tracking(self) -> DeviceTracking:
        """Whether and how the pool tracks devices; set it to see what a change breaks."""
        return self._device_tracking

    @device_tracking.setter
    def device_tracking(self, tracking: DeviceTracking) -> None:
        allowed = get_args(DeviceTracking)
        if tracking not in allowed:
            raise ValueError(
                f"device_tracking must be one of {', '.join(map(repr, allowed))}, not {tracking!r}"
            )
        self._device_tracking: DeviceTracking = tracking

    @property
    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JSON Web Key Set against which its tokens verify."""
        return tokens.jwks(self.id)

    @property
    def users(self) -> list[User]:
        """All users, in the order in which they came."""
        return list(self._users.values())

    def add_client(
        self, *, client_id: str | None = None, client_secret: str | None = None
    ) -> AppClient:
        """Add an app client; its id is random if not given, a secret it has only if given.

        Raises:
            ValueError: for a client id that the service would not take, or that is there already.
        """
        if client_id is None:
            client_id = ids.client_id()
        elif violation := constraints.violation_of("SignUp", "ClientId", client_id):
            raise ValueError(f"No app client can have the id {client_id!r}: {violation}")
        elif client_id in self.clients:
            raise ValueError(f"{self!r} already has an app client {client_id!r}.")
        client = AppClient(self, client_id, client_secret)
        self.clients[client_id] = client
        return client

    def add_user(
        self,
        username: str,
        *,
        password: str | None = None,
        status: UserStatus = "CONFIRMED",
        enabled: bool = True,
        attributes: Mapping[str, str] | None = None,
        mfa: MFA | None = None,
        devices: int = 0,
    ) -> User:
        """Seed a user.

        Args:
            username: the name to sign in with.
            password: in plain text; one that every password policy takes if not given.
            status: the `UserStatus`.
            enabled: False for a user whom an administrator disabled.
            attributes: such as `{"email": "ada@example.com"}`. The values of `email`,
                `phone_number` and `preferred_username` are aliases of the user.
            mfa: the second factor that sign-in asks for; the operations on devices do not care.
            devices: how many remembered devices to seed.

        Raises:
            ValueError: for a name that the service would not take or that is taken, and for an
                unknown status or second factor.
        """
        if violation := constraints.violation_of("AdminGetDevice", "Username", username):
            raise ValueError(f"No user can have the name {username!r}: {violation}")
        if username in self._users:
            raise ValueError(f"{self!r} already has a user {username!r}.")
        user = User(
            self,
            username,
            password=_PASSWORD if password is None else password,
            status=status,
            enabled=enabled,
            attributes=attributes or {},
            mfa=mfa,
        )
        self._users[username] = user
        self._by_sub[user.sub] = user
        for _ in range(devices):
            user.add_device()
        return user

    def user_named(self, name: str) -> User | None:
        """The user with this username, sub or alias."""
        user = self._users.get(name) or self._by_sub.get(name)
        if user is None:
            aliases = (self._by_alias.get((kind, name)) for kind in _ALIASES)
            user = next((found for found in aliases if found), None)
        return user

    def index(self, user: User, attribute: str, value: str | None) -> None:
        """Keep the index of aliases right when an attribute changes."""
        if attribute not in _ALIASES:
            return
        old = attribute, user.attributes.get(attribute, "")
        if self._by_alias.get(old) is user:
            del self._by_alias[old]
        if value is not None:
            self._by_alias[attribute, value] = user

    def remove_user(self, user: User) -> None:
        """Take a user out of every index."""
        for attribute in _ALIASES:
            self.index(user, attribute, None)
        del self._users[user.username], self._by_sub[user.sub]

    def next_number(self) -> int:
        """A number for whatever is added next, to keep what has the same date in order."""
        return next(self._numbers)

    def __repr__(self) -> str:
        return f"<UserPool {self.id}, {len(self._users)} users, tracking {self.device_tracking}>"


def partition(region: str) -> str:
    """The first part of an ARN after `arn`."""
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def _checked_pool_id(user_pool_id: Any, region: str) -> str:
    if user_pool_id is None:
        return ids.user_pool_id(region)
    violation = constraints.violation_of("AdminGetDevice", "UserPoolId", user_pool_id)
    if violation:
        raise ValueError(f"No user pool can have the id {user_pool_id!r}: {violation}")
    if not user_pool_id.startswith(f"{region}_"):
        raise ValueError(
            f"The user pool {user_pool_id!r} cannot be in {region!r}: its id names its region."
        )
    checked: str = user_pool_id
    return checked
