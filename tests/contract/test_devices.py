"""The record of a device, and the nine operations on devices: sections 3 and 4."""

from __future__ import annotations

import re

import pytest

from targets import UNKNOWN_KEY, attributes, refusal, words

DEVICE_ATTRIBUTES = (
    "device_status",
    "device_name",
    "dev:device_arn",
    "dev:device_owner",
    "last_ip_used",
    "dev:device_remembered_status",
    "dev:device_sdk",
)


@pytest.fixture
def opt_in(target):
    """A pool in which devices are remembered when their users want it."""
    return target.pool(tracking="opt_in")


@pytest.fixture
def bob(opt_in):
    """A user of it."""
    return opt_in.add_user()


def seen(client, who, key):
    """A device as its user sees it."""
    return client.get_device(AccessToken=who.access_token, DeviceKey=key)["Device"]


def known(client, who, key):
    """A device as administrators see it."""
    return client.admin_get_device(**who.named, DeviceKey=key)["Device"]


# The record.


@pytest.mark.fact("3", "documented: developer guide; observed: amplify-js, a recorded answer")
def test_a_key(ada, pool):
    """A device key is the region, an underscore and a UUID in lower case."""
    key = ada.new_key()
    assert re.fullmatch(rf"{pool.region}_[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}", key)


@pytest.mark.fact("3", "observed: several public code samples")
def test_a_group_key(ada):
    """A device group key is a dash and eight letters or digits."""
    assert re.fullmatch(r"-[0-9A-Za-z]{8}", ada.tokens["NewDeviceMetadata"]["DeviceGroupKey"])


@pytest.mark.fact("3", "documented: API reference, AdminGetDevice")
def test_attributes_for_administrators(client, ada):
    """Administrators see seven attributes, in this order."""
    key = ada.add_device(DeviceName="Phone")
    assert (*attributes(known(client, ada, key)),) == DEVICE_ATTRIBUTES


@pytest.mark.fact("3", "documented: API reference, AdminGetDevice")
def test_values_for_administrators(client, ada, pool):
    """The owner is the user name and the pool, and the ARN ends with owner and key."""
    key = ada.add_device(DeviceName="Phone")
    found = attributes(known(client, ada, key))
    owner = f"{ada.username}.{pool.id}"
    assert found["dev:device_owner"] == owner
    arn = rf"arn:aws[\w-]*:cognito-idp:{pool.region}:\d{{12}}:owner/{owner}/device/{key}"
    assert re.fullmatch(arn, found["dev:device_arn"])
    assert found["dev:device_sdk"] == "aws-sdk-unknown-unknown"
    assert found["device_status"] == "valid"
    assert found["device_name"] == "Phone"


@pytest.mark.fact("3", "observed: amplify-js#12171")
def test_attributes_for_users(client, ada):
    """Users see three attributes of a device, and none of those that begin with dev."""
    key = ada.add_device(DeviceName="Phone")
    assert (*attributes(seen(client, ada, key)),) == (
        "device_status",
        "device_name",
        "last_ip_used",
    )


@pytest.mark.fact("3", "observed: amplify-js, a recorded answer")
def test_attributes_in_a_list(client, ada):
    """ListDevices has the same attributes as GetDevice."""
    key = ada.add_device(DeviceName="Phone")
    [listed] = client.list_devices(AccessToken=ada.access_token)["Devices"]
    assert listed == seen(client, ada, key)


@pytest.mark.fact("3", "observed: amplify-js#12171")
def test_no_name(client, ada):
    """A device that was confirmed without a name has no attribute device_name."""
    key = ada.add_device()
    assert "device_name" not in attributes(known(client, ada, key))


@pytest.mark.fact("3", "documented: API reference, AdminGetDevice")
def test_dates_after_confirming(client, ada):
    """Right after ConfirmDevice, a device was created and last modified at the same moment."""
    device = known(client, ada, ada.add_device())
    assert device["DeviceCreateDate"] == device["DeviceLastModifiedDate"]


