from __future__ import annotations

import uuid

import pytest

from people import at
from pytest_cognito_devices.service.model.users.messages import SMS, Email
from pytest_cognito_devices.service.model.users.sign_ins import (
    Challenge,
    Exchange,
    SignIn,
    Stranger,
)
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest


def test_a_stranger_looks_like_anybody(cognito):
    client = cognito.pool.client
    stranger, again = Stranger(client, "nobody"), Stranger(client, "nobody")
    assert uuid.UUID(stranger.username).version == 4
    assert len(f"{stranger.salt:x}") == 32
    assert (stranger.username, stranger.salt) == (again.username, again.salt)
    other = Stranger(client, "somebody")
    assert other.username != stranger.username
    assert other.salt != stranger.salt


def test_strangers_of_different_pools_differ(cognito):
    other = Stranger(cognito.add_pool().client, "nobody")
    assert other.username != Stranger(cognito.pool.client, "nobody").username


def test_a_secret_block_is_looked_at(cognito):
    """The one that was sent counts, not the one that comes back with a signature of its own."""
    ada = cognito.add_user("ada")
    person = at(cognito, ada)
    exchange = Exchange(f"{ada.pool.id.partition('_')[2]}ada", ada.secret.salt,
                        ada.secret.verifier, person.srp.large_a_value)  # fmt: skip
    asked = {
        "USER_ID_FOR_SRP": "ada",
        "SALT": f"{exchange.salt:x}",
        "SRP_B": f"{exchange.server_public:x}",
        "SECRET_BLOCK": "b3RoZXI=",
    }
    claim = person.proof({"ChallengeParameters": asked})
    assert not exchange.is_proved_by(
        "b3RoZXI=", claim["TIMESTAMP"], claim["PASSWORD_CLAIM_SIGNATURE"]
    )


@pytest.mark.parametrize("secret", ["Passw0rd!", "654321"])
def test_no_repr_shows_a_secret(cognito, secret):
    ada = cognito.add_user("ada", password="Passw0rd!")
    ada.inbox.send_for("sign_up", "SMS", 60)
    sign_in = SignIn(cognito.pool.client, ada, "ada", "USER_AUTH")
    challenge = Challenge("SMS_MFA", sign_in)
    challenge.code = "654321"
    ada.inbox.awaited["sign_up"] = ada.inbox.awaited["sign_up"]._replace(value="654321")
    request = Request(
        cognito.pool.account,
        "InitiateAuth",
        {"AuthParameters": {"PASSWORD": secret}},
        "us-east-1",
        0.0,
    )
    auth = AuthRequest(request, cognito.pool.client, {"PASSWORD": secret}, {})
    things = [ada, ada.secret, ada.inbox, ada.inbox.awaited, ada.software_token, sign_in]
    things += [challenge, request, auth, auth.caller, SMS(secret), Email("Code", secret)]
    assert not [repr(thing) for thing in things if secret in repr(thing)]
    assert repr(auth) == "<AuthRequest of <Request InitiateAuth from us-east-1>>"
    assert repr(auth.caller) == "<Caller of <Request InitiateAuth from us-east-1>>"
    assert repr(ada.inbox.awaited["sign_up"]) == "<Code by SMS>"
