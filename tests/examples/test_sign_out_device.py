"""Signing a device out from afar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import app

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito

pytestmark = pytest.mark.cognito_devices(region="us-east-1")


def test_forgets_the_device(cognito_devices: FakeCognito) -> None:
    """The device is gone, and the others are not."""
    ada = cognito_devices.add_user("ada")
    phone, laptop = ada.add_device("Lost phone"), ada.add_device("Ada's laptop")

    assert app.sign_out_device(ada.access_token, phone.key)

    assert ada.devices == [laptop]
    cognito_devices.assert_called_once("ForgetDevice", DeviceKey=phone.key)


def test_a_device_that_is_gone_already(cognito_devices: FakeCognito) -> None:
    """Two clicks on the same button do no harm."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device()

    assert app.sign_out_device(ada.access_token, phone.key)
    assert not app.sign_out_device(ada.access_token, phone.key)


def test_a_device_of_somebody_else(cognito_devices: FakeCognito) -> None:
    """Nobody can sign other people's devices out."""
    ada, bob = cognito_devices.add_user("ada"), cognito_devices.add_user("bob")
    phone = ada.add_device()

    assert not app.sign_out_device(bob.access_token, phone.key)

    assert ada.devices == [phone]


def test_the_user_stays_signed_in(cognito_devices: FakeCognito) -> None:
    """Cognito goes on taking the access token of a device that is forgotten."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device()
    tokens = ada.sign_in(device=phone)

    app.sign_out_device(tokens.access_token, phone.key)

    assert app.my_devices_page(tokens.access_token) == "You have no remembered devices."


def test_an_expired_token_is_not_hidden(cognito_devices: FakeCognito) -> None:
    """That a device is gone already must not be said when nobody could look."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device()
    expired = ada.sign_in(expires_in=0)

    with pytest.raises(app.cognito.exceptions.NotAuthorizedException, match="has expired"):
        app.sign_out_device(expired.access_token, phone.key)
