from __future__ import annotations

import base64
import random
import re
from datetime import datetime, timedelta, timezone

import pytest

from pytest_cognito_devices.service import srp

KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada")


def test_a_seeded_device_is_remembered_and_has_the_forms_of_the_service(ada):
    phone = ada.add_device("Ada's phone")
    assert phone.remembered
    assert phone.name == "Ada's phone"
    assert re.fullmatch(r"us-east-1_[0-9a-f-]{36}", phone.key)
    assert re.fullmatch(r"-[0-9A-Za-z]{8}", phone.group_key)
    assert phone.last_ip_used == "127.0.0.1"
    assert phone.user is ada
    assert ada.devices == [phone]


def test_all_devices_of_a_pool_share_the_group_key(cognito, ada):
    other = cognito.add_user("bob").add_device()
    assert ada.add_device().group_key == other.group_key == cognito.pool.device_group_key


def test_the_password_of_a_seeded_device_is_the_same_each_time(ada):
    phone = ada.add_device()
    assert phone.password == phone.password
    assert ada.add_device(password="correct horse").password == "correct horse"


def test_the_dates_of_a_seeded_device_have_their_precision(cognito, ada):
    cognito.freeze_time("2026-01-01 00:00:00.123456")
    phone = ada.add_device()
    assert phone.created == phone.last_modified == utc(2026, 1, 1, 0, 0, 0, 123000)
    assert phone.last_authenticated == utc(2026, 1, 1)
    assert phone.dates == (1767225600.123, 1767225600.123, 1767225600.0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"created": utc(2025, 1, 1)}, (utc(2025, 1, 1),) * 3),
        ({"last_authenticated": utc(2025, 1, 1)}, (utc(2025, 1, 1),) * 3),
        (
            {"created": utc(2024, 1, 1), "last_authenticated": utc(2025, 1, 1)},
            (utc(2024, 1, 1), utc(2025, 1, 1), utc(2025, 1, 1)),
        ),
        (
            {"last_modified": utc(2025, 1, 1)},
            (utc(2025, 1, 1), utc(2025, 1, 1), utc(2025, 1, 1)),
        ),
        (
            # As AWS's own example has them: the last sign-in is cut to whole seconds.
            {"created": utc(2025, 1, 1, 0, 0, 0, 22000), "last_authenticated": utc(2025, 1, 1)},
            (
                utc(2025, 1, 1, 0, 0, 0, 22000),
                utc(2025, 1, 1, 0, 0, 0, 22000),
                utc(2025, 1, 1),
            ),
        ),
        (
            {
                "created": utc(2023, 1, 1),
                "last_modified": utc(2025, 1, 1),
                "last_authenticated": utc(2024, 1, 1),
            },
            (utc(2023, 1, 1), utc(2025, 1, 1), utc(2024, 1, 1)),
        ),
        (
            {
                "created": utc(2025, 1, 1, 0, 0, 0, 123456),
                "last_modified": utc(2025, 1, 1, 0, 0, 9, 876543),
                "last_authenticated": utc(2025, 1, 1, 0, 0, 5, 999999),
            },
            (
                utc(2025, 1, 1, 0, 0, 0, 123000),
                utc(2025, 1, 1, 0, 0, 9, 877000),
                utc(2025, 1, 1, 0, 0, 5),
            ),
        ),
    ],
)
def test_dates_that_are_not_given_fit_those_that_are(ada, given, expected):
    phone = ada.add_device(**given)
    assert (phone.created, phone.last_modified, phone.last_authenticated) == expected


def test_a_device_may_come_with_its_key(ada):
    assert ada.add_device(key=KEY).key == KEY


def test_a_key_that_the_service_would_not_take_is_refused(ada):
    with pytest.raises(ValueError) as refused:
        ada.add_device(key="phone-1")
    assert str(refused.value) == (
        "'phone-1' cannot be a device key: Member must satisfy regular expression pattern:"
        " [\\w-]+_[0-9a-f-]+"
    )


def test_a_key_of_awss_examples_is_refused_with_the_reason(ada):
    with pytest.raises(ValueError) as refused:
        ada.add_device(key="us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222")
    assert str(refused.value) == (
        "'us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222' cannot be a device key: Member must"
        " satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+; the device keys of AWS's own"
        " examples do not fit AWS's own pattern, which has only 0-9, a-f and - behind the _"
    )


