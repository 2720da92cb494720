"""The DAG audit_dataset, run to its end in a real Airflow on a small corpus: what it does, says and keeps."""

import hashlib
import json
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from corpus_audit.document.addresses import stable_uuid
from corpus_audit.lineage import EVENTS_FILE

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

CANARY = "wren.canary.7431@mail.aviary-records.net"
"""Stands in the corpus, and must stand nowhere in what Airflow keeps."""

POEM = "\n".join(f"Line {number}: the quick brown fox jumps over the lazy dog number {number}." for number in range(40))
LARGEST_XCOM = 1_000


@dataclass(frozen=True)
class Corpus:
    """A manifest beside its files, and the store its audits go to."""

    folder: Path

    @property
    def manifest(self):
        return self.folder / "manifest.json"

    @property
    def store(self):
        return self.folder / "store"

    def describe(self, **sources):
        """Write the manifest: each source's files are the ones that lie in the folder of its name."""
        document = {
            "manifest_version": "1",
            "dataset": {"id": "small-corpus"},
            "sources": [
                {"id": source, "folders": [source], "files": [self.declare(path) for path in sorted(paths)]}
                for source, paths in sources.items()
            ],
        }
        self.manifest.write_text(json.dumps(document), encoding="utf-8")

    def declare(self, path):
        return {
            "path": path.relative_to(self.folder).as_posix(),
            "size_bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }

    def add(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


def run_audit(airflow, corpus, settings=(), **environment):
    """Run the DAG; *settings* of Airflow reach it behind the script that clears those of this shell."""
    command = ("python", "scripts/run_audit_dag.py", corpus.manifest, "--store", corpus.store)
    return airflow.run("env", *settings, *command, **environment)


def query(airflow, sql, *values):
    # Closed at once: SQLite's locks go with any handle on the file that this process closes (bytes_written opens one).
    with closing(sqlite3.connect(f"file:{airflow.database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def run_of(airflow, corpus, number=0):
    """Return the id of the first run that audited the corpus, or of a later one."""
    sql = "SELECT run_id FROM dag_run WHERE conf LIKE ? ORDER BY id"
    return query(airflow, sql, f"%{corpus.manifest}%")[number][0]


def tasks_of(airflow, corpus, number=0):
    """Return (task, number where it is mapped or -1, state, tries) of each task of a run that audited the corpus."""
    sql = "SELECT task_id, map_index, state, try_number FROM task_instance WHERE run_id = ? ORDER BY task_id, map_index"
    return query(airflow, sql, run_of(airflow, corpus, number))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    small = Corpus(tmp_path_factory.mktemp("small corpus"))
    rows = [{"text": f"{POEM}\nWrite to {CANARY}."}, {"text": "Nothing to see here."}]
    small.describe(
        poems=[small.add("poems/fox.txt", POEM), small.add("poems/fox-again.txt", f"{POEM}\nOne line more.")],
        letters=[small.add("letters/letters.jsonl", "".join(json.dumps(row) + "\n" for row in rows))],
    )
    return small


@pytest.fixture(scope="module")
def statsd():
    """A StatsD server's socket: what Airflow sends waits in it until it is read."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        receiver.bind(("127.0.0.1", 0))
        receiver.setblocking(False)
        yield receiver


@pytest.fixture(scope="module")
def audited(airflow, corpus, statsd):
    settings = (
        "AIRFLOW__METRICS__STATSD_ON=True",
        "AIRFLOW__METRICS__STATSD_HOST=127.0.0.1",
        f"AIRFLOW__METRICS__STATSD_PORT={statsd.getsockname()[1]}",
    )
    # Started anew, as `make audit` does, and not forked.
    variables = {"CORPUS_AUDIT_SHARD_BYTES": "4096", "CORPUS_AUDIT_WORKERS": "2", "CORPUS_AUDIT_TEST_PRELOADED": ""}
    finished = run_audit(airflow, corpus, settings, **variables)
    assert finished.returncode == 0, finished.stderr
    return finished


@pytest.fixture(scope="module")
def metrics(audited, statsd):
    """Every metric of the first run: its values, in the order they were sent."""
    sent = {}
    while True:
        try:
            lines = statsd.recv(65_536).decode().splitlines()
        except BlockingIOError:
            return sent
        for name, _, value in (line.partition(":") for line in lines):
            sent.setdefault(name, []).append(value)


@pytest.fixture(scope="module")
def logged(airflow, audited):
    """The lines about stages in Airflow's log of the first run."""
    log = min((airflow.home / "logs").glob("audit_dataset-*.jsonl"))
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    return [event for event in events if event.get("logger") == "corpus_audit.pipeline"]


def lineage_of(store):
    return [json.loads(line) for line in (store / EVENTS_FILE).read_text(encoding="utf-8").splitlines()]


def announced_as(airflow, run_id, asset):
    sql = """
        SELECT asset_event.extra FROM asset_event JOIN asset ON asset.id = asset_event.asset_id
        WHERE source_run_id = ? AND asset.name = ?
    """
    [(extra,)] = query(airflow, sql, run_id, asset)
    return json.loads(extra)


@pytest.fixture(scope="module")
def announced(airflow, corpus, audited):
    """What the report's asset event says."""
    return announced_as(airflow, run_of(airflow, corpus), "audit_report")


def shards_of(announced):
    """Return the folders of the shards that were measured."""
    return list(Path(announced["report"]).parents[1].glob("measure-*"))


def test_every_stage_succeeds_and_one_task_measures_what_its_workers_share(airflow, corpus, audited, announced):
    tasks = tasks_of(airflow, corpus)
    stages = [task for task in tasks if not task[0].startswith("verdict_")]
    assert {(state, tries) for _, _, state, tries in stages} == {("success", 1)}
    assert [map_index for task, map_index, _, _ in tasks if task == "measure"] == [0]
    assert len(shards_of(announced)) > 1


def test_the_run_shows_the_verdict_and_not_only_its_end(airflow, corpus, audited, announced):
    shown = {task: state for task, _, state, _ in tasks_of(airflow, corpus) if task.startswith("verdict_")}
    assert len(shown) == 4
    assert [task for task, state in shown.items() if state == "success"] == [f"verdict_{announced['verdict']}"]
    assert set(shown.values()) == {"success", "skipped"}


def test_the_report_is_written_and_announced(corpus, audited, announced):
    assert set(announced) == {"audit_id", "verdict", "report"}
    page = Path(announced["report"])
    assert page.is_relative_to(corpus.store)
    assert "<html" in page.read_text(encoding="utf-8")
    found = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert announced["verdict"] in json.dumps(found)


def test_the_dataset_s_own_asset_carries_verdict_and_approval(airflow, corpus, audited, announced):
    address = f"corpus-audit://{quote(str(corpus.store).strip('/'))}/small-corpus"
    told = announced_as(airflow, run_of(airflow, corpus), address)
    assert {name: told[name] for name in announced} == announced
    assert (told["dataset"], told["approval"]) == ("small-corpus", "none")
    assert not query(airflow, "SELECT 1 FROM asset WHERE name LIKE '%/approved'"), "nothing was approved"


def test_the_terminal_shows_stages_verdict_and_report(audited, announced):
    for stage in ("ingest", "measure", "deduplicate", "compare", "gather", "evaluate", "report"):
        assert f"\n  {stage} " in audited.stdout
    assert announced["report"] in audited.stdout
    assert announced["verdict"] in audited.stdout.lower()
    assert CANARY not in audited.stdout + audited.stderr


def test_every_stage_logs_one_structured_line(corpus, logged, announced):
    shards = len(shards_of(announced))
    stages = ["ingest", "deduplicate", "compare", "person_names", "gather", "evaluate", "conclude", "report"]
    assert sorted(line["stage"] for line in logged) == sorted([*stages, *["measure"] * shards])
    assert {(line["audit_id"], line["outcome"], line["level"]) for line in logged} == {
        (announced["audit_id"], "done", "info")
    }
    assert sum(line["records"] for line in logged if line["stage"] == "measure") == 4


def test_metrics_of_airflow_and_of_stages_reach_a_statsd_server(metrics, logged):
    assert "airflow.ti.finish.audit_dataset.deduplicate.success" in metrics
    assert metrics["airflow.dag.audit_dataset.report.duration"][0].endswith("|ms")
    for line in logged:
        assert f"airflow.corpus_audit.stage.{line['stage']}.duration" in metrics
        assert f"airflow.corpus_audit.stage.{line['stage']}.done" in metrics
    records = metrics["airflow.corpus_audit.stage.measure.records"]
    assert sum(int(value.removesuffix("|c")) for value in records) == 4


def test_lineage_ties_every_stage_to_the_audit_and_to_the_dag_run(airflow, corpus, audited):
    run_id = run_of(airflow, corpus)
    dag_run = {
        "job": {"namespace": "default", "name": "audit_dataset"},
        "run": {"runId": stable_uuid("dag-run", "audit_dataset", run_id)},
    }
    (audit_run,) = {event["run"]["runId"] for event in lineage_of(corpus.store) if event["job"]["name"] == "audit"}
    completed = set()
    for event in lineage_of(corpus.store):
        parent = event["run"]["facets"].get("parent", {})
        if event["job"]["name"] == "audit":
            assert (parent["job"], parent["run"]) == (dag_run["job"], dag_run["run"])
        elif parent:
            assert parent["run"]["runId"] == audit_run
            assert parent["root"] == dag_run
            completed.add(event["job"]["name"])
    assert completed == {
        f"audit.{stage}"
        for stage in (
            "ingest",
            "measure",
            "deduplicate",
            "compare",
            "person_names",
            "gather",
            "evaluate",
            "conclude",
            "report",
        )
    }


def test_airflow_keeps_nothing_personal(airflow, corpus, audited, announced):
    report = Path(announced["report"]).with_suffix(".json").read_text(encoding="utf-8")
    assert "EMAIL_ADDRESS" in report, "the audit did not find the canary, so this test would prove nothing"
    assert CANARY.encode() not in airflow.bytes_written()


def test_xcoms_are_small_and_few(airflow, corpus, audited, announced):
    rows = query(airflow, "SELECT task_id, key, value FROM xcom WHERE run_id = ?", run_of(airflow, corpus))
    returned = {task: json.loads(value) for task, key, value in rows if key == "return_value"}
    assert set(returned) == {"ingest", "plan", "report"}
    assert returned["ingest"] == str(corpus.store / "audits" / announced["audit_id"])
    assert all(first <= last for first, last in returned["plan"])
    assert returned["report"] == announced
    assert max(len(value) for _, _, value in rows) < LARGEST_XCOM


def test_a_second_run_finds_the_same_audit_done(airflow, corpus, audited, announced):
    before = (Path(announced["report"]).parents[1] / "markers" / "deduplicate.json").read_bytes()
    told_before = len(lineage_of(corpus.store))
    sent = corpus.folder / "sent.ndjson"
    transport = {"type": "file", "log_file_path": str(sent), "append": True}
    settings = (f"OPENLINEAGE__TRANSPORT={json.dumps(transport)}",)
    again = run_audit(airflow, corpus, settings, CORPUS_AUDIT_SHARD_BYTES="4096", CORPUS_AUDIT_WORKERS="1")
    assert again.returncode == 0, again.stderr
    mapped = [map_index for task, map_index, _, _ in tasks_of(airflow, corpus, 1) if task == "measure"]
    assert mapped == list(range(len(shards_of(announced)))), "of one worker each shard is a task"
    assert announced["report"] in again.stdout
    assert (Path(announced["report"]).parents[1] / "markers" / "deduplicate.json").read_bytes() == before
    assert len(lineage_of(corpus.store)) == told_before, "events went to the file although another was configured"
    events = [json.loads(line) for line in sent.read_text(encoding="utf-8").splitlines()]
    (dag_run,) = {event["run"]["runId"] for event in events if event["job"]["name"] == "audit_dataset"}
    stages = [event for event in events if event["job"]["name"].startswith("audit.")]
    parents = [event["run"]["facets"]["parent"] for event in stages if event["eventType"] == "COMPLETE"]
    assert {parent["root"]["run"]["runId"] for parent in parents} == {dag_run}
    tags = [tag for event in stages for tag in event["run"]["facets"]["tags"]["tags"] if tag["key"] == "outcome"]
    assert [tag["value"] for tag in tags] == ["done", *["up to date"] * (len(parents) - 1)]


def test_a_wrong_manifest_fails_at_once_and_says_why(airflow, tmp_path):
    wrong = Corpus(tmp_path)
    wrong.manifest.write_text(
        json.dumps({"manifest_version": "1", "dataset": {"id": CANARY, "titel": CANARY}, "sources": []}),
        encoding="utf-8",
    )
    failed = run_audit(airflow, wrong)
    assert failed.returncode == 1
    assert "/dataset/titel" in failed.stderr
    states = {task: (state, tries) for task, _, state, tries in tasks_of(airflow, wrong)}
    assert states["ingest"] == ("failed", 1)
    assert {state for task, (state, _) in states.items() if task != "ingest"} == {"upstream_failed"}
    assert CANARY not in failed.stdout + failed.stderr
    assert CANARY.encode() not in airflow.bytes_written()


def test_a_dataset_without_files_still_gets_its_report(airflow, tmp_path):
    empty = Corpus(tmp_path)
    (tmp_path / "nothing").mkdir()
    empty.describe(nothing=[])
    finished = run_audit(airflow, empty)
    assert finished.returncode == 0, finished.stderr
    states = {task: state for task, _, state, _ in tasks_of(airflow, empty)}
    assert states["measure"] == "skipped"
    assert states["report"] == "success"


def test_the_embedded_airflow_cannot_reach_another(airflow):
    foreign = {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql://elsewhere/airflow",
        "AIRFLOW_CONFIG": "/etc/airflow",
    }
    settings = airflow.run("env", **foreign).stdout
    assert "elsewhere" not in settings
    assert f"AIRFLOW_HOME={airflow.home}\n" in settings
