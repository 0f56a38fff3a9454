"""Tokens that the service hands out: what they carry, and what a trigger makes of it."""

from __future__ import annotations

import jwt
import pytest

from handlers import Riddles, put_on, refused
from pytest_cognito_devices.service import api, texts
from said import said

NONSENSE = said(texts.TRIGGER_GAVE_NONSENSE)
ADMIN = "aws.cognito.signin.user.admin"
ACCESS = [
    "sub",
    "device_key",
    "iss",
    "client_id",
    "origin_jti",
    "event_id",
    "token_use",
    "scope",
    "auth_time",
    "exp",
    "iat",
    "jti",
    "username",
]
ID = [
    "sub",
    "email_verified",
    "iss",
    "cognito:username",
    "origin_jti",
    "aud",
    "event_id",
    "token_use",
    "auth_time",
    "exp",
    "iat",
    "jti",
    "email",
]

has_get_tokens = pytest.mark.skipif(
    "GetTokensFromRefreshToken" not in api.model().operation_names,
    reason="the installed botocore has no GetTokensFromRefreshToken",
)


@pytest.fixture
def ada(cognito):
    attributes = {"email": "ada@example.com", "email_verified": "true"}
    return cognito.add_user("ada", attributes=attributes)


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def person(request, make_person, ada):
    return make_person(ada, administrator=request.param)


class Verifier:
    """An application that verifies tokens as PyJWT's documentation says, offline."""

    def __init__(self, pool, app=None):
        self.pool = pool
        self.app = app or pool.client
        self.keys = jwt.PyJWKClient(f"{pool.issuer}/.well-known/jwks.json")
        self.keys.fetch_data = lambda: pool.jwks

    def claims(self, token, **options):
        key = self.keys.get_signing_key_from_jwt(token).key
        return jwt.decode(token, key, algorithms=["RS256"], issuer=self.pool.issuer, **options)

    def access(self, answer):
        return self.claims(answer["AuthenticationResult"]["AccessToken"])

    def id(self, answer):
        return self.claims(answer["AuthenticationResult"]["IdToken"], audience=self.app.id)


@pytest.fixture
def verifier(cognito):
    return Verifier(cognito.pool)


