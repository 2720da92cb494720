"""An Airflow connection becomes the variables that storage clients read, and nothing else."""

import importlib.util
import json
from pathlib import Path

import pytest

connections = pytest.importorskip("airflow.sdk")
DAGS = Path(__file__).parents[2] / "dags"


def load_connections():
    """Return the module as Airflow's workers see it, from the folder of DAGs."""
    spec = importlib.util.spec_from_file_location("audit_connections", DAGS / "audit_connections.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    audit_connections = load_connections()
    connection = connections.Connection(conn_id="c", **fields)
    assert audit_connections.variables_of(connection) == variables


def test_another_type_is_told_without_its_credentials():
    audit_connections = load_connections()
    with pytest.raises(ValueError, match="none of these types") as caught:
        audit_connections.variables_of(connections.Connection(conn_id="c", conn_type="http", password="hidden"))
    assert "hidden" not in str(caught.value)


def test_no_connection_changes_nothing():
    environ = {"A": "b"}
    load_connections().use_connection(None, environ)
    assert environ == {"A": "b"}
