"""What the plugin costs who does not use it, and clients that were there first."""

from __future__ import annotations

import sys
import textwrap

import pytest

HEAVY = ["botocore", "boto3", "jwt", "cryptography", "freezegun", "unittest.mock"]


@pytest.fixture
def python(pytester, monkeypatch):
    """Run a script in a process of its own, with a test file beside it."""
    monkeypatch.setenv("PYTHONDEVMODE", "1")

    def python(script, **files):
        for name, text in files.items():
            pytester.makepyfile(**{name: textwrap.dedent(text)})
        path = pytester.makepyfile(script=textwrap.dedent(script))
        return pytester.run(sys.executable, "-W", "error", path)

    return python


PLAIN = ["-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider", "-q"]


def test_costs_nothing_when_unused(python):
    result = python(
        f"""
        import sys, pytest
        code = pytest.main([*{PLAIN}, "test_plain.py"])
        assert "pytest_cognito_devices.plugin" in sys.modules
        loaded = set({HEAVY}) & set(sys.modules)
        sys.exit(f"loaded: {{loaded}}" if loaded else code)
        """,
        test_plain="def test_it(): pass",
    )
    assert result.ret == 0, result.stderr.str()


def test_marks_and_options_cost_nothing_either(python):
    result = python(
        f"""
        import sys, pytest
        assert pytest.main([*{PLAIN}, "--markers"]) == 0
        assert pytest.main([*{PLAIN}, "--fixtures", "test_plain.py"]) == 0
        loaded = set({HEAVY}) & set(sys.modules)
        sys.exit(f"loaded: {{loaded}}" if loaded else 0)
        """,
        test_plain="def test_it(): pass",
    )
    assert result.ret == 0, result.stderr.str()


def test_a_client_made_before_the_plugin_was_loaded(python):
    result = python(
        f"""
        import sys, boto3, pytest
        assert not any(name.startswith("pytest_cognito_devices") for name in sys.modules)
        import builtins
        builtins.client = boto3.client("cognito-idp", region_name="us-east-1")
        builtins.session = boto3.Session()
        sys.exit(pytest.main([*{PLAIN}, "test_it.py"]))
        """,
        test_it="""
        import builtins

        def test_the_client(cognito_devices):
            ada = cognito_devices.add_user("ada", devices=1)
            answer = builtins.client.list_devices(AccessToken=ada.access_token)
            assert len(answer["Devices"]) == 1

        def test_a_client_of_an_earlier_session(cognito_devices):
            ada = cognito_devices.add_user("ada", devices=1)
            client = builtins.session.client("cognito-idp", region_name="us-east-1")
            assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
        """,
    )
    assert result.ret == 0, result.stdout.str()


def test_a_client_made_at_import_and_one_kept_after_the_test(python):
    """The same clients, with the fake and without; nobody listens at the address without it."""
    result = python(
        f"""
        import sys, pytest
        sys.exit(pytest.main([*{PLAIN}, "test_it.py"]))
        """,
        app="""
        import boto3
        from botocore.config import Config

        config = Config(retries={"total_max_attempts": 1}, connect_timeout=5)
        client = boto3.client(
            "cognito-idp",
            region_name="us-east-1",
            endpoint_url="http://127.0.0.1:9",
            config=config,
        )
        """,
        test_it="""
        import app, boto3, pytest
        from botocore.exceptions import EndpointConnectionError

        kept = []

        def test_with_the_fake(cognito_devices):
            ada = cognito_devices.add_user("ada", devices=1)
            kept.append(boto3.client("cognito-idp", endpoint_url="http://127.0.0.1:9",
                                     config=app.config))
            kept.append(ada.access_token)
            for client in (app.client, kept[0]):
                assert len(client.list_devices(AccessToken=kept[1])["Devices"]) == 1

        def test_without():
            for client in (app.client, kept[0]):
                with pytest.raises(EndpointConnectionError):
                    client.list_devices(AccessToken=kept[1])

        def test_with_another_fake(cognito_devices):
            for client in (app.client, kept[0]):
                with pytest.raises(client.exceptions.NotAuthorizedException):
                    client.list_devices(AccessToken=kept[1])
        """,
    )
    assert result.ret == 0, result.stdout.str()


def test_without_pytest(python):
    result = python(
        """
        import sys, boto3
        from pytest_cognito_devices import FakeCognito

        client = boto3.client("cognito-idp", region_name="us-east-1")
        with FakeCognito() as cognito:
            ada = cognito.add_user("ada", devices=1)
            assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
        assert "pytest" not in sys.modules
        """
    )
    assert result.ret == 0, result.stderr.str()


def test_no_socket_is_opened(python):
    """An audit hook sees every address that anything in the process asks for or connects to."""
    result = python(
        f"""
        import sys, pytest
        opened = []
        sys.addaudithook(
            lambda event, args: opened.append((event, args))
            if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname")
            else None
        )
        code = pytest.main([*{PLAIN}, "test_it.py"])
        sys.exit(f"opened: {{opened}}" if opened else code)
        """,
        test_it="""
        import boto3, pytest
        from botocore.exceptions import EndpointConnectionError
        from pytest_cognito_devices import UnhandledOperation

        @pytest.mark.parametrize("wire", [
            pytest.param(False, marks=pytest.mark.cognito_devices(wire=False)),
            pytest.param(True, marks=pytest.mark.cognito_devices(wire=True)),
        ])
        def test_it(cognito_devices, wire):
            ada = cognito_devices.add_user("ada", devices=1)
            client = boto3.client("cognito-idp")
            assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
            pool = cognito_devices.pool.id
            client.admin_list_devices(UserPoolId=pool, Username="ada")
            with pytest.raises(client.exceptions.ResourceNotFoundException):
                client.admin_get_device(
                    UserPoolId=pool, Username="ada", DeviceKey="us-east-1_0"
                )
            with pytest.raises(UnhandledOperation):
                client.list_identity_providers(UserPoolId=pool)
            cognito_devices.simulate("EndpointConnectionError", on="ListUsers")
            with pytest.raises(EndpointConnectionError):
                client.list_users(UserPoolId=pool)
        """,
    )
    assert result.ret == 0, result.stderr.str() + result.stdout.str()
