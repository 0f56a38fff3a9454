from __future__ import annotations

import pytest

from people import Person


class Api:
    """The nine operations as functions of a few words, over a real client."""

    def __init__(self, cognito, client):
        self.cognito = cognito
        self.client = client
        self.exceptions = client.exceptions

    def as_user(self, user, operation, **params):
        token = params.pop("AccessToken", None) or user.access_token
        return getattr(self.client, operation)(AccessToken=token, **params)

    def as_admin(self, user, operation, **params):
        return getattr(self.client, operation)(
            UserPoolId=user.pool.id, Username=user.username, **params
        )


@pytest.fixture
def api(cognito, client):
    return Api(cognito, client)


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada")


@pytest.fixture
def make_person(client):
    """Somebody who signs in through the client."""

    def make(user, **options):
        return Person(client._make_api_call, user, **options)

    return make
