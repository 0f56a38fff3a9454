"""User pools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from pytest_cognito_devices.service import clock, constraints, ids, tokens
from pytest_cognito_devices.service.api import partition_of
from pytest_cognito_devices.service.checks import (
    check_bool,
    check_count,
    check_known,
    check_str,
    is_misuse,
)
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.descriptors import once
from pytest_cognito_devices.service.model.groups import Group, Groups
from pytest_cognito_devices.service.model.pool_settings import (
    AS_MADE,
    FACTORS,
    WithSettings,
    checked_pool_id,
    checked_region,
)
from pytest_cognito_devices.service.model.schema import Schema
from pytest_cognito_devices.service.model.triggers import Handler, Triggers
from pytest_cognito_devices.service.model.users.directory import (
    Directory,
    WithUsers,
    check_keywords,
    kind_of_address,
)
from pytest_cognito_devices.service.model.users.passwords import POLICY
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.settings import (
    POOL_DEFAULTS,
    ClientSettings,
    LambdaVersion,
    PoolSettings,
    Trigger,
    UserSettings,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pytest_cognito_devices.service.model.account import Account

__tracebackhide__ = is_misuse


class UserPool(WithUsers, WithSettings):
    """A user pool in one region.

    Made by `FakeCognito(...)` and `FakeCognito.add_pool(...)`, whose keywords are those of
    `PoolSettings`.

    Attributes:
        device_tracking and the other settings: see `WithSettings`.
        id: the `UserPoolId`.
        position: its place among the pools.
        region: where the pool is; calls from clients of other regions do not find it, unless
            `everywhere` is true.
        everywhere: whether it answers clients of every region, since nobody has named one.
        exists: whether the service has the pool and it has not been deleted.
        clients: the app clients, by id.
        groups: the groups, by name.
        device_group_key: the `DeviceGroupKey` of all its devices.
        schema: the attributes that users may have; None if any `custom:` one will do, as in a
            seeded pool.
        allows_sign_up: whether users may sign up by themselves.
        deletion_protected: whether `DeleteUserPool` is refused, `DeletionProtection`.
        triggers: the Lambda handlers, by trigger.
        created, last_modified: epoch seconds.
        mfa_described: members of `SetUserPoolMfaConfig` that change nothing in the fake and are
            given back as they came.
    """

    __slots__ = (
        "_case_sensitive",
        "account",
        "allows_sign_up",
        "clients",
        "created",
        "deletion_protected",
        "device_group_key",
        "directory",
        "everywhere",
        "exists",
        "groups",
        "id",
        "last_modified",
        "mfa_described",
        "position",
        "region",
        "schema",
        "triggers",
    )

    parts = MappingProxyType({"client": AppClient})

    def __init__(
        self,
        account: Account,
        settings: PoolSettings,
        *,
        has_client: bool = True,
        everywhere: bool = False,
    ) -> None:
        self.account = account
        self.exists = False
        self.position = account.next_number()
        self.region = region = checked_region(settings["region"])
        self.everywhere = everywhere
        self.id = checked_pool_id(settings.get("user_pool_id"), region)
        self.device_group_key = ids.device_group_key()
        # What is not given need not be checked: there is a pool for every test.
        vars(self).update(AS_MADE, mfa_factors=set(FACTORS), password_policy=dict(POLICY))
        given: Mapping[str, Any] = settings
        for name in given.keys() & AS_MADE.keys():
            setattr(self, name, given[name])
        case_sensitive = settings.get("case_sensitive", POOL_DEFAULTS["case_sensitive"])
        self._case_sensitive = check_bool("case_sensitive", case_sensitive)
        self.schema: Schema | None = None
        self.allows_sign_up = True
        self.deletion_protected = False
        self.triggers = Triggers()
        self.created = self.last_modified = clock.now_in_milliseconds()
        self.mfa_described: dict[str, Any] = {}
        self.directory = Directory(self)
        self.clients: dict[str, AppClient] = {}
        self.groups = Groups(self.id)
        if has_client:
            self.add_client(**_of_client(settings))

    @property
    def arn(self) -> str:
        """The Amazon Resource Name."""
        partition = partition_of(self.region).id
        return f"arn:{partition}:cognito-idp:{self.region}:{self.account.id}:userpool/{self.id}"

    @property
    def issuer(self) -> str:
        """The `iss` of its tokens."""
        suffix = partition_of(self.region).dns_suffix
        return f"https://cognito-idp.{self.region}.{suffix}/{self.id}"

    @once
    def described(self) -> dict[str, Any]:
        """Members of `UserPoolType` that change nothing in the fake and are given back.

        Seeded pools have what it takes to send second factors by email and by SMS.
        """
        partition, region, account = partition_of(self.region).id, self.region, self.account.id
        return {
            "Name": "pool",
            "EmailConfiguration": {
                "SourceArn": f"arn:{partition}:ses:{region}:{account}:identity/example.com",
                "EmailSendingAccount": "DEVELOPER",
            },
            "SmsConfiguration": {
                "SnsCallerArn": f"arn:{partition}:iam::{account}:role/cognito-sms",
                "ExternalId": "cognito",
                "SnsRegion": region,
            },
        }

    @property
    def client(self) -> AppClient:
        """The first app client.

        Raises:
            LookupError: if there is none, as in a pool that `CreateUserPool` made.
        """
        if not self.clients:
            raise LookupError(f"{self!r} has no app client; there is add_client().")
        return next(iter(self.clients.values()))

    @property
    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JSON Web Key Set against which its tokens verify."""
        return tokens.jwks(self.id)

    @property
    def openid_configuration(self) -> dict[str, Any]:
        """What it publishes under `.well-known/openid-configuration`."""
        return tokens.openid_configuration(self.issuer)

    @property
    def case_sensitive(self) -> bool:
        """`CaseSensitive` of `UsernameConfiguration`, which is for good."""
        return self._case_sensitive

    def flattened(self, name: str) -> str:
        """A user name, or the value of an alias, as the pool keeps and shows it.

        In lower case if case does not count (developer guide, user pool case sensitivity).
        """
        return name if self._case_sensitive else name.lower()

    @property
    def sign_in_attributes(self) -> tuple[str, ...]:
        """The attributes with which users can be named: one value is of one user only."""
        return *self.alias_attributes, *self.username_attributes

    def on(
        self,
        trigger: Trigger,
        handler: Handler | None,
        *,
        lambda_version: LambdaVersion = "V1_0",
    ) -> None:
        """Let the handler of a Lambda function answer a trigger of the pool.

        Calls of the API run it; `add_user()` and `user.sign_in()` do not. It may itself call the
        fake.

        Args:
            trigger: its name, such as `"DefineAuthChallenge"`.
            handler: what AWS Lambda would call: `handler(event, context)`; it returns the event.
                What it raises becomes a `UserLambdaValidationException` with its message. None
                takes away the one that is there.
            lambda_version: of the events of `PreTokenGeneration`: `"V2_0"` for a handler that
                changes access tokens too.

        Raises:
            ValueError: for a trigger or a version that the fake does not have, and a version for
                another trigger.
            TypeError: for a handler that nobody can call.
        """
        self.triggers.put(trigger, handler, lambda_version)

    def add_client(self, **settings: Unpack[ClientSettings]) -> AppClient:
        """Add an app client; the keywords are those of `ClientSettings`.

        Raises:
            TypeError, ValueError: for an unknown keyword, a value that the service would not take,
                and an id that a client of any pool has already.
        """
        check_known(settings, ClientSettings.__annotations__, "add_client has no keyword")
        client = AppClient(self, settings)
        for pool in (self, *self.account.pools.values()):
            if client.id in pool.clients:
                raise ValueError(f"{pool.id} already has an app client {client.id!r}.")
        self.clients[client.id] = client
        return client

    def add_group(
        self,
        name: str,
        *,
        role_arn: str | None = None,
        precedence: int | None = None,
        description: str | None = None,
    ) -> Group:
        """Add a group.

        Args:
            name: the `GroupName`.
            role_arn: the IAM role that ID tokens of its users tell of.
            precedence: of the groups of a user, the one with the least gives the preferred role.
            description: of the group.

        Raises:
            TypeError, ValueError: for what the service would not take, and a name that is taken.
        """
        group = Group(
            self, name, description=description, role_arn=role_arn, precedence=precedence
        )
        return self.groups.put(group)

    def add_user(
        self,
        username: str,
        *,
        devices: int = 0,
        groups: Iterable[str | Group] = (),
        **settings: Unpack[UserSettings],
    ) -> User:
        """Seed a user.

        Args:
            username: the name to sign in with.
            devices: how many remembered devices to seed.
            groups: of the pool, or their names.
            **settings: see `UserSettings`.

        Raises:
            TypeError, ValueError: for a name that the service would not take or that is taken, an
                unknown keyword, an attribute that is no string, an unknown status or factor.
            LookupError: for a group that the pool does not have.
        """
        check_keywords(settings)
        username = self.flattened(constraints.require("UsernameType", username, "user name"))
        if username in self.directory.by_username:
            raise ValueError(f"{self.id} already has a user {username!r}.")
        if "sub" in settings:
            settings["sub"] = sub = check_str("sub", settings["sub"])
            if sub in self.directory.by_sub:
                raise ValueError(f"{self.id} already has a user with the sub {sub!r}.")
        devices = check_count("devices", devices, 0)
        of_user = self.groups.named(groups)
        user = User(self, username, **settings)
        address = kind_of_address(username)
        if address in self.username_attributes:
            user.attributes.setdefault(address, username)
        self.admit(user)
        for group in of_user:
            group.add(user)
        user.add_devices(devices)
        return user

    def serves(self, region: str | None) -> bool:
        """Whether clients of a region find the pool; None for a client that names none."""
        return self.everywhere or region in (None, self.region)

    def is_in(self, region: str) -> bool:
        """Whether the pool is there, as seen from a region."""
        return self.exists and self.serves(region)

    def admit(self, user: User) -> User:
        """Let a new user be one of the pool."""
        self.directory.add(user)
        return user

    def __repr__(self) -> str:
        count = len(self.directory.by_username)
        users = "1 user" if count == 1 else f"{count} users"
        return f"<UserPool {self.id}, {users}, tracking {self.device_tracking}>"


def _of_client(settings: PoolSettings) -> ClientSettings:
    """Those of the settings that are the app client's."""
    names = ClientSettings.__annotations__
    given = {name: value for name, value in settings.items() if name in names}
    return cast("ClientSettings", given)
