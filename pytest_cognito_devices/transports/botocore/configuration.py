"""What botocore finds in the environment and files of a developer, and a client that does not."""

from __future__ import annotations

import os
from functools import lru_cache

from botocore import UNSIGNED
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import Session

DEFAULT_REGION = "us-east-1"


def region_of(user_pool_id: object) -> str:
    """The region for a pool that was given none: its id's, the environment's, or the default."""
    if isinstance(user_pool_id, str) and "_" in user_pool_id:
        return user_pool_id.partition("_")[0]
    return configured_region() or os.environ.get("AWS_REGION") or DEFAULT_REGION


def configured_region() -> str | None:
    """The region that botocore finds in the environment and the developer's configuration."""
    region = os.environ.get("AWS_DEFAULT_REGION")
    if region:
        return region
    files = tuple(_state_of(os.environ.get(name) or path) for name, path in _CONFIGURATION)
    if not any(files):
        return None
    return _configured_region(files, *map(os.environ.get, ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")))


_CONFIGURATION = (
    ("AWS_CONFIG_FILE", "~/.aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
)


def _state_of(file: str) -> tuple[str, int, int] | None:
    """What changes when somebody writes the file; None if there is none, or nothing in it."""
    try:
        # `pathlib` would take as long as all the rest of a fake, and there is one for every test.
        stat = os.stat(os.path.expanduser(file))  # noqa: PTH111, PTH116
    except OSError:
        return None
    return (file, stat.st_mtime_ns, stat.st_size) if stat.st_size else None


# A session takes milliseconds to make, and there is a fake for every test.
@lru_cache(maxsize=16)
def _configured_region(_files: object, *_profile: str | None) -> str | None:
    try:
        found: str | None = Session().get_config_variable("region")
    except BotoCoreError:  # such as a profile that is not there
        return None
    return found or None


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
