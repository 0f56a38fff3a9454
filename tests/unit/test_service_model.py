from __future__ import annotations

import datetime
import subprocess
import sys
import time

import botocore.session
import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.model import StructureShape
from botocore.parsers import create_parser
from freezegun import freeze_time

from pytest_cognito_devices import errors_of, service_model


@pytest.mark.parametrize("spelling", ["ListDevices", "list_devices"])
def test_both_spellings_of_an_operation_are_understood(spelling):
    assert service_model.canonical(spelling) == "ListDevices"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            "ListDevice",
            "'ListDevice' is not an operation of cognito-idp; did you mean 'ListDevices'?",
        ),
        ("frobnicate", "'frobnicate' is not an operation of cognito-idp."),
        ([7], "[7] is not an operation of cognito-idp."),
    ],
)
def test_anything_else_is_refused_with_the_nearest_name(wrong, message):
    with pytest.raises(ValueError) as refused:
        service_model.canonical(wrong)
    assert str(refused.value) == message


def test_errors_of_are_those_of_the_installed_botocore():
    declared = [
        shape.name
        for shape in botocore.session.Session()
        .get_service_model("cognito-idp")
        .operation_model("ConfirmDevice")
        .error_shapes
    ]
    assert errors_of("confirm_device") == sorted(declared)
    assert "UserNotConfirmedException" in errors_of("ConfirmDevice")


