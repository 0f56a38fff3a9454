"""Hints at refresh tokens."""

from __future__ import annotations

import pytest


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada")


@pytest.fixture
def refresh(cognito, hint):
    def refresh(token, *, client=cognito.pool.client, **parameters):
        return hint(
            "InitiateAuth",
            ClientId=client.id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": token, **parameters},
        )

    return refresh


def test_of_another_device(ada, refresh):
    phone, tablet = ada.add_device(), ada.add_device()
    token = ada.sign_in(device=phone).refresh_token
    good = f"the token is good with {phone.key}, the device of its sign-in"
    assert refresh(token) == f"{good}; none was sent"
    assert refresh(token, DEVICE_KEY=tablet.key) == f"{good}; {tablet.key} was sent"


def test_of_a_device_that_is_forgotten(ada, refresh):
    phone = ada.add_device()
    token = ada.sign_in(device=phone).refresh_token
    phone.forget()
    told = f"{phone.key}, the device of the sign-in, is forgotten"
    assert refresh(token, DEVICE_KEY=phone.key) == told


def test_of_a_device_that_is_not_confirmed(ada, refresh):
    tokens = ada.sign_in()
    told = f"ConfirmDevice has not been called for {tokens.device_key}, the device of the sign-in"
    assert refresh(tokens.refresh_token) == told


def test_of_another_app_client(cognito, ada, refresh):
    tokens = ada.sign_in()
    told = f"the token is of the app client {cognito.pool.client.id}"
    assert refresh(tokens.refresh_token, client=cognito.pool.add_client()) == told


@pytest.mark.parametrize(("use", "told"), [("access", "an access"), ("id", "an ID")])
def test_another_token_in_its_place(ada, refresh, use, told):
    assert refresh(getattr(ada.sign_in(), f"{use}_token")) == f"it is {told} token"
