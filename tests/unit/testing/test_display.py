from __future__ import annotations

import pytest

from pytest_cognito_devices.testing.display import count, show_params, show_response


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


def test_counts():
    assert [count(number, "call") for number in (0, 1, 2)] == ["0 calls", "1 call", "2 calls"]
