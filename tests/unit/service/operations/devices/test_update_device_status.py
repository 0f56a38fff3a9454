from __future__ import annotations

from datetime import datetime, timezone

from freezegun import freeze_time

NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_the_change_is_of_the_moment_of_the_call(cognito, ada):
    phone = ada.add_device()
    params = {"AccessToken": ada.access_token, "DeviceKey": phone.key}
    forget = params | {"DeviceRememberedStatus": "not_remembered"}
    with freeze_time("2026-01-01 12:00:00.1234", auto_tick_seconds=1):
        cognito.handle("UpdateDeviceStatus", forget, "us-east-1")
    assert phone.dates[1] == round(cognito.calls.last.moment, 3)


def test_remembers_and_stops_to(cognito, call, ada):
    clock = cognito.freeze_time("2026-01-01")
    phone = ada.add_device(remembered=False)
    for remembered in (True, False, True):
        clock.tick(1)
        status = "remembered" if remembered else "not_remembered"
        params = {"DeviceKey": phone.key, "DeviceRememberedStatus": status}
        assert call(ada, "update_device_status", **params) == {}
        assert phone.remembered is remembered
        assert len(call(ada, "list_devices")["Devices"]) == remembered
    assert phone.last_modified == NEW_YEAR.replace(second=3)


def test_what_is_so_already_is_no_change(cognito, call, ada):
    clock = cognito.freeze_time("2026-01-01")
    phone = ada.add_device()
    clock.tick(1)
    for status in ({"DeviceRememberedStatus": "remembered"}, {}):
        call(ada, "update_device_status", DeviceKey=phone.key, **status)
    assert phone.last_modified == NEW_YEAR


def test_an_administrator_stops_to_remember(call, ada):
    phone = ada.add_device()
    params = {"DeviceKey": phone.key, "DeviceRememberedStatus": "not_remembered"}
    assert call(ada, "admin_update_device_status", **params) == {}
    assert not phone.remembered
    call(ada, "admin_update_device_status", DeviceKey=phone.key)
    assert not phone.remembered
