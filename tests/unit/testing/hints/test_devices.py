"""Hints at devices that are there, but not in the state that a call wants."""

from __future__ import annotations

import pytest

KEY = "us-east-1_44444444-4444-4444-8444-444444444444"


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada")


@pytest.fixture
def get_device(hint, ada):
    def get_device(key):
        return hint("GetDevice", AccessToken=ada.access_token, DeviceKey=key)

    return get_device


def test_one_that_is_not_remembered(ada, get_device):
    kiosk = ada.add_device(remembered=False)
    told = "the device is confirmed but not remembered: only administrators see it"
    assert get_device(kiosk.key) == told


def test_one_that_is_not_confirmed(ada, get_device):
    told = "a sign-in gave out the key, and ConfirmDevice has not been called for it"
    assert get_device(ada.sign_in().device_key) == told


def test_a_key_that_was_never_given_out(hint, ada):
    verifier = {"PasswordVerifier": "AAAA", "Salt": "AAAA"}
    told = (
        "no sign-in gave out the key; or one did whose challenges were answered under an alias,"
        " which spoils it"
    )
    assert told == hint(
        "ConfirmDevice",
        AccessToken=ada.access_token,
        DeviceKey=KEY,
        DeviceSecretVerifierConfig=verifier,
    )


def test_a_pool_without_devices(cognito, hint):
    pool = cognito.add_pool(device_tracking="off")
    token = pool.add_user("ada").access_token
    assert hint("ListDevices", AccessToken=token) == f"{pool.id} has device_tracking='off'"


def test_a_token_of_a_user_who_is_deleted(hint, ada):
    token = ada.access_token
    ada.delete()
    assert hint("ListDevices", AccessToken=token) == "the token is of a user who has been deleted"
