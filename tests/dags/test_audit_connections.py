"""An Airflow connection becomes the variables that storage clients read, and nothing else."""

import json

import pytest

connections = pytest.importorskip("airflow.sdk")
audit_connections = pytest.importorskip("corpus_audit_airflow.connections")


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
def test_credentials_become_variables(fields, variables):
    connection = connections.Connection(conn_id="c", **fields)
    assert audit_connections.variables_of(connection) == variables


def test_another_type_is_told_without_its_credentials():
    with pytest.raises(ValueError, match="none of these types") as caught:
        audit_connections.variables_of(connections.Connection(conn_id="c", conn_type="http", password="hidden"))
    assert "hidden" not in str(caught.value)


def test_no_connection_changes_nothing():
    environ = {"A": "b"}
    audit_connections.use_connection(None, environ)
    assert environ == {"A": "b"}
