from __future__ import annotations

import pytest


@pytest.fixture
def entries():
    """Attributes, as they go over the wire."""

    def entries(attributes):
        return [{"Name": name, "Value": value} for name, value in attributes.items()]

    return entries


@pytest.fixture
def signed_up(cognito):
    """Makes a user with an address, which is verified or not."""

    def signed_up(name, verified="true"):
        return cognito.add_user(
            name, attributes={"email": f"{name}@example.com", "email_verified": verified}
        )

    return signed_up


@pytest.fixture
def settled(cognito):
    """A user with two verified addresses."""
    return cognito.add_user(
        "bob",
        attributes={
            "email": "bob@example.com",
            "email_verified": "true",
            "phone_number": "+4412345678",
            "phone_number_verified": "true",
        },
    )
