from __future__ import annotations

import re
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError

from catalogue.case import takes
from pytest_cognito_devices.service import api, texts
from said import said

pytestmark = pytest.mark.usefixtures("cognito")

DEFAULT_FLOWS = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
OUT_OF_RANGE = said(texts.TOKEN_VALIDITY_OUT_OF_RANGE)
ENDS_FIRST = said(texts.REFRESH_TOKEN_ENDS_FIRST)
GONE = said(texts.CLIENT_NOT_FOUND, ClientId="web")
CREATED = datetime(2026, 1, 31, 12, 0, 0, 123000, tzinfo=timezone.utc)

has_rotation = pytest.mark.skipif(
    not takes("CreateUserPoolClient", "RefreshTokenRotation"),
    reason="the installed botocore knows no RefreshTokenRotation",
)
has_given_secrets = pytest.mark.skipif(
    not takes("CreateUserPoolClient", "ClientSecret"),
    reason="the installed botocore knows no ClientSecret of one's own",
)


def known(members):
    """What the installed botocore gives of an app client."""
    there = api.model().shape_for("UserPoolClientType").members
    return {name: value for name, value in members.items() if name in there}


def refused(call, **params):
    with pytest.raises(ClientError) as raised:
        call(**params)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.fixture
def create(cognito, client):
    def create(**params):
        answer = client.create_user_pool_client(
            UserPoolId=cognito.pool.id, ClientName="web", **params
        )
        return answer["UserPoolClient"]

    return create


@pytest.fixture
def refuse(cognito, client):
    """What the service says against a new client."""

    def refuse(**params):
        params = {"UserPoolId": cognito.pool.id, "ClientName": "web", **params}
        return refused(client.create_user_pool_client, **params)

    return refuse


@pytest.fixture
def describe(client):
    def describe(app):
        answer = client.describe_user_pool_client(UserPoolId=app.pool.id, ClientId=app.id)
        return answer["UserPoolClient"]

    return describe


@pytest.fixture
def update(client):
    def update(app, **params):
        answer = client.update_user_pool_client(UserPoolId=app.pool.id, ClientId=app.id, **params)
        return answer["UserPoolClient"]

    return update


def made(cognito):
    """The app client that was made last."""
    return list(cognito.pool.clients.values())[-1]


