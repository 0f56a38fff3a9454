"""Brings users from the directory that an application had before."""

from __future__ import annotations

DIRECTORY = {
    "ada": {"password": "old secret", "email": "ada@example.com", "name": "Ada"},
    "bob": {"password": "weak", "email": "bob@example.com", "name": "Bob"},
}
STRONG = 8


def lambda_handler(event, _context):
    known = DIRECTORY.get(event["userName"])
    if known is None:
        raise LookupError("Nobody of that name")
    if event["triggerSource"] == "UserMigration_Authentication":
        password = event["request"]["password"]
        if password != known["password"]:
            raise ValueError("Bad password")
        is_strong = len(password) >= STRONG
        event["response"]["finalUserStatus"] = "CONFIRMED" if is_strong else "RESET_REQUIRED"
    event["response"]["userAttributes"] = {
        "email": known["email"],
        "email_verified": "true",
        "name": known["name"],
    }
    event["response"]["messageAction"] = "SUPPRESS"
    return event
