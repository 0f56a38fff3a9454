from __future__ import annotations

import re
import threading
import time
from unittest.mock import ANY

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from catalogue import CASES, devices
from pytest_cognito_devices import errors_of
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.texts import COMMON, SIMULATED

#: The words of the service where somebody has published them; else those of the service model.
WORDS = {
    "TooManyRequestsException": SIMULATED["TooManyRequestsException"].message,
    "ForbiddenException": SIMULATED["ForbiddenException"].message,
    "UserNotConfirmedException": texts.USER_NOT_CONFIRMED.message,
    "UserNotFoundException": texts.USER_NOT_FOUND.message,
    "PasswordResetRequiredException": texts.PASSWORD_RESET_REQUIRED.message,
    "InvalidUserPoolConfigurationException": texts.TRACKING_OFF.message,
    "DeviceKeyExistsException": texts.DEVICE_KEY_EXISTS.message,
    "InternalErrorException": (
        "This exception is thrown when Amazon Cognito encounters an internal error."
    ),
    "InvalidPasswordException": (
        "This exception is thrown when Amazon Cognito encounters an invalid password."
    ),
    "InvalidLambdaResponseException": (
        "This exception is thrown when Amazon Cognito encounters an invalid Lambda response."
    ),
    "UsernameExistsException": (
        "This exception is thrown when Amazon Cognito encounters a user name that already exists"
        " in the user pool."
    ),
    "OperationNotEnabledException": (
        "This exception is thrown when an operation is not available in the current region or for"
        " the current user pool configuration."
    ),
}


#: Codes whose words depend on what the operation most often means by them; None for the others.
TELLING_WORDS = {
    "NotAuthorizedException": {
        None: texts.ACCESS_TOKEN_EXPIRED.message,
        **dict.fromkeys(
            [name for name in devices.CASES if name.startswith("Admin")],
            "This exception is thrown when a user isn't authorized.",
        ),
    },
    "ResourceNotFoundException": {
        None: texts.DEVICE_NOT_FOUND.message,
        "AdminListDevices": texts.POOL_NOT_FOUND.message.format(UserPoolId="us-east-1_a"),
        **dict.fromkeys(
            ["ConfirmDevice", "ListDevices"],
            "This exception is thrown when the Amazon Cognito service can't find the requested"
            " resource.",
        ),
    },
    "InvalidParameterException": {
        None: (
            "This exception is thrown when the Amazon Cognito service encounters an invalid"
            " parameter."
        ),
        "ConfirmDevice": texts.DEVICE_KEY_NOT_GIVEN_OUT.message,
        "ListDevices": texts.PAGE_TOKEN_INVALID.message,
        "AdminListDevices": texts.PAGE_TOKEN_INVALID.message,
    },
}


def words(operation, code):
    if code in WORDS:
        return WORDS[code]
    telling = TELLING_WORDS[code]
    return telling.get(operation, telling[None])


@pytest.mark.parametrize(
    ("operation", "code"), [(name, code) for name in devices.CASES for code in errors_of(name)]
)
def test_every_declared_exception_of_the_operations_on_devices(cognito, client, operation, code):
    simulation = cognito.simulate(code, on=operation)
    with pytest.raises(getattr(client.exceptions, code)) as raised:
        client._make_api_call(operation, CASES[operation].minimal)
    assert raised.value.response["Error"] == {"Code": code, "Message": words(operation, code)}
    assert raised.value.operation_name == operation
    status = raised.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert status == (500 if code == "InternalErrorException" else 400)
    assert simulation.calls[-1] is cognito.calls.last
    assert cognito.calls.last.error.code == code


@pytest.mark.parametrize("operation", CASES)
def test_every_declared_exception_of_every_operation(cognito, client, operation):
    for code in errors_of(operation):
        with (
            cognito.simulate(code, on=operation),
            pytest.raises(getattr(client.exceptions, code)) as raised,
        ):
            client._make_api_call(operation, CASES[operation].minimal)
        error = raised.value.response
        assert error["Error"]["Code"] == code
        assert "<" not in error["Error"]["Message"]
        assert error["ResponseMetadata"]["HTTPStatusCode"] == (
            500 if code == "InternalErrorException" else 400
        )


