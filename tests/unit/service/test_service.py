"""What reaches the service in spite of botocore, and what the service says of it."""

from __future__ import annotations

import pytest

from catalogue import CASES


@pytest.mark.parametrize("operation", [name for name, case in CASES.items() if case.wrong])
def test_all_at_once(api, operation):
    case = CASES[operation]
    params = case.minimal | {member: value for member, value, _ in case.violations}
    with pytest.raises(api.exceptions.InvalidParameterException) as refused:
        api.client._make_api_call(operation, params)
    texts = [text for _, _, text in case.violations]
    plural = "s" if len(texts) > 1 else ""
    assert refused.value.response["Error"]["Message"] == (
        f"{len(texts)} validation error{plural} detected: {'; '.join(texts)}"
    )
    assert api.cognito.calls.last.error.code == "InvalidParameterException"
