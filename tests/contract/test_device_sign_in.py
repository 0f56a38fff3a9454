"""Signing in with a device that is known, or was: section 5.3, and 5.4 about devices."""

from __future__ import annotations

import re

import pytest

from handlers import Riddles
from targets import UNKNOWN_KEY, refusal, words

NOT_FOUND = words("DEVICE_NOT_FOUND")


@pytest.fixture
def standing_in(target):
    """A pool with second factors, for which remembered devices stand in."""
    return target.pool(mfa=True, challenge=True)


@pytest.fixture
def bob(standing_in):
    """A user of it."""
    return standing_in.add_user()


def signed_in(answer):
    """The tokens of a sign-in that is over."""
    assert answer.get("ChallengeName") is None
    return answer["AuthenticationResult"]


# What follows the password.


@pytest.mark.fact("5.3", "observed: tests of amplify-flutter, cognito-srp-helper, AWS's examples")
def test_a_device_in_place_of_a_factor(bob):
    """A remembered device stands in for the second factor where the pool says so."""
    key = bob.add_device()
    bob.set_up_authenticator()
    asked = bob.start_with_password(DEVICE_KEY=key)
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert "NewDeviceMetadata" not in signed_in(bob.prove_device(asked))


@pytest.mark.fact("5.3", "documented: developer guide, 2023; observed: tests of amplify-flutter")
def test_a_device_without_a_factor(bob):
    """A remembered device is asked for its proof, also if no second factor is due."""
    asked = bob.start_with_password(DEVICE_KEY=bob.add_device())
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"


@pytest.mark.fact("5.3", "documented: the service model")
def test_no_device(bob):
    """Without a device the second factor is asked for."""
    bob.set_up_authenticator()
    assert bob.start_with_password()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


@pytest.mark.fact("5.3", "observed: tests of amplify-flutter on real pools")
def test_a_device_that_is_not_remembered(target):
    """A device that is not remembered is not asked for anything, and no new key is given out."""
    bob = target.pool(tracking="opt_in").add_user()
    answer = bob.start_with_password(DEVICE_KEY=bob.add_device())
    assert "NewDeviceMetadata" not in signed_in(answer)


@pytest.mark.fact("5.3", "observed: tests of amplify-flutter on real pools")
def test_a_device_that_is_not_remembered_and_a_factor(bob):
    """A device that is not remembered does not stand in for the second factor."""
    key = bob.add_device()
    bob.set_status(key, "not_remembered")
    code = bob.set_up_authenticator().code()
    asked = bob.start_with_password(DEVICE_KEY=key)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answer = bob.answer(asked, SOFTWARE_TOKEN_MFA_CODE=code, DEVICE_KEY=key)
    assert "NewDeviceMetadata" not in signed_in(answer)


@pytest.mark.fact("5.3", "documented: developer guide")
def test_a_device_remembered_again(bob):
    """A device that is remembered again is asked for its proof again."""
    key = bob.add_device()
    bob.set_status(key, "not_remembered")
    assert "AuthenticationResult" in bob.start_with_password(DEVICE_KEY=key)
    bob.set_status(key, "remembered")
    assert bob.start_with_password(DEVICE_KEY=key)["ChallengeName"] == "DEVICE_SRP_AUTH"


# Where the key may stand.


@pytest.mark.fact("5.3", "observed: clients that work")
def test_a_key_at_the_start(ada):
    """The key of a device may come with InitiateAuth alone."""
    key = ada.add_device()
    asked = ada.prove_password(ada.start_with_srp(DEVICE_KEY=key))
    assert "AuthenticationResult" in ada.prove_device(asked)


@pytest.mark.fact("5.3", "observed: AWS's examples in Java, amplify-js")
def test_a_key_with_the_proof(ada):
    """The key of a device may come with PASSWORD_VERIFIER alone."""
    key = ada.add_device()
    asked = ada.prove_password(ada.start_with_srp(), DEVICE_KEY=key)
    assert "AuthenticationResult" in ada.prove_device(asked)


@pytest.mark.fact("5.3", "observed: amplify-flutter")
def test_a_key_in_both(ada):
    """The key of a device may come with both."""
    assert "AuthenticationResult" in ada.prove_device(
        ada.sign_in_with_srp(DEVICE_KEY=ada.add_device())
    )