@pytest.mark.fact("3", "observed: amplify-js#12171")
def test_whole_seconds(client, ada):
    """The date of the last authentication has whole seconds."""
    device = known(client, ada, ada.add_device())
    assert device["DeviceLastAuthenticatedDate"].microsecond == 0


@pytest.mark.fact("3", "observed: amplify-js, a recorded answer")
def test_an_update_moves_a_date(client, ada, later):
    """UpdateDeviceStatus moves the date of the last change, and no other date."""
    key = ada.add_device()
    before = known(client, ada, key)
    later(2)
    ada.set_status(key, "not_remembered")
    after = known(client, ada, key)
    assert after["DeviceLastModifiedDate"] > before["DeviceLastModifiedDate"]
    for date in ("DeviceCreateDate", "DeviceLastAuthenticatedDate"):
        assert after[date] == before[date]


@pytest.mark.fact("3", "observed: amplify-js#12171")
def test_a_sign_in_moves_dates(client, ada, later):
    """A sign-in with a device moves the dates of its last change and last authentication."""
    key = ada.add_device()
    before = known(client, ada, key)
    later(2)
    ada.prove_device(ada.start_with_password(DEVICE_KEY=key))
    after = known(client, ada, key)
    for date in ("DeviceLastModifiedDate", "DeviceLastAuthenticatedDate"):
        assert after[date] > before[date]
    assert after["DeviceCreateDate"] == before["DeviceCreateDate"]


# ConfirmDevice.


@pytest.mark.fact("4", "documented: API reference; observed: tests of amplify-flutter and -swift")
def test_confirming_where_all_are_remembered(client, ada):
    """Where all devices are remembered, ConfirmDevice asks for nothing more."""
    answer = ada.confirm_device({"AuthenticationResult": ada.tokens})
    assert answer["UserConfirmationNecessary"] is False
    assert ada.listed() == [ada.device["DEVICE_KEY"]]


@pytest.mark.fact("4", "documented: API reference; observed: tests of amplify-flutter")
def test_confirming_where_users_decide(client, bob):
    """Where users decide, ConfirmDevice says so, and the device is not remembered yet."""
    answer = bob.confirm_device({"AuthenticationResult": bob.tokens})
    assert answer["UserConfirmationNecessary"] is True
    device = known(client, bob, bob.device["DEVICE_KEY"])
    assert attributes(device)["dev:device_remembered_status"] == "not_remembered"


@pytest.mark.fact("4", "observed: tests of cognito-srp-helper on real pools")
def test_confirming_with_another_token(client, ada):
    """ConfirmDevice takes the access token of another sign-in of the same user."""
    key = ada.new_key()
    client.confirm_device(AccessToken=ada.sign_in()["AccessToken"], DeviceKey=key)
    assert known(client, ada, key)["DeviceKey"] == key


@pytest.mark.fact("4", "observed: boto3#4059, amplify-js#2087, amplify-js#4047")
def test_confirming_an_unknown_key(client, ada):
    """ConfirmDevice refuses a key that no sign-in of the user has given out."""
    said = refusal(client.confirm_device, AccessToken=ada.access_token, DeviceKey=UNKNOWN_KEY)
    assert said == words("DEVICE_KEY_NOT_GIVEN_OUT")


@pytest.mark.fact("4", "observed: tests of amplify-flutter; documented: the service model")
def test_confirming_without_a_name(client, ada):
    """ConfirmDevice takes a device without a name and without a verifier."""
    answer = client.confirm_device(AccessToken=ada.access_token, DeviceKey=ada.new_key())
    assert answer["UserConfirmationNecessary"] is False


@pytest.mark.fact("11", "observed: amazon-cognito-identity-dart#62")
def test_a_wrong_verifier(ada):
    """ConfirmDevice takes any well-formed verifier; a wrong one fails at the next sign-in."""
    ada.add_device(DeviceSecretVerifierConfig={"PasswordVerifier": "AQID", "Salt": "AQID"})
    asked = ada.begin_device(ada.start_with_password(**ada.device))
    assert refusal(lambda: ada.answer_device(asked)) == words("INCORRECT")