def test_a_model_that_a_client_has_read_is_not_read_again():
    program = """
import boto3, botocore.loaders
from pytest_cognito_devices import FakeCognito

client = boto3.client("cognito-idp", region_name="us-east-1")
read = []
loader = botocore.loaders.JSONFileLoader
load = loader.load_file
loader.load_file = lambda self, path: read.append(path) or load(self, path)
with FakeCognito() as cognito:
    token = cognito.add_user("ada", devices=1).access_token
    assert len(client.list_devices(AccessToken=token)["Devices"]) == 1
assert not any("cognito-idp" in path for path in read), read
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_and_only_one_is_taken(monkeypatch):
    monkeypatch.setattr(service_model, "_model", None)
    first, second = (botocore.session.Session().get_service_model("cognito-idp") for _ in "12")
    service_model.lend(first)
    service_model.lend(second)
    assert service_model.service_model() is first


@pytest.mark.parametrize(
    ("operation", "only"),
    [
        ("ListDevices", True),
        ("ConfirmDevice", True),
        ("AdminUpdateUserAttributes", True),
        ("InitiateAuth", True),
        ("SetUICustomization", False),
        ("UpdateManagedLoginBranding", False),
    ],
)
def test_what_json_has_as_it_is(operation, only):
    """A picture, and a document with pictures in a list, are bytes."""
    if operation not in service_model.service_model().operation_names:
        pytest.skip("not in the oldest botocore")
    assert service_model.takes_json_only(operation) is only


def test_nobody_knows_what_an_operation_of_other_models_takes():
    assert not service_model.takes_json_only("ListGizmos")


def test_documents_are_not_looked_into():
    described = {"type": "structure", "members": {}, "document": True}
    shape = StructureShape("Any", described)
    assert not service_model._is_of_json(shape)


def test_the_documentation_of_an_error_is_its_first_sentence_without_marks():
    assert service_model.documentation_of("UserNotFoundException") == (
        "This exception is thrown when a user isn't found."
    )


def test_the_status_of_an_error_is_500_for_a_fault_of_the_service():
    assert service_model.status_of("InternalErrorException") == 500
    assert service_model.status_of("UserNotFoundException") == 400
    # Of a client that has another model.
    assert service_model.status_of("BrandNewException") == 400


def test_an_operation_without_parameters_has_no_members(monkeypatch):
    class Model:
        input_shape = None

    monkeypatch.setattr(service_model, "operation_model", lambda _: Model)
    assert service_model.members_of.__wrapped__("Anything") == frozenset()


@pytest.mark.parametrize("what", ["ReadTimeoutError", ReadTimeoutError])
def test_a_fault_is_given_by_name_or_as_a_class(what):
    fault = service_model.botocore_fault(what)
    made = service_model.happening(fault, "https://example.com/")
    assert type(made) is ReadTimeoutError
    assert str(made) == 'Read timeout on endpoint URL: "https://example.com/"'


def test_a_fault_may_be_ready_made():
    made = ReadTimeoutError(endpoint_url="somewhere")
    assert service_model.happening(service_model.botocore_fault(made), "https://x/") is made


@pytest.mark.parametrize("what", ["ValueError", ValueError, ValueError("no"), "NoSuchError", 7])
def test_other_exceptions_are_no_faults(what):
    assert service_model.botocore_fault(what) is None


def parsed_by_botocore(operation, body):
    import json

    shape = service_model.operation_model(operation).output_shape
    response = {"status_code": 200, "headers": {}, "body": json.dumps(body).encode()}
    parsed = create_parser("json").parse(response, shape)
    del parsed["ResponseMetadata"]
    return parsed


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("ForgetDevice", {}),
        ("ListDevices", {"Devices": []}),
        ("GetUICustomization", {"UICustomization": {"CreationDate": 1715100742}}),
        ("GetUserAttributeVerificationCode", {"CodeDeliveryDetails": {}}),
        ("ListTagsForResource", {"Tags": {"a": "b"}}),
        ("InitiateAuth", {"ChallengeParameters": {"SALT": "00"}, "AvailableChallenges": ["A"]}),
        (
            "DescribeManagedLoginBranding",
            {"ManagedLoginBranding": {"Assets": [{"Bytes": "aGVsbG8="}]}},
        ),
        (
            "DescribeIdentityProvider",
            {"IdentityProvider": {"ProviderDetails": {"a": "b"}, "IdpIdentifiers": ["x"]}},
        ),
    ],
)
def test_parsing_does_what_botocore_does(operation, body):
    if operation not in service_model.service_model().operation_names:
        operation, body = "DescribeUserPool", {"UserPool": {"CreationDate": 1715100742.5}}
    assert service_model.parse_response(operation, body) == parsed_by_botocore(operation, body)


def test_a_map_of_structures_is_parsed_like_botocore_does():
    # No answer of the service has one today, but the model moves.
    from botocore.model import DenormalizedStructureBuilder

    shape = (
        DenormalizedStructureBuilder()
        .with_members(
            {
                "Map": {
                    "type": "map",
                    "key": {"type": "string"},
                    "value": {"type": "timestamp"},
                }
            }
        )
        .build_model()
    )
    parsed = service_model._structure(shape)({"Map": {"a": 1715100742}})
    assert parsed["Map"]["a"].timestamp() == 1715100742
    assert service_model._to_wire(shape, parsed) == {"Map": {"a": 1715100742.0}}


def test_a_date_is_of_the_class_and_the_zone_of_the_moment(monkeypatch):
    def parse():
        body = {"UserPool": {"CreationDate": 1715100742.022}}
        return service_model.parse_response("DescribeUserPool", body)["UserPool"]["CreationDate"]

    real = parse()
    assert type(real) is datetime.datetime
    assert real.timestamp() == 1715100742.022
    with freeze_time("2026-01-01"):
        assert type(parse()) is datetime.datetime
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert parse().utcoffset() == datetime.timedelta(hours=5.5)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_canned_answer_is_written_as_a_client_gets_it():
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    response = {
        "ResponseMetadata": {"HTTPStatusCode": 200},
        "Devices": [{"DeviceKey": "k", "DeviceCreateDate": moment}],
    }
    assert service_model.to_wire("ListDevices", response) == {
        "Devices": [{"DeviceKey": "k", "DeviceCreateDate": 1767225600.0}]
    }
    assert service_model.to_wire("ForgetDevice", {}) == {}


@pytest.mark.parametrize(("given", "wire"), [(b"hello", "aGVsbG8="), ("hello", "aGVsbG8=")])
def test_a_blob_becomes_base64(given, wire):
    from botocore.model import DenormalizedStructureBuilder

    shape = DenormalizedStructureBuilder().with_members({"B": {"type": "blob"}}).build_model()
    assert service_model._to_wire(shape, {"B": given}) == {"B": wire}


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
        service_model.to_wire(operation, response)
    assert str(refused.value) == message


def test_a_canned_answer_may_leave_out_what_nobody_reads():
    assert service_model.to_wire("GetUser", {"Username": "ada"}) == {"Username": "ada"}


def test_datetimes_are_not_kept_without_end(monkeypatch):
    monkeypatch.setattr(service_model, "_DATETIMES_KEPT", 2)
    datetimes = service_model._Datetimes()
    assert [datetimes[seconds].timestamp() for seconds in range(5)] == [0, 1, 2, 3, 4]
    assert len(datetimes) <= 2
