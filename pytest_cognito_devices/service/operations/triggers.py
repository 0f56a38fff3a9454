"""Lambda triggers: the events that the service sends, and what it makes of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito_devices.service import clock, ids, texts
from pytest_cognito_devices.service.errors import UnhandledOperation
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.settings import Trigger

#: What a trigger can make of a call.
TRIGGER_TEXTS = (
    texts.TRIGGER_FAILED,
    texts.TRIGGER_GAVE_NONSENSE,
    texts.TRIGGER_GAVE_NO_JSON,
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
# Administrators name no app client.
_NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"


class Caller(NamedTuple):
    """The call that leads to a trigger.

    Attributes:
        request: the call.
        pool: whose triggers they are.
        client: through which it comes; None for an administrator, who names none.
        metadata: its `ClientMetadata`.
    """

    request: Request
    pool: UserPool
    client: AppClient | None
    metadata: Mapping[str, str]

    @classmethod
    def of(cls, request: Request, pool: UserPool, client: AppClient | None = None) -> Caller:
        """The call with its `ClientMetadata`."""
        return cls(request, pool, client, request.params.get("ClientMetadata") or {})

    def __repr__(self) -> str:
        return f"<Caller of {self.request!r}>"

    @property
    def client_metadata(self) -> dict[str, Any]:
        """The `ClientMetadata` as a part of `request`; there is none without any."""
        return {"clientMetadata": dict(self.metadata)} if self.metadata else {}


class LambdaContext:
    """What AWS Lambda hands to a handler beside the event, as far as it makes sense here."""

    function_version = "$LATEST"
    memory_limit_in_mb = "128"
    identity = None
    client_context = None

    def __init__(self, trigger: Trigger, pool: UserPool) -> None:
        _, partition, _, region, account_id, _ = pool.arn.split(":", 5)
        self.function_name = trigger
        self.aws_request_id = ids.uuid4()
        self.invoked_function_arn = (
            f"arn:{partition}:lambda:{region}:{account_id}:function:{trigger}"
        )
        self.log_group_name = f"/aws/lambda/{trigger}"
        day = clock.to_datetime(clock.now())
        self.log_stream_name = f"{day:%Y/%m/%d}/[$LATEST]{ids.random_bytes(16).hex()}"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        """The five seconds that Cognito waits for a trigger."""
        return 5000


def invoke(
    caller: Caller,
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
        caller: the call that leads to it.
        trigger: which.
        user: whom it is about; None for somebody who does not exist.
        name: of that user.
        source: the `triggerSource`.
        request: the `request` of the event, beside the user's attributes, or with others.
        response: the `response`, which the handler fills.
        version: of the event.

    Returns:
        The `response`.
    """
    pool, client = caller.pool, caller.client
    handler = pool.triggers.get(trigger)
    if handler is None:
        return None
    event: dict[str, Any] = {
        "version": version,
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": name,
        "callerContext": {
            "awsSdkVersion": _SDK,
            "clientId": _NO_CLIENT if client is None else client.id,
        },
        "triggerSource": source,
        "request": {"userAttributes": _attributes(user), **request},
        "response": response,
    }
    if trigger in _TOLD_OF_STRANGERS and client is not None and client.hides_users:
        event["request"]["userNotFound"] = user is None
    returned = _call(caller, trigger, handler, event)
    # What comes back has to be the event, not only its `response`.
    if not isinstance(returned, dict) or not event.keys() <= returned.keys():
        raise caller.request.error(texts.TRIGGER_GAVE_NONSENSE)
    check_response(caller.request, returned, response=dict)
    return returned["response"] or {}


def _attributes(user: User | None) -> dict[str, str]:
    """The `userAttributes`; an address that stands in for the user name is there as an alias too.

    That was seen of phone numbers in amplify-js#5834, and is assumed of email.
    """
    if user is None:
        return {}
    aliases = {
        f"cognito:{name}_alias": user.attributes[name]
        for name in user.pool.username_attributes
        if name in user.attributes
    }
    return {"sub": user.sub, "cognito:user_status": user.status, **aliases, **user.attributes}


def _call(
    caller: Caller,
    trigger: Trigger,
    handler: Callable[[dict[str, Any], Any], Any],
    event: Mapping[str, Any],
) -> Any:
    """What the handler returns, after the way through JSON that Lambda makes it take."""
    try:
        # The handler may call the fake from other threads, and wait for them.
        with caller.request.waiting():
            returned = handler(json.loads(json.dumps(event)), LambdaContext(trigger, caller.pool))
    except UnhandledOperation:
        # The handler has called what the fake does not have: that is for whoever runs the test.
        raise
    except Exception as error:
        raise caller.request.error(
            texts.TRIGGER_FAILED, trigger=trigger, reason=str(error)
        ) from error
    try:
        made = json.loads(json.dumps(returned))
    except (TypeError, ValueError, RecursionError):  # the last: too deep
        made = None
    if made is None:
        raise caller.request.error(texts.TRIGGER_GAVE_NO_JSON)
    return made


def check_response(request: Request, response: Mapping[str, Any], /, **kinds: type) -> None:
    """Refuse a response with a member that is not of its kind; null stands for an absent one."""
    for name, kind in kinds.items():
        value = response.get(name)
        if value is not None and not isinstance(value, kind):
            raise request.error(texts.TRIGGER_GAVE_NONSENSE)


def strings(request: Request, response: Mapping[str, Any], name: str) -> list[str]:
    """A member that is a list of strings."""
    check_response(request, response, **{name: list})
    listed: list[str] = response.get(name) or []
    if not all(isinstance(each, str) for each in listed):
        raise request.error(texts.TRIGGER_GAVE_NONSENSE)
    return listed


def string_map(request: Request, response: Mapping[str, Any], name: str) -> dict[str, str]:
    """A member that is a map of strings.

    Lists and maps in it are refused, as people have seen it of claims; that numbers and booleans
    are taken for their JSON, and null for nothing, is assumed.
    """
    check_response(request, response, **{name: dict})
    given = {key: value for key, value in (response.get(name) or {}).items() if value is not None}
    if any(isinstance(value, (dict, list)) for value in given.values()):
        raise request.error(texts.TRIGGER_GAVE_NONSENSE)
    return {
        key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items()
    }
