"""What each library does around an answer, by its own code."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import socket
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session
import httpx
import pytest
import requests
import urllib3
from botocore.config import Config
from botocore.exceptions import NoCredentialsError
from requests.adapters import HTTPAdapter

from clients import CLIENTS, HTTP, THERE, URL, headers
from pytest_cognito_devices import FakeCognito

LIST = headers("ListDevices")
UNRETRIED = Config(retries={"total_max_attempts": 1})


@pytest.fixture
def cognito():
    with FakeCognito(region="us-east-1") as cognito:
        yield cognito


@pytest.fixture
def body(cognito):
    return json.dumps({"AccessToken": cognito.add_user("ada", devices=2).access_token})


class TestRequests:
    def test_the_response_is_whole(self, cognito, body):
        seen = []
        response = requests.post(
            URL, headers=LIST, data=body, hooks={"response": lambda each, **_: seen.append(each)}
        )
        assert seen == [response]
        assert response.ok
        assert response.url == response.request.url == URL
        assert response.request.body == body
        assert response.history == []
        assert response.elapsed.total_seconds() >= 0
        assert response.json() == cognito.calls.last.response

    def test_it_can_be_streamed(self, body):
        with requests.post(URL, headers=LIST, data=body, stream=True) as response:
            assert len(json.loads(b"".join(response.iter_content(10)))["Devices"]) == 2

    def test_an_error_can_be_raised(self, cognito):
        response = requests.post(URL, headers=LIST, data='{"AccessToken": "abc"}')
        with pytest.raises(requests.HTTPError, match="400 Client Error"):
            response.raise_for_status()

    def test_a_session_from_before_has_its_say(self):
        class Auth(requests.auth.AuthBase):
            def __call__(self, request):
                request.headers["X-Mine"] = "signed"
                return request

        session = requests.Session()
        session.auth = Auth()
        with FakeCognito(region="us-east-1") as cognito:
            body = json.dumps({"AccessToken": cognito.add_user("ada").access_token})
            response = session.post(URL, headers=LIST, data=body)
        assert response.request.headers["X-Mine"] == "signed"
        assert response.json() == {"Devices": []}

    @pytest.mark.parametrize("kind", ["text", "bytes", "file", "parts"])
    def test_a_body_may_come_in_any_form(self, cognito, body, kind):
        encoded = body.encode()
        forms = {
            "text": body,
            "bytes": encoded,
            "file": io.BytesIO(encoded),
            "parts": iter([encoded[:20], encoded[20:]]),
        }
        assert requests.post(URL, headers=LIST, data=forms[kind]).ok
        assert cognito.calls.last.params == json.loads(body)

    def test_retries_are_attempts_of_one_call(self, cognito, body):
        session = requests.Session()
        retries = urllib3.Retry(total=3, status_forcelist=[500], allowed_methods=None)
        session.mount("https://", HTTPAdapter(max_retries=retries))
        cognito.simulate("InternalErrorException", on="ListDevices", times=1)
        cognito.simulate("ReadTimeoutError", on="ListDevices", times=1)
        cognito.simulate("EndpointConnectionError", on="ListDevices", times=1)
        assert session.post(URL, headers=LIST, data=body).ok
        (call,) = cognito.calls
        assert (call.attempts, call.error) == (4, None)

    def test_nobody_waits_between_attempts(self, cognito, body):
        session = requests.Session()
        retries = urllib3.Retry(
            total=4, backoff_factor=60, status_forcelist=[500], allowed_methods=None
        )
        session.mount("https://", HTTPAdapter(max_retries=retries))
        cognito.simulate("InternalErrorException", on="ListDevices", times=3)
        assert session.post(URL, headers=LIST, data=body, timeout=5).ok
        assert cognito.calls.last.attempts == 4

    def test_through_a_proxy(self, cognito, body):
        proxies = {"https": "http://127.0.0.1:9", "http": "http://127.0.0.1:9"}
        assert requests.post(URL, headers=LIST, data=body, proxies=proxies).ok
        http_url = URL.replace("https:", "http:")
        assert requests.post(http_url, headers=LIST, data=body, proxies=proxies).ok
        assert [call.region for call in cognito.calls] == ["us-east-1", "us-east-1"]

    def test_errors_of_ssl(self, cognito, body):
        cognito.simulate("SSLError", on="ListDevices")
        with pytest.raises(requests.exceptions.SSLError):
            requests.post(URL, headers=LIST, data=body)

    @pytest.mark.parametrize(
        "fault",
        ["ConnectionError", "HTTPClientError", "IncompleteReadError", "ResponseStreamingError"],
    )
    def test_other_faults_of_the_network(self, cognito, body, fault):
        cognito.simulate(fault, on="ListDevices")
        with pytest.raises(requests.ConnectionError):
            requests.post(URL, headers=LIST, data=body)

    def test_what_is_no_fault_of_a_network_is_raised_as_it_is(self, cognito, body):
        cognito.simulate("NoCredentialsError", on="ListDevices")
        with pytest.raises(NoCredentialsError):
            requests.post(URL, headers=LIST, data=body)


class TestUrllib3:
    def test_other_retries_wait_as_they_were_told(self):
        from pytest_cognito_devices.transports.http.urllib3 import sleep

        waited = []
        sleep(waited.append)("as told")
        assert waited == ["as told"]

    def test_a_pool_of_its_own(self, body):
        pool = urllib3.HTTPSConnectionPool("cognito-idp.us-east-1.amazonaws.com", headers=LIST)
        assert pool.urlopen("POST", "/", body).status == 200
        assert pool.num_connections == 0

    def test_without_a_body(self, cognito):
        pool = urllib3.PoolManager()
        answer = pool.request("GET", f"{cognito.pool.issuer}/.well-known/jwks.json")
        assert json.loads(answer.data) == cognito.pool.jwks

    @pytest.mark.usefixtures("cognito")
    def test_a_pool_of_another_scheme_is_left_alone(self):
        class OfAnotherScheme(urllib3.HTTPConnectionPool):
            scheme = "http+unix"

        with pytest.raises(urllib3.exceptions.NewConnectionError):
            OfAnotherScheme("127.0.0.1", 9).urlopen("GET", "/", retries=False)


class TestHttpClient:
    def test_a_connection_that_plays_an_answer_already_is_left_alone(self, cognito, body):
        """As one of urllib3 1.26, which asks `http.client` too."""
        connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
        connection.request("POST", "/", body, LIST)
        with pytest.raises(http.client.CannotSendRequest):
            connection.request("POST", "/", body, LIST)
        connection.getresponse().read()
        assert len(cognito.calls) == 1

    def test_one_connection_for_cognito_and_again(self, body):
        connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
        for _ in range(2):
            connection.request("POST", "/", body, LIST)
            answer = connection.getresponse()
            assert (answer.status, len(json.load(answer)["Devices"])) == (200, 2)

    def test_a_body_of_parts(self, cognito, body):
        connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
        connection.request("POST", "/", [body[:9].encode(), body[9:].encode()], headers=LIST)
        assert connection.getresponse().status == 200
        assert cognito.calls.last.params == json.loads(body)

    def test_an_address_within_an_address(self, cognito):
        connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
        path = f"/{cognito.pool.id}/.well-known/jwks.json?from=https://example.com"
        connection.request("GET", path)
        assert json.load(connection.getresponse()) == cognito.pool.jwks

    def test_text_is_sent_in_its_own_encoding(self, cognito):
        """Which Cognito cannot read, and which not every text has."""
        connection = http.client.HTTPSConnection("cognito-idp.us-east-1.amazonaws.com")
        connection.request("POST", "/", '{"AccessToken": "\u00e4"}', LIST)
        assert json.load(connection.getresponse())["__type"] == "SerializationException"
        with pytest.raises(UnicodeEncodeError):
            connection.request("POST", "/", '{"AccessToken": "\u2603"}', LIST)

    def test_a_tunnel(self, cognito, body):
        connection = http.client.HTTPSConnection("127.0.0.1", 9)
        connection.set_tunnel("cognito-idp.eu-west-1.amazonaws.com")
        connection.request("POST", "/", body, LIST)
        connection.getresponse().read()
        assert cognito.calls.last.region == "eu-west-1"


class TestHttpx:
    def test_the_response_is_whole(self, cognito, body):
        seen = []
        hooks = {"request": [seen.append], "response": [seen.append]}
        with httpx.Client(event_hooks=hooks) as client:
            response = client.post(URL, headers=LIST, content=body)
        assert seen == [response.request, response]
        assert response.elapsed.total_seconds() >= 0
        assert (response.http_version, response.reason_phrase) == ("HTTP/1.1", "OK")
        assert response.json() == cognito.calls.last.response

    def test_it_can_be_streamed(self, body):
        with (
            httpx.Client() as client,
            client.stream("POST", URL, headers=LIST, content=body) as response,
        ):
            assert len(json.loads(b"".join(response.iter_bytes()))["Devices"]) == 2

    def test_a_client_from_before_and_its_transport(self):
        client = httpx.Client(transport=httpx.HTTPTransport(retries=2))
        with client, FakeCognito(region="us-east-1") as cognito:
            body = json.dumps({"AccessToken": cognito.add_user("ada").access_token})
            cognito.simulate("EndpointConnectionError", on="ListDevices", times=2)
            assert client.post(URL, headers=LIST, content=body).is_success
            assert cognito.calls.last.attempts == 3

    def test_a_body_of_parts(self, cognito, body):
        parts = iter([body[:20].encode(), body[20:].encode()])
        assert httpx.post(URL, headers=LIST, content=parts).is_success
        assert cognito.calls.last.params == json.loads(body)

    def test_an_async_client(self, cognito, body):
        async def parts():
            yield body[:20].encode()
            yield body[20:].encode()

        async def main():
            transport = httpx.AsyncHTTPTransport(retries=1)
            async with httpx.AsyncClient(transport=transport) as client:
                response = await client.post(URL, headers=LIST, content=parts())
                assert response.is_success
                async with client.stream("POST", URL, headers=LIST, content=body) as stream:
                    return json.loads(await stream.aread())

        cognito.simulate("EndpointConnectionError", on="ListDevices", times=1)
        assert asyncio.run(main()) == cognito.calls.last.response
        assert [call.attempts for call in cognito.calls] == [2, 1]


@pytest.mark.skipif("aiohttp" not in THERE, reason="aiohttp is not installed.")
class TestAiohttp:
    def test_the_response_is_whole(self, cognito, body):
        import aiohttp

        async def main():
            async with aiohttp.ClientSession(raise_for_status=True) as session:
                async with session.post(URL, headers=LIST, data=body) as response:
                    assert str(response.url) == URL
                    assert response.content_type == "application/x-amz-json-1.1"
                    assert (response.method, response.ok, response.history) == ("POST", True, ())
                    parts = [part async for part in response.content.iter_chunked(10)]
                    assert json.loads(b"".join(parts)) == cognito.calls.last.response
                with pytest.raises(aiohttp.ClientResponseError, match="400"):
                    await session.post(URL, headers=LIST, data='{"AccessToken": "abc"}')

        asyncio.run(main())

    @pytest.mark.parametrize("kind", ["text", "bytes", "file", "parts"])
    def test_a_body_may_come_in_any_form(self, cognito, body, kind):
        import aiohttp

        async def parts():
            yield body[:20].encode()
            yield body[20:].encode()

        async def main():
            forms = {
                "text": body,
                "bytes": body.encode(),
                "file": io.BytesIO(body.encode()),
                "parts": parts(),
            }
            async with (
                aiohttp.ClientSession() as session,
                session.post(URL, headers=LIST, data=forms[kind]) as response,
            ):
                return json.loads(await response.read())

        assert len(asyncio.run(main())["Devices"]) == 2
        assert cognito.calls.last.params == json.loads(body)

    def test_a_body_is_replaced_in_every_version(self):
        from pytest_cognito_devices.transports.http.aiohttp import _replace_body

        class New:
            async def update_body(self, sent):
                self.body = sent

        class Old:
            body = None

        new, old = New(), Old()
        asyncio.run(_replace_body(new, b"a"))
        asyncio.run(_replace_body(old, b"a"))
        assert (new.body, old.body._value) == (b"a", b"a")

    def test_errors_of_ssl(self, cognito, body):
        import aiohttp

        async def main():
            async with aiohttp.ClientSession() as session:
                await session.post(URL, headers=LIST, data=body)

        cognito.simulate("SSLError", on="ListDevices")
        with pytest.raises(aiohttp.ClientConnectorSSLError):
            asyncio.run(main())

    def test_a_get_without_a_body(self, cognito):
        import aiohttp

        async def main():
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{cognito.pool.issuer}/.well-known/jwks.json") as response,
            ):
                return await response.json()

        assert asyncio.run(main()) == cognito.pool.jwks


class Echo(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def echo():
    """Another server of the application, which counts what comes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.seen = 0
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watched(monkeypatch):
    """The hosts that anybody looks up or connects to."""
    watched, look_up, connect = [], socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(host, *args, **options):
        watched.append(str(host))
        return look_up(host, *args, **options)

    def connecting(self, address):
        watched.append(str(address[0]))
        return connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connecting)
    return watched


