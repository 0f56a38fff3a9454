"""The errors that operations answer and the service model does not declare: one list has all."""

from __future__ import annotations

import pytest

from catalogue import CASES
from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.operations import OPERATIONS
from undeclared import UNDECLARED


@pytest.mark.parametrize("operation", CASES)
def test_what_is_not_declared_is_listed(operation):
    raised = {text.code for text in OPERATIONS[operation].raises}
    undeclared = raised.difference(api.declared_errors(operation))
    assert undeclared <= UNDECLARED.get(operation, {}).keys()


@pytest.mark.parametrize("operation", UNDECLARED)
def test_what_is_listed_is_answered(operation):
    raised = {text.code for text in OPERATIONS[operation].raises}
    assert UNDECLARED[operation].keys() <= raised
    for source in UNDECLARED[operation].values():
        assert source.startswith(("observed: ", "documented: ", "assumed: "))
    # The newest botocore declares some that the oldest does not.
    declared = set(api.declared_errors(operation))
    newer = {"DeviceKeyExistsException", "FeatureUnavailableInTierException"}
    assert declared & UNDECLARED[operation].keys() <= newer
