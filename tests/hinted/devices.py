"""Devices that are not where a call looks for them, or in another state."""

from __future__ import annotations

from hinted import PHONE, TABLET, silent, speaks
from pytest_cognito_devices.service import texts

VERIFIER = {"Salt": "AQ==", "PasswordVerifier": "AQ=="}
EXAMPLE = "us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222"
NO_KEY = "'ada' has no such key: no sign-in gave it out, or the device is forgotten"


def get_device(here, key=PHONE):
    here.call("GetDevice", AccessToken=here.ada.access_token, DeviceKey=key)


def confirm_device(here, key):
    token = here.ada.access_token
    here.call(
        "ConfirmDevice", AccessToken=token, DeviceKey=key, DeviceSecretVerifierConfig=VERIFIER
    )


# Devices that do not exist.


@speaks(texts.DEVICE_NOT_FOUND, "'ada' has no devices")
def none_at_all(here):
    get_device(here)


@speaks(texts.DEVICE_NOT_FOUND, f"the devices of 'ada' are: {TABLET}")
def forgotten(here):
    phone, _ = here.ada.add_device(key=PHONE), here.ada.add_device(key=TABLET)
    phone.forget()
    get_device(here)


@speaks(
    texts.DEVICE_NOT_FOUND,
    "the device is confirmed but not remembered: only administrators see it",
)
def not_remembered(here):
    here.ada.add_device(key=PHONE, remembered=False)
    get_device(here)


@speaks(
    texts.DEVICE_NOT_FOUND,
    "a sign-in gave out the key, and ConfirmDevice has not been called for it",
)
def not_confirmed(here):
    get_device(here, here.ada.sign_in().device_key)


@speaks(texts.DEVICE_NOT_FOUND, "the device is of 'bob', the call is about 'ada'")
def of_somebody_else(here):
    here.pool.add_user("bob").add_device(key=PHONE)
    here.call("AdminGetDevice", UserPoolId=here.pool.id, Username="ada", DeviceKey=PHONE)


@speaks(
    texts.DEVICE_NOT_FOUND,
    "the device is of 'ada' in us-east-1_Two, the call is about 'ada' in us-east-1_One",
)
def of_a_namesake_in_another_pool(here):
    here.other_pool().add_user("ada").add_device(key=PHONE)
    here.sign_in(DEVICE_KEY=PHONE)


@speaks(texts.DEVICE_NOT_FOUND, "the key was given to 'bob', the call is about 'ada'")
def that_somebody_else_has_not_confirmed(here):
    get_device(here, here.pool.add_user("bob").sign_in().device_key)


@speaks(texts.DEVICE_NOT_FOUND, "'ada' has no devices")
def of_a_deleted_user_whose_name_another_has(here):
    here.ada.add_device(key=PHONE)
    here.ada.delete()
    here.ada = here.pool.add_user("ada")
    get_device(here)


@speaks(texts.DEVICE_NOT_FOUND, f"the devices of 'ada' are: {PHONE}")
def a_key_that_two_pools_have_and_this_user_has_not(here):
    here.ada.add_device(key=PHONE)
    get_device(here, TABLET)


@speaks(
    texts.DEVICE_NOT_FOUND,
    "the device keys of AWS's own examples do not fit AWS's own pattern, which has only 0-9, a-f"
    " and - behind the _",
)
def of_aws_examples(here):
    here.sign_in(DEVICE_KEY=EXAMPLE)


# Devices that no sign-in waits for.


def begin_device(here, device, **options):
    here.person(**options).takes(device).begin_device({"ChallengeName": "DEVICE_SRP_AUTH"})


@speaks(texts.DEVICE_NEEDS_FIRST_FACTOR, "no sign-in asks for a device that is not remembered")
def that_is_not_remembered(here):
    begin_device(here, here.ada.add_device(remembered=False))


@speaks(texts.DEVICE_NEEDS_FIRST_FACTOR, "the device is of 'bob', the call is about 'ada'")
def that_is_somebody_elses(here):
    begin_device(here, here.pool.add_user("bob").add_device())


@silent(texts.DEVICE_NEEDS_FIRST_FACTOR)
def that_is_remembered(here):
    begin_device(here, here.ada.add_device())


@silent(texts.DEVICE_NEEDS_FIRST_FACTOR)
def whose_sign_in_is_over(here):
    person = here.person().takes(here.ada.add_device())
    asked = person.start_with_password(**person.device)
    person.begin_device(asked)
    person.begin_device(asked, session=False)


@silent(texts.DEVICE_NEEDS_FIRST_FACTOR)
def of_nobody(here):
    begin_device(here, here.ada.add_device(), name="nobody")


# Keys that a user may not confirm.


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, NO_KEY)
def that_nobody_gave_out(here):
    confirm_device(here, PHONE)


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, "the key was given to 'bob'")
def given_to_somebody_else(here):
    confirm_device(here, here.pool.add_user("bob").sign_in().device_key)


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, "the key was given to 'ada' in us-east-1_Two")
def given_to_a_namesake_in_another_pool(here):
    confirm_device(here, here.other_pool().add_user("ada").sign_in().device_key)


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, "the key was given to 'ada', who has been deleted")
def given_to_a_deleted_user_whose_name_another_has(here):
    key = here.sign_in()["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"]
    here.ada.delete()
    here.ada = here.pool.add_user("ada")
    confirm_device(here, key)


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, "the device was confirmed before, and is forgotten")
def of_a_device_that_was_forgotten(here):
    key = here.sign_in()["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"]
    confirm_device(here, key)
    here.call("ForgetDevice", AccessToken=here.ada.access_token, DeviceKey=key)
    confirm_device(here, key)


@speaks(
    texts.DEVICE_KEY_NOT_GIVEN_OUT,
    "the key cannot be confirmed: a challenge of its sign-in was answered under an alias",
)
def that_an_alias_has_spoiled(here):
    result = here.sign_in_under_an_alias()
    confirm_device(here, result["NewDeviceMetadata"]["DeviceKey"])


@speaks(texts.DEVICE_KEY_NOT_GIVEN_OUT, NO_KEY)
def of_a_seeded_device_that_was_forgotten(here):
    here.ada.add_device(key=PHONE).forget()
    confirm_device(here, PHONE)


# Pools that track no devices.


@speaks(texts.TRACKING_OFF, "us-east-1_One has device_tracking='off'")
def of_a_user_of_the_pool(here):
    here.pool.device_tracking = "off"
    get_device(here)


@speaks(texts.TRACKING_OFF, "us-east-1_Two has device_tracking='off'")
def of_a_namesake_in_the_other_pool(here):
    here.other_pool(device_tracking="off").add_user("ada")
    here.call("AdminListDevices", UserPoolId="us-east-1_Two", Username="ada")
