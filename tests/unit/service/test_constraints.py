from __future__ import annotations

import itertools
from types import MappingProxyType

import pytest
from botocore.model import DenormalizedStructureBuilder

from pytest_cognito_devices.service import constraints, texts
from pytest_cognito_devices.service.errors import ServiceError

KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


def refused(operation, params):
    with pytest.raises(ServiceError) as caught:
        constraints.check(operation, params)
    assert (caught.value.code, caught.value.status) == ("InvalidParameterException", 400)
    return caught.value.message


def of_wrong_type(operation, params):
    with pytest.raises(ServiceError) as caught:
        constraints.check(operation, params)
    assert (caught.value.code, caught.value.status) == ("SerializationException", 400)
    return caught.value.message


def told(kind, **words):
    return texts.SERIALIZATION[kind].message.format(**words)


def test_what_the_model_allows_passes():
    constraints.check(
        "ListDevices", {"AccessToken": "a.b-c_d=", "Limit": 60, "PaginationToken": "x"}
    )
    constraints.check("ListDevices", {"AccessToken": "a.b-c_d=", "Limit": 0})
    constraints.check("ListDevices", {"AccessToken": "a.b-c_d=", "Limit": None})


@pytest.mark.parametrize(
    ("operation", "params", "message"),
    [
        (
            "GetDevice",
            {"AccessToken": "a", "DeviceKey": "abc"},
            "1 validation error detected: Value 'abc' at 'deviceKey' failed to satisfy constraint:"
            " Member must satisfy regular expression pattern: [\\w-]+_[0-9a-f-]+",
        ),
        (
            "ListDevices",
            {"AccessToken": "a", "Limit": 61},
            "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint:"
            " Member must have value less than or equal to 60",
        ),
        (
            "ListDevices",
            {"AccessToken": "a", "Limit": -1},
            "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint:"
            " Member must have value greater than or equal to 0",
        ),
        (
            "UpdateDeviceStatus",
            {"AccessToken": "a", "DeviceKey": KEY, "DeviceRememberedStatus": "x"},
            "1 validation error detected: Value 'x' at 'deviceRememberedStatus' failed to satisfy"
            " constraint: Member must satisfy enum value set: [remembered, not_remembered]",
        ),
        (
            "ListDevices",
            {"AccessToken": "a b"},
            "1 validation error detected: Value at 'accessToken' failed to satisfy constraint:"
            " Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+",
        ),
        (
            "UpdateDeviceStatus",
            {"AccessToken": "a b", "DeviceKey": "abc", "DeviceRememberedStatus": "x"},
            "3 validation errors detected: Value at 'accessToken' failed to satisfy constraint:"
            " Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+; Value 'abc' at"
            " 'deviceKey' failed to satisfy constraint: Member must satisfy regular expression"
            " pattern: [\\w-]+_[0-9a-f-]+; Value 'x' at 'deviceRememberedStatus' failed to satisfy"
            " constraint: Member must satisfy enum value set: [remembered, not_remembered]",
        ),
        (
            "GetDevice",
            {"AccessToken": "a", "DeviceKey": ""},
            "2 validation errors detected: Value '' at 'deviceKey' failed to satisfy constraint:"
            " Member must have length greater than or equal to 1; Value '' at 'deviceKey' failed"
            " to satisfy constraint: Member must satisfy regular expression pattern:"
            " [\\w-]+_[0-9a-f-]+",
        ),
        (
            "ConfirmDevice",
            {"AccessToken": "a", "DeviceKey": KEY, "DeviceName": "x" * 1025},
            f"1 validation error detected: Value '{'x' * 1025}' at 'deviceName' failed to satisfy"
            " constraint: Member must have length less than or equal to 1024",
        ),
        (
            "GetDevice",
            {"AccessToken": "a"},
            "1 validation error detected: Value null at 'deviceKey' failed to satisfy constraint:"
            " Member must not be null",
        ),
        (
            "ListDevices",
            {},
            "1 validation error detected: Value at 'accessToken' failed to satisfy constraint:"
            " Member must not be null",
        ),
        (
            "AdminListDevices",
            {"UserPoolId": "nonsense", "Username": "with blank"},
            "2 validation errors detected: Value 'nonsense' at 'userPoolId' failed to satisfy"
            " constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+;"
            " Value at 'username' failed to satisfy constraint: Member must satisfy regular"
            " expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
        ),
    ],
)
def test_the_words_of_the_service(operation, params, message):
    assert refused(operation, params) == message


