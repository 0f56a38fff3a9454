"""What failing tests say: the files of `gallery.md`, run, and their reports compared with it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.texts import Text

GALLERY = Path(__file__).with_name("gallery.md").read_text()
IN_ORDER = ["-p", "no:randomly"]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
APP = BLOCK.search(GALLERY)[2]
INI = """
[pytest]
filterwarnings = error
cognito_devices_user_pool_id = us-east-1_MyAppPool
cognito_devices_client_id = webapp
"""

# Writes down the secrets of every fake, for nobody may tell them.
CONFTEST = """
import json

from pytest_cognito_devices.transports import backend

DEEP = "Token", "Session", "PASSWORD", "Password", "Secret", "Code", "Salt", "Verifier", "HASH"


def strings(value, name=""):
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from strings(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, name)
    elif isinstance(value, str) and any(word.lower() in name.lower() for word in DEEP):
        yield value


def secrets(cognito):
    yield from cognito._service.account.issued
    for pool in cognito.pools:
        yield from (each.secret for each in pool.clients.values() if each.secret)
        for user in pool.users:
            yield from (user.password, user.software_token.secret, *user.inbox.last.values())
            yield from (each.password for each in user.devices if each.seeded)
            for device in user.devices:
                yield from (f"{number:x}" for number in device.salt_and_verifier())
    for call in cognito.calls:
        yield from strings(call.params)
        yield from strings(call.response)


def pytest_runtest_teardown():
    with open("secrets.txt", "a") as file:
        for cognito in backend._active:
            file.writelines(json.dumps(each) + "\\n" for each in secrets(cognito))
"""


def _pieces():
    """The title, the test file and the report of every piece."""
    for section in GALLERY.split("\n## ")[1:]:
        blocks = dict(BLOCK.findall(section))
        yield section.partition("\n")[0], blocks["python"], blocks.get("text", "")


PIECES = {title: (source, text) for title, source, text in _pieces()}


def _hang(directory):
    """Write the files of the gallery into a directory."""
    directory.joinpath("app.py").write_text(APP)
    directory.joinpath("conftest.py").write_text(CONFTEST)
    directory.joinpath("pytest.ini").write_text(INI)
    for title, (source, _) in PIECES.items():
        directory.joinpath(f"{_stem(title)}.py").write_text(source)


def _stem(title):
    return "test_" + re.sub(r"\W+", "_", title.lower())


def _run(directory, *args, **environment):
    """The output of pytest."""
    told = {
        name: value for name, value in os.environ.items() if name not in {"CI", "BUILD_NUMBER"}
    }
    command = [
        *(sys.executable, "-m", "pytest", "--tb=short", "--continue-on-collection-errors"),
        *("-p", "no:hypothesispytest", "-p", "no:asyncio", "-p", "no:cacheprovider", *args),
    ]
    result = subprocess.run(
        command,
        cwd=directory,
        env={**told, "PY_COLORS": "0", "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


class Told(NamedTuple):
    """What pytest said, and what it should not say."""

    output: str
    secrets: set[str]

    @property
    def reports(self):
        return _reports(self.output)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the gallery, once for each set of options."""
    told = {}

    def run(*args, **environment):
        key = args, *environment.items()
        if key not in told:
            directory = tmp_path_factory.mktemp("gallery")
            _hang(directory)
            output = _run(directory, *args, **environment)
            secrets = directory.joinpath("secrets.txt").read_text().splitlines()
            # A device key in the place of a token is no secret.
            told[key] = Told(
                output, {json.loads(each) for each in secrets if "us-east-" not in each}
            )
        return told[key]

    return run


HEADING = re.compile(r"^_+ (.*?) _+$", re.MULTILINE)
END = re.compile(r"^=+ (?:short test summary info|warnings summary) =+$", re.MULTILINE)
ALIKE = [
    (re.compile(r"^=+ FAILURES =+\n", re.MULTILINE), ""),
    (re.compile(r" +$", re.MULTILINE), ""),
    # Places in other packages, with the line that stands there.
    (re.compile(r"^(?:/|\.\.|\w+/).*: in \w+\n(?:    .*\n)*", re.MULTILINE), ""),
    # The process, empty lines of an error, and what marks a part of the line above.
    (re.compile(r"^(?:\[gw\d\] .*|E|E? *\^+)\n", re.MULTILINE), ""),
    (re.compile(r"^-+ (.*?) -+$", re.MULTILINE), r"--- \1 ---"),
    # Not every botocore declares it.
    (re.compile("OperationNotEnabledException, "), ""),
    # The DeviceGroupKey of a pool.
    (re.compile(r"'-\w{8}'"), "'-…'"),
    # The ends of tokens, and device keys, unless the test chose one: those begin with one digit.
    (re.compile(r"'(\w{3})…[\w-]{6}'"), r"'\1…'"),
    (re.compile(r"us-east-1_(?!(\d)\1{7})[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}"), "us-east-1_…"),
]


