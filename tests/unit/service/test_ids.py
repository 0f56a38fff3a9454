from __future__ import annotations

import base64
import os
import random
import re
import uuid

import pytest

from pytest_cognito_devices.service import ids


def test_uuid4_is_one():
    for _ in range(200):
        text = ids.uuid4()
        made = uuid.UUID(text)
        assert (str(made), made.version, made.variant) == (text, 4, uuid.RFC_4122)


def test_the_system_is_asked_as_it_is_now(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "urandom", bytes)
        assert ids.uuid4() == "00000000-0000-4000-8000-000000000000"
    assert ids.uuid4() != ids.uuid4()


@pytest.mark.parametrize(
    ("make", "form"),
    [
        (
            lambda: ids.device_key("eu-west-1"),
            r"eu-west-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        ),
        (ids.device_group_key, r"-[0-9A-Za-z]{8}"),
        (lambda: ids.user_pool_id("eu-west-1"), r"eu-west-1_[0-9A-Za-z]{9}"),
        (ids.client_id, r"[0-9a-z]{26}"),
        (ids.client_secret, r"[0-9a-z]{51}"),
        (lambda: ids.opaque(64), r"[\w-]{86}"),
    ],
)
def test_forms(make, form):
    assert re.fullmatch(form, make(), re.ASCII)


def test_the_longest_device_key_fits_into_what_the_service_takes():
    assert len(ids.device_key("us-gov-west-1")) <= 55


def test_a_secret_is_base64_of_40_bytes():
    assert len(base64.b64decode(ids.secret(), validate=True)) == 40


def test_seeding_random_does_not_repeat_ids():
    random.seed(1)
    first = ids.client_id()
    random.seed(1)
    assert ids.client_id() != first


@pytest.mark.parametrize("first", [0x00, 0x0F, 0x10, 0xFF])
def test_a_salt_has_32_digits(first):
    """As many clients expect; about one random number in sixteen has fewer."""
    number = bytes([first, *range(15)])
    assert len(f"{ids.salt(number):x}") == 32
    assert ids.salt(number) & (2**124 - 1) == int.from_bytes(number, "big") & (2**124 - 1)
    assert ids.salt() != ids.salt()
