"""The settings of a fake and its pools, by the names that every way of giving them shares."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, TypedDict

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


class UserSettings(TypedDict, total=False):
    """Keywords of `add_user(...)`.

    `password`: in plain text; one that every password policy takes if not given.
    `status`: the `UserStatus`, "CONFIRMED" if not given.
    `enabled`: False for a user whom an administrator disabled.
    `attributes`: such as `{"email": "ada@example.com"}`. The values of `email`, `phone_number` and
    `preferred_username` are aliases of the user.
    `mfa`: the second factor that sign-in asks for, by its name in `UserMFASettingList`; the
    operations on devices do not care.
    """

    password: str
    status: UserStatus
    enabled: bool
    attributes: Mapping[str, str]
    mfa: MFA | None


class PoolSettings(TypedDict, total=False):
    """Keywords of `FakeCognito(...)`, `add_pool(...)` and the mark.

    `user_pool_id`, `client_id`: as your application has them in its configuration; random ones
    in the forms of the service if not given.
    `client_secret`: of the first app client; none if not given.
    `region`: of the pool. If not given, the one in `user_pool_id`; else that of the fake's first
    pool; else the one that botocore finds, that of `AWS_REGION`, or `us-east-1`.
    `device_tracking`: "always" (`DeviceOnlyRememberedOnUserPrompt` false), "opt_in" (true), or
    "off" (no `DeviceConfiguration`).
    `challenge_required_on_new_device`: `ChallengeRequiredOnNewDevice`.
    `access_token_validity`, `id_token_validity`, `refresh_token_validity`: a timedelta or seconds;
    an hour, an hour and 30 days if not given.
    """

    user_pool_id: str
    client_id: str
    client_secret: str
    region: str
    device_tracking: DeviceTracking
    challenge_required_on_new_device: bool
    access_token_validity: Duration
    id_token_validity: Duration
    refresh_token_validity: Duration


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
