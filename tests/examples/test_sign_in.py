"""Signing in with a password, a second factor, and a device that takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import sign_in as app

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito, User

pytestmark = pytest.mark.cognito_devices(
    user_pool_id=app.USER_POOL_ID,
    client_id=app.CLIENT_ID,
    challenge_required_on_new_device=True,
)


@pytest.fixture
def ada(cognito_devices: FakeCognito) -> User:
    """Return a user with an authenticator."""
    return cognito_devices.add_user("ada", password="Passw0rd!", mfa="SOFTWARE_TOKEN_MFA")


def nobody_asks() -> str:
    """Fail: nobody is to be asked for a code."""
    pytest.fail("The application asked for a code.")


@pytest.mark.parametrize("tracking", ["always", "opt_in"])
def test_a_device_is_trusted_from_the_second_time_on(
    cognito_devices: FakeCognito, ada: User, tracking: str
) -> None:
    """The first sign-in on a device needs a code; from then on the device is enough."""
    cognito_devices.pool.device_tracking = "always" if tracking == "always" else "opt_in"

    first = app.sign_in("ada", "Passw0rd!", lambda: ada.totp_code)
    second = app.sign_in("ada", "Passw0rd!", nobody_asks, first.device)

    assert second.device == first.device
    assert [(device.key, device.remembered) for device in ada.devices] == [
        (first.device.key, True)
    ]


def test_a_device_that_was_forgotten_is_a_new_one(ada: User) -> None:
    """Whoever has lost a phone forgets it, and it has to be trusted anew."""
    lost = app.sign_in("ada", "Passw0rd!", lambda: ada.totp_code).device
    ada.devices[0].forget()
    ada.mfa = None

    found = app.sign_in("ada", "Passw0rd!", nobody_asks, lost).device

    assert found.key != lost.key


def test_a_stolen_key_is_not_enough(ada: User) -> None:
    """A device proves a secret that never goes over the line."""
    phone = ada.add_device("phone")
    stolen = app.TrustedDevice(phone.key, phone.group_key, "a guess")

    with pytest.raises(
        app.cognito.exceptions.NotAuthorizedException, match="Incorrect username or password"
    ):
        app.sign_in("ada", "Passw0rd!", nobody_asks, stolen)


def test_a_seeded_device_is_trusted(ada: User) -> None:
    """A test need not go through the first sign-in to have a trusted device."""
    phone = ada.add_device("phone")
    trusted = app.TrustedDevice(phone.key, phone.group_key, phone.password)

    assert app.sign_in("ada", "Passw0rd!", nobody_asks, trusted).device == trusted


def test_refreshing_on_the_device(ada: User) -> None:
    """The refresh token is good on the device of the sign-in alone."""
    signed_in = app.sign_in("ada", "Passw0rd!", lambda: ada.totp_code)
    assert app.refresh(signed_in)

    other = ada.add_device("tablet")
    elsewhere = app.SignedIn(
        signed_in.access_token,
        signed_in.refresh_token,
        app.TrustedDevice(other.key, other.group_key, other.password),
    )
    with pytest.raises(
        app.cognito.exceptions.NotAuthorizedException, match="Invalid Refresh Token"
    ):
        app.refresh(elsewhere)


def test_a_challenge_that_the_application_does_not_know(
    cognito_devices: FakeCognito, ada: User
) -> None:
    """The application is for users with authenticators."""
    ada.mfa = "SMS_MFA"

    with pytest.raises(NotImplementedError, match="SMS_MFA"):
        app.sign_in("ada", "Passw0rd!", nobody_asks)

    cognito_devices.assert_not_called("ConfirmDevice")
