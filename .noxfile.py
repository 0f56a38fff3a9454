"""The checks of the project: `nox -f .noxfile.py`, or one of them with `-s NAME`.

`.ci/run` runs them all.
"""

from __future__ import annotations

import shutil
import tempfile

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "uv|virtualenv"
# The matrix is what the machine's interpreters allow; nox says which ones it did not find.
nox.options.error_on_missing_interpreters = False

# What pyproject.toml gives as floors, and the oldest companions that go with them.
OLDEST = [
    "pytest==8.0.0",
    "botocore==1.34.0",
    "boto3==1.34.0",
    "pyjwt==2.4.0",
    "cryptography==41.0.0",
    "freezegun==1.2.2",
    "urllib3==1.26.15",
    "requests==2.29.0",
    "httpx==0.24.0",
    "aiohttp==3.8.6",
]
# Other tools that answer HTTP, in the versions that the README names.
TOOLS = [
    "aioresponses==0.7.9",
    "pytest-httpx==0.36.2",
    "pytest-socket==0.8.1",
    "requests-mock==1.12.1",
    "responses==0.26.3",
    "respx==0.23.1",
    "vcrpy==9.4.2",
]
# Warnings are errors from the first line on.
STRICT = ("python", "-W", "error", "-m")
# Long ones, which the README's own command runs, and which need no run for each version.
ONCE = [
    f"--ignore=tests/{each}"
    for each in (
        "plugin/test_gallery.py",
        "plugin/test_isolation.py",
        "unit/service/test_stateful.py",
        "unit/test_isolation.py",
    )
]
# As many at a time as the smallest machine has processors; a file stays in one process as far as
# possible, for what its tests share.
IN_PARALLEL = ("-n", "2", "--dist", "worksteal")


@nox.session(python="3.10")
def oldest(session: nox.Session) -> None:
    """The tests with the oldest versions of everything that the package promises to work with."""
    session.install("-e", ".[companions]", *OLDEST)
    tests = ["tests/unit", "tests/plugin", "tests/examples"]
    session.run("python", "-m", "pytest", *tests, *ONCE, *IN_PARALLEL, *session.posargs)


@nox.session(python="3.11")
def neighbours(session: nox.Session) -> None:
    """What the README says of other tools, with the versions that it names."""
    session.install("-e", ".[test,benchmarks]", "pytest-asyncio", *TOOLS)
    # pytest-asyncio warns of what no other session's ini file may say.
    tests = [
        "tests/peers",
        "tests/plugin/test_ways.py",
        "tests/test_readme.py::test_block_with_a_companion",
        "tests/test_benchmarks.py",
    ]
    session.run(
        "python", "-m", "pytest", "-p", "no:asyncio", *tests, *IN_PARALLEL, *session.posargs
    )


@nox.session
def other_languages(session: nox.Session) -> None:
    """Clients in other processes: the AWS CLI, and what people use in JavaScript."""
    if shutil.which("npm") is None:
        session.skip("Node is not installed, so there is no npm.")
    session.install("-e", ".", "awscli", "pytest-xdist")
    folder = "tests/other_languages"
    session.run("npm", "install", "--prefix", folder, external=True)
    session.run("python", "-m", "pytest", folder, *IN_PARALLEL, *session.posargs)


@nox.session(python="3.12")
def newest(session: nox.Session) -> None:
    """The tests with the newest botocore, and those of aiobotocore with the one that it takes.

    They run every line and every branch of the package; what opens sockets does so in Python's
    mode for development, too.
    """
    measured = ("coverage", "run", "-m", "pytest", *IN_PARALLEL, *session.posargs)
    session.install("--upgrade", "-e", ".[companions]", "botocore", "boto3")
    session.run("coverage", "erase")
    tests = ["tests/unit", "tests/plugin", "tests/examples"]
    readme = "tests/test_readme.py::test_blocks_for_the_newest_botocore"
    session.run(*STRICT, *measured, *tests, readme, *ONCE)
    # aiobotocore asks for an older botocore.
    session.install("-e", ".[test]")
    sockets = ["tests/aio", "tests/unit/transports/http", "tests/unit/transports/test_server.py"]
    session.run(*STRICT, *measured, *sockets, env={"PYTHONDEVMODE": "1"})
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format."""
    session.install("ruff")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Types, of the package and from a user's side, without and with those of boto3."""
    session.install("-e", ".[test]", "mypy", "nox", "pyright[nodejs]")
    users = ["tests/typing/api.py", "tests/examples"]
    # Not the session's own directory: pyright passes over what begins with a dot.
    with tempfile.TemporaryDirectory() as readme:
        session.run("python", "tests/readme_blocks.py", readme)
        session.run("mypy", "pytest_cognito_devices", *users, "tests/benchmarks", ".noxfile.py")
        session.run("mypy", readme)
        session.run("pyright", *users, readme)
        session.install("boto3-stubs[cognito-idp]")
        # The package is silent: it is checked without these types, which are wrong in places.
        session.run("mypy", "--follow-imports", "silent", "tests/typing", readme)
        session.run("pyright", "tests/typing")


@nox.session
def package(session: nox.Session) -> None:
    """The wheel, installed alone, runs the example suite."""
    session.install("build", "boto3")
    wheels = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", wheels, silent=True)
    # Not one of the same version that a cache has kept.
    fresh = {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    wheel = ["--no-index", "--find-links", wheels, "--no-deps", "pytest-cognito-devices"]
    session.install(*wheel, env=fresh)
    session.install("pytest", "botocore", "pyjwt[crypto]", "freezegun", "pycognito")
    # Not `python -m pytest`, which would find the package in the checkout first.
    session.run("pytest", "tests/examples", "-p", "no:cacheprovider")


@nox.session
def speed(session: nox.Session) -> None:
    """Nothing is clearly slower than what is recorded."""
    session.install("-e", ".[benchmarks]")
    session.run("python", "tests/benchmarks", "check")


@nox.session(default=False)
@nox.parametrize("botocore", ["1.35.99", "1.38.46", "1.42.97", "1.44.0", "1.44.1"])
def between(session: nox.Session, botocore: str) -> None:
    """What asks for botocore, with versions between the oldest and the newest.

    1.44.1 was the first with user sessions.
    """
    session.install("-e", ".[companions]", f"botocore=={botocore}", f"boto3=={botocore}")
    tests = ["tests/unit", "tests/examples"]
    session.run("python", "-m", "pytest", *tests, *IN_PARALLEL, *session.posargs)


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Small changes of the package, which tests have to notice; `-- --since REF` for one's own.

    Where aiobotocore asks for a botocore before 1.44.1, those of user sessions survive.
    """
    session.install("-e", ".[test]")
    session.run("python", "tests/mutation.py", *session.posargs)


@nox.session(default=False)
def names(session: nox.Session) -> None:
    """Write the names that editors complete, from the newest botocore; `-- --check` compares."""
    session.install("--upgrade", "-e", ".", "botocore")
    session.run("python", "tests/naming.py", *session.posargs)


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """What everything costs beside other tools; `-- GROUP` records it in the checkout."""
    session.install("-e", ".[benchmarks]")
    aside = ["--output", session.create_tmp()]
    session.run("python", "tests/benchmarks", *(session.posargs or aside))
