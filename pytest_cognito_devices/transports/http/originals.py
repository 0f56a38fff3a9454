"""Classes whose names vcrpy gives to its own while a cassette is in use."""

from __future__ import annotations

from http.client import HTTPConnection as ClientConnection
from typing import TYPE_CHECKING

from botocore.awsrequest import AWSHTTPConnection, AWSHTTPSConnection
from urllib3.connection import HTTPConnection, HTTPSConnection

if not TYPE_CHECKING:

    def _inherited(by, module):  # noqa: ANN001, ANN202  it is untyped for all
        """What a class of botocore has inherited from, since before there was a cassette."""
        return next(each for each in by.__mro__ if each.__module__ == module)

    ClientConnection = _inherited(AWSHTTPConnection, "http.client")
    HTTPConnection = _inherited(AWSHTTPConnection, "urllib3.connection")
    HTTPSConnection = _inherited(AWSHTTPSConnection, "urllib3.connection")

__all__ = ["ClientConnection", "HTTPConnection", "HTTPSConnection"]