@pytest.mark.fact("5.3", "observed: AWS's examples in Java")
def test_a_key_at_another_client(ada, pool):
    """The key of a device is good at every app client of the pool."""
    key = ada.add_device()
    elsewhere = pool.stranger(ada.username, app=pool.add_app())
    elsewhere.has_device(key, ada.srp.device_group_key, ada.srp.device_password)
    asked = elsewhere.start_with_password(DEVICE_KEY=key)
    assert "AuthenticationResult" in elsewhere.prove_device(asked)


@pytest.mark.fact("5.3", "documented: developer guide")
def test_administrators_with_a_device(ada, pool):
    """Administrators sign a user in with a device too."""
    key = ada.add_device()
    administrator = pool.stranger(ada.username, administrator=True)
    administrator.has_device(key, ada.srp.device_group_key, ada.srp.device_password)
    asked = administrator.start_with_password(DEVICE_KEY=key)
    assert "AuthenticationResult" in administrator.prove_device(asked)


# Keys that are of no device.


def unknown(_):
    return UNKNOWN_KEY


def unconfirmed(who):
    return who.new_key()


def forgotten(who):
    key = who.add_device()
    who.forget(key)
    return key


stale = pytest.mark.parametrize("make_stale", [unknown, unconfirmed, forgotten])


@stale
@pytest.mark.fact("5.3", "observed: amplify-flutter, -swift, amazon-cognito-identity-js#206")
def test_a_stale_key_by_srp(ada, make_stale):
    """A key of no device does not fail at InitiateAuth, but where the password is proved."""
    asked = ada.start_with_srp(DEVICE_KEY=(key := make_stale(ada)))
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    assert refusal(ada.prove_password, asked=asked, DEVICE_KEY=key) == NOT_FOUND


@stale
@pytest.mark.fact("5.3", "observed: amazon-cognito-identity-js#206, amplify-js#12188")
def test_the_same_proof_without_the_key(ada, make_stale):
    """The same proof without the key succeeds afterwards."""
    asked = ada.start_with_srp(DEVICE_KEY=(key := make_stale(ada)))
    proof = ada.proof(asked)
    proof.pop("DEVICE_KEY", None)
    assert refusal(ada.answer, asked=asked, **{**proof, "DEVICE_KEY": key}) == NOT_FOUND
    assert "NewDeviceMetadata" in signed_in(ada.answer(asked, **proof))


@stale
@pytest.mark.fact("12.2", "observed: amplify-js#10083")
def test_a_stale_key_by_password(ada, make_stale):
    """A key of no device fails at InitiateAuth with USER_PASSWORD_AUTH."""
    assert refusal(ada.start_with_password, DEVICE_KEY=make_stale(ada)) == NOT_FOUND


@pytest.mark.fact("5.3", "observed: amplify-swift")
def test_a_stale_key_with_a_code(bob):
    """A key of no device fails with the code of a second factor, and the code is not lost."""
    code = bob.set_up_authenticator().code()
    asked = bob.start_with_password()
    given = {"asked": asked, "SOFTWARE_TOKEN_MFA_CODE": code}
    assert refusal(bob.answer, **given, DEVICE_KEY=UNKNOWN_KEY) == NOT_FOUND
    assert "NewDeviceMetadata" in signed_in(bob.answer(**given))


# Proving the device.


