"""What nobody has established, and contradictions between sources.

These scenarios report what the target says; the fake alone has to say what it is known to say.
"""

from __future__ import annotations

import pytest

from handlers import Riddles
from targets import ALL_FLOWS, UNKNOWN_KEY, attributes, claims, refusal, words

STALE = words("DEVICE_NOT_FOUND")


@pytest.fixture
def untracked(target):
    """A user of a pool that does not track devices."""
    return target.pool(tracking="off").add_user()


def outcome(method, **params):
    """What an answer of a sign-in is, or its error."""
    answer = {}
    said = refusal(lambda: answer.update(method(**params)) or answer)
    if said[0] != "nothing":
        return said
    return answer.get("ChallengeName") or (
        "tokens and a device key"
        if "NewDeviceMetadata" in answer["AuthenticationResult"]
        else "tokens"
    )


# Devices.


@pytest.mark.parametrize(
    "operation",
    ["confirm_device", "get_device", "forget_device", "list_devices", "update_device_status"],
)
@pytest.mark.fact("10.1", "observed: two sources contradict each other on the code")
def test_tracking_is_off(client, untracked, reports, operation):
    """Which error do operations of users answer where devices are not tracked?"""
    params = {"AccessToken": untracked.access_token}
    if operation != "list_devices":
        params["DeviceKey"] = UNKNOWN_KEY
    reports(refusal(getattr(client, operation), **params), fake=words("TRACKING_OFF"))


@pytest.mark.parametrize("operation", ["get", "forget", "list", "update"])
@pytest.mark.fact("10.1", "assumed: as for users")
def test_tracking_is_off_for_administrators(client, untracked, reports, operation):
    """Which error do operations of administrators answer where devices are not tracked?"""
    name = {"list": "admin_list_devices", "update": "admin_update_device_status"}
    method = getattr(client, name.get(operation, f"admin_{operation}_device"))
    more = {} if operation == "list" else {"DeviceKey": UNKNOWN_KEY}
    reports(refusal(method, **untracked.named, **more), fake=words("TRACKING_OFF"))


@pytest.mark.fact("10.2", "documented: the code; assumed: the text")
def test_confirming_twice(client, ada, reports):
    """Which error does ConfirmDevice answer for a device that is confirmed?"""
    key = ada.add_device()
    said = refusal(client.confirm_device, AccessToken=ada.access_token, DeviceKey=key)
    reports(said, fake=words("DEVICE_KEY_EXISTS"))


@pytest.mark.fact("10.3", "assumed: like a key that nobody was given")
def test_confirming_the_key_of_another(client, ada, pool, reports):
    """Which error does ConfirmDevice answer for a key that was given to somebody else?"""
    key = pool.add_user().new_key()
    said = refusal(client.confirm_device, AccessToken=ada.access_token, DeviceKey=key)
    reports(said, fake=words("DEVICE_KEY_NOT_GIVEN_OUT"))


@pytest.mark.parametrize(
    "config",
    [
        {"PasswordVerifier": "?", "Salt": "AQID"},
        {"PasswordVerifier": "", "Salt": ""},
        {"Salt": "AQID"},
    ],
    ids=["no base64", "empty", "half"],
)
@pytest.mark.fact("10.3", "assumed: an error of its own")
def test_a_malformed_verifier(client, ada, reports, config):
    """Which error does ConfirmDevice answer for a verifier that cannot be read?"""
    said = refusal(
        client.confirm_device,
        AccessToken=ada.access_token,
        DeviceKey=ada.new_key(),
        DeviceSecretVerifierConfig=config,
    )
    reports(said, fake=words("MALFORMED_VERIFIER"))


@pytest.mark.fact("10.3", "assumed: it is asked for a proof like any other")
def test_a_device_without_a_verifier(client, ada, reports):
    """What does a sign-in ask for with a device that was confirmed without a verifier?"""
    key = ada.new_key()
    client.confirm_device(AccessToken=ada.access_token, DeviceKey=key)
    reports(outcome(ada.start_with_password, DEVICE_KEY=key), fake="DEVICE_SRP_AUTH")