# The names of all operations, and of all settings, which tests of their own know.
ALIKE += [
    (re.compile(r"Implemented: (?:\w+,\n?(?:E +| +))+\w+\."), "Implemented: …"),
    (re.compile(r"It has: (?:\w+, ){10,}\w+\."), "It has: …"),
]


def _reports(output):
    """The reports in an output of pytest, by their headings, without what is random."""
    _, *parts = HEADING.split(END.split(output)[0])
    return {
        heading: f"___ {heading} ___\n{_alike(text).lstrip()}"
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }


def _alike(text):
    for pattern, alike in [*ALIKE, *WORDS]:
        text = pattern.sub(alike, text)
    return text


def _words_of_the_service():
    """What finds each text of the table, and its name: the gallery is about the fake's words."""
    table = {name: text for name, text in vars(texts).items() if isinstance(text, Text)}
    for name, text in table.items():
        pattern = re.sub(r"\\\{\w+\\\}", r"\\S+", re.escape(text.message))
        yield re.compile(rf"(?<=: ){pattern}$", re.MULTILINE), f"<{name}>"


WORDS = list(_words_of_the_service())


def _of(title, reports):
    """The reports of one piece."""
    names = {_stem(title), *re.findall(r"def (test_\w+)", PIECES[title][0])}
    return "".join(
        text for heading, text in reports.items() if names & {*re.findall(r"test_\w+", heading)}
    )


EXPLAINED = re.compile(
    r"^E   (?:AssertionError(?:: assert .*)?|assert .*)\n(?:E .*\n)*", re.MULTILINE
)


def _unexplained(report):
    """A report without what pytest says of an `assert`."""
    return EXPLAINED.sub("", report)


@pytest.mark.parametrize("title", PIECES)
def test_a_failing_test_says(run, title):
    assert _of(title, run(*IN_ORDER).reports) == PIECES[title][1]


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        pytest.param(["-p", "randomly"], {}, id="in random order"),
        pytest.param(["-n2"], {}, id="in two processes"),
        pytest.param(
            IN_ORDER,
            {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
            id="in development mode",
        ),
    ],
)
def test_it_says_the_same(run, options, environment):
    reports = run(*options, **environment).reports
    assert {title: _of(title, reports) for title in PIECES} == {
        title: text for title, (_, text) in PIECES.items()
    }


def test_it_says_the_same_where_pytest_does_not_explain_assertions(run):
    reports = run(*IN_ORDER, "--assert=plain").reports
    assert {title: _unexplained(_of(title, reports)) for title in PIECES} == {
        title: _unexplained(text) for title, (_, text) in PIECES.items()
    }


def test_a_misuse_points_at_the_line_of_the_test(run):
    """No traceback shows a line of the package."""
    assert not re.search(r"pytest_cognito_devices/[\w/]+\.py", run(*IN_ORDER).output)


def _windows(texts):
    """All that stands in 13 characters in a row."""
    return {text[start : start + 13] for text in texts for start in range(len(text) - 12)}


@pytest.mark.parametrize("options", [IN_ORDER, ["-n2"], [*IN_ORDER, "--assert=plain"]])
def test_no_secret_is_told(run, options):
    told = run(*options)
    assert len(told.secrets) > 100
    assert not _windows([told.output]) & _windows(told.secrets)
    assert not re.findall(r"eyJ[\w-]{10,}", told.output)


def test_nor_is_a_short_one_in_a_section(run):
    """The lines of tests, which pytest shows, may have passwords in them."""
    told = run(*IN_ORDER)
    sections = [text.partition("--- Cognito calls ---")[2] for text in told.reports.values()]
    short = {each for each in told.secrets if 6 <= len(each) <= 12} - {"Bearer"}
    assert "Passw0rd!" in short
    assert not [each for each in short if any(f"'{each}'" in text for text in sections)]


def test_nor_in_a_repr(run):
    told = run(*IN_ORDER, "--showlocals", "-vv")
    found = re.findall(r"^ *\w+ += (\[?<[A-Z].*)$|^E +(.*)$", told.output, re.MULTILINE)
    lines = [local or line for local, line in found]
    kinds = {kind for line in lines for kind in re.findall(r"^\[?<(\w+) ", line)}
    assert kinds >= {"AppClient", "Device", "FakeCognito", "Tokens", "User", "UserPool"}
    assert not _windows(lines) & _windows(told.secrets)