@pytest.fixture
def sent(client):
    """The requests of the client."""
    sent = []
    client.meta.events.register_first(
        "before-send", lambda request, **_: sent.append(request), unique_id="sent"
    )
    yield sent
    client.meta.events.unregister("before-send", unique_id="sent")


def test_what_no_retry_mode_tries_again_is_not_sent(cognito, client, sent):
    cognito.simulate("UserNotConfirmedException", on="ListDevices")
    with pytest.raises(client.exceptions.UserNotConfirmedException):
        client.list_devices(AccessToken="a.b.c")
    assert sent == []


def test_calls_that_no_failure_is_prepared_for_are_not_sent(cognito, client, sent):
    token = cognito.add_user("ada").access_token
    cognito.simulate("ThrottlingException", on="ListDevices", given={"Limit": 7}, times=1)
    client.list_devices(AccessToken=token)
    assert sent == []
    client.list_devices(AccessToken=token, Limit=7)
    assert len(sent) == 2
    client.list_devices(AccessToken=token, Limit=7)
    assert len(sent) == 2


@pytest.mark.parametrize("code", COMMON)
def test_errors_common_to_all_of_aws(cognito, client, code):
    cognito.simulate(code, on="ListDevices")
    with pytest.raises(client.exceptions.ClientError) as raised:
        client.list_devices(AccessToken="a.b.c")
    error = raised.value.response
    assert error["Error"] == {"Code": code, "Message": COMMON[code].message}
    assert error["ResponseMetadata"]["HTTPStatusCode"] == COMMON[code].status


def test_a_class_of_client_exceptions(cognito, client):
    cognito.simulate(client.exceptions.UserNotConfirmedException, on="list_devices")
    with pytest.raises(client.exceptions.UserNotConfirmedException):
        client.list_devices(AccessToken="a.b.c")


def test_an_exception_that_the_service_raises_without_declaring_it(cognito, client):
    cognito.simulate("UserNotFoundException", on="AdminGetDevice")
    with pytest.raises(client.exceptions.UserNotFoundException):
        client.admin_get_device(**CASES["AdminGetDevice"].minimal)


def test_a_message_of_ones_own(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="ListDevices", message="No {braces}!")
    with pytest.raises(client.exceptions.UserNotConfirmedException) as raised:
        client.list_devices(AccessToken="a.b.c")
    assert raised.value.response["Error"]["Message"] == "No {braces}!"


def test_constraints_come_first(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="ListDevices")
    with pytest.raises(client.exceptions.InvalidParameterException):
        client.list_devices(AccessToken="a.b.c", Limit=61)


def outcomes(cognito, client, count, **params):
    ada = cognito.pool.user_named("ada") or cognito.add_user("ada")
    for _ in range(count):
        try:
            client.list_devices(AccessToken=ada.access_token, **params)
            yield "ok"
        except client.exceptions.ClientError as error:
            yield error.response["Error"]["Code"]


def test_several_answer_in_the_order_in_which_they_were_made(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="ListDevices", times=2)
    cognito.simulate("UserNotFoundException", on="ListDevices", times=1)
    assert list(outcomes(cognito, client, 4)) == [
        "UserNotConfirmedException",
        "UserNotConfirmedException",
        "UserNotFoundException",
        "ok",
    ]


def test_without_a_number_it_is_for_always(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="ListDevices")
    assert set(outcomes(cognito, client, 20)) == {"UserNotConfirmedException"}


def test_other_operations_are_not_concerned(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="GetDevice")
    assert list(outcomes(cognito, client, 1)) == ["ok"]


