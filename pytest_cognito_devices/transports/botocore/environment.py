"""What clients need that are made while a fake is active, and the environment does not have."""

from __future__ import annotations

import os

from pytest_cognito_devices.transports import backend

# By variable: what was there before, and what was put there.
_completed: dict[str, tuple[str | None, str]] = {}


def missing(region: str) -> dict[str, str]:
    """A region, and not to look for credentials on the network."""
    wanted = {"AWS_DEFAULT_REGION": region, "AWS_EC2_METADATA_DISABLED": "true"}
    return {name: value for name, value in wanted.items() if not os.environ.get(name)}


def complete(region: str) -> None:
    """Put what is missing into the environment, until `restore`."""
    with backend.lock:
        for name, value in missing(region).items():
            _completed[name] = os.environ.get(name), value
            os.environ[name] = value


def restore() -> None:
    """Take it out again, but for what somebody else has put there since."""
    with backend.lock:
        for name, (before, value) in _completed.items():
            if os.environ.get(name) == value:
                os.environ[name] = before or ""
                if before is None:
                    del os.environ[name]
        _completed.clear()
