"""Refresh tokens: on which device they are good, for how long, and how they rotate."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from handlers import refused
from pytest_cognito_devices.service import api, texts
from pytest_cognito_devices.service.ids import device_key
from said import said

INVALID = said(texts.REFRESH_TOKEN_INVALID)
REVOKED = said(texts.REFRESH_TOKEN_REVOKED)
EXPIRED = said(texts.REFRESH_TOKEN_EXPIRED)
REUSED = said(texts.REFRESH_TOKEN_REUSED)

HAS_OPERATION = "GetTokensFromRefreshToken" in api.model().operation_names
needs_operation = pytest.mark.skipif(
    not HAS_OPERATION, reason="this botocore has no GetTokensFromRefreshToken"
)


class Refresher:
    """One of the ways to refresh; gives what came, or the code and the text of the error."""

    def __init__(self, client, way):
        self.client = client
        self.way = way

    def __call__(self, token, app, key=None):
        try:
            if self.way == "GetTokensFromRefreshToken":
                device = {} if key is None else {"DeviceKey": key}
                answer = self.client.get_tokens_from_refresh_token(
                    RefreshToken=token, ClientId=app.id, **device
                )
            else:
                operation, flow = self.way.split()
                pool = {"UserPoolId": app.pool.id} if operation == "AdminInitiateAuth" else {}
                device = {} if key is None else {"DEVICE_KEY": key}
                answer = self.client._make_api_call(
                    operation,
                    {
                        "AuthFlow": flow,
                        "AuthParameters": {"REFRESH_TOKEN": token, **device},
                        "ClientId": app.id,
                        **pool,
                    },
                )
        except ClientError as error:
            return error.response["Error"]["Code"], error.response["Error"]["Message"]
        return answer


@pytest.fixture(
    params=[
        "InitiateAuth REFRESH_TOKEN_AUTH",
        "InitiateAuth REFRESH_TOKEN",
        "AdminInitiateAuth REFRESH_TOKEN_AUTH",
        pytest.param("GetTokensFromRefreshToken", marks=needs_operation),
    ]
)
def refresh(request, client):
    return Refresher(client, request.param)


@pytest.fixture
def app(cognito):
    return cognito.pool.client


def without_tracking(ada, _person):
    ada.pool.device_tracking = "off"
    return ada.sign_in(), None


def confirmed(_ada, person):
    tokens = person.start_with_password()["AuthenticationResult"]
    person.confirm_device({"AuthenticationResult": tokens})
    return tokens, person.device["DEVICE_KEY"]


def seeded(ada, _person):
    device = ada.add_device()
    return ada.sign_in(device=device), device.key


def not_remembered(ada, person):
    tokens, key = confirmed(ada, person)
    ada.devices[0].remembered = False
    return tokens, key


def never_confirmed(ada, _person):
    tokens = ada.sign_in()
    return tokens, tokens.device_key


def forgotten(ada, person):
    tokens, key = confirmed(ada, person)
    ada.devices[0].forget()
    return tokens, key


def switched_off_later(ada, person):
    tokens, key = confirmed(ada, person)
    ada.pool.device_tracking = "off"
    return tokens, key


def switched_on_later(ada, _person):
    ada.pool.device_tracking = "off"
    tokens = ada.sign_in()
    ada.pool.device_tracking = "always"
    return tokens, ada.add_device().key


def revoked(ada, _person):
    device = ada.add_device()
    tokens = ada.sign_in(device=device)
    tokens.revoke()
    return tokens, device.key


#: Where the token comes from, the key that is sent with it (the right one, none, another of the
#: same user, one of nobody), and what becomes of it.
TABLE = [
    (without_tracking, "none", None),
    (without_tracking, "nobody's", None),
    (confirmed, "own", None),
    (seeded, "own", None),
    (confirmed, "none", INVALID),
    (confirmed, "another", INVALID),
    (confirmed, "nobody's", INVALID),
    (not_remembered, "own", None),
    (not_remembered, "none", INVALID),
    (never_confirmed, "own", INVALID),
    (never_confirmed, "none", INVALID),
    (forgotten, "own", INVALID),
    (forgotten, "none", INVALID),
    (switched_off_later, "none", None),
    (switched_off_later, "own", None),
    (switched_on_later, "own", INVALID),
    (switched_on_later, "none", INVALID),
    (revoked, "own", REVOKED),
    (revoked, "none", REVOKED),
]


@pytest.mark.parametrize(("prepare", "sent", "error"), TABLE)
def test_on_which_device_a_token_is_good(ada, app, make_person, refresh, prepare, sent, error):
    """Section 7.1 of the notes on the service."""
    tokens, own = prepare(ada, make_person(ada))
    token = tokens["RefreshToken"] if isinstance(tokens, dict) else tokens.refresh_token
    another = ada.add_device().key
    keys = {"own": own, "none": None, "another": another, "nobody's": device_key("us-east-1")}
    answer = refresh(token, app, keys[sent])
    if error:
        assert answer == error
    else:
        assert answer["AuthenticationResult"].keys() == {
            "AccessToken",
            "ExpiresIn",
            "IdToken",
            "TokenType",
        }


@pytest.fixture
def token(cognito, ada):
    cognito.pool.device_tracking = "off"
    return ada.refresh_token


def test_a_token_of_another_client(cognito, refresh, token):
    assert refresh(token, cognito.pool.add_client()) == INVALID


@pytest.mark.parametrize("kind", ["access_token", "id_token"])
def test_a_token_of_another_kind(ada, app, refresh, token, kind):
    assert refresh(getattr(ada, kind), app) == INVALID


def test_garbage(app, refresh, token):
    assert refresh("x.y", app) == INVALID


def test_a_token_expires(cognito, app, refresh, ada):
    clock = cognito.freeze_time("2026-01-01")
    cognito.pool.device_tracking = "off"
    token = ada.sign_in().refresh_token
    clock.tick(30 * 24 * 3600 - 1)
    assert "AuthenticationResult" in refresh(token, app)
    clock.tick(1)
    assert refresh(token, app) == EXPIRED


def test_a_user_who_is_disabled_or_deleted(ada, app, refresh, token):
    ada.enabled = False
    assert refresh(token, app) == said(texts.USER_DISABLED)
    ada.delete()
    assert refresh(token, app) == INVALID


def test_new_tokens_are_of_the_same_sign_in(cognito, client, ada, app, refresh, token):
    cognito.freeze_time("2026-01-01")
    result = refresh(token, app)["AuthenticationResult"]
    assert client.get_user(AccessToken=result["AccessToken"])["Username"] == "ada"
    client.revoke_token(Token=token, ClientId=app.id)
    with refused(*said(texts.ACCESS_TOKEN_REVOKED)):
        client.get_user(AccessToken=result["AccessToken"])


def test_the_secret_hash_of_a_refresh(cognito, client, ada):
    cognito.pool.device_tracking = "off"
    app = cognito.pool.add_client(client_secret="s" * 24)
    token = ada.sign_in(client=app).refresh_token

    def call(secret_hash, token=token):
        return client.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH",
            ClientId=app.id,
            AuthParameters={"REFRESH_TOKEN": token, "SECRET_HASH": secret_hash},
        )

    for name in ("ada", ada.sub):
        assert "AuthenticationResult" in call(app.secret_hash(name))
    with refused(*said(texts.SECRET_HASH_WRONG, ClientId=app.id)):
        call("no")
    # Nobody can tell of whom the hash would have to be.
    with refused(*INVALID):
        call(app.secret_hash("ada"), "x.y")


@needs_operation
def test_the_secret_of_the_client(cognito, client, ada):
    cognito.pool.device_tracking = "off"
    app = cognito.pool.add_client(client_id="backend", client_secret="s" * 24)
    call = {"ClientId": app.id, "RefreshToken": ada.sign_in(client=app).refresh_token}
    assert client.get_tokens_from_refresh_token(**call, ClientSecret="s" * 24)
    with refused(*said(texts.CLIENT_SECRET_MISSING, ClientId="backend")):
        client.get_tokens_from_refresh_token(**call)
    with refused(*said(texts.CLIENT_SECRET_WRONG, ClientId="backend")):
        client.get_tokens_from_refresh_token(**call, ClientSecret="x" * 24)


# Rotation.


@pytest.fixture
def rotating(cognito, client, ada):
    """Refresh tokens that rotate, with a grace period of ten seconds."""
    cognito.pool.device_tracking = "off"
    app = cognito.pool.add_client(refresh_token_rotation=10)
    clock = cognito.freeze_time("2026-01-01")
    refresh = Refresher(client, "GetTokensFromRefreshToken")

    def rotate(token):
        answer = refresh(token, app)
        return (
            answer["AuthenticationResult"]["RefreshToken"] if isinstance(answer, dict) else answer
        )

    rotate.app, rotate.clock = app, clock
    rotate.first = ada.sign_in(client=app).refresh_token
    return rotate


def test_the_old_flow_is_not_there_for_a_client_whose_tokens_rotate(client, rotating):
    for way in ("InitiateAuth REFRESH_TOKEN_AUTH", "AdminInitiateAuth REFRESH_TOKEN_AUTH"):
        answer = Refresher(client, way)(rotating.first, rotating.app)
        assert answer == said(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)


def test_a_client_whose_tokens_begin_to_rotate(client, app, token):
    """Whatever flows it was made with."""
    app.refresh_token_rotation = 10
    for way in ("InitiateAuth REFRESH_TOKEN_AUTH", "AdminInitiateAuth REFRESH_TOKEN_AUTH"):
        answer = Refresher(client, way)(token, app)
        assert answer == said(texts.ADMIN_AUTH_FLOW_NOT_ENABLED)


@needs_operation
@pytest.mark.parametrize("sent", [True, False])
def test_rotation_on_a_device(cognito, client, ada, sent):
    app = cognito.pool.add_client(refresh_token_rotation=10)
    phone = ada.add_device()
    first = ada.sign_in(device=phone, client=app).refresh_token
    refresh = Refresher(client, "GetTokensFromRefreshToken")
    second = refresh(first, app, phone.key)["AuthenticationResult"]["RefreshToken"]
    answer = refresh(second, app, phone.key if sent else None)
    assert answer == INVALID if not sent else "AuthenticationResult" in answer


@needs_operation
def test_a_new_token_each_time(rotating):
    second = rotating(rotating.first)
    assert second != rotating.first
    assert rotating(second) not in {rotating.first, second}


@needs_operation
def test_a_spent_token_after_its_grace_period(rotating):
    second = rotating(rotating.first)
    rotating.clock.tick(10)
    assert rotating(rotating.first) == REUSED
    assert isinstance(rotating(second), str)


@needs_operation
def test_a_spent_token_in_its_grace_period(rotating):
    """It forks: the newest child is the one that refreshes."""
    second = rotating(rotating.first)
    rotating.clock.tick(9)
    third = rotating(rotating.first)
    assert rotating(second) == REUSED
    assert isinstance(rotating(third), str)


@needs_operation
def test_no_grace_period(rotating):
    app = rotating.app
    app.refresh_token_rotation = 0
    rotating(rotating.first)
    assert rotating(rotating.first) == REUSED


@needs_operation
def test_rotated_tokens_end_when_the_first_would_have(rotating):
    rotating.clock.tick(29 * 24 * 3600)
    second = rotating(rotating.first)
    rotating.clock.tick(24 * 3600)
    assert rotating(second) == EXPIRED


@needs_operation
@pytest.mark.parametrize(
    ("revoked", "ends"), [("first", True), ("second", False), ("third", True)]
)
def test_which_token_ends_the_family(client, rotating, revoked, ends):
    second = rotating(rotating.first)
    tokens = {"first": rotating.first, "second": second, "third": rotating(second)}
    client.revoke_token(Token=tokens[revoked], ClientId=rotating.app.id)
    answer = rotating(tokens["third"])
    assert answer == REVOKED if ends else isinstance(answer, str)
