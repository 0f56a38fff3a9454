"""Refreshing, revoking, signing out."""

from __future__ import annotations

from catalogue.case import PATTERN, Case
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
}
