"""The messages that the service sends to users."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class SMS(NamedTuple):
    """A text message."""

    text: str

    def filled(self, values: Mapping[str, str]) -> SMS:
        """The same with values in the place of placeholders."""
        return SMS(_filled(self.text, values))

    def __repr__(self) -> str:
        return f"<SMS of {len(self.text)} characters>"


class Email(NamedTuple):
    """An email; its body may be HTML."""

    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> Email:
        """The same with values in the place of placeholders, of which a subject has none.

        A code does not get into the subject (amplify-js#936).
        """
        return Email(self.subject, _filled(self.body, values))

    def __repr__(self) -> str:
        return f"<Email {self.subject!r}>"


def _filled(text: str, values: Mapping[str, str]) -> str:
    # All at once: a value may look like a placeholder.
    placeholders = "|".join(map(re.escape, values))
    return re.sub(placeholders, lambda found: values[found[0]], text)
