"""Colleagues need no code, and nobody else gets in without an invitation."""

from __future__ import annotations


def lambda_handler(event, _context):
    attributes = event["request"]["userAttributes"]
    invitation = (event["request"]["validationData"] or {}).get("invitation")
    is_colleague = attributes.get("email", "").endswith("@example.com")

    if event["triggerSource"] == "PreSignUp_SignUp":
        if not is_colleague and invitation != "open sesame":
            raise ValueError("By invitation only")
        event["response"]["autoConfirmUser"] = is_colleague
        event["response"]["autoVerifyEmail"] = is_colleague
    return event