def test_only_calls_with_the_given_parameters(cognito, client):
    cognito.simulate("UserNotConfirmedException", on="ListDevices", given={"Limit": 1})
    cognito.simulate("UserNotFoundException", on="ListDevices", given={"Limit": ANY})
    assert list(outcomes(cognito, client, 1)) == ["ok"]
    assert list(outcomes(cognito, client, 1, Limit=1)) == ["UserNotConfirmedException"]
    assert list(outcomes(cognito, client, 1, Limit=2)) == ["UserNotFoundException"]


def test_it_ends_when_it_is_stopped(cognito, client):
    simulation = cognito.simulate("UserNotConfirmedException", on="ListDevices")
    assert list(outcomes(cognito, client, 1)) == ["UserNotConfirmedException"]
    simulation.stop()
    assert list(outcomes(cognito, client, 1)) == ["ok"]


def test_it_ends_with_its_block(cognito, client):
    with cognito.simulate("UserNotConfirmedException", on="ListDevices") as simulation:
        assert list(outcomes(cognito, client, 2)) == ["UserNotConfirmedException"] * 2
    assert list(outcomes(cognito, client, 1)) == ["ok"]
    assert simulation.calls == cognito.calls[:2]


def test_a_canned_answer(cognito, client):
    answer = cognito.respond("get_user", {"Username": "ada", "UserAttributes": []}, times=1)
    got = client.get_user(AccessToken="a.b.c")
    got["UserAttributes"].append("mine")
    assert (got["Username"], answer.calls) == ("ada", cognito.calls)


def test_a_canned_answer_is_fresh_each_time(cognito, client):
    cognito.respond("GetUser", {"Username": "ada", "UserAttributes": []})
    client.get_user(AccessToken="a.b.c")
    cognito.calls.last.response["UserAttributes"].append("mine")
    assert client.get_user(AccessToken="a.b.c")["UserAttributes"] == []


def test_a_canned_answer_comes_before_the_fakes_own(cognito, client):
    cognito.respond("ListDevices", {"Devices": [], "PaginationToken": "x"}, given={"Limit": 1})
    ada = cognito.add_user("ada", devices=1)
    assert client.list_devices(AccessToken=ada.access_token, Limit=1)["PaginationToken"] == "x"
    assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1


def test_a_fault_and_an_answer_take_turns(cognito, make_client):
    client = make_client(mode="standard")
    cognito.simulate(ReadTimeoutError, on="GetUser", times=1)
    cognito.respond("GetUser", {"Username": "ada"})
    assert client.get_user(AccessToken="a.b.c")["Username"] == "ada"
    assert cognito.calls.last.attempts == 2


DECLARED = ", ".join(errors_of("ListDevices"))