class TestClaims:
    def test_of_the_access_token(self, cognito, ada, person, verifier):
        cognito.freeze_time("2026-01-31 12:00")
        tokens = person.start_with_password()
        claims = verifier.access(tokens)
        assert list(claims) == ACCESS
        now = 1769860800
        random = {name: claims.pop(name) for name in ("origin_jti", "event_id", "jti")}
        assert claims == {
            "sub": ada.sub,
            "device_key": tokens["AuthenticationResult"]["NewDeviceMetadata"]["DeviceKey"],
            "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{cognito.pool.id}",
            "client_id": cognito.pool.client.id,
            "token_use": "access",
            "scope": ADMIN,
            "auth_time": now,
            "exp": now + 3600,
            "iat": now,
            "username": "ada",
        }
        assert len(set(random.values())) == 3

    def test_of_the_id_token(self, cognito, ada, person, verifier):
        cognito.freeze_time("2026-01-31 12:00")
        tokens = person.start_with_password()
        claims, access = verifier.id(tokens), verifier.access(tokens)
        assert list(claims) == ID
        assert claims.pop("jti") != access["jti"]
        assert claims == {
            "sub": ada.sub,
            "email_verified": True,
            "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{cognito.pool.id}",
            "cognito:username": "ada",
            "origin_jti": access["origin_jti"],
            "aud": cognito.pool.client.id,
            "event_id": access["event_id"],
            "token_use": "id",
            "auth_time": 1769860800,
            "exp": 1769864400,
            "iat": 1769860800,
            "email": "ada@example.com",
        }

    def test_the_two_are_signed_with_different_keys(self, person, verifier):
        result = person.start_with_password()["AuthenticationResult"]
        headers = [jwt.get_unverified_header(result[name]) for name in ("AccessToken", "IdToken")]
        assert [set(header) for header in headers] == [{"kid", "alg"}] * 2
        known = [key["kid"] for key in verifier.pool.jwks["keys"]]
        assert sorted(header["kid"] for header in headers) == sorted(known)

    def test_attributes(self, ada, person, verifier):
        ada.attributes = {
            "phone_number_verified": "false",
            "phone_number": "+441234567",
            "custom:team": "engine",
        }
        claims = verifier.id(person.start_with_password())
        first = [name for name in ID if not name.startswith("email")]
        assert list(claims) == [*first, *ada.attributes]
        assert claims["phone_number_verified"] is False
        assert claims["custom:team"] == "engine"

    @pytest.mark.parametrize("remembered", [True, False])
    def test_of_a_sign_in_with_a_device(self, ada, person, verifier, remembered):
        phone = ada.add_device(remembered=remembered)
        tokens = person.takes(phone).start_with_password(**person.device)
        if remembered:
            tokens = person.prove_device(tokens)
        assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]
        assert verifier.access(tokens)["device_key"] == phone.key
        assert "device_key" not in verifier.id(tokens)

    def test_of_a_sign_in_without_a_key(self, cognito, person, verifier):
        """By custom challenges alone, and in a pool that tracks no devices."""
        Riddles(cognito.pool)
        without = person.answer(person.start("CUSTOM_AUTH"), ANSWER="5")
        cognito.pool.device_tracking = "off"
        for tokens in (without, person.start_with_password()):
            assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]
            assert list(verifier.access(tokens)) == [
                name for name in ACCESS if name != "device_key"
            ]

    @pytest.mark.parametrize(
        ("settings", "has_one"),
        [
            ({"enable_token_revocation": False}, False),
            ({"enable_token_revocation": False, "refresh_token_rotation": 10}, True),
            ({"refresh_token_rotation": 10}, True),
        ],
    )
    def test_of_a_client_without_revocation(self, cognito, make_person, ada, settings, has_one):
        app = cognito.pool.add_client(**settings)
        tokens = make_person(ada, app=app).start_with_password()
        verifier = Verifier(cognito.pool, app)
        for claims in (verifier.access(tokens), verifier.id(tokens)):
            assert ("origin_jti" in claims, "jti" in claims) == (has_one, has_one)

    def test_lives_of_the_client(self, cognito, make_person, ada):
        cognito.freeze_time("2026-01-31 12:00")
        app = cognito.pool.add_client(access_token_validity=300, id_token_validity=600)
        tokens = make_person(ada, app=app).start_with_password()
        verifier = Verifier(cognito.pool, app)
        access, id_ = verifier.access(tokens), verifier.id(tokens)
        assert tokens["AuthenticationResult"]["ExpiresIn"] == 300
        assert access["exp"] - access["iat"] == 300
        assert id_["exp"] - id_["iat"] == 600

    def test_the_answer(self, person):
        tokens = person.start_with_password()
        assert set(tokens) == {"AuthenticationResult", "ChallengeParameters", "ResponseMetadata"}
        assert tokens["ChallengeParameters"] == {}
        result = tokens["AuthenticationResult"]
        assert (result["ExpiresIn"], result["TokenType"]) == (3600, "Bearer")
        assert result["RefreshToken"].startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwi")

    def test_the_answer_as_on_the_wire(self, cognito, make_person, ada):
        make_person(ada).start_with_password()
        assert list(cognito.calls.last.response["AuthenticationResult"]) == [
            "AccessToken",
            "ExpiresIn",
            "IdToken",
            "NewDeviceMetadata",
            "RefreshToken",
            "TokenType",
        ]


class TestRefreshing:
    @pytest.fixture
    def signed_in(self, cognito, person):
        """Tokens on a device that is confirmed, an hour ago."""
        clock = cognito.freeze_time("2026-01-31 12:00")
        tokens = person.start_with_password()
        person.confirm_device(tokens)
        clock.tick(3600)
        return tokens

    def test_the_claims(self, cognito, person, verifier, signed_in):
        token = signed_in["AuthenticationResult"]["RefreshToken"]
        answer = person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, **person.device)
        assert set(answer["AuthenticationResult"]) == {
            "AccessToken",
            "ExpiresIn",
            "IdToken",
            "TokenType",
        }
        refreshed = verifier.access(answer), verifier.id(answer)
        cognito.freeze_time("2026-01-31 12:00")
        first = verifier.access(signed_in), verifier.id(signed_in)
        for before, after in zip(first, refreshed, strict=True):
            assert list(before) == list(after)
            assert after["jti"] != before["jti"]
            assert after == {
                **before,
                "iat": before["iat"] + 3600,
                "exp": before["exp"] + 3600,
                "jti": after["jti"],
            }
            assert after["auth_time"] == 1769860800

    @has_get_tokens
    def test_rotation(self, cognito, client, ada, verifier):
        cognito.pool.device_tracking = "off"
        cognito.pool.client.refresh_token_rotation = 0
        token = ada.refresh_token
        answer = client.get_tokens_from_refresh_token(
            ClientId=cognito.pool.client.id, RefreshToken=token
        )
        assert set(answer["AuthenticationResult"]) == {
            "AccessToken",
            "ExpiresIn",
            "IdToken",
            "RefreshToken",
            "TokenType",
        }
        assert answer["AuthenticationResult"]["RefreshToken"] != token
        before = verifier.claims(ada.access_token)
        assert verifier.access(answer)["auth_time"] == before["auth_time"]

    def test_attributes_as_they_are_now(self, ada, person, verifier, signed_in):
        ada.attributes["email"] = "ada@example.org"
        token = signed_in["AuthenticationResult"]["RefreshToken"]
        answer = person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, **person.device)
        assert verifier.id(answer)["email"] == "ada@example.org"


