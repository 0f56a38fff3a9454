"""User pools."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, get_args

from pytest_cognito_devices import clock, constraints, ids, tokens
from pytest_cognito_devices.checks import check_bool, check_count, check_known, check_one_of
from pytest_cognito_devices.model.clients import AppClient
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.service_model import partition_of
from pytest_cognito_devices.settings import DeviceTracking, Duration, UserSettings

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pytest_cognito_devices.model.service import Service

ACCOUNT_ID = "123456789012"

_HOUR = 3600
_ALIASES = ("email", "phone_number", "preferred_username")


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
        self.region = region = _checked_region(region)
        self.id = _checked_pool_id(user_pool_id, region)
        self.arn = (
            f"arn:{partition_of(region).id}:cognito-idp:{region}:{ACCOUNT_ID}:userpool/{self.id}"
        )
        self.issuer = f"https://cognito-idp.{region}.{partition_of(region).dns_suffix}/{self.id}"
        self.device_group_key = ids.device_group_key()
        self.device_tracking = device_tracking
        check_bool("challenge_required_on_new_device", challenge_required_on_new_device)
        self.challenge_required_on_new_device = challenge_required_on_new_device
        self.access_token_validity = clock.in_seconds(
            access_token_validity, "access_token_validity"
        )
        self.id_token_validity = clock.in_seconds(id_token_validity, "id_token_validity")
        self.refresh_token_validity = clock.in_seconds(
            refresh_token_validity, "refresh_token_validity"
        )
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
        check_one_of("device_tracking", tracking, get_args(DeviceTracking))
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
            TypeError, ValueError: for an id or a secret that the service would not take, and an id
                that is there already.
        """
        if client_id is None:
            client_id = ids.client_id()
        client_id = constraints.require("ClientIdType", client_id, "client id")
        if client_id in self.clients:
            raise ValueError(f"{self.id} already has an app client {client_id!r}.")
        if client_secret is not None:
            client_secret = constraints.require(
                "ClientSecretType", client_secret, "client secret", secret=True
            )
        client = AppClient(self, client_id, client_secret)
        self.clients[client_id] = client
        return client

    def add_user(
        self, username: str, *, devices: int = 0, **settings: Unpack[UserSettings]
    ) -> User:
        """Seed a user.

        Args:
            username: the name to sign in with.
            devices: how many remembered devices to seed.
            **settings: see `UserSettings`.

        Raises:
            TypeError, ValueError: for a name that the service would not take or that is taken, an
                unknown keyword, an attribute that is no string, an unknown status or factor.
        """
        check_known(settings, UserSettings.__annotations__, "add_user has no keyword")
        username = constraints.require("UsernameType", username, "user name")
        if username in self._users:
            raise ValueError(f"{self.id} already has a user {username!r}.")
        devices = check_count("devices", devices, 0)
        user = User(self, username, **settings)
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


def _checked_region(region: str) -> str:
    # As much as botocore asks of one: a part of a host name.
    if not isinstance(region, str) or not re.fullmatch(r"(?!-)[A-Za-z\d-]{1,63}(?<!-)", region):
        raise ValueError(f"{region!r} cannot be a region, such as 'us-east-1'.")
    return str.__str__(region)


def _checked_pool_id(user_pool_id: str | None, region: str) -> str:
    if user_pool_id is None:
        return ids.user_pool_id(region)
    user_pool_id = constraints.require("UserPoolIdType", user_pool_id, "user pool id")
    if not user_pool_id.startswith(f"{region}_"):
        raise ValueError(
            f"The user pool {user_pool_id!r} cannot be in {region!r}: its id names its region."
        )
    return user_pool_id
