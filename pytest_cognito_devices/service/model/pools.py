"""User pools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast, get_args

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
from pytest_cognito_devices.service.model.descriptors import Checked, once, one_of, some_of
from pytest_cognito_devices.service.model.groups import Group, Groups
from pytest_cognito_devices.service.model.triggers import Handler, Triggers
from pytest_cognito_devices.service.model.users.directory import (
    ADDRESSES,
    ALIASES,
    GIVEN,
    Directory,
    WithUsers,
    check_keywords,
    kind_of_address,
)
from pytest_cognito_devices.service.model.users.passwords import POLICY, complete_policy
from pytest_cognito_devices.service.model.users.sessions import (
    check_max_sessions,
    check_session_tracking,
)
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.settings import (
    MFA,
    POOL_DEFAULTS,
    ClientSettings,
    DeviceTracking,
    LambdaVersion,
    MFAConfiguration,
    PoolSettings,
    Trigger,
    UserSettings,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from pytest_cognito_devices.service.model.account import Account

__tracebackhide__ = is_misuse

_FACTORS: tuple[MFA, ...] = get_args(MFA)
_FIRST_FACTORS = ("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN")
# As much as botocore asks of one: a part of a host name.
_REGION = re.compile(r"(?!-)[A-Za-z\d-]{1,63}(?<!-)")


# What a pool begins with, as its attributes.
_AS_MADE: Mapping[str, Any] = {
    **{name: value for name, value in POOL_DEFAULTS.items() if name != "case_sensitive"},
    "alias_attributes": ALIASES,
    "username_attributes": (),
    "auto_verified_attributes": ("email",),
    "first_auth_factors": ("PASSWORD",),
}


class UserPool(WithUsers):
    """A user pool in one region.

    Made by `FakeCognito(...)` and `FakeCognito.add_pool(...)`, whose keywords are those of
    `PoolSettings`.

    Attributes:
        id: the `UserPoolId`.
        position: its place among the pools.
        region: where the pool is; calls from clients of other regions do not find it, unless
            `everywhere` is true.
        everywhere: whether it answers clients of every region, since nobody has named one.
        exists: whether the service has the pool and it has not been deleted.
        clients: the app clients, by id.
        groups: the groups, by name.
        device_group_key: the `DeviceGroupKey` of all its devices.
        device_tracking: whether and how the pool tracks devices; set it to see what a change
            breaks.
        mfa_configuration: `MfaConfiguration`: whether users may or must have a second factor.
        challenge_required_on_new_device: `ChallengeRequiredOnNewDevice`.
        alias_loses_device: whether answering a challenge under an alias spoils the device key.
        custom_auth_gives_device_key: whether `CUSTOM_AUTH` without a proof of the password gives
            out a device key.
        mfa_factors: the second factors that users may have: some of "SMS_MFA",
            "SOFTWARE_TOKEN_MFA" and "EMAIL_OTP".
        password_policy: a dict with members of `PasswordPolicyType`; kinds of characters that it
            does not name are not required.
        alias_attributes: which attributes are aliases, `AliasAttributes`: some of "email",
            "phone_number" and "preferred_username".
        username_attributes: which attributes stand in for user names, `UsernameAttributes`: some
            of "email" and "phone_number".
        auto_verified_attributes: where the codes for new users go, `AutoVerifiedAttributes`: as
            before.
        required_attributes: which attributes users have to give, `Required` in `Schema`.
        first_auth_factors: what `USER_AUTH` offers, `AllowedFirstAuthFactors`: some of "PASSWORD",
            "EMAIL_OTP", "SMS_OTP" and "WEB_AUTHN".
        user_session_tracking: whether the pool lists where users are signed in.
        max_sessions_per_user: the next sign-in beyond it ends the session least recently used.
        allows_sign_up: whether users may sign up by themselves.
        deletion_protected: whether `DeleteUserPool` is refused, `DeletionProtection`.
        triggers: the Lambda handlers, by trigger.
        created, last_modified: epoch seconds.
        mfa_described: members of `SetUserPoolMfaConfig` that change nothing in the fake and are
            given back as they came.
    """

    device_tracking: Checked[DeviceTracking, DeviceTracking] = one_of(DeviceTracking)
    mfa_configuration: Checked[MFAConfiguration, MFAConfiguration] = one_of(
        MFAConfiguration, "UserPoolMfaType"
    )
    challenge_required_on_new_device = Checked[bool, bool](check_bool)
    alias_loses_device = Checked[bool, bool](check_bool)
    custom_auth_gives_device_key = Checked[bool, bool](check_bool)
    mfa_factors: Checked[Iterable[MFA], set[MFA]] = some_of(_FACTORS, keep=set)
    password_policy = Checked[Mapping[str, Any], dict[str, Any]](complete_policy)
    alias_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ALIASES, "AliasAttributeType"
    )
    username_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ADDRESSES, "UsernameAttributeType"
    )
    auto_verified_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(
        ADDRESSES, "VerifiedAttributeType"
    )
    required_attributes: Checked[Iterable[str], tuple[str, ...]] = some_of(GIVEN)
    first_auth_factors: Checked[Iterable[str], tuple[str, ...]] = some_of(
        _FIRST_FACTORS, "AuthFactorType"
    )
    user_session_tracking = Checked[bool, bool](check_session_tracking)
    max_sessions_per_user = Checked[int, int](check_max_sessions)

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
        self.region = region = _checked_region(settings["region"])
        self.everywhere = everywhere
        self.id = _checked_pool_id(settings.get("user_pool_id"), region)
        self.device_group_key = ids.device_group_key()
        # What is not given need not be checked: there is a pool for every test.
        vars(self).update(_AS_MADE, mfa_factors=set(_FACTORS), password_policy=dict(POLICY))
        given: Mapping[str, Any] = settings
        for name in given.keys() & _AS_MADE.keys():
            setattr(self, name, given[name])
        case_sensitive = settings.get("case_sensitive", POOL_DEFAULTS["case_sensitive"])
        self._case_sensitive = check_bool("case_sensitive", case_sensitive)
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

        It is called by calls of the API, not by `add_user()` and `user.sign_in()`, and may itself
        call the fake.

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


def _checked_region(region: str) -> str:
    if not isinstance(region, str) or not _REGION.fullmatch(region):
        raise ValueError(f"{region!r} cannot be a region, such as 'us-east-1'.")
    return str.__str__(region)


def _checked_pool_id(user_pool_id: str | None, region: str) -> str:
    if user_pool_id is None:
        return ids.user_pool_id(region)
    user_pool_id = constraints.require("UserPoolIdType", user_pool_id, "user pool id")
    if not user_pool_id.startswith(f"{region}_"):
        raise ValueError(
            f"The user pool {user_pool_id!r} cannot be in {region!r}, for its id names its region."
            f" Leave the region out, or give an id that begins with '{region}_'."
        )
    return user_pool_id
