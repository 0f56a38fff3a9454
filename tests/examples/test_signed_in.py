"""Where a user is signed in."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from . import signed_in

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito, User

pytestmark = [
    pytest.mark.skipif(
        not hasattr(signed_in.cognito, "list_user_sessions"),
        reason="the installed botocore is older than 1.44.1, which has user sessions",
    ),
    pytest.mark.cognito_devices(region="us-east-1", user_session_tracking=True),
]

NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def ada(cognito_devices: FakeCognito) -> User:
    """Somebody who comes once a day."""
    cognito_devices.freeze_time(NEW_YEAR)
    return cognito_devices.add_user("ada")


def test_shows_this_session_first(cognito_devices: FakeCognito, ada: User) -> None:
    """Then comes the one that was used last."""
    clock = cognito_devices.freeze_time("2026-01-02")
    here = ada.sign_in()
    clock.tick(60)
    older = ada.sign_in()
    clock.tick(60)
    newer = ada.sign_in()

    sessions = signed_in.my_sessions(here.access_token)

    assert [each.id for each in sessions] == [
        here.session.id,
        newer.session.id,
        older.session.id,
    ]
    assert [each.is_this_one for each in sessions] == [True, False, False]


def test_the_page_has_sessions_and_devices(ada: User) -> None:
    """A device outlives the sessions on it, and not every session is on a device."""
    ada.add_device("Ada's phone")
    here, there = ada.sign_in(), ada.sign_in()
    here.session.device_type, here.session.ip = "Firefox on Linux", "192.0.2.1"
    there.session.device_type, there.session.ip = "Chrome on Windows", "192.0.2.2"

    assert signed_in.security_page(here.access_token).splitlines() == [
        "You are signed in:",
        "Firefox on Linux, 192.0.2.1, now",
        "Chrome on Windows, 192.0.2.2, 2026-01-01",
        "",
        "We remember:",
        "Ada's phone, last used 2026-01-01",
    ]


def test_signs_one_session_out(ada: User) -> None:
    """Its tokens are good for nothing; the others stay as they are."""
    here, there = ada.sign_in(), ada.sign_in()

    assert signed_in.sign_out_session(here.access_token, there.session.id)

    assert ada.sessions == [here.session]
    with pytest.raises(signed_in.cognito.exceptions.NotAuthorizedException, match="revoked"):
        signed_in.my_sessions(there.access_token)


def test_a_session_that_is_over_already(ada: User) -> None:
    """Two clicks on the same button do no harm."""
    here, there = ada.sign_in(), ada.sign_in()

    assert signed_in.sign_out_session(here.access_token, there.session.id)
    assert not signed_in.sign_out_session(here.access_token, there.session.id)


def test_signs_out_everywhere_else(cognito_devices: FakeCognito, ada: User) -> None:
    """Whoever cleans up stays signed in, and other users do, too."""
    bob = cognito_devices.add_user("bob").sign_in()
    here, *_ = [ada.sign_in() for _ in range(4)]

    assert signed_in.sign_out_everywhere_else(here.access_token) == 3

    assert ada.sessions == [here.session]
    assert bob.session.is_active


@pytest.mark.cognito_devices(max_sessions_per_user=2)
def test_one_sign_in_too_many(ada: User) -> None:
    """Cognito ends the session that nobody has used for longest."""
    first, second, third = ada.sign_in(), ada.sign_in(), ada.sign_in()

    sessions = signed_in.my_sessions(third.access_token)

    assert {each.id for each in sessions} == {second.session.id, third.session.id}
    with pytest.raises(signed_in.cognito.exceptions.NotAuthorizedException, match="revoked"):
        signed_in.my_sessions(first.access_token)
