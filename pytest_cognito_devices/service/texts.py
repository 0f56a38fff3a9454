"""The table of texts: every error of the service in its words, and how we know them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Text(NamedTuple):
    """One error of the service: its code, its words and how we know them.

    `message` may name parameters of the call in braces, such as `{UserPoolId}`.
    `source` starts with how sure it is: "observed" (pasted by somebody from the real service),
    "documented" (by AWS), or "assumed" (nobody has published it; replace it here once somebody
    measures it).
    `example` fills what no parameter does in an error that a test simulates.
    """

    code: str
    message: str
    source: str
    status: int = 400
    example: tuple[tuple[str, str], ...] = ()


# Access tokens, for every operation that takes one.

ACCESS_TOKEN_INVALID_SIGNATURE = Text(
    "NotAuthorizedException",
    "Could not verify signature for Access Token",
    "observed: public code sample (assumed: for every JWT that nobody in the region signed)",
)
ACCESS_TOKEN_NOT_ONE = Text(
    "NotAuthorizedException",
    "Invalid Access Token",
    "observed: aws-amplify-identity-broker#538; moto#8027, measured with the session of a"
    " challenge; nestjs-cognito#153, for an ID token (assumed: for all else that is no JWT)",
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
    "observed: example-cognito-java#2, aws-aspnet-cognito-identity-provider#135",
)
CLIENT_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "User pool client {ClientId} does not exist.",
    "observed: amplify-flutter#740, anomalyco/guide#82, for SignUp; aws-sdk-php#2183, for"
    " AdminInitiateAuth",
)
GROUP_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "Group not found.",
    "observed: amplify-cli#2214, aws-aspnet-cognito-identity-provider#85, for AdminAddUserToGroup"
    " (assumed: for the others)",
)
GROUP_EXISTS = Text(
    "GroupExistsException",
    "A group with the name already exists.",
    "observed: amplify-backend#1781, whose reporter changed the case of a name (assumed: the full"
    " stop)",
)
SECRET_HASH_MISSING = Text(
    "NotAuthorizedException",
    "Client {ClientId} is configured with secret but SECRET_HASH was not received",
    "observed: amplify-android#2504",
)
SECRET_HASH_WRONG = Text(
    "NotAuthorizedException",
    "SecretHash does not match for the client: {ClientId}",
    "observed: since 2022, aws-sdk-net-extensions-cognito#94 and #122, python-xsense#9",
)
SECRET_HASH_UNEXPECTED = Text(
    "NotAuthorizedException",
    "Unable to verify secret hash for client {ClientId}",
    "observed: until 2021, for a wrong hash, boto3#2736 (assumed: still for a client without a"
    " secret)",
)
TRACKING_OFF = Text(
    "InvalidUserPoolConfigurationException",
    "Device tracking not currently enabled for this pool.",
    "observed: ListDevices, public code sample of 2025 (others saw InvalidParameterException)",
)

# Sessions.

SESSION_TRACKING_OFF = Text(
    "OperationNotEnabledException",
    "User session tracking is not enabled for the user pool.",
    "documented: the rule, by SetUserPoolClientSessionConfiguration; assumed: the code, the text"
    " and that it holds for lists and revocation too",
)
USER_SESSION_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "Session does not exist.",
    "assumed",
)
USER_SESSION_IS_CURRENT = Text(
    "InvalidParameterException",
    "The current session cannot be revoked.",
    "documented: the rule, by RevokeUserSession; assumed: the code and the text",
)
SESSION_TRACKING_NOT_IN_TIER = Text(
    "FeatureUnavailableInTierException",
    "The following features need to be disabled for the {tier} pricing tier configured:"
    " User Session Tracking",
    "documented: the rule; observed: the sentence, terraform-provider-aws#40734, for another"
    " feature",
    example=(("tier", "LITE"),),
)

# Devices.

DEVICE_NOT_FOUND = Text(
    "ResourceNotFoundException",
    "Device does not exist.",
    "observed: aws-sdk-net-extensions-cognito#10, amplify-js#12188, amplify-android#2605;"
    " amplify-js#10083, for USER_PASSWORD_AUTH with a stale key",
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
    "assumed, also that a token lasts an hour; ListUsers has been seen to say that a paging marker"
    " is invalid, without a code (aws-sdk-js#3705)",
)

# Attributes of users.

ATTRIBUTES_AGAINST_SCHEMA = Text(
    "InvalidParameterException",
    "Attributes did not conform to the schema: {complaints}",
    "observed: amplify-flutter#509, amplify-js#2167, for unknown ones; amplify-js#933, for some"
    " that are required",
    example=(("complaints", "custom:team: Attribute does not exist in the schema.\n"),),
)
ATTRIBUTES_REFUSED = Text(
    "InvalidParameterException",
    "user.{attribute}: {complaints}",
    "observed: amplify-flutter#1531, for unknown ones; amplify-swift#3981, amplify-js#3526, for"
    " one that cannot be updated (assumed: for values against the schema, and on deletion)",
    example=(
        ("attribute", "custom:team"),
        ("complaints", "Attribute does not exist in the schema.\n"),
    ),
)
REQUIRED_ATTRIBUTE_DELETED = Text(
    "InvalidParameterException",
    "Cannot delete the required attribute {attribute}",
    "assumed",
    example=(("attribute", "name"),),
)
MFA_ADDRESS_DELETED = Text(
    "InvalidParameterException",
    "Cannot delete {attribute} while the user needs it for MFA",
    "observed: amplify-js#8829, that it is refused where MFA is required; assumed: the text, and"
    " that email is like phone_number",
    example=(("attribute", "phone_number"),),
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

REQUIRED_ATTRIBUTE_MISSING = Text(
    "InvalidParameterException",
    "Invalid attributes given, {attribute} is missing",
    "observed: aws-sdk-js#1290, aws-sdk-android#1402 (assumed: the first one, if several are)",
    example=(("attribute", "name"),),
)
ATTRIBUTE_PROVIDED = Text(
    "NotAuthorizedException",
    "Cannot modify an already provided {attribute}",
    "observed: aws-saas-factory-bootcamp#67, for email (assumed: for others that are required)",
    example=(("attribute", "email"),),
)
CUSTOM_ATTRIBUTE_REQUIRED = Text(
    "InvalidParameterException",
    "Required custom attributes are not supported currently.",
    "observed: boto3#2317, terraform-provider-aws#18430",
)
CUSTOM_ATTRIBUTE_EXISTS = Text(
    "InvalidParameterException",
    "{attribute}: Existing attribute already has name {attribute}.",
    "observed: serverless-cognito-add-custom-attributes#3",
    example=(("attribute", "custom:team"),),
)
CUSTOM_ATTRIBUTES_TOO_MANY = Text(
    "InvalidParameterException",
    "Maximum number of custom attributes per user pool exceeded: 50",
    "documented: the number, by the quotas; assumed: the code and the text",
)
ATTRIBUTE_BOUNDS_MALFORMED = Text(
    "InvalidParameterException",
    "Invalid attribute constraints given.",
    "assumed",
)

PHONE_NUMBER_MALFORMED = Text(
    "InvalidParameterException",
    "Invalid phone number format.",
    "observed: amazon-cognito-identity-js#316, gatsby-auth-starter-aws-amplify#31",
)
EMAIL_MALFORMED = Text(
    "InvalidParameterException",
    "Invalid email address format.",
    "assumed: as of phone numbers; seen in forums, without a sample to point to",
)

# Sign-up and passwords.

SIGN_UP_OFF = Text(
    "NotAuthorizedException",
    "SignUp is not permitted for this user pool",
    "observed: amplify-js#6415, pmill/aws-cognito#37",
)
USER_EXISTS = Text(
    "UsernameExistsException",
    "User already exists",
    "observed: tests of public projects that look for this text",
)
ACCOUNT_EXISTS = Text(
    "UsernameExistsException",
    "An account with the given {attribute} already exists.",
    "observed: amazon-cognito-identity-dart#73, for email (assumed: for phone_number)",
    example=(("attribute", "email"),),
)
ALIAS_EXISTS = Text(
    "AliasExistsException",
    "An account with the {attribute} already exists.",
    "observed: public code that looks for this text, for phone_number and email",
    example=(("attribute", "email"),),
)
USERNAME_NOT_AN_EMAIL = Text(
    "InvalidParameterException",
    "Username should be an email.",
    "observed: boto3#3836, amplify-ui#6678",
)
USERNAME_NOT_A_PHONE_NUMBER = Text(
    "InvalidParameterException",
    "Username should be a phone number.",
    "observed: notes of a public project (assumed: the full stop)",
)
USERNAME_NEITHER = Text(
    "InvalidParameterException",
    "Username should be either an email or a phone number.",
    "observed: public code that looks for this text",
)
USERNAME_IS_ANOTHER = Text(
    "InvalidParameterException",
    "User {attribute} should be empty or same as username, since username attribute is"
    " {attribute}.",
    "observed: cognito-local#102, for email (assumed: for phone_number)",
    example=(("attribute", "email"),),
)
USERNAME_LIKE_AN_ALIAS = Text(
    "InvalidParameterException",
    "Username cannot be of {kind} format, since user pool is configured for {kind} alias.",
    "observed: amplify-js#8800, for email (assumed: for phone numbers)",
    example=(("kind", "email"),),
)
PASSWORD_AGAINST_POLICY = Text(
    "InvalidPasswordException",
    "Password did not conform with policy: {complaint}",
    "observed: public code that looks for this text",
    example=(("complaint", "Password not long enough"),),
)
PASSWORD_MISSING = Text(
    "InvalidParameterException",
    "1 validation error detected: Value at 'password' failed to satisfy constraint: "
    "Member must not be null",
    "assumed: as when the model still required it",
)
NAME_NOT_FOUND = Text(
    "UserNotFoundException",
    "Username/client id combination not found.",
    "observed: amazon-cognito-identity-js#537, amplify-js#11270, aws-sdk-ios#4837",
)
SENT_CODE_WRONG = Text(
    "CodeMismatchException",
    "Invalid verification code provided, please try again.",
    "observed: public code that looks for this text",
)
SENT_CODE_EXPIRED = Text(
    "ExpiredCodeException",
    "Invalid code provided, please request a code again.",
    "observed: amplify-js#6863, aws-sdk-ios-samples#144",
)
NOT_UNCONFIRMED = Text(
    "NotAuthorizedException",
    "User cannot be confirmed. Current status is {status}",
    "observed: amplify-js#2588, for CONFIRMED (assumed: for other states)",
    example=(("status", "CONFIRMED"),),
)
ALREADY_CONFIRMED = Text(
    "InvalidParameterException",
    "User is already confirmed.",
    "observed: amplify-js#14762, the code; assumed: the text",
)
NOTHING_TO_VERIFY = Text(
    "NotAuthorizedException",
    "Cannot resend codes. Auto verification not turned on.",
    "observed: notes of public projects (assumed: for a user without the address)",
)
NO_VERIFIED_ADDRESS = Text(
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
    "documented: repost.aws/knowledge-center/cognito-forgot-password",
)
PASSWORD_NOT_RESETTABLE = Text(
    "NotAuthorizedException",
    "User password cannot be reset in the current state.",
    "observed: distributed-load-testing-on-aws#1, for FORCE_CHANGE_PASSWORD (assumed: for others)",
)

# Users, by themselves and by administrators.

ACCOUNT_NAME_EXISTS = Text(
    "UsernameExistsException",
    "User account already exists",
    "observed: AdminCreateUser, localstack#4465",
)
ACCOUNT_ALIAS_EXISTS = Text(
    "UsernameExistsException",
    "An account with the {attribute} already exists.",
    "observed: AdminCreateUser, boto3#3213 (the code), public code that looks for this text",
    example=(("attribute", "email"),),
)
ADDRESS_OF_ANOTHER = Text(
    "AliasExistsException",
    "An account with the given {attribute} already exists.",
    "observed: aws-sdk-net#4387, the code (assumed: the text, that of SignUp)",
    example=(("attribute", "email"),),
)
RESEND_NOT_POSSIBLE = Text(
    "UnsupportedUserStateException",
    "Resend not possible. {Username} status is not FORCE_CHANGE_PASSWORD",
    "documented: the code, by AdminCreateUser; assumed: the text, that of several other fakes",
)
FILTER_MALFORMED = Text(
    "InvalidParameterException",
    "Error while parsing filter.",
    "observed: aws-sdk-php#1088, aws-sdk-js#3147",
)
FILTER_NOT_SEARCHABLE = Text(
    "InvalidParameterException",
    "Invalid search attribute: {attribute}",
    "documented: which attributes cannot be searched, by ListUsers; assumed: the text, moto's",
    example=(("attribute", "custom:team"),),
)
ATTRIBUTE_NOT_OF_ALL = Text(
    "InvalidParameterException",
    "One or more requested attributes do not exist.",
    "observed: aws-sdk-js#2570, aws-sdk-js#3091; documented: AttributesToGet of ListUsers",
)
ATTRIBUTE_NOT_VERIFIABLE = Text(
    "InvalidParameterException",
    "Invalid attribute name. Only phone_number and email can be verified.",
    "observed: floci#1898, floci#2018, amplify-js#3652",
)
ADDRESS_MISSING = Text(
    "InvalidParameterException",
    "User does not have a valid registered {address}",
    "observed: GetUserAttributeVerificationCode, floci#1898",
    example=(("address", "email address"),),
)
MFA_NOT_SET_UP = Text(
    "InvalidParameterException",
    "User does not have delivery config set to turn on {factor}",
    "observed: aws-sdk-js-v3#4645, for SOFTWARE_TOKEN_MFA (assumed: for SMS_MFA and EMAIL_OTP)",
    example=(("factor", "SOFTWARE_TOKEN_MFA"),),
)
MFA_OPTION_NOT_SMS = Text(
    "InvalidParameterException",
    "Invalid MFA options given. Only SMS to phone_number is supported.",
    "documented: the rule, by SetUserSettings; assumed: the text",
)
SOFTWARE_TOKEN_MISSING = Text(
    "ResourceNotFoundException",
    "User does not have a software token.",
    "assumed",
)
MFA_PREFERRED_BUT_OFF = Text(
    "InvalidParameterException",
    "Cannot prefer {factor}, which is not enabled for the user",
    "assumed",
    example=(("factor", "SOFTWARE_TOKEN_MFA"),),
)
MFA_PREFERRED_TWICE = Text(
    "InvalidParameterException",
    "Only one MFA setting can be preferred",
    "documented: only one can be preferred, by SetUserMFAPreference; assumed: the text",
)

# Pools and app clients.

ALIASES_AND_USERNAMES = Text(
    "InvalidParameterException",
    "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.",
    "observed: measured by the public project cdk-preflight",
)
PASSWORD_NO_FIRST_FACTOR = Text(
    "InvalidParameterException",
    "Password should be configured as one of the allowed first auth factors.",
    "observed: measured by the public project cdk-preflight",
)
FIRST_FACTOR_WITH_MFA = Text(
    "InvalidParameterException",
    "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is"
    " enabled",
    "observed: cdkd#1975, for SetUserPoolMfaConfig and UpdateUserPool (assumed: for"
    " CreateUserPool)",
)
UPDATE_VERIFIES_TOO_MUCH = Text(
    "InvalidParameterException",
    "All attributes in AttributesRequireVerificationBeforeUpdate must exist in"
    " AutoVerifiedAttributes",
    "observed: aws-nuke#477",
)
SMS_NEEDED_TO_VERIFY = Text(
    "InvalidParameterException",
    "SMS configuration is required when phone_number is selected for auto verification",
    "observed: measured by the public project cdk-preflight",
)
SMS_NEEDED_FOR_MFA = Text(
    "InvalidParameterException",
    "SMS configuration and Auto verification for phone_number are required when MFA is"
    " required/optional",
    "observed: aws-cdk#12075, panther#637 (assumed: for SetUserPoolMfaConfig)",
)
SES_NEEDED_FOR_MFA = Text(
    "InvalidParameterException",
    "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an"
    " EmailSendingAccount of COGNITO_DEFAULT.",
    "observed: measured by the public projects cdk-preflight and cdkd",
)
MFA_WITHOUT_FACTOR = Text(
    "InvalidParameterException",
    "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
    "observed: cdkd#1920 (before 2025: can't disable all MFAs with a required or optional"
    " configuration)",
)
MFA_OFF_WITH_FACTOR = Text(
    "InvalidParameterException",
    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    "observed: cdkd#1923, terraform-aws-cognito-user-pool#74",
)
POOL_PROTECTED = Text(
    "InvalidParameterException",
    "The user pool cannot be deleted because deletion protection is activated. Deletion protection"
    " must be inactivated first.",
    "observed: localstack#11947",
)
AUTH_FLOWS_MIXED = Text(
    "InvalidParameterException",
    "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    "observed: measured by the public project cdk-preflight",
)
REFRESH_FLOW_WITH_ROTATION = Text(
    "InvalidParameterException",
    "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is"
    " enabled",
    "observed: the text, by five public projects (assumed: the code)",
)
TOKEN_VALIDITY_OUT_OF_RANGE = Text(
    "InvalidParameterException",
    "Invalid range for token validity.",
    "observed: cloudfront-authorization-at-edge#144, terraform-provider-aws#32504",
)
REFRESH_TOKEN_ENDS_FIRST = Text(
    "InvalidParameterException",
    "Access and Id Token expiration times must be less than or equal to refresh token expiration"
    " times.",
    "observed: measured by the public project cdk-preflight",
)
SECRET_GIVEN_AND_GENERATED = Text(
    "InvalidParameterException",
    "You cannot specify both GenerateSecret as true and provide a ClientSecret value.",
    "documented: the rule, by CreateUserPoolClient; assumed: the text",
)

# Sign-in.

INCORRECT = Text(
    "NotAuthorizedException",
    "Incorrect username or password.",
    "observed: warrant#12, aws-sdk-net-extensions-cognito#73",
)
PASSWORD_ATTEMPTS_EXCEEDED = Text(
    "NotAuthorizedException",
    "Password attempts exceeded",
    "documented: the developer guide on the lock-out of users",
)
TEMPORARY_PASSWORD_EXPIRED = Text(
    "NotAuthorizedException",
    "Temporary password has expired and must be reset by an administrator.",
    "assumed: seen in forums, without a sample to point to",
)
AUTH_FLOW_NOT_ENABLED = Text(
    "InvalidParameterException",
    "{AuthFlow} flow not enabled for this client",
    "observed: for USER_PASSWORD_AUTH (assumed: for CUSTOM_AUTH and USER_AUTH)",
)
SRP_NOT_ENABLED = Text(
    "InvalidParameterException",
    "USER_SRP_AUTH is not enabled for the client.",
    "assumed: clients that look for this text",
)
ADMIN_AUTH_FLOW_NOT_ENABLED = Text(
    "InvalidParameterException",
    "Auth flow not enabled for this client",
    "observed: AdminInitiateAuth (assumed: for REFRESH_TOKEN_AUTH)",
)
ONLY_CUSTOM_AUTH = Text(
    "InvalidParameterException",
    "Only custom auth (lambda driven) is enabled for this client.",
    "observed: amplify-js#3379",
)
AUTH_FLOW_NOT_SUPPORTED = Text(
    "InvalidParameterException",
    "Initiate Auth method not supported.",
    "observed: aws-doc-sdk-examples#5289, soto-cognito-authentication-kit#10",
)
PARAMETER_MISSING = Text(
    "InvalidParameterException",
    "Missing required parameter {parameter}",
    "observed: aws-sdk-php#1057, amazon-cognito-identity-js#627",
    example=(("parameter", "USERNAME"),),
)
SRP_A_INVALID = Text(
    "InvalidParameterException",
    "Invalid SRP_A given.",
    "assumed",
)
SESSION_INVALID = Text(
    "NotAuthorizedException",
    "Invalid session for the user.",
    "observed: the text (assumed: for which sessions)",
)
SESSION_EXPIRED = Text(
    "NotAuthorizedException",
    "Invalid session for the user, session is expired.",
    "observed: a public project's recorded answers",
)
SESSION_USED = Text(
    "NotAuthorizedException",
    "Invalid session for the user, session can only be used once.",
    "observed: a public project's recorded answers",
)
DEVICE_NEEDS_FIRST_FACTOR = Text(
    "NotAuthorizedException",
    "Cannot initiate DEVICE_SRP_AUTH flow without first authenticating",
    "observed: amplify-js#10582",
)
MFA_CODE_WRONG = Text(
    "CodeMismatchException",
    "Invalid code or auth state for the user.",
    "observed: a public project's recorded answers",
)
CHALLENGE_NOT_AVAILABLE = Text(
    "InvalidParameterException",
    "Selected challenge is not available",
    "observed: public code that looks for this text (assumed: the code)",
)
SOFTWARE_TOKEN_CODE_WRONG = Text(
    "CodeMismatchException",
    "Invalid code received for user",
    "observed: public code sample",
)
SOFTWARE_TOKEN_CODE_USED = Text(
    "ExpiredCodeException",
    "Your software token has already been used once.",
    "observed: the integration tests of amplify-swift, also of the code that verified the token",
)
SOFTWARE_TOKEN_NOT_VERIFIED = Text(
    "NotAuthorizedException",
    "Software token has not been verified.",
    "assumed",
)
TOKEN_OR_SESSION = Text(
    "InvalidParameterException",
    "Either an AccessToken or a Session is required",
    "documented: the rule, by VerifySoftwareToken; assumed: the text",
)
SOFTWARE_TOKEN_NOT_ENABLED = Text(
    "SoftwareTokenMFANotFoundException",
    "Software Token MFA has not been enabled by the userPool",
    "documented: the code; assumed: the text",
)
SOFTWARE_TOKEN_SET_UP_FAILED = Text(
    "EnableSoftwareTokenMFAException",
    "Code mismatch and fail enable Software Token MFA",
    "observed: aws-amplify-auth-starters#15",
)
CUSTOM_TRIGGER_MISSING = Text(
    "InvalidParameterException",
    "Custom auth lambda trigger is not configured for the user pool.",
    "observed: amplify-js#6327, the text (assumed: the code)",
)
TRIGGER_FAILED = Text(
    "UserLambdaValidationException",
    "{trigger} failed with error {reason}.",
    "observed: forums, for PreAuthentication and others",
    example=(("trigger", "PreAuthentication"), ("reason", "No entry")),
)
AUTO_VERIFIED_UNCONFIRMED = Text(
    "InvalidLambdaResponseException",
    "Phone or email cannot be auto verified, when user is not being auto confirmed.",
    "observed: aws-sdk-java#1049, the text (assumed: the code)",
)
AUTO_VERIFIED_NOTHING = Text(
    "InvalidLambdaResponseException",
    "User attribute {attribute} cannot be auto verified: it has no value.",
    "documented: developer guide, pre sign-up, that it is an error (assumed: code and text)",
    example=(("attribute", "email"),),
)
CUSTOM_MESSAGE_INVALID = Text(
    "InvalidParameterException",
    "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint:"
    " {constraint}",
    "observed: amazon-cognito-identity-js#99, aws-lambda-go#330, for emails without the code"
    " (assumed: for SMS and lengths)",
    example=(
        ("value", "Welcome"),
        ("member", "emailBody"),
        ("constraint", r"Member must satisfy regular expression pattern: .*\{####\}.*"),
    ),
)
CUSTOM_EMAIL_WITHOUT_SES = Text(
    "InvalidLambdaResponseException",
    "emailMessage and emailSubject are only allowed if EmailSendingAccount is DEVELOPER",
    "documented: developer guide, custom message, the code (assumed: the text)",
)
USER_NOT_MIGRATED = Text(
    "UserNotFoundException",
    "Exception migrating user in app client {ClientId}",
    "observed: public code, the beginning of the text (assumed: the code, and when)",
)
TRIGGER_GAVE_NO_JSON = Text(
    "InvalidLambdaResponseException",
    "Invalid lambda function output : Invalid JSON",
    "observed: amplify-cli#2735, amplify-js#4158",
)
TRIGGER_GAVE_NONSENSE = Text(
    "InvalidLambdaResponseException",
    "Unrecognizable lambda output",
    "observed: amazon-cognito-identity-js#167; public code, for events without their common"
    " parameters and lists as claims of V1_0",
)

# Tokens after sign-in.

REFRESH_TOKEN_INVALID = Text(
    "NotAuthorizedException",
    "Invalid Refresh Token.",
    "observed: aws-sdk-java#2253, aws-sdk-net-extensions-cognito#85",
)
REFRESH_TOKEN_REVOKED = Text(
    "NotAuthorizedException",
    "Refresh Token has been revoked",
    "observed: aws-sdk-net#1936",
)
REFRESH_TOKEN_EXPIRED = Text(
    "NotAuthorizedException",
    "Refresh Token has expired",
    "observed: forums",
)
REFRESH_TOKEN_REUSED = Text(
    "RefreshTokenReuseException",
    "Refresh token reuse detected",
    "observed: measured by a public project",
)
TOKEN_TYPE_UNSUPPORTED = Text(
    "UnsupportedTokenTypeException",
    "Unsupported token type.",
    "documented: the code; assumed: the text",
)
REVOCATION_NOT_ENABLED = Text(
    "UnsupportedOperationException",
    "Token revocation is not enabled for the client.",
    "documented: the code; assumed: the text",
)
REVOCATION_NOT_AUTHORIZED = Text(
    "UnauthorizedException",
    "Invalid client.",
    "documented: the code, the only one of RevokeToken that fits; assumed: the text",
)
CLIENT_SECRET_MISSING = Text(
    "NotAuthorizedException",
    "Client {ClientId} is configured with secret but ClientSecret was not received",
    "assumed: after the text about SECRET_HASH",
)
CLIENT_SECRET_WRONG = Text(
    "NotAuthorizedException",
    "Unable to verify secret for client {ClientId}",
    "assumed: after the text about SECRET_HASH",
)

# Parameters whose JSON is of another type than the model's, whatever the operation: by what
# came, or what did not come where it belongs. No SDK sends such parameters.

SERIALIZATION: Mapping[str, Text] = {
    kind: Text("SerializationException", message, source)
    for kind, message, source in (
        (
            "a map",
            "Start of structure or map found where not expected.",
            "observed: amplify-js#4738, amplify-js#5165",
        ),
        (
            "a list",
            "Start of list found where not expected.",
            "assumed: after the text about maps",
        ),
        ("no map", "Expected map or null", "observed: amplify-js#4738, amplify-js#5165"),
        ("no list", "Expected list or null", "assumed: after the text about maps"),
        (
            "another value",
            "{found}_VALUE cannot be converted to {wanted}",
            "assumed: as other services of AWS say it; a boolean is no integer for them either",
        ),
    )
}

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

#: Answers to requests that are no call of an operation, by what they are.
NO_OPERATION: Mapping[str, Text] = {
    "unknown operation": COMMON["UnknownOperationException"],
    "wrong content type": Text(
        "UnknownOperationException",
        "",
        "observed: an integration guide pastes it for application/json (assumed: the status)",
        404,
    ),
    "too large": COMMON["RequestEntityTooLargeException"],
    "malformed length": Text(
        "SerializationException", "", "assumed, as for other requests that cannot be read"
    ),
    "malformed JSON": Text(
        "SerializationException", "", "assumed, as other services of JSON 1.1 answer"
    ),
    "no JSON object": Text(
        "SerializationException",
        "Expected map or null",
        "observed: amplify-js#4738 (assumed: for the whole body)",
    ),
}
