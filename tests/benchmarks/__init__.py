"""The benchmark programme: `python tests/benchmarks`."""

from __future__ import annotations
