"""Every block of the README runs, and every output that it shows is what is printed.

So do the blocks of what the README refers to.

A block with tests is run by pytest, any other block of Python as a script; blocks of one section
share a directory, and `app.py` of the first section is there for all. So do the sections without
an ini file, whose tests are run in one process, as those of one project are. A block of text
belongs to the tests of the last block before it: it is among what they print, with the options of
a `pytest ...` between the two. In it, a line of `…` stands for any lines, and one that ends with
`…` for any end. Blocks that import what is not in every environment are tests of their own, and so
are the scripts in `tests/other_languages` that blocks of JavaScript are parts of.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from people import needs_user_sessions

PROJECT = Path(__file__).parent.parent
README = PROJECT.joinpath("README.md").read_text()
PEERS = PROJECT.joinpath("tests", "peers", "README.md").read_text()
CONTRACT = PROJECT.joinpath("tests", "contract", "README.md").read_text()
OTHER_LANGUAGES = PROJECT.joinpath("tests", "other_languages", "README.md").read_text()
DOCUMENTS = {"": README, "peers_": PEERS, "other_languages_": OTHER_LANGUAGES}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"# (\w+\.py)\n")
COMPANION = re.compile(r"^(?:from|import) (aiobotocore|moto|responses)\b", re.MULTILINE)
# Old versions of botocore do not have user sessions.
NEWEST = "user_session_tracking=True"
SECTIONS = {
    section.partition("\n")[0]: FENCE.findall(section)
    for document in DOCUMENTS.values()
    for section in re.split(r"^(?:\A#|##) ", document, flags=re.MULTILINE)[1:]
}
APP = next(code for _, code in SECTIONS["pytest-cognito-devices"] if code.startswith("# app.py"))
# What is different each time, as long as it was, so that columns stay columns.
RANDOM = [
    (re.compile(r"eyJ…[\w-]{6}"), "eyJ…tokens"),
    (re.compile(r"(?<=us-east-1_)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "device"),
    (re.compile(r"(?<=us-east-1_)\w{9}\b"), "pool"),
]


class Shown(NamedTuple):
    """An output that the README shows, and what prints it."""

    title: str
    code: str
    options: list[str]
    text: str


def shown():
    for title, blocks in SECTIONS.items():
        code, options = "", []
        for kind, block in blocks:
            if kind == "python":
                code, options = block, []
            elif kind == "console":
                options = block.split()[1:]
            elif kind == "text":
                yield Shown(title, code, options, block)


SHOWN = list(shown())
FAILING = {each.code for each in SHOWN if not each.options}
COMPANIONS = [
    (title, COMPANION.search(code)[1], code)
    for title, blocks in SECTIONS.items()
    for kind, code in blocks
    if kind == "python" and COMPANION.search(code)
]
RUN = [title for title, blocks in SECTIONS.items() if any(kind == "python" for kind, _ in blocks)]
WITH_INI = [title for title in RUN if any(kind == "ini" for kind, _ in SECTIONS[title])]
WITHOUT_INI = [title for title in RUN if title not in WITH_INI]


def write(path, code):
    """Write a block, by its own name or after the line at which it begins."""
    named = NAME.match(code)
    block = f"```python\n{code}```"
    where, document = next(each for each in DOCUMENTS.items() if block in each[1])
    line = document.count("\n", 0, document.index(block)) + 2
    file = path / (named[1] if named else f"test_{where}line_{line}.py")
    file.write_text(code)
    return file


@pytest.fixture
def prepare(pytester):
    """Write the files that sections have beside their tests."""

    def prepare(*titles):
        path = pytester.path
        path.joinpath("app.py").write_text(APP)
        for kind, code in blocks_of(titles):
            if kind == "ini":
                path.joinpath("pytest.ini").write_text(code)
            elif kind == "python" and NAME.match(code):
                write(path, code)
        return path

    return prepare


@pytest.fixture
def run(pytester, monkeypatch):
    """Run files of tests, warnings as errors."""
    monkeypatch.setenv("PY_COLORS", "0")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args, by=pytester.runpytest_subprocess):
        # pycognito asks for the time in a way that newer versions of Python advise against.
        warnings = ["-W", "error", "-W", "ignore:datetime.datetime.utcnow:DeprecationWarning"]
        return by(*warnings, "-p", "no:cacheprovider", *args)

    return run


def blocks_of(titles):
    return [block for title in titles for block in SECTIONS[title]]


def assert_all_pass(result, *sources):
    outcomes = result.parseoutcomes()
    assert outcomes.keys() <= {"passed", "seconds"}
    assert outcomes["passed"] >= sum(source.count("def test_") for source in sources)


def test_every_kind_of_block_is_known():
    kinds = {kind for blocks in SECTIONS.values() for kind, _ in blocks}
    assert kinds <= {"python", "ini", "console", "text", "js"}


def test_a_block_of_javascript_is_part_of_a_script_that_runs():
    folder = Path(__file__).parent / "other_languages"
    scripts = [each.read_text() for each in folder.glob("*.js")]
    for kind, block in (each for blocks in SECTIONS.values() for each in blocks):
        assert kind != "js" or any(block in script for script in scripts), block


@pytest.mark.parametrize(
    "titles",
    [pytest.param(WITHOUT_INI, id="without an ini file"), *([title] for title in WITH_INI)],
    ids=lambda titles: titles[0],
)
def test_sections(pytester, prepare, run, titles):
    path = prepare(*titles)
    tests, scripts = [], []
    for kind, code in blocks_of(titles):
        if kind != "python" or code in FAILING or COMPANION.search(code) or NEWEST in code:
            continue
        (tests if "def test_" in code else scripts).append(write(path, code))
    for script in scripts:
        assert pytester.run(sys.executable, "-W", "error", script).ret == 0
    if tests:
        assert_all_pass(run(*tests), *(file.read_text() for file in tests))


SSO = """
[default]
region = eu-west-3
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-3
sso_account_id = 123456789012
sso_role_name = developer
"""
DEAD = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"AWS_DEFAULT_REGION": "eu-west-2"},
        {"AWS_REGION": "ap-south-1"},
        {"AWS_PROFILE": "nonexistent"},
        {"AWS_CONFIG_FILE": "aws_config"},
        {"AWS_ENDPOINT_URL": DEAD},
        {"HTTPS_PROXY": DEAD, "HTTP_PROXY": DEAD},
    ],
    ids=lambda environment: next(iter(environment), "nothing"),
)
def test_the_first_example_is_green_on_every_machine(
    pytester, monkeypatch, prepare, run, environment
):
    title = "pytest-cognito-devices"
    path = prepare(title)
    path.joinpath("aws_config").write_text(SSO)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED"):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code = path.joinpath("test_app.py").read_text()
    assert_all_pass(run("test_app.py"), code)


@pytest.mark.parametrize(("title", "module", "code"), COMPANIONS)
def test_block_with_a_companion(pytester, prepare, run, title, module, code):
    for name in (module, *(["pytest_asyncio"] if "mark.asyncio" in code else [])):
        pytest.importorskip(name, reason="it is in the session `neighbours` of nox")
    options = ["-p", "asyncio", "-o", "asyncio_default_fixture_loop_scope=function"]
    file = write(prepare(title), code)
    assert_all_pass(run(*(options if "mark.asyncio" in code else []), file), code)


@needs_user_sessions
def test_blocks_for_the_newest_botocore(prepare, run):
    for title, blocks in SECTIONS.items():
        for kind, code in blocks:
            if kind == "python" and NEWEST in code:
                assert_all_pass(run(write(prepare(title), code)), code)


@pytest.mark.parametrize(
    "each", SHOWN, ids=[f"{each.title}-{number}" for number, each in enumerate(SHOWN, 1)]
)
def test_what_is_shown_is_what_is_printed(pytester, prepare, run, each):
    file = write(prepare(each.title), each.code)
    result = run("-p", "no:randomly", *each.options, file, by=pytester.runpytest)
    if each.code in FAILING:
        result.assert_outcomes(failed=each.code.count("def test_"))
    else:
        assert_all_pass(result, each.code)
    assert re.search(pattern(each.text), settled(result.stdout.str())), each.text


def settled(text):
    for random, instead in RANDOM:
        text = random.sub(instead, text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def pattern(text):
    lines = [re.escape(line) for line in settled(text).splitlines()]
    return "\n".join(
        r"(?:.*\n)*?.*" if line == "…" else re.sub("…$", ".*", line) for line in lines
    )


def test_the_operations_are_those_that_are_implemented():
    from pytest_cognito_devices.service.operations import OPERATIONS

    by_hand = CONTRACT.partition("## Limits")[0]
    rows = [line.split("|")[1] for line in by_hand.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == OPERATIONS.keys()


def test_it_is_short():
    assert len(README.splitlines()) <= 600


def test_its_links_lead_to_its_own_headings_and_to_pages():
    """The package index has no other files, and so no pictures of the repository."""
    anchors = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^## (.*)$", README, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]*)\)", README):
        assert target.startswith("https://") or target.removeprefix("#") in anchors, target
    assert "![" not in README


def test_the_files_that_it_names_are_there():
    for name in re.findall(r"`(\S+/\S+\.md|\.ci/run)`", README):
        assert PROJECT.joinpath(name).exists(), name


def test_the_settings_are_those_that_there_are():
    from pytest_cognito_devices.settings import PoolSettings, Settings

    table = README.partition("| keyword | meaning | default |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    known = {*PoolSettings.__annotations__, *Settings.__annotations__}
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == known


def test_the_floors_are_those_of_the_package():
    pyproject = Path(__file__).parent.parent.joinpath("pyproject.toml").read_text()
    floors = dict(re.findall(r'"([\w-]+)(?:\[crypto\])?>=([\d.]+)",', pyproject))
    assert floors.keys() == {"pytest", "botocore", "pyjwt", "cryptography", "freezegun"}
    assert (
        f"pytest {floors['pytest'].removesuffix('.0')},"
        f" botocore {floors['botocore'].removesuffix('.0')},"
        f" PyJWT {floors['pyjwt'].removesuffix('.0')},"
        f" cryptography {floors['cryptography'].removesuffix('.0.0')}"
        f" and freezegun {floors['freezegun']} or later"
    ) in README


def test_the_table_of_other_tools_is_tested():
    tests = Path(__file__).parent.joinpath("peers", "test_comparison.py").read_text()
    tested = re.findall(r'^def test_\w+\(.*\):\n    """(.*)\."""$', tests, re.MULTILINE)
    table = PEERS.partition("| a test can rely on it that |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert rows == [f"{rule[0].lower()}{rule[1:]}" for rule in tested]


def test_the_table_of_other_tools_is_about_the_version_that_is_tested():
    pyproject = Path(__file__).parent.parent.joinpath("pyproject.toml").read_text()
    version = re.search(r"moto\[cognitoidp\]==([\d.]+)", pyproject)[1]
    assert f"moto {version}" in PEERS


def test_the_table_of_tools_that_answer_http_is_about_those_that_are_tested():
    project = PROJECT
    pins = project.joinpath(".noxfile.py").read_text().partition("TOOLS = [")[2].partition("]")[0]
    moto = re.search(
        r"moto\[cognitoidp\]==([\d.]+)", project.joinpath("pyproject.toml").read_text()
    )
    tools = [f"moto {moto[1]}", *re.findall(r'"(\S+ \S+)"', pins.replace("==", " "))]
    table = PEERS.partition("| tool | whose calls it answers |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines()[2:]]
    assert {row[0].strip() for row in rows} == {*tools}
    tests = project.joinpath("tests", "peers", "test_http_tools.py").read_text()
    for row in rows:
        assert all(switch in tests for switch in re.findall(r"\w+[(=]", row[-1]))
