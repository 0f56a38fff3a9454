"""The region of a fake, and a client that has nothing of a developer's configuration."""

from __future__ import annotations

import os
from functools import lru_cache

from botocore import UNSIGNED
from botocore.client import BaseClient
from botocore.config import Config
from botocore.session import Session

DEFAULT_REGION = "us-east-1"


def region_of(user_pool_id: object) -> str:
    """The region for a pool that was given none: its id's, the environment's, or the default."""
    if isinstance(user_pool_id, str) and "_" in user_pool_id:
        return user_pool_id.partition("_")[0]
    return os.environ.get("AWS_DEFAULT_REGION") or os.environ.get("AWS_REGION") or DEFAULT_REGION


@lru_cache(maxsize=8)
def client(region: str) -> BaseClient:
    """A `cognito-idp` client made once per process and region, that signs nothing.

    The developer's own configuration, by file or environment, has no say in it.
    """
    ours = {
        "config_file": os.devnull,
        "credentials_file": os.devnull,
        "defaults_mode": "legacy",
        "ignore_configured_endpoint_urls": True,
        "max_attempts": None,
        "profile": None,
        "retry_mode": None,
        "use_dualstack_endpoint": None,
        "use_fips_endpoint": None,
    }
    session = Session(
        session_vars={name: (None, None, value, None) for name, value in ours.items()}
    )
    config = Config(signature_version=UNSIGNED)
    return session.create_client("cognito-idp", region_name=region, config=config)
