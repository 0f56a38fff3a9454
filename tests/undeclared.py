"""The errors that the fake answers although the service model does not declare them."""

from __future__ import annotations

#: By operation: the code, and how we know it. Some botocores declare what others do not.
UNDECLARED = {
    "AdminGetDevice": {
        "UserNotFoundException": "assumed: as AdminListDevices",
    },
    "AdminInitiateAuth": {
        "RefreshTokenReuseException": "assumed: as GetTokensFromRefreshToken, which declares it",
    },
    "AdminListDevices": {
        "UserNotFoundException": "observed: a public project, against the live service",
    },
    "AssociateSoftwareToken": {
        "PasswordResetRequiredException": "assumed: as every operation with an access token",
        "UserNotConfirmedException": "assumed: as every operation with an access token",
        "UserNotFoundException": "assumed: as every operation with an access token",
    },
    "ConfirmDevice": {
        "DeviceKeyExistsException": "documented: newer service models declare it",
    },
    "GlobalSignOut": {
        "UserNotFoundException": "assumed: as every operation with an access token",
    },
    "InitiateAuth": {
        "RefreshTokenReuseException": "assumed: as GetTokensFromRefreshToken, which declares it",
    },
    "UpdateUserPool": {
        "FeatureUnavailableInTierException": "documented: newer service models declare it",
    },
}
