from __future__ import annotations

import pytest
from botocore.exceptions import ReadTimeoutError

from pytest_cognito_devices.testing.faults import botocore_fault, raised_by


@pytest.mark.parametrize("what", ["ReadTimeoutError", ReadTimeoutError])
def test_a_fault_is_given_by_name_or_as_a_class(what):
    fault = botocore_fault(what)
    made = raised_by(fault, "https://example.com/")
    assert type(made) is ReadTimeoutError
    assert str(made) == 'Read timeout on endpoint URL: "https://example.com/"'


def test_what_its_message_shows_beside_the_address_is_simulated():
    made = raised_by(botocore_fault("EndpointConnectionError"), "https://x/")
    assert made.kwargs == {"endpoint_url": "https://x/"}
    made = raised_by(botocore_fault("ProxyConnectionError"), "https://x/")
    assert made.kwargs == {"proxy_url": "https://x/"}
    assert raised_by(botocore_fault("HTTPClientError"), "").kwargs == {"error": "simulated"}


def test_a_fault_may_be_ready_made():
    made = ReadTimeoutError(endpoint_url="somewhere")
    assert raised_by(botocore_fault(made), "https://x/") is made


@pytest.mark.parametrize("what", ["ValueError", ValueError, ValueError("no"), "NoSuchError", 7])
def test_other_exceptions_are_no_faults(what):
    assert botocore_fault(what) is None
