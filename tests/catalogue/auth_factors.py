"""The factors of a user, by operations that old botocores do not have."""

from __future__ import annotations

from catalogue.admin_users import MINIMAL as BY_ADMIN
from catalogue.admin_users import NAMED, NOBODY
from catalogue.case import Case
from catalogue.devices import as_admin, as_user
from catalogue.users import GONE, MINIMAL, by
from pytest_cognito_devices.service import texts
from said import said


def unconfirmed(cognito):
    call = with_token(cognito)
    cognito.pool.user("ada").status = "UNCONFIRMED"
    return call


def with_token(cognito):
    return by(as_admin, cognito, mfa="SOFTWARE_TOKEN_MFA")


CASES = {
    "GetUserAuthFactors": Case(
        [as_user, lambda cognito: by(as_user, cognito, mfa="SOFTWARE_TOKEN_MFA")],
        MINIMAL,
        ["AccessToken"],
        GONE,
    ),
    "AdminGetUserAuthFactors": Case([as_admin, with_token], BY_ADMIN, NAMED, NOBODY),
    "AdminDeleteSoftwareToken": Case(
        [with_token],
        BY_ADMIN,
        NAMED,
        NOBODY,
        [
            (as_admin, *said(texts.SOFTWARE_TOKEN_MISSING)),
            (unconfirmed, *said(texts.USER_NOT_CONFIRMED)),
        ],
    ),
}
