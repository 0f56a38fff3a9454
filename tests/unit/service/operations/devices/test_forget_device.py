from __future__ import annotations

import pytest


@pytest.mark.parametrize("remembered", [True, False])
def test_removes_the_device_and_leaves_the_session(call, ada, remembered):
    phone, tablet = ada.add_device(remembered=remembered), ada.add_device()
    assert call(ada, "forget_device", DeviceKey=phone.key) == {}
    assert ada.devices == [tablet]
    assert len(call(ada, "list_devices")["Devices"]) == 1


def test_an_administrator_removes_the_device(call, ada):
    phone = ada.add_device()
    assert call(ada, "admin_forget_device", DeviceKey=phone.key) == {}
    assert ada.devices == []
