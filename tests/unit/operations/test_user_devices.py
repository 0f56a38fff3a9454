from __future__ import annotations

import base64
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time

from pytest_cognito_devices import errors_of
from pytest_cognito_devices.errors import ServiceError

VERIFIER = {
    "PasswordVerifier": base64.b64encode(b"\x00\x9a" + b"v" * 383).decode(),
    "Salt": base64.b64encode(b"s" * 16).decode(),
}
UNKNOWN = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


def names(device):
    return [attribute["Name"] for attribute in device["DeviceAttributes"]]


class TestConfirmDevice:
    @pytest.mark.parametrize(
        ("tracking", "necessary", "status"),
        [("always", False, "remembered"), ("opt_in", True, "not_remembered")],
    )
    def test_confirms_a_key_that_a_sign_in_gave_out(
        self, cognito, api, tracking, necessary, status
    ):
        ada = cognito.add_pool(device_tracking=tracking).add_user("ada")
        key = ada.sign_in().device_key
        answer = api.as_user(
            ada,
            "confirm_device",
            DeviceKey=key,
            DeviceName="Ada's phone",
            DeviceSecretVerifierConfig=VERIFIER,
        )
        del answer["ResponseMetadata"]
        assert answer == {"UserConfirmationNecessary": necessary}
        device = api.as_admin(ada, "admin_get_device", DeviceKey=key)["Device"]
        attributes = {each["Name"]: each["Value"] for each in device["DeviceAttributes"]}
        assert attributes["device_name"] == "Ada's phone"
        assert attributes["dev:device_remembered_status"] == status

    def test_the_dates_are_of_now_and_of_the_sign_in(self, cognito, api, ada):
        clock = cognito.freeze_time("2026-01-01 00:00:00.900123")
        key = ada.sign_in().device_key
        clock.tick(2.5)
        api.as_user(ada, "confirm_device", DeviceKey=key)
        device = api.as_user(ada, "get_device", DeviceKey=key)["Device"]
        assert device["DeviceCreateDate"] == utc(2026, 1, 1, 0, 0, 3, 400000)
        assert device["DeviceLastModifiedDate"] == utc(2026, 1, 1, 0, 0, 3, 400000)
        assert device["DeviceLastAuthenticatedDate"] == utc(2026, 1, 1)

    def test_takes_the_token_of_another_sign_in(self, api, ada):
        key = ada.sign_in().device_key
        api.client.confirm_device(AccessToken=ada.sign_in().access_token, DeviceKey=key)
        assert [device.key for device in ada.devices] == [key]

    def test_without_a_name_there_is_no_such_attribute(self, api, ada):
        key = ada.sign_in().device_key
        api.as_user(ada, "confirm_device", DeviceKey=key)
        device = api.as_user(ada, "get_device", DeviceKey=key)["Device"]
        assert names(device) == ["device_status", "last_ip_used"]

    @pytest.mark.parametrize("config", [VERIFIER, {}])
    def test_the_password_is_known_only_to_who_confirmed(self, api, ada, config):
        key = ada.sign_in().device_key
        api.as_user(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=config)
        (device,) = ada.devices
        with pytest.raises(LookupError) as refused:
            _ = device.password
        assert str(refused.value) == (
            f"The password of {key} is known only to the code that confirmed it."
        )

    def test_keeps_the_verifier_as_numbers(self, api, ada):
        key = ada.sign_in().device_key
        api.as_user(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=VERIFIER)
        salt, verifier = ada.devices[0].verifier
        assert salt == int.from_bytes(b"s" * 16, "big")
        assert verifier == int.from_bytes(b"\x9a" + b"v" * 383, "big")

    def test_refuses_a_key_that_was_never_given_out(self, api, ada):
        with pytest.raises(api.exceptions.InvalidParameterException) as refused:
            api.as_user(ada, "confirm_device", DeviceKey=UNKNOWN)
        assert refused.value.response["Error"]["Message"] == "Invalid device key given."

    def test_refuses_a_key_that_was_given_out_to_another_user(self, cognito, api, ada):
        key = cognito.add_user("bob").sign_in().device_key
        with pytest.raises(api.exceptions.InvalidParameterException) as refused:
            api.as_user(ada, "confirm_device", DeviceKey=key)
        assert refused.value.response["Error"]["Message"] == "Invalid device key given."

    def test_refuses_a_key_that_is_confirmed_already(self, api, ada):
        code = "DeviceKeyExistsException"
        key = ada.sign_in().device_key
        api.as_user(ada, "confirm_device", DeviceKey=key)
        # The oldest botocore declares no such exception, and raises its plain ClientError.
        kind = getattr(api.exceptions, code) if code in errors_of("ConfirmDevice") else ClientError
        with pytest.raises(kind) as refused:
            api.as_user(ada, "confirm_device", DeviceKey=key)
        assert refused.value.response["Error"] == {
            "Code": code,
            "Message": "Device already exists.",
        }

    def test_refuses_a_key_that_was_forgotten(self, api, ada):
        key = ada.sign_in().device_key
        api.as_user(ada, "confirm_device", DeviceKey=key)
        api.as_user(ada, "forget_device", DeviceKey=key)
        with pytest.raises(api.exceptions.InvalidParameterException):
            api.as_user(ada, "confirm_device", DeviceKey=key)

    @pytest.mark.parametrize("member", ["Salt", "PasswordVerifier"])
    def test_refuses_numbers_that_read_as_negative(self, api, ada, member):
        """aws-sdk-net-extensions-cognito#46: a zero byte belongs in front of a set top bit."""
        config = {**VERIFIER, member: base64.b64encode(b"\x9a" * 16).decode()}
        key = ada.sign_in().device_key
        with pytest.raises(api.exceptions.InvalidParameterException) as refused:
            api.as_user(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=config)
        assert refused.value.response["Error"]["Message"] == (
            "Found negative value for salt or password verifier"
        )
        assert ada.devices == []

    @pytest.mark.parametrize(
        "config",
        [
            {"Salt": "c2FsdA=="},
            {"PasswordVerifier": "c2FsdA=="},
            {**VERIFIER, "Salt": "no base64"},
            {**VERIFIER, "Salt": ""},
            {**VERIFIER, "PasswordVerifier": ""},
        ],
    )
    def test_refuses_what_is_no_number_and_leaves_the_key_good(self, api, ada, config):
        key = ada.sign_in().device_key
        with pytest.raises(api.exceptions.InvalidParameterException) as refused:
            api.as_user(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=config)
        assert refused.value.response["Error"]["Message"] == (
            "Invalid device secret verifier config given."
        )
        api.as_user(ada, "confirm_device", DeviceKey=key, DeviceSecretVerifierConfig=VERIFIER)


