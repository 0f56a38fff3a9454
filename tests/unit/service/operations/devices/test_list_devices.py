"""Lists of devices, page by page, for users and for administrators."""

from __future__ import annotations

import itertools

import pytest

from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from said import said


def flat(lists):
    return list(itertools.chain.from_iterable(lists))


OPERATIONS = pytest.mark.parametrize("operation", ["list_devices", "admin_list_devices"])


def keys(answer):
    return [device["DeviceKey"] for device in answer["Devices"]]


def attributes(answer):
    """The names of the attributes of each device."""
    return [[each["Name"] for each in device["DeviceAttributes"]] for device in answer["Devices"]]


def test_a_user_sees_remembered_devices_with_three_attributes(call, ada):
    phone = ada.add_device("phone")
    ada.add_device("tablet", remembered=False)
    watch = ada.add_device()
    answer = call(ada, "list_devices")
    assert keys(answer) == [phone.key, watch.key]
    assert attributes(answer) == [
        ["device_status", "device_name", "last_ip_used"],
        ["device_status", "last_ip_used"],
    ]


def test_an_administrator_sees_all_confirmed_devices(call, ada):
    phone, tablet = ada.add_device(), ada.add_device(remembered=False)
    ada.sign_in()
    answer = call(ada, "admin_list_devices")
    assert keys(answer) == [phone.key, tablet.key]
    assert [len(names) for names in attributes(answer)] == [6, 6]


def test_no_devices_are_an_empty_list(call, ada):
    assert call(ada, "list_devices") == {"Devices": []}


def pages(call, user, operation, **params):
    """Every page, as a loop of an application gets it."""
    token = {}
    while True:
        answer = call(user, operation, **params, **token)
        yield keys(answer)
        if "PaginationToken" not in answer:
            return
        token = {"PaginationToken": answer["PaginationToken"]}


@OPERATIONS
@pytest.mark.parametrize(
    ("limit", "sizes"),
    [
        ({"Limit": 60}, [60, 60, 10]),
        ({"Limit": 7}, [7] * 18 + [4]),
        ({"Limit": 0}, [60, 60, 10]),
        ({}, [60, 60, 10]),
    ],
)
def test_130_devices(cognito, call, operation, limit, sizes):
    ada = cognito.add_user("ada", devices=130)
    found = list(pages(call, ada, operation, **limit))
    assert [len(page) for page in found] == sizes
    assert flat(found) == [device.key for device in ada.devices]


@OPERATIONS
def test_the_last_page_has_no_token_even_when_it_is_full(cognito, call, operation):
    ada = cognito.add_user("ada", devices=60)
    assert [len(page) for page in pages(call, ada, operation, Limit=30)] == [30, 30]


@OPERATIONS
def test_nothing_is_listed_twice_or_lost_while_others_are_forgotten(cognito, call, operation):
    ada = cognito.add_user("ada", devices=130)
    seeded = [device.key for device in ada.devices]
    gone, found = set(), []
    for page in pages(call, ada, operation, Limit=7):
        found += page
        # One that was listed already, the last of them too, and one that is still to come.
        for key in (page[0], page[-1], *(key for key in seeded if key not in found)):
            if key not in gone:
                gone.add(key)
                call(ada, "forget_device", DeviceKey=key)
            if key not in found:
                break
        ada.add_device()
        if len(found) > 200:
            break
    assert len(found) == len(set(found))
    stayed = [key for key in seeded if key not in gone]
    assert [key for key in found if key in stayed] == stayed


def test_a_user_pages_through_remembered_devices_only(cognito, call):
    ada = cognito.add_user("ada", devices=20)
    for device in ada.devices[::2]:
        device.remembered = False
    remembered = [device.key for device in ada.devices if device.remembered]
    assert flat(pages(call, ada, "list_devices", Limit=3)) == remembered
    assert len(flat(pages(call, ada, "admin_list_devices", Limit=3))) == 20


def first_token(call, user, operation):
    return call(user, operation, Limit=1)["PaginationToken"]


@OPERATIONS
@pytest.mark.parametrize("kind", ["forged", "of another user", "of the other operation", "stale"])
def test_a_token_that_is_not_for_this_call_is_refused(cognito, call, refused, operation, kind):
    clock = cognito.freeze_time("2026-01-01")
    cognito.pool.client.access_token_validity = 86400
    ada, bob = (cognito.add_user(name, devices=2) for name in ("ada", "bob"))
    other = "list_devices" if operation.startswith("admin") else "admin_list_devices"
    if kind == "forged":
        token = first_token(call, ada, operation)[::-1]
    elif kind == "of another user":
        token = first_token(call, bob, operation)
    elif kind == "of the other operation":
        token = first_token(call, ada, other)
    else:
        token = first_token(call, ada, operation)
        clock.tick(3600)
    refusal = refused(call, ada, operation, Limit=1, PaginationToken=token)
    assert refusal == said(texts.PAGE_TOKEN_INVALID)


def test_a_token_of_an_earlier_fake_is_refused(cognito, client, call, refused):
    with FakeCognito() as earlier:
        ada = earlier.add_user("ada", devices=2)
        token = client.list_devices(AccessToken=ada.access_token, Limit=1)["PaginationToken"]
    ada = cognito.add_user("ada", devices=2)
    refusal = refused(call, ada, "list_devices", PaginationToken=token)
    assert refusal == said(texts.PAGE_TOKEN_INVALID)


@OPERATIONS
def test_a_token_may_be_used_again_and_with_another_limit(cognito, call, operation):
    ada = cognito.add_user("ada", devices=5)
    token = first_token(call, ada, operation)
    rest = [device.key for device in ada.devices[1:]]
    for limit in (2, 4, 60):
        answer = call(ada, operation, Limit=limit, PaginationToken=token)
        assert keys(answer) == rest[:limit]


def test_botocore_knows_no_paginator(client):
    assert not client.can_paginate("list_devices")
    assert not client.can_paginate("admin_list_devices")
