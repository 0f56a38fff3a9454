"""Anything that code under test may send, and what must not come of it.

Every operation gets the calls of the catalogue that succeed, changed in places: members that are
missing, null, unknown, of another type, and texts that are hard to read. It has to answer what
fits its output, or an error that it may answer, and a refused call has to change nothing.

    python tests/fuzzing.py 500000           # so many calls
    python tests/fuzzing.py 1000 --seed 7    # other ones
"""

from __future__ import annotations

import argparse
import collections
import copy
import random
import sys
import time
import traceback
from functools import cache

from catalogue import CASES
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import api, constraints, texts
from pytest_cognito_devices.service.errors import ServiceError, UnhandledOperation
from snapshot import difference, snapshot
from undeclared import UNDECLARED

#: Deeper than JSON can be written.
DEEP = []
for _ in range(100_000):
    DEEP = [DEEP]

SETTINGS = {"user_pool_id": "us-east-1_abcdefghi", "client_id": "abc"}
REGION = "us-east-1"

#: What the service keeps of a call that it refuses: by the error, the end of the path.
KEPT = {
    texts.INCORRECT: ("attempts._failed", "attempts._last", "attempts._locked_until"),
    texts.DEVICE_NOT_FOUND: ("sign_in.device_key",),
}

_TRIGGERS = (
    "CreateAuthChallenge",
    "DefineAuthChallenge",
    "PostAuthentication",
    "PreAuthentication",
    "PreTokenGeneration",
    "VerifyAuthChallengeResponse",
)
# Members that not all operations have.
_OF_OTHERS = ("Unknown", "AccessToken", "AuthParameters", "ClientId", "UserPoolId", "Username")
# What handlers may answer that is nearly right.
_RESPONSES = (
    {"challengeName": "\ud800"},
    {"issueTokens": True},
    {"answerCorrect": True},
    {
        "publicChallengeParameters": {"\ud800": "\ud800"},
        "privateChallengeParameters": {"a": float("nan")},
        "challengeMetadata": "\ud800",
    },
    {
        "claimsOverrideDetails": {
            "claimsToAddOrOverride": {"\ud800": 1e308},
            "claimsToSuppress": ["\ud800"],
            "groupOverrideDetails": {"groupsToOverride": ["\ud800"], "preferredRole": "\ud800"},
        }
    },
)
# Of the maps that have members of their own.
_KEYS = (
    "ANSWER",
    "CHALLENGE_NAME",
    "DEVICE_KEY",
    "EMAIL_OTP_CODE",
    "NEW_PASSWORD",
    "PASSWORD",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "PREFERRED_CHALLENGE",
    "REFRESH_TOKEN",
    "SECRET_HASH",
    "SMS_MFA_CODE",
    "SOFTWARE_TOKEN_MFA_CODE",
    "SRP_A",
    "TIMESTAMP",
    "USERNAME",
    "userAttributes.email",
    "userAttributes.name",
    "userAttributes.phone_number",
    "userAttributes.sub",
)
_TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\n",
    "\ud800",
    "a\udfffb",
    "\udcff@\ud800.example",
    "\u00e9",
    "\u00ff" * 40,
    "\U0001f600",
    "e\u0301",
    "\u202e",
    "\u0663\u0664\u0665\u0666\u0667\u0668",
    "\U0001d7d9\U0001d7da\U0001d7db\U0001d7dc\U0001d7dd\U0001d7de",
    "+\u0664\u0664\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
    "+441234567",
    "ada",
    "ada@example.com",
    "a@b",
    "sub",
    "email",
    "phone_number",
    "custom:x",
    "dev:custom:x",
    "0",
    "5",
    "-1",
    "1e400",
    "0x10",
    "g0",
    "9" * 5000,
    "f" * 5000,
    "A",
    "AA==",
    "=",
    "====",
    "A" * 131_073,
    "null",
    "true",
    "[]",
    "{",
    '{"a": 1e999}',
    "NaN",
    "{UserPoolId}",
    "{0}",
    "%s",
    'sub = "x"',
    'email ^= "\\"',
    'name = "\ud800"',
    "Thu May 7 00:09:40 UTC 2026",
    "Thu Feb 30 00:00:00 UTC 0000",
    "Thu May \u0667 00:09:40 UTC 2026",
    "us-east-1_596db07d-793a-4070-8140-27f321ccf01c",
    "us-east-1_abcdefghi",
    "PASSWORD_SRP",
    "SRP_A",
    "An0ther!!",
    "x" * 20,
)
_OTHERS = (
    None,
    True,
    False,
    0,
    1,
    -1,
    60,
    2**31,
    10**400,
    10**5000,
    1.0,
    1.5,
    float("nan"),
    float("inf"),
    [],
    [None],
    [[]],
    ["x"],
    [1],
    {},
    {"": None},
    {"a": {}},
    {"a": "\ud800"},
)