class TestGetDevice:
    def test_shows_three_attributes(self, cognito, api, ada):
        cognito.freeze_time("2024-05-07 16:52:22.022")
        phone = ada.add_device("Ada's phone", last_ip_used="192.0.2.1")
        answer = api.as_user(ada, "get_device", DeviceKey=phone.key)
        del answer["ResponseMetadata"]
        assert answer == {
            "Device": {
                "DeviceKey": phone.key,
                "DeviceAttributes": [
                    {"Name": "device_status", "Value": "valid"},
                    {"Name": "device_name", "Value": "Ada's phone"},
                    {"Name": "last_ip_used", "Value": "192.0.2.1"},
                ],
                "DeviceCreateDate": utc(2024, 5, 7, 16, 52, 22, 22000),
                "DeviceLastModifiedDate": utc(2024, 5, 7, 16, 52, 22, 22000),
                "DeviceLastAuthenticatedDate": utc(2024, 5, 7, 16, 52, 22),
            }
        }

    def test_does_not_find_a_device_that_is_not_remembered(self, api, ada):
        phone = ada.add_device(remembered=False)
        with pytest.raises(api.exceptions.ResourceNotFoundException) as refused:
            api.as_user(ada, "get_device", DeviceKey=phone.key)
        assert refused.value.response["Error"]["Message"] == "Device does not exist."


class TestListDevices:
    def test_shows_remembered_devices_with_three_attributes(self, api, ada):
        phone = ada.add_device("phone")
        ada.add_device("tablet", remembered=False)
        watch = ada.add_device()
        devices = api.as_user(ada, "list_devices")["Devices"]
        assert [device["DeviceKey"] for device in devices] == [phone.key, watch.key]
        assert [names(device) for device in devices] == [
            ["device_status", "device_name", "last_ip_used"],
            ["device_status", "last_ip_used"],
        ]

    def test_no_devices_are_an_empty_list(self, api, ada):
        answer = api.as_user(ada, "list_devices")
        del answer["ResponseMetadata"]
        assert answer == {"Devices": []}