@pytest.mark.parametrize("name", HTTP)
def test_other_addresses_go_where_they_went_before(cognito, echo, name):
    url, before = f"http://127.0.0.1:{echo.server_port}/", echo.seen
    to_echo = CLIENTS[name](url)
    original = sys.modules["clients"].headers
    try:
        sys.modules["clients"].headers = lambda _: {"Content-Type": "application/json"}
        assert to_echo("ListDevices", {"any": "thing"}) == ("answer", {"any": "thing"})
    finally:
        sys.modules["clients"].headers = original
    assert echo.seen == before + 1
    assert len(cognito.calls) == 0


@pytest.mark.parametrize("name", THERE)
def test_nothing_is_looked_up_or_connected_to(watched, name):
    call = CLIENTS[name](URL)
    for operation in botocore.session.Session().get_service_model("cognito-idp").operation_names:
        with FakeCognito(region="us-east-1") as cognito:
            try:
                call(operation, {})
            except (AssertionError, Exception) as error:  # noqa: BLE001  whatever became of it
                assert "cognito-idp.us-east-1" not in str(error) or name == "boto3"
            assert len(cognito.calls) <= 1
    assert not [each for each in watched if "cognito-idp" in each]


@pytest.mark.parametrize("name", HTTP)
def test_what_passes_through_goes_on(watched, name):
    call = CLIENTS[name](URL)
    with FakeCognito(region="us-east-1", unhandled="passthrough") as cognito:
        assert call("ListIdentityProviders", {"UserPoolId": cognito.pool.id}) == ("no connection",)
        cognito.respond("ListIdentityProviders", {"Providers": []})
        assert call("ListIdentityProviders", {"UserPoolId": cognito.pool.id}) == (
            "answer",
            {"Providers": []},
        )
        assert call("ListUsers", {"UserPoolId": cognito.pool.id}) == ("answer", {"Users": []})
    assert [each for each in watched if "cognito-idp" in each]