#: Claims that no trigger changes, of either token.
FIXED = [
    "acr",
    "amr",
    "at_hash",
    "auth_time",
    "azp",
    "client_id",
    "cognito:groups",
    "cognito:preferred_role",
    "cognito:roles",
    "cognito:token_nbf",
    "cognito:username",
    "device_key",
    "event_id",
    "exp",
    "iat",
    "identities",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "origin_jti",
    "scope",
    "sub",
    "token_use",
    "username",
    "version",
]


class Trigger:
    """A sign-in with a PreTokenGeneration that answers something, and the claims of its tokens."""

    def __init__(self, pool, verifier, person):
        self.pool = pool
        self.verifier = verifier
        self.person = person

    def sign_in(self, response, version):
        name = "claimsOverrideDetails" if version == "V1_0" else "claimsAndScopeOverrideDetails"
        self.handler = put_on(
            self.pool, "PreTokenGeneration", {name: response}, lambda_version=version
        )
        return self.person.start_with_password()

    def claims(self, response, version):
        tokens = self.sign_in(response, version)
        return self.verifier.access(tokens), self.verifier.id(tokens)


@pytest.fixture
def trigger(cognito, verifier, make_person, ada):
    return Trigger(cognito.pool, verifier, make_person(ada))


both_versions = pytest.mark.parametrize("version", ["V2_0", "V3_0"])


class TestFirstVersion:
    def test_nothing(self, trigger):
        for response in (None, {}):
            access, id_ = trigger.claims(response, "V1_0")
            assert (list(access), list(id_)) == (ACCESS, ID)

    def test_claims_of_the_id_token_alone(self, trigger):
        access, id_ = trigger.claims(
            {
                "claimsToAddOrOverride": {"team": "engine", "email": "hidden"},
                "claimsToSuppress": ["email_verified", "unknown"],
            },
            "V1_0",
        )
        assert list(access) == ACCESS
        assert list(id_) == [*(name for name in ID if name != "email_verified"), "team"]
        assert (id_["team"], id_["email"]) == ("engine", "hidden")

    def test_suppressing_is_stronger(self, trigger):
        claims = {"team": "engine", "email": "hidden"}
        response = {"claimsToAddOrOverride": claims, "claimsToSuppress": list(claims)}
        _, id_ = trigger.claims(response, "V1_0")
        assert list(id_) == [name for name in ID if name != "email"]

    def test_claims_are_strings(self, trigger):
        claims = {"level": 3, "admin": True, "nothing": None}
        _, id_ = trigger.claims({"claimsToAddOrOverride": claims}, "V1_0")
        assert (id_["level"], id_["admin"]) == ("3", "true")
        assert "nothing" not in id_

    def test_members_of_the_second_are_not_read(self, trigger):
        access, id_ = trigger.claims(
            {
                "idTokenGeneration": {"claimsToAddOrOverride": {"team": "engine"}},
                "accessTokenGeneration": {"scopesToAdd": ["read"]},
            },
            "V1_0",
        )
        assert (list(access), list(id_), access["scope"]) == (ACCESS, ID, ADMIN)

    @pytest.mark.parametrize("claim", [*FIXED, "aud", "dev:mode"])
    def test_claims_that_stay(self, trigger, claim):
        access, id_ = trigger.claims({"claimsToAddOrOverride": {claim: "x"}}, "V1_0")
        assert (list(access), list(id_)) == (ACCESS, ID)
        assert "x" not in [*access.values(), *id_.values()]
        access, id_ = trigger.claims({"claimsToSuppress": [claim]}, "V1_0")
        assert (list(access), list(id_)) == (ACCESS, ID)

    @pytest.mark.parametrize(
        "response",
        [
            [],
            "none",
            {"claimsToAddOrOverride": ["team"]},
            {"claimsToAddOrOverride": {"teams": ["engine"]}},
            {"claimsToAddOrOverride": {"team": {"name": "engine"}}},
            {"claimsToSuppress": "email"},
            {"claimsToSuppress": {"email": True}},
            {"claimsToSuppress": [["email"]]},
            {"groupOverrideDetails": []},
            {"groupOverrideDetails": {"groupsToOverride": "admins"}},
            {"groupOverrideDetails": {"iamRolesToOverride": [1]}},
            {"groupOverrideDetails": {"preferredRole": ["admin"]}},
        ],
    )
    def test_nonsense(self, trigger, response):
        with refused(*NONSENSE):
            trigger.sign_in(response, "V1_0")