class TestUpdateDeviceStatus:
    def test_the_change_is_of_the_moment_of_the_call(self, cognito, ada):
        phone = ada.add_device()
        params = {"AccessToken": ada.access_token, "DeviceKey": phone.key}
        forget = params | {"DeviceRememberedStatus": "not_remembered"}
        with freeze_time("2026-01-01 12:00:00.1234", auto_tick_seconds=1):
            cognito.handle("UpdateDeviceStatus", forget, "us-east-1")
        assert phone.dates[1] == round(cognito.calls.last.moment, 3)

    def test_remembers_and_stops_to(self, cognito, api, ada):
        clock = cognito.freeze_time("2026-01-01")
        phone = ada.add_device(remembered=False)
        for remembered in (True, False, True):
            clock.tick(1)
            answer = api.as_user(
                ada,
                "update_device_status",
                DeviceKey=phone.key,
                DeviceRememberedStatus="remembered" if remembered else "not_remembered",
            )
            del answer["ResponseMetadata"]
            assert answer == {}
            assert phone.remembered is remembered
            assert len(api.as_user(ada, "list_devices")["Devices"]) == remembered
        assert phone.last_modified == utc(2026, 1, 1, 0, 0, 3)

    def test_what_is_so_already_is_no_change(self, cognito, api, ada):
        clock = cognito.freeze_time("2026-01-01")
        phone = ada.add_device()
        clock.tick(1)
        for status in ({"DeviceRememberedStatus": "remembered"}, {}):
            api.as_user(ada, "update_device_status", DeviceKey=phone.key, **status)
        assert phone.last_modified == utc(2026, 1, 1)


class TestForgetDevice:
    @pytest.mark.parametrize("remembered", [True, False])
    def test_removes_the_device_and_leaves_the_session(self, api, ada, remembered):
        phone, tablet = ada.add_device(remembered=remembered), ada.add_device()
        answer = api.as_user(ada, "forget_device", DeviceKey=phone.key)
        assert list(answer) == ["ResponseMetadata"]
        assert ada.devices == [tablet]
        assert len(api.as_user(ada, "list_devices")["Devices"]) == 1


@pytest.mark.parametrize("operation", ["get_device", "forget_device"])
def test_the_access_token_is_required_whatever_the_model_says(api, operation):
    with pytest.raises(api.exceptions.InvalidParameterException) as refused:
        getattr(api.client, operation)(DeviceKey="abc")
    assert refused.value.response["Error"]["Message"] == (
        "2 validation errors detected: Value at 'accessToken' failed to satisfy constraint:"
        " Member must not be null; Value 'abc' at 'deviceKey' failed to satisfy constraint:"
        " Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+"
    )


ONE_DEVICE = ["get_device", "update_device_status", "forget_device"]


@pytest.mark.parametrize("operation", ONE_DEVICE)
class TestUnknownDevices:
    def refused(self, api, ada, operation, key):
        with pytest.raises(api.exceptions.ResourceNotFoundException) as caught:
            api.as_user(ada, operation, DeviceKey=key)
        assert caught.value.response["Error"]["Message"] == "Device does not exist."

    def test_unknown(self, api, ada, operation):
        self.refused(api, ada, operation, UNKNOWN)

    def test_given_out_but_never_confirmed(self, api, ada, operation):
        self.refused(api, ada, operation, ada.sign_in().device_key)

    def test_forgotten(self, api, ada, operation):
        phone = ada.add_device()
        api.as_user(ada, "forget_device", DeviceKey=phone.key)
        self.refused(api, ada, operation, phone.key)

    def test_of_another_user(self, cognito, api, ada, operation):
        self.refused(api, ada, operation, cognito.add_user("bob").add_device().key)


USER_OPERATIONS = [
    ("confirm_device", {"DeviceKey": UNKNOWN}),
    ("get_device", {"DeviceKey": UNKNOWN}),
    ("list_devices", {}),
    ("update_device_status", {"DeviceKey": UNKNOWN}),
    ("forget_device", {"DeviceKey": UNKNOWN}),
]


def expired(_cognito, user):
    return user.sign_in(expires_in=0).access_token


def revoked(_cognito, user):
    tokens = user.sign_in()
    tokens.revoke()
    return tokens.access_token


def signed_out(_cognito, user):
    token = user.access_token
    user.sign_out()
    return token


def garbage(_cognito, _user):
    return "eyJhbGciOiJub25lIn0.e30."


def forged(_cognito, user):
    return user.sign_in(forged=True).access_token


def of_another_region(cognito, _user):
    return cognito.add_pool(region="eu-west-1").add_user("ada").access_token


def of_another_service(_cognito, _user):
    from pytest_cognito_devices import FakeCognito

    return FakeCognito().add_user("ada").access_token


def id_token(_cognito, user):
    return user.id_token


def refresh_token(_cognito, user):
    return user.refresh_token


def without_scope(_cognito, user):
    return user.sign_in(scope="openid profile").access_token