@pytest.mark.parametrize("name", [each for each in THERE if each != "aiobotocore"])
def test_many_at_once_lose_and_mix_up_nothing(cognito, name):
    call = CLIENTS[name](URL)
    users = [cognito.add_user(f"user-{number}", devices=1) for number in range(32)]
    cognito.simulate("TooManyRequestsException", on="GetUser", times=37)
    found, throttled = {}, []

    def work(user):
        for _ in range(3):
            kind, answer = call("ListDevices", {"AccessToken": user.access_token})
            assert kind == "answer"
            found.setdefault(user.username, []).append(answer["Devices"][0]["DeviceKey"])
        for _ in range(2):
            kind, *_ = call("GetUser", {"AccessToken": user.access_token})
            throttled.append(kind)

    threads = [threading.Thread(target=work, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {user.username: [user.devices[0].key] * 3 for user in users}
    assert sorted(throttled) == ["answer"] * 27 + ["error"] * 37
    assert len(cognito.calls) == 32 * 5


@pytest.mark.parametrize("kind", ["httpx", "aiohttp", "aiobotocore"])
def test_many_tasks_at_once(cognito, kind):
    if kind not in THERE:
        pytest.skip(f"{kind} is not installed.")
    token = cognito.add_user("ada", devices=1).access_token
    body = json.dumps({"AccessToken": token})
    cognito.simulate("TooManyRequestsException", on="ListDevices", times=137)

    async def by_httpx():
        async with httpx.AsyncClient() as client:
            sent = (client.post(URL, headers=LIST, content=body) for _ in range(200))
            return [each.status_code for each in await asyncio.gather(*sent)]

    async def by_aiohttp():
        import aiohttp

        async with aiohttp.ClientSession() as session:
            sent = (session.post(URL, headers=LIST, data=body) for _ in range(200))
            responses = await asyncio.gather(*sent)
            for each in responses:
                await each.read()
            return [each.status for each in responses]

    async def by_aiobotocore():
        from aiobotocore.session import get_session

        async with get_session().create_client("cognito-idp", config=UNRETRIED) as client:
            sent = (client.list_devices(AccessToken=token) for _ in range(200))
            answers = await asyncio.gather(*sent, return_exceptions=True)
            return [getattr(each, "response", each)["ResponseMetadata"] for each in answers]

    by = {"httpx": by_httpx, "aiohttp": by_aiohttp, "aiobotocore": by_aiobotocore}
    statuses = asyncio.run(by[kind]())
    if kind == "aiobotocore":
        statuses = [each["HTTPStatusCode"] for each in statuses]
    assert sorted(statuses) == [200] * 63 + [400] * 137


PLACES = """
import http.client, socket, sys
import urllib3.connectionpool
places = [
    lambda: http.client.HTTPConnection.request,
    lambda: urllib3.connectionpool.HTTPConnectionPool.urlopen,
    lambda: socket.getaddrinfo,
]
before = [place() for place in places]
"""


def run_alone(program):
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, timeout=60)


def test_no_library_is_imported_and_everything_is_put_back():
    run_alone(
        PLACES
        + """
from pytest_cognito_devices import FakeCognito

meta_path = list(sys.meta_path)
with FakeCognito(region="us-east-1") as cognito:
    cognito.add_user("ada", devices=1).access_token
    assert [place() for place in places] != before
    with FakeCognito(region="us-east-1"):
        pass
    assert [place() for place in places] != before
assert [place() for place in places] == before
assert sys.meta_path == meta_path
unwanted = {"requests", "httpx", "httpcore", "aiohttp", "moto", "responses"} & sys.modules.keys()
assert not unwanted, unwanted
"""
    )


@pytest.mark.parametrize("name", [each for each in HTTP if each not in {"urllib", "urllib3"}])
def test_a_library_that_is_imported_late_is_answered_and_put_back(name):
    module = {"requests": "requests", "aiohttp": "aiohttp"}.get(name, "httpcore")
    path = str(__file__).rpartition("/unit/")[0]
    run_alone(
        f"""
import sys
sys.path.insert(0, {path!r})
sys.modules["requests"] = None  # `clients` imports it
import types
from pytest_cognito_devices import FakeCognito
with FakeCognito(region="us-east-1") as cognito:
    del sys.modules["requests"]
    assert {module!r} not in sys.modules
    import importlib
    import clients
    library = importlib.import_module({module!r})
    call = clients.CLIENTS[{name!r}](clients.URL)
    token = cognito.add_user("ada").access_token
    assert call("ListDevices", {{"AccessToken": token}}) == ("answer", {{"Devices": []}})
    assert type(library.__loader__).__name__ == "SourceFileLoader"
    assert library.__spec__.loader is library.__loader__
answer = call("ListDevices", {{"AccessToken": token}})
assert answer == ("no connection",), answer
"""
    )


def test_two_threads_that_import_and_begin_do_not_wait_for_each_other():
    run_alone("""
import sys, threading
from pytest_cognito_devices import FakeCognito

sys.setswitchinterval(1e-6)
with FakeCognito(region="us-east-1"):
    def enter():
        for _ in range(200):
            with FakeCognito(region="us-east-1"):
                pass

    def use():
        import aiohttp, httpcore

    try:
        import aiohttp
    except ImportError:
        use = lambda: __import__("httpcore")
    threads = [threading.Thread(target=each, daemon=True) for each in (enter, use, use)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
""")


def test_import_hooks_of_others_are_asked_too():
    run_alone("""
import sys
from importlib.machinery import PathFinder
from pytest_cognito_devices import FakeCognito

class Theirs:
    seen = []

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        cls.seen.append(name)
        return None

sys.meta_path.insert(0, Theirs)
with FakeCognito(region="us-east-1"):
    import httpcore
    assert "httpcore" in Theirs.seen
    import httpx
    try:
        import nothing_of_the_kind
    except ImportError:
        pass
""")


def test_urllib_reads_the_answer_of_an_error(cognito):
    request = urllib.request.Request(URL, b"{}", LIST)
    with pytest.raises(urllib.request.HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value as answer:
        assert (answer.code, answer.reason) == (400, "Bad Request")


@pytest.mark.parametrize("inner", ["requests", "urllib3", "urllib", "httpx"])
@pytest.mark.parametrize("outer", HTTP)
def test_a_function_that_responds_may_call_by_any_client(cognito, outer, inner):
    """As the handler of a trigger may."""
    within = CLIENTS[inner](URL)
    cognito.respond(
        "ListGroups", lambda call: {"Groups": within("ListUsers", call.params)[1]["Users"]}
    )
    answer = CLIENTS[outer](URL)("ListGroups", {"UserPoolId": cognito.pool.id})
    assert answer == ("answer", {"Groups": []})
    assert [call.operation for call in cognito.calls] == ["ListGroups", "ListUsers"]