class TestGroups:
    @pytest.mark.parametrize("version", ["V1_0", "V2_0", "V3_0"])
    def test_those_that_the_trigger_gives(self, trigger, version):
        role = "arn:aws:iam::123456789012:role/admin"
        details = {
            "groupsToOverride": ["admins", "staff"],
            "iamRolesToOverride": [role],
            "preferredRole": role,
        }
        access, id_ = trigger.claims({"groupOverrideDetails": details}, version)
        assert list(access) == [*ACCESS, "cognito:groups"]
        assert list(id_) == [*ID, "cognito:groups", "cognito:preferred_role", "cognito:roles"]
        assert access["cognito:groups"] == id_["cognito:groups"] == ["admins", "staff"]
        assert id_["cognito:preferred_role"] == role
        assert id_["cognito:roles"] == [role]

    @pytest.mark.parametrize(
        "details",
        [None, {}, {"groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": None}],
    )
    def test_none(self, trigger, details):
        access, id_ = trigger.claims({"groupOverrideDetails": details}, "V1_0")
        assert (list(access), list(id_)) == (ACCESS, ID)

    @pytest.mark.parametrize("version", ["V1_0", "V2_0"])
    def test_those_of_the_user(self, trigger, ada, version):
        """They stay unless the trigger says something about them."""
        role = "arn:aws:iam::123456789012:role/admin"
        ada.pool.add_group("admins", role_arn=role)
        ada.groups = ["admins"]
        access, id_ = trigger.claims({}, version)
        assert (access["cognito:groups"], id_["cognito:groups"]) == (["admins"], ["admins"])
        assert id_["cognito:preferred_role"] == role
        assert trigger.handler.requests[-1]["groupConfiguration"] == {
            "groupsToOverride": ["admins"],
            "iamRolesToOverride": [role],
            "preferredRole": role,
        }
        access, id_ = trigger.claims({"groupOverrideDetails": {}}, version)
        assert (list(access), list(id_)) == (ACCESS, ID)
        others = {"groupOverrideDetails": {"groupsToOverride": ["staff"]}}
        access, id_ = trigger.claims(others, version)
        assert (access["cognito:groups"], id_["cognito:groups"]) == (["staff"], ["staff"])
        assert "cognito:roles" not in id_

    def test_the_trigger_suppresses_them(self, trigger):
        """All three by the name of the first."""
        details = {"groupsToOverride": ["admins"], "preferredRole": "admin"}
        suppressed = {"claimsToSuppress": ["cognito:groups"]}
        access, id_ = trigger.claims(
            {"groupOverrideDetails": details, "idTokenGeneration": suppressed}, "V2_0"
        )
        assert list(access) == [*ACCESS, "cognito:groups"]
        assert list(id_) == ID