@pytest.mark.parametrize(
    ("what", "beginning"),
    [
        (
            "UserNotConfirmed",
            "ListDevices does not raise 'UserNotConfirmed'; did you mean"
            " 'UserNotConfirmedException'?",
        ),
        ("CodeMismatchException", "ListDevices does not raise 'CodeMismatchException'"),
        (ValueError, "ListDevices does not raise 'ValueError'"),
        (
            "ReadTimeout",
            "ListDevices does not raise 'ReadTimeout'; did you mean 'ReadTimeoutError'?",
        ),
    ],
)
def test_an_exception_that_the_operation_does_not_declare_is_refused(cognito, what, beginning):
    with pytest.raises(ValueError) as refused:
        cognito.simulate(what, on="ListDevices")
    first, second, third, fourth = str(refused.value).splitlines()
    assert first.startswith(beginning)
    assert second == f"It declares: {DECLARED}."
    assert third.startswith("Every operation can also meet: AccessDeniedException, ")
    assert fourth == "and the exceptions of botocore.exceptions, such as ReadTimeoutError."


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"what": 7},
            "what must be the name or the class of an exception, or one of botocore.exceptions"
            " ready-made, not 7",
        ),
        (
            {"what": ClientError({"Error": {"Code": "X", "Message": "no"}}, "ListDevices")},
            "what must be the name or the class of an exception, or one of botocore.exceptions"
            " ready-made, not ClientError('An error occurred (X) when calling the ListDevices"
            " operation: no')",
        ),
        (
            {"what": "ReadTimeoutError", "message": "slow"},
            "ReadTimeoutError is not the service's, so it takes no message: give it ready-made",
        ),
        (
            {"what": "WaiterError"},
            "WaiterError cannot be made without being told more: give it ready-made",
        ),
        (
            {"what": "UserNotFoundException", "message": 5},
            "message must be a string, not 5",
        ),
        (
            {"what": "UserNotFoundException", "given": ["Limit"]},
            "Parameters must be a dict, not ['Limit']",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(cognito, settings, message):
    with pytest.raises(TypeError) as refused:
        cognito.simulate(on="ListDevices", **settings)
    assert str(refused.value) == message


def test_what_is_no_answer_is_refused(cognito):
    with pytest.raises(TypeError) as refused:
        cognito.respond("GetUser", None)
    assert str(refused.value) == "response must be a dict, not None"


def test_times_are_exact_in_threads(cognito, client):
    """Two threads must not both take the last one."""

    class Slow:
        def __eq__(self, _other):
            time.sleep(0.002)
            return True

        __hash__ = None

    ada = cognito.add_user("ada")
    simulation = cognito.simulate(
        "UserNotFoundException", on="ListDevices", times=5, given={"Limit": Slow()}
    )
    outcomes = []

    def call():
        for _ in range(3):
            try:
                client.list_devices(AccessToken=ada.access_token, Limit=1)
                outcomes.append("ok")
            except client.exceptions.UserNotFoundException:
                outcomes.append("failed")

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("failed"), outcomes.count("ok")) == (5, 13)
    assert len(simulation.calls) == 5


def test_an_unknown_parameter_is_refused(cognito):
    with pytest.raises(TypeError) as refused:
        cognito.simulate("UserNotFoundException", on="ListDevices", given={"limit": 1})
    assert str(refused.value) == (
        "ListDevices has no parameter 'limit'; did you mean 'Limit'? It has: AccessToken, Limit,"
        " PaginationToken."
    )


@pytest.mark.parametrize("times", [0, -1, 1.5, "2", True])
def test_a_wrong_number_of_times_is_refused(cognito, times):
    with pytest.raises(ValueError) as refused:
        cognito.simulate("UserNotFoundException", on="ListDevices", times=times)
    assert str(refused.value) == (f"times must be a whole number from 1, not {times!r}")


def test_repr(cognito):
    simulation = cognito.simulate(
        "UserNotFoundException", on="ListDevices", times=2, given={"Limit": 1}
    )
    assert repr(simulation) == (
        "<Simulation UserNotFoundException on ListDevices given Limit=1, twice: 0 calls>"
    )
    assert repr(cognito.respond("GetUser", {})) == "<Simulation a response on GetUser: 0 calls>"
    fault = cognito.simulate(ReadTimeoutError(endpoint_url="x"), on="GetUser")
    assert repr(fault) == "<Simulation ReadTimeoutError on GetUser: 0 calls>"


def test_a_given_value_may_call_the_fake_when_it_is_compared(cognito, client):
    token = cognito.add_user("ada").access_token

    class Counting:
        def __eq__(self, _other):
            client.get_user(AccessToken=token)
            return True

        __hash__ = None

    cognito.respond("GetUser", {"Username": "ada"})
    cognito.respond("ListDevices", {"Devices": []}, given={"Limit": Counting()})
    assert client.list_devices(AccessToken=token, Limit=1)["Devices"] == []


def test_a_fault_has_nothing_to_do_with_what_the_application_handles(cognito, client):
    cognito.simulate("ReadTimeoutError", on="ListDevices")
    try:
        {}["missing"]
    except KeyError:
        with pytest.raises(ReadTimeoutError) as raised:
            client.list_devices(AccessToken="a.b.c")
    assert raised.value.__suppress_context__


