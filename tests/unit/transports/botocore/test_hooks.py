from __future__ import annotations

import enum
import gc
import json
import socket
import threading
import time
import weakref

import boto3
import botocore.endpoint
import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.stub import Stubber

from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service.texts import SIMULATED
from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.botocore import retries

# For operations that the fake does not have, with credentials and without.
POOL = {"UserPoolId": "us-east-1_abcdefghi"}
OF_USER = {
    "UserPoolId": "us-east-1_a",
    "Username": "ada",
    "EventId": "event",
    "FeedbackToken": "a.b.c",
    "FeedbackValue": "Valid",
}


@pytest.fixture
def no_sockets(monkeypatch):
    """Opening a socket is noticed."""
    opened = []

    def refuse(*args, **_):
        opened.append(args)
        raise OSError("no sockets here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return opened


def lists_devices(client, cognito):
    user = cognito.pool.user_named("ada") or cognito.add_user("ada", devices=1)
    return len(client.list_devices(AccessToken=user.access_token)["Devices"]) == 1


class TestEveryClient:
    def test_made_from_a_session_that_was_there_before(self, no_sockets):
        session = botocore.session.Session()
        with FakeCognito() as cognito:
            assert lists_devices(
                session.create_client("cognito-idp", region_name="us-east-1"), cognito
            )
        assert no_sockets == []

    def test_made_by_boto3_in_every_way(self, cognito, no_sockets):
        assert lists_devices(boto3.client("cognito-idp"), cognito)
        assert lists_devices(boto3.Session().client("cognito-idp"), cognito)
        assert lists_devices(boto3.Session(region_name="us-east-1").client("cognito-idp"), cognito)
        assert no_sockets == []

    def test_with_an_endpoint_of_its_own(self, make_client, cognito, no_sockets):
        client = make_client(endpoint_url="http://localhost:9229")
        assert lists_devices(client, cognito)
        assert no_sockets == []

    def test_in_threads(self, client, cognito):
        ada = cognito.add_user("ada", devices=3)
        answers = []

        def call():
            answers.extend(
                len(client.list_devices(AccessToken=ada.access_token)["Devices"])
                for _ in range(50)
            )

        threads = [threading.Thread(target=call) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [3] * 400
        assert len(cognito.calls) == 400

    def test_without_credentials_on_the_wire_too(self, no_sockets):
        with FakeCognito(wire=True) as cognito:
            ada = cognito.add_user("ada", devices=1)
            client = boto3.Session().client("cognito-idp")
            answer = client.admin_list_devices(UserPoolId=cognito.pool.id, Username="ada")
            assert [each["DeviceKey"] for each in answer["Devices"]] == [ada.devices[0].key]
        assert no_sockets == []

    def test_a_client_of_another_region_does_not_find_the_pool(self, make_client):
        client = make_client("eu-west-1")
        with FakeCognito(region="us-east-1") as cognito:
            cognito.add_user("ada")
            with pytest.raises(client.exceptions.ResourceNotFoundException):
                client.admin_list_devices(UserPoolId=cognito.pool.id, Username="ada")
        assert cognito.calls.last.region == "eu-west-1"


class TestTheGuard:
    def test_nothing_is_sent_while_a_fake_is_active(self, client, cognito, no_sockets):
        """Not even when nothing answers."""
        with pytest.raises(UnhandledOperation):
            client.list_identity_providers(UserPoolId=cognito.pool.id)
        cognito.simulate("EndpointConnectionError", on="ListIdentityProviders")
        with pytest.raises(EndpointConnectionError):
            client.list_identity_providers(UserPoolId=cognito.pool.id)
        assert no_sockets == []

    @pytest.mark.parametrize("operation", ["get_user", "list_devices"])
    def test_a_call_that_began_before_the_fake_is_not_sent(self, client, no_sockets, operation):
        started = []

        def start(**_):
            started.append(FakeCognito())
            started[0].__enter__()

        client.meta.events.register("request-created.cognito-identity-provider", start)
        try:
            with pytest.raises(AssertionError) as refused:
                getattr(client, operation)(AccessToken="a.b.c")
        finally:
            client.meta.events.unregister("request-created.cognito-identity-provider", start)
            started[0].__exit__(None, None, None)
        assert str(refused.value).startswith(
            ("GetUser was about to be sent to ", "ListDevices was about to be sent to ")
        )
        assert "while a fake is active, by a call that began before." in str(refused.value)
        assert no_sockets == []

    def test_what_passes_through_is_sent(self, make_client, no_sockets):
        client = make_client(attempts=1)
        with FakeCognito(unhandled="passthrough") as cognito:
            with pytest.raises(EndpointConnectionError):
                client.update_auth_event_feedback(**OF_USER)
            assert len(no_sockets) > 0
            assert cognito.calls.last.passed_through
            assert lists_devices(client, cognito)

    def test_what_is_answered_for_a_while_passes_through_afterwards(self, make_client, no_sockets):
        client = make_client(attempts=1)
        with FakeCognito(unhandled="passthrough") as cognito:
            cognito.respond("UpdateAuthEventFeedback", {}, times=1)
            cognito.respond("ListIdentityProviders", {}, given={"MaxResults": 1})
            client.update_auth_event_feedback(**OF_USER)
            assert no_sockets == []
            for call in (client.update_auth_event_feedback, client.list_identity_providers):
                with pytest.raises(EndpointConnectionError):
                    call(**(OF_USER if call == client.update_auth_event_feedback else POOL))
            assert len(no_sockets) > 1

    def test_a_retry_passes_through_when_the_simulation_is_used_up(self, make_client, no_sockets):
        client = make_client(mode="standard", attempts=2)
        with FakeCognito(unhandled="passthrough") as cognito:
            cognito.simulate("ReadTimeoutError", on="UpdateAuthEventFeedback", times=1)
            with pytest.raises(EndpointConnectionError):
                client.update_auth_event_feedback(**OF_USER)
        assert len(no_sockets) > 0

    def test_what_may_pass_through_is_signed(self, no_sockets):
        config = Config(retries={"mode": "standard", "total_max_attempts": 2})
        client = boto3.Session().client(
            "cognito-idp",
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
            config=config,
        )
        signed = []
        client.meta.events.register_last(
            "before-send", lambda request, **_: signed.append("Authorization" in request.headers)
        )
        with FakeCognito(unhandled="passthrough") as cognito:
            cognito.simulate("TooManyRequestsException", on="ListIdentityProviders", times=1)
            with pytest.raises(EndpointConnectionError):
                client.list_identity_providers(**POOL)
        assert signed == [True, True]

    def test_what_a_test_answers_does_not_pass_through(self, client, no_sockets):
        with FakeCognito(unhandled="passthrough") as cognito:
            cognito.respond("ListIdentityProviders", {"Providers": []})
            assert client.list_identity_providers(**POOL)["Providers"] == []
        assert no_sockets == []


class TestAfterwards:
    def test_the_same_client_is_as_ever(self, make_client, no_sockets):
        client = make_client(mode="standard", attempts=1)
        with FakeCognito() as cognito:
            token = cognito.add_user("ada", devices=1).access_token
            cognito.simulate("TooManyRequestsException", on="ListDevices", times=1)
            with pytest.raises(client.exceptions.TooManyRequestsException):
                client.list_devices(AccessToken=token)
            assert lists_devices(client, cognito)
        assert botocore.endpoint.time is time
        with pytest.raises(EndpointConnectionError):
            client.list_devices(AccessToken=token)
        assert len(no_sockets) > 0

    def test_a_call_that_outlives_its_fake_lets_nobody_else_go_without_sleep(self):
        retries.skip_waiting()
        assert botocore.endpoint.time is time

    def test_the_innermost_of_nested_fakes_answers(self, client):
        with FakeCognito() as outer:
            ada = outer.add_user("ada", devices=1)
            with FakeCognito() as inner:
                assert lists_devices(client, inner)
            assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
        assert (len(outer.calls), len(inner.calls)) == (1, 1)

    def test_fakes_may_end_in_any_order(self, client):
        first, second = FakeCognito(), FakeCognito()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert lists_devices(client, second)
        second.__exit__(None, None, None)


@pytest.fixture
def no_waiting(monkeypatch):
    """To wait for anything is an error."""

    def refuse(*_):
        raise AssertionError("nobody waits here")

    monkeypatch.setattr(time, "sleep", lambda delay: delay and refuse())
    monkeypatch.setattr(threading.Condition, "wait", refuse)


@pytest.mark.usefixtures("no_waiting")
class TestRetries:
    def test_throttling_is_raised_at_once_by_a_legacy_client(self, client, cognito):
        ada = cognito.add_user("ada")
        throttled = cognito.simulate("TooManyRequestsException", on="ListDevices", times=2)
        with pytest.raises(client.exceptions.TooManyRequestsException) as refused:
            client.list_devices(AccessToken=ada.access_token)
        assert (
            refused.value.response["Error"]["Message"]
            == SIMULATED["TooManyRequestsException"].message
        )
        assert (len(throttled.calls), cognito.calls.last.attempts) == (1, 1)

    def test_throttling_is_survived_by_a_standard_client(self, make_client, cognito):
        client, ada = make_client(mode="standard"), cognito.add_user("ada")
        cognito.simulate("TooManyRequestsException", on="ListDevices", times=2)
        answer = client.list_devices(AccessToken=ada.access_token)
        assert answer["ResponseMetadata"]["RetryAttempts"] == 2
        call = cognito.calls.last
        assert (call.attempts, call.error, call.response) == (3, None, {"Devices": []})

    @pytest.mark.parametrize("mode", ["legacy", "standard"])
    def test_a_time_out_is_survived_by_both(self, make_client, cognito, mode):
        client, ada = make_client(mode=mode), cognito.add_user("ada")
        cognito.simulate("ReadTimeoutError", on="ListDevices", times=1)
        answer = client.list_devices(AccessToken=ada.access_token)
        assert answer["ResponseMetadata"]["RetryAttempts"] == 1
        assert cognito.calls.last.attempts == 2

    def test_a_time_out_for_ever_is_raised_in_the_end(self, client, cognito):
        ada = cognito.add_user("ada")
        cognito.simulate(ReadTimeoutError, on="ListDevices")
        with pytest.raises(ReadTimeoutError) as raised:
            client.list_devices(AccessToken=ada.access_token)
        assert str(raised.value) == (
            'Read timeout on endpoint URL: "https://cognito-idp.us-east-1.amazonaws.com/"'
        )
        assert cognito.calls.last.attempts == 3
        assert cognito.calls.last.error is raised.value

    def test_a_ready_made_exception_is_raised_as_it_is(self, client, cognito):
        made = ConnectTimeoutError(endpoint_url="nowhere")
        cognito.simulate(made, on="ListDevices")
        with pytest.raises(ConnectTimeoutError) as raised:
            client.list_devices(AccessToken="a.b.c")
        assert raised.value is made

    @pytest.mark.parametrize("mode", ["legacy", "standard"])
    @pytest.mark.parametrize("code", ["InternalErrorException", "ServiceUnavailable"])
    def test_faults_of_the_service_are_retried(self, make_client, cognito, mode, code):
        client, ada = make_client(mode=mode), cognito.add_user("ada")
        cognito.simulate(code, on="ListDevices", times=2)
        answer = client.list_devices(AccessToken=ada.access_token)
        assert answer["ResponseMetadata"]["RetryAttempts"] == 2

    def test_calls_around_a_retried_one_are_answered_directly(self, make_client, cognito):
        client, ada = make_client(mode="standard"), cognito.add_user("ada")
        sent = []
        client.meta.events.register_last(
            "before-send.cognito-identity-provider",
            lambda request, **_: sent.append(request),
            unique_id="seen",
        )
        try:
            client.list_devices(AccessToken=ada.access_token)
            cognito.simulate("ThrottlingException", on="ListDevices", times=1)
            client.list_devices(AccessToken=ada.access_token)
            client.list_devices(AccessToken=ada.access_token)
        finally:
            client.meta.events.unregister(
                "before-send.cognito-identity-provider", unique_id="seen"
            )
        assert [call.attempts for call in cognito.calls] == [1, 2, 1]
        assert len(sent) == 2

    @pytest.mark.parametrize("mode", ["standard", "adaptive"])
    def test_one_test_leaves_the_next_all_its_retries(self, make_client, cognito, mode):
        """The quota of a client is for its life, which is longer than a test."""
        client, ada = make_client(mode=mode), cognito.add_user("ada")
        cognito.simulate("ReadTimeoutError", on="ListDevices")
        for _ in range(60):
            with pytest.raises(ReadTimeoutError):
                client.list_devices(AccessToken=ada.access_token)
        assert {call.attempts for call in cognito.calls} == {3}

    @pytest.mark.parametrize("code", ["ThrottlingException", "TooManyRequestsException"])
    def test_an_adaptive_client_does_not_slow_down(self, make_client, cognito, code):
        client, ada = make_client(mode="adaptive"), cognito.add_user("ada")
        cognito.simulate(code, on="ListDevices", times=2)
        client.list_devices(AccessToken=ada.access_token)
        assert cognito.calls.last.attempts == 3

    def test_nothing_is_signed_on_the_wire(self, cognito):
        client = boto3.Session().client(
            "cognito-idp", aws_access_key_id="a", aws_secret_access_key="b"
        )
        seen = []
        client.meta.events.register_last(
            "before-send", lambda request, **_: seen.append(dict(request.headers))
        )
        cognito.simulate("ThrottlingException", on="AdminListDevices", times=1)
        cognito.add_user("ada")
        client.admin_list_devices(UserPoolId=cognito.pool.id, Username="ada")
        assert len(seen) == 2
        assert not any("Authorization" in headers for headers in seen)


class TestOtherHandlers:
    """Of the same events: moto's, a Stubber, somebody's own."""

    @pytest.fixture
    def other(self, client):
        """Register a handler, for one test."""
        registered = []

        def register(event, handler):
            client.meta.events.register(event, handler)
            registered.append((event, handler))

        yield register
        for event, handler in registered:
            client.meta.events.unregister(event, handler)

    def test_others_that_answer_by_the_address_do_not_take_the_request(
        self, client, cognito, other
    ):
        """As moto does, whose handlers run too, because botocore calls them all."""

        def moto(request, **_):
            if "amazonaws.com" in request.url:
                raise NotImplementedError

        other("before-send", moto)
        cognito.simulate("TooManyRequestsException", on="ListDevices", times=1)
        with pytest.raises(client.exceptions.TooManyRequestsException):
            client.list_devices(AccessToken="a.b.c")

    def test_a_stubber_comes_first(self, client, cognito):
        with Stubber(client) as stubber:
            stubber.add_response("list_devices", {"Devices": []})
            assert client.list_devices(AccessToken="a.b.c")["Devices"] == []
        assert cognito.calls == []

    @pytest.mark.parametrize("wire", [False, True])
    @pytest.mark.parametrize("how", ["register", "register_first", "register_last"])
    def test_hooks_of_the_application_see_the_call_first(self, how, wire):
        session, seen = botocore.session.Session(), []
        event = "before-call.cognito-identity-provider"
        session.register(event, lambda model, **_: seen.append(f"session: {model.name}"))
        client = session.create_client(
            "cognito-idp",
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )
        register = getattr(client.meta.events, how)
        register(event, lambda model, **_: seen.append(f"client: {model.name}"))
        with FakeCognito(region="us-east-1", wire=wire) as cognito:
            assert lists_devices(client, cognito)
            assert len(cognito.calls) == 1
        # Who comes last comes behind an answer.
        wanted = {"session: ListDevices", "client: ListDevices"}
        if how == "register_last" and not wire:
            wanted.remove("client: ListDevices")
        assert {*seen} == wanted

    def test_a_call_within_a_call(self, client, make_client, cognito, other):
        """A handler of one call on the wire makes another, answered directly or on the wire."""
        ada = cognito.add_user("ada", devices=1)
        inner = make_client("us-east-1", endpoint_url="http://localhost:1")
        answers = []

        def nested(**_):
            answers.append(inner.list_devices(AccessToken=ada.access_token)["Devices"])
            with pytest.raises(inner.exceptions.TooManyRequestsException):
                inner.forget_device(AccessToken="a", DeviceKey=ada.devices[0].key)

        other("request-created.cognito-identity-provider", nested)
        cognito.simulate("TooManyRequestsException", on="GetDevice")
        cognito.simulate("TooManyRequestsException", on="ForgetDevice")
        with pytest.raises(client.exceptions.TooManyRequestsException):
            client.get_device(AccessToken="a", DeviceKey=ada.devices[0].key)
        assert len(answers[0]) == 1

    @pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
    @pytest.mark.parametrize(
        "what", ["ReadTimeoutError", "EndpointConnectionError", "ThrottlingException"]
    )
    def test_nothing_is_in_flight_when_a_call_has_failed(self, make_client, cognito, mode, what):
        cognito.simulate(what, on="ListUserPools")
        before = retries.current.get()
        with pytest.raises((BotoCoreError, ClientError)):
            make_client(mode=mode).list_user_pools(MaxResults=1)
        assert retries.current.get() is before

    def test_a_call_that_was_broken_off_answers_no_other(self, make_client, other, no_sockets):
        client = make_client(attempts=1)

        def interrupt(**_):
            raise KeyboardInterrupt

        client.meta.events.register("request-created", interrupt)
        with FakeCognito() as cognito:
            cognito.simulate("ThrottlingException", on="UpdateAuthEventFeedback")
            with pytest.raises(KeyboardInterrupt):
                client.update_auth_event_feedback(**OF_USER)
        client.meta.events.unregister("request-created", interrupt)
        with (
            FakeCognito(unhandled="passthrough"),
            pytest.raises(EndpointConnectionError),
        ):
            client.update_auth_event_feedback(**OF_USER)
        with pytest.raises(EndpointConnectionError):
            client.update_auth_event_feedback(**OF_USER)
        assert len(no_sockets) > 1

    def test_a_fake_that_ends_between_attempts_answers_to_the_last(self, make_client, no_sockets):
        """As for a thread that outlives its test."""
        client = make_client(mode="standard", attempts=2, endpoint_url="http://localhost:2")
        cognito = FakeCognito()
        cognito.__enter__()

        def end(**_):
            if backend.is_active(cognito):
                cognito.__exit__(None, None, None)

        client.meta.events.register("needs-retry", end)
        cognito.simulate("ReadTimeoutError", on="ListDevices")
        with pytest.raises(ReadTimeoutError):
            client.list_devices(AccessToken="a")
        assert cognito.calls.last.attempts == 2
        assert no_sockets == []


class Key(str, enum.Enum):
    NAME = "USERNAME"
    PASSWORD = "PASSWORD"


class Status(str, enum.Enum):
    REMEMBERED = "remembered"


class TestParameters:
    def test_members_of_string_enumerations_are_strings(self, client, cognito):
        ada = cognito.add_user("ada", devices=1)
        params = {"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key}
        client.update_device_status(**params, DeviceRememberedStatus=Status.REMEMBERED)
        assert type(cognito.calls.last.params["DeviceRememberedStatus"]) is str
        assert cognito.calls.last.params == {**params, "DeviceRememberedStatus": "remembered"}

    def test_a_text_in_the_place_of_bytes_is_recorded_as_it_is_sent(self, client, cognito):
        """botocore takes it, and writes it in base64."""
        params = {"UserPoolId": "us-east-1_abcdefghi", "ImageFile": "a picture"}
        cognito.respond("SetUICustomization", {"UICustomization": {}})
        client.set_ui_customization(**params)
        assert cognito.calls.last.params == {**params, "ImageFile": "YSBwaWN0dXJl"}

    @pytest.mark.parametrize("wire", [False, True])
    def test_members_of_string_enumerations_within_others_too(self, client, wire):
        with FakeCognito(wire=wire) as cognito:
            cognito.respond("ConfirmDevice", {})
            verifier = {"Salt": Status.REMEMBERED, "PasswordVerifier": "AQID"}
            client.confirm_device(
                AccessToken="a", DeviceKey="us-east-1_a", DeviceSecretVerifierConfig=verifier
            )
            recorded = cognito.calls.last.params["DeviceSecretVerifierConfig"]
        assert {name: type(value) for name, value in recorded.items()} == dict.fromkeys(
            verifier, str
        )

    @pytest.mark.parametrize("wire", [False, True])
    def test_and_so_are_the_keys_of_maps(self, client, wire):
        with FakeCognito(wire=wire) as cognito:
            ada = cognito.add_user("ada")
            client.initiate_auth(
                ClientId=cognito.pool.client.id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={Key.NAME: "ada", Key.PASSWORD: ada.password},
            )
            recorded = cognito.calls.last.params["AuthParameters"]
            assert {type(name) for name in recorded} == {str}
            assert ada.password not in repr(cognito.calls.last)

    def test_nested_ones_are_not_shared_with_the_caller(self, client, cognito):
        cognito.respond("AdminUpdateUserAttributes", {})
        attributes = [{"Name": "email", "Value": "ada@example.com"}]
        client.admin_update_user_attributes(
            UserPoolId=cognito.pool.id, Username="ada", UserAttributes=attributes
        )
        attributes[0].clear()
        recorded = cognito.calls.last.params["UserAttributes"]
        assert recorded == [{"Name": "email", "Value": "ada@example.com"}]

    @pytest.fixture
    def hooked(self):
        """A client of its own, for handlers that nobody else wants."""
        config = Config(signature_version=UNSIGNED)
        session = botocore.session.Session()
        return session.create_client("cognito-idp", region_name="us-east-1", config=config)

    def test_are_those_that_the_handlers_of_the_client_leave(self, cognito, hooked):
        event = "before-parameter-build.cognito-identity-provider.ListDevices"
        hooked.meta.events.register(event, lambda params, **_: params.update(Limit=5))
        hooked.list_devices(AccessToken=cognito.add_user("ada").access_token)
        assert cognito.calls.last.params["Limit"] == 5

    def test_what_the_caller_does_to_them_later_is_not_recorded(self, cognito, hooked):
        given = []
        event = "before-parameter-build.cognito-identity-provider.ListDevices"
        hooked.meta.events.register(event, lambda params, **_: given.append(params))
        hooked.list_devices(AccessToken=cognito.add_user("ada").access_token)
        given[0].clear()
        assert list(cognito.calls.last.params) == ["AccessToken"]

    @pytest.mark.parametrize("wrap", [lambda text: text, lambda text: f" {text} ".encode()])
    def test_are_those_that_a_hook_has_written_into_the_body(self, cognito, hooked, wrap):
        def write(params, **_):
            params["body"] = wrap(json.dumps({**json.loads(params["body"]), "Limit": 5}))

        hooked.meta.events.register_first("before-call.cognito-identity-provider", write)
        hooked.list_devices(AccessToken=cognito.add_user("ada").access_token)
        assert cognito.calls.last.params["Limit"] == 5

    def test_of_a_call_that_began_before_the_fake_are_read_from_its_body(self, hooked):
        cognito = FakeCognito(region="us-east-1")
        params = {"AccessToken": cognito.add_user("ada").access_token}
        event = "before-endpoint-resolution.cognito-identity-provider"
        hooked.meta.events.register(event, lambda **_: cognito.__enter__())
        hooked.list_devices(**params)
        cognito.__exit__(None, None, None)
        assert cognito.calls.last.params == params


def test_clients_that_are_gone_leave_nothing_behind():
    """A model takes three megabytes, and many tests make a client."""
    with FakeCognito(region="us-east-1") as cognito:
        session = botocore.session.Session()
        client = session.create_client(
            "cognito-idp",
            region_name="us-east-1",
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )
        assert lists_devices(client, cognito)
        gone = weakref.ref(client.meta.service_model)
        del session, client
        gc.collect()
    assert gone() is None


def test_an_answer_has_what_handlers_of_after_call_read(client, cognito):
    ada = cognito.add_user("ada")
    seen = []
    client.meta.events.register(
        "after-call", lambda http_response, **_: seen.append(http_response), unique_id="reader"
    )
    try:
        client.list_devices(AccessToken=ada.access_token)
        client.forget_device(AccessToken=ada.access_token, DeviceKey=ada.add_device().key)
    finally:
        client.meta.events.unregister("after-call", unique_id="reader")
    assert [(http.status_code, http.content) for http in seen] == [
        (200, b'{"Devices": []}'),
        (200, b""),
    ]
    assert seen[0].headers["content-type"] == "application/x-amz-json-1.1"


def test_a_recorded_error_holds_nothing_that_its_callers_had_in_hand(client, cognito):
    """Frames refer to everything in a test, which would then live as long as the record."""

    class Thing:
        """Can be referred to weakly."""

    def call_with(thing):
        try:
            {}[thing]
        except KeyError:
            with pytest.raises(client.exceptions.NotAuthorizedException):
                client.list_devices(AccessToken="a.b.c")

    for wire in (False, True):
        cognito.wire = wire
        thing = Thing()
        found = weakref.ref(thing)
        call_with(thing)
        del thing
        gc.collect()
        assert cognito.calls.last.error.code == "NotAuthorizedException"
        assert found() is None


@pytest.mark.parametrize("wire", [False, True])
def test_the_status_is_a_plain_number(client, wire):
    """One of `http.HTTPStatus` shows in what an application prints."""
    with FakeCognito(wire=wire) as cognito:
        answer = client.list_devices(AccessToken=cognito.add_user("ada").access_token)
    assert type(answer["ResponseMetadata"]["HTTPStatusCode"]) is int


def test_the_date_header_is_the_time_of_day(client, cognito):
    cognito.freeze_time("2026-01-01 12:00:00")
    answer = client.list_devices(AccessToken=cognito.add_user("ada").access_token)
    assert answer["ResponseMetadata"]["HTTPHeaders"]["date"] == "Thu, 01 Jan 2026 12:00:00 GMT"
