from __future__ import annotations

import pytest

from people import REGION
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service.errors import ServiceError


@pytest.fixture
def cognito():
    return FakeCognito(user_pool_id="us-east-1_One", client_id="webapp")


@pytest.fixture
def hint(cognito):
    """The hint that a refused call gets."""

    def hint(operation, region=REGION, **params):
        with pytest.raises(ServiceError):
            cognito.handle(operation, params, region)
        return cognito.calls.last.hint

    return hint


@pytest.fixture
def hint_of(cognito):
    """The hint that the refused call of a person gets."""

    def hint_of(call, *args, **options):
        with pytest.raises(ServiceError):
            call(*args, **options)
        return cognito.calls.last.hint

    return hint_of
