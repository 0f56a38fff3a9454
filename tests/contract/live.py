"""The contract against AWS: what it would do, the run, the report, and what to remove after it.

`python tests/contract/live.py --help`
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import signal
import sys
from pathlib import Path

import boto3
import pytest

HERE = Path(__file__).parent
#: How the pools of this suite are called, and no others.
NAME = "pytest-cognito-devices-contract-"
#: That of every user in them.
PASSWORD = "Passw0rd!-of-nobody"
#: Seconds before each call, which keep a run far below the request quotas of an account.
PAUSE = 0.15
#: What no report may show: tokens, sessions, secrets and proofs; who asks, from where.
_SECRETS = re.compile(
    rf"eyJ[\w.-]+|[\w+/=-]{{40,}}|{re.escape(PASSWORD)}"
    r"|arn:aws[\w:/+=,.@-]*|\b\d{12}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b"
)
_DRY_RUN = "contract-dry-run"


def without_secrets(text):
    """A text as a report may show it."""
    return _SECRETS.sub("…", text)


# What conftest.py asks.


def begin(config):
    """Ask before a live run, and note what comes of the facts."""
    is_live = config.getoption("--live", default=False)
    endpoint = config.getoption("--contract-endpoint", default=None)
    path = config.getoption("--contract-report", default=None)
    if is_live:
        _check(config, endpoint)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        path = path or "contract.json"
    if path:
        config.pluginmanager.register(Report(Path(path)), "contract-report")


def _check(config, endpoint):
    """Refuse a live run that cannot go well, or that nobody wants."""
    if config.getoption("numprocesses", default=None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--live runs in one process: leave out -n.")
    session = boto3.Session()
    if session.region_name is None or session.get_credentials() is None:
        raise pytest.UsageError("--live needs a region and credentials, such as a profile.")
    if config.getoption("--yes") or config.getoption("--collect-only"):
        return
    capture = config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        where = endpoint or f"AWS, region {session.region_name}"
        agreed = ask(f"This makes user pools named {NAME}… in {where}, and removes them. Go on?")
    if not agreed:
        raise pytest.UsageError("Nothing was done. --yes goes on without a question.")


def ask(question):
    """Whether the person at the terminal says yes; nobody there means no."""
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def kinds(config):
    """Which Cognitos the scenarios ask."""
    if config.getoption("--live", default=False):
        return ["live"]
    if config.getoption("--contract-endpoint", default=None):
        return ["endpoint"]
    return ["fake"] if config.pluginmanager.get_plugin(_DRY_RUN) else ["fake", "server"]


def reason_to_skip(config, item):
    """Why a scenario is not for what is asked; None if it is."""
    if kinds(config) == ["fake", "server"]:
        return None
    needs = item.get_closest_marker("needs")
    if needs:
        return f"it needs {needs.args[0]}"
    if item.get_closest_marker("slow") and not config.getoption("--slow", default=False):
        return "it waits for minutes: --slow"
    return None


class Report:
    """What each fact came to, in JSON and as a table of those that differ."""

    def __init__(self, path):
        self.path = path
        self.facts = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        fact = item.get_closest_marker("fact")
        if fact is not None:
            self._note(item, fact, report)
        return report

    def _note(self, item, fact, report):
        entry = self.facts.setdefault(
            item.nodeid,
            {
                "scenario": f"{item.path.name}::{item.name}",
                "section": fact.args[0],
                "fact": sentence(item.function),
                "source": fact.args[1],
                "outcome": "agrees",
            },
        )
        told = dict(report.user_properties)
        entry["calls"] = told.get("calls", 0)
        if report.failed:
            entry["outcome"] = "differs" if report.when == "call" else "failed"
            entry["detail"] = self._message(report)
        elif report.skipped:
            entry["outcome"] = "not tried"
            entry["detail"] = report.longrepr[2].removeprefix("Skipped: ")
        elif report.when == "call" and "says" in told:
            entry["outcome"] = "reported"
            entry["says"] = without_secrets(str(told["says"]))
            entry["the fake says"] = without_secrets(str(told["the fake says"]))

    @staticmethod
    def _message(report):
        crash = getattr(report.longrepr, "reprcrash", None)
        return without_secrets(crash.message if crash else str(report.longrepr))

    def pytest_sessionfinish(self):
        self.path.write_text(json.dumps([*self.facts.values()], indent=2, ensure_ascii=False))

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section("facts")
        for line in self.table():
            terminalreporter.line(line)
        terminalreporter.line(f"The whole report: {self.path}")

    def table(self):
        """How many facts came to what; those that differ, and what the open questions came to."""
        outcomes = [each["outcome"] for each in self.facts.values()]
        yield ", ".join(f"{outcomes.count(each)} {each}" for each in sorted(set(outcomes)))
        for each in self.facts.values():
            if each["outcome"] in {"differs", "failed"}:
                yield f"{each['outcome']}: {each['section']} {each['fact']} ({each['source']})"
                yield f"    {each['detail'].splitlines()[0]}"
            elif each["outcome"] == "reported":
                yield f"reported: {each['section']} {each['fact']}"
                yield f"    {each['says']}"
                if each["says"] != each["the fake says"]:
                    yield f"    the fake: {each['the fake says']}"


def sentence(function):
    """The fact that a scenario states."""
    return " ".join((function.__doc__ or "").split())


# The command line.


def dry_run(*, slow):
    """Say what a live run would try, and in how many calls; the fake answers them."""
    report = Report(Path())
    report.pytest_sessionfinish = lambda: None
    report.pytest_terminal_summary = lambda: None
    options = [str(HERE), "-p", "no:randomly", "-p", "no:cacheprovider", *(["--slow"] * slow)]
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(options, plugins=[_Named(report)])
    total = 0
    for each in report.facts.values():
        is_tried = each["outcome"] != "not tried"
        how = f"{each['calls']:3} calls" if is_tried else f"not tried, {each['detail']}"
        total += each["calls"] * is_tried
        print(f"{each['section']:5} {each['fact']}\n      {how}")
    tried = sum(each["outcome"] != "not tried" for each in report.facts.values())
    print(f"{tried} of {len(report.facts)} facts, {total} calls", end=", ")
    print(f"about {round(total * (PAUSE + 0.15) / 60) or 1} minutes")
    return int(code)


class _Named:
    """Registers a report in the place of the one that `begin` would make."""

    def __init__(self, report):
        self.report = report

    def pytest_configure(self, config):
        config.pluginmanager.register(self.report, _DRY_RUN)


def clean_up(*, yes, endpoint):
    """Remove the pools that an interrupted run has left."""
    client = boto3.client("cognito-idp", endpoint_url=endpoint)
    pages = client.get_paginator("list_user_pools").paginate(MaxResults=60)
    pools = [each for page in pages for each in page["UserPools"] if is_ours(each)]
    for pool in pools:
        print(pool["Id"], pool["Name"])
    if not pools:
        print(f"There is no pool named {NAME}…")
    elif yes or ask(f"Remove these {len(pools)} pools? Another run may still use them."):
        for pool in pools:
            client.delete_user_pool(UserPoolId=pool["Id"])
        print(f"{len(pools)} removed.")
    else:
        print("Nothing was removed. --yes goes on without a question.")
        return 1
    return 0


def is_ours(pool):
    """Whether a pool of a list is one that a run has made."""
    return re.fullmatch(rf"{NAME}[0-9a-f]{{8}}", pool["Name"]) is not None


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("command", nargs="?", choices=["run", "clean-up"], default="run")
    parser.add_argument("--dry-run", action="store_true", help="say what a run would do")
    parser.add_argument("--slow", action="store_true", help="wait for tokens to expire")
    parser.add_argument("--yes", action="store_true", help="do not ask before it begins")
    parser.add_argument("--endpoint", metavar="URL", help="ask this address instead of AWS")
    given = parser.parse_args(arguments)
    if given.command == "clean-up":
        return clean_up(yes=given.yes, endpoint=given.endpoint)
    if given.dry_run:
        return dry_run(slow=given.slow)
    options = [str(HERE), "--live", *(["--yes"] * given.yes), *(["--slow"] * given.slow)]
    if given.endpoint:
        options += ["--contract-endpoint", given.endpoint]
    return int(pytest.main(options))


if __name__ == "__main__":
    sys.exit(main())
