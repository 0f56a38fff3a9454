"""What the service answers when it refuses, and what is raised when it has no answer.

Exception
 ├── ServiceError                   an answer of the service, becomes a botocore ClientError
 └── AssertionError
      └── UnhandledOperation        the fake has no answer at all
           └── UnhandledParameter   none for a call with this parameter
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from operator import methodcaller
from typing import Any

from pytest_cognito_devices.service.texts import Text


class ServiceError(Exception):
    """An answer of the fake service with an HTTP status of 400 or more.

    Attributes:
        code: the name of the exception, such as `ResourceNotFoundException`.
        message: the text for people.
        status: the HTTP status code.
        text: the error of the table that it is, if it is one.
    """

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code, message, status)
        self.code = code
        self.message = message
        self.status = status
        self.text: Text | None = None

    @classmethod
    def of(cls, text: Text, params: Mapping[str, Any] | None = None) -> ServiceError:
        """The error with a text of the table, `params` filled in."""
        message = text.message
        if params:
            message = message.format_map(_Given({**dict(text.example), **params}))
        error = cls(text.code, message, text.status)
        error.text = text
        return error

    def __str__(self) -> str:
        return encodable(f"{self.code}: {self.message}")


class _Given(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


class UnhandledOperation(AssertionError):
    """The code under test called an operation for which the fake has no answer.

    An assertion, so that no `except ClientError` in the application takes it for an answer of the
    service, and no SDK retries it.
    """

    def __init__(
        self, operation: str, implemented: Iterable[str], prepared: Iterable[str] = ()
    ) -> None:
        self.operation = operation
        self.implemented = tuple(sorted(implemented))
        #: Answers that a test has prepared for the operation, and not for this call.
        self.prepared = tuple(prepared)
        super().__init__(operation)

    def __reduce__(self) -> tuple[Any, ...]:
        # The arguments as they came, so that the error survives pickling by pytest-xdist.
        return type(self), (self.operation, self.implemented, self.prepared), vars(self)

    @property
    def caught_in(self) -> str | None:
        """The file of the function that caught it, see `caught_in`."""
        return caught_in(self)

    @property
    def told(self) -> str:
        """What happened, and the ways out."""
        lines = [
            self._happened,
            *(f"Prepared, but used up or not for this call: {each}." for each in self.prepared),
            "Ways out:",
            f'  - give the answer: cognito_devices.respond("{self.operation}", {{...}})',
            f"  - {self._way_around}",
            "  - add it to the package: pytest_cognito_devices/README.md shows how",
        ]
        return "\n".join(lines)

    @property
    def _happened(self) -> str:
        return f"{self.operation} was called, and pytest-cognito-devices does not implement it."

    @property
    def _way_around(self) -> str:
        return 'let it reach AWS: @pytest.mark.cognito_devices(unhandled="passthrough")'

    def __str__(self) -> str:
        return f"{self.told}\n{implemented_operations(self.implemented)}"


def caught_in(error: BaseException) -> str | None:
    """The file of the function that caught an exception.

    None if nobody has, or if its traceback was taken away, as `unittest` does to an exception that
    a test expects.
    """
    traceback = error.__traceback__
    return traceback.tb_frame.f_code.co_filename if traceback else None


class UnhandledParameter(UnhandledOperation):
    """The code under test called an operation with a parameter that the fake does not imitate.

    To ignore it would be to give another answer than the service does.
    """

    def __init__(self, operation: str, parameter: str, prepared: Iterable[str] = ()) -> None:
        super().__init__(operation, (), prepared)
        self.parameter = parameter

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.operation, self.parameter, self.prepared), vars(self)

    @property
    def _happened(self) -> str:
        return (
            f"{self.operation} was called with {self.parameter}, which pytest-cognito-devices does"
            " not imitate."
        )

    @property
    def _way_around(self) -> str:
        return f"leave {self.parameter} out of the call"

    def __str__(self) -> str:
        return self.told


#: For the `__tracebackhide__` of what raises one: pytest then shows the call of the application.
is_unhandled = methodcaller("errisinstance", UnhandledOperation)


def encodable(text: str) -> str:
    """A text for people that UTF-8 has bytes for; it has none for half of a surrogate pair.

    What a test shows goes through files and between processes, which such a text would end.
    """
    return text.encode("utf-8", "backslashreplace").decode()


def implemented_operations(names: Iterable[str]) -> str:
    """The names in a paragraph."""
    return textwrap.fill(f"Implemented: {', '.join(names)}.", 88, subsequent_indent="  ")
