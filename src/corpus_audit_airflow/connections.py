"""How a task opens a bucket: the credentials of an Airflow connection as the variables that storage clients read.

They live in the environment of the task's own process and nowhere else: no parameter, log, XCom or store holds them.
"""

import json
import os
from collections.abc import MutableMapping
from typing import Any

from airflow.sdk import Param

CONNECTION = Param(
    None,
    type=["null", "string"],
    title="Connection",
    description="Id of the Airflow connection with the credentials for the buckets of root and store. "
    "Empty: none is needed, or the workers' environment has them.",
)

VARIABLES = {
    "aws": {
        "login": "AWS_ACCESS_KEY_ID",
        "password": "AWS_SECRET_ACCESS_KEY",
        "aws_session_token": "AWS_SESSION_TOKEN",
        "region_name": "AWS_REGION",
        "endpoint_url": "AWS_ENDPOINT_URL",
    },
    "google_cloud_platform": {"key_path": "GOOGLE_APPLICATION_CREDENTIALS"},
    "wasb": {
        "login": "AZURE_STORAGE_ACCOUNT_NAME",
        "password": "AZURE_STORAGE_ACCOUNT_KEY",
        "sas_token": "AZURE_STORAGE_SAS_TOKEN",
    },
}
"""For each type of connection, the variable that each of its fields, or of its extra fields, becomes."""


def use_connection(connection_id: str | None, environ: MutableMapping[str, str] = os.environ) -> None:
    """Put the credentials of a connection into this task's environment; none is needed for files on disk."""
    if not connection_id:
        return
    from airflow.sdk import Connection

    environ.update(variables_of(Connection.get(connection_id)))


def variables_of(connection: Any) -> dict[str, str]:
    """Return the variables of a connection; raises ValueError if its type is unknown."""
    if connection.conn_type not in VARIABLES:
        message = f"The connection {connection.conn_id} is none of these types: {', '.join(VARIABLES)}."
        raise ValueError(message)
    fields = json.loads(connection.extra or "{}") | {"login": connection.login, "password": connection.password}
    named = VARIABLES[connection.conn_type]
    return {variable: str(fields[field]) for field, variable in named.items() if fields.get(field)}
