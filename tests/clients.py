"""Every kind of client that reaches the service, as one function: a call in, a result out.

A result is what became of the call, in words that are the same for all: `("answer", body)`,
`("error", code, message)`, `("no connection",)`, `("timed out",)`, `("closed",)`.
"""

from __future__ import annotations

import asyncio
import datetime
import functools
import importlib.util
import json
import ssl
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.client import RemoteDisconnected

import botocore.session
import requests
import urllib3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

URL = "https://cognito-idp.us-east-1.amazonaws.com/"
TIMEOUT = 0.5


@functools.cache
def context():
    """One for all clients: it takes long to read the certificates that nobody looks at."""
    return ssl.create_default_context()


def headers(operation):
    return {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
    }


def result(status, content):
    """The result that an HTTP answer is."""
    body = json.loads(content) if content else {}
    if status == 200:
        return "answer", body
    return "error", body["__type"], body.get("message", body.get("Message"))


def plain(value):
    """What botocore has made of JSON, as JSON again."""
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items() if name != "ResponseMetadata"}
    return [plain(each) for each in value] if isinstance(value, list) else value


CONFIG = {"retries": {"total_max_attempts": 1}, "read_timeout": TIMEOUT}


def by_boto3(url):
    client = botocore.session.Session().create_client(
        "cognito-idp",
        region_name="us-east-1",
        endpoint_url=url,
        config=Config(signature_version=UNSIGNED, **CONFIG),
    )

    def call(operation, params):
        try:
            return "answer", plain(client._make_api_call(operation, params))
        except ClientError as error:
            return "error", error.response["Error"]["Code"], error.response["Error"]["Message"]
        except (ConnectTimeoutError, ReadTimeoutError):
            return ("timed out",)
        except EndpointConnectionError:
            return ("no connection",)
        except ConnectionClosedError:
            return ("closed",)

    call.close = client.close
    return call


def by_aiobotocore(url):
    from aiobotocore.config import AioConfig
    from aiobotocore.session import get_session

    session = get_session()

    async def send(operation, params):
        config = AioConfig(signature_version=UNSIGNED, **CONFIG)
        async with session.create_client(
            "cognito-idp", region_name="us-east-1", endpoint_url=url, config=config
        ) as client:
            try:
                return "answer", plain(await client._make_api_call(operation, params))
            except ClientError as error:
                return "error", error.response["Error"]["Code"], error.response["Error"]["Message"]
            except (ConnectTimeoutError, ReadTimeoutError):
                return ("timed out",)
            except EndpointConnectionError:
                return ("no connection",)
            except ConnectionClosedError:
                return ("closed",)

    return lambda operation, params: asyncio.run(send(operation, params))


def by_requests(url):
    def call(operation, params):
        try:
            response = requests.post(
                url, headers=headers(operation), data=json.dumps(params), timeout=TIMEOUT
            )
        except requests.Timeout:
            return ("timed out",)
        except requests.ConnectionError as error:
            return ("closed",) if "closed connection" in str(error) else ("no connection",)
        return result(response.status_code, response.content)

    return call


def by_urllib3(url):
    pool = urllib3.PoolManager(retries=False, timeout=TIMEOUT)

    def call(operation, params):
        try:
            response = pool.request(
                "POST", url, headers=headers(operation), body=json.dumps(params).encode()
            )
        except urllib3.exceptions.NewConnectionError:  # a time-out too, before 2.0
            return ("no connection",)
        except urllib3.exceptions.TimeoutError:
            return ("timed out",)
        except urllib3.exceptions.ProtocolError:
            return ("closed",)
        return result(response.status, response.data)

    call.close = pool.clear
    return call


def by_urllib(url):
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context()))

    def call(operation, params):
        request = urllib.request.Request(
            url, json.dumps(params).encode(), headers(operation), method="POST"
        )
        try:
            with opener.open(request, timeout=TIMEOUT) as response:
                return result(response.status, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return result(error.code, error.read())
        except urllib.error.URLError as error:
            is_late = isinstance(error.reason, TimeoutError)
            return ("timed out",) if is_late else ("no connection",)
        except TimeoutError:
            return ("timed out",)
        except RemoteDisconnected:
            return ("closed",)

    return call


@contextmanager
def _in_words_of_httpx():
    import httpx

    caught = []
    try:
        yield caught
    except httpx.TimeoutException:
        caught.append(("timed out",))
    except httpx.ConnectError:
        caught.append(("no connection",))
    except httpx.RemoteProtocolError:
        caught.append(("closed",))


def by_httpx(url):
    import httpx

    client = httpx.Client(timeout=TIMEOUT, verify=context())

    def call(operation, params):
        with _in_words_of_httpx() as caught:
            response = client.post(url, headers=headers(operation), content=json.dumps(params))
            return result(response.status_code, response.content)
        return caught[0]

    return call


def by_async_httpx(url):
    import httpx

    async def send(operation, params):
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=context()) as client:
            with _in_words_of_httpx() as caught:
                response = await client.post(
                    url, headers=headers(operation), content=json.dumps(params)
                )
                return result(response.status_code, response.content)
            return caught[0]

    return lambda operation, params: asyncio.run(send(operation, params))


def by_aiohttp(url):
    import aiohttp

    async def send(operation, params):
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                async with session.post(
                    url, headers=headers(operation), data=json.dumps(params)
                ) as response:
                    return result(response.status, await response.read())
            except asyncio.TimeoutError:
                return ("timed out",)
            except aiohttp.ClientConnectorError:
                return ("no connection",)
            except aiohttp.ServerDisconnectedError:
                return ("closed",)

    return lambda operation, params: asyncio.run(send(operation, params))


CLIENTS = {
    "boto3": by_boto3,
    "aiobotocore": by_aiobotocore,
    "requests": by_requests,
    "urllib3": by_urllib3,
    "urllib": by_urllib,
    "httpx": by_httpx,
    "async httpx": by_async_httpx,
    "aiohttp": by_aiohttp,
}
_NEED = {"aiobotocore": "aiobotocore", "aiohttp": "aiohttp"}
#: Those whose libraries are there: aiobotocore stands alone, and brings aiohttp.
THERE = [name for name in CLIENTS if name not in _NEED or importlib.util.find_spec(_NEED[name])]
#: Those that do not go through botocore.
HTTP = [name for name in THERE if name not in {"boto3", "aiobotocore"}]