def test_the_sample_of_2016():
    """amazon-cognito-identity-js#388: members in alphabetical order, lengths before patterns."""
    message = refused("SignUp", {"ClientId": "abc", "Username": "", "Password": ""})
    assert message == (
        "3 validation errors detected: Value at 'password' failed to satisfy constraint: Member"
        " must satisfy regular expression pattern: [\\S]+; Value at 'username' failed to satisfy"
        " constraint: Member must have length greater than or equal to 1; Value at 'username'"
        " failed to satisfy constraint: Member must satisfy regular expression pattern:"
        " [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
    )


def test_a_client_id_is_shown_although_it_is_sensitive():
    """boto3#3581."""
    message = refused("SignUp", {"ClientId": "a-b", "Username": "ada", "Password": "x"})
    assert "Value 'a-b' at 'clientId' failed to satisfy constraint" in message


def test_an_operation_may_need_more_than_the_model_says():
    assert refused("GetDevice", {"DeviceKey": KEY}) == (
        "1 validation error detected: Value at 'accessToken' failed to satisfy constraint:"
        " Member must not be null"
    )


def test_an_operation_without_parameters_has_no_constraints(monkeypatch):
    class Model:
        input_shape = None

    monkeypatch.setattr(constraints.api, "operation_model", lambda _: Model)
    check = constraints._check_of.__wrapped__("Anything")
    assert check({"a": 1}, "") == []


def test_members_of_structures_are_named_by_their_path():
    config = {"PasswordVerifier": "x" * 131073, "Salt": "y"}
    message = refused(
        "ConfirmDevice",
        {"AccessToken": "a", "DeviceKey": KEY, "DeviceSecretVerifierConfig": config},
    )
    assert message.endswith(
        "at 'deviceSecretVerifierConfig.passwordVerifier' failed to satisfy constraint: Member"
        " must have length less than or equal to 131072"
    )


def test_items_of_lists_are_named_by_their_place():
    params = {
        "AccessToken": "a",
        "UserAttributes": [{"Name": "ok", "Value": "v"}, {"Name": "\x00", "Value": "v"}],
    }
    # The pattern itself was widened between botocore 1.34 and 1.44.
    assert refused("UpdateUserAttributes", params).startswith(
        "1 validation error detected: Value '\x00' at 'userAttributes.2.member.name' failed to"
        " satisfy constraint: Member must satisfy regular expression pattern:"
        " [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}"
    )


def test_a_list_itself_may_be_too_long():
    members = {"Colours": {"type": "list", "max": 1, "member": {"type": "string"}}}
    shape = DenormalizedStructureBuilder().with_members(members).build_model()
    colours = shape.members["Colours"]
    colours.metadata["max"] = 1
    check = constraints._compile(colours)
    assert check(["red"], "colours") == []
    assert check(["red", "blue"], "colours") == [
        "Value '[red, blue]' at 'colours' failed to satisfy constraint: Member must have length"
        " less than or equal to 1"
    ]


def test_a_map_is_refused_as_a_whole():
    params = {
        "ClientId": "abc",
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientMetadata": {"a": "x" * 131073},
    }
    message = refused("InitiateAuth", params)
    assert message.endswith(
        "at 'clientMetadata' failed to satisfy constraint: Map value must satisfy constraint:"
        " [Member must have length less than or equal to 131072, Member must have length greater"
        " than or equal to 0]"
    )
    constraints.check("InitiateAuth", {**params, "ClientMetadata": {"a": "x"}})


@pytest.mark.parametrize(
    "name", ["ada", "Ada.Lovelace+1@example.com", "Ægir", "愛", "e\u0301", "😀"]
)
def test_names_of_all_scripts_are_names(name):
    assert constraints.require("UsernameType", name, "user name") == name


@pytest.mark.parametrize("name", ["a b", "a\u00a0b", "a\u200bb", "a\tb", ""])
def test_blanks_and_controls_of_all_scripts_are_not(name):
    with pytest.raises(ValueError, match="cannot be a user name: Member must "):
        constraints.require("UsernameType", name, "user name")


