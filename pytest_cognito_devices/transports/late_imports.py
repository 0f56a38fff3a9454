"""Libraries that the code under test imports only while a fake is active."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class Finder(MetaPathFinder):
    """Finds modules as ever, and tells when one of some names has been imported.

    Args:
        names: of the modules.
        imported: what to call then.
    """

    def __init__(self, names: Collection[str], imported: Callable[[], None]) -> None:
        self._names = names
        self._imported = imported

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the other finders say, for these names alone."""
        if fullname not in self._names:
            return None
        others: list[Any] = [each for each in sys.meta_path if each is not self]
        found = (each.find_spec(fullname, path, target) for each in others)
        spec: ModuleSpec | None = next(filter(None, found), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Telling(spec.loader, self._imported)
        return spec

    def put(self) -> None:
        """Look at every import from now on."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def restore(self) -> None:
        """Look at imports no more."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)


class _Telling(Loader):
    """Another loader, which is put back before the module runs."""

    def __init__(self, loader: Any, imported: Callable[[], None]) -> None:
        self._loader = loader
        self._imported = imported

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        spec: Any = module.__spec__
        spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._imported()