@pytest.mark.fact("10.5", "assumed: the oldest first")
def test_the_order_of_devices(ada, reports, later):
    """In which order does ListDevices list them?"""
    keys = []
    for _ in range(3):
        keys.append(ada.add_device())
        later(1)
    listed = ada.listed()
    order = {(*keys,): "oldest first", (*keys[::-1],): "newest first"}
    reports(order.get((*listed,), "another order"), fake="oldest first")


@pytest.mark.fact("10.5", "assumed: as without a limit")
def test_a_limit_of_nothing(client, ada, reports):
    """How many devices does a limit of 0 give?"""
    ada.add_device()
    answer = client.list_devices(AccessToken=ada.access_token, Limit=0)
    reports(len(answer["Devices"]), fake=1)


@pytest.mark.fact("10.5", "assumed: the text of other lists")
def test_a_strange_token(client, ada, reports):
    """Which error does ListDevices answer for a pagination token that nobody gave?"""
    said = refusal(client.list_devices, AccessToken=ada.access_token, PaginationToken="abc")
    reports(said, fake=words("PAGE_TOKEN_INVALID"))


@pytest.mark.parametrize("operation", ["get_device", "forget_device"])
@pytest.mark.fact("10.6", "assumed: as if the model required it")
def test_no_access_token(client, reports, operation):
    """Which error do GetDevice and ForgetDevice answer without an access token?"""
    said = refusal(getattr(client, operation), DeviceKey=UNKNOWN_KEY)
    told = "1 validation error detected: Value at 'accessToken' failed to satisfy constraint"
    reports(said, fake=("InvalidParameterException", f"{told}: Member must not be null"))


@pytest.mark.fact("10.7", "assumed: it changes nothing")
def test_no_status(client, ada, reports):
    """What does UpdateDeviceStatus do without a status?"""
    key = ada.add_device()
    said = refusal(client.update_device_status, AccessToken=ada.access_token, DeviceKey=key)
    found = client.admin_get_device(**ada.named, DeviceKey=key)["Device"]
    reports(
        (said[0], attributes(found)["dev:device_remembered_status"]),
        fake=("nothing", "remembered"),
    )


@pytest.mark.fact("10.8", "assumed: it is not there before it is confirmed")
def test_a_key_before_it_is_confirmed(client, ada, reports):
    """Do administrators see a device whose key nobody has confirmed?"""
    said = refusal(client.admin_get_device, **ada.named, DeviceKey=ada.new_key())
    listed = len(client.admin_list_devices(**ada.named)["Devices"])
    reports((said, listed), fake=(STALE, 0))


@pytest.mark.fact("10.9", "assumed: from the name")
def test_group_keys(ada, pool, reports):
    """Have the devices of a pool one group key?"""
    tokens = [ada.sign_in(), ada.sign_in(), pool.add_user().sign_in()]
    groups = [each["NewDeviceMetadata"]["DeviceGroupKey"] for each in tokens]
    same = "one for a pool", "one for a user", "one for a device"
    distinct = len({*groups}) if groups[0] == groups[1] else 3
    reports(same[distinct - 1], fake="one for a pool")


@pytest.mark.fact("10.26", "assumed: as without")
def test_confirming_where_mfa_is_optional(target, reports):
    """Does ConfirmDevice work where a second factor is optional, for a user without one?"""
    bob = target.pool(mfa=True).add_user()
    said = refusal(lambda: bob.confirm_device({"AuthenticationResult": bob.tokens}))
    reports(said[0], fake="nothing")


# Signing in.


@pytest.mark.fact("10.10", "assumed: a session, the name and the key")
def test_what_device_srp_auth_brings(ada, reports):
    """What comes with DEVICE_SRP_AUTH?"""
    asked = ada.start_with_password(DEVICE_KEY=ada.add_device())
    told = ["Session" in asked, *sorted(asked["ChallengeParameters"])]
    reports(told, fake=[True, "DEVICE_KEY", "USERNAME"])


