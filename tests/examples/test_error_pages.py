"""What people read when the list of their devices cannot be had."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import ANY

import pytest

from pytest_cognito_devices import ExceptionName, FakeCognito, errors_of

from . import app

pytestmark = pytest.mark.cognito_devices(region="us-east-1")

# Some users and tokens Cognito refuses by itself: a test only has to bring them about.


def test_a_user_who_has_to_choose_a_new_password(cognito_devices: FakeCognito) -> None:
    """An administrator may ask for a new password while the user is signed in."""
    ada = cognito_devices.add_user("ada", devices=1)
    ada.status = "RESET_REQUIRED"

    assert app.my_devices_page(ada.access_token) == "Please choose a new password first."


def test_a_deleted_user(cognito_devices: FakeCognito) -> None:
    """A token may outlive its user."""
    ada = cognito_devices.add_user("ada", devices=1)
    tokens = ada.sign_in()
    ada.delete()

    assert app.my_devices_page(tokens.access_token) == "This account does not exist any more."


def test_a_token_expires_while_time_passes(cognito_devices: FakeCognito) -> None:
    """A token lasts an hour and no longer."""
    clock = cognito_devices.freeze_time("2026-01-31 12:00")
    ada = cognito_devices.add_user("ada")
    ada.add_device("Ada's phone")
    tokens = ada.sign_in()

    clock.tick(timedelta(minutes=59))
    assert app.my_devices_page(tokens.access_token) == "Ada's phone, last used 2026-01-31"

    clock.tick(timedelta(minutes=1))
    assert app.my_devices_page(tokens.access_token) == "Please sign in again."


def test_a_user_who_signed_out_everywhere(cognito_devices: FakeCognito) -> None:
    """Signing out ends the tokens on every device."""
    ada = cognito_devices.add_user("ada", devices=1)
    tokens = ada.sign_in()
    ada.sign_out()

    assert app.my_devices_page(tokens.access_token) == "Please sign in again."


@pytest.mark.cognito_devices(device_tracking="off")
def test_a_pool_that_tracks_no_devices(cognito_devices: FakeCognito) -> None:
    """A mistake in the settings of the user pool is no reason for a traceback."""
    ada = cognito_devices.add_user("ada")

    assert app.my_devices_page(ada.access_token) == app.SOMETHING_WENT_WRONG


# Any exception can be simulated, for as long or as often as a test wants.


def test_an_unconfirmed_user(cognito_devices: FakeCognito) -> None:
    """Who has not confirmed an address is asked to."""
    ada = cognito_devices.add_user("ada", devices=1)
    cognito_devices.simulate("UserNotConfirmedException", on="ListDevices")

    assert app.my_devices_page(ada.access_token) == "Please confirm your address first."


@pytest.mark.parametrize("error", errors_of("ListDevices"))
def test_every_exception_has_a_page(cognito_devices: FakeCognito, error: ExceptionName) -> None:
    """Whatever Cognito declares for the operation, people read a sentence and no traceback."""
    ada = cognito_devices.add_user("ada", devices=1)
    cognito_devices.simulate(error, on="ListDevices")

    assert app.my_devices_page(ada.access_token) in {
        *app.SENTENCES.values(),
        app.SOMETHING_WENT_WRONG,
    }


@pytest.mark.parametrize("error", ["TooManyRequestsException", "ThrottlingException"])
def test_too_many_requests(cognito_devices: FakeCognito, error: ExceptionName) -> None:
    """Under load, whichever of its two names it goes by, people are asked to come back."""
    ada = cognito_devices.add_user("ada", devices=1)
    cognito_devices.simulate(error, on="ListDevices")

    assert app.my_devices_page(ada.access_token) == app.TOO_MANY


def test_an_exception_on_the_second_page(cognito_devices: FakeCognito) -> None:
    """Half a list would look like a whole one, so there is none."""
    ada = cognito_devices.add_user("ada", devices=61)
    cognito_devices.simulate(
        "InternalErrorException", on="ListDevices", given={"PaginationToken": ANY}
    )

    assert app.my_devices_page(ada.access_token) == app.SOMETHING_WENT_WRONG


# The network fails: the client tries again by itself, and no test waits for it.


@pytest.mark.parametrize("error", ["ReadTimeoutError", "EndpointConnectionError"])
def test_no_connection(cognito_devices: FakeCognito, error: ExceptionName) -> None:
    """People hear of a broken connection once the client has given up."""
    ada = cognito_devices.add_user("ada", devices=1)
    cognito_devices.simulate(error, on="ListDevices")

    assert app.my_devices_page(ada.access_token) == app.NO_CONNECTION
    assert cognito_devices.calls.last.attempts > 1


def test_a_connection_that_breaks_once(cognito_devices: FakeCognito) -> None:
    """Nobody notices a time-out if the second attempt succeeds."""
    ada = cognito_devices.add_user("ada")
    ada.add_device("Ada's phone")
    timeout = cognito_devices.simulate("ReadTimeoutError", on="ListDevices", times=1)

    assert app.my_devices_page(ada.access_token).startswith("Ada's phone")
    assert timeout.calls == [cognito_devices.calls.last]