def test_a_second_device_with_the_same_key_is_refused(ada):
    ada.add_device(key=KEY)
    with pytest.raises(ValueError) as refused:
        ada.add_device(key=KEY)
    assert str(refused.value) == f"'ada' already has a device with the key '{KEY}'."


def test_to_stop_remembering_is_a_change(cognito, ada):
    clock = cognito.freeze_time("2026-01-01")
    phone = ada.add_device()
    clock.tick(60)
    phone.remembered = True
    assert phone.last_modified == utc(2026, 1, 1)
    phone.remembered = False
    with pytest.raises(TypeError):
        phone.remembered = "not_remembered"
    assert phone.last_modified == utc(2026, 1, 1, 0, 1)
    assert not phone.remembered
    assert ada.devices == [phone]


def test_a_forgotten_device_is_gone(ada):
    phone = ada.add_device()
    phone.forget()
    assert ada.devices == []
    with pytest.raises(LookupError) as refused:
        phone.forget()
    assert str(refused.value) == f"{phone!r} is forgotten."


@pytest.mark.parametrize("remembered", [True, False])
def test_a_forgotten_device_does_not_touch_the_others(cognito, ada, remembered):
    gone, kept = ada.add_device(remembered=remembered), ada.add_device()
    gone.forget()
    with pytest.raises(LookupError):
        gone.remembered = not remembered
    with pytest.raises(LookupError):
        ada.sign_in(device=gone)
    assert ada.devices == ada.confirmed_devices.all == [kept]
    assert ada.confirmed_devices.remembered == [kept]


@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        ({"name": 5}, TypeError, "A device name must be a string, not 5"),
        (
            {"name": ""},
            ValueError,
            "'' cannot be a device name: Member must have length greater than or equal to 1",
        ),
        ({"key": 5}, TypeError, "A device key must be a string, not 5"),
        ({"remembered": "no"}, TypeError, "remembered must be True or False, not 'no'"),
        ({"password": 5}, TypeError, "password must be a string, not 5"),
        ({"last_ip_used": None}, TypeError, "last_ip_used must be a string, not None"),
        (
            {"created": utc(2026, 1, 1), "last_modified": utc(2025, 1, 1)},
            ValueError,
            "last_modified must not be earlier than created or last_authenticated; leave one of"
            " them out, and it fits the other",
        ),
        (
            {"created": utc(2026, 1, 1), "last_authenticated": utc(2025, 12, 31)},
            ValueError,
            "created must not be later than last_authenticated; leave one of them out, and it fits"
            " the other",
        ),
    ],
)
def test_what_no_device_can_have_is_refused(ada, settings, kind, message):
    with pytest.raises(kind) as refused:
        ada.add_device(**settings)
    assert str(refused.value) == message
    assert ada.devices == []


def test_a_user_has_devices_in_the_order_in_which_they_came(ada):
    phone, tablet = ada.add_device(created=utc(2025, 1, 1)), ada.add_device()
    laptop = ada.add_device(created=utc(2024, 1, 1))
    assert ada.devices == [phone, tablet, laptop]
    phone.remembered = False
    phone.remembered = True
    assert ada.devices == [phone, tablet, laptop]


def test_the_service_lists_them_in_the_order_of_their_creation(cognito, client, ada):
    second = ada.add_device(created=utc(2025, 1, 1))
    first = ada.add_device(created=utc(2024, 1, 1))
    third = ada.add_device(created=utc(2025, 1, 1))
    wanted = [first.key, second.key, third.key]
    answer = client.list_devices(AccessToken=ada.access_token)
    assert [each["DeviceKey"] for each in answer["Devices"]] == wanted
    answer = client.admin_list_devices(UserPoolId=cognito.pool.id, Username="ada")
    assert [each["DeviceKey"] for each in answer["Devices"]] == wanted


def test_devices_of_the_same_moment_are_in_the_order_of_being_added(cognito, ada):
    cognito.freeze_time("2026-01-01")
    devices = [ada.add_device() for _ in range(20)]
    assert ada.devices == devices


