"""Puts everybody who is confirmed into a group."""

from __future__ import annotations

import boto3


def lambda_handler(event, _context):
    if event["triggerSource"] == "PostConfirmation_ConfirmSignUp":
        cognito = boto3.client("cognito-idp", region_name=event["region"])
        cognito.admin_add_user_to_group(
            UserPoolId=event["userPoolId"], Username=event["userName"], GroupName="readers"
        )
    return event
