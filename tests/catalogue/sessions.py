"""Refreshing, revoking, signing out."""

from __future__ import annotations

from catalogue.case import ENUM, PATTERN, Case
from catalogue.devices import NO_USER, as_admin, as_user, deleted, nobody
from pytest_cognito_devices.service import texts
from said import said

TOKEN = f"{PATTERN} [A-Za-z0-9-_=.]+"
SECRET = f"{PATTERN} [\\w+]+"
BAD_SECRET = "ClientSecret", "a b" * 8, f"Value at 'clientSecret' {SECRET}"
NO_CLIENT = said(texts.CLIENT_NOT_FOUND, ClientId="nobodys")


def refreshing(cognito, *, rotation=None, **params):
    cognito.pool.device_tracking = "off"
    cognito.pool.client.refresh_token_rotation = rotation
    token = cognito.add_user("ada").refresh_token
    return {"ClientId": cognito.pool.client.id, "RefreshToken": token, **params}


def revoking(cognito, use="refresh_token", **params):
    token = getattr(cognito.add_user("ada"), use)
    return {"ClientId": cognito.pool.client.id, "Token": token, **params}


def irrevocable(cognito):
    cognito.pool.client.enable_token_revocation = False
    return revoking(cognito)


SESSION = "tkn" + "0" * 25
SESSION_ID = (
    "SessionId",
    SESSION.upper(),
    f"Value '{SESSION.upper()}' at 'sessionId' {PATTERN} ^(tkn|sso)[a-z0-9]{{25}}$",
)
PAGE_TOKEN = ("NextToken", "a b", f"Value 'a b' at 'nextToken' {PATTERN} [\\S]+")
LINKED = (
    "RevokeAssociatedSessions",
    "x",
    f"Value 'x' at 'revokeAssociatedSessions' {ENUM} [NONE, LINKED]",
)
SWITCH = (
    "UserSessionTracking",
    "x",
    f"Value 'x' at 'userSessionTracking' {ENUM} [ENABLED, DISABLED]",
)
NO_POOL = said(texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00")
TRACKING = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}
SSO = {"SSOSession": {"MaxValidityMinutes": 5}}


def tracked(cognito):
    cognito.pool.user_session_tracking = True
    return cognito.add_user("ada")


def by_user(cognito, **params):
    return {"AccessToken": tracked(cognito).access_token, **params}


def by_admin(cognito, **params):
    tracked(cognito)
    return {"UserPoolId": cognito.pool.id, "Username": "ada", **params}


def revoking_another(cognito, **params):
    call = by_user(cognito, **params)
    return {**call, "SessionId": cognito.user("ada").sign_in().session.id}


def revoking_the_current(cognito):
    call = by_user(cognito)
    return {**call, "SessionId": cognito.user("ada").sessions[0].id}


def revoking_any(cognito, **params):
    call = by_admin(cognito, **params)
    return {**call, "SessionId": cognito.user("ada").sign_in().session.id}


def of_pool(cognito, **params):
    return {"UserPoolId": cognito.pool.id, **params}


def nowhere(_cognito, **params):
    return {"UserPoolId": "us-east-1_nowhere00", **params}


def of_client(cognito, **params):
    return of_pool(cognito, ClientId=cognito.pool.client.id, **params)


def of_tracked_client(cognito):
    cognito.pool.user_session_tracking = True
    return of_client(cognito, **SSO)


def of_lite_pool(cognito):
    cognito.pool.described["UserPoolTier"] = "LITE"
    return of_pool(cognito, **TRACKING)


def of_lite_client(cognito):
    of_lite_pool(cognito)
    return of_client(cognito, **SSO)