@both_versions
class TestSecondVersion:
    def test_nothing(self, trigger, version):
        for response in (None, {}, {"idTokenGeneration": None, "accessTokenGeneration": {}}):
            access, id_ = trigger.claims(response, version)
            assert (list(access), list(id_), access["scope"]) == (ACCESS, ID, ADMIN)

    def test_claims_of_both_tokens(self, trigger, version):
        claims = {
            "number": 9223372036854775807,
            "flag": False,
            "list": ["test", 5, True],
            "map": {"a": {"b": "c"}},
        }
        access, id_ = trigger.claims(
            {
                "idTokenGeneration": {
                    "claimsToAddOrOverride": claims,
                    "claimsToSuppress": ["email"],
                },
                "accessTokenGeneration": {
                    "claimsToAddOrOverride": {**claims, "team": "engine"},
                    "claimsToSuppress": ["email", "team"],
                },
            },
            version,
        )
        assert list(access) == [*ACCESS, *claims]
        assert list(id_) == [*(name for name in ID if name != "email"), *claims]
        for token in (access, id_):
            assert {name: token[name] for name in claims} == claims

    @pytest.mark.parametrize("claim", [*FIXED, "dev:mode"])
    def test_claims_that_stay(self, trigger, version, claim):
        for change in ({"claimsToAddOrOverride": {claim: "x"}}, {"claimsToSuppress": [claim]}):
            access, id_ = trigger.claims(
                {"idTokenGeneration": change, "accessTokenGeneration": change}, version
            )
            assert (list(access), list(id_)) == (ACCESS, ID)
            assert "x" not in [*access.values(), *id_.values()]

    def test_the_audience_of_an_access_token_is_its_client(self, cognito, trigger, version):
        app = cognito.pool.client.id
        for given, has_one in ((app, True), ("another", False)):
            change = {"claimsToAddOrOverride": {"aud": given}}
            tokens = trigger.sign_in(
                {"idTokenGeneration": change, "accessTokenGeneration": change}, version
            )
            token = tokens["AuthenticationResult"]["AccessToken"]
            claims = jwt.decode(token, options={"verify_signature": False})
            assert claims.get("aud") == (app if has_one else None)
            assert trigger.verifier.id(tokens)["aud"] == app

    @pytest.mark.parametrize(
        ("details", "scope"),
        [
            ({"scopesToAdd": ["openid", "api/read"]}, f"{ADMIN} openid api/read"),
            ({"scopesToAdd": ["openid", ADMIN, "openid"]}, f"{ADMIN} openid"),
            ({"scopesToSuppress": ["phone"]}, ADMIN),
            ({"scopesToAdd": ["openid"], "scopesToSuppress": [ADMIN]}, "openid"),
            ({"scopesToAdd": ["openid"], "scopesToSuppress": ["openid"]}, ADMIN),
            ({"scopesToSuppress": [ADMIN]}, ""),
            ({"scopesToAdd": None, "scopesToSuppress": None}, ADMIN),
        ],
    )
    def test_scopes(self, trigger, version, details, scope):
        access, _ = trigger.claims({"accessTokenGeneration": details}, version)
        assert list(access) == ACCESS
        assert access["scope"] == scope

    def test_a_token_without_the_scope_for_it(self, client, ada, trigger, version):
        details = {"accessTokenGeneration": {"scopesToSuppress": [ADMIN]}}
        token = trigger.sign_in(details, version)["AuthenticationResult"]["AccessToken"]
        with refused(*said(texts.ACCESS_TOKEN_WITHOUT_SCOPE)):
            client.list_devices(AccessToken=token)

    def test_a_scope_that_a_trigger_adds_is_as_good(self, cognito, client, ada, trigger, version):
        cognito.pool.device_tracking = "off"
        narrow = ada.sign_in(scope="openid")
        with refused(*said(texts.ACCESS_TOKEN_WITHOUT_SCOPE)):
            client.global_sign_out(AccessToken=narrow.access_token)
        details = {"accessTokenGeneration": {"scopesToAdd": [ADMIN]}}
        response = {"claimsAndScopeOverrideDetails": details}
        put_on(cognito.pool, "PreTokenGeneration", response, lambda_version=version)
        answer = trigger.person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=narrow.refresh_token)
        assert trigger.verifier.access(answer)["scope"] == f"openid {ADMIN}"
        client.global_sign_out(AccessToken=answer["AuthenticationResult"]["AccessToken"])

    @pytest.mark.parametrize(
        "response",
        [
            [],
            {"idTokenGeneration": []},
            {"accessTokenGeneration": "none"},
            {"idTokenGeneration": {"claimsToAddOrOverride": ["team"]}},
            {"accessTokenGeneration": {"claimsToAddOrOverride": ["team"]}},
            {"accessTokenGeneration": {"claimsToSuppress": [5]}},
            {"accessTokenGeneration": {"scopesToAdd": "openid"}},
            {"accessTokenGeneration": {"scopesToAdd": [["openid"]]}},
            {"accessTokenGeneration": {"scopesToAdd": ["two scopes"]}},
            {"accessTokenGeneration": {"scopesToAdd": [""]}},
            {"accessTokenGeneration": {"scopesToSuppress": [{}]}},
        ],
    )
    def test_nonsense(self, ada, trigger, version, response):
        with refused(*NONSENSE):
            trigger.sign_in(response, version)
        assert ada.new_devices == {}


def test_changes_last_until_the_next_refresh(cognito, ada, trigger):
    cognito.pool.device_tracking = "off"
    claims = iter(["first", "second"])

    def response(_request):
        return {"claimsOverrideDetails": {"claimsToAddOrOverride": {"turn": next(claims)}}}

    put_on(cognito.pool, "PreTokenGeneration", response)
    tokens = trigger.person.start_with_password()
    refreshed = trigger.person.start(
        "REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["AuthenticationResult"]["RefreshToken"]
    )
    assert trigger.verifier.id(tokens)["turn"] == "first"
    assert trigger.verifier.id(refreshed)["turn"] == "second"