class TestCreateUserPoolClient:
    def test_what_is_not_asked_for_is_as_usual(self, cognito, create):
        cognito.freeze_time("2026-01-31 12:00:00.123")
        app = create()
        assert re.fullmatch(r"[0-9a-z]{26}", app["ClientId"])
        assert app == known(
            {
                "AllowedOAuthFlowsUserPoolClient": False,
                "AuthSessionValidity": 3,
                "ClientId": app["ClientId"],
                "ClientName": "web",
                "CreationDate": CREATED,
                "EnablePropagateAdditionalUserContextData": False,
                "EnableTokenRevocation": True,
                "ExplicitAuthFlows": DEFAULT_FLOWS,
                "LastModifiedDate": CREATED,
                "PreventUserExistenceErrors": "LEGACY",
                "RefreshTokenRotation": {"Feature": "DISABLED"},
                "RefreshTokenValidity": 30,
                "TokenValidityUnits": {},
                "UserPoolId": cognito.pool.id,
            }
        )
        client = cognito.pool.clients[app["ClientId"]]
        assert client is not cognito.pool.client
        assert client.explicit_auth_flows == tuple(DEFAULT_FLOWS)
        assert client.secret is None

    def test_everything_can_be_asked_for(self, cognito, create):
        asked = {
            "AccessTokenValidity": 10,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthScopes": ["openid"],
            "AuthSessionValidity": 15,
            "CallbackURLs": ["https://example.com/"],
            "DefaultRedirectURI": "https://example.com/",
            "EnablePropagateAdditionalUserContextData": True,
            "EnableTokenRevocation": False,
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "IdTokenValidity": 2,
            "LogoutURLs": ["https://example.com/out"],
            "PreventUserExistenceErrors": "ENABLED",
            "ReadAttributes": ["email"],
            "RefreshTokenValidity": 60,
            "SupportedIdentityProviders": ["COGNITO"],
            "TokenValidityUnits": {
                "AccessToken": "minutes",
                "IdToken": "hours",
                "RefreshToken": "days",
            },
            "WriteAttributes": ["email"],
        }
        app = create(GenerateSecret=True, **asked)
        client = made(cognito)
        moment = datetime.fromtimestamp(client.created, timezone.utc)
        assert app == known(
            {
                **asked,
                "ClientId": client.id,
                "ClientName": "web",
                "ClientSecret": client.secret,
                "CreationDate": moment,
                "LastModifiedDate": moment,
                "RefreshTokenRotation": {"Feature": "DISABLED"},
                "UserPoolId": cognito.pool.id,
            }
        )
        assert re.fullmatch(r"[0-9a-z]{51}", client.secret)
        assert client.explicit_auth_flows == ("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")
        assert client.prevent_user_existence_errors == "ENABLED"
        assert client.auth_session_validity == 900
        assert client.access_token_validity == 600
        assert client.id_token_validity == 7200
        assert client.refresh_token_validity == 60 * 86_400
        assert client.enable_token_revocation is False

    def test_users_can_sign_in_through_it(self, cognito, client, create):
        create(AccessTokenValidity=5, TokenValidityUnits={"AccessToken": "minutes"})
        clock = cognito.freeze_time("2026-01-31")
        token = cognito.add_user("ada").sign_in(client=made(cognito)).access_token
        clock.tick(299)
        client.list_devices(AccessToken=token)
        clock.tick(1)
        assert refused(client.list_devices, AccessToken=token) == said(texts.ACCESS_TOKEN_EXPIRED)

    def test_in_a_pool_that_the_api_made(self, cognito, client):
        pool_id = client.create_user_pool(PoolName="new")["UserPool"]["Id"]
        app = client.create_user_pool_client(UserPoolId=pool_id, ClientName="web")
        pool = cognito.pools[-1]
        assert pool.client.id == app["UserPoolClient"]["ClientId"]

    @pytest.mark.parametrize(
        ("legacy", "flows"),
        [
            (
                ["ADMIN_NO_SRP_AUTH"],
                ("ALLOW_ADMIN_USER_PASSWORD_AUTH", *DEFAULT_FLOWS),
            ),
            (
                ["USER_PASSWORD_AUTH"],
                (*DEFAULT_FLOWS[:2], "ALLOW_USER_PASSWORD_AUTH", DEFAULT_FLOWS[2]),
            ),
            (["CUSTOM_AUTH_FLOW_ONLY"], ("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")),
        ],
    )
    def test_legacy_flows(self, cognito, create, describe, legacy, flows):
        assert create(ExplicitAuthFlows=legacy)["ExplicitAuthFlows"] == legacy
        client = made(cognito)
        assert client.explicit_auth_flows == flows
        client.explicit_auth_flows = ["ALLOW_CUSTOM_AUTH"]
        assert describe(client)["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH"]

    def test_legacy_flows_are_not_mixed_with_others(self, cognito, refuse):
        assert refuse(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]) == said(
            texts.AUTH_FLOWS_MIXED
        )
        assert list(cognito.pool.clients) == [cognito.pool.client.id]

    def test_no_flows_are_the_usual_ones(self, create):
        assert create(ExplicitAuthFlows=[])["ExplicitAuthFlows"] == DEFAULT_FLOWS

    @pytest.mark.parametrize(
        ("params", "seconds"),
        [
            ({"AccessTokenValidity": 24}, (86_400, 3600, 2_592_000)),
            ({"IdTokenValidity": 24}, (3600, 86_400, 2_592_000)),
            ({"RefreshTokenValidity": 0}, (3600, 3600, 2_592_000)),
            ({"RefreshTokenValidity": 3650}, (3600, 3600, 315_360_000)),
            (
                {
                    "AccessTokenValidity": 300,
                    "IdTokenValidity": 5,
                    "RefreshTokenValidity": 60,
                    "TokenValidityUnits": {
                        "AccessToken": "seconds",
                        "IdToken": "minutes",
                        "RefreshToken": "minutes",
                    },
                },
                (300, 300, 3600),
            ),
            ({"TokenValidityUnits": {"AccessToken": "minutes"}}, (3600, 3600, 2_592_000)),
        ],
    )
    def test_how_long_tokens_are_good_for(self, cognito, create, params, seconds):
        create(**params)
        client = made(cognito)
        assert seconds == (
            client.access_token_validity,
            client.id_token_validity,
            client.refresh_token_validity,
        )

    @pytest.mark.parametrize(
        ("token", "count", "unit"),
        [
            ("Access", 25, "hours"),
            ("Access", 4, "minutes"),
            ("Id", 2, "days"),
            ("Id", 299, "seconds"),
            ("Refresh", 3651, "days"),
            ("Refresh", 59, "minutes"),
        ],
    )
    def test_how_long_they_are_not(self, refuse, token, count, unit):
        params = {
            f"{token}TokenValidity": count,
            "TokenValidityUnits": {f"{token}Token": unit},
        }
        assert refuse(**params) == OUT_OF_RANGE

    @pytest.mark.parametrize("token", ["AccessTokenValidity", "IdTokenValidity"])
    def test_a_refresh_token_lasts_longest(self, create, refuse, token):
        units = {"TokenValidityUnits": {"RefreshToken": "hours"}}
        create(RefreshTokenValidity=2, **{token: 2}, **units)
        assert refuse(RefreshTokenValidity=2, **{token: 3}, **units) == ENDS_FIRST

    @has_rotation
    @pytest.mark.parametrize(
        ("rotation", "grace", "described"),
        [
            (
                {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60},
                60,
                {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60},
            ),
            ({"Feature": "ENABLED"}, 0, {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}),
            ({"Feature": "DISABLED", "RetryGracePeriodSeconds": 9}, None, {"Feature": "DISABLED"}),
        ],
    )
    def test_rotation(self, cognito, create, rotation, grace, described):
        app = create(RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
        assert app["RefreshTokenRotation"] == described
        assert made(cognito).refresh_token_rotation == grace

    @has_rotation
    def test_rotation_rules_out_the_other_way_to_refresh(self, create, refuse):
        rotation = {"Feature": "ENABLED"}
        assert refuse(RefreshTokenRotation=rotation, ExplicitAuthFlows=DEFAULT_FLOWS) == said(
            texts.REFRESH_FLOW_WITH_ROTATION
        )
        app = create(RefreshTokenRotation=rotation)
        assert app["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"]

    @has_given_secrets
    def test_a_secret_of_ones_own(self, cognito, create, refuse):
        secret = "s" * 30
        assert create(ClientSecret=secret)["ClientSecret"] == secret
        assert made(cognito).secret == secret
        assert refuse(ClientSecret=secret, GenerateSecret=True) == said(
            texts.SECRET_GIVEN_AND_GENERATED
        )


class TestDescribeUserPoolClient:
    def test_a_seeded_client_is_described_as_it_is(self, cognito, describe):
        client = cognito.pool.client
        moment = datetime.fromtimestamp(client.created, timezone.utc)
        assert describe(client) == known(
            {
                "AllowedOAuthFlowsUserPoolClient": False,
                "AuthSessionValidity": 3,
                "ClientId": client.id,
                "ClientName": "app",
                "CreationDate": moment,
                "EnablePropagateAdditionalUserContextData": False,
                "EnableTokenRevocation": True,
                "ExplicitAuthFlows": list(client.explicit_auth_flows),
                "LastModifiedDate": moment,
                "PreventUserExistenceErrors": "LEGACY",
                "RefreshTokenRotation": {"Feature": "DISABLED"},
                "RefreshTokenValidity": 30,
                "TokenValidityUnits": {},
                "UserPoolId": cognito.pool.id,
            }
        )

    def test_everything_that_can_be_seeded(self, cognito, describe):
        client = cognito.pool.add_client(
            client_id="web",
            client_secret="s" * 30,
            explicit_auth_flows=["ALLOW_CUSTOM_AUTH"],
            prevent_user_existence_errors="ENABLED",
            auth_session_validity=200,
            access_token_validity=90,
            id_token_validity=0.5,
            refresh_token_validity=7200,
            enable_token_revocation=False,
            refresh_token_rotation=10,
        )
        moment = datetime.fromtimestamp(client.created, timezone.utc)
        assert describe(client) == known(
            {
                "AccessTokenValidity": 90,
                "AllowedOAuthFlowsUserPoolClient": False,
                "AuthSessionValidity": 4,
                "ClientId": "web",
                "ClientName": "app",
                "ClientSecret": "s" * 30,
                "CreationDate": moment,
                "EnablePropagateAdditionalUserContextData": False,
                "EnableTokenRevocation": False,
                "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"],
                "IdTokenValidity": 0,
                "LastModifiedDate": moment,
                "PreventUserExistenceErrors": "ENABLED",
                "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
                "RefreshTokenValidity": 7200,
                "TokenValidityUnits": {
                    "AccessToken": "seconds",
                    "IdToken": "seconds",
                    "RefreshToken": "seconds",
                },
                "UserPoolId": cognito.pool.id,
            }
        )

    def test_what_a_test_sets_later(self, cognito, create, describe):
        create(AccessTokenValidity=10, TokenValidityUnits={"AccessToken": "minutes"})
        client = made(cognito)
        client.access_token_validity = 1200
        described = describe(client)
        assert described["AccessTokenValidity"] == 20
        assert described["TokenValidityUnits"] == {"AccessToken": "minutes"}
        client.access_token_validity = 3600
        assert describe(client)["AccessTokenValidity"] == 60

    def test_a_new_client_is_described_as_when_it_was_made(self, cognito, create, describe):
        app = create(GenerateSecret=True)
        assert describe(made(cognito)) == app


