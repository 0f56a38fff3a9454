"""What the service answers to an HTTP request, whichever library sends it."""

from __future__ import annotations

import asyncio
import json
import random
import string

import httpx
import jwt
import pytest
import requests
import urllib3

from clients import URL, context, headers
from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service.texts import NO_OPERATION
from pytest_cognito_devices.transports.http.protocol import MAX_BODY

LIST = headers("ListDevices")


def by_aiohttp(url):
    aiohttp = pytest.importorskip("aiohttp")

    async def get():
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return await response.json()

    return asyncio.run(get())


async def by_async_httpx(url):
    async with httpx.AsyncClient(verify=context()) as client:
        return (await client.get(url)).json()


GETS = {
    "requests": lambda url: requests.get(url, timeout=5).json(),
    "urllib3": lambda url: json.loads(urllib3.PoolManager().request("GET", url).data),
    "httpx": lambda url: httpx.get(url, verify=context()).json(),
    "async httpx": lambda url: asyncio.run(by_async_httpx(url)),
    "aiohttp": by_aiohttp,
}


@pytest.fixture
def cognito():
    with FakeCognito(user_pool_id="us-east-1_Example") as cognito:
        yield cognito


def post(body, headers=LIST, url=URL, method="POST"):
    return requests.request(method, url, headers=headers, data=body, timeout=5)


