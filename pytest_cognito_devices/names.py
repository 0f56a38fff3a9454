"""The names that editors complete and type checkers know. Nothing imports them in a run.

Written by `nox -f .noxfile.py -s names`, not by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, overload

if TYPE_CHECKING:
    from pytest_cognito_devices.cognito import Calls
    from pytest_cognito_devices.recorded import CallsTo

#: The version that they are from.
BOTOCORE = "1.44.8"

#: An operation of `cognito-idp`, in the spelling of the API or of boto3.
OperationName = Literal[
    "AddCustomAttributes",
    "AddUserPoolClientSecret",
    "AdminAddUserToGroup",
    "AdminConfirmSignUp",
    "AdminCreateUser",
    "AdminDeleteSoftwareToken",
    "AdminDeleteUser",
    "AdminDeleteUserAttributes",
    "AdminDisableProviderForUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminForgetDevice",
    "AdminGetDevice",
    "AdminGetUser",
    "AdminGetUserAuthFactors",
    "AdminInitiateAuth",
    "AdminLinkProviderForUser",
    "AdminListDevices",
    "AdminListGroupsForUser",
    "AdminListUserAuthEvents",
    "AdminListUserSessions",
    "AdminRemoveUserFromGroup",
    "AdminResetUserPassword",
    "AdminRespondToAuthChallenge",
    "AdminRevokeUserSession",
    "AdminSetUserMFAPreference",
    "AdminSetUserPassword",
    "AdminSetUserSettings",
    "AdminUpdateAuthEventFeedback",
    "AdminUpdateDeviceStatus",
    "AdminUpdateUserAttributes",
    "AdminUserGlobalSignOut",
    "AssociateSoftwareToken",
    "CancelPointInTimeRecovery",
    "ChangePassword",
    "CompleteWebAuthnRegistration",
    "ConfirmDevice",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "CreateCIMDPolicy",
    "CreateGroup",
    "CreateIdentityProvider",
    "CreateManagedLoginBranding",
    "CreateResourceServer",
    "CreateTerms",
    "CreateUserImportJob",
    "CreateUserPool",
    "CreateUserPoolClient",
    "CreateUserPoolDomain",
    "CreateUserPoolReplica",
    "DeleteCIMDPolicy",
    "DeleteGroup",
    "DeleteIdentityProvider",
    "DeleteManagedLoginBranding",
    "DeleteResourceServer",
    "DeleteTerms",
    "DeleteUser",
    "DeleteUserAttributes",
    "DeleteUserPool",
    "DeleteUserPoolClient",
    "DeleteUserPoolClientSecret",
    "DeleteUserPoolDomain",
    "DeleteUserPoolReplica",
    "DeleteWebAuthnCredential",
    "DescribeCIMDPolicy",
    "DescribeIdentityProvider",
    "DescribeManagedLoginBranding",
    "DescribeManagedLoginBrandingByClient",
    "DescribePointInTimeRecovery",
    "DescribeResourceServer",
    "DescribeRiskConfiguration",
    "DescribeTerms",
    "DescribeTermsByClient",
    "DescribeUserImportJob",
    "DescribeUserPool",
    "DescribeUserPoolClient",
    "DescribeUserPoolDomain",
    "ForgetDevice",
    "ForgotPassword",
    "GetCSVHeader",
    "GetClientToken",
    "GetDerivedToken",
    "GetDevice",
    "GetGroup",
    "GetIdentityProviderByIdentifier",
    "GetLogDeliveryConfiguration",
    "GetProvisionedLimit",
    "GetSigningCertificate",
    "GetTokensFromRefreshToken",
    "GetUICustomization",
    "GetUser",
    "GetUserAttributeVerificationCode",
    "GetUserAuthFactors",
    "GetUserPoolClientSessionConfiguration",
    "GetUserPoolMfaConfig",
    "GetUserPoolSessionConfiguration",
    "GlobalSignOut",
    "InitiateAuth",
    "InitiatePointInTimeRecovery",
    "ListCIMDPolicies",
    "ListClientMetadataURLs",
    "ListDevices",
    "ListGroups",
    "ListIdentityProviders",
    "ListPointInTimeRecoveries",
    "ListResourceServers",
    "ListTagsForResource",
    "ListTerms",
    "ListUserImportJobs",
    "ListUserPoolClientSecrets",
    "ListUserPoolClients",
    "ListUserPoolReplicas",
    "ListUserPools",
    "ListUserSessions",
    "ListUsers",
    "ListUsersInGroup",
    "ListWebAuthnCredentials",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "RevokeUserSession",
    "SetLogDeliveryConfiguration",
    "SetRiskConfiguration",
    "SetUICustomization",
    "SetUserMFAPreference",
    "SetUserPoolClientSessionConfiguration",
    "SetUserPoolMfaConfig",
    "SetUserPoolSessionConfiguration",
    "SetUserSettings",
    "SignUp",
    "StartPointInTimeRecovery",
    "StartUserImportJob",
    "StartWebAuthnRegistration",
    "StopUserImportJob",
    "TagResource",
    "UntagResource",
    "UpdateAuthEventFeedback",
    "UpdateCIMDPolicy",
    "UpdateClientMetadataURLState",
    "UpdateDeviceStatus",
    "UpdateGroup",
    "UpdateIdentityProvider",
    "UpdateManagedLoginBranding",
    "UpdateProvisionedLimit",
    "UpdateResourceServer",
    "UpdateTerms",
    "UpdateUserAttributes",
    "UpdateUserPool",
    "UpdateUserPoolClient",
    "UpdateUserPoolDomain",
    "UpdateUserPoolReplica",
    "VerifySoftwareToken",
    "VerifyUserAttribute",
    "add_custom_attributes",
    "add_user_pool_client_secret",
    "admin_add_user_to_group",
    "admin_confirm_sign_up",
    "admin_create_user",
    "admin_delete_software_token",
    "admin_delete_user",
    "admin_delete_user_attributes",
    "admin_disable_provider_for_user",
    "admin_disable_user",
    "admin_enable_user",
    "admin_forget_device",
    "admin_get_device",
    "admin_get_user",
    "admin_get_user_auth_factors",
    "admin_initiate_auth",
    "admin_link_provider_for_user",
    "admin_list_devices",
    "admin_list_groups_for_user",
    "admin_list_user_auth_events",
    "admin_list_user_sessions",
    "admin_remove_user_from_group",
    "admin_reset_user_password",
    "admin_respond_to_auth_challenge",
    "admin_revoke_user_session",
    "admin_set_user_mfa_preference",
    "admin_set_user_password",
    "admin_set_user_settings",
    "admin_update_auth_event_feedback",
    "admin_update_device_status",
    "admin_update_user_attributes",
    "admin_user_global_sign_out",
    "associate_software_token",
    "cancel_point_in_time_recovery",
    "change_password",
    "complete_web_authn_registration",
    "confirm_device",
    "confirm_forgot_password",
    "confirm_sign_up",
    "create_cimd_policy",
    "create_group",
    "create_identity_provider",
    "create_managed_login_branding",
    "create_resource_server",
    "create_terms",
    "create_user_import_job",
    "create_user_pool",
    "create_user_pool_client",
    "create_user_pool_domain",
    "create_user_pool_replica",
    "delete_cimd_policy",
    "delete_group",
    "delete_identity_provider",
    "delete_managed_login_branding",
    "delete_resource_server",
    "delete_terms",
    "delete_user",
    "delete_user_attributes",
    "delete_user_pool",
    "delete_user_pool_client",
    "delete_user_pool_client_secret",
    "delete_user_pool_domain",
    "delete_user_pool_replica",
    "delete_web_authn_credential",
    "describe_cimd_policy",
    "describe_identity_provider",
    "describe_managed_login_branding",
    "describe_managed_login_branding_by_client",
    "describe_point_in_time_recovery",
    "describe_resource_server",
    "describe_risk_configuration",
    "describe_terms",
    "describe_terms_by_client",
    "describe_user_import_job",
    "describe_user_pool",
    "describe_user_pool_client",
    "describe_user_pool_domain",
    "forget_device",
    "forgot_password",
    "get_csv_header",
    "get_client_token",
    "get_derived_token",
    "get_device",
    "get_group",
    "get_identity_provider_by_identifier",
    "get_log_delivery_configuration",
    "get_provisioned_limit",
    "get_signing_certificate",
    "get_tokens_from_refresh_token",
    "get_ui_customization",
    "get_user",
    "get_user_attribute_verification_code",
    "get_user_auth_factors",
    "get_user_pool_client_session_configuration",
    "get_user_pool_mfa_config",
    "get_user_pool_session_configuration",
    "global_sign_out",
    "initiate_auth",
    "initiate_point_in_time_recovery",
    "list_cimd_policies",
    "list_client_metadata_urls",
    "list_devices",
    "list_groups",
    "list_identity_providers",
    "list_point_in_time_recoveries",
    "list_resource_servers",
    "list_tags_for_resource",
    "list_terms",
    "list_user_import_jobs",
    "list_user_pool_client_secrets",
    "list_user_pool_clients",
    "list_user_pool_replicas",
    "list_user_pools",
    "list_user_sessions",
    "list_users",
    "list_users_in_group",
    "list_web_authn_credentials",
    "resend_confirmation_code",
    "respond_to_auth_challenge",
    "revoke_token",
    "revoke_user_session",
    "set_log_delivery_configuration",
    "set_risk_configuration",
    "set_ui_customization",
    "set_user_mfa_preference",
    "set_user_pool_client_session_configuration",
    "set_user_pool_mfa_config",
    "set_user_pool_session_configuration",
    "set_user_settings",
    "sign_up",
    "start_point_in_time_recovery",
    "start_user_import_job",
    "start_web_authn_registration",
    "stop_user_import_job",
    "tag_resource",
    "untag_resource",
    "update_auth_event_feedback",
    "update_cimd_policy",
    "update_client_metadata_url_state",
    "update_device_status",
    "update_group",
    "update_identity_provider",
    "update_managed_login_branding",
    "update_provisioned_limit",
    "update_resource_server",
    "update_terms",
    "update_user_attributes",
    "update_user_pool",
    "update_user_pool_client",
    "update_user_pool_domain",
    "update_user_pool_replica",
    "verify_software_token",
    "verify_user_attribute",
]

#: An exception that can be simulated: one that an operation declares, one common to all of AWS, or
#: one of `botocore.exceptions`.
ExceptionName = Literal[
    "AccessDeniedException",
    "AliasConflictParameterError",
    "AliasExistsException",
    "ApiVersionNotFoundError",
    "AwsChunkedWrapperError",
    "BaseEndpointResolverError",
    "BotoCoreError",
    "CachedCIMDURLDoesNotExistException",
    "CapacityNotAvailableError",
    "ChecksumError",
    "CodeDeliveryFailureException",
    "CodeMismatchException",
    "ConcurrentModificationException",
    "ConfigNotFound",
    "ConfigParseError",
    "ConnectTimeoutError",
    "ConnectionClosedError",
    "ConnectionError",
    "CredentialRetrievalError",
    "DataNotFoundError",
    "DeviceKeyExistsException",
    "DuplicateProviderException",
    "EnableSoftwareTokenMFAException",
    "EndpointConnectionError",
    "EndpointProviderError",
    "EndpointResolutionError",
    "EndpointVariantError",
    "ExpiredCodeException",
    "ExpiredTokenException",
    "FeatureUnavailableInTierException",
    "FlexibleChecksumError",
    "ForbiddenException",
    "GroupExistsException",
    "HTTPClientError",
    "IncompleteReadError",
    "IncompleteSignature",
    "InfiniteLoopConfigError",
    "InternalErrorException",
    "InternalFailure",
    "InternalServerException",
    "InvalidChecksumConfigError",
    "InvalidConfigError",
    "InvalidDNSNameError",
    "InvalidDefaultsMode",
    "InvalidEmailRoleAccessPolicyException",
    "InvalidEndpointConfigurationError",
    "InvalidEndpointDiscoveryConfigurationError",
    "InvalidExpressionError",
    "InvalidHostLabelError",
    "InvalidIMDSEndpointError",
    "InvalidIMDSEndpointModeError",
    "InvalidLambdaResponseException",
    "InvalidMaxRetryAttemptsError",
    "InvalidOAuthFlowException",
    "InvalidParameterException",
    "InvalidPasswordException",
    "InvalidProxiesConfigError",
    "InvalidRegionError",
    "InvalidRetryConfigurationError",
    "InvalidRetryModeError",
    "InvalidS3AddressingStyleError",
    "InvalidS3UsEast1RegionalEndpointConfigError",
    "InvalidSTSRegionalEndpointsConfigError",
    "InvalidSmsRoleAccessPolicyException",
    "InvalidSmsRoleTrustRelationshipException",
    "InvalidUserPoolConfigurationException",
    "LimitExceededException",
    "LoginAuthorizationCodeError",
    "LoginError",
    "LoginInsufficientPermissions",
    "LoginRefreshRequired",
    "LoginTokenLoadError",
    "MD5UnavailableError",
    "MFAMethodNotFoundException",
    "MalformedHttpRequestException",
    "ManagedLoginBrandingExistsException",
    "MetadataRetrievalError",
    "MissingDependencyException",
    "MissingParametersError",
    "NoAuthTokenError",
    "NoCredentialsError",
    "NoRegionError",
    "NotAuthorized",
    "NotAuthorizedException",
    "OperationNotEnabledException",
    "OperationNotPageableError",
    "OptInRequired",
    "PaginationError",
    "ParamValidationError",
    "PartialCredentialsError",
    "PasswordHistoryPolicyViolationException",
    "PasswordResetRequiredException",
    "PreconditionNotMetException",
    "ProfileNotFound",
    "ProxyConnectionError",
    "RangeError",
    "ReadTimeoutError",
    "RefreshTokenReuseException",
    "RefreshWithMFAUnsupportedError",
    "RequestAbortedException",
    "RequestEntityTooLargeException",
    "RequestExpired",
    "RequestTimeoutException",
    "ResourceNotFoundException",
    "ResponseStreamingError",
    "SSLError",
    "SSOError",
    "SSOTokenLoadError",
    "ScopeDoesNotExistException",
    "ServiceNotInRegionError",
    "ServiceQuotaExceededException",
    "ServiceUnavailable",
    "SoftwareTokenMFANotFoundException",
    "StubAssertionError",
    "StubResponseError",
    "TermsExistsException",
    "ThrottlingException",
    "TierChangeNotAllowedException",
    "TokenRetrievalError",
    "TooManyFailedAttemptsException",
    "TooManyRequestsException",
    "UnStubbedResponseError",
    "UnauthorizedException",
    "UnauthorizedSSOTokenError",
    "UnexpectedLambdaException",
    "UnknownClientMethodError",
    "UnknownCredentialError",
    "UnknownEndpointError",
    "UnknownEndpointResolutionBuiltInName",
    "UnknownFIPSEndpointError",
    "UnknownKeyError",
    "UnknownOperationException",
    "UnknownParameterError",
    "UnknownRegionError",
    "UnknownServiceError",
    "UnknownServiceStyle",
    "UnknownSignatureVersionError",
    "UnknownTokenProviderError",
    "UnrecognizedClientException",
    "UnseekableStreamError",
    "UnsupportedIdentityProviderException",
    "UnsupportedOperationException",
    "UnsupportedOutpostResourceError",
    "UnsupportedS3AccesspointConfigurationError",
    "UnsupportedS3ArnError",
    "UnsupportedS3ConfigurationError",
    "UnsupportedS3ControlArnError",
    "UnsupportedS3ControlConfigurationError",
    "UnsupportedServiceProtocolsError",
    "UnsupportedSignatureVersionError",
    "UnsupportedTokenTypeException",
    "UnsupportedUserStateException",
    "UserImportInProgressException",
    "UserLambdaValidationException",
    "UserNotConfirmedException",
    "UserNotFoundException",
    "UserPoolAddOnNotEnabledException",
    "UserPoolTaggingException",
    "UsernameExistsException",
    "ValidationError",
    "WaiterConfigError",
    "WebAuthnChallengeNotFoundException",
    "WebAuthnClientMismatchException",
    "WebAuthnConfigurationMissingException",
    "WebAuthnCredentialNotSupportedException",
    "WebAuthnNotEnabledException",
    "WebAuthnOriginNotAllowedException",
    "WebAuthnRelyingPartyMismatchException",
]


class To(Protocol):
    """The calls of one operation, in the spelling of the API or of boto3."""

    @overload
    def __call__(
        self, operation: Literal["AdminConfirmSignUp", "admin_confirm_sign_up"]
    ) -> CallsTo[Literal["ClientMetadata", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminCreateUser", "admin_create_user"]
    ) -> CallsTo[
        Literal[
            "ClientMetadata",
            "DesiredDeliveryMediums",
            "ForceAliasCreation",
            "MessageAction",
            "TemporaryPassword",
            "UserAttributes",
            "UserPoolId",
            "Username",
            "ValidationData",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminDeleteUser", "admin_delete_user"]
    ) -> CallsTo[Literal["UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminDisableUser", "admin_disable_user"]
    ) -> CallsTo[Literal["UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminEnableUser", "admin_enable_user"]
    ) -> CallsTo[Literal["UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminForgetDevice", "admin_forget_device"]
    ) -> CallsTo[Literal["DeviceKey", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminGetDevice", "admin_get_device"]
    ) -> CallsTo[Literal["DeviceKey", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminGetUser", "admin_get_user"]
    ) -> CallsTo[Literal["UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminInitiateAuth", "admin_initiate_auth"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "AuthFlow",
            "AuthParameters",
            "ClientId",
            "ClientMetadata",
            "ContextData",
            "Session",
            "UserPoolId",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminListDevices", "admin_list_devices"]
    ) -> CallsTo[Literal["Limit", "PaginationToken", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminResetUserPassword", "admin_reset_user_password"]
    ) -> CallsTo[Literal["ClientMetadata", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminRespondToAuthChallenge", "admin_respond_to_auth_challenge"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ChallengeName",
            "ChallengeResponses",
            "ClientId",
            "ClientMetadata",
            "ContextData",
            "Session",
            "UserPoolId",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminSetUserMFAPreference", "admin_set_user_mfa_preference"]
    ) -> CallsTo[
        Literal[
            "EmailMfaSettings",
            "SMSMfaSettings",
            "SoftwareTokenMfaSettings",
            "UserPoolId",
            "Username",
            "WebAuthnMfaSettings",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminSetUserPassword", "admin_set_user_password"]
    ) -> CallsTo[Literal["Password", "Permanent", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminUpdateDeviceStatus", "admin_update_device_status"]
    ) -> CallsTo[Literal["DeviceKey", "DeviceRememberedStatus", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminUpdateUserAttributes", "admin_update_user_attributes"]
    ) -> CallsTo[Literal["ClientMetadata", "UserAttributes", "UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AdminUserGlobalSignOut", "admin_user_global_sign_out"]
    ) -> CallsTo[Literal["UserPoolId", "Username"]]: ...

    @overload
    def __call__(
        self, operation: Literal["AssociateSoftwareToken", "associate_software_token"]
    ) -> CallsTo[Literal["AccessToken", "Session"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ChangePassword", "change_password"]
    ) -> CallsTo[Literal["AccessToken", "PreviousPassword", "ProposedPassword"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ConfirmDevice", "confirm_device"]
    ) -> CallsTo[
        Literal["AccessToken", "DeviceKey", "DeviceName", "DeviceSecretVerifierConfig"]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["ConfirmForgotPassword", "confirm_forgot_password"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ClientId",
            "ClientMetadata",
            "ConfirmationCode",
            "Password",
            "SecretHash",
            "UserContextData",
            "Username",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["ConfirmSignUp", "confirm_sign_up"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ClientId",
            "ClientMetadata",
            "ConfirmationCode",
            "ForceAliasCreation",
            "SecretHash",
            "Session",
            "UserContextData",
            "Username",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["CreateUserPool", "create_user_pool"]
    ) -> CallsTo[
        Literal[
            "AccountRecoverySetting",
            "AcrConfiguration",
            "AdminCreateUserConfig",
            "AliasAttributes",
            "AutoVerifiedAttributes",
            "DcrConfiguration",
            "DeletionProtection",
            "DeviceConfiguration",
            "EmailConfiguration",
            "EmailVerificationMessage",
            "EmailVerificationSubject",
            "IssuerConfiguration",
            "KeyConfiguration",
            "LambdaConfig",
            "MfaConfiguration",
            "Policies",
            "PoolName",
            "Schema",
            "SmsAuthenticationMessage",
            "SmsConfiguration",
            "SmsVerificationMessage",
            "UserAttributeUpdateSettings",
            "UserPoolAddOns",
            "UserPoolTags",
            "UserPoolTier",
            "UsernameAttributes",
            "UsernameConfiguration",
            "VerificationMessageTemplate",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["CreateUserPoolClient", "create_user_pool_client"]
    ) -> CallsTo[
        Literal[
            "AccessTokenValidity",
            "AllowedOAuthFlows",
            "AllowedOAuthFlowsUserPoolClient",
            "AllowedOAuthScopes",
            "AnalyticsConfiguration",
            "AuthSessionValidity",
            "CallbackURLs",
            "ClientName",
            "ClientSecret",
            "DefaultRedirectURI",
            "EnablePropagateAdditionalUserContextData",
            "EnableTokenRevocation",
            "ExplicitAuthFlows",
            "GenerateSecret",
            "IdTokenValidity",
            "LogoutURLs",
            "PreventUserExistenceErrors",
            "PublishSecretsInAWSSecretsManager",
            "ReadAttributes",
            "RefreshTokenRotation",
            "RefreshTokenValidity",
            "SupportedIdentityProviders",
            "TokenValidityUnits",
            "UserPoolId",
            "WriteAttributes",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["DeleteUser", "delete_user"]
    ) -> CallsTo[Literal["AccessToken"]]: ...

    @overload
    def __call__(
        self, operation: Literal["DeleteUserPool", "delete_user_pool"]
    ) -> CallsTo[Literal["UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["DeleteUserPoolClient", "delete_user_pool_client"]
    ) -> CallsTo[Literal["ClientId", "UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["DescribeUserPool", "describe_user_pool"]
    ) -> CallsTo[Literal["UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["DescribeUserPoolClient", "describe_user_pool_client"]
    ) -> CallsTo[Literal["ClientId", "UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ForgetDevice", "forget_device"]
    ) -> CallsTo[Literal["AccessToken", "DeviceKey"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ForgotPassword", "forgot_password"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ClientId",
            "ClientMetadata",
            "SecretHash",
            "UserContextData",
            "Username",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["GetDevice", "get_device"]
    ) -> CallsTo[Literal["AccessToken", "DeviceKey"]]: ...

    @overload
    def __call__(
        self, operation: Literal["GetTokensFromRefreshToken", "get_tokens_from_refresh_token"]
    ) -> CallsTo[
        Literal["ClientId", "ClientMetadata", "ClientSecret", "DeviceKey", "RefreshToken"]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["GetUser", "get_user"]
    ) -> CallsTo[Literal["AccessToken"]]: ...

    @overload
    def __call__(
        self,
        operation: Literal[
            "GetUserAttributeVerificationCode", "get_user_attribute_verification_code"
        ],
    ) -> CallsTo[Literal["AccessToken", "AttributeName", "ClientMetadata"]]: ...

    @overload
    def __call__(
        self, operation: Literal["GetUserPoolMfaConfig", "get_user_pool_mfa_config"]
    ) -> CallsTo[Literal["UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["GlobalSignOut", "global_sign_out"]
    ) -> CallsTo[Literal["AccessToken"]]: ...

    @overload
    def __call__(
        self, operation: Literal["InitiateAuth", "initiate_auth"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "AuthFlow",
            "AuthParameters",
            "ClientId",
            "ClientMetadata",
            "Session",
            "UserContextData",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["ListDevices", "list_devices"]
    ) -> CallsTo[Literal["AccessToken", "Limit", "PaginationToken"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ListUserPoolClients", "list_user_pool_clients"]
    ) -> CallsTo[Literal["ClientType", "MaxResults", "NextToken", "UserPoolId"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ListUserPools", "list_user_pools"]
    ) -> CallsTo[Literal["MaxResults", "NextToken"]]: ...

    @overload
    def __call__(
        self, operation: Literal["ListUsers", "list_users"]
    ) -> CallsTo[
        Literal["AttributesToGet", "Filter", "Limit", "PaginationToken", "UserPoolId"]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["ResendConfirmationCode", "resend_confirmation_code"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ClientId",
            "ClientMetadata",
            "SecretHash",
            "UserContextData",
            "Username",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["RespondToAuthChallenge", "respond_to_auth_challenge"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ChallengeName",
            "ChallengeResponses",
            "ClientId",
            "ClientMetadata",
            "Session",
            "UserContextData",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["RevokeToken", "revoke_token"]
    ) -> CallsTo[Literal["ClientId", "ClientSecret", "RevokeAssociatedSessions", "Token"]]: ...

    @overload
    def __call__(
        self, operation: Literal["SetUserMFAPreference", "set_user_mfa_preference"]
    ) -> CallsTo[
        Literal[
            "AccessToken",
            "EmailMfaSettings",
            "SMSMfaSettings",
            "SoftwareTokenMfaSettings",
            "WebAuthnMfaSettings",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["SetUserPoolMfaConfig", "set_user_pool_mfa_config"]
    ) -> CallsTo[
        Literal[
            "EmailMfaConfiguration",
            "MfaConfiguration",
            "SmsMfaConfiguration",
            "SoftwareTokenMfaConfiguration",
            "UserPoolId",
            "WebAuthnConfiguration",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["SignUp", "sign_up"]
    ) -> CallsTo[
        Literal[
            "AnalyticsMetadata",
            "ClientId",
            "ClientMetadata",
            "Password",
            "SecretHash",
            "UserAttributes",
            "UserContextData",
            "Username",
            "ValidationData",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["UpdateDeviceStatus", "update_device_status"]
    ) -> CallsTo[Literal["AccessToken", "DeviceKey", "DeviceRememberedStatus"]]: ...

    @overload
    def __call__(
        self, operation: Literal["UpdateUserAttributes", "update_user_attributes"]
    ) -> CallsTo[Literal["AccessToken", "ClientMetadata", "UserAttributes"]]: ...

    @overload
    def __call__(
        self, operation: Literal["UpdateUserPool", "update_user_pool"]
    ) -> CallsTo[
        Literal[
            "AccountRecoverySetting",
            "AcrConfiguration",
            "AdminCreateUserConfig",
            "AutoVerifiedAttributes",
            "DcrConfiguration",
            "DeletionProtection",
            "DeviceConfiguration",
            "EmailConfiguration",
            "EmailVerificationMessage",
            "EmailVerificationSubject",
            "IssuerConfiguration",
            "KeyConfiguration",
            "LambdaConfig",
            "MfaConfiguration",
            "Policies",
            "PoolName",
            "SmsAuthenticationMessage",
            "SmsConfiguration",
            "SmsVerificationMessage",
            "UserAttributeUpdateSettings",
            "UserPoolAddOns",
            "UserPoolId",
            "UserPoolTags",
            "UserPoolTier",
            "VerificationMessageTemplate",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["UpdateUserPoolClient", "update_user_pool_client"]
    ) -> CallsTo[
        Literal[
            "AccessTokenValidity",
            "AllowedOAuthFlows",
            "AllowedOAuthFlowsUserPoolClient",
            "AllowedOAuthScopes",
            "AnalyticsConfiguration",
            "AuthSessionValidity",
            "CallbackURLs",
            "ClientId",
            "ClientName",
            "DefaultRedirectURI",
            "EnablePropagateAdditionalUserContextData",
            "EnableTokenRevocation",
            "ExplicitAuthFlows",
            "IdTokenValidity",
            "LogoutURLs",
            "PreventUserExistenceErrors",
            "PublishSecretsInAWSSecretsManager",
            "ReadAttributes",
            "RefreshTokenRotation",
            "RefreshTokenValidity",
            "SupportedIdentityProviders",
            "TokenValidityUnits",
            "UserPoolId",
            "WriteAttributes",
        ]
    ]: ...

    @overload
    def __call__(
        self, operation: Literal["VerifySoftwareToken", "verify_software_token"]
    ) -> CallsTo[Literal["AccessToken", "FriendlyDeviceName", "Session", "UserCode"]]: ...

    @overload
    def __call__(
        self, operation: Literal["VerifyUserAttribute", "verify_user_attribute"]
    ) -> CallsTo[Literal["AccessToken", "AttributeName", "Code"]]: ...

    @overload
    def __call__(self, operation: OperationName) -> Calls: ...