class TestUpdateUserPoolClient:
    def test_what_is_not_sent_goes_back_to_its_default(self, cognito, update, describe):
        clock = cognito.freeze_time("2026-01-31 12:00:00.123")
        client = cognito.pool.add_client(
            client_id="web",
            client_secret="s" * 30,
            explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"],
            prevent_user_existence_errors="ENABLED",
            auth_session_validity=900,
            access_token_validity=300,
            id_token_validity=300,
            refresh_token_validity=3600,
            enable_token_revocation=False,
            refresh_token_rotation=10,
        )
        client.described["CallbackURLs"] = ["https://example.com/"]
        clock.tick(60)
        app = update(client)
        assert app == describe(client)
        assert app == known(
            {
                "AllowedOAuthFlowsUserPoolClient": False,
                "AuthSessionValidity": 3,
                "ClientId": "web",
                "ClientName": "app",
                "ClientSecret": "s" * 30,
                "CreationDate": CREATED,
                "EnablePropagateAdditionalUserContextData": False,
                "EnableTokenRevocation": True,
                "ExplicitAuthFlows": DEFAULT_FLOWS,
                "LastModifiedDate": CREATED.replace(minute=1),
                "PreventUserExistenceErrors": "LEGACY",
                "RefreshTokenRotation": {"Feature": "DISABLED"},
                "RefreshTokenValidity": 30,
                "TokenValidityUnits": {},
                "UserPoolId": cognito.pool.id,
            }
        )
        assert client.access_token_validity == client.id_token_validity == 3600
        assert client.refresh_token_validity == 30 * 86_400
        assert client.refresh_token_rotation is None
        assert client.auth_session_validity == 180
        assert client.enable_token_revocation is True

    @has_rotation
    def test_rotation_comes_and_goes(self, cognito, create, update):
        create()
        client, others = made(cognito), ("ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH")
        for _ in range(2):
            assert client.explicit_auth_flows == tuple(DEFAULT_FLOWS)
            update(client, RefreshTokenRotation={"Feature": "ENABLED"})
            assert (client.explicit_auth_flows, client.refresh_token_rotation) == (others, 0)
            update(client)
            assert client.refresh_token_rotation is None

    def test_what_is_sent_is_changed(self, cognito, update):
        client = cognito.pool.client
        app = update(client, ClientName="newer", ExplicitAuthFlows=["ADMIN_NO_SRP_AUTH"])
        assert (app["ClientName"], app["ExplicitAuthFlows"]) == ("newer", ["ADMIN_NO_SRP_AUTH"])
        assert client.explicit_auth_flows == ("ALLOW_ADMIN_USER_PASSWORD_AUTH", *DEFAULT_FLOWS)

    @pytest.mark.parametrize(
        ("params", "refusal"),
        [
            (
                {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"]},
                said(texts.AUTH_FLOWS_MIXED),
            ),
            ({"IdTokenValidity": 25}, OUT_OF_RANGE),
            (
                {"IdTokenValidity": 24, "RefreshTokenValidity": 3600}
                | {"TokenValidityUnits": {"RefreshToken": "seconds"}},
                ENDS_FIRST,
            ),
            pytest.param(
                {
                    "ExplicitAuthFlows": DEFAULT_FLOWS,
                    "RefreshTokenRotation": {"Feature": "ENABLED"},
                },
                said(texts.REFRESH_FLOW_WITH_ROTATION),
                marks=has_rotation,
            ),
        ],
    )
    def test_a_refusal_changes_nothing(self, cognito, client, describe, params, refusal):
        app = cognito.pool.client
        before = describe(app)
        params = {"UserPoolId": app.pool.id, "ClientId": app.id, "ClientName": "new", **params}
        assert refused(client.update_user_pool_client, **params) == refusal
        assert describe(app) == before


class TestDeleteUserPoolClient:
    @pytest.fixture
    def app(self, cognito):
        return cognito.pool.add_client(client_id="web")

    @pytest.fixture
    def delete(self, client):
        def delete(app):
            answer = client.delete_user_pool_client(UserPoolId=app.pool.id, ClientId=app.id)
            assert list(answer) == ["ResponseMetadata"]

        return delete

    def test_it_goes(self, cognito, client, app, delete):
        pool = cognito.pool
        delete(app)
        assert pool.clients == {pool.client.id: pool.client}
        params = {"UserPoolId": pool.id, "ClientId": "web"}
        for call in (client.describe_user_pool_client, client.delete_user_pool_client):
            assert refused(call, **params) == GONE
        listed = client.list_user_pool_clients(UserPoolId=pool.id)["UserPoolClients"]
        assert [each["ClientId"] for each in listed] == [pool.client.id]

    def test_nobody_signs_in_through_it(self, cognito, client, make_person, app, delete):
        ada = cognito.add_user("ada", mfa="SMS_MFA")
        person = make_person(ada, app=app)
        asked = person.start_with_password()
        delete(app)
        for call in (
            person.start_with_password,
            lambda: person.answer(asked, SMS_MFA_CODE=ada.sms_code),
        ):
            assert refused(call) == GONE
        # Nor does its session go on with another, not even with one that has its id.
        cognito.pool.add_client(client_id="web")
        for name in (cognito.pool.client.id, "web"):
            person.common["ClientId"] = name
            assert refused(lambda: person.answer(asked, SMS_MFA_CODE=ada.sms_code)) == said(
                texts.SESSION_INVALID
            )

    def test_access_tokens_are_good_until_they_expire(self, cognito, client, app, delete):
        clock = cognito.freeze_time("2026-01-31 12:00")
        token = cognito.add_user("ada").sign_in(client=app).access_token
        delete(app)
        clock.tick(3599)
        assert client.get_user(AccessToken=token)["Username"] == "ada"
        clock.tick(1)
        assert refused(client.get_user, AccessToken=token) == said(texts.ACCESS_TOKEN_EXPIRED)

    def test_refresh_tokens_are_not(self, cognito, client, app, delete):
        cognito.pool.device_tracking = "off"
        token = cognito.add_user("ada").sign_in(client=app).refresh_token
        delete(app)
        parameters = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": token}}
        assert refused(client.initiate_auth, ClientId="web", **parameters) == GONE
        assert refused(client.revoke_token, ClientId="web", Token=token) == said(
            texts.REVOCATION_NOT_AUTHORIZED
        )
        cognito.pool.add_client(client_id="web")
        for name in (cognito.pool.client.id, "web"):
            assert refused(client.initiate_auth, ClientId=name, **parameters) == said(
                texts.REFRESH_TOKEN_INVALID
            )

    def test_the_last_one_goes_too(self, cognito, client, delete):
        ada, app = cognito.add_user("ada"), cognito.pool.client
        token = ada.access_token
        delete(app)
        assert client.get_user(AccessToken=token)["Username"] == "ada"
        assert client.list_user_pool_clients(UserPoolId=cognito.pool.id)["UserPoolClients"] == []
        params = {"UserPoolId": cognito.pool.id, "ClientName": "new"}
        made = client.create_user_pool_client(**params)["UserPoolClient"]
        assert cognito.pool.client.id == made["ClientId"]


class TestListUserPoolClients:
    def test_the_clients_of_the_pool(self, cognito, client, create):
        pool = cognito.pool
        create()
        cognito.add_pool()
        answer = client.list_user_pool_clients(UserPoolId=pool.id)
        del answer["ResponseMetadata"]
        assert answer == {
            "UserPoolClients": [
                {"ClientId": pool.client.id, "ClientName": "app", "UserPoolId": pool.id},
                {"ClientId": made(cognito).id, "ClientName": "web", "UserPoolId": pool.id},
            ]
        }

    @pytest.mark.parametrize(("size", "sizes"), [({"MaxResults": 50}, [50, 21]), ({}, [60, 11])])
    def test_by_pages(self, cognito, client, size, sizes):
        pool = cognito.pool
        for _ in range(70):
            pool.add_client()
        found, token = [], {}
        while True:
            answer = client.list_user_pool_clients(UserPoolId=pool.id, **size, **token)
            found.append([app["ClientId"] for app in answer["UserPoolClients"]])
            if "NextToken" not in answer:
                break
            token = {"NextToken": answer["NextToken"]}
        assert [len(page) for page in found] == sizes
        assert [*found[0], *found[1]] == list(pool.clients)

    def test_a_token_is_of_one_pool(self, cognito, client):
        pool, other = cognito.pool, cognito.add_pool()
        for _ in range(2):
            pool.add_client()
        answer = client.list_user_pool_clients(UserPoolId=pool.id, MaxResults=1)
        params = {"UserPoolId": other.id, "NextToken": answer["NextToken"]}
        assert refused(client.list_user_pool_clients, **params) == said(texts.PAGE_TOKEN_INVALID)

    def test_none(self, client):
        pool_id = client.create_user_pool(PoolName="new")["UserPool"]["Id"]
        assert client.list_user_pool_clients(UserPoolId=pool_id)["UserPoolClients"] == []


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("create_user_pool_client", {"ClientName": "web"}),
        ("delete_user_pool_client", {"ClientId": "abc"}),
        ("describe_user_pool_client", {"ClientId": "abc"}),
        ("list_user_pool_clients", {}),
        ("update_user_pool_client", {"ClientId": "abc"}),
    ],
)
def test_an_unknown_pool(client, operation, params):
    params = {"UserPoolId": "us-east-1_nowhere00", **params}
    assert refused(getattr(client, operation), **params) == said(
        texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00"
    )


@pytest.mark.parametrize(
    "operation",
    ["delete_user_pool_client", "describe_user_pool_client", "update_user_pool_client"],
)
def test_a_client_of_another_pool(cognito, client, operation):
    other = cognito.add_pool(client_id="web")
    params = {"UserPoolId": cognito.pool.id, "ClientId": other.client.id}
    assert refused(getattr(client, operation), **params) == GONE
    assert "web" in other.clients
