"""Somebody who signs in, with the arithmetic of a client from PyPI."""

from __future__ import annotations

from functools import cache

import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device

from pytest_cognito_devices.service import api

REGION = "us-east-1"


@cache
def _key_pair():
    made = AWSSRP("", "", "", "", client=object())
    # The longer the number, the longer each proof takes; pycognito has one of 1024 bits.
    small = made.small_a_value % 2**256
    return small, pow(made.val_g, small, made.big_n)


#: For tests of a flow that old versions of botocore refuse.
needs_user_auth = pytest.mark.skipif(
    "USER_AUTH" not in api.model().shape_for("AuthFlowType").enum,
    reason="the installed botocore does not know USER_AUTH",
)
#: For tests of where a user is signed in.
needs_user_sessions = pytest.mark.skipif(
    "ListUserSessions" not in api.model().operation_names,
    reason="the installed botocore is older than 1.44.1, which has user sessions",
)


class Client(AWSSRP):
    """The client of pycognito, with one pair of numbers for all: it takes long to make them."""

    def generate_random_small_a(self):
        return _key_pair()[0]

    def calculate_a(self):
        return _key_pair()[1]


class Person:
    """An application in the hands of a user: starts a sign-in and answers its challenges.

    `call(operation, params)` is how it calls the service; `administrator` says by which pair of
    operations it signs in.
    """

    def __init__(self, call, user, *, name=None, password=None, app=None, administrator=False):
        self.call = call
        self.user = user
        self.name = name or user.username
        self.app = app or user.pool.client
        self.prefix = "Admin" if administrator else ""
        self.common = {"ClientId": self.app.id}
        if administrator:
            self.common["UserPoolId"] = user.pool.id
        self.srp = Client(
            self.name,
            password or user.password,
            user.pool.id,
            self.app.id,
            client=object(),
            client_secret=self.app.secret,
        )

    @property
    def secret_hash(self):
        if self.app.secret is None:
            return {}
        return {"SECRET_HASH": self.app.secret_hash(self.name)}

    def start(self, flow, *, more=(), **parameters):
        """The first call."""
        return self.call(
            f"{self.prefix}InitiateAuth",
            {
                **self.common,
                "AuthFlow": flow,
                "AuthParameters": {"USERNAME": self.name, **self.secret_hash, **parameters},
                **dict(more),
            },
        )

    def start_with_password(self, **parameters):
        flow = "ADMIN_USER_PASSWORD_AUTH" if self.prefix else "USER_PASSWORD_AUTH"
        return self.start(flow, PASSWORD=self.srp.password, **parameters)

    def start_with_srp(self, **parameters):
        return self.start("USER_SRP_AUTH", SRP_A=self.srp_a, **parameters)

    @property
    def srp_a(self):
        return f"{self.srp.large_a_value:x}"

    def answering(self, asked, *, name=None, session=True, **responses):
        """The parameters of an answer to a challenge."""
        params = {
            **self.common,
            "ChallengeName": name or asked["ChallengeName"],
            "ChallengeResponses": {"USERNAME": self.name, **self.secret_hash, **responses},
        }
        if session and "Session" in asked:
            params["Session"] = asked["Session"]
        return params

    def answer(self, asked, *, more=(), **responses):
        params = self.answering(asked, **responses)
        return self.call(f"{self.prefix}RespondToAuthChallenge", {**params, **dict(more)})

    def proof(self, asked):
        """The responses that prove the password."""
        responses = self.srp.process_challenge(asked["ChallengeParameters"], {"USERNAME": ""})
        return {name: value for name, value in responses.items() if name.isupper()}

    def prove_password(self, asked, **responses):
        return self.answer(asked, **{**self.proof(asked), **responses})

    def sign_in_with_srp(self, **parameters):
        """Everything up to the proof of the password."""
        return self.prove_password(self.start_with_srp(**parameters), **parameters)

    def confirm_device(self, tokens, **more):
        """Confirm the device of a sign-in and keep its password."""
        metadata = tokens["AuthenticationResult"]["NewDeviceMetadata"]
        group, key = metadata["DeviceGroupKey"], metadata["DeviceKey"]
        password, verifier = generate_hash_device(group, key)
        self.has_device(key, group, password)
        return self.call(
            "ConfirmDevice",
            {
                "AccessToken": tokens["AuthenticationResult"]["AccessToken"],
                "DeviceKey": key,
                "DeviceSecretVerifierConfig": verifier,
                **more,
            },
        )

    def has_device(self, key, group, password):
        self.device = {"DEVICE_KEY": key}
        self.srp.device_key, self.srp.device_group_key = key, group
        self.srp.device_password = password

    def takes(self, device):
        """Use a device that a test has seeded."""
        self.has_device(device.key, device.group_key, device.password)
        return self

    def prove_device(self, asked, *, session=True):
        """Both challenges of a device."""
        return self.answer_device(self.begin_device(asked, session=session), session=session)

    def begin_device(self, asked, *, session=True):
        return self.answer(
            asked, name="DEVICE_SRP_AUTH", session=session, SRP_A=self.srp_a, **self.device
        )

    def answer_device(self, asked, *, session=True):
        responses = self.srp.process_device_challenge(asked["ChallengeParameters"])
        return self.answer(asked, session=session, **responses)


def at(cognito, user, **options):
    """Somebody who calls the fake without a client."""
    return Person(lambda *call: cognito.handle(*call, REGION).response, user, **options)
