"""What a machine knows of AWS, which is nobody's business in a test."""

from __future__ import annotations

import os


def hide_aws(monkeypatch):
    """Hide variables, profiles and credentials of the machine."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
