from __future__ import annotations

from types import SimpleNamespace

import pytest

from pytest_cognito_devices.service import api
from pytest_cognito_devices.testing.display import (
    count,
    show_params,
    show_response,
    show_sent,
    unknown_parameters,
)


def test_secrets_are_shortened():
    params = {
        "AccessToken": "eyJraWQiOiJ0ZXN0In0.e30.c2lnbg",
        "Session": "short",
        "DeviceKey": "us-east-1_596db07d-793a-4070-8140-27f321ccf01c",
        "DeviceName": "Ada's phone, which has a name of more than sixty characters, as nobody has",
        "DeviceSecretVerifierConfig": {"Salt": "c2FsdHNhbHRzYWx0", "PasswordVerifier": "short"},
        "ChallengeResponses": {"USERNAME": "ada", "PASSWORD": "hunter2", "ANSWER": "42"},
        "UserAttributes": [{"Name": "custom:note", "Value": "x" * 60}],
    }
    assert show_params(params) == (
        "AccessToken='eyJ…c2lnbg', Session='short',"
        " DeviceKey='us-east-1_596db07d-793a-4070-8140-27f321ccf01c',"
        ' DeviceName="Ada\'s ph…",'
        " DeviceSecretVerifierConfig={'Salt': '…', 'PasswordVerifier': '…'},"
        " ChallengeResponses={'USERNAME': 'ada', 'PASSWORD': '…', 'ANSWER': '…'},"
        " UserAttributes=[{'Name': 'custom:note', 'Value': 'xxxxxxxx…'}]"
    )


@pytest.mark.parametrize(
    ("response", "shown"),
    [
        ({}, "ok"),
        ({"Devices": []}, "0 devices"),
        ({"Devices": [{}]}, "1 device"),
        ({"Devices": [{}, {}], "PaginationToken": "x"}, "2 devices, more to come"),
        ({"Users": [{}], "PaginationToken": "x"}, "1 user, more to come"),
        ({"UserPools": [{}, {}], "NextToken": "x"}, "2 user pools, more to come"),
        ({"UserPoolClients": []}, "0 app clients"),
        ({"ChallengeName": "SMS_MFA"}, "SMS_MFA is asked for"),
        ({"AuthenticationResult": {}}, "tokens"),
        ({"AuthenticationResult": {"NewDeviceMetadata": {}}}, "tokens and a new device key"),
        ({"UserConfirmationNecessary": False}, "confirmed and remembered"),
        ({"UserConfirmationNecessary": True}, "confirmed, not remembered yet"),
    ],
)
def test_what_an_answer_tells(response, shown):
    assert show_response(response) == shown


class Strange:
    def __repr__(self):
        return "half \ud800 a pair"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\ud800", r"'\ud800'"),
        ("a\x00b\x1b[31m\n", r"'a\x00b\x1b[31m\n'"),
        (Strange(), r"half \ud800 a pair"),
        ({"\udcff": ["\udcff"]}, r"{'\udcff': ['\udcff']}"),
        (10**5000, "<int>"),
        ([10**5000], "[<int>]"),
    ],
    ids=range(6),
)
def test_what_cannot_be_written_is_escaped(value, shown):
    assert show_params({"Name": value}) == f"Name={shown}"
    assert show_params({"\ud800": value}) == f"\\ud800={shown}"


@pytest.mark.parametrize(
    ("operation", "sent", "shown", "told"),
    [
        ("ListDevices", {"Limit": 5}, "Limit=5", []),
        (
            "ListDevices",
            {"limit": 5, "accessToken": "hunter2", "AccessToken": "abc"},
            "limit='…', accessToken='…', AccessToken='abc'",
            [
                "ListDevices has no parameter 'limit'; did you mean 'Limit'?",
                "ListDevices has no parameter 'accessToken'; did you mean 'AccessToken'?",
            ],
        ),
        (
            "ListDevices",
            {"Pass": {"word": ["hunter2"]}},
            "Pass='…'",
            ["ListDevices has no parameter 'Pass'. It has: AccessToken, Limit, PaginationToken."],
        ),
        (
            "ConfirmDevice",
            {"DeviceSecretVerifierConfig": {"salt": "abc", "Salt": "abc"}},
            "DeviceSecretVerifierConfig={'salt': '…', 'Salt': '…'}",
            ["DeviceSecretVerifierConfig has no parameter 'salt'; did you mean 'Salt'?"],
        ),
        (
            "AdminUpdateUserAttributes",
            {"UserAttributes": [{"Name": "a", "value": "b"}, "c"], "ClientMetadata": {"d": "e"}},
            "UserAttributes=[{'Name': 'a', 'value': '…'}, 'c'], ClientMetadata={'d': 'e'}",
            ["UserAttributes has no parameter 'value'; did you mean 'Value'?"],
        ),
        (
            "InitiateAuth",
            {"AuthParameters": {"USERNAME": "ada", "Pass": "hunter2", "DEVICE_KEY": "us_1"}},
            "AuthParameters={'USERNAME': 'ada', 'Pass': '…', 'DEVICE_KEY': 'us_1'}",
            [],
        ),
        (
            "RespondToAuthChallenge",
            {"ChallengeResponses": {"userAttributes.name": "Ada", "my": ["x"]}, "Session": None},
            "ChallengeResponses={'userAttributes.name': 'Ada', 'my': '…'}, Session=None",
            [],
        ),
        ("InitiateAuth", {"AuthParameters": '{"PASSWORD": "x"}'}, "AuthParameters='…'", []),
        ("InitiateAuth", {"AuthParameters": ["x"]}, "AuthParameters='…'", []),
    ],
)
def test_what_the_operation_does_not_have_is_hidden(operation, sent, shown, told):
    """It may be a password with its name misspelled."""
    assert show_sent(operation, sent) == shown
    assert unknown_parameters(operation, sent) == told


def test_counts():
    assert [count(number, "call") for number in (0, 1, 2)] == ["0 calls", "1 call", "2 calls"]


def test_an_operation_that_takes_nothing(monkeypatch):
    """There is none yet; a newer service model may have one."""
    monkeypatch.setattr(api, "operation_model", lambda _: SimpleNamespace(input_shape=None))
    assert show_sent("ListRegions", {"Limit": 5}) == "Limit=5"
    assert unknown_parameters("ListRegions", {"Limit": 5}) == []
