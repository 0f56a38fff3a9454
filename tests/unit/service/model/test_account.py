from __future__ import annotations

import pytest

AFTER = (1767225600.123, 4)


@pytest.fixture
def account(cognito):
    return cognito.pool.account


@pytest.mark.usefixtures("in_one_region")
def test_a_pool_is_found_in_its_region_only(cognito, account):
    pool = cognito.pool
    assert account.pool_in("us-east-1", pool.id) is pool
    assert account.pool_in("eu-west-1", pool.id) is None
    assert account.pool_in("us-east-1", "us-east-1_another00") is None


@pytest.mark.usefixtures("in_one_region")
def test_a_pool_that_was_removed_is_not_there(cognito, account):
    pool = cognito.add_pool()
    ada = pool.add_user("ada")
    assert pool.is_in("us-east-1")
    assert not pool.is_in("eu-west-1")
    account.remove_pool(pool)
    assert account.pool_in("us-east-1", pool.id) is None
    assert not pool.is_in("us-east-1")
    assert not ada.exists
    again = cognito.add_pool(user_pool_id=pool.id)
    assert again.is_in("us-east-1")
    assert not pool.is_in("us-east-1")


def test_a_page_token_stands_for_a_position(cognito, account):
    ada = cognito.add_user("ada")
    token = account.page_token("ListDevices", ada, AFTER)
    assert account.position_of(token, "ListDevices", ada) == AFTER
    assert account.position_of(token, "ListDevices", ada) == AFTER


def test_a_page_token_is_of_one_operation_and_one_user(cognito, account):
    ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
    token = account.page_token("ListDevices", ada, AFTER)
    assert account.position_of(token, "AdminListDevices", ada) is None
    assert account.position_of(token, "ListDevices", bob) is None
    assert account.position_of(token + "x", "ListDevices", ada) is None


def test_a_page_token_lasts_an_hour(cognito, account):
    ada = cognito.add_user("ada")
    clock = cognito.freeze_time("2026-01-01")
    token = account.page_token("ListDevices", ada, AFTER)
    clock.tick(3599)
    assert account.position_of(token, "ListDevices", ada) == AFTER
    clock.tick(1)
    assert account.position_of(token, "ListDevices", ada) is None
