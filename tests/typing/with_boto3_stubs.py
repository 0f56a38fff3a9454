"""What `api.py` is, for a user who has the types of boto3: `boto3-stubs[cognito-idp]`."""

from __future__ import annotations

import pytest
from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

from pytest_cognito_devices import FakeCognito


class App:
    client: CognitoIdentityProviderClient


def failing(cognito_devices: FakeCognito, cognito_client: CognitoIdentityProviderClient) -> None:
    exceptions = cognito_client.exceptions
    cognito_devices.simulate(exceptions.UserNotConfirmedException, on="ListDevices")
    with pytest.raises(exceptions.UserNotConfirmedException):
        cognito_client.list_devices(AccessToken="a.b.c")


def failing_in_the_application(cognito_devices: FakeCognito, app: App) -> None:
    cognito_devices.simulate(app.client.exceptions.UserNotConfirmedException, on="ListDevices")


def answering(cognito_devices: FakeCognito, cognito_client: CognitoIdentityProviderClient) -> None:
    answer = cognito_client.list_devices(AccessToken="a.b.c")
    cognito_devices.respond("ListDevices", answer)
