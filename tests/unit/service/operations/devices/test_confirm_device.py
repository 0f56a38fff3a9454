from __future__ import annotations

import base64
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError

from catalogue.devices import KEY, VERIFIER
from pytest_cognito_devices import errors_of
from pytest_cognito_devices.service import texts
from said import said

NOT_GIVEN_OUT = said(texts.DEVICE_KEY_NOT_GIVEN_OUT)


@pytest.mark.parametrize(
    ("tracking", "necessary", "status"),
    [("always", False, "remembered"), ("opt_in", True, "not_remembered")],
)
def test_confirms_a_key_that_a_sign_in_gave_out(cognito, call, tracking, necessary, status):
    ada = cognito.add_pool(device_tracking=tracking).add_user("ada")
    key = ada.sign_in().device_key
    answer = call(
        ada,
        "confirm_device",
        DeviceKey=key,
        DeviceName="Ada's phone",
        DeviceSecretVerifierConfig=VERIFIER,
    )
    assert answer == {"UserConfirmationNecessary": necessary}
    device = call(ada, "admin_get_device", DeviceKey=key)["Device"]
    attributes = {each["Name"]: each["Value"] for each in device["DeviceAttributes"]}
    assert attributes["device_name"] == "Ada's phone"
    assert attributes["dev:device_remembered_status"] == status


def test_the_dates_are_of_now_and_of_the_sign_in(cognito, call, ada):
    clock = cognito.freeze_time("2026-01-01 00:00:00.900123")
    key = ada.sign_in().device_key
    clock.tick(2.5)
    call(ada, "confirm_device", DeviceKey=key)
    device = call(ada, "get_device", DeviceKey=key)["Device"]
    now = datetime(2026, 1, 1, 0, 0, 3, 400000, tzinfo=timezone.utc)
    assert device["DeviceCreateDate"] == now
    assert device["DeviceLastModifiedDate"] == now
    assert device["DeviceLastAuthenticatedDate"] == datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_takes_the_token_of_another_sign_in(api, ada):
    key = ada.sign_in().device_key
    api.client.confirm_device(AccessToken=ada.sign_in().access_token, DeviceKey=key)
    assert [device.key for device in ada.devices] == [key]


def test_without_a_name_there_is_no_such_attribute(call, ada):
    key = ada.sign_in().device_key
    call(ada, "confirm_device", DeviceKey=key)
    device = call(ada, "get_device", DeviceKey=key)["Device"]
    assert [each["Name"] for each in device["DeviceAttributes"]] == [
        "device_status",
        "last_ip_used",
    ]


@pytest.mark.parametrize("config", [VERIFIER, {}])
def test_the_password_is_known_only_to_who_confirmed(call, ada, config):
    key = ada.sign_in().device_key
    call(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=config)
    (device,) = ada.devices
    with pytest.raises(LookupError) as unknown:
        _ = device.password
    assert str(unknown.value) == (
        f"The password of {key} is known only to the code that confirmed it."
    )


def test_keeps_the_verifier_as_numbers(call, ada):
    key = ada.sign_in().device_key
    config = {
        "PasswordVerifier": base64.b64encode(b"\x00\x9a" + b"v" * 383).decode(),
        "Salt": base64.b64encode(b"s" * 16).decode(),
    }
    call(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=config)
    salt, verifier = ada.devices[0].salt_and_verifier()
    assert salt == int.from_bytes(b"s" * 16, "big")
    assert verifier == int.from_bytes(b"\x9a" + b"v" * 383, "big")


def test_refuses_a_key_that_was_never_given_out(call, refused, ada):
    assert refused(call, ada, "confirm_device", DeviceKey=KEY) == NOT_GIVEN_OUT


def test_refuses_a_key_that_was_given_out_to_another_user(cognito, call, refused, ada):
    key = cognito.add_user("bob").sign_in().device_key
    assert refused(call, ada, "confirm_device", DeviceKey=key) == NOT_GIVEN_OUT


def test_refuses_a_key_that_is_confirmed_already(api, ada):
    code, message = said(texts.DEVICE_KEY_EXISTS)
    key = ada.sign_in().device_key
    api.as_user(ada, "confirm_device", DeviceKey=key)
    # The oldest botocore declares no such exception, and raises its plain ClientError.
    kind = getattr(api.exceptions, code) if code in errors_of("ConfirmDevice") else ClientError
    with pytest.raises(kind) as caught:
        api.as_user(ada, "confirm_device", DeviceKey=key)
    assert caught.value.response["Error"] == {"Code": code, "Message": message}


def test_refuses_a_key_that_was_forgotten(call, refused, ada):
    key = ada.sign_in().device_key
    call(ada, "confirm_device", DeviceKey=key)
    call(ada, "forget_device", DeviceKey=key)
    assert refused(call, ada, "confirm_device", DeviceKey=key) == NOT_GIVEN_OUT


@pytest.mark.parametrize("member", ["Salt", "PasswordVerifier"])
def test_refuses_numbers_that_read_as_negative(call, refused, ada, member):
    """aws-sdk-net-extensions-cognito#46: a zero byte belongs in front of a set top bit."""
    config = {**VERIFIER, member: base64.b64encode(b"\x9a" * 16).decode()}
    params = {"DeviceKey": ada.sign_in().device_key, "DeviceSecretVerifierConfig": config}
    assert refused(call, ada, "confirm_device", **params) == said(texts.NEGATIVE_VERIFIER)
    assert ada.devices == []


@pytest.mark.parametrize(
    "config",
    [
        {"Salt": "c2FsdA=="},
        {"PasswordVerifier": "c2FsdA=="},
        {**VERIFIER, "Salt": "no base64"},
        {**VERIFIER, "Salt": "salté"},
        {**VERIFIER, "PasswordVerifier": "\ud800"},
        {**VERIFIER, "Salt": ""},
        {**VERIFIER, "PasswordVerifier": ""},
    ],
)
def test_refuses_what_is_no_number_and_leaves_the_key_good(call, refused, ada, config):
    params = {"DeviceKey": ada.sign_in().device_key, "DeviceSecretVerifierConfig": config}
    assert refused(call, ada, "confirm_device", **params) == said(texts.MALFORMED_VERIFIER)
    call(ada, "confirm_device", **params | {"DeviceSecretVerifierConfig": VERIFIER})