class TestAfter:
    def test_so_many_calls_are_left_to_the_fake(self, cognito, client):
        cognito.simulate("UserNotFoundException", on="ListDevices", after=2, times=1)
        assert list(outcomes(cognito, client, 4)) == ["ok", "ok", "UserNotFoundException", "ok"]

    def test_or_to_the_next_simulation(self, cognito, client):
        cognito.simulate("UserNotFoundException", on="ListDevices", after=1)
        cognito.simulate("ForbiddenException", on="ListDevices")
        assert list(outcomes(cognito, client, 3)) == [
            "ForbiddenException",
            "UserNotFoundException",
            "UserNotFoundException",
        ]

    def test_other_calls_do_not_count(self, cognito, client):
        cognito.simulate("UserNotFoundException", on="ListDevices", after=1, given={"Limit": 7})
        assert list(outcomes(cognito, client, 2)) == ["ok", "ok"]
        assert list(outcomes(cognito, client, 2, Limit=7)) == ["ok", "UserNotFoundException"]

    def test_attempts_count(self, cognito, make_client):
        client = make_client(mode="standard")
        token = cognito.add_user("ada").access_token
        cognito.simulate("ThrottlingException", on="ListDevices", times=1)
        cognito.simulate("ForbiddenException", on="ListDevices", after=1)
        client.list_devices(AccessToken=token)
        with pytest.raises(client.exceptions.ForbiddenException):
            client.list_devices(AccessToken=token)

    def test_it_is_told(self, cognito):
        made = cognito.respond("GetUser", {}, after=2, times=1)
        assert str(made) == "a response on GetUser, after 2 calls, once"

    @pytest.mark.parametrize("after", [-1, 0.5, None, True])
    def test_a_wrong_number_is_refused(self, cognito, after):
        with pytest.raises(ValueError, match="after must be a whole number from 0, not"):
            cognito.simulate("UserNotFoundException", on="ListDevices", after=after)


class TestOptional:
    def test_it_need_not_answer(self, cognito):
        cognito.simulate("UserNotFoundException", on="ListDevices", optional=True)
        cognito.assert_all_simulated()
        cognito.respond("GetUser", {})
        with pytest.raises(AssertionError) as told:
            cognito.assert_all_simulated()
        assert "ListDevices" not in str(told.value)

    def test_it_is_true_or_false(self, cognito):
        with pytest.raises(TypeError, match="optional must be True or False, not 'no'"):
            cognito.respond("GetUser", {}, optional="no")


class TestSeveralOperations:
    def test_each_of_them_fails(self, cognito, client):
        ada = cognito.add_user("ada", devices=1)
        down = cognito.simulate("ForbiddenException", on=["ListDevices", "get_user"], times=2)
        for call in (client.list_devices, client.get_user):
            with pytest.raises(client.exceptions.ForbiddenException):
                call(AccessToken=ada.access_token)
        client.list_devices(AccessToken=ada.access_token)
        assert [call.operation for call in down.calls] == ["ListDevices", "GetUser"]
        assert str(down) == "ForbiddenException on ListDevices and GetUser, twice"

    def test_each_has_to_raise_it(self, cognito):
        with pytest.raises(ValueError, match="ListDevices does not raise 'UsernameExists"):
            cognito.simulate("UsernameExistsException", on=["SignUp", "ListDevices"])

    def test_there_have_to_be_some(self, cognito):
        with pytest.raises(ValueError) as told:
            cognito.simulate("InternalErrorException", on=[])
        assert str(told.value) == 'on must name an operation, several, or "*" for all'

    def test_given_is_of_one_of_them(self, cognito, client):
        both = ["ListDevices", "GetDevice"]
        cognito.simulate("ForbiddenException", on=both, given={"Limit": 7})
        with pytest.raises(client.exceptions.ForbiddenException):
            client.list_devices(AccessToken="a.b.c", Limit=7)
        with pytest.raises(TypeError) as told:
            cognito.simulate("ForbiddenException", on=both, given={"limit": 7})
        assert str(told.value).startswith(
            "None of the operations has a parameter 'limit'; did you mean 'Limit'?"
        )

    def test_one_that_never_answered_is_told_with_the_calls_of_all(self, cognito, client):
        ada = cognito.add_user("ada")
        both = ["ListDevices", "GetUser"]
        cognito.simulate("ForbiddenException", on=both, given={"Limit": 7})
        client.list_devices(AccessToken=ada.access_token, Limit=8)
        with pytest.raises(AssertionError) as told:
            cognito.assert_all_simulated()
        assert "    Limit  wanted 7, sent 8" in str(told.value)
        assert "Called instead" not in str(told.value)