def test_lists_stay_in_order_whatever_comes_and_goes(ada):
    """Against a plain sort of what is there, with the same random choices each time."""
    chance = random.Random(7)
    confirmed = ada.confirmed_devices
    for _ in range(300):
        chosen = chance.random()
        if chosen < 0.6 or not ada.devices:
            created = utc(2025, 1, 1) + timedelta(days=chance.randrange(30))
            ada.add_device(created=created, remembered=chance.random() < 0.5)
        elif chosen < 0.8:
            chance.choice(ada.devices).forget()
        else:
            device = chance.choice(ada.devices)
            device.remembered = not device.remembered
        wanted = sorted(confirmed.values(), key=lambda device: device.position)
        assert confirmed.all == wanted
        assert confirmed.remembered == [device for device in wanted if device.remembered]


def test_repr(ada):
    phone = ada.add_device("phone", key=KEY)
    assert repr(phone) == f"<Device 'phone' {KEY} of 'ada', remembered>"
    tablet = ada.add_device(key=KEY[:-1] + "d", remembered=False)
    assert repr(tablet) == f"<Device {KEY[:-1]}d of 'ada', not remembered>"


def test_a_long_name_is_cut_in_its_repr(ada):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    shown = repr(ada.add_device(agent, key=KEY))
    assert shown == f"<Device 'Mozilla/5.0 ...Firefox/140.0' {KEY} of 'ada', remembered>"


class TestSetLater:
    """What a test sets on a device that is there already."""

    @pytest.fixture
    def phone(self, ada):
        return ada.add_device("phone", created=utc(2026, 3, 1))

    def test_the_service_shows_it_the_next_time(self, client, ada, phone):
        phone.created = utc(2025, 1, 1, 0, 0, 0, 123456)
        phone.last_authenticated = utc(2025, 2, 1, 0, 0, 0, 999999)
        phone.last_modified = utc(2025, 2, 2)
        phone.name = "Ada's old phone"
        phone.last_ip_used = "192.0.2.7"
        answer = client.get_device(AccessToken=ada.access_token, DeviceKey=phone.key)
        (listed,) = client.list_devices(AccessToken=ada.access_token)["Devices"]
        assert answer["Device"] == listed
        assert listed == {
            "DeviceKey": phone.key,
            "DeviceAttributes": [
                {"Name": "device_status", "Value": "valid"},
                {"Name": "device_name", "Value": "Ada's old phone"},
                {"Name": "last_ip_used", "Value": "192.0.2.7"},
            ],
            "DeviceCreateDate": utc(2025, 1, 1, 0, 0, 0, 123000),
            "DeviceLastModifiedDate": utc(2025, 2, 2),
            "DeviceLastAuthenticatedDate": utc(2025, 2, 1),
        }
        assert (phone.created, phone.last_modified) == (
            utc(2025, 1, 1, 0, 0, 0, 123000),
            utc(2025, 2, 2),
        )
        assert phone.last_authenticated == utc(2025, 2, 1)

    def test_without_a_name(self, client, ada, phone):
        phone.name = None
        (listed,) = client.list_devices(AccessToken=ada.access_token)["Devices"]
        assert [each["Name"] for each in listed["DeviceAttributes"]] == [
            "device_status",
            "last_ip_used",
        ]

    @pytest.mark.parametrize("remembered", [True, False])
    def test_its_place_in_lists_is_that_of_its_creation(self, cognito, client, ada, remembered):
        first, second, third = (
            ada.add_device(created=utc(2026, 1, day), remembered=remembered) for day in (1, 2, 3)
        )
        third.created = utc(2025, 12, 31)
        first.last_modified = first.last_authenticated = utc(2026, 1, 2)
        first.created = utc(2026, 1, 2)  # as the second, which was added later
        answer = client.admin_list_devices(UserPoolId=cognito.pool.id, Username="ada")
        keys = [each["DeviceKey"] for each in answer["Devices"]]
        assert keys == [third.key, first.key, second.key]
        seen = client.list_devices(AccessToken=ada.access_token)["Devices"]
        assert [each["DeviceKey"] for each in seen] == (keys if remembered else [])
        assert ada.devices == [first, second, third]
        for device in (first, second, third):
            device.forget()
        assert ada.confirmed_devices.all == ada.confirmed_devices.remembered == []

    @pytest.mark.parametrize(
        ("name", "value", "kind", "message"),
        [
            (
                "created",
                utc(2026, 3, 2),
                ValueError,
                "created must not be later than last_authenticated; set another date first",
            ),
            (
                "last_authenticated",
                utc(2026, 2, 28),
                ValueError,
                "created must not be later than last_authenticated; set another date first",
            ),
            (
                "last_authenticated",
                utc(2026, 3, 2),
                ValueError,
                "last_modified must not be earlier than created or last_authenticated; set another"
                " date first",
            ),
            (
                "last_modified",
                utc(2026, 2, 28),
                ValueError,
                "last_modified must not be earlier than created or last_authenticated; set another"
                " date first",
            ),
            ("created", "2026-01-01", TypeError, "created must be a datetime, not '2026-01-01'"),
            (
                "last_modified",
                datetime(2026, 4, 1),  # noqa: DTZ001  that is the point
                ValueError,
                "last_modified must be an aware datetime, such as datetime(2026, 1, 31,"
                " tzinfo=timezone.utc), not datetime.datetime(2026, 4, 1, 0, 0)",
            ),
            (
                "name",
                "",
                ValueError,
                "'' cannot be a device name: Member must have length greater than or equal to 1",
            ),
            ("last_ip_used", None, TypeError, "last_ip_used must be a string, not None"),
        ],
    )
    def test_what_no_device_can_have_is_refused(self, ada, phone, name, value, kind, message):
        ada.add_device(created=utc(2026, 3, 2))
        before = phone.dates, phone.name, phone.last_ip_used, ada.confirmed_devices.all[:]
        with pytest.raises(kind) as refused:
            setattr(phone, name, value)
        assert str(refused.value) == message
        after = phone.dates, phone.name, phone.last_ip_used, ada.confirmed_devices.all
        assert after == before

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("created", utc(2026, 1, 1)),
            ("last_modified", utc(2026, 4, 1)),
            ("last_authenticated", utc(2026, 3, 1)),
            ("name", "old"),
            ("last_ip_used", "192.0.2.7"),
        ],
    )
    def test_a_forgotten_one_has_nothing_to_set(self, phone, name, value):
        phone.forget()
        with pytest.raises(LookupError) as refused:
            setattr(phone, name, value)
        assert str(refused.value) == f"{phone!r} is forgotten."

    def test_a_sign_in_moves_the_dates_again(self, cognito, ada, phone):
        cognito.freeze_time("2026-05-01")
        phone.created = utc(2025, 1, 1)
        ada.sign_in(device=phone)
        assert phone.created == utc(2025, 1, 1)
        assert phone.last_authenticated == phone.last_modified == utc(2026, 5, 1)


