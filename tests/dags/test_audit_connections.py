"""An Airflow connection becomes the variables that storage clients read, and nothing else."""

import json

import pytest


@pytest.fixture(scope="module")
def sdk():
    """What Airflow gives to DAGs, loaded only where these tests run: it takes seconds."""
    return pytest.importorskip("airflow.sdk")


@pytest.fixture(scope="module")
def connections(sdk):
    """The module that is tested, which imports Airflow too."""
    return pytest.importorskip("corpus_audit_airflow.connections")


@pytest.mark.parametrize(
    ("fields", "variables"),
    [
        (
            {"conn_type": "aws", "login": "k", "password": "s", "extra": json.dumps({"endpoint_url": "http://h:1"})},
            {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_ENDPOINT_URL": "http://h:1"},
        ),
        (
            {"conn_type": "google_cloud_platform", "extra": json.dumps({"key_path": "/k.json", "project": "p"})},
            {"GOOGLE_APPLICATION_CREDENTIALS": "/k.json"},
        ),
        (
            {"conn_type": "wasb", "login": "account", "password": "k"},
            {"AZURE_STORAGE_ACCOUNT_NAME": "account", "AZURE_STORAGE_ACCOUNT_KEY": "k"},
        ),
    ],
)
def test_credentials_become_variables(sdk, connections, fields, variables):
    connection = sdk.Connection(conn_id="c", **fields)
    assert connections.variables_of(connection) == variables


def test_another_type_is_told_without_its_credentials(sdk, connections):
    with pytest.raises(ValueError, match="none of these types") as caught:
        connections.variables_of(sdk.Connection(conn_id="c", conn_type="http", password="hidden"))
    assert "hidden" not in str(caught.value)


def test_no_connection_changes_nothing(connections):
    environ = {"A": "b"}
    connections.use_connection(None, environ)
    assert environ == {"A": "b"}
