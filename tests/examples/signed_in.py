"""The part of a web application where people see where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import boto3

from . import app

cognito: Any = boto3.client("cognito-idp", region_name="us-east-1")


@dataclass(frozen=True)
class Session:
    """What the application shows of a session."""

    id: str
    where: str
    last_active: datetime
    is_this_one: bool


def my_sessions(access_token: str) -> list[Session]:
    """Return the sessions of a user: this one first, then the one used last."""
    answer = cognito.list_user_sessions(AccessToken=access_token)
    sessions = [
        Session(
            id=session["SessionId"],
            where=f"{session['DeviceType']}, {session['LastIPAddress']}",
            last_active=session["LastActiveDate"].astimezone(timezone.utc),
            is_this_one=session["IsCurrentSession"],
        )
        for session in answer["Sessions"]
    ]
    used_last_first = sorted(sessions, key=lambda session: session.last_active, reverse=True)
    return sorted(used_last_first, key=lambda session: not session.is_this_one)


def security_page(access_token: str) -> str:
    """Return the page with the sessions of a user, and the devices, which outlive them."""
    sessions = [
        f"{session.where}, {'now' if session.is_this_one else f'{session.last_active:%Y-%m-%d}'}"
        for session in my_sessions(access_token)
    ]
    devices = app.my_devices_page(access_token)
    return "\n".join(["You are signed in:", *sessions, "", "We remember:", devices])


def sign_out_session(access_token: str, session_id: str) -> bool:
    """End another session of a user; return False if it was over already."""
    try:
        cognito.revoke_user_session(AccessToken=access_token, SessionId=session_id)
    except cognito.exceptions.ResourceNotFoundException:
        return False
    return True


def sign_out_everywhere_else(access_token: str) -> int:
    """End all sessions of a user but this one; return how many there were.

    `GlobalSignOut` would end this one, too.
    """
    others = [session for session in my_sessions(access_token) if not session.is_this_one]
    return sum(sign_out_session(access_token, session.id) for session in others)
