"""The words of an application in all that its users get."""

from __future__ import annotations


def lambda_handler(event, _context):
    request, response = event["request"], event["response"]
    name = request["userAttributes"].get("name", "there")
    code = request["codeParameter"]

    if event["triggerSource"] == "CustomMessage_AdminCreateUser":
        username = request["usernameParameter"]
        response["emailSubject"] = "Welcome to the library"
        response["emailMessage"] = f"<p>Hello {name}, sign in as {username} with {code}.</p>"
        response["smsMessage"] = f"Sign in as {username} with {code}"
    elif event["triggerSource"] == "CustomMessage_SignUp":
        response["emailSubject"] = f"Hello {name}"
        response["emailMessage"] = f"Your library code is {code}"
    return event