@pytest.mark.fact("11", "observed: in part, by the author of a client")
@pytest.mark.parametrize("negative", ["Salt", "PasswordVerifier"])
def test_a_negative_verifier(client, ada, negative):
    """ConfirmDevice refuses a salt or verifier whose bytes read as a negative number."""
    verifier = {"PasswordVerifier": "AQID", "Salt": "AQID", negative: "/////w=="}
    code, message = refusal(
        client.confirm_device,
        AccessToken=ada.access_token,
        DeviceKey=ada.new_key(),
        DeviceSecretVerifierConfig=verifier,
    )
    expected = words("NEGATIVE_VERIFIER")
    assert code == expected[0]
    assert expected[1] in message


@pytest.mark.fact("4", "observed: amplify-js#4047")
def test_a_key_of_a_sign_in_by_alias(client, target):
    """A key is nobody's if the user answered a challenge by an alias, though the sign-in works."""
    pool = target.pool(AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    name = pool.add_user().username
    address = f"{name}@example.com"
    verified = [{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}]
    client.admin_update_user_attributes(UserPoolId=pool.id, Username=name, UserAttributes=verified)
    who = pool.stranger(address)
    tokens = who.prove_password(who.start_with_srp(), USERNAME=address)["AuthenticationResult"]
    said = refusal(
        client.confirm_device,
        AccessToken=tokens["AccessToken"],
        DeviceKey=tokens["NewDeviceMetadata"]["DeviceKey"],
    )
    assert said == words("DEVICE_KEY_NOT_GIVEN_OUT")


# Devices that are not remembered, and those that nobody has confirmed.


@pytest.mark.fact("3", "observed: aws-sdk-android, amplify-flutter, amplify-js#12171")
def test_not_remembered_for_users(client, bob):
    """A user does not see a device that is not remembered, by GetDevice or ListDevices."""
    key = bob.add_device()
    said = refusal(client.get_device, AccessToken=bob.access_token, DeviceKey=key)
    assert said == words("DEVICE_NOT_FOUND")
    assert bob.listed() == []


@pytest.mark.fact("3", "observed: tests of aws-sdk-android on a real pool")
def test_not_remembered_for_administrators(client, bob):
    """Administrators see a device that is not remembered, by AdminGetDevice and in lists."""
    key = bob.add_device()
    assert attributes(known(client, bob, key))["dev:device_remembered_status"] == "not_remembered"
    [listed] = client.admin_list_devices(**bob.named)["Devices"]
    assert listed == known(client, bob, key)


@pytest.mark.fact("4", "observed: tests of aws-sdk-android on a real pool")
def test_remembering_and_back(client, bob):
    """UpdateDeviceStatus finds a device whether it is remembered or not, any number of times."""
    key = bob.add_device()
    for status, listed in [("remembered", [key]), ("not_remembered", []), ("remembered", [key])]:
        bob.set_status(key, status)
        assert bob.listed() == listed


@pytest.mark.fact("4", "observed: tests of amplify-flutter")
def test_remembering_twice(ada):
    """To remember a device that is remembered succeeds, and changes nothing."""
    key = ada.add_device()
    ada.set_status(key, "remembered")
    assert ada.listed() == [key]


@pytest.mark.fact("4", "observed: tests of cognito-srp-helper on real pools")
def test_remembering_by_administrators(client, bob):
    """A device that an administrator has set to remembered signs in as one."""
    key = bob.add_device()
    client.admin_update_device_status(
        **bob.named, DeviceKey=key, DeviceRememberedStatus="remembered"
    )
    assert bob.start_with_password(DEVICE_KEY=key)["ChallengeName"] == "DEVICE_SRP_AUTH"


@pytest.mark.fact("4", "observed: aws-sdk-net-extensions-cognito#10")
def test_remembering_an_unconfirmed_key(client, ada):
    """UpdateDeviceStatus does not find a key that nobody has confirmed."""
    said = refusal(
        client.update_device_status,
        AccessToken=ada.access_token,
        DeviceKey=ada.new_key(),
        DeviceRememberedStatus="remembered",
    )
    assert said == words("DEVICE_NOT_FOUND")


# ForgetDevice.


@pytest.mark.fact("4", "observed: tests of aws-sdk-android on a real pool")
def test_forgetting(client, ada):
    """After ForgetDevice nobody finds the device, and the access token still works."""
    key = ada.add_device()
    ada.forget(key)
    assert ada.listed() == []
    for method, who in (
        (client.get_device, {"AccessToken": ada.access_token}),
        (client.update_device_status, {"AccessToken": ada.access_token}),
        (client.admin_get_device, ada.named),
    ):
        assert refusal(method, **who, DeviceKey=key) == words("DEVICE_NOT_FOUND")


@pytest.mark.fact("4", "observed: by amazon-cognito-identity-js, forgetSpecificDevice")
def test_forgetting_another(ada):
    """ForgetDevice takes any device of the user, not only that of the token."""
    first, second = ada.add_device(), ada.add_device()
    ada.forget(first)
    assert ada.listed() == [second]


@pytest.mark.fact("4", "assumed: like every device that is confirmed")
def test_forgetting_what_is_not_remembered(client, bob):
    """ForgetDevice finds a device that is not remembered."""
    bob.forget(bob.add_device())
    assert client.admin_list_devices(**bob.named)["Devices"] == []


@pytest.mark.fact("4", "documented: API reference")
def test_forgetting_by_administrators(client, ada):
    """AdminForgetDevice takes a device away, and then it does not exist."""
    key = ada.add_device()
    client.admin_forget_device(**ada.named, DeviceKey=key)
    assert ada.listed() == []
    said = refusal(client.admin_forget_device, **ada.named, DeviceKey=key)
    assert said == words("DEVICE_NOT_FOUND")


@pytest.mark.fact("4", "observed: tests of amplify-flutter")
def test_a_key_after_forgetting(ada):
    """A sign-in without a key after ForgetDevice gives out a new one."""
    key = ada.add_device()
    ada.forget(key)
    assert ada.new_key() != key


# Lists.


@pytest.mark.fact("4", "documented: the service model; observed: clients that read all pages")
def test_pages(client, ada):
    """A page has a token if more devices follow, and none if it is the last."""
    keys = {ada.add_device() for _ in range(3)}
    who = {"AccessToken": ada.access_token, "Limit": 2}
    first = client.list_devices(**who)
    last = client.list_devices(**who, PaginationToken=first["PaginationToken"])
    assert "PaginationToken" not in last
    found = [each["DeviceKey"] for page in (first, last) for each in page["Devices"]]
    assert len(first["Devices"]) == 2
    assert (len(found), set(found)) == (3, keys)


@pytest.mark.fact("4", "documented: the service model")
def test_pages_for_administrators(client, ada):
    """AdminListDevices has pages too."""
    keys = {ada.add_device() for _ in range(2)}
    first = client.admin_list_devices(**ada.named, Limit=1)
    token = first["PaginationToken"]
    last = client.admin_list_devices(**ada.named, Limit=1, PaginationToken=token)
    assert {each["DeviceKey"] for page in (first, last) for each in page["Devices"]} == keys


@pytest.mark.fact("1", "observed: clients that ask for pages until there is no token")
def test_no_devices(client, ada):
    """The list of somebody without devices is there, empty, and has no token."""
    answer = client.list_devices(AccessToken=ada.access_token)
    assert (answer["Devices"], "PaginationToken" in answer) == ([], False)


@pytest.mark.fact("4", "observed: amazon-cognito-identity-js#144, by AWS's staff")
def test_many_devices(client, ada):
    """A user may have many devices: nobody is refused a sixth one."""
    for _ in range(6):
        ada.add_device()
    assert len(ada.listed()) == 6
