from __future__ import annotations

import gc
import itertools
import types
import weakref

import botocore
import botocore.awsrequest
import botocore.session
import botocore.useragent
import pytest
from botocore.config import Config
from botocore.endpoint_provider import ParameterDefinition
from botocore.regions import EndpointResolverBuiltins, EndpointRulesetResolver

from pytest_cognito_devices import FakeCognito, replaced, shortcuts

WORDS = ["boto3/1.0", "Ada's laptop", "md/Botocore#1.43.0", "", "Größe"]
EVENT = "before-call.cognito-identity-provider.{}"
OPERATIONS = {
    "ListDevices": {"AccessToken": "a"},
    "AdminGetDevice": {"UserPoolId": "us-east-1_a", "Username": "ada", "DeviceKey": "us-east-1_a"},
}
CLIENTS = {
    "an ordinary one": {"region_name": "us-east-1"},
    "of another partition": {"region_name": "cn-north-1"},
    "with an address of its own": {
        "region_name": "us-east-1",
        "endpoint_url": "https://cognito.example/idp?a=b",
    },
    "without encryption": {"region_name": "us-east-1", "use_ssl": False},
    "of FIPS": {"region_name": "us-east-1", "config": Config(use_fips_endpoint=True)},
    "of both stacks": {"region_name": "us-east-1", "config": Config(use_dualstack_endpoint=True)},
    "with a header of its own": {"region_name": "us-east-1", "config": Config(user_agent="me")},
}
asks_callables = pytest.mark.skipif(
    not hasattr(EndpointResolverBuiltins, "ACCOUNT_ID"), reason="an older botocore asks nobody"
)


class Answer:
    """As much of one as botocore reads."""

    status_code = 200


def new_client(service="cognito-idp", region_name="us-east-1", **options):
    return botocore.session.Session().create_client(
        service,
        region_name=region_name,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        **options,
    )


def answered(client, operation="ListDevices"):
    """A list of the requests that come from a client, which something else than the fake answers.

    More to the point than the hook of the fake, so that it comes first.
    """
    seen = []

    def answer(params, context, **_):
        request = {**params, "headers": dict(params["headers"])}
        del request["context"]
        about = {name: context.get(name) for name in ("auth_type", "signing", "client_region")}
        seen.append((request, about))
        return Answer, {}

    client.meta.events.register_first(EVENT.format(operation), answer)
    return seen


def call(client, operation="ListDevices"):
    client._make_api_call(operation, OPERATIONS[operation])