@pytest.mark.fact("10.11", "assumed: clients take DEVICE_SRP_AUTH after a code")
def test_a_factor_and_a_device(target, reports):
    """What comes first where a device does not stand in for the second factor?"""
    bob = target.pool(mfa=True).add_user()
    key = bob.add_device()
    code = bob.set_up_authenticator().code()
    asked = bob.start_with_password(DEVICE_KEY=key)
    then = bob.answer(asked, SOFTWARE_TOKEN_MFA_CODE=code, DEVICE_KEY=key)
    told = [each.get("ChallengeName", "tokens") for each in (asked, then)]
    reports(told, fake=["SOFTWARE_TOKEN_MFA", "DEVICE_SRP_AUTH"])


@pytest.mark.fact("10.12", "documented: developer guide, 2023")
def test_a_device_where_there_is_no_factor(ada, reports):
    """Is a device asked for its proof where the pool has no second factors?"""
    reports(outcome(ada.start_with_password, DEVICE_KEY=ada.add_device()), fake="DEVICE_SRP_AUTH")


@pytest.mark.fact("10.13", "assumed: the password comes first")
@pytest.mark.parametrize("flow", ["srp", "password"])
def test_a_wrong_password_and_a_stale_key(ada, pool, reports, flow):
    """What is told of a wrong password and a stale key?"""
    wrong = pool.stranger(ada.username, password="Wr0ng-password")
    sign_in = wrong.sign_in_with_srp if flow == "srp" else wrong.start_with_password
    reports(refusal(sign_in, DEVICE_KEY=UNKNOWN_KEY), fake=words("INCORRECT"))


@pytest.mark.fact("10.14", "assumed: as at every step")
def test_forgotten_in_between(ada, reports):
    """What does DEVICE_SRP_AUTH answer if the device is forgotten in between?"""
    asked = ada.start_with_password(DEVICE_KEY=(key := ada.add_device()))
    ada.forget(key)
    reports(refusal(ada.begin_device, asked=asked), fake=STALE)


@pytest.mark.fact("10.15", "assumed: it is ignored")
def test_a_key_where_tracking_is_off(untracked, reports):
    """What becomes of a device key where devices are not tracked?"""
    reports(outcome(untracked.start_with_password, DEVICE_KEY=UNKNOWN_KEY), fake="tokens")


@pytest.mark.fact("10.16", "assumed: like a stale one, and like none")
@pytest.mark.parametrize("key", ["abc", ""])
def test_a_malformed_key(ada, reports, key):
    """What does a sign-in answer to a malformed device key, and to an empty one?"""
    said = outcome(ada.start_with_password, DEVICE_KEY=key)
    reports(said, fake=STALE if key else "tokens and a device key")


