from __future__ import annotations

import datetime
import threading

import boto3
import pytest
import time_machine
from freezegun import freeze_time

import pytest_cognito_devices
from pytest_cognito_devices import FakeCognito, ServiceError, UnhandledOperation
from pytest_cognito_devices.service import texts

KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


class TestThePackage:
    @pytest.mark.parametrize("name", pytest_cognito_devices.__all__)
    def test_hands_out_every_name(self, name):
        assert getattr(pytest_cognito_devices, name)
        assert name in dir(pytest_cognito_devices)

    def test_knows_no_other(self):
        with pytest.raises(AttributeError) as refused:
            _ = pytest_cognito_devices.FakeCongito
        assert str(refused.value) == (
            "module 'pytest_cognito_devices' has no attribute 'FakeCongito'"
        )


class TestSettings:
    def test_one_pool_with_one_client_and_nothing_else(self):
        cognito = FakeCognito()
        assert cognito.pool.users == []
        assert list(cognito.pool.clients.values()) == [cognito.pool.client]
        assert cognito.calls == []
        assert cognito.pool.device_tracking == "always"

    @pytest.mark.parametrize(
        ("environment", "region"),
        [
            ({}, "us-east-1"),
            ({"AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-1"),
            ({"AWS_REGION": "eu-west-2"}, "eu-west-2"),
            ({"AWS_DEFAULT_REGION": ""}, "us-east-1"),
            ({"AWS_PROFILE": "not-there"}, "us-east-1"),
            ({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "eu-west-2"}, "eu-west-1"),
        ],
    )
    def test_the_region_is_that_of_the_environment(self, monkeypatch, environment, region):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with FakeCognito() as cognito:
            assert cognito.pool.region == region
            if "AWS_PROFILE" not in environment:
                assert boto3.Session().client("cognito-idp").meta.region_name == region

    @pytest.mark.parametrize("region", ["us-east-1", "eu-west-1", "cn-north-1"])
    def test_a_pool_for_which_nobody_named_a_region_answers_every_client(
        self, make_client, region
    ):
        client = make_client(region)
        with FakeCognito() as cognito:
            second = cognito.add_pool()
            for pool in (cognito.pool, second):
                ada = pool.add_user("ada", devices=1)
                assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
                answer = client.admin_list_devices(UserPoolId=pool.id, Username="ada")
                assert len(answer["Devices"]) == 1
            assert len(client.list_user_pools(MaxResults=60)["UserPools"]) == 2

    @pytest.mark.parametrize(
        "settings", [{"region": "us-east-1"}, {"user_pool_id": "us-east-1_Example"}]
    )
    def test_a_pool_for_which_somebody_did_is_strict(self, make_client, settings):
        client = make_client("eu-west-1")
        with FakeCognito(**settings) as cognito:
            for pool in (cognito.pool, cognito.add_pool()):
                pool.add_user("ada")
                with pytest.raises(client.exceptions.ResourceNotFoundException):
                    client.admin_list_devices(UserPoolId=pool.id, Username="ada")
        with FakeCognito() as cognito:
            strict = cognito.add_pool(**settings)
            with pytest.raises(client.exceptions.ResourceNotFoundException):
                client.list_user_pool_clients(UserPoolId=strict.id)

    def test_no_file_of_the_developer_has_a_say(self, monkeypatch, tmp_path):
        config = tmp_path / "config"
        config.write_text("[default]\nregion = ap-south-1\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        assert FakeCognito().pool.region == "us-east-1"

    def test_all_pools_in_order(self):
        cognito = FakeCognito()
        assert cognito.pools == [cognito.pool]
        second = cognito.add_pool(user_pool_id="eu-west-1_abc")
        cognito.handle("CreateUserPool", {"PoolName": "new"}, "us-east-1")
        assert cognito.pools[:2] == [cognito.pool, second]
        assert [pool.described["Name"] for pool in cognito.pools] == ["pool", "pool", "new"]

    def test_more_pools_are_in_the_region_of_the_first(self, monkeypatch):
        cognito = FakeCognito(region="eu-west-1")
        assert cognito.add_pool().region == "eu-west-1"
        assert cognito.add_pool(user_pool_id=None, region=None).region == "eu-west-1"
        assert cognito.add_pool(user_pool_id="us-east-2_abc").region == "us-east-2"
        assert cognito.add_pool(region="us-east-1").region == "us-east-1"

    def test_the_region_may_be_that_of_the_pool_id(self):
        assert FakeCognito(user_pool_id="ap-south-1_abc").pool.region == "ap-south-1"

    def test_a_region_without_a_name_is_refused(self, cognito):
        with pytest.raises(ValueError, match="'' cannot be a region"):
            cognito.add_pool(region="")

    def test_a_pool_id_without_a_region_is_refused(self):
        with pytest.raises(ValueError):
            FakeCognito(user_pool_id="abc")

    def test_an_unknown_setting_is_refused(self):
        with pytest.raises(TypeError, match="devicetracking"):
            FakeCognito(devicetracking="off")

    def test_an_unknown_way_with_unhandled_operations_is_refused(self):
        with pytest.raises(ValueError) as refused:
            FakeCognito(unhandled="ignore")
        assert str(refused.value) == (
            "unhandled must be one of 'error', 'passthrough', not 'ignore'"
        )

    @pytest.mark.parametrize("name", ["wire", "assert_all_simulated"])
    def test_what_is_only_true_in_passing_is_refused(self, name):
        with pytest.raises(TypeError) as refused:
            FakeCognito(**{name: "no"})
        assert str(refused.value) == f"{name} must be True or False, not 'no'"

    def test_a_fake_is_active_once(self, cognito):
        with pytest.raises(RuntimeError) as refused:
            cognito.__enter__()
        assert str(refused.value) == f"{cognito!r} is active already."

    def test_a_fake_may_be_active_again(self, client):
        cognito = FakeCognito()
        ada = cognito.add_user("ada")
        for _ in range(2):
            with cognito:
                client.list_devices(AccessToken=ada.access_token)
        assert len(cognito.calls) == 2

    def test_on_the_wire(self, client):
        with FakeCognito(wire=True) as cognito:
            sent = []
            client.meta.events.register_last(
                "before-send", lambda request, **_: sent.append(request), unique_id="seen"
            )
            client.list_devices(AccessToken=cognito.add_user("ada").access_token)
            client.meta.events.unregister("before-send", unique_id="seen")
        assert len(sent) == 1

    def test_repr(self):
        cognito = FakeCognito(user_pool_id="us-east-1_abc")
        assert repr(cognito) == "<FakeCognito us-east-1_abc, 0 calls>"


class TestTheRecord:
    def test_calls_are_recorded_in_order(self, cognito, client):
        ada = cognito.add_user("ada", devices=1)
        key = ada.devices[0].key
        client.get_device(AccessToken=ada.access_token, DeviceKey=key)
        client.forget_device(AccessToken=ada.access_token, DeviceKey=key)
        with pytest.raises(client.exceptions.ResourceNotFoundException):
            client.get_device(AccessToken=ada.access_token, DeviceKey=key)
        assert [call.operation for call in cognito.calls] == [
            "GetDevice",
            "ForgetDevice",
            "GetDevice",
        ]
        first, second, third = cognito.calls
        assert first.params == {"AccessToken": ada.access_token, "DeviceKey": key}
        assert first.response["Device"]["DeviceKey"] == key
        assert (first.error, first.region, first.attempts) == (None, "us-east-1", 1)
        assert second.response == {}
        assert (third.response, third.error.code) == (None, "ResourceNotFoundException")
        assert cognito.calls.last is third
        assert cognito.calls.to("get_device") == [first, third]
        cognito.calls.clear()
        assert cognito.calls == []

    def test_no_last_call(self, cognito):
        with pytest.raises(LookupError) as refused:
            _ = cognito.calls.last
        assert str(refused.value) == "Nothing was called."

    def test_an_unknown_operation_is_refused(self, cognito):
        with pytest.raises(ValueError):
            cognito.calls.to("ListDevice")


@pytest.fixture
def called(cognito, client):
    ada = cognito.add_user("ada")
    for limit in (10, 20, 20):
        client.list_devices(AccessToken=ada.access_token, Limit=limit)
    return cognito


@pytest.fixture
def lines(called):
    """What a failure shows of these calls."""
    token = f"eyJ…{called.user('ada').access_token[-6:]}"
    return [
        f"  {number}  ListDevices  AccessToken='{token}', Limit={limit}  → 0 devices"
        for number, limit in enumerate((10, 20, 20), 1)
    ]


class TestAssertions:
    def test_what_holds(self, called):
        called.assert_called("ListDevices")
        called.assert_called("list_devices", Limit=20)
        called.assert_called_once("ListDevices", Limit=10)
        called.assert_not_called("ListDevices", Limit=30)
        called.assert_not_called("GetDevice")

    @pytest.mark.parametrize(
        ("name", "params", "message", "shown"),
        [
            (
                "assert_called_once",
                {"Limit": 20},
                "ListDevices(Limit=20) was called twice, not once.",
                slice(1, 3),
            ),
            (
                "assert_called_once",
                {},
                "ListDevices was called 3 times, not once.",
                slice(0, 3),
            ),
            (
                "assert_not_called",
                {"Limit": 10},
                "ListDevices(Limit=10) was called once.",
                slice(0, 1),
            ),
        ],
    )
    def test_what_was_called_too_often(self, called, lines, name, params, message, shown):
        with pytest.raises(AssertionError) as failed:
            getattr(called, name)("ListDevices", **params)
        assert str(failed.value).splitlines() == [message, *lines[shown]]

    @pytest.mark.parametrize("name", ["assert_called", "assert_called_once"])
    def test_what_came_near(self, cognito, client, name):
        ada = cognito.add_user("ada")
        token = f"eyJ…{ada.access_token[-6:]}"
        for params in ({}, {"Limit": 20}, {"Limit": 10}):
            client.list_devices(AccessToken=ada.access_token, **params)
        with pytest.raises(AssertionError) as failed:
            getattr(cognito, name)("ListDevices", Limit=10, PaginationToken="x" * 20)
        assert str(failed.value).splitlines() == [
            "ListDevices(Limit=10, PaginationToken='xxx…xxxxxx') was never called.",
            "Calls of ListDevices, the nearest first:",
            f"  3  ListDevices  AccessToken='{token}', Limit=10  → 0 devices",
            "    PaginationToken  wanted 'xxx…xxxxxx', not sent",
            f"  1  ListDevices  AccessToken='{token}'            → 0 devices",
            "    Limit            wanted 10, not sent",
            "    PaginationToken  wanted 'xxx…xxxxxx', not sent",
            f"  2  ListDevices  AccessToken='{token}', Limit=20  → 0 devices",
            "    Limit            wanted 10, sent 20",
            "    PaginationToken  wanted 'xxx…xxxxxx', not sent",
        ]

    def test_other_operations_are_named(self, called):
        with pytest.raises(AssertionError) as failed:
            called.assert_called("GetDevice")
        assert str(failed.value).splitlines() == [
            "GetDevice was never called.",
            "Called instead: ListDevices 3 times.",
        ]

    def test_no_calls_at_all(self, cognito):
        with pytest.raises(AssertionError) as failed:
            cognito.assert_called("GetDevice")
        assert str(failed.value) == ("GetDevice was never called.\nNothing was called.")

    @pytest.mark.parametrize("name", ["assert_called", "assert_not_called"])
    def test_a_mistyped_parameter_is_no_assertion(self, called, name):
        with pytest.raises(TypeError) as refused:
            getattr(called, name)("ListDevices", limit=10)
        assert str(refused.value).startswith("ListDevices has no parameter 'limit'; did you mean")

    def test_a_mistyped_operation_is_no_assertion(self, called):
        with pytest.raises(ValueError):
            called.assert_not_called("ListDevice")


class TestAllSimulated:
    def test_what_fired_is_fine(self, cognito, client):
        cognito.simulate("UserNotFoundException", on="ListDevices", times=2)
        with pytest.raises(client.exceptions.UserNotFoundException):
            client.list_devices(AccessToken="a.b.c")
        cognito.assert_all_simulated()

    def test_what_never_fired_is_told(self, called):
        called.simulate("UserNotFoundException", on="GetDevice")
        called.respond("GetUser", {}, given={"AccessToken": "eyJraWQiOiJ0ZXN0"})
        with pytest.raises(AssertionError) as failed:
            called.assert_all_simulated()
        assert str(failed.value).splitlines() == [
            "Simulated, but never called for: UserNotFoundException on GetDevice",
            "Simulated, but never called for:"
            " a response on GetUser given AccessToken='eyJ…J0ZXN0'",
            "Called instead: ListDevices 3 times.",
            "If that is as it should be: @pytest.mark.cognito_devices(assert_all_simulated=False)",
        ]

    def test_without_any_call(self, cognito):
        cognito.simulate("UserNotFoundException", on="GetDevice")
        with pytest.raises(AssertionError) as failed:
            cognito.assert_all_simulated()
        assert str(failed.value).splitlines()[-2] == "Nothing was called."

    def test_unless_told_otherwise(self):
        cognito = FakeCognito(assert_all_simulated=False)
        cognito.simulate("UserNotFoundException", on="GetDevice")
        cognito.assert_all_simulated()


class TestUnhandled:
    def test_it_is_raised_in_the_caller_and_recorded(self, cognito, client):
        with pytest.raises(UnhandledOperation) as raised:
            client.list_identity_providers(UserPoolId=cognito.pool.id)
        assert raised.value.operation == "ListIdentityProviders"
        assert "ListDevices" in raised.value.implemented
        assert cognito.calls.last.error is raised.value

    def test_it_is_raised_after_the_last_prepared_answer(self, cognito, client):
        cognito.respond("ListIdentityProviders", {}, times=1)
        client.list_identity_providers(UserPoolId=cognito.pool.id)
        with pytest.raises(UnhandledOperation) as raised:
            client.list_identity_providers(UserPoolId=cognito.pool.id)
        assert str(raised.value).splitlines()[1] == (
            "Prepared, but used up or not for this call: a response on ListIdentityProviders,"
            " once."
        )


class TestTime:
    """Whatever stops the clock, a token expires when its hour is over."""

    def listed(self, client, ada):
        try:
            client.list_devices(AccessToken=ada.access_token)
        except client.exceptions.NotAuthorizedException as error:
            return error.response["Error"]["Message"]
        return "ok"

    def test_freezegun(self, cognito, client):
        ada = cognito.add_user("ada")
        with freeze_time("2026-01-01"):
            assert self.listed(client, ada) == "ok"
        with freeze_time("2026-01-01 00:59:59"):
            assert self.listed(client, ada) == "ok"
        with freeze_time("2026-01-01 01:00"):
            assert self.listed(client, ada) == texts.ACCESS_TOKEN_EXPIRED.message

    def test_time_machine(self, cognito, client):
        ada = cognito.add_user("ada")
        start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
        with time_machine.travel(start, tick=False) as traveller:
            assert self.listed(client, ada) == "ok"
            traveller.shift(3599)
            assert self.listed(client, ada) == "ok"
            traveller.shift(1)
            assert self.listed(client, ada) == texts.ACCESS_TOKEN_EXPIRED.message

    def test_the_fakes_own(self, client):
        real = datetime.datetime
        with FakeCognito() as cognito:
            ada = cognito.add_user("ada")
            clock = cognito.freeze_time("2026-01-01")
            assert self.listed(client, ada) == "ok"
            clock.tick(datetime.timedelta(minutes=60))
            assert self.listed(client, ada) == texts.ACCESS_TOKEN_EXPIRED.message
            clock.move_to("2026-01-01 00:30")
            assert self.listed(client, ada) == "ok"
            assert cognito.freeze_time() is not clock
        assert datetime.datetime is real

    def test_the_fakes_own_needs_an_end(self):
        with pytest.raises(RuntimeError) as refused:
            FakeCognito().freeze_time("2026-01-01")
        assert str(refused.value) == (
            "freeze_time needs an active fake: `with FakeCognito() as cognito`."
        )

    def test_in_threads(self, cognito, client):
        cognito.freeze_time("2026-01-01")
        made = []
        thread = threading.Thread(
            target=lambda: made.append(cognito.add_user("ada").add_device().created)
        )
        thread.start()
        thread.join()
        assert made[0].year == 2026
        assert made[0].month == 1


class TestHandle:
    """The one door for transports: JSON shapes in and out."""

    def test_an_answer(self, cognito):
        ada = cognito.add_user("ada")
        params = {"AccessToken": ada.access_token}
        assert cognito.handle("ListDevices", params, "us-east-1").response == {"Devices": []}
        assert cognito.calls.last.params == params

    def test_both_spellings_of_an_operation(self, cognito):
        params = {"AccessToken": cognito.add_user("ada").access_token}
        assert cognito.handle("list_devices", params, "us-east-1").response == {"Devices": []}
        assert cognito.calls.last.operation == "ListDevices"

    def test_an_error(self, cognito):
        with pytest.raises(ServiceError) as refused:
            cognito.handle("ListDevices", {}, "us-east-1")
        assert str(refused.value) == (
            "InvalidParameterException: 1 validation error detected: Value at 'accessToken' failed"
            " to satisfy constraint: Member must not be null"
        )

    def test_what_passes_through_is_the_business_of_the_transport(self):
        cognito = FakeCognito(unhandled="passthrough")
        assert cognito.passes_through("ListIdentityProviders", {})
        with pytest.raises(UnhandledOperation, match="ListIdentityProviders was called, and"):
            cognito.handle("ListIdentityProviders", {}, "us-east-1")
        assert cognito.calls == []


def test_two_pools_in_two_regions(cognito, client, make_client):
    ada = cognito.add_pool(region="eu-west-1").add_user("ada", devices=1)
    bob = cognito.add_user("bob", devices=2)
    client_there = make_client("eu-west-1")
    assert len(client_there.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
    assert len(client.list_devices(AccessToken=bob.access_token)["Devices"]) == 2
