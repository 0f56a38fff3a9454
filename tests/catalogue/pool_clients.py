"""The operations on app clients."""

from __future__ import annotations

from catalogue.case import AT_MOST, ENUM, PATTERN, Case, takes
from catalogue.pools import MAX_RESULTS, MINIMAL, NEXT_TOKEN, NO_POOL, nowhere, of_pool
from pytest_cognito_devices.service import api, texts
from said import said

FLOWS = api.model().shape_for("ExplicitAuthFlowsType").metadata["enum"]
EVERYTHING = {
    "AccessTokenValidity": 10,
    "AuthSessionValidity": 15,
    "CallbackURLs": ["https://example.com"],
    "EnableTokenRevocation": False,
    "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    "IdTokenValidity": 2,
    "PreventUserExistenceErrors": "ENABLED",
    "RefreshTokenValidity": 60,
    "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"},
}
ROTATES = takes("CreateUserPoolClient", "RefreshTokenRotation")


def creating(cognito, **params):
    return of_pool(cognito, ClientName="web", **params)


def of_client(cognito, **params):
    return of_pool(cognito, ClientId=cognito.pool.client.id, **params)


def of_client_with_everything(cognito):
    cognito.pool.client.secret = "s" * 51
    cognito.pool.client.access_token_validity = 90
    cognito.pool.client.refresh_token_rotation = 10
    return of_client(cognito)


def listing(cognito):
    cognito.pool.add_client(client_id="another")
    return of_pool(cognito, MaxResults=1)


def unknown(cognito):
    return of_pool(cognito, ClientId="unknown")


NO_CLIENT = (unknown, *said(texts.CLIENT_NOT_FOUND, ClientId="unknown"))
NO_POOL_FOR_CLIENT = (lambda cognito: nowhere(cognito, ClientId="abc"), *NO_POOL)
MINIMAL_CLIENT = {**MINIMAL, "ClientId": "abc"}
MIXED = (
    ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"],
    *said(texts.AUTH_FLOWS_MIXED),
)

# Members that creating and updating have in common, before and behind `ClientId`.
ROTATION = (
    "RefreshTokenRotation",
    {"Feature": "x"},
    f"Value 'x' at 'refreshTokenRotation.feature' {ENUM} [ENABLED, DISABLED]",
)
FIRST = [
    ("AccessTokenValidity", 86_401, f"Value '86401' at 'accessTokenValidity' {AT_MOST} 86400"),
    ("AuthSessionValidity", 16, f"Value '16' at 'authSessionValidity' {AT_MOST} 15"),
]
LAST = [
    ("ClientName", "a!b", f"Value 'a!b' at 'clientName' {PATTERN} [\\w\\s+=,.@-]+"),
    (
        "ExplicitAuthFlows",
        ["x"],
        f"Value 'x' at 'explicitAuthFlows.1.member' {ENUM} [{', '.join(FLOWS)}]",
    ),
    ("IdTokenValidity", 86_401, f"Value '86401' at 'idTokenValidity' {AT_MOST} 86400"),
    (
        "PreventUserExistenceErrors",
        "x",
        f"Value 'x' at 'preventUserExistenceErrors' {ENUM} [LEGACY, ENABLED]",
    ),
    *([ROTATION] if ROTATES else []),
    (
        "RefreshTokenValidity",
        315_360_001,
        f"Value '315360001' at 'refreshTokenValidity' {AT_MOST} 315360000",
    ),
    (
        "TokenValidityUnits",
        {"AccessToken": "x"},
        f"Value 'x' at 'tokenValidityUnits.accessToken' {ENUM} [seconds, minutes, hours, days]",
    ),
    "UserPoolId",
]

CASES = {
    "CreateUserPoolClient": Case(
        [
            creating,
            lambda cognito: creating(cognito, GenerateSecret=True, **EVERYTHING),
            lambda cognito: creating(cognito, ExplicitAuthFlows=["ADMIN_NO_SRP_AUTH"]),
        ],
        {**MINIMAL, "ClientName": "web"},
        [*FIRST, *LAST],
        (lambda cognito: nowhere(cognito, ClientName="web"), *NO_POOL),
        [
            (lambda cognito: creating(cognito, ExplicitAuthFlows=MIXED[0]), *MIXED[1:]),
            (
                lambda cognito: creating(cognito, AccessTokenValidity=25),
                *said(texts.TOKEN_VALIDITY_OUT_OF_RANGE),
            ),
        ],
    ),
    "DescribeUserPoolClient": Case(
        [of_client, of_client_with_everything],
        MINIMAL_CLIENT,
        ["ClientId", "UserPoolId"],
        NO_CLIENT,
        [NO_POOL_FOR_CLIENT],
    ),
    "UpdateUserPoolClient": Case(
        [of_client, lambda cognito: of_client(cognito, ClientName="web", **EVERYTHING)],
        MINIMAL_CLIENT,
        [*FIRST, "ClientId", *LAST],
        NO_CLIENT,
        [
            NO_POOL_FOR_CLIENT,
            (lambda cognito: of_client(cognito, ExplicitAuthFlows=MIXED[0]), *MIXED[1:]),
        ],
    ),
    "DeleteUserPoolClient": Case(
        [of_client],
        MINIMAL_CLIENT,
        ["ClientId", "UserPoolId"],
        NO_CLIENT,
        [NO_POOL_FOR_CLIENT],
    ),
    "ListUserPoolClients": Case(
        [of_pool, listing],
        MINIMAL,
        [MAX_RESULTS, NEXT_TOKEN, "UserPoolId"],
        (nowhere, *NO_POOL),
        [
            (
                lambda cognito: of_pool(cognito, NextToken="forged"),
                *said(texts.PAGE_TOKEN_INVALID),
            ),
        ],
    ),
}