CASES = {
    "GetTokensFromRefreshToken": Case(
        [refreshing, lambda cognito: refreshing(cognito, rotation=10)],
        {"ClientId": "nobodys", "RefreshToken": "a.b"},
        [
            "ClientId",
            BAD_SECRET,
            "DeviceKey",
            ("RefreshToken", "a b", f"Value at 'refreshToken' {TOKEN}"),
        ],
        (lambda cognito: refreshing(cognito, ClientId="nobodys"), *NO_CLIENT),
        [
            (
                lambda cognito: refreshing(cognito, RefreshToken="x.y"),
                *said(texts.REFRESH_TOKEN_INVALID),
            ),
            (
                lambda cognito: refreshing(cognito, ClientSecret="x" * 24),
                *said(texts.CLIENT_SECRET_WRONG, ClientId="abc"),
            ),
        ],
    ),
    "RevokeToken": Case(
        [revoking, lambda cognito: revoking(cognito, Token="x.y")],
        {"ClientId": "nobodys", "Token": "a.b"},
        ["ClientId", BAD_SECRET, ("Token", "a b", f"Value at 'token' {TOKEN}")],
        (
            lambda cognito: revoking(cognito, ClientId="nobodys"),
            *said(texts.REVOCATION_NOT_AUTHORIZED),
        ),
        [
            (
                lambda cognito: revoking(cognito, "access_token"),
                *said(texts.TOKEN_TYPE_UNSUPPORTED),
            ),
            (irrevocable, *said(texts.REVOCATION_NOT_ENABLED)),
        ],
    ),
    "GlobalSignOut": Case(
        [as_user], {"AccessToken": "a.b.c"}, ["AccessToken"], (deleted, *NO_USER)
    ),
    "AdminUserGlobalSignOut": Case(
        [as_admin],
        {"UserPoolId": "us-east-1_a", "Username": "ada"},
        ["UserPoolId", "Username"],
        (nobody, *NO_USER),
    ),
    "ListUserSessions": Case(
        [by_user],
        {"AccessToken": "a.b.c"},
        ["AccessToken", PAGE_TOKEN],
        (deleted, *NO_USER),
        [
            (as_user, *said(texts.SESSION_TRACKING_OFF)),
            (
                lambda cognito: by_user(cognito, NextToken="foreign"),
                *said(texts.PAGE_TOKEN_INVALID),
            ),
        ],
    ),
    "AdminListUserSessions": Case(
        [by_admin],
        {"UserPoolId": "us-east-1_a", "Username": "ada"},
        [PAGE_TOKEN, "UserPoolId", "Username"],
        (nobody, *NO_USER),
        [
            (as_admin, *said(texts.SESSION_TRACKING_OFF)),
            (lambda cognito: nowhere(cognito, Username="ada"), *NO_POOL),
        ],
    ),
    "RevokeUserSession": Case(
        [
            revoking_another,
            lambda cognito: revoking_another(cognito, RevokeAssociatedSessions="LINKED"),
        ],
        {"AccessToken": "a.b.c", "SessionId": SESSION},
        ["AccessToken", LINKED, SESSION_ID],
        (lambda cognito: by_user(cognito, SessionId=SESSION), *said(texts.USER_SESSION_NOT_FOUND)),
        [
            (
                lambda cognito: as_user(cognito, SessionId=SESSION),
                *said(texts.SESSION_TRACKING_OFF),
            ),
            (revoking_the_current, *said(texts.USER_SESSION_IS_CURRENT)),
        ],
    ),
    "AdminRevokeUserSession": Case(
        [revoking_any, lambda cognito: revoking_any(cognito, RevokeAssociatedSessions="NONE")],
        {"UserPoolId": "us-east-1_a", "Username": "ada", "SessionId": SESSION},
        [LINKED, SESSION_ID, "UserPoolId", "Username"],
        (
            lambda cognito: by_admin(cognito, SessionId=SESSION),
            *said(texts.USER_SESSION_NOT_FOUND),
        ),
        [
            (
                lambda cognito: as_admin(cognito, SessionId=SESSION),
                *said(texts.SESSION_TRACKING_OFF),
            ),
            (lambda cognito: nobody(cognito, SessionId=SESSION), *NO_USER),
        ],
    ),
    "GetUserPoolSessionConfiguration": Case(
        [of_pool], {"UserPoolId": "us-east-1_a"}, ["UserPoolId"], (nowhere, *NO_POOL)
    ),
    "SetUserPoolSessionConfiguration": Case(
        [lambda cognito: of_pool(cognito, **TRACKING)],
        {"UserPoolId": "us-east-1_a", **TRACKING},
        ["UserPoolId", SWITCH],
        (lambda cognito: nowhere(cognito, **TRACKING), *NO_POOL),
        [(of_lite_pool, *said(texts.SESSION_TRACKING_NOT_IN_TIER, tier="LITE"))],
    ),
    "GetUserPoolClientSessionConfiguration": Case(
        [of_client],
        {"UserPoolId": "us-east-1_a", "ClientId": "nobodys"},
        ["ClientId", "UserPoolId"],
        (lambda cognito: of_pool(cognito, ClientId="nobodys"), *NO_CLIENT),
        [(lambda cognito: nowhere(cognito, ClientId="nobodys"), *NO_POOL)],
    ),
    "SetUserPoolClientSessionConfiguration": Case(
        [of_tracked_client],
        {"UserPoolId": "us-east-1_a", "ClientId": "nobodys", **SSO},
        ["ClientId", "UserPoolId"],
        (lambda cognito: of_pool(cognito, ClientId="nobodys", **SSO), *NO_CLIENT),
        [
            (lambda cognito: of_client(cognito, **SSO), *said(texts.SESSION_TRACKING_OFF)),
            (of_lite_client, *said(texts.SESSION_TRACKING_NOT_IN_TIER, tier="LITE")),
        ],
    ),
}