@pytest.mark.fact("10.22", "assumed: rotation demands that the flow be off")
def test_the_refresh_flow_of_a_rotating_client(pool, reports):
    """Which error does REFRESH_TOKEN_AUTH answer where refresh tokens rotate?"""
    app = pool.add_app(
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        ExplicitAuthFlows=[each for each in ALL_FLOWS if each != "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    ada = pool.add_user(app=app)
    ada.confirm_device({"AuthenticationResult": ada.tokens})
    said = refusal(ada.refresh, tokens=ada.tokens, **ada.device)
    reports(said, fake=words("ADMIN_AUTH_FLOW_NOT_ENABLED"))


@pytest.mark.fact("10.23", "documented: the code; assumed: the text")
def test_the_text_about_token_types(client, ada, reports):
    """What does RevokeToken say of an access token?"""
    said = refusal(client.revoke_token, ClientId=ada.app.id, Token=ada.access_token)
    reports(said, fake=words("TOKEN_TYPE_UNSUPPORTED"))


@pytest.mark.fact("10.23", "documented: the code; assumed: the text")
def test_the_text_about_revocation(client, pool, reports):
    """What does RevokeToken say where tokens cannot be revoked?"""
    user = pool.add_user(app=pool.add_app(EnableTokenRevocation=False))
    said = refusal(client.revoke_token, ClientId=user.app.id, Token=user.tokens["RefreshToken"])
    reports(said, fake=words("REVOCATION_NOT_ENABLED"))


@pytest.mark.fact("10.18", "assumed: the texts of a sign-in")
def test_a_disabled_user(client, ada, reports):
    """What does ListDevices say with the token of a user who was disabled?"""
    token = ada.access_token
    client.admin_disable_user(**ada.named)
    reports(refusal(client.list_devices, AccessToken=token), fake=words("USER_DISABLED"))


@pytest.mark.fact("10.29", "assumed: applications read it from there")
def test_the_device_of_the_first_token(ada, reports):
    """Has the access token that comes with a new device key that key as device_key?"""
    key = ada.tokens["NewDeviceMetadata"]["DeviceKey"]
    reports(claims(ada.access_token).get("device_key") == key, fake=True)


@pytest.mark.fact("10.30", "assumed: as that of one that is remembered")
def test_a_sign_in_with_a_device_that_is_not_remembered(client, target, reports, later):
    """Does a sign-in move the dates of a device that is not remembered?"""
    bob = target.pool(tracking="opt_in").add_user()
    params = {**bob.named, "DeviceKey": bob.add_device()}
    before = client.admin_get_device(**params)["Device"]
    later(2)
    bob.sign_in(**bob.device)
    after = client.admin_get_device(**params)["Device"]
    names = ("DeviceLastAuthenticatedDate", "DeviceLastModifiedDate")
    reports([after[each] > before[each] for each in names], fake=[True, True])


@pytest.mark.fact("10.3", "assumed: like a zero")
def test_a_number_that_proves_nothing(ada, reports):
    """What does USER_SRP_AUTH answer to an SRP_A of zero?"""
    reports(refusal(ada.start, flow="USER_SRP_AUTH", SRP_A="0"), fake=words("SRP_A_INVALID"))


# Contradictions.


@pytest.mark.fact("12.3", "observed: walk-throughs; documented otherwise: re:Post")
def test_refreshing_after_a_password(ada, reports):
    """Does a refresh work after USER_PASSWORD_AUTH where devices are tracked?"""
    tokens = ada.sign_in()
    ada.confirm_device({"AuthenticationResult": tokens})
    reports(refusal(ada.refresh, tokens=tokens, **ada.device)[0], fake="nothing")


@pytest.mark.fact("12.3", "documented: API reference, that it is needed; nobody says what happens")
def test_a_key_that_is_missing_at_the_proof(ada, reports):
    """What follows if the device key came with InitiateAuth, and not with PASSWORD_VERIFIER?"""
    asked = ada.start_with_srp(DEVICE_KEY=ada.add_device())
    proof = {name: each for name, each in ada.proof(asked).items() if name != "DEVICE_KEY"}
    reports(outcome(ada.answer, asked=asked, **proof), fake="DEVICE_SRP_AUTH")


@pytest.mark.needs("an address that gets codes")
@pytest.mark.fact("12.3", "documented: API reference; observed otherwise: amplify-js#4890")
def test_a_wrong_password_after_a_reset(client, pool, reports):
    """What is told of a wrong password while the password has to be reset?"""
    verified = {"email": "ada@example.com", "email_verified": "true"}
    ada = pool.add_user(attributes=verified)
    client.admin_reset_user_password(**ada.named)
    wrong = pool.stranger(ada.username, password="Wr0ng-password")
    reports(refusal(wrong.start_with_password), fake=words("PASSWORD_RESET_REQUIRED"))


@pytest.mark.needs("Lambda functions")
@pytest.mark.fact(
    "12.3", "observed: amplify-js#14909, by AWS's staff; otherwise: amplify-flutter#3541"
)
def test_a_key_by_custom_auth(target, reports):
    """Does CUSTOM_AUTH without a password give out a device key?"""
    ada = target.new_pool().add_user()
    Riddles(ada.pool.seeded)
    asked = ada.start("CUSTOM_AUTH")
    reports(outcome(ada.answer, asked=asked, ANSWER="5"), fake="tokens")
