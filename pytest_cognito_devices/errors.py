"""What the fake service answers when it refuses, every text with where it comes from.

Exception
 ├── ServiceError              an answer of the service, becomes a botocore ClientError
 └── AssertionError
      └── UnhandledOperation   the fake has no answer at all
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import methodcaller
from typing import Any, NamedTuple


class Text(NamedTuple):
    """One error of the service: its code, its words and how we know them.

    `message` may name parameters of the call in braces: `User pool {UserPoolId} does not exist.`
    `source` starts with how sure it is: "observed" (pasted by somebody from the real service),
    "documented" (by AWS), or "assumed" (nobody has published it; replace it here once somebody
    measures it).
    """

    code: str
    message: str
    source: str
    status: int = 400


class ServiceError(Exception):
    """An answer of the fake service with an HTTP status of 400 or more.

    Attributes:
        code: the name of the exception, such as `ResourceNotFoundException`.
        message: the text for people.
        status: the HTTP status code.
    """

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code, message, status)
        self.code = code
        self.message = message
        self.status = status

    @classmethod
    def of(cls, text: Text, params: Mapping[str, Any] | None = None) -> ServiceError:
        """The error with a text of the table, `params` filled in."""
        message = text.message.format_map(_Given(params)) if params else text.message
        return cls(text.code, message, text.status)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class _Given(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


class UnhandledOperation(AssertionError):
    """The code under test called an operation for which the fake has no answer.

    An assertion, so that no `except ClientError` in the application takes it for an answer of the
    service, and no SDK retries it.
    """

    def __init__(
        self, operation: str, implemented: Iterable[str], prepared: Iterable[str] = ()
    ) -> None:
        # The arguments as they came, so that the error survives pickling by pytest-xdist.
        self.operation = operation
        self.implemented = tuple(sorted(implemented))
        self.prepared = tuple(prepared)
        super().__init__(operation, self.implemented, self.prepared)

    def __str__(self) -> str:
        not_this = [
            f"Prepared, but used up or not for this call: {each}.\n" for each in self.prepared
        ]
        return (
            f"{self.operation} was called, and pytest-cognito-devices does not implement it.\n"
            f"{''.join(not_this)}"
            f"Implemented: {', '.join(self.implemented)}.\n"
            "Ways out:\n"
            f'  - give the answer: cognito_devices.respond("{self.operation}", {{...}})\n'
            "  - let it reach AWS: @pytest.mark.cognito_devices(unhandled="
            '"passthrough")\n'
            "  - ask for the operation in the project's issue tracker"
        )


#: For `__tracebackhide__`: such an error points at the line that called, not at the fake's.
IS_UNHANDLED = methodcaller("errisinstance", UnhandledOperation)


# Access tokens, for every operation that takes one.

ACCESS_TOKEN_INVALID_SIGNATURE = Text(
    "NotAuthorizedException",
    "Could not verify signature for Access Token",
    "observed: tests of a public project against the real service",
)
ACCESS_TOKEN_NOT_ONE = Text(
    "NotAuthorizedException",
    "Invalid Access Token",
    "observed: aws-amplify-identity-broker#538 (the text; assumed: for ID and refresh tokens)",
)
ACCESS_TOKEN_EXPIRED = Text(
    "NotAuthorizedException",
    "Access Token has expired",
    "observed: public code sample",
)
ACCESS_TOKEN_REVOKED = Text(
    "NotAuthorizedException",
    "Access Token has been revoked",
    "observed: amplify-js#3540, aws-sdk-java#2449; documented: GlobalSignOut",
)
ACCESS_TOKEN_WITHOUT_SCOPE = Text(
    "NotAuthorizedException",
    "Access Token does not have required scopes",
    "observed: amplify-js#1906",
)

# Users.

USER_NOT_FOUND = Text(
    "UserNotFoundException",
    "User does not exist.",
    "observed: public code sample; AdminListDevices verified by a public project",
)
USER_DISABLED = Text(
    "NotAuthorizedException",
    "User is disabled.",
    "observed: at sign-in (assumed: with a live access token)",
)
USER_NOT_CONFIRMED = Text(
    "UserNotConfirmedException", "User is not confirmed.", "observed: public code sample"
)
PASSWORD_RESET_REQUIRED = Text(
    "PasswordResetRequiredException",
    "Password reset required for the user",
    "observed: public code sample",
)

# Pools.

POOL_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "User pool {UserPoolId} does not exist.",
    "assumed: AWS's usual words",
)
CLIENT_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "User pool client {ClientId} does not exist.",
    "assumed: AWS's usual words",
)
SECRET_HASH_MISSING = Text(
    "NotAuthorizedException",
    "Client {ClientId} is configured with secret but SECRET_HASH was not received",
    "observed: amplify-android#2504",
)
SECRET_HASH_WRONG = Text(
    "NotAuthorizedException",
    "Unable to verify secret hash for client {ClientId}",
    "observed: serverless-cognito-auth#1 (assumed: for a client without a secret)",
)
TRACKING_OFF = Text(
    "InvalidUserPoolConfigurationException",
    "Device tracking not currently enabled for this pool.",
    "observed: ListDevices, public code sample of 2025 (others saw InvalidParameterException)",
)

# Devices.

DEVICE_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "Device does not exist.",
    "observed: aws-sdk-net-extensions-cognito#10, amplify-js#12188, amplify-android#2605",
)
DEVICE_KEY_NOT_GIVEN_OUT = Text(
    "InvalidParameterException",
    "Invalid device key given.",
    "observed: boto3#4059, amplify-js#2087, amplify-js#4047",
)
DEVICE_KEY_EXISTS = Text(
    "DeviceKeyExistsException",
    "Device already exists.",
    "documented: the code, by ConfirmDevice; assumed: the text",
)
NEGATIVE_VERIFIER = Text(
    "InvalidParameterException",
    "Found negative value for salt or password verifier",
    "observed: in part, by the author of a client",
)
MALFORMED_VERIFIER = Text(
    "InvalidParameterException",
    "Invalid device secret verifier config given.",
    "assumed",
)
PAGE_TOKEN_INVALID = Text(
    "InvalidParameterException",
    "Invalid pagination token given.",
    "assumed: the text of ListUsers and ListGroups; also that a token lasts an hour",
)

# Attributes of users.

ATTRIBUTE_NOT_IN_SCHEMA = Text(
    "InvalidParameterException",
    "Attributes did not conform to the schema: {complaints}",
    "observed: amplify-flutter#509, amplify-js#2167",
)
ATTRIBUTE_IMMUTABLE = Text(
    "InvalidParameterException",
    "Cannot modify the non-mutable attribute {attribute}",
    "assumed: seen in forums, without a sample to point to",
)
ATTRIBUTE_NOT_AUTHORIZED = Text(
    "NotAuthorizedException",
    "A client attempted to write unauthorized attribute",
    "observed: amazon-cognito-identity-js#438, aws-aspnet-cognito-identity-provider#97",
)

# Sign-up and passwords.

# Pools and app clients.

# Sign-in.

# Nothing in the fake leads to these: their texts are for `simulate`.

SIMULATED: Mapping[str, Text] = {
    text.code: text
    for text in (
        Text(
            "TooManyRequestsException",
            "Rate exceeded",
            "observed: boto3#2517, amplify-js#3554",
        ),
        Text(
            "ForbiddenException",
            "Request not allowed due to WAF block.",
            "observed: clients that look for this text",
        ),
    )
}

_COMMON_SOURCE = "documented: the common errors of the API reference; assumed: the text"

#: Errors that any AWS service can answer and no operation declares.
COMMON: Mapping[str, Text] = {
    code: Text(code, message, _COMMON_SOURCE, status)
    for code, status, message in (
        (
            "AccessDeniedException",
            400,
            "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action",
        ),
        ("ExpiredTokenException", 403, "The security token included in the request is expired"),
        ("IncompleteSignature", 403, "The request signature does not conform to AWS standards"),
        ("InternalFailure", 500, "The request processing has failed because of an unknown error"),
        ("MalformedHttpRequestException", 400, "Problems with the request at the HTTP level"),
        ("NotAuthorized", 401, "You do not have permission to perform this action"),
        ("OptInRequired", 403, "The AWS access key ID needs a subscription for the service"),
        ("RequestAbortedException", 400, "The request was aborted before a reply was sent"),
        ("RequestEntityTooLargeException", 413, "The request entity is too large"),
        ("RequestExpired", 400, "The request reached the service too late"),
        ("RequestTimeoutException", 408, "The request was not received in time"),
        ("ServiceUnavailable", 503, "Service Unavailable"),
        ("ThrottlingException", 400, "Rate exceeded"),
        (
            "UnrecognizedClientException",
            403,
            "The security token included in the request is invalid.",
        ),
        ("UnknownOperationException", 404, "The action or operation requested is invalid"),
        ("ValidationError", 400, "The input fails to satisfy the constraints of the service"),
    )
}
