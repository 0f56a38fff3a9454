"""What the service says, by the table of texts: tests spell out none of it."""

from __future__ import annotations


def said(text, **filled):
    """The code and the words of a text, its gaps filled: a `KeyError` if any is left.

    The fake shows a gap that nobody fills; so it must not fill it for both.
    """
    return text.code, text.message.format(**filled)
