"""Remembering the device that somebody has just signed in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import app

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito, Tokens

pytestmark = pytest.mark.cognito_devices(region="us-east-1")


def remember(tokens: Tokens, *, salt: bytes = b"salt", verifier: bytes = b"verifier") -> None:
    """Remember the new device of a sign-in, as the application does after it."""

    app.remember_this_device(tokens.access_token, tokens.device_key, "Ada's phone", salt, verifier)


def test_a_pool_that_always_remembers(cognito_devices: FakeCognito) -> None:
    """To confirm a device is enough to have it remembered."""
    ada = cognito_devices.add_user("ada")

    remember(ada.sign_in())

    assert [device.name for device in app.my_devices(ada.access_token)] == ["Ada's phone"]
    cognito_devices.assert_not_called("UpdateDeviceStatus")


@pytest.mark.cognito_devices(device_tracking="opt_in")
def test_a_pool_that_leaves_it_to_the_user(cognito_devices: FakeCognito) -> None:
    """Where devices are remembered on demand, to confirm one is only half of it."""
    ada = cognito_devices.add_user("ada")
    tokens = ada.sign_in()

    remember(tokens)

    assert [device.name for device in app.my_devices(ada.access_token)] == ["Ada's phone"]
    cognito_devices.assert_called_once(
        "UpdateDeviceStatus", DeviceKey=tokens.device_key, DeviceRememberedStatus="remembered"
    )


def test_numbers_with_the_first_bit_set(cognito_devices: FakeCognito) -> None:
    """Cognito refuses numbers that look negative, as every second one would if sent as it is."""
    ada = cognito_devices.add_user("ada")

    remember(ada.sign_in(), salt=b"\xff salt", verifier=b"\xff verifier")

    assert ada.devices[0].remembered


def test_a_device_of_somebody_else(cognito_devices: FakeCognito) -> None:
    """Only the user who signed in with a device can confirm it."""
    ada, bob = cognito_devices.add_user("ada"), cognito_devices.add_user("bob")
    device_key = ada.sign_in().device_key
    assert device_key is not None

    with pytest.raises(
        app.cognito.exceptions.InvalidParameterException, match="Invalid device key given"
    ):
        app.remember_this_device(bob.access_token, device_key, "Mine!", b"salt", b"verifier")
