from __future__ import annotations

import botocore
import botocore.useragent
import pytest

from pytest_cognito_devices import FakeCognito, replaced, user_agent

WORDS = ["boto3/1.0", "Ada's laptop", "md/Botocore#1.43.0", "", "Größe"]


@pytest.fixture
def cleaned(monkeypatch):
    """The words that botocore has cleaned."""
    clean, seen = botocore.useragent.sanitize_user_agent_string_component, []

    def counted(raw_str, allow_hash):
        seen.append(raw_str)
        return clean(raw_str, allow_hash)

    monkeypatch.setattr(botocore.useragent, "sanitize_user_agent_string_component", counted)
    yield seen
    replaced.restore()


def test_a_word_is_cleaned_once(cleaned):
    user_agent.keep_words()
    for word in WORDS * 2:
        botocore.useragent.sanitize_user_agent_string_component(word, allow_hash=True)
    assert cleaned == WORDS


def test_every_word_is_what_it_was():
    def all_words():
        clean = botocore.useragent.sanitize_user_agent_string_component
        return [clean(word, allow_hash=allowed) for word in WORDS for allowed in (True, False)]

    before = all_words()
    with FakeCognito():
        assert all_words() == before
        assert all_words() == before


class Answer:
    """As much of one as botocore reads."""

    status_code = 200


def test_the_header_of_a_call_is_what_it_was(make_client):
    client, seen = make_client(), []

    def note(params, **_):
        seen.append(params["headers"]["User-Agent"])
        return Answer, {}

    # More to the point than the hook of the fake, so that it comes first.
    event = "before-call.cognito-identity-provider.ListDevices"
    client.meta.events.register_first(event, note)
    try:
        client.list_devices(AccessToken="a")
        with FakeCognito():
            client.list_devices(AccessToken="a")
            client.list_devices(AccessToken="a")
    finally:
        client.meta.events.unregister(event, note)
    assert seen[0].startswith(f"Botocore/{botocore.__version__} ")
    assert seen == [seen[0]] * 3


def test_the_next_fake_cleans_nothing_again(cleaned):
    for _ in range(2):
        with FakeCognito():
            botocore.useragent.sanitize_user_agent_string_component("word", allow_hash=True)
    assert cleaned == ["word"]


def test_botocore_has_its_own_back_when_the_last_fake_ends(cleaned):
    theirs = botocore.useragent.sanitize_user_agent_string_component
    with FakeCognito():
        with FakeCognito():
            pass
        assert botocore.useragent.sanitize_user_agent_string_component is not theirs
    assert botocore.useragent.sanitize_user_agent_string_component is theirs