def test_word_characters_are_ascii_as_in_java():
    with pytest.raises(ValueError, match="'évry-1_abc' cannot be a user pool id: "):
        constraints.require("UserPoolIdType", "évry-1_abc", "user pool id")


def test_a_member_may_be_required_and_free_at_once():
    members = {"Plain": {"type": "boolean"}, "Another": {"type": "boolean"}}
    shape = DenormalizedStructureBuilder().with_members(members).build_model()
    check = constraints._structure(shape, ("Plain",))
    assert check({"Plain": False}, "") == []
    assert check({"Plain": None}, "") == [
        "Value null at 'plain' failed to satisfy constraint: Member must not be null"
    ]


@pytest.mark.parametrize(("shape", "value"), [("string", "x" * 9999), ("boolean", True)])
def test_shapes_without_constraints_take_everything(shape, value):
    members = {
        "Plain": {"type": shape},
        "Many": {"type": "list", "member": {"type": shape}},
        "Named": {"type": "map", "key": {"type": "string"}, "value": {"type": shape}},
    }
    built = DenormalizedStructureBuilder().with_members(members).build_model()
    check = constraints._structure(built)
    assert check({"Plain": value, "Many": [value], "Named": {"a": value}}, "") == []


SIGN_UP = {"ClientId": "abc", "Username": "ada", "Password": "x"}


@pytest.mark.parametrize(
    ("operation", "params", "message"),
    [
        (
            "ListDevices",
            {"AccessToken": 5},
            told("another value", found="NUMBER", wanted="String"),
        ),
        (
            "ListDevices",
            {"AccessToken": 1.5},
            told("another value", found="NUMBER", wanted="String"),
        ),
        (
            "ListDevices",
            {"AccessToken": True},
            told("another value", found="TRUE", wanted="String"),
        ),
        ("ListDevices", {"AccessToken": ["a"]}, told("a list")),
        ("ListDevices", {"AccessToken": {"a": "b"}}, told("a map")),
        ("ListDevices", ["AccessToken"], told("no map")),
        ("ListDevices", "AccessToken", told("no map")),
        ("ListDevices", None, told("no map")),
        *[
            (
                "ListDevices",
                {"AccessToken": "a", "Limit": limit},
                told("another value", found=found, wanted="Integer"),
            )
            for limit, found in (
                ("x", "STRING"),
                (True, "TRUE"),
                (False, "FALSE"),
                (1.0, "NUMBER"),
                (float("nan"), "NUMBER"),
                (2**31, "NUMBER"),
                (10**5000, "NUMBER"),
            )
        ],
        ("ListDevices", {"AccessToken": "a", "Limit": [1]}, told("a list")),
        ("SignUp", {**SIGN_UP, "UserAttributes": {}}, told("no list")),
        ("SignUp", {**SIGN_UP, "UserAttributes": "x"}, told("no list")),
        ("SignUp", {**SIGN_UP, "UserAttributes": ["email"]}, told("no map")),
        ("SignUp", {**SIGN_UP, "UserAttributes": [[]]}, told("no map")),
        ("SignUp", {**SIGN_UP, "ClientMetadata": []}, told("no map")),
        ("SignUp", {**SIGN_UP, "ClientMetadata": {"a": {}}}, told("a map")),
        (
            "SignUp",
            {**SIGN_UP, "ClientMetadata": {"a": 1}},
            told("another value", found="NUMBER", wanted="String"),
        ),
        (
            "UpdateUserPoolClient",
            {"UserPoolId": "a_b", "ClientId": "abc", "EnableTokenRevocation": "true"},
            told("another value", found="STRING", wanted="Boolean"),
        ),
        (
            "UpdateUserPoolClient",
            {"UserPoolId": "a_b", "ClientId": "abc", "EnableTokenRevocation": 1},
            told("another value", found="NUMBER", wanted="Boolean"),
        ),
        (
            "SignUp",
            {**SIGN_UP, "ClientMetadata": {"x" * 131_073: 10**5000}},
            told("another value", found="NUMBER", wanted="String"),
        ),
        (
            "SignUp",
            {**SIGN_UP, "ClientMetadata": {5: "x"}},
            told("another value", found="NUMBER", wanted="String"),
        ),
        ("ConfirmDevice", {"DeviceSecretVerifierConfig": []}, told("no map")),
    ],
    ids=itertools.count(),
)
def test_json_of_another_type(operation, params, message):
    """It comes before the constraints, which would complain of more in some of these."""
    assert of_wrong_type(operation, params) == message


