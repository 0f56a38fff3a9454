"""Processes of their own, with an environment that tells them nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

#: What a developer without an account at AWS sets, so that no client looks for credentials.
NOBODY = {
    "AWS_ACCESS_KEY_ID": "nobodys",
    "AWS_SECRET_ACCESS_KEY": "nobodys",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


def environment(**more: str) -> dict[str, str]:
    """That of this process, without what it says about AWS, pytest and compiled modules.

    They are kept, as on a developer's machine, or every process would compile everything again.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "COV", "PYTEST_", "PYTHONDONTWRITEBYTECODE"))
    }
    return {**kept, **NOBODY, **more}


def python(*args: str | Path, directory: Path | None = None, **more: str) -> str:
    """Run Python and give what it prints.

    Args:
        *args: those of the interpreter.
        directory: where.
        **more: environment variables.
    """
    result = subprocess.run(
        [sys.executable, *map(str, args)],
        cwd=directory,
        env=environment(**more),
        check=False,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"{args} failed:\n{result.stdout}\n{result.stderr}")
    return result.stdout


def pytest_arguments(*plugins: str) -> Sequence[str]:
    """Run pytest with these of the plugins that are installed, and no others."""
    names = {each.name for each in metadata.entry_points(group="pytest11")}
    others = sorted(name for name in names if name.partition(".")[0] not in plugins)
    blocked = [argument for name in others for argument in ("-p", f"no:{name}")]
    return ["-m", "pytest", "-q", "-p", "no:cacheprovider", *blocked]
