from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def call(api):
    """A call about a user: by an administrator if the operation is one of theirs, or by the user.

    Gives the whole answer.
    """

    def call(user, operation, **params):
        by = api.as_admin if operation.startswith("admin_") else api.as_user
        answer = by(user, operation, **params)
        assert answer.pop("ResponseMetadata")["HTTPStatusCode"] == 200
        return answer

    return call


@pytest.fixture
def refused(api):
    """The code and the text of an error, which has an exception of its own."""

    def refused(call, /, *args, **params):
        with pytest.raises(ClientError) as caught:
            call(*args, **params)
        error = caught.value.response["Error"]
        assert isinstance(caught.value, getattr(api.exceptions, error["Code"]))
        return error["Code"], error["Message"]

    return refused


@pytest.fixture
def clock(cognito):
    """Stands at noon."""
    return cognito.freeze_time("2026-01-31 12:00")


@pytest.fixture
def in_pool(cognito, api):
    """A call that names the pool."""

    def call(operation, **params):
        answer = getattr(api.client, operation)(UserPoolId=cognito.pool.id, **params)
        del answer["ResponseMetadata"]
        return answer

    return call
