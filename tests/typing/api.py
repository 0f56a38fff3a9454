"""The public API from a user's side: what mypy must accept, and what it must refuse.

Nothing here runs. An `ignore` that is not needed is an error too, so each of them is a check.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from typing_extensions import assert_type

import pytest_cognito_devices
from pytest_cognito_devices import (
    AppClient,
    Call,
    Calls,
    ClientSettings,
    Device,
    FakeCognito,
    ServiceError,
    Simulation,
    Tokens,
    Trigger,
    UnhandledOperation,
    User,
    UserPool,
    errors_of,
)


def seeding(cognito_devices: FakeCognito, moment: datetime) -> None:
    pool = cognito_devices.pool
    assert_type(pool, UserPool)
    assert_type(cognito_devices.add_pool(device_tracking="opt_in", region="eu-west-1"), UserPool)
    assert_type(cognito_devices.pools, list[UserPool])
    cognito_devices.add_pool(access_token_validity=timedelta(minutes=5), id_token_validity=60)
    cognito_devices.add_pool(device_tracking="opt-in")  # type: ignore[arg-type]
    cognito_devices.add_pool(tracking="off")  # type: ignore[call-arg]
    assert_type(pool.add_client(), AppClient)
    assert_type(pool.client.secret, str | None)
    assert_type(pool.users, list[User])

    ada = cognito_devices.add_user("ada", status="UNCONFIRMED", mfa="SMS_MFA", devices=2)
    assert_type(ada, User)
    assert_type(pool.add_user("bob", attributes={"email": "bob@example.com"}), User)
    cognito_devices.add_user("ada", status="confirmed")  # type: ignore[arg-type]
    cognito_devices.add_user("ada", {"email": "x"})  # type: ignore[call-arg,arg-type]
    ada.status = "RESET_REQUIRED"
    ada.status = "reset"  # type: ignore[assignment]
    ada.attributes["email"] = "ada@example.com"
    assert_type(ada.attributes, MutableMapping[str, str])

    phone = ada.add_device("phone", last_authenticated=moment, remembered=False)
    assert_type(phone, Device)
    assert_type(ada.devices, list[Device])
    assert_type(phone.last_authenticated, datetime)
    assert_type(phone.password, str)
    assert_type(phone.name, str | None)
    ada.add_device("phone", moment)  # type: ignore[call-arg,arg-type]

    tokens = ada.sign_in(device=phone, expires_in=timedelta(minutes=5), client=pool.client)
    assert_type(tokens, Tokens)
    assert_type(tokens.access_token, str)
    assert_type(tokens.device_key, str)


def signing_in(cognito_devices: FakeCognito, secret: str) -> None:
    pool = cognito_devices.pool
    settings: ClientSettings = {
        "client_secret": secret,
        "explicit_auth_flows": ["ALLOW_USER_SRP_AUTH"],
        "refresh_token_rotation": timedelta(seconds=10),
    }
    client = pool.add_client(**settings)
    assert_type(client.secret_hash("ada"), str)
    client.prevent_user_existence_errors = "ENABLED"
    client.prevent_user_existence_errors = "YES"  # type: ignore[assignment]
    pool.add_client(explicit_auth_flows=["USER_SRP_AUTH"])  # type: ignore[list-item]
    pool.add_client(secret=secret)  # type: ignore[call-arg]
    pool.mfa_configuration = "ON"
    pool.mfa_configuration = "on"  # type: ignore[assignment]

    ada = pool.add_user("ada", mfa="SOFTWARE_TOKEN_MFA")
    assert_type(ada.totp_secret, str)
    assert_type(ada.totp_code, str)
    assert_type(ada.sms_code, str)
    assert_type(ada.email_code, str)

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        return event

    def add_claims(event: dict[str, Any], _context: object) -> dict[str, Any]:
        return event

    pool.on("PreAuthentication", handler)
    pool.on("PreTokenGeneration", add_claims, lambda_version="V2_0")
    pool.on("PreSignUp", handler)  # type: ignore[arg-type]
    pool.on("PreAuthentication", "handler")  # type: ignore[arg-type]
    trigger: Trigger = "PostAuthentication"
    pool.on(trigger, lambda event, _: event)


def failing(cognito_devices: FakeCognito) -> None:
    assert_type(cognito_devices.simulate("X", on="ListDevices", times=2), Simulation)
    cognito_devices.simulate(ValueError, on="ListDevices", given={"Limit": 10}, message="no")
    cognito_devices.simulate("X", "ListDevices")  # type: ignore[call-arg]
    assert_type(cognito_devices.respond("GetUser", {"Username": "ada"}), Simulation)
    with cognito_devices.simulate("X", on="ListDevices") as simulation:
        assert_type(simulation, Simulation)
        assert_type(simulation.calls, list[Call])
    assert_type(errors_of("ListDevices"), list[str])


def looking(cognito_devices: FakeCognito) -> None:
    assert_type(cognito_devices.calls, Calls)
    assert_type(cognito_devices.calls.to("ListDevices"), Calls)
    call = cognito_devices.calls.last
    assert_type(call, Call)
    assert_type(call.params, dict[str, Any])
    assert_type(call.response, dict[str, Any] | None)
    assert_type(call.error, BaseException | None)
    if isinstance(call.error, ServiceError):
        assert_type(call.error.code, str)
    cognito_devices.assert_called_once("ListDevices", Limit=10)
    with pytest.raises(UnhandledOperation) as raised:
        cognito_devices.handle("GetUser", {}, "us-east-1")
    assert_type(raised.value.operation, str)


def time(cognito_devices: FakeCognito) -> None:
    clock = cognito_devices.freeze_time("2026-01-31")
    clock.tick(timedelta(hours=1))
    clock.move_to("2026-02-28")


def without_pytest() -> None:
    with FakeCognito(device_tracking="off", unhandled="passthrough", wire=True) as cognito:
        assert_type(cognito, FakeCognito)
    FakeCognito("us-east-1_abc")  # type: ignore[call-arg,arg-type]
    _ = pytest_cognito_devices.FakeCongito  # type: ignore[attr-defined]