@pytest.mark.parametrize("options", CLIENTS.values(), ids=CLIENTS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_is_what_it_was(options, operation):
    client = new_client(**options)
    seen = answered(client, operation)
    call(client, operation)
    with FakeCognito():
        call(client, operation)
        call(client, operation)
    call(client, operation)
    request, _ = seen[0]
    assert request["url"].startswith("http")
    assert request["headers"]["User-Agent"]
    assert seen == [seen[0]] * 4


class TestWords:
    @pytest.fixture
    def cleaned(self, monkeypatch):
        """The words that botocore has cleaned."""
        clean, seen = botocore.useragent.sanitize_user_agent_string_component, []

        def counted(raw_str, allow_hash):
            seen.append(raw_str)
            return clean(raw_str, allow_hash)

        monkeypatch.setattr(botocore.useragent, "sanitize_user_agent_string_component", counted)
        yield seen
        replaced.restore()

    def test_are_cleaned_once(self, cleaned):
        shortcuts.take()
        for word in WORDS * 2:
            botocore.useragent.sanitize_user_agent_string_component(word, allow_hash=True)
        assert cleaned == WORDS

    def test_and_not_again_for_the_next_fake(self, cleaned):
        for _ in range(2):
            with FakeCognito():
                botocore.useragent.sanitize_user_agent_string_component("word", allow_hash=True)
        assert cleaned == ["word"]

    def test_are_what_they_were(self):
        def all_words():
            clean = botocore.useragent.sanitize_user_agent_string_component
            return [clean(word, allow_hash=allowed) for word in WORDS for allowed in (True, False)]

        before = all_words()
        with FakeCognito():
            assert all_words() == before
            assert all_words() == before


class TestEndpoints:
    @pytest.fixture
    def resolved(self, monkeypatch):
        """The operations whose endpoint botocore has worked out."""
        construct, seen = EndpointRulesetResolver.construct_endpoint, []

        def counted(self, operation_model, call_args, request_context):
            seen.append(operation_model.name)
            return construct(self, operation_model, call_args, request_context)

        monkeypatch.setattr(EndpointRulesetResolver, "construct_endpoint", counted)
        yield seen
        replaced.restore()

    def test_are_worked_out_once_for_a_client_and_an_operation(self, resolved):
        clients = new_client(), new_client()
        with FakeCognito():
            for client in clients:
                for operation in OPERATIONS:
                    seen = answered(client, operation)
                    call(client, operation)
                    call(client, operation)
                    assert len(seen) == 2
        assert resolved == [*OPERATIONS, *OPERATIONS]

    def test_handlers_have_their_say_in_every_call(self, resolved):
        client, endpoints = new_client(), iter(["https://a.example", "https://b.example", None])

        def customize(builtins, **_):
            builtins["SDK::Endpoint"] = next(endpoints)

        client.meta.events.register("before-endpoint-resolution", customize)
        seen = answered(client)
        with FakeCognito():
            for _ in range(3):
                call(client)
        assert [request["url"] for request, _ in seen] == [
            "https://a.example/",
            "https://b.example/",
            "https://cognito-idp.us-east-1.amazonaws.com/",
        ]
        assert list(endpoints) == []

    def test_what_handlers_keep_and_change_later_is_theirs(self, resolved):
        client, kept = new_client(), []
        client.meta.events.register(
            "before-endpoint-resolution", lambda builtins, **_: kept.append(builtins)
        )
        answered(client)
        with FakeCognito():
            call(client)
            kept[0].clear()
            call(client)
        assert resolved == ["ListDevices"]

    @asks_callables
    def test_a_handler_may_answer_for_itself_each_time(self):
        client, numbers = new_client(), itertools.count(1)

        def customize(builtins, **_):
            builtins["SDK::Endpoint"] = lambda: f"https://{next(numbers)}.example"

        client.meta.events.register("before-endpoint-resolution", customize)
        seen = answered(client)
        with FakeCognito():
            call(client)
            call(client)
        assert [request["url"] for request, _ in seen] == [
            "https://1.example/",
            "https://2.example/",
        ]

    @asks_callables
    def test_what_the_rules_ask_somebody_for_is_asked_for_every_time(self, monkeypatch, resolved):
        """As the id of the account, which some services have in their addresses."""
        client = new_client()
        resolver = client._ruleset_resolver
        account = ParameterDefinition("AccountId", "String", builtIn="AWS::Auth::AccountId")
        monkeypatch.setitem(resolver._builtins, account.builtin, lambda: None)
        monkeypatch.setitem(resolver._param_definitions, account.name, account)
        answered(client)
        with FakeCognito():
            call(client)
            call(client)
        assert resolved == ["ListDevices"] * 2

    @pytest.mark.parametrize(
        ("which", "parameters"),
        [
            ("static_context_parameters", [types.SimpleNamespace(name="Account", value="1")]),
            ("context_parameters", [types.SimpleNamespace(name="Account", member_name="Limit")]),
            ("operation_context_parameters", {"Account": {"path": "Limit"}}),
        ],
    )
    def test_an_operation_that_has_a_part_in_it_is_asked_every_time(
        self, resolved, which, parameters
    ):
        client = new_client()
        model = client.meta.service_model.operation_model("ListDevices")
        setattr(model, which, parameters)
        answered(client)
        with FakeCognito():
            call(client)
            call(client)
        assert resolved == ["ListDevices"] * 2

    def test_a_resolver_of_somebody_elses_kind_is_asked_every_time(self, resolved):
        client = new_client()
        resolver = client._ruleset_resolver
        resolver.__class__ = type("Theirs", (EndpointRulesetResolver,), {})
        answered(client)
        with FakeCognito():
            call(client)
            call(client)
        assert resolved == ["ListDevices"] * 2

    def test_handlers_that_know_the_client_do_not_keep_it_alive(self):
        client = new_client()
        reference = weakref.ref(client)

        def customize(builtins, **_):
            builtins["Client"] = reference()

        client.meta.events.register("before-endpoint-resolution", customize)
        answered(client)
        with FakeCognito():
            call(client)
            call(client)
        del client
        gc.collect()
        assert reference() is None

    def test_no_operation_has_so_far(self):
        model = new_client().meta.service_model
        operations = map(model.operation_model, model.operation_names)
        assert not any(
            getattr(operation, name, None)
            for operation in operations
            for name in shortcuts._CONTEXT
        )

    def test_those_of_other_services_are_none_of_its_business(self, resolved):
        client = new_client("sts")
        client.meta.events.register_first("before-call", lambda **_: (Answer, {}))
        with FakeCognito():
            client.get_caller_identity()
            client.get_caller_identity()
        assert resolved == ["GetCallerIdentity"] * 2

    def test_a_botocore_that_asks_handlers_otherwise_is_left_alone(self, monkeypatch, resolved):
        ask = EndpointRulesetResolver._get_customized_builtins

        def provider_params(self, *asked):
            return {"Region": ask(self, *asked)["AWS::Region"]}

        monkeypatch.setattr(EndpointRulesetResolver, "_get_provider_params", provider_params)
        monkeypatch.delattr(EndpointRulesetResolver, "_get_customized_builtins")
        client = new_client()
        seen = answered(client)
        with FakeCognito():
            call(client)
            call(client)
        assert resolved == ["ListDevices"] * 2
        assert [request["url"] for request, _ in seen] == [
            "https://cognito-idp.us-east-1.amazonaws.com/"
        ] * 2

    def test_and_so_is_one_that_asks_for_endpoints_otherwise(self, monkeypatch):
        construct = EndpointRulesetResolver.construct_endpoint

        def other(self, operation_model, call_args, request_context, more=None):
            return construct(self, operation_model, call_args, request_context)

        monkeypatch.setattr(EndpointRulesetResolver, "construct_endpoint", other)
        with FakeCognito():
            assert EndpointRulesetResolver.construct_endpoint is other


@pytest.mark.parametrize(
    ("owner", "attribute"),
    [
        (botocore.useragent, "sanitize_user_agent_string_component"),
        (botocore.awsrequest, "_urljoin"),
        (EndpointRulesetResolver, "construct_endpoint"),
    ],
)
def test_botocore_has_its_own_back_when_the_last_fake_ends(owner, attribute):
    theirs = getattr(owner, attribute)
    with FakeCognito():
        with FakeCognito():
            pass
        assert getattr(owner, attribute) is not theirs
    assert getattr(owner, attribute) is theirs
