"""What stands on the wire, and the constraints of the service model: section 1."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any, NamedTuple

import pytest

from targets import UNKNOWN_KEY, refusal, words

KEY_PATTERN = r"[\w-]+_[0-9a-f-]+"
TOKEN_PATTERN = "[A-Za-z0-9-_=.]+"


class Answer(NamedTuple):
    """An answer of HTTP."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.json["__type"], self.json["message"]


@pytest.fixture
def post(target):
    """Call an operation by HTTP alone, without a signature."""

    def post(operation, params, kind="application/x-amz-json-1.1"):
        target.calls += 1
        request = urllib.request.Request(
            target.client.meta.endpoint_url,
            data=json.dumps(params).encode(),
            headers={
                "Content-Type": kind,
                "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    return post


def violation(*broken):
    """The error for constraints that a call breaks: pairs of what is at fault and what must be."""
    told = "; ".join(
        f"{what} failed to satisfy constraint: Member must {rule}" for what, rule in broken
    )
    errors = "error" if len(broken) == 1 else "errors"
    return "InvalidParameterException", f"{len(broken)} validation {errors} detected: {told}"


def pattern(what, rule):
    return what, f"satisfy regular expression pattern: {rule}"


# Answers.


@pytest.mark.fact("1", "documented: the service model")
def test_json(post, ada):
    """Answers are JSON of the content type application/x-amz-json-1.1."""
    answer = post("ListDevices", {"AccessToken": ada.access_token})
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert (answer.status, answer.json) == (200, {"Devices": []})


@pytest.mark.fact("1", "documented: the service model, authtype none")
@pytest.mark.parametrize("operation", ["ListDevices", "GetUser", "GlobalSignOut"])
def test_unsigned(post, ada, operation):
    """Operations of users need no signature."""
    assert post(operation, {"AccessToken": ada.access_token}).status == 200


@pytest.mark.fact("1", "documented: the service model, authtype none")
def test_sign_in_is_unsigned(post, ada):
    """InitiateAuth needs no signature."""
    parameters = {"USERNAME": ada.username, "PASSWORD": ada.srp.password}
    answer = post(
        "InitiateAuth",
        {**ada.common, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters},
    )
    assert "AuthenticationResult" in answer.json


@pytest.mark.fact("1", "observed: amazon-cognito-identity-js#388")
def test_the_body_of_an_error(post):
    """An error is HTTP 400 with the bare code as __type and the words as message."""
    answer = post("ListDevices", {"AccessToken": "abc"})
    code, message = words("ACCESS_TOKEN_NOT_ONE")
    assert (answer.status, answer.json) == (400, {"__type": code, "message": message})


@pytest.mark.fact("1", "observed: public code samples")
def test_the_headers_of_an_error(post):
    """An error has its code, with a colon, and its words in headers."""
    answer = post("ListDevices", {"AccessToken": "abc"})
    code, message = words("ACCESS_TOKEN_NOT_ONE")
    assert answer.headers["x-amzn-errortype"] == f"{code}:"
    assert answer.headers["x-amzn-errormessage"] == message


@pytest.mark.fact("1", "observed: public code samples")
def test_request_ids(post, ada):
    """Every answer has a request id of its own."""
    ids = [
        post("ListDevices", {"AccessToken": token}).headers["x-amzn-requestid"]
        for token in (ada.access_token, ada.access_token, "abc")
    ]
    assert len({*ids} - {None}) == 3


@pytest.mark.fact("1", "documented: the service model has no output shape")
def test_forgetting_answers_nothing(post, ada):
    """ForgetDevice answers with an empty body."""
    key = ada.add_device()
    answer = post("ForgetDevice", {"AccessToken": ada.access_token, "DeviceKey": key})
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.fact("1", "documented: the shape; assumed: the bytes")
def test_updating_answers_an_empty_object(post, ada):
    """UpdateDeviceStatus answers with an empty object."""
    params = {"AccessToken": ada.access_token, "DeviceKey": ada.add_device()}
    answer = post("UpdateDeviceStatus", {**params, "DeviceRememberedStatus": "remembered"})
    assert (answer.status, answer.json) == (200, {})


@pytest.mark.fact("1", "documented: the shape; assumed: the bytes")
def test_revoking_answers_an_empty_object(post, ada):
    """RevokeToken answers with an empty object, and so does GlobalSignOut."""
    token = ada.sign_in()["RefreshToken"]
    assert post("RevokeToken", {"ClientId": ada.app.id, "Token": token}).json == {}
    assert post("GlobalSignOut", {"AccessToken": ada.access_token}).json == {}


@pytest.mark.fact("1", "documented: API reference; observed: amplify-js, a recorded answer")
def test_dates(post, ada):
    """Dates are numbers: seconds since the epoch, with milliseconds at the most."""
    params = {"AccessToken": ada.access_token, "DeviceKey": ada.add_device()}
    device = post("GetDevice", params).json["Device"]
    for name in ("DeviceCreateDate", "DeviceLastModifiedDate", "DeviceLastAuthenticatedDate"):
        assert isinstance(device[name], (int, float))
        assert device[name] == round(device[name], 3)


@pytest.mark.fact("1", "observed: amazon-cognito-identity-js sends it when it tries again")
def test_null_in_responses(post, ada):
    """A null among ChallengeResponses counts as absent."""
    params = ada.answering(asked := ada.start_with_srp(), DEVICE_KEY=None)
    params["ChallengeResponses"].update(ada.proof(asked))
    assert "AuthenticationResult" in post("RespondToAuthChallenge", params).json


@pytest.mark.fact("1", "documented: botocore has no paginators for them")
@pytest.mark.parametrize("operation", ["list_devices", "admin_list_devices"])
def test_no_paginator(client, operation):
    """botocore cannot paginate lists of devices."""
    assert not client.can_paginate(operation)


@pytest.mark.fact("1", "observed: an integration guide")
def test_a_wrong_content_type(post):
    """A call of the content type application/json is no known operation."""
    answer = post("ListDevices", {"AccessToken": "abc"}, kind="application/json")
    assert answer.headers["x-amzn-errortype"] == "UnknownOperationException:"


@pytest.mark.fact("1", "observed: amplify-js#4738, amplify-js#5165")
def test_an_object_in_place_of_a_text(post):
    """A parameter of another JSON type is a SerializationException."""
    answer = post("ListDevices", {"AccessToken": {}})
    assert answer.status == 400
    assert answer.headers["x-amzn-errortype"] == "SerializationException:"


# Constraints.


@pytest.mark.fact("1.1", "observed: anomalyco/guide#127, the form; assumed: this instance")
@pytest.mark.parametrize(
    "key", ["abc", "a1b2c3d4-5678-90ab-cdef", "us-west-2_EXAMPLE-a1b2c3d4-EXAMPLE22222"]
)
def test_a_malformed_key(client, ada, key):
    """A device key has to match its pattern; AWS's example and keys without region do not."""
    said = refusal(client.get_device, AccessToken=ada.access_token, DeviceKey=key)
    assert said == violation(pattern(f"Value '{key}' at 'deviceKey'", KEY_PATTERN))


@pytest.mark.fact("1.1", "observed: anomalyco/guide#127")
def test_a_malformed_pool_id(client):
    """The id of a pool has to match its pattern, and the text shows it."""
    said = refusal(client.admin_list_devices, UserPoolId="my-pool", Username="ada")
    shown = pattern("Value 'my-pool' at 'userPoolId'", r"[\w-]+_[0-9a-zA-Z]+")
    assert said == violation(shown)


@pytest.mark.fact("1.1", "observed: boto/boto3#3581")
def test_a_malformed_client_id(client, ada):
    """The text shows the id of a client, although the model calls it sensitive."""
    said = refusal(
        client.initiate_auth,
        ClientId="ap-northeast-1_xxxxxxxxx",
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": ada.username, "PASSWORD": "wrong"},
    )
    assert said == violation(pattern("Value 'ap-northeast-1_xxxxxxxxx' at 'clientId'", r"[\w+]+"))


@pytest.mark.fact("1.1", "observed: public code samples")
def test_an_empty_access_token(client):
    """An empty access token breaks its pattern."""
    said = refusal(client.list_devices, AccessToken="")
    assert said == violation(pattern("Value at 'accessToken'", TOKEN_PATTERN))


@pytest.mark.fact("1.1", "observed: public code samples")
def test_a_sensitive_value(client):
    """The text does not show an access token."""
    assert "secret" not in refusal(client.list_devices, AccessToken="a secret")[1]


@pytest.mark.fact("1.1", "observed: amazon-cognito-identity-js#388, the form")
def test_two_violations(client):
    """The text counts the broken constraints, by the names of their members, with semicolons."""
    said = refusal(client.get_device, AccessToken="?", DeviceKey="?")
    assert said == violation(
        pattern("Value at 'accessToken'", TOKEN_PATTERN),
        pattern("Value '?' at 'deviceKey'", KEY_PATTERN),
    )


@pytest.mark.fact("12.2", "observed: boto3#1356, aws-sdk-js#2193")
def test_too_high_a_limit(client, ada):
    """A limit above 60 is refused."""
    said = refusal(client.list_devices, AccessToken=ada.access_token, Limit=100)
    assert said == violation(("Value '100' at 'limit'", "have value less than or equal to 60"))


@pytest.mark.fact("12.2", "observed: boto3#1356, aws-sdk-js#2193")
def test_too_low_a_limit(post, ada):
    """A limit below 0 is refused."""
    answer = post("ListDevices", {"AccessToken": ada.access_token, "Limit": -1})
    assert answer.error == violation(
        ("Value '-1' at 'limit'", "have value greater than or equal to 0")
    )


@pytest.mark.fact("1.1", "observed: amazon-cognito-identity-js#103, the form, in 2016")
def test_too_long_a_name(client, ada):
    """A name of more than 1024 characters is refused."""
    said = refusal(
        client.confirm_device,
        AccessToken=ada.access_token,
        DeviceKey=UNKNOWN_KEY,
        DeviceName="a" * 1025,
    )
    shown = f"Value '{'a' * 1025}' at 'deviceName'"
    assert said == violation((shown, "have length less than or equal to 1024"))


@pytest.mark.fact("1.1", "documented: the service model")
def test_the_longest_name(ada):
    """A name of 1024 characters is taken."""
    ada.add_device(DeviceName="a" * 1024)


@pytest.mark.fact("1.1", "assumed: the words of other services of AWS, and the order of values")
def test_an_unknown_status(client, ada):
    """A status that the model does not know is refused with the set of those it does."""
    said = refusal(
        client.update_device_status,
        AccessToken=ada.access_token,
        DeviceKey=UNKNOWN_KEY,
        DeviceRememberedStatus="forgotten",
    )
    assert said == violation(
        (
            "Value 'forgotten' at 'deviceRememberedStatus'",
            "satisfy enum value set: [remembered, not_remembered]",
        )
    )


@pytest.mark.fact("1.1", "assumed: the words of other services of AWS")
def test_a_missing_key(post, ada):
    """A call without a parameter that it must have is told that the value is null."""
    answer = post("GetDevice", {"AccessToken": ada.access_token})
    assert answer.error == violation(("Value null at 'deviceKey'", "not be null"))


@pytest.mark.fact("1.1", "assumed: the words of other services of AWS")
def test_a_missing_token(post):
    """Where a sensitive value is missing, the text does not say that it is null."""
    answer = post("ListDevices", {})
    assert answer.error == violation(("Value at 'accessToken'", "not be null"))


@pytest.mark.fact("1.1", "documented: the service model")
@pytest.mark.parametrize("length", [56, 55])
def test_the_length_of_a_key(client, ada, length):
    """A device key has at most 55 characters."""
    key = f"us-east-1_{'a' * (length - 10)}"
    said = refusal(client.get_device, AccessToken=ada.access_token, DeviceKey=key)
    too_long = (f"Value '{key}' at 'deviceKey'", "have length less than or equal to 55")
    assert said == (violation(too_long) if length == 56 else words("DEVICE_NOT_FOUND"))


@pytest.mark.fact("1.1", "assumed: as in other services of AWS")
def test_constraints_come_first(client):
    """A broken constraint comes before a wrong token."""
    said = refusal(client.get_device, AccessToken="abc", DeviceKey="abc")
    assert said == violation(pattern("Value 'abc' at 'deviceKey'", KEY_PATTERN))


@pytest.mark.fact("1.1", "documented: the service model")
def test_a_token_of_blanks(client, ada):
    """A pagination token has no blanks."""
    said = refusal(client.list_devices, AccessToken=ada.access_token, PaginationToken="a b")
    assert said[0] == "InvalidParameterException"
    assert r"regular expression pattern: [\S]+" in said[1]