class Fuzz:
    """Calls that the same seed makes again, and what they found."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.outcomes = collections.Counter()
        #: By where they come from: how often, and the first call that has one.
        self.findings = {}

    def run(self, calls, *, operations=tuple(CASES), seconds=float("inf")):
        """Make so many calls of each operation in turn, or those that the time is enough for."""
        end = time.monotonic() + seconds
        made = 0
        while made < calls and time.monotonic() < end:
            operation = operations[made // 20 % len(operations)]
            prepare = self.random.choice(CASES[operation].successes)
            made += self._try(operation, prepare, min(20, calls - made))
        return made

    def _try(self, operation, prepare, calls):
        """Calls to fakes that are prepared alike: a new one whenever something has changed."""
        cognito = None
        for _ in range(calls):
            if cognito is None:
                cognito = FakeCognito(**SETTINGS)
                right = prepare(cognito)
                self._put_handler(cognito)
                before = snapshot(cognito.pool.account)
            params = self.changed(operation, right)
            wrong, is_as_before = self._call(cognito, operation, params, before)
            if wrong is not None:
                self._note(operation, params, wrong)
            if wrong is not None or not is_as_before:
                cognito.log().encode()
                cognito = None
        return calls

    def _call(self, cognito, operation, params, before):
        """What is wrong with a call, and whether the fake is good for another one."""
        try:
            answer = cognito.handle(operation, params, REGION).response
        except ServiceError as error:
            self.outcomes[error.code] += 1
            kept = KEPT.get(error.text, ())
            if params.get("ChallengeName") == "CUSTOM_CHALLENGE":
                # Its session is used up by any answer.
                kept = (*kept, ".is_answered")
            after = snapshot(cognito.pool.account)
            return wrong_refusal(operation, error, kept, difference(before, after)), not kept
        except UnhandledOperation:
            return None, True
        except Exception as error:  # noqa: BLE001  that there is none is what is tested
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{last.filename}:{last.lineno}"
            return f"{type(error).__name__} in {where}: {error!s:.200}", False
        self.outcomes["answered"] += 1
        return misfit(api.operation_model(operation).output_shape, answer), False

    def _note(self, operation, params, wrong):
        often, first = self.findings.get((operation, wrong), (0, params))
        self.findings[operation, wrong] = often + 1, first

    def _put_handler(self, cognito):
        """A trigger that fails, or answers nonsense."""
        if self.random.random() < 0.6:
            return
        errors = ValueError("\ud800"), RecursionError()
        what = self.random.choice((*_TEXTS, *_OTHERS, *_RESPONSES * 9, *errors, DEEP))

        def handler(event, _context):
            if isinstance(what, Exception):
                raise what
            if isinstance(what, dict):
                event["response"] = what
                return event
            return what

        cognito.pool.on(self.random.choice(_TRIGGERS), handler)

    # Parameters.

    def changed(self, operation, right):
        """The parameters of a call that succeeds, changed in some places."""
        params = copy.deepcopy(right)
        shape = api.operation_model(operation).input_shape
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            self._change(params, shape, params)
        return params

    def _change(self, params, shape, whole):
        """Change something in a structure."""
        if not isinstance(params, dict):
            return
        name = self.random.choice([*shape.members, *params, *_OF_OTHERS])
        if self.random.random() < 0.1:
            params.pop(name, None)
            return
        member = shape.members.get(name)
        inner = params.get(name)
        deeper = member is not None and self.random.random() < 0.7
        if deeper and member.type_name == "structure":
            inner = params[name] = inner if isinstance(inner, dict) else {}
            self._change(inner, member, whole)
        elif deeper and member.type_name == "map":
            inner = params[name] = inner if isinstance(inner, dict) else {}
            key = self.random.choice((*inner, *_KEYS, *_TEXTS))
            inner[key] = self._value(member.value, whole, inner.get(key))
        elif deeper and member.type_name == "list":
            inner = params[name] = inner if isinstance(inner, list) else []
            item = self._item(member.member, whole)
            inner.insert(self.random.randint(0, len(inner)), item)
        else:
            params[name] = self._value(member, whole, inner)

    def _item(self, shape, whole):
        if shape.type_name != "structure":
            return self._value(shape, whole, None)
        item = {}
        for name, member in shape.members.items():
            if self.random.random() < 0.8:
                item[name] = self._value(member, whole, None)
        return item

    def _value(self, shape, whole, before):
        """A value: mostly one that the constraints allow, for there is more behind them."""
        chance = self.random.random()
        if isinstance(before, str) and chance < 0.2:
            return self._damaged(before)
        if shape is None or chance < 0.3:
            return copy.deepcopy(self.random.choice((*_OTHERS, *_TEXTS)))
        if shape.type_name == "structure":
            return self._item(shape, whole)
        if shape.type_name == "list":
            return [self._item(shape.member, whole) for _ in range(self.random.randint(0, 3))]
        if shape.type_name == "map":
            return {self.random.choice(_TEXTS): self._value(shape.value, whole, None)}
        of_others = [each for each in whole.values() if isinstance(each, str)]
        return self.random.choice((*_fitting(shape.name), *of_others))

    def _damaged(self, text):
        at = self.random.randint(0, len(text))
        return self.random.choice(
            (
                text[:at],
                text[at:],
                text + text,
                text.swapcase(),
                text[:at] + self.random.choice(_TEXTS[:20]) + text[at:],
            )
        )


def wrong_refusal(operation, error, kept, changed):
    """What is wrong with an error, or with what it has changed; None if nothing is."""
    allowed = {
        *api.declared_errors(operation),
        *texts.COMMON,
        *UNDECLARED.get(operation, ()),
        texts.SERIALIZATION["a map"].code,
    }
    if error.code not in allowed:
        return f"{error.code} is not declared"
    left = {path: pair for path, pair in changed.items() if not path.endswith(kept)}
    return f"{error.code} changed {left!s:.300}" if left else None


@cache
def _fitting(shape):
    """Values of a shape that break no constraint, and one that does."""
    described = api.model().shape_for(shape)
    kind, metadata = described.type_name, described.metadata
    if kind == "boolean":
        return (True, False)
    if kind in {"integer", "long"}:
        least, most = metadata.get("min", 0), metadata.get("max", 100)
        return (least, most, (least + most) // 2, most + 1)
    if "enum" in metadata:
        return (*metadata["enum"], "x")
    rules = constraints._rules_of(shape)
    fitting = [text for text in _TEXTS if not any(broken(text) for _, broken in rules)]
    return (*fitting, "x y")


def misfit(shape, value, path="answer"):
    """What of an answer does not fit its shape; None if all does."""
    if shape is None:
        return None if value == {} else f"{path} is not empty"
    kinds = {
        "boolean": bool,
        "integer": int,
        "list": list,
        "long": int,
        "map": dict,
        "string": str,
        "structure": dict,
        "timestamp": (int, float),
    }
    kind = kinds[shape.type_name]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return f"{path} is {value!r:.100}, no {shape.type_name}"
    inner = []
    if shape.type_name == "structure":
        # Older models lack some.
        known = value.keys() & shape.members.keys()
        inner = [(shape.members[name], value[name], name) for name in sorted(known)]
        missing = set(shape.required_members) - value.keys()
        if missing:
            return f"{path} lacks {sorted(missing)}"
    elif shape.type_name == "list":
        inner = [(shape.member, item, "[]") for item in value]
    elif shape.type_name == "map":
        inner = [(shape.value, item, "{}") for item in value.values()]
    found = (misfit(of, item, f"{path}.{name}") for of, item, name in inner)
    return next(filter(None, found), None)


def main():
    """Make the calls, and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("calls", type=int, help="how many to make")
    parser.add_argument("--seed", type=int, default=0, help="for other calls; 0 if not given")
    parser.add_argument("--operation", action="append", help="one of those to call; all if none")
    asked = parser.parse_args()
    fuzz = Fuzz(asked.seed)
    started = time.monotonic()
    fuzz.run(asked.calls, operations=tuple(asked.operation or CASES))
    sys.stdout.write(f"{asked.calls} calls in {time.monotonic() - started:.0f} s\n")
    for outcome, often in fuzz.outcomes.most_common():
        sys.stdout.write(f"{often:8} {outcome}\n")
    sys.set_int_max_str_digits(0)
    for (operation, wrong), (often, params) in fuzz.findings.items():
        line = f"{operation}: {wrong} ({often} times)\n  {params!a:.600}\n"
        sys.stdout.write(line.encode("utf-8", "backslashreplace").decode())
    return 1 if fuzz.findings else 0


if __name__ == "__main__":
    sys.exit(main())