@pytest.mark.fact("5.4", "observed: amplify-flutter and the .NET SDK need all of them")
def test_what_a_proof_is_made_of(ada):
    """DEVICE_PASSWORD_VERIFIER serves salt, number, block, the name and the key."""
    key = ada.add_device()
    asked = ada.begin_device(ada.start_with_password(DEVICE_KEY=key))
    assert asked["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    parameters = asked["ChallengeParameters"]
    assert {*parameters} == {"SALT", "SRP_B", "SECRET_BLOCK", "USERNAME", "DEVICE_KEY"}
    assert parameters["DEVICE_KEY"] == key
    assert re.fullmatch("[0-9a-f]+", parameters["SALT"])


@pytest.mark.fact("5.4", "observed: AWS's examples in Python and Java, pycognito")
def test_a_proof_without_sessions(ada):
    """The proof of a device needs no sessions."""
    asked = ada.start_with_password(DEVICE_KEY=ada.add_device())
    assert "AuthenticationResult" in ada.prove_device(asked, session=False)


@pytest.mark.fact("5.4", "observed: the .NET SDK, amazon-cognito-identity-js")
def test_a_proof_with_sessions(ada):
    """The proof of a device may have the sessions that the service gave."""
    asked = ada.start_with_password(DEVICE_KEY=ada.add_device())
    assert "AuthenticationResult" in ada.prove_device(asked, session=True)


@pytest.mark.fact("6", "observed: pycognito, and test vectors of the arithmetic")
def test_another_secret(ada):
    """A device with another secret is told that the password is wrong."""
    key = ada.add_device()
    ada.srp.device_password = "another"
    asked = ada.begin_device(ada.start_with_password(DEVICE_KEY=key))
    assert refusal(ada.answer_device, asked=asked) == words("INCORRECT")


@pytest.mark.fact("12.1", "assumed: as PASSWORD_VERIFIER, where it was measured")
def test_a_malformed_timestamp(ada):
    """The proof of a device whose time is written otherwise is wrong too."""
    asked = ada.begin_device(ada.start_with_password(DEVICE_KEY=ada.add_device()))
    proof = ada.srp.process_device_challenge(asked["ChallengeParameters"])
    proof["TIMESTAMP"] = proof["TIMESTAMP"].replace("UTC", "GMT")
    assert refusal(ada.answer, asked=asked, **proof) == words("INCORRECT")


@pytest.mark.fact("5.5", "observed: amplify-js#10582")
def test_a_device_without_a_password(ada):
    """DEVICE_SRP_AUTH needs a proof of the password before."""
    ada.add_device()
    said = refusal(
        ada.answer,
        asked={"ChallengeName": "DEVICE_SRP_AUTH"},
        SRP_A=ada.srp_a,
        **ada.device,
    )
    assert said == words("DEVICE_NEEDS_FIRST_FACTOR")


@pytest.mark.fact("8", "observed: amplify-js#12188, amplify-android#2605")
def test_starting_afresh(ada, pool):
    """A client that has lost its device signs in without a key, and gets a new one."""
    key = forgotten(ada)
    fresh = pool.stranger(ada.username)
    assert refusal(fresh.start_with_password, DEVICE_KEY=key) == NOT_FOUND
    assert fresh.add_device() in fresh.listed()


@pytest.mark.fact("5.3", "documented: developer guide")
def test_two_devices(ada):
    """A user signs in with any of several devices."""
    first, secret = ada.add_device(), (ada.srp.device_group_key, ada.srp.device_password)
    second = ada.add_device()
    assert "AuthenticationResult" in ada.prove_device(ada.start_with_password(DEVICE_KEY=second))
    ada.has_device(first, *secret)
    assert "AuthenticationResult" in ada.prove_device(ada.start_with_password(DEVICE_KEY=first))


# Custom challenges.


@pytest.mark.needs("Lambda functions")
@pytest.mark.fact("5.3", "documented: developer guide; observed: tests of amplify-flutter")
def test_a_device_after_a_custom_challenge(target):
    """After the last custom challenge a remembered device is asked for its proof."""
    ada = target.new_pool().add_user()
    key = ada.add_device()
    Riddles(ada.pool.seeded)
    asked = ada.start("CUSTOM_AUTH", DEVICE_KEY=key)
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    asked = ada.answer(asked, ANSWER="5", DEVICE_KEY=key)
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert "AuthenticationResult" in ada.prove_device(asked)


@pytest.mark.needs("Lambda functions")
@pytest.mark.fact("11", "observed: AWS's staff, amplify-js#14909")
def test_a_key_after_a_password_and_a_custom_challenge(target):
    """CUSTOM_AUTH on the way through PASSWORD_VERIFIER gives out a device key."""
    ada = target.new_pool().add_user()
    Riddles(ada.pool.seeded, order=(None, "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "tokens"))
    asked = ada.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=ada.srp_a)
    asked = ada.prove_password(asked)
    answer = ada.answer(asked, ANSWER="5")
    assert "NewDeviceMetadata" in answer["AuthenticationResult"]
