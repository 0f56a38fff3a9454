"""The settings of a fake and its pools, by the names that every way of giving them shares."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any, Literal, TypedDict, get_args, get_origin, get_type_hints

DeviceTracking = Literal["always", "opt_in", "off"]
Unhandled = Literal["error", "passthrough"]

#: A duration, as a timedelta or in seconds.
Duration = datetime.timedelta | float


UserStatus = Literal[
    "UNCONFIRMED",
    "CONFIRMED",
    "ARCHIVED",
    "COMPROMISED",
    "UNKNOWN",
    "RESET_REQUIRED",
    "FORCE_CHANGE_PASSWORD",
    "EXTERNAL_PROVIDER",
]
MFA = Literal["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]
MFAConfiguration = Literal["OFF", "OPTIONAL", "ON"]
PreventUserExistenceErrors = Literal["LEGACY", "ENABLED"]
ExplicitAuthFlow = Literal[
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
]
Trigger = Literal[
    "CreateAuthChallenge",
    "CustomMessage",
    "DefineAuthChallenge",
    "PostAuthentication",
    "PostConfirmation",
    "PreAuthentication",
    "PreSignUp",
    "PreTokenGeneration",
    "UserMigration",
    "VerifyAuthChallengeResponse",
]
LambdaVersion = Literal["V1_0", "V2_0", "V3_0"]


class UserSettings(TypedDict, total=False):
    """Keywords of `add_user(...)`.

    `password`: in plain text; one that every password policy takes if not given.
    `status`: the `UserStatus`, "CONFIRMED" if not given.
    `enabled`: False for a user whom an administrator disabled.
    `attributes`: such as `{"email": "ada@example.com"}`. The values of `email`, `phone_number` and
    `preferred_username` are aliases of the user; an address is verified, with `email_verified` or
    `phone_number_verified` "true", unless the test says "false". Where user names are addresses,
    the name is the attribute too.
    `mfa`: the second factor that sign-in asks for, by its name in `UserMFASettingList`.
    `sub`: the UUID that the user has for good; random if not given.
    """

    password: str
    status: UserStatus
    enabled: bool
    attributes: Mapping[str, str]
    mfa: MFA | None
    sub: str


class ClientSettings(TypedDict, total=False):
    """Keywords of `UserPool.add_client(...)`.

    `client_id`: as your application has it in its configuration; random if not given.
    `client_secret`: none if not given; with one, calls need a `SECRET_HASH`.
    `explicit_auth_flows`: the flows that the client may use, all that go with the other settings
    if not given.
    `prevent_user_existence_errors`: what sign-in says of a user who does not exist: "LEGACY", the
    truth, or "ENABLED", what it says of a wrong password.
    `auth_session_validity`: how long a challenge can be answered; 3 minutes if not given.
    `access_token_validity`, `id_token_validity`, `refresh_token_validity`: an hour, an hour and 30
    days if not given.
    `enable_token_revocation`: whether `RevokeToken` works and tokens have an `origin_jti`.
    `refresh_token_rotation`: the grace period of a rotated-out refresh token, if refreshing is to
    give a new one each time; None for one refresh token that lasts.

    Durations are timedeltas or seconds.
    """

    client_id: str
    client_secret: str
    explicit_auth_flows: Collection[ExplicitAuthFlow]
    prevent_user_existence_errors: PreventUserExistenceErrors
    auth_session_validity: Duration
    access_token_validity: Duration
    id_token_validity: Duration
    refresh_token_validity: Duration
    enable_token_revocation: bool
    refresh_token_rotation: Duration | None


class PoolSettings(ClientSettings, total=False):
    """Keywords of `FakeCognito(...)`, `add_pool(...)` and the mark.

    Those of `ClientSettings` are for the pool's first app client.

    `user_pool_id`: as your application has it in its configuration; random if not given.
    `region`: of the pool. If not given, the one in `user_pool_id`; else that of the fake's first
    pool; else that of `AWS_DEFAULT_REGION`, of `AWS_REGION`, or `us-east-1`. If neither is given,
    the pool answers clients of every region.
    `device_tracking`: "always" (`DeviceOnlyRememberedOnUserPrompt` false), "opt_in" (true), or
    "off" (no `DeviceConfiguration`).
    `challenge_required_on_new_device`: `ChallengeRequiredOnNewDevice`: whether a remembered device
    stands in for the second factor.
    `mfa_configuration`: `MfaConfiguration`; "OPTIONAL" if not given: users who have a second
    factor are asked for it.
    `alias_loses_device`: whether a sign-in whose challenges were answered under an alias gives out
    a device key that `ConfirmDevice` refuses, as in life; True if not given.
    `custom_auth_gives_device_key`: whether `CUSTOM_AUTH` without a proof of the password gives out
    a device key; False if not given.
    `required_attributes`: attributes without which nobody signs up, and which users whom an
    administrator created have to give at their first sign-in: `Required` in `Schema`; none if not
    given.
    `case_sensitive`: `CaseSensitive` of `UsernameConfiguration`: whether upper and lower case make
    a difference in user names and aliases; True if not given. It is for good.
    `user_session_tracking`: whether the pool lists where users are signed in,
    `UserSessionTracking`; False if not given. It needs botocore 1.44.1.
    `max_sessions_per_user`: how many sessions of a user such a pool keeps, `MaxPerUser`; 20 if
    not given.
    """

    user_pool_id: str
    region: str
    device_tracking: DeviceTracking
    challenge_required_on_new_device: bool
    mfa_configuration: MFAConfiguration
    alias_loses_device: bool
    custom_auth_gives_device_key: bool
    required_attributes: Collection[str]
    case_sensitive: bool
    user_session_tracking: bool
    max_sessions_per_user: int


class Settings(PoolSettings, total=False):
    """Keywords of `FakeCognito(...)` and the mark: those of its first pool, and its own.

    `assert_all_simulated`: whether a simulation that never fired fails the test.
    `unhandled`: what becomes of operations the fake does not implement: "error" raises
    `UnhandledOperation`, "passthrough" lets them reach AWS.
    `wire`: answer every call below botocore's retries and parser instead of above them.
    """

    assert_all_simulated: bool
    unhandled: Unhandled
    wire: bool


_HOUR = 3600

#: What holds unless somebody says otherwise. A setting that is not here is random, or found out.
CLIENT_DEFAULTS: ClientSettings = {
    "prevent_user_existence_errors": "LEGACY",
    "auth_session_validity": 180,
    "access_token_validity": _HOUR,
    "id_token_validity": _HOUR,
    "refresh_token_validity": 30 * 24 * _HOUR,
    "enable_token_revocation": True,
    "refresh_token_rotation": None,
}
POOL_DEFAULTS: PoolSettings = {
    "device_tracking": "always",
    "challenge_required_on_new_device": False,
    "mfa_configuration": "OPTIONAL",
    "alias_loses_device": True,
    "custom_auth_gives_device_key": False,
    "required_attributes": (),
    "case_sensitive": True,
    "user_session_tracking": False,
    "max_sessions_per_user": 20,
}
FAKE_DEFAULTS: Settings = {
    "assert_all_simulated": True,
    "unhandled": "error",
    "wire": False,
}

_OF_CLIENT = ClientSettings.__annotations__
#: The names of all settings: of the pool, of its app client, of the fake.
SETTINGS = (
    *(name for name in PoolSettings.__annotations__ if name not in _OF_CLIENT),
    *_OF_CLIENT,
    *FAKE_DEFAULTS,
)


def signature() -> str:
    """All settings with their defaults, as keywords of the mark."""
    defaults = {**POOL_DEFAULTS, **CLIENT_DEFAULTS, **FAKE_DEFAULTS}
    return ", ".join(
        f"{name}={defaults[name]!r}" if name in defaults else name for name in SETTINGS
    )


def from_text(name: str, text: str) -> Any:
    """The value of a setting that is written as text, as on a command line.

    Durations are seconds, several values stand between commas, and `none` stands for none.

    Raises:
        ValueError: for a text that cannot be a value of this setting.
    """
    kind = get_type_hints(Settings)[name]
    kinds = get_args(kind) or (kind,)
    if type(None) in kinds and text.lower() == "none":
        return None
    if kind is bool:
        return _boolean(text)
    if kind is int:
        return _whole_number(text)
    if float in kinds:
        return _seconds(text)
    if get_origin(kind) is Collection:
        return [each.strip() for each in text.split(",") if each.strip()]
    return text


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number of seconds") from None


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no whole number") from None


def _boolean(text: str) -> bool:
    if text.lower() not in _BOOLEANS:
        raise ValueError(f"{text!r} is none of {', '.join(_BOOLEANS)}")
    return _BOOLEANS[text.lower()]


_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
