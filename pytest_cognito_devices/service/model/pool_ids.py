"""The region and the id that a test gives a pool."""

from __future__ import annotations

import re

from pytest_cognito_devices.service import constraints, ids
from pytest_cognito_devices.service.checks import is_misuse

__tracebackhide__ = is_misuse

# As much as botocore asks of one: a part of a host name.
_REGION = re.compile(r"(?!-)[A-Za-z\d-]{1,63}(?<!-)")


def checked_region(region: str) -> str:
    """A region, as a plain string, if botocore would take it."""
    if not isinstance(region, str) or not _REGION.fullmatch(region):
        raise ValueError(f"{region!r} cannot be a region, such as 'us-east-1'.")
    return str.__str__(region)


def checked_pool_id(user_pool_id: str | None, region: str) -> str:
    """An id of a pool in a region, random if not given."""
    if user_pool_id is None:
        return ids.user_pool_id(region)
    user_pool_id = constraints.require("UserPoolIdType", user_pool_id, "user pool id")
    if not user_pool_id.startswith(f"{region}_"):
        raise ValueError(
            f"The user pool {user_pool_id!r} cannot be in {region!r}, for its id names its region."
            f" Leave the region out, or give an id that begins with '{region}_'."
        )
    return user_pool_id
