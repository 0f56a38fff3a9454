"""Schemas of pools, and what they let users have."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pytest_cognito_devices.service import texts
from said import said

TEAM = {"Name": "team", "AttributeDataType": "String"}


@pytest.fixture
def add(in_pool):
    def add(*attributes):
        return in_pool("add_custom_attributes", CustomAttributes=list(attributes))

    return add


@pytest.fixture
def schema(in_pool):
    """The attributes of the pool's own, by name."""

    def schema():
        described = in_pool("describe_user_pool")["UserPool"]["SchemaAttributes"]
        return {each["Name"]: each for each in described if ":" in each["Name"]}

    return schema


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada")


@pytest.fixture
def write(call):
    def write(user, operation="update_user_attributes", **attributes):
        entries = [{"Name": f"custom:{name}", "Value": attributes[name]} for name in attributes]
        return call(user, operation, UserAttributes=entries)

    return write


def against(*complaints):
    attribute, _, told = "user.".join(f"custom:{each}\n" for each in complaints).partition(": ")
    return said(texts.ATTRIBUTES_REFUSED, attribute=attribute, complaints=told)


class TestAddCustomAttributes:
    def test_they_are_described(self, clock, cognito, add, schema):
        clock.tick(5)
        assert add(TEAM, {"Name": "vip", "DeveloperOnlyAttribute": True}) == {}
        assert schema() == {
            "custom:team": {
                **TEAM,
                "Name": "custom:team",
                "DeveloperOnlyAttribute": False,
                "Mutable": True,
                "Required": False,
                "StringAttributeConstraints": {},
            },
            "dev:custom:vip": {
                "Name": "dev:custom:vip",
                "AttributeDataType": "String",
                "DeveloperOnlyAttribute": True,
                "Mutable": True,
                "Required": False,
                "StringAttributeConstraints": {},
            },
        }
        noon_and_five = datetime(2026, 1, 31, 12, 0, 5, tzinfo=timezone.utc).timestamp()
        assert cognito.pool.last_modified == noon_and_five
        add({"Name": "size"})
        assert list(schema()) == ["custom:team", "dev:custom:vip", "custom:size"]

    def test_a_prefix_is_a_part_of_the_name(self, add, schema):
        add({**TEAM, "Name": "custom:team"})
        assert list(schema()) == ["custom:custom:team"]

    def test_there_is_one_of_a_name(self, add, refused, schema):
        add(TEAM)
        refusal = said(texts.CUSTOM_ATTRIBUTE_EXISTS, attribute="custom:team")
        assert refused(add, {"Name": "size"}, TEAM) == refusal
        assert list(schema()) == ["custom:team"]

    def test_none_is_required(self, add, refused, schema):
        refusal = said(texts.CUSTOM_ATTRIBUTE_REQUIRED)
        assert refused(add, TEAM, {"Name": "size", "Required": True}) == refusal
        assert schema() == {}

    def test_fifty_at_most(self, add, refused, schema):
        for start in (0, 25):
            add(*({"Name": f"a{number}"} for number in range(start, start + 25)))
        assert refused(add, TEAM) == said(texts.CUSTOM_ATTRIBUTES_TOO_MANY)
        assert len(schema()) == 50

    @pytest.mark.parametrize(
        "bounds",
        [
            {"StringAttributeConstraints": {"MinLength": "many"}},
            {"StringAttributeConstraints": {"MinLength": "10", "MaxLength": "9"}},
            {"NumberAttributeConstraints": {"MinValue": "2", "MaxValue": "1"}},
        ],
    )
    def test_bounds_are_numbers_in_order(self, api, add, refused, bounds):
        malformed = said(texts.ATTRIBUTE_BOUNDS_MALFORMED)
        assert refused(add, {**TEAM, **bounds}) == malformed
        params = {"PoolName": "new", "Schema": [{**TEAM, **bounds}]}
        assert refused(api.client.create_user_pool, **params) == malformed


