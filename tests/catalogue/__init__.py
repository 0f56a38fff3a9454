"""For every operation the calls with which the tests try it at both depths."""

from __future__ import annotations

from catalogue import devices

CASES = {**devices.CASES}