class TestEveryOperation:
    def test_a_fault_of_the_network(self, cognito, client):
        cognito.simulate("EndpointConnectionError", on="*")
        for call in (client.list_devices, client.get_user):
            with pytest.raises(EndpointConnectionError):
                call(AccessToken="a.b.c")

    def test_an_exception_wherever_it_is_declared(self, cognito, client):
        token = cognito.add_user("ada").access_token
        made = cognito.simulate("AliasExistsException", on="*")
        client.get_user(AccessToken=token)
        with pytest.raises(client.exceptions.AliasExistsException):
            client.verify_user_attribute(AccessToken=token, AttributeName="email", Code="1")
        assert re.fullmatch(r"AliasExistsException on \d+ operations", str(made))

    @pytest.mark.parametrize("kind", [str, lambda name: type(name, (Exception,), {})])
    def test_what_nothing_raises(self, cognito, kind):
        with pytest.raises(ValueError) as told:
            cognito.simulate(kind("UserNotFoundExcepton"), on="*")
        assert str(told.value) == (
            "No operation raises 'UserNotFoundExcepton'; did you mean 'UserNotFoundException'?"
        )

    def test_what_is_no_exception(self, cognito):
        with pytest.raises(TypeError, match="what must be the name or the class"):
            cognito.simulate(5, on="*")


class TestFunctions:
    def test_it_gets_the_call_and_gives_the_answer(self, cognito, client):
        def respond(call):
            return {"Devices": [], "PaginationToken": f"{call.params['Limit']}"}

        made = cognito.respond("ListDevices", respond)
        for limit in (1, 2):
            answer = client.list_devices(AccessToken="a.b.c", Limit=limit)
            assert answer["PaginationToken"] == str(limit)
        assert made.calls == cognito.calls

    def test_it_may_call_the_fake(self, cognito, client):
        ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})

        def respond(call):
            user = client.get_user(**call.params)
            return {"Username": user["Username"].upper(), "UserAttributes": []}

        cognito.respond("GetUser", respond, times=1)
        assert client.get_user(AccessToken=ada.access_token)["Username"] == "ADA"

    def test_it_may_raise_what_simulate_could(self, cognito, client):
        def refuse(call):
            error = {"Code": "UserNotConfirmedException", "Message": "Not {yet}."}
            raise client.exceptions.UserNotConfirmedException({"Error": error}, call.operation)

        def time_out(_call):
            raise ReadTimeoutError(endpoint_url="x")

        cognito.respond("ListDevices", refuse)
        with pytest.raises(client.exceptions.UserNotConfirmedException, match=r"Not \{yet\}\."):
            client.list_devices(AccessToken="a.b.c")
        cognito.respond("GetUser", time_out)
        with pytest.raises(ReadTimeoutError):
            client.get_user(AccessToken="a.b.c")

    def test_what_it_may_not_say(self, cognito, client):
        cognito.respond("ListDevices", lambda call: {"Device": []})
        with pytest.raises(ValueError, match="ListDevices cannot answer that"):
            client.list_devices(AccessToken="a.b.c")

        def refuse(call):
            error = {"Code": "UsernameExistsException", "Message": ""}
            raise client.exceptions.UsernameExistsException({"Error": error}, call.operation)

        cognito.respond("GetUser", refuse)
        with pytest.raises(ValueError, match="GetUser does not raise 'UsernameExistsException'"):
            client.get_user(AccessToken="a.b.c")
        assert isinstance(cognito.calls.last.error, ValueError)
