"""One whole Airflow for all tests of this folder, which one worker runs: to start it takes half a minute."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.export.bundle.keys import create_keys
from dags.embedded_airflow import EmbeddedAirflow
from dags.standing import places
from dags.standing_airflow import StandingAirflow, free_port, smtp_connection, standing_airflow
from integration.object_store import KEY, SECRET, running_server, server_program

DAGS = (
    *("audit_harbour", "watch_bucket", "refresh_references"),
    *("gated", "audit_dataset", "clean_dataset", "review_audit", "train_on_approved_tales"),
)
"""The DAGs that tests wait for: at least one of each file."""


class Mailbox:
    """Keeps what a mail server was given: who to, and subject and text."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[tuple[list[str], str, str]] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content)
        parts = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
        body = b"".join(part for part in parts if isinstance(part, bytes)).decode()
        self.mails.append((envelope.rcpt_tos, mail["Subject"], body.strip()))
        return "250 OK"

    def of(self, dag_id: str) -> list[tuple[list[str], str, str]]:
        """Return the mails about the runs of a DAG."""
        return [mail for mail in self.mails if mail[1].startswith(f"{dag_id}: ")]


@pytest.fixture(scope="package")
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what it is given."""
    controller = pytest.importorskip("aiosmtpd.controller")
    mailbox = Mailbox()
    server = controller.Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    server.start()
    yield mailbox
    server.stop()


@pytest.fixture(scope="package")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an S3 server; empty where its program is missing."""
    if (program := server_program()) is None:
        yield ""
    else:
        with running_server(str(program), tmp_path_factory.mktemp("bucket")) as variables:
            yield variables["AWS_ENDPOINT_URL"]


@pytest.fixture(scope="package")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what is listed, its audits under ``store``."""
    folder = tmp_path_factory.mktemp("scheduled")
    places.write_scheduled(folder)
    return folder


@pytest.fixture(scope="package")
def forbidden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a dataset that may not be used as it is, its audits under ``audits``."""
    folder = tmp_path_factory.mktemp("forbidden")
    places.write_dags(folder / "dags", places.write_forbidden(folder / "tales"), folder / "audits")
    return folder


@pytest.fixture(scope="package")
def at_work(
    tmp_path_factory: pytest.TempPathFactory, scheduled: Path, forbidden: Path, mailbox: Mailbox, bucket: str
) -> Iterator[StandingAirflow]:
    """A whole Airflow that knows the DAGs, the list, the mail server and the bucket."""
    embedded = EmbeddedAirflow(tmp_path_factory.mktemp("airflow-at-work"))
    key = tmp_path_factory.mktemp("keys") / "signing-key"
    create_keys(key)
    credentials = {"conn_type": "aws", "login": KEY, "password": SECRET, "extra": {"endpoint_url": bucket}}
    settings = {
        "AIRFLOW__CORE__DAGS_FOLDER": str(forbidden / "dags"),
        "CORPUS_AUDIT_SIGNING_KEY": str(key),
        "CORPUS_AUDIT_SCHEDULES": str(scheduled / "audits.yaml"),
        "CORPUS_AUDIT_STORE": str(forbidden / "audits"),
        "AIRFLOW_CONN_SMTP_DEFAULT": smtp_connection(mailbox.port),
        f"AIRFLOW_CONN_{places.CONNECTION.upper()}": json.dumps(credentials),
    }
    with standing_airflow(embedded, settings) as status:
        for dag_id in DAGS:
            status.wait_for("SELECT 1 FROM serialized_dag WHERE dag_id = %s", dag_id)
        yield status
