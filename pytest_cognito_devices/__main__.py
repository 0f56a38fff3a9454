"""`python -m pytest_cognito_devices`: a seeded fake behind a loopback address, to try things."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.cognito import FakeCognito
from pytest_cognito_devices.service.responses import Response
from pytest_cognito_devices.settings import SETTINGS, Settings, from_text
from pytest_cognito_devices.testing import coverage, report
from pytest_cognito_devices.testing.calls import Call

if TYPE_CHECKING:
    from typing_extensions import Unpack

_PASSWORD = "Passw0rd!"
# What makes no sense without a test.
_OF_TESTS = {"assert_all_simulated", "unhandled", "wire"}


class _TellingCognito(FakeCognito):
    """Prints every call when it is answered, and every code that it sends."""

    def __init__(self, **settings: Unpack[Settings]) -> None:
        super().__init__(**settings)
        self._told: set[str] = set()

    def answer(self, call: Call, url: str = "") -> Response:
        """Answer, and print the line of the report."""
        try:
            return super().answer(call, url)
        finally:
            number = next(n for n, each in enumerate(self.calls, 1) if each is call)
            codes = [line for line in self._codes() if line not in self._told]
            _tell(*report.table([(number, call)]), *codes)
            self._told.update(codes)

    def _codes(self) -> list[str]:
        """A line for the last code that each user got by each medium."""
        return [
            f"   code for {user.username} ({medium}): {code}"
            for pool in self.pools
            for user in pool.users
            for medium, code in list(user.inbox.last.items())
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until somebody interrupts it."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.devices and not options.user:
        parser.error("--devices needs a user who has them: --user NAME")
    try:
        given = {name: getattr(options, name) for name in SETTINGS if name not in _OF_TESTS}
        settings: Any = {
            name: _read(name, text) for name, text in given.items() if text is not None
        }
        cognito = _TellingCognito(**settings)
        for user in options.user:
            name, _, password = user.partition(":")
            cognito.add_user(name, password=password or _PASSWORD, devices=options.devices)
        server = cognito.serve(port=options.port)
    except (TypeError, ValueError, OSError, OverflowError) as error:
        parser.error(str(error))
    counted = coverage.start()
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with server:
        _introduce(cognito, server.url, server.environment)
        interrupted.wait()
    if counted:
        _tell("", counted.table())
    return 0


def _read(name: str, text: str) -> Any:
    try:
        return from_text(name, text)
    except ValueError as error:
        raise ValueError(f"{_flag(name)}: {error}") from None


def _flag(setting: str) -> str:
    return f"--{setting.replace('_', '-')}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pytest_cognito_devices",
        description="A fake Amazon Cognito on 127.0.0.1, until Ctrl-C.",
    )
    parser.add_argument("--port", type=int, default=0, help="any free one if not given")
    parser.add_argument(
        "--user",
        action="append",
        default=[],
        metavar="NAME[:PASSWORD]",
        help=f"a user, with {_PASSWORD} if no password is given; may be given more than once",
    )
    parser.add_argument("--devices", type=int, default=0, help="how many devices each user has")
    group = parser.add_argument_group("settings of the user pool, see the README")
    for name in SETTINGS:
        if name not in _OF_TESTS:
            group.add_argument(_flag(name), metavar="VALUE")
    return parser


def _introduce(cognito: FakeCognito, url: str, environment: dict[str, str]) -> None:
    client = cognito.pool.client
    lines = [f"UserPoolId    {cognito.pool.id}", f"ClientId      {client.id}"]
    if client.secret is not None:
        lines.append(f"ClientSecret  {client.secret}")
    for user in cognito.pool.users:
        lines.append(f"user          {user.username} {user.password}")
        lines += [
            f"  device      {each.key} {each.group_key} {each.password}" for each in user.devices
        ]
    exports = [f"export {name}={value}" for name, value in environment.items()]
    _tell(*lines, f"endpoint      {url}", "", *exports, "", "Ctrl-C ends it.", "")


def _tell(*lines: str) -> None:
    """Print lines, as long as somebody reads them."""
    try:
        # Whoever starts the server reads it in one go, with PYTHONUNBUFFERED too.
        print("\n".join(lines), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