def unconfirmed(_cognito, user):
    user.status = "UNCONFIRMED"
    return user.access_token


def reset_required(_cognito, user):
    user.status = "RESET_REQUIRED"
    return user.access_token


def disabled(_cognito, user):
    user.enabled = False
    return user.access_token


def deleted(_cognito, user):
    token = user.access_token
    user.delete()
    return token


def deleted_and_made_anew(cognito, user):
    token = deleted(cognito, user)
    cognito.add_user("ada")
    return token


def tracking_off(cognito, user):
    cognito.pool.device_tracking = "off"
    return user.access_token


SITUATIONS = [
    (expired, "NotAuthorizedException", "Access Token has expired"),
    (revoked, "NotAuthorizedException", "Access Token has been revoked"),
    (signed_out, "NotAuthorizedException", "Access Token has been revoked"),
    (garbage, "NotAuthorizedException", "Could not verify signature for Access Token"),
    (forged, "NotAuthorizedException", "Could not verify signature for Access Token"),
    (of_another_region, "NotAuthorizedException", "Could not verify signature for Access Token"),
    (of_another_service, "NotAuthorizedException", "Could not verify signature for Access Token"),
    (id_token, "NotAuthorizedException", "Invalid Access Token"),
    (refresh_token, "NotAuthorizedException", "Invalid Access Token"),
    (
        without_scope,
        "NotAuthorizedException",
        "Access Token does not have required scopes",
    ),
    (unconfirmed, "UserNotConfirmedException", "User is not confirmed."),
    (
        reset_required,
        "PasswordResetRequiredException",
        "Password reset required for the user",
    ),
    (disabled, "NotAuthorizedException", "User is disabled."),
    (deleted, "UserNotFoundException", "User does not exist."),
    (deleted_and_made_anew, "UserNotFoundException", "User does not exist."),
    (
        tracking_off,
        "InvalidUserPoolConfigurationException",
        "Device tracking not currently enabled for this pool.",
    ),
]


@pytest.mark.parametrize(("operation", "params"), USER_OPERATIONS)
@pytest.mark.parametrize(("situation", "code", "message"), SITUATIONS)
def test_tokens_and_users_are_checked(
    cognito, api, ada, operation, params, situation, code, message
):
    token = situation(cognito, ada)
    with pytest.raises(getattr(api.exceptions, code)) as refused:
        getattr(api.client, operation)(AccessToken=token, **params)
    assert refused.value.response["Error"] == {"Code": code, "Message": message}


def test_the_order_of_the_checks(cognito, ada):
    """Signature, use, expiry, enabled, revocation, scope, state, tracking, device."""
    cognito.freeze_time("2026-01-01")
    tokens = ada.sign_in(scope="openid", expires_in=60)
    texts = []

    def call(token):
        with pytest.raises(ServiceError) as refused:
            cognito.handle("GetDevice", {"AccessToken": token, "DeviceKey": UNKNOWN}, "us-east-1")
        texts.append(refused.value.message)

    tokens.revoke()
    cognito.pool.device_tracking = "off"
    ada.status, ada.enabled = "UNCONFIRMED", False
    call("nonsense")
    call(tokens.id_token)
    clock = cognito.freeze_time("2026-01-01 00:01")
    call(tokens.access_token)
    clock.move_to("2026-01-01 00:00:59")
    call(tokens.access_token)
    ada.enabled = True
    call(tokens.access_token)
    tokens.session.revoked = False
    call(tokens.access_token)
    live = ada.access_token
    call(live)
    ada.status = "CONFIRMED"
    call(live)
    cognito.pool.device_tracking = "always"
    call(live)
    assert texts == [
        "Could not verify signature for Access Token",
        "Invalid Access Token",
        "Access Token has expired",
        "User is disabled.",
        "Access Token has been revoked",
        "Access Token does not have required scopes",
        "User is not confirmed.",
        "Device tracking not currently enabled for this pool.",
        "Device does not exist.",
    ]


def test_several_scopes_may_have_the_right_one_among_them(api, ada):
    token = ada.sign_in(scope="openid aws.cognito.signin.user.admin").access_token
    assert api.client.list_devices(AccessToken=token)["Devices"] == []


@pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"])
def test_other_states_do_not_matter_to_a_live_token(api, ada, status):
    ada.status = status
    assert api.as_user(ada, "list_devices")["Devices"] == []


def test_a_global_sign_out_leaves_later_sign_ins_alone(api, ada):
    ada.sign_out()
    token = ada.sign_in().access_token
    assert api.client.list_devices(AccessToken=token)["Devices"] == []