class TestAnswers:
    def test_have_the_headers_of_the_service(self, cognito):
        token = cognito.add_user("ada").access_token
        answer = post(json.dumps({"AccessToken": token}))
        assert [*answer.headers] == [
            "Date",
            "Content-Type",
            "x-amzn-RequestId",
            "Content-Length",
            "Connection",
        ]
        assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
        assert answer.reason == "OK"

    def test_of_errors_have_two_more(self, cognito):
        answer = post('{"AccessToken": "abc"}')
        error = cognito.calls.last.error
        assert answer.status_code == 400
        assert answer.headers["x-amzn-ErrorType"] == f"{error.code}:"
        assert answer.headers["x-amzn-ErrorMessage"] == error.message
        assert answer.json() == {"__type": error.code, "message": error.message}

    def test_have_headers_of_ascii_alone(self, cognito):
        cognito.simulate(
            "NotAuthorizedException", on="ListDevices", message="No,\r\nX-Mine: \u2603"
        )
        answer = post('{"AccessToken": "abc"}')
        assert answer.headers["x-amzn-ErrorMessage"] == r"No,\r\nX-Mine: \u2603"
        assert answer.json()["message"] == "No,\r\nX-Mine: \u2603"

    def test_without_members_are_empty(self, cognito):
        ada = cognito.add_user("ada", devices=1)
        params = {"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key}
        answer = post(json.dumps(params), headers("ForgetDevice"))
        assert (answer.status_code, answer.content) == (200, b"")

    @pytest.mark.parametrize(
        "kind",
        [
            "application/x-amz-json-1.1",
            "application/x-amz-json-1.0",
            "Application/X-Amz-Json-1.1; charset=utf-8",
        ],
    )
    def test_are_for_both_kinds_of_json(self, cognito, kind):
        token = cognito.add_user("ada").access_token
        answer = post(json.dumps({"AccessToken": token}), {**LIST, "Content-Type": kind})
        assert answer.json() == {"Devices": []}


class TestRefused:
    @pytest.mark.parametrize(
        ("why", "request_"),
        [
            ("unknown operation", {"headers": headers("DropPool")}),
            ("unknown operation", {"headers": headers("list_devices")}),
            ("unknown operation", {"headers": {**LIST, "X-Amz-Target": "Other.ListDevices"}}),
            ("unknown operation", {"headers": {"Content-Type": LIST["Content-Type"]}}),
            ("unknown operation", {"method": "PUT"}),
            ("too large", {"body": json.dumps({"AccessToken": "a" * MAX_BODY})}),
            ("malformed JSON", {"body": ""}),
            ("malformed JSON", {"body": "{"}),
            ("malformed JSON", {"body": '{"Limit": NaN}'}),
            ("malformed JSON", {"body": "[" * 100_000}),
            ("malformed JSON", {"body": b'{"AccessToken": "\xff"}'}),
            ("malformed JSON", {"body": '{"AccessToken": "a"}'.encode("utf-16")}),
            ("malformed JSON", {"body": f'{{"Limit": {"1" * 5000}}}'}),
            ("no JSON object", {"body": "[]"}),
            ("no JSON object", {"body": "null"}),
            ("no JSON object", {"body": '"ListDevices"'}),
        ],
    )
    def test_what_is_no_call_of_an_operation(self, cognito, why, request_):
        answer = post(**{"body": "{}", **request_})
        text = NO_OPERATION[why]
        key = "Message" if text.code == "SerializationException" else "message"
        assert answer.status_code == text.status
        assert answer.json() == {"__type": text.code, key: text.message}
        assert len(cognito.calls) == 0

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
    def test_what_speaks_another_protocol(self, cognito, kind):
        answer = post("{}", {**LIST, "Content-Type": kind})
        assert answer.status_code == 404
        assert answer.json() == {
            "Output": {"__type": "com.amazon.coral.service#UnknownOperationException"},
            "Version": "1.0",
        }
        assert len(cognito.calls) == 0

    def test_the_report_tells_why(self, cognito):
        post("{}", {**LIST, "Content-Type": "application/json"})
        post("{", LIST)
        requests.get(URL, timeout=5)
        target = "x-amz-target: AWSCognitoIdentityProviderService.ListDevices"
        assert cognito.log().splitlines() == [
            "Nothing was called.",
            "hint: no call, for this reason: wrong content type:"
            f" POST {URL} with {target}, content-type: application/json",
            "hint: no call, for this reason: malformed JSON:"
            f" POST {URL} with {target}, content-type: application/x-amz-json-1.1",
            f"hint: no pool publishes {URL}",
        ]

    def test_a_call_that_is_not_implemented(self, cognito):
        with pytest.raises(UnhandledOperation):
            post('{"UserPoolId": "us-east-1_Example"}', headers("ListIdentityProviders"))
        assert cognito.calls.last.operation == "ListIdentityProviders"


class TestHosts:
    @pytest.mark.parametrize(
        ("host", "region"),
        [
            ("cognito-idp.eu-west-1.amazonaws.com", "eu-west-1"),
            ("cognito-idp-fips.us-west-2.amazonaws.com", "us-west-2"),
            ("cognito-idp.eu-west-1.api.aws", "eu-west-1"),
            ("cognito-idp-fips.us-east-2.api.aws", "us-east-2"),
            ("cognito-idp.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("COGNITO-IDP.eu-west-1.amazonaws.com", "eu-west-1"),
        ],
    )
    def test_name_the_region(self, cognito, host, region):
        post("{}", url=f"https://{host}/")
        assert cognito.calls.last.region == region

    def test_of_an_applications_own_are_at_home_with_the_first_pool(self, cognito):
        token = cognito.add_user("ada").access_token
        answer = post(json.dumps({"AccessToken": token}), url="http://localhost:9/any/path")
        assert answer.json() == {"Devices": []}
        assert cognito.calls.last.region == "us-east-1"

    def test_of_an_applications_own_take_the_region_from_the_signature(self, cognito):
        scope = "Credential=AKIAEXAMPLE/20261130/eu-west-1/cognito-idp/aws4_request"
        signed = {"Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"}
        post("{}", {**LIST, **signed}, url="http://localhost:9/")
        assert cognito.calls.last.region == "eu-west-1"


class TestDocuments:
    def test_the_key_set_verifies_tokens(self, cognito):
        token = cognito.add_user("ada").access_token
        keys = jwt.PyJWKClient(f"{cognito.pool.issuer}/.well-known/jwks.json")
        key = keys.get_signing_key_from_jwt(token).key
        assert jwt.decode(token, key, algorithms=["RS256"])["username"] == "ada"
        assert len(cognito.calls) == 0

    def test_one_that_an_application_keeps_verifies_those_of_every_fake(self):
        """As long as the pool has its id: the next test asks for no keys."""
        keys, verified = None, []
        for _ in range(2):
            with FakeCognito(user_pool_id="us-east-1_Example") as cognito:
                url = f"{cognito.pool.issuer}/.well-known/jwks.json"
                keys = keys or jwt.PyJWKClient(url, cache_keys=True)
                tokens = cognito.add_user("ada").sign_in()
                if verified:
                    keys.fetch_data = None  # not to be called any more
                for token in (tokens.access_token, tokens.id_token):
                    key = keys.get_signing_key_from_jwt(token).key
                    options = {"verify_aud": False}
                    verified += [jwt.decode(token, key, algorithms=["RS256"], options=options)]
        assert [each["token_use"] for each in verified] == ["access", "id"] * 2

    @pytest.mark.parametrize("get", GETS.values(), ids=GETS)
    def test_each_library_gets_the_key_set(self, cognito, get):
        token = cognito.add_user("ada").access_token
        keys = jwt.PyJWKSet.from_dict(get(f"{cognito.pool.issuer}/.well-known/jwks.json"))
        key = keys[jwt.get_unverified_header(token)["kid"]].key
        assert jwt.decode(token, key, algorithms=["RS256"])["username"] == "ada"

    def test_the_configuration_names_the_key_set(self, cognito):
        issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example"
        found = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).json()
        assert found["issuer"] == issuer
        assert found["jwks_uri"] == f"{issuer}/.well-known/jwks.json"
        assert requests.get(found["jwks_uri"], timeout=5).json() == cognito.pool.jwks

    def test_of_head_there_are_the_headers_only(self, cognito):
        url = f"{cognito.pool.issuer}/.well-known/jwks.json"
        whole, head = requests.get(url, timeout=5), requests.head(url, timeout=5)
        assert head.content == b""
        assert head.headers["Content-Length"] == str(len(whole.content))

    @pytest.mark.parametrize("pool_id", ["us-east-1_Another", "eu-west-1_Example"])
    def test_there_is_none_of_an_unknown_pool(self, cognito, pool_id):
        answer = requests.get(f"{URL}{pool_id}/.well-known/jwks.json", timeout=5)
        assert answer.status_code == 400
        assert answer.json()["__type"] == "ResourceNotFoundException"

    def test_of_another_region_there_is_none(self, cognito):
        url = "https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_Example"
        answer = requests.get(f"{url}/.well-known/jwks.json", timeout=5)
        assert answer.json()["__type"] == "ResourceNotFoundException"

    @pytest.mark.parametrize(("path", "status"), [("", 404), ("us-east-1_Example/oauth2", 400)])
    def test_another_path_is_not_understood(self, cognito, path, status):
        answer = requests.get(f"{URL}{path}", timeout=5)
        assert answer.status_code == status
        assert answer.json() == {
            "code": "BadRequest",
            "message": "The server did not understand the operation that was requested.",
            "type": "client",
        }


def test_whatever_is_sent_there_is_an_answer(cognito, inputs):
    """Bytes, headers and paths at random, a tenth of each request spoiled."""
    chance = random.Random(inputs)
    token = cognito.add_user("ada", devices=2).access_token
    operations = ["ListDevices", "GetDevice", "InitiateAuth", "GetUser", "Nothing", ""]

    def junk():
        return "".join(chance.choices(string.printable, k=chance.randrange(20)))

    def value(depth=0):
        if depth < 3 and chance.random() < 0.3:
            return {junk(): value(depth + 1) for _ in range(chance.randrange(3))}
        return chance.choice([None, True, 0, -1, 1e300, 10**30, token, junk(), [], [junk()], {}])

    def body():
        names = ["AccessToken", "Limit", "DeviceKey", "AuthFlow", "ClientId", "AuthParameters"]
        text = json.dumps({name: value() for name in chance.sample(names, 3)}).encode()
        if chance.random() < 0.3:
            at = chance.randrange(len(text))
            text = text[:at] + chance.randbytes(chance.randrange(4)) + text[at + 1 :]
        return text

    with requests.Session() as session:
        for _ in range(inputs):
            kind = chance.choice([LIST["Content-Type"], "application/json", "x"])
            target = f"AWSCognitoIdentityProviderService.{chance.choice(operations)}"
            path = "".join(chance.choices("/._-%?#" + string.ascii_letters, k=8))
            method = chance.choice(["POST", "POST", "POST", "GET", "HEAD", "PUT", "DELETE"])
            answer = session.request(
                method,
                f"{URL}{path}",
                headers={"Content-Type": kind, "X-Amz-Target": target},
                data=body(),
                timeout=5,
            )
            assert answer.status_code in {200, 400, 404, 413}, answer.content
            assert answer.status_code == 200 or method == "HEAD" or answer.json()
