"""Recorded calls of one operation, as editors and type checkers see them; nothing here runs.

Not a TypedDict: mypy would refuse `call.params == {"AccessToken": token}`, and pyright
`call.params["Limit"]`.
"""

from collections.abc import Iterator
from typing import Any, Generic, SupportsIndex, TypeVar, overload

from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.cognito import Calls

_Name = TypeVar("_Name", bound=str)
_Default = TypeVar("_Default")

class Params(dict[str, Any], Generic[_Name]):
    """Parameters by the names that the operation has, and no others."""

    def __getitem__(self, name: _Name, /) -> Any: ...  # type: ignore[override]
    @overload  # type: ignore[override]
    def get(self, name: _Name, default: None = None, /) -> Any | None: ...
    @overload
    def get(self, name: _Name, default: _Default, /) -> Any | _Default: ...

class CallTo(Call, Generic[_Name]):
    """A call whose operation is known."""

    params: Params[_Name]

class CallsTo(Calls, Generic[_Name]):
    """The calls of one operation."""

    @property
    def last(self) -> CallTo[_Name]: ...
    @overload
    def __getitem__(self, index: SupportsIndex) -> CallTo[_Name]: ...
    @overload
    def __getitem__(self, index: slice) -> CallsTo[_Name]: ...
    def __iter__(self) -> Iterator[CallTo[_Name]]: ...