class TestSecretVerifier:
    def test_of_a_seeded_device_goes_with_its_password(self, ada):
        phone = ada.add_device(password="correct horse")
        salt, verifier = (
            int.from_bytes(base64.b64decode(each), "big") for each in (phone.salt, phone.verifier)
        )
        assert verifier == srp.verifier(phone.group_key + phone.key, "correct horse", salt)
        assert (salt, verifier) == phone.salt_and_verifier()
        assert (phone.salt, phone.verifier) == (phone.salt, phone.verifier)

    @pytest.mark.parametrize("salt", [b"\x00\x9a salt", b"\x00\x00 salt", b"salt"])
    def test_of_a_confirmed_device_is_as_the_client_sent_it(self, client, ada, salt):
        config = {
            "Salt": base64.b64encode(salt).decode(),
            "PasswordVerifier": base64.b64encode(b"\x00\x9averifier").decode(),
        }
        client.confirm_device(
            AccessToken=ada.access_token,
            DeviceKey=ada.sign_in().device_key,
            DeviceSecretVerifierConfig=config,
        )
        (phone,) = ada.devices
        assert {"Salt": phone.salt, "PasswordVerifier": phone.verifier} == config

    def test_of_a_device_that_was_confirmed_without_is_not_there(self, client, ada):
        client.confirm_device(AccessToken=ada.access_token, DeviceKey=ada.sign_in().device_key)
        (phone,) = ada.devices
        assert phone.salt_and_verifier()
        for name in ("salt", "verifier"):
            with pytest.raises(LookupError) as unknown:
                getattr(phone, name)
            assert str(unknown.value) == (
                f"{phone!r} was confirmed without a DeviceSecretVerifierConfig."
            )
