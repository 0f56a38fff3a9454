"""What the scenarios ask: a Cognito behind a boto3 client, and people who use it.

Pools, app clients and users are made through the API alone, so that a scenario runs against
anything that speaks it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import struct
import time
from pathlib import Path
from typing import NamedTuple

import boto3
import jwt
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from contract.live import NAME, PASSWORD
from people import Person

#: A key that looks like one, and that nobody has got.
UNKNOWN_KEY = "us-east-1_00000000-0000-4000-8000-000000000000"
ALL_FLOWS = (
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
)

_GOLDEN = Path(__file__).parent / "unit" / "service" / "texts.txt"
_LINE = re.compile(r"  \d+ (\w+): (.*)")


def words(name, **gaps):
    """The code and the words of an error, by its name in the golden file of texts."""
    block = f"\n\n{_GOLDEN.read_text()}".partition(f"\n\n{name}\n")[2]
    code, message = _LINE.match(block).groups()
    return code, message.format(**gaps)


def refusal(method, **params):
    """The code and the words with which a call is refused."""
    try:
        answer = method(**params)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    return "nothing", f"the call succeeds, with {', '.join(sorted(answer))}"


def claims(token):
    """What a JWT says, whoever has signed it."""
    return jwt.decode(token, options={"verify_signature": False})


def attributes(device):
    """The attributes of a device as a dict, in the order of the answer."""
    return {each["Name"]: each["Value"] for each in device["DeviceAttributes"]}


class Target:
    """The Cognito that is asked.

    Attributes:
        client: a boto3 client, unless `connect` has not been called.
        cognito: the fake, if it is one in this process.
        calls: how many calls have been made.
    """

    def __init__(self, *, cognito=None, pause=0.0):
        self.cognito = cognito
        self.pause = pause
        self.calls = 0
        self._pools = {}

    def connect(self, **options):
        """Make the client; `options` are those of boto3, such as `endpoint_url`."""
        retries = {"mode": "standard", "total_max_attempts": 8}
        self.client = boto3.client("cognito-idp", config=Config(retries=retries), **options)
        self.client.meta.events.register("before-call", self._count)
        return self

    def _count(self, **_):
        self.calls += 1
        time.sleep(self.pause)

    def call(self, operation, params):
        """Call an operation by its name in the API, as `Person` does."""
        return getattr(self.client, xform_name(operation))(**params)

    def pool(self, **settings):
        """A pool with these settings, which scenarios share."""
        key = repr(sorted(settings.items()))
        if key not in self._pools:
            self._pools[key] = self.new_pool(**settings)
        return self._pools[key]

    def new_pool(self, *, tracking="always", challenge=False, mfa=False, app=(), **more):
        """Make a pool for one scenario alone.

        `tracking` is "always", "opt_in" or "off"; `challenge` lets a device stand in for the
        second factor; `mfa` lets users have an authenticator; `app` changes the app client;
        `more` goes to CreateUserPool.
        """
        if tracking != "off":
            more["DeviceConfiguration"] = {
                "ChallengeRequiredOnNewDevice": challenge,
                "DeviceOnlyRememberedOnUserPrompt": tracking == "opt_in",
            }
        made = self.client.create_user_pool(PoolName=NAME + secrets.token_hex(4), **more)
        pool = Pool(self, made["UserPool"]["Id"])
        self._pools[pool.id] = pool
        if mfa:
            self.client.set_user_pool_mfa_config(
                UserPoolId=pool.id,
                MfaConfiguration="OPTIONAL",
                SoftwareTokenMfaConfiguration={"Enabled": True},
            )
        pool.client = pool.add_app(**dict(app))
        return pool

    def clean_up(self):
        """Remove every pool that was made."""
        for pool in {each.id: each for each in self._pools.values()}.values():
            try:
                self.client.delete_user_pool(UserPoolId=pool.id)
            except self.client.exceptions.ResourceNotFoundException:
                continue  # a scenario has deleted it
        self._pools.clear()


class Pool:
    """A user pool with an app client."""

    def __init__(self, target, pool_id):
        self.target = target
        self.id = pool_id

    @property
    def region(self):
        return self.id.partition("_")[0]

    @property
    def seeded(self):
        """The pool as a test has it, for what takes more than the API; of a fake alone."""
        return next(each for each in self.target.cognito.pools if each.id == self.id)

    def add_app(self, **settings):
        """Another app client, which may use every flow unless it says otherwise."""
        params = {"ClientName": "contract", "ExplicitAuthFlows": list(ALL_FLOWS), **settings}
        made = self.target.client.create_user_pool_client(UserPoolId=self.id, **params)
        return App(made["UserPoolClient"]["ClientId"], made["UserPoolClient"].get("ClientSecret"))

    def add_user(self, *, attributes=(), confirmed=True, **options):
        """A user with a password, who is signed in when somebody asks for a token."""
        name = f"ada-{secrets.token_hex(4)}"
        client = self.target.client
        client.admin_create_user(
            UserPoolId=self.id,
            Username=name,
            MessageAction="SUPPRESS",
            TemporaryPassword=PASSWORD,
            UserAttributes=[
                {"Name": key, "Value": value} for key, value in dict(attributes).items()
            ],
        )
        if confirmed:
            client.admin_set_user_password(
                UserPoolId=self.id, Username=name, Password=PASSWORD, Permanent=True
            )
        return Somebody(self, name, **options)

    def stranger(self, name=None, **options):
        """Somebody who is no user of the pool, or has another password."""
        return Somebody(self, name or f"nobody-{secrets.token_hex(4)}", **options)


class App(NamedTuple):
    """An app client."""

    id: str
    secret: str | None

    def secret_hash(self, name):
        made = hmac.new(self.secret.encode(), f"{name}{self.id}".encode(), hashlib.sha256)
        return base64.b64encode(made.digest()).decode()


class User(NamedTuple):
    """What a `Person` has to know of itself."""

    username: str
    password: str
    pool: Pool


class Somebody(Person):
    """A user with an application."""

    def __init__(self, pool, username, **options):
        super().__init__(pool.target.call, User(username, PASSWORD, pool), **options)
        self.pool = pool
        self.username = username
        self._tokens = None
        # For operations of administrators.
        self.named = {"UserPoolId": pool.id, "Username": username}

    def sign_in(self, **parameters):
        """The tokens of a sign-in with the password."""
        return self.start_with_password(**parameters)["AuthenticationResult"]

    @property
    def tokens(self):
        """Those of one sign-in, the same each time."""
        if self._tokens is None:
            self._tokens = self.sign_in()
        return self._tokens

    @property
    def access_token(self):
        return self.tokens["AccessToken"]

    def new_key(self):
        """The key of a new device, which nobody has confirmed."""
        return self.sign_in()["NewDeviceMetadata"]["DeviceKey"]

    def add_device(self, **more):
        """Sign in, confirm the new device and use it from now on; gives its key."""
        self.confirm_device({"AuthenticationResult": self.sign_in()}, **more)
        return self.device["DEVICE_KEY"]

    def forget(self, key):
        self.pool.target.client.forget_device(AccessToken=self.access_token, DeviceKey=key)

    def set_status(self, key, status):
        self.pool.target.client.update_device_status(
            AccessToken=self.access_token, DeviceKey=key, DeviceRememberedStatus=status
        )

    def listed(self):
        """The keys of the devices that the user sees."""
        answer = self.pool.target.client.list_devices(AccessToken=self.access_token)
        return [each["DeviceKey"] for each in answer["Devices"]]

    def set_up_authenticator(self):
        """Verify an authenticator and prefer it; gives it."""
        client, token = self.pool.target.client, {"AccessToken": self.access_token}
        secret = client.associate_software_token(**token)["SecretCode"]
        authenticator = Authenticator(secret)
        client.verify_software_token(**token, UserCode=authenticator.code())
        client.set_user_mfa_preference(
            **token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        return authenticator

    def refresh(self, tokens, *, app=None, **parameters):
        """Refresh by InitiateAuth."""
        return self.pool.target.client.initiate_auth(
            ClientId=(app or self.app).id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"], **parameters},
        )


class Authenticator:
    """An application that shows codes, each of which is good once."""

    STEP = 30

    def __init__(self, secret):
        self._key = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self._last = 0

    def code(self):
        """A code that has not been used: the service takes those of the steps around now."""
        now = int(time.time() // self.STEP)
        step = max(self._last + 1, now - 1)
        if step > now + 1:
            time.sleep((step - now - 1) * self.STEP)
        self._last = step
        return self._at(step)

    def wrong_code(self):
        """A code of another day."""
        return self._at(int(time.time() // self.STEP) - 2880)

    def _at(self, step):
        digest = hmac.new(self._key, struct.pack(">Q", step), hashlib.sha1).digest()
        offset = digest[-1] & 0x0F
        number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"