class TestWhatUsersMayHave:
    def test_anything_in_a_seeded_pool(self, write, ada):
        write(ada, team="engines")
        assert ada.attributes == {"custom:team": "engines"}

    @pytest.mark.parametrize(
        "operation", ["update_user_attributes", "admin_update_user_attributes"]
    )
    def test_what_the_schema_has_once_there_is_one(self, add, write, refused, ada, operation):
        add(TEAM)
        write(ada, operation, team="engines")
        refusal = against(
            "size: Attribute does not exist in the schema.",
            "hat: Attribute does not exist in the schema.",
        )
        attributes = {"team": "looms", "size": "7", "hat": "9"}
        assert refused(write, ada, operation, **attributes) == refusal
        assert ada.attributes == {"custom:team": "engines"}

    def test_in_a_pool_of_the_application(self, cognito, api, refused):
        api.client.create_user_pool(PoolName="new", Schema=[TEAM])
        pool = cognito.pools[-1]
        client = pool.add_client()
        size = [{"Name": "custom:size", "Value": "7"}]
        team = [{"Name": "custom:team", "Value": "engines"}]
        refusal = said(
            texts.ATTRIBUTES_AGAINST_SCHEMA,
            complaints="custom:size: Attribute does not exist in the schema.\n",
        )

        def create(**params):
            api.client.admin_create_user(UserPoolId=pool.id, Username="ada", **params)

        def sign_up(**params):
            api.client.sign_up(ClientId=client.id, Username="eve", Password="Passw0rd!", **params)

        for make in (create, sign_up):
            assert refused(make, UserAttributes=size) == refusal
            make(UserAttributes=team)
        assert [user.attributes["custom:team"] for user in pool.users] == ["engines"] * 2

    def test_what_cannot_change_once_it_is_there(self, cognito, add, call, write, refused, api):
        add({**TEAM, "Mutable": False})
        api.client.admin_create_user(
            UserPoolId=cognito.pool.id,
            Username="ada",
            UserAttributes=[{"Name": "custom:team", "Value": "engines"}],
        )
        ada = cognito.pool.user("ada")
        refusal = against("team: Attribute cannot be updated.")
        operation = "admin_update_user_attributes"
        assert refused(write, ada, operation, team="looms") == refusal
        params = {"UserAttributeNames": ["custom:team"]}
        assert refused(call, ada, "admin_delete_user_attributes", **params) == refusal
        assert ada.attributes["custom:team"] == "engines"

    def test_what_is_for_developers(self, add, call, refused, ada):
        add({**TEAM, "DeveloperOnlyAttribute": True})
        params = {"UserAttributes": [{"Name": "dev:custom:team", "Value": "engines"}]}
        refusal = refused(call, ada, "update_user_attributes", **params)
        assert refusal == said(texts.ATTRIBUTE_NOT_AUTHORIZED)
        call(ada, "admin_update_user_attributes", **params)
        assert ada.attributes == {"dev:custom:team": "engines"}

    @pytest.mark.parametrize(
        ("kind", "bounds", "good", "bad", "complaint"),
        [
            ("String", {"MinLength": "2"}, "ab", "a", "Length of the string must be at least 2."),
            ("String", {"MaxLength": "2"}, "ab", "abc", "Length of the string must be at most 2."),
            ("Number", {"MinValue": "-1"}, "-1", "-1.5", "Number must be at least -1."),
            ("Number", {"MaxValue": "10"}, "9.5", "11", "Number must be at most 10."),
            ("Number", {}, "7", "seven", "Value must be a number."),
            ("Boolean", None, "true", "yes", "Value must be true or false."),
            ("DateTime", None, "2026-01-31", None, None),
        ],
    )
    def test_values_that_fit(self, add, write, refused, ada, kind, bounds, good, bad, complaint):
        limits = {} if bounds is None else {f"{kind}AttributeConstraints": bounds}
        add({"Name": "x", "AttributeDataType": kind, **limits})
        write(ada, x=good)
        if bad is not None:
            assert refused(write, ada, x=bad) == against(f"x: {complaint}")
        assert ada.attributes == {"custom:x": good}
        write(ada, x="")
        assert ada.attributes == {}
