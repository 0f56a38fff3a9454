"""botocore's `User-Agent` header, for which every word is cleaned once.

botocore before 1.44.6 looks at every character of every word in every call, which takes a fifth of
the time that a call takes. The words are the same each time, and nothing else decides what becomes
of them.
"""

from __future__ import annotations

from functools import lru_cache

from pytest_cognito_devices import replaced
from pytest_cognito_devices.replaced import Place

_PLACES = (
    Place(
        "botocore.useragent",
        None,
        "sanitize_user_agent_string_component",
        lru_cache(maxsize=256),
    ),
)


def keep_words() -> None:
    """Remember what becomes of a word from now on."""
    replaced.put(_PLACES)
