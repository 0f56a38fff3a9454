"""What the environment says that would keep anybody from making a client."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from botocore.exceptions import BotoCoreError
from botocore.session import Session

from pytest_cognito_devices.transports import backend

_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
# Where botocore looks for profiles: the variable, and the path without it.
_FILES = {
    "AWS_CONFIG_FILE": "~/.aws/config",
    "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials",
}

# What was taken out, by variable.
_hidden: dict[str, str] = {}


def missing_profiles() -> list[str]:
    """The variables that name a profile which no file has: botocore refuses every session."""
    return [
        name for name in _PROFILES if os.environ.get(name) and not _is_profile(os.environ[name])
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


def _is_profile(name: str) -> bool:
    # Once for a file: a test may be one of thousands.
    paths = [Path(os.environ.get(variable) or path) for variable, path in _FILES.items()]
    return _is_in(name, *map(_state, paths))


def _state(path: Path) -> tuple[Path, float | None]:
    path = path.expanduser()
    return path, path.stat().st_mtime if path.exists() else None


@lru_cache(maxsize=8)
def _is_in(name: str, *_files: tuple[Path, float | None]) -> bool:
    try:
        return name in Session().available_profiles
    except BotoCoreError:  # nobody can read the file, and who makes a client is told so
        return True