@pytest.mark.parametrize(("first", "second"), [(1, True), (True, 1), (1, 1.0), (0, False)])
def test_numbers_and_booleans_that_are_equal_are_told_apart(first, second):
    """Values of the same type were checked before, and what came of it is kept."""
    for limit in (first, second, first):
        params = {"AccessToken": "a", "Limit": limit}
        if type(limit) is int:
            constraints.check("ListDevices", params)
        else:
            of_wrong_type("ListDevices", params)


def test_a_date_may_be_any_number():
    shape = DenormalizedStructureBuilder().with_members({"At": {"type": "timestamp"}})
    check = constraints._structure(shape.build_model())
    assert check({"At": 1}, "") == check({"At": 1.5}, "") == []
    with pytest.raises(ServiceError, match="STRING_VALUE cannot be converted to Timestamp"):
        check({"At": "2026-01-31"}, "")


def test_nulls_are_as_good_as_nothing():
    params = {**SIGN_UP, "SecretHash": None, "ClientMetadata": {"a": None, "b": "c"}}
    params["UserAttributes"] = [{"Name": "email", "Value": None}]
    assert constraints.check("SignUp", params) == {
        **SIGN_UP,
        "ClientMetadata": {"b": "c"},
        "UserAttributes": [{"Name": "email"}],
    }
    assert constraints.check("ListDevices", {"AccessToken": "a", "Limit": None}) == {
        "AccessToken": "a"
    }


def test_what_is_required_must_not_be_null():
    assert refused("DescribeUserPool", {"UserPoolId": None}) == refused("DescribeUserPool", {})
    assert refused("SignUp", {**SIGN_UP, "UserAttributes": [None]}) == (
        "1 validation error detected: Value null at 'userAttributes.1.member' failed to satisfy"
        " constraint: Member must not be null"
    )


def test_what_the_model_does_not_know_is_ignored():
    params = {**SIGN_UP, "Unknown": 1, "UserAttributes": [{"Name": "a", "Unknown": []}]}
    assert constraints.check("SignUp", params) == {**SIGN_UP, "UserAttributes": [{"Name": "a"}]}


def test_parameters_without_others_are_given_on_as_they_are():
    params = {"AccessToken": "a", "Limit": 1}
    assert constraints.check("ListDevices", params) is params


@pytest.mark.skipif(
    "CompleteWebAuthnRegistration" not in constraints.api.model().operation_names,
    reason="the installed botocore has no passkeys",
)
@pytest.mark.parametrize("credential", [{"a": None}, [1], "x", 1, True])
def test_documents_are_any_json(credential):
    params = {"AccessToken": "a", "Credential": credential}
    assert constraints.check("CompleteWebAuthnRegistration", params) == params


def test_parameters_may_come_in_any_mapping():
    params = MappingProxyType({"AccessToken": "a"})
    assert constraints.check("ListDevices", params) == {"AccessToken": "a"}


def test_what_the_values_of_a_map_hold():
    member = {"type": "structure", "members": {"Limit": {"type": "integer"}}}
    members = {"Named": {"type": "map", "key": {"type": "string"}, "value": member}}
    shape = DenormalizedStructureBuilder().with_members(members).build_model()
    named = shape.members["Named"]
    named.key.metadata["max"] = 1
    named.value.members["Limit"].metadata["max"] = 5
    check = constraints._compile(named)
    assert check({"a": {"Limit": 5}, "b": None}, "named") == []
    assert check({"a": {"Limit": 6}}, "named") == [
        "Value '6' at 'named.a.member.limit' failed to satisfy constraint: Member must have value"
        " less than or equal to 5"
    ]
    tidied = constraints._tidy(named)({"a": {"Limit": None, "Unknown": 1}, "b": None})
    assert tidied == {"a": {}}
    # Before anything is said of the key.
    for wrong in (10**5000, True, "x"):
        with pytest.raises(ServiceError, match="_VALUE cannot be converted to Integer"):
            check({"aa": {"Limit": wrong}}, "named")
