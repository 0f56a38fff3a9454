from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from botocore import xform_name

FOLDER = Path(__file__).parent
HOW = "`nox -f .noxfile.py -s other_languages` installs it"


@pytest.fixture
def server(cognito_devices_server):
    return cognito_devices_server


@pytest.fixture
def run(server):
    """Runs a command that finds the server in its environment."""

    def run(*command):
        environment = {**os.environ, **server.environment}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def aws(run):
    """Calls an operation with the AWS CLI, whose options are spelled as it spells them."""
    if importlib.util.find_spec("awscli") is None:
        pytest.skip(f"The AWS CLI is missing: {HOW}.")

    def call(operation, params):
        command = [sys.executable, "-m", "awscli", "cognito-idp", _option(operation)]
        for name, value in params.items():
            text = value if isinstance(value, str) else json.dumps(value)
            command += [f"--{_option(name)}", text]
        ran = run(*command)
        if not ran.returncode:
            return "answer", json.loads(ran.stdout or "{}")
        error = re.search(r"An error occurred \((\w+)\) when calling .*?: (.*)", ran.stderr)
        assert error, ran.stderr
        return "error", *error.groups()

    return call


def _option(name):
    return xform_name(name, "-")


@pytest.fixture
def node_packages():
    """What package.json asks for."""
    if not (FOLDER / "node_modules").is_dir() or shutil.which("node") is None:
        pytest.skip(f"What package.json asks for is missing: {HOW}.")


@pytest.fixture
def node(run, node_packages):
    """Runs a script of this folder, and reads the JSON that it prints."""

    def run_script(script, *arguments, in_page=False):
        page = ["--import", FOLDER / "page.js"] if in_page else []
        ran = run("node", *page, FOLDER / script, *arguments)
        assert not ran.returncode, ran.stderr
        return json.loads(ran.stdout)

    return run_script


@pytest.fixture
def sdk(node):
    """Calls an operation with the AWS SDK for JavaScript."""
    return lambda operation, params: tuple(node("sdk.js", operation, json.dumps(params)))
