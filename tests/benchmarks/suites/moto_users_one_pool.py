"""The same tests with moto, and one pool for all of them: moto reads its key for each pool."""

from __future__ import annotations

import pytest
from moto import mock_aws

import moto_users
from moto_users import *  # noqa: F403  the tests, and the fixtures that stay as they are


@pytest.fixture(scope="module")
def pool_id():
    with mock_aws():
        yield moto_users.client.create_user_pool(PoolName="people")["UserPool"]["Id"]


@pytest.fixture(autouse=True)
def _leave_nobody(pool_id):
    """What the next test is not to find."""
    yield
    for user in moto_users.client.list_users(UserPoolId=pool_id)["Users"]:
        moto_users.client.admin_delete_user(UserPoolId=pool_id, Username=user["Username"])
