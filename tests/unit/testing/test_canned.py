from __future__ import annotations

import datetime

import pytest
from botocore.model import DenormalizedStructureBuilder

from pytest_cognito_devices.testing import canned
from pytest_cognito_devices.testing.canned import to_wire


def test_a_canned_answer_is_written_as_a_client_gets_it():
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    response = {
        "ResponseMetadata": {"HTTPStatusCode": 200},
        "Devices": [{"DeviceKey": "k", "DeviceCreateDate": moment}],
    }
    assert to_wire("ListDevices", response) == {
        "Devices": [{"DeviceKey": "k", "DeviceCreateDate": 1767225600.0}]
    }
    assert to_wire("ForgetDevice", {}) == {}


@pytest.mark.parametrize(("given", "wire"), [(b"hello", "aGVsbG8="), ("hello", "aGVsbG8=")])
def test_a_blob_becomes_base64(given, wire):
    shape = DenormalizedStructureBuilder().with_members({"B": {"type": "blob"}}).build_model()
    assert canned._converted(shape, {"B": given}) == {"B": wire}


@pytest.mark.parametrize(
    ("operation", "response", "message"),
    [
        ("ForgetDevice", {"Device": {}}, "ForgetDevice answers nothing, not ['Device']."),
        (
            "ListDevices",
            {"Devices": {}},
            "ListDevices cannot answer that: Invalid type for parameter Devices, value: {}, type:"
            " <class 'dict'>, valid types: <class 'list'>, <class 'tuple'>",
        ),
        (
            "ListDevices",
            {"Device": []},
            'ListDevices cannot answer that: Unknown parameter in input: "Device", must be one'
            " of: Devices, PaginationToken",
        ),
    ],
)
def test_an_answer_that_the_model_does_not_allow_is_refused(operation, response, message):
    with pytest.raises(ValueError) as refused:
        to_wire(operation, response)
    assert str(refused.value) == message


def test_a_canned_answer_may_leave_out_what_nobody_reads():
    assert to_wire("GetUser", {"Username": "ada"}) == {"Username": "ada"}


def test_a_map_of_dates():
    # No answer of the service has one today, but the model moves.
    dates = {"type": "map", "key": {"type": "string"}, "value": {"type": "timestamp"}}
    shape = DenormalizedStructureBuilder().with_members({"Map": dates}).build_model()
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    assert canned._converted(shape, {"Map": {"a": moment}}) == {"Map": {"a": 1767225600.0}}


@pytest.mark.parametrize("response", [None, [], "Devices"])
def test_what_is_no_dict_is_refused(response):
    with pytest.raises(TypeError) as refused:
        to_wire("ListDevices", response)
    assert str(refused.value) == f"response must be a dict, not {response!r}"
