"""What the environment says that would keep anybody from making a client."""

from __future__ import annotations

import os
from functools import lru_cache

from botocore.exceptions import BotoCoreError
from botocore.session import Session

from pytest_cognito_devices.transports import backend

_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
# Where botocore looks for profiles, beside the home directory.
_FILES = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "HOME")

# What was taken out, by variable.
_hidden: dict[str, str] = {}


def missing_profiles() -> list[str]:
    """The variables that name a profile which no file has: botocore refuses every session."""
    return [
        name
        for name in _PROFILES
        if os.environ.get(name) and not _is_profile(os.environ[name], *map(os.environ.get, _FILES))
    ]


def hide_missing_profiles() -> None:
    """Take them out of the environment, until `restore`."""
    with backend.lock:
        for name in missing_profiles():
            _hidden[name] = os.environ.pop(name)


def restore() -> None:
    """Put them back, but where somebody has put another meanwhile."""
    with backend.lock:
        for name, value in _hidden.items():
            os.environ.setdefault(name, value)
        _hidden.clear()


# Files are read once: a test may be one of thousands.
@lru_cache(maxsize=8)
def _is_profile(name: str, *_files: str | None) -> bool:
    try:
        return name in Session().available_profiles
    except BotoCoreError:  # nobody can read the file, and who makes a client is told so
        return True
