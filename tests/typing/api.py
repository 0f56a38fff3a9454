"""The public API from a user's side: what mypy and pyright must accept, and what they must refuse.

Nothing here runs. An `ignore` that is not needed is an error too, so each of them is a check: mypy
takes the code in the brackets for its own, pyright refuses something on the line or the comment.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from typing_extensions import assert_type

import pytest_cognito_devices
from pytest_cognito_devices import (
    MFA,
    SMS,
    AppClient,
    Call,
    Calls,
    ClientSettings,
    CognitoServer,
    Device,
    DeviceTracking,
    Duration,
    Email,
    ExceptionName,
    ExplicitAuthFlow,
    FakeCognito,
    Group,
    LambdaVersion,
    MFAConfiguration,
    OperationName,
    PoolSettings,
    PreventUserExistenceErrors,
    ServiceError,
    Session,
    Settings,
    Simulation,
    Tokens,
    Trigger,
    Unhandled,
    UnhandledOperation,
    User,
    UserPool,
    UserSettings,
    UserStatus,
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
    assert_type(phone.salt, str)
    assert_type(phone.verifier, str)
    phone.created = phone.last_modified = phone.last_authenticated = moment
    phone.name, phone.last_ip_used = None, "192.0.2.1"
    phone.created = "2026-01-31"  # type: ignore[assignment]
    phone.salt = "c2FsdA=="  # type: ignore[misc]
    phone.nam = "phone"  # type: ignore[attr-defined]
    pool.mfa_factor = ["SMS_MFA"]  # type: ignore[attr-defined]
    cognito_devices.unhandled = "passthrough"
    cognito_devices.unhandeled = "error"  # type: ignore[attr-defined]
    ada.add_device("phone", moment)  # type: ignore[call-arg,arg-type]

    tokens = ada.sign_in(device=phone, expires_in=timedelta(minutes=5), client=pool.client)
    assert_type(tokens, Tokens)
    assert_type(tokens.access_token, str)
    assert_type(tokens.device_key, str)


def serving(cognito_devices: FakeCognito, cognito_devices_server: CognitoServer) -> None:
    assert_type(cognito_devices_server.url, str)
    assert_type(cognito_devices_server.environment, dict[str, str])
    assert_type(cognito_devices_server.cognito, FakeCognito)
    with cognito_devices.serve(port=9229) as server:
        assert_type(server.cognito, FakeCognito)
    cognito_devices.serve(host="0.0.0.0")  # type: ignore[call-arg]


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
    if ada.last_sms and ada.last_email:
        texts = [ada.last_sms.text, ada.last_email.subject, ada.last_email.body]
        assert_type(texts, list[str])

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        return event

    def add_claims(event: dict[str, Any], _context: object) -> dict[str, Any]:
        return event

    pool.on("PreAuthentication", handler)
    pool.on("PreTokenGeneration", add_claims, lambda_version="V2_0")
    pool.on("BeforeSignUp", handler)  # type: ignore[arg-type]
    pool.on("PreAuthentication", "handler")  # type: ignore[arg-type]
    trigger: Trigger = "PostAuthentication"
    pool.on(trigger, lambda event, _: event)


def settings(moment: datetime) -> None:
    tracking: DeviceTracking = "opt_in"
    flow: ExplicitAuthFlow = "ALLOW_USER_AUTH"
    mfa: MFA = "EMAIL_OTP"
    needed: MFAConfiguration = "ON"
    hidden: PreventUserExistenceErrors = "LEGACY"
    hour: Duration = 3600
    status: UserStatus = "CONFIRMED"
    unhandled: Unhandled = "passthrough"
    version: LambdaVersion = "V3_0"
    pool: PoolSettings = {
        "device_tracking": tracking,
        "explicit_auth_flows": [flow],
        "mfa_configuration": needed,
        "prevent_user_existence_errors": hidden,
        "access_token_validity": hour,
    }
    user: UserSettings = {"mfa": mfa, "status": status, "enabled": False}
    everything: Settings = {"device_tracking": tracking, "unhandled": unhandled, "wire": True}
    cognito = FakeCognito(**everything)
    cognito.add_pool(**pool).on("PreTokenGeneration", None, lambda_version=version)
    cognito.add_user("ada", **user)
    wrong: PoolSettings = {"unhandled": "error"}  # type: ignore[typeddict-unknown-key]
    cognito.add_pool(**wrong)
    cognito.add_pool(access_token_validity=moment)  # type: ignore[arg-type]


def failing(cognito_devices: FakeCognito, error: ExceptionName, text: str) -> None:
    limit = cognito_devices.simulate("LimitExceededException", on="ConfirmDevice", times=2)
    assert_type(limit, Simulation)
    cognito_devices.simulate(ValueError, on="list_devices", given={"Limit": 10}, message="no")
    cognito_devices.simulate("ReadTimeoutError", on="ListIdentityProviders")
    cognito_devices.simulate(ValueError("no"), on="ListDevices")
    cognito_devices.simulate(error, on="ListDevices")
    cognito_devices.simulate(text, on=text)
    cognito_devices.simulate(text, on=["ListDevices", text], after=1, optional=True)
    cognito_devices.simulate(error, on="*")
    cognito_devices.respond("GetUser", lambda call: {"Username": call.operation})
    cognito_devices.respond("GetUser", dict)  # type: ignore[arg-type]
    cognito_devices.simulate(text, on=None)  # type: ignore[arg-type]
    cognito_devices.simulate(KeyboardInterrupt, on="ListDevices")  # type: ignore[arg-type]
    cognito_devices.simulate("ThrottlingException", "ListDevices")  # type: ignore[call-arg]
    assert_type(cognito_devices.respond("GetUser", {"Username": "ada"}), Simulation)
    with cognito_devices.simulate("ThrottlingException", on="ListDevices") as simulation:
        assert_type(simulation, Simulation)
        assert_type(simulation.calls, list[Call])


def names_that_no_editor_knows(cognito_devices: FakeCognito) -> None:
    """A run refuses them; a newer botocore may have them. No message here lists the others."""
    cognito_devices.simulate("ReadTimeout", on="ListDevice")
    cognito_devices.respond("get-user", {"Username": "ada"})
    cognito_devices.assert_called("ListDevise")
    cognito_devices.assert_called_once("listDevices")
    cognito_devices.assert_not_called("Forget")
    cognito_devices.calls.to("list devices")
    errors_of("ListDevise")


@pytest.mark.parametrize("error", errors_of("ListDevices"))
def every_exception(cognito_devices: FakeCognito, error: str) -> None:
    cognito_devices.simulate(error, on="ListDevices")
    assert_type(errors_of("list_devices"), list[str])


@pytest.mark.parametrize("operation", ["ListDevices", "GetDevice"])
def several_operations(cognito_devices: FakeCognito, operation: str) -> None:
    cognito_devices.simulate("ThrottlingException", on=operation)
    cognito_devices.assert_called(operation)
    assert_type(cognito_devices.calls.to(operation), Calls)
    assert_type(errors_of(operation), list[str])


def names_for_editors(cognito_devices: FakeCognito, operation: OperationName) -> None:
    cognito_devices.assert_called(operation)
    assert_type(cognito_devices.calls.to(operation), Calls)


def looking(cognito_devices: FakeCognito) -> None:
    assert_type(cognito_devices.calls, Calls)
    call = cognito_devices.calls.last
    assert_type(call, Call)
    assert_type(call.params, dict[str, Any])
    assert_type(call.response, dict[str, Any] | None)
    assert_type(call.error, BaseException | None)
    assert_type(call.passed_through, bool)
    if isinstance(call.error, ServiceError):
        assert_type(call.error.code, str)
    assert_type(cognito_devices.calls[0], Call)
    assert_type(cognito_devices.calls[1:], Calls)
    assert cognito_devices.calls == [Call("ListDevices", {"AccessToken": "a.b.c"})]
    cognito_devices.assert_called_once("ListDevices", Limit=10)
    cognito_devices.assert_called("list_devices", Limit=10)
    cognito_devices.assert_not_called("ForgetDevice")
    with pytest.raises(UnhandledOperation) as raised:
        cognito_devices.handle("GetUser", {}, "us-east-1")
    assert_type(raised.value.operation, str)


def looking_at_parameters(cognito_devices: FakeCognito, token: str) -> None:
    calls = cognito_devices.calls.to("ListDevices")
    assert_type(calls, Calls)
    for call in calls[1:]:
        assert call.params["Limit"] == 10
        assert call.params.get("Limit", 60) == 60
    assert calls.last.params["Limit"] == calls[0].params["Limit"]

    # What a test does with any dict.
    call = calls.last
    assert call.params == {"AccessToken": token}
    assert calls == [Call("ListDevices", {"AccessToken": token})]
    assert [each.params for each in calls] == [{"Limit": 10}, {"Limit": 10}]
    assert "PaginationToken" not in call.params
    helper(calls, call, call.params)


def helper(calls: Calls, call: Call, params: dict[str, Any]) -> None:
    assert calls.last is call
    assert params is call.params


def asking(cognito_devices: FakeCognito) -> None:
    assert_type(cognito_devices.log(since=1), str)
    cognito_devices.log(1)  # type: ignore[call-arg]
    cognito_devices.assert_all_simulated()
    cognito_devices.assert_none_swallowed(seen_in=None)


def time(cognito_devices: FakeCognito) -> None:
    clock = cognito_devices.freeze_time("2026-01-31")
    clock.tick(timedelta(hours=1))
    clock.move_to("2026-02-28")


def without_pytest() -> None:
    with FakeCognito(device_tracking="off", unhandled="passthrough", wire=True) as cognito:
        assert_type(cognito, FakeCognito)
    FakeCognito(pool_id="us-east-1_abc")  # type: ignore[call-arg]
    _ = pytest_cognito_devices.FakeCongito  # type: ignore[attr-defined]


def sessions(cognito_devices: FakeCognito) -> None:
    cognito_devices.add_pool(user_session_tracking=True, max_sessions_per_user=3)
    cognito_devices.add_pool(max_sessions_per_user="3")  # type: ignore[arg-type]
    ada = cognito_devices.add_user("ada")
    [session] = ada.sessions
    assert_type(session, Session)
    assert_type(session.id, str)
    assert_type(session.client, AppClient)
    assert_type(session.device, Device | None)
    assert_type(session.last_active, datetime)
    session.device_type = session.ip = "text"
    session.revoke()


def messages(cognito_devices: FakeCognito) -> None:
    ada = cognito_devices.add_user("ada")
    assert_type(ada.last_sms, SMS | None)
    assert_type(ada.last_email, Email | None)


def groups(cognito_devices: FakeCognito) -> None:
    admins = cognito_devices.pool.add_group("admins", precedence=1)
    assert_type(admins, Group)
    ada = cognito_devices.add_user("ada", groups=["admins"])
    assert_type(ada.groups, tuple[Group, ...])
    assert_type(cognito_devices.user("ada"), User)
    ada.groups = [admins, "staff"]
    cognito_devices.add_user("bob", groups=5)  # type: ignore[arg-type]
