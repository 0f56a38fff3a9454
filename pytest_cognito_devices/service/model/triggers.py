"""The handlers of Lambda functions that a pool calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from pytest_cognito_devices.service.checks import check_one_of, did_you_mean, is_misuse
from pytest_cognito_devices.settings import LambdaVersion, Trigger

__tracebackhide__ = is_misuse

#: The handler of a Lambda function: of an event and a context, gives the event.
Handler = Callable[[Any, Any], Any]

_OTHER_TRIGGERS = (
    "CustomEmailSender",
    "CustomSMSSender",
    "InboundFederation",
)


class Triggers(dict[Trigger, Handler]):
    """The handlers of a pool, by trigger.

    Attributes:
        pre_token_generation_version: of the events that `PreTokenGeneration` gets.
    """

    def __init__(self) -> None:
        self.pre_token_generation_version: LambdaVersion = "V1_0"

    def put(
        self, trigger: Trigger, handler: Handler | None, lambda_version: LambdaVersion
    ) -> None:
        """Have a handler answer a trigger, see `UserPool.on`."""
        if trigger not in get_args(Trigger):
            near = did_you_mean(trigger, get_args(Trigger))
            what = "one that the fake calls." if trigger in _OTHER_TRIGGERS else f"a trigger{near}"
            known = ", ".join(get_args(Trigger))
            raise ValueError(f"{trigger!r} is not {what} There are: {known}.")
        if handler is None:
            self.pop(trigger, None)
            return
        if not callable(handler):
            raise TypeError(
                f"handler must be a function of an event and a context, not {handler!r}"
            )
        check_one_of("lambda_version", lambda_version, get_args(LambdaVersion))
        if trigger == "PreTokenGeneration":
            self.pre_token_generation_version = lambda_version
        elif lambda_version != "V1_0":
            raise ValueError(
                f"lambda_version is for PreTokenGeneration; the events of {trigger} have no other."
            )
        self[trigger] = handler
