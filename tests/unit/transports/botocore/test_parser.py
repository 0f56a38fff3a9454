from __future__ import annotations

import datetime
import json
import time

import pytest
from botocore.model import DenormalizedStructureBuilder
from botocore.parsers import create_parser
from freezegun import freeze_time

from pytest_cognito_devices.service import api
from pytest_cognito_devices.transports.botocore import parser


def parsed_by_botocore(operation, body):
    shape = api.operation_model(operation).output_shape
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
    if operation not in api.model().operation_names:
        operation, body = "DescribeUserPool", {"UserPool": {"CreationDate": 1715100742.5}}
    assert parser.parse(api.operation_model(operation), body) == parsed_by_botocore(
        operation, body
    )


def test_a_map_of_dates_is_parsed_too():
    # No answer of the service has one today, but the model moves.
    dates = {"type": "map", "key": {"type": "string"}, "value": {"type": "timestamp"}}
    shape = DenormalizedStructureBuilder().with_members({"Map": dates}).build_model()
    parsed = parser._structure(shape)({"Map": {"a": 1715100742}})
    assert parsed["Map"]["a"].timestamp() == 1715100742


def test_a_date_is_of_the_class_and_the_zone_of_the_moment(monkeypatch):
    def parse():
        body = {"UserPool": {"CreationDate": 1715100742.022}}
        return parser.parse(api.operation_model("DescribeUserPool"), body)["UserPool"][
            "CreationDate"
        ]

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
