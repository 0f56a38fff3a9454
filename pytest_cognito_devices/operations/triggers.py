"""Lambda triggers: the events that the service sends, and what it makes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito_devices import errors, ids
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.steps import Step
from pytest_cognito_devices.settings import Trigger

#: What a trigger can make of a call.
TRIGGER_TEXTS = (
    errors.TRIGGER_FAILED,
    errors.TRIGGER_GAVE_NONSENSE,
    errors.TRIGGER_GAVE_NO_JSON,
)

# They run for users who do not exist too, if the client does not give that away.
_TOLD_OF_STRANGERS: frozenset[Trigger] = frozenset(
    {
        "CreateAuthChallenge",
        "DefineAuthChallenge",
        "PreAuthentication",
        "VerifyAuthChallengeResponse",
    }
)
_SDK = "aws-sdk-unknown-unknown"


class LambdaContext:
    """What AWS Lambda hands to a handler beside the event, as far as it makes sense here."""

    function_version = "$LATEST"
    memory_limit_in_mb = "128"

    def __init__(self, trigger: Trigger, region: str, account_id: str) -> None:
        self.function_name = trigger
        self.aws_request_id = ids.uuid4()
        self.invoked_function_arn = (
            f"arn:aws:lambda:{region}:{account_id}:function:{self.function_name}"
        )

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """The five seconds that Cognito waits for a trigger."""
        return 5000


def invoke(
    step: Step,
    trigger: Trigger,
    user: User | None,
    name: str,
    *,
    source: str,
    request: Mapping[str, Any],
    response: Mapping[str, Any],
    version: str = "1",
) -> dict[str, Any] | None:
    """Call the handler of a trigger; None if the pool has none.

    Args:
        step: the call that leads to it.
        trigger: which.
        user: whom it is about; None for somebody who does not exist.
        name: of that user.
        source: the `triggerSource`.
        request: the `request` of the event, beside the user's attributes.
        response: the `response`, which the handler fills.
        version: of the event.

    Returns:
        The `response`.
    """
    handler = step.pool.triggers.get(trigger)
    if handler is None:
        return None
    event: dict[str, Any] = {
        "version": version,
        "region": step.pool.region,
        "userPoolId": step.pool.id,
        "userName": name,
        "callerContext": {"awsSdkVersion": _SDK, "clientId": step.client.id},
        "triggerSource": source,
        "request": {"userAttributes": _attributes(user), **request},
        "response": response,
    }
    if trigger in _TOLD_OF_STRANGERS and step.client.prevent_user_existence_errors == "ENABLED":
        event["request"]["userNotFound"] = user is None
    returned = _call(step, trigger, handler, event)
    answered = returned.get("response") if isinstance(returned, dict) else None
    if not isinstance(answered, dict):
        raise step.error(errors.TRIGGER_GAVE_NONSENSE)
    return answered


def _attributes(user: User | None) -> dict[str, str]:
    if user is None:
        return {}
    return {"sub": user.sub, "cognito:user_status": user.status, **user.attributes}


def _call(
    step: Step,
    trigger: Trigger,
    handler: Callable[[dict[str, Any], Any], Any],
    event: Mapping[str, Any],
) -> Any:
    """What the handler returns, after the way through JSON that Lambda makes it take."""
    context = LambdaContext(trigger, step.pool.region, step.pool.arn.split(":")[4])
    try:
        returned = handler(json.loads(json.dumps(event)), context)
    except Exception as error:
        raise step.error(errors.TRIGGER_FAILED, trigger=trigger, reason=str(error)) from error
    try:
        made = json.loads(json.dumps(returned))
    except (TypeError, ValueError):
        made = None
    if made is None:
        raise step.error(errors.TRIGGER_GAVE_NO_JSON)
    return made


def check_response(step: Step, response: Mapping[str, Any], **kinds: type) -> None:
    """Refuse a response with a member that is not of its kind; None stands for an absent one."""
    for name, kind in kinds.items():
        value = response.get(name)
        if value is not None and not isinstance(value, kind):
            raise step.error(errors.TRIGGER_GAVE_NONSENSE)
