"""What an audit tells while it runs: a log line a stage, and OpenLineage events of each stage's beginning and end."""

import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState

import corpus_audit
from corpus_audit import pipeline
from corpus_audit.dedup.run import STEPS
from corpus_audit.errors import StoreError
from corpus_audit.lineage import EVENTS_FILE, sending
from corpus_audit.lineage.names import audit_run_id
from corpus_audit.pipeline.progress import SHARES
from corpus_audit.store import AuditFolder
from e2e.openlineage_facets import check_facet, facets_in
from preloaded import run_command

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-corpus" / "manifest.yaml"
STAGES = {"ingest", "measure", "person_names", "deduplicate", "compare", "gather", "evaluate", "conclude", "report"}
DAG_RUN = "0193a7c0-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Told:
    """What one audit on the command line told: its log lines and its events."""

    audit: Path
    lines: list[dict[str, Any]]
    events: list[dict[str, Any]]


def events_in(store: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (store / EVENTS_FILE).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    store = tmp_path_factory.mktemp("told")
    command = ["audit", EXAMPLE, "--store", store, "--workers", "2", "--log-format", "json"]
    environment = {"CORPUS_AUDIT_SHARD_BYTES": "2000", "OPENLINEAGE_PARENT_ID": f"airflow://here/my_dag/{DAG_RUN}"}
    done = run_command(*command, env=os.environ | environment)
    assert done.returncode == 1, done.stderr
    (audit,) = (store / "audits").iterdir()
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    stages = [line for line in lines if line["logger"] == "corpus_audit.pipeline"]
    (estimate,) = (line for line in lines if line["event"].startswith("Estimate:"))
    assert (estimate["level"], estimate["logger"]) == ("info", "corpus_audit.progress")
    assert 0 < estimate["disk_bytes_at_least"] < estimate["disk_bytes_at_most"] < estimate["free_bytes"]
    return Told(audit, stages, events_in(store))


def test_every_stage_logs_one_line_with_its_figures(told: Told) -> None:
    shards = len(list(told.audit.glob("measure-*")))
    assert shards > 1, "this test would not show that workers log"
    assert sorted(line["stage"] for line in told.lines) == sorted([*STAGES, *["measure"] * (shards - 1)])
    assert {line["outcome"] for line in told.lines} == {"done"}
    assert {line["shard"] for line in told.lines if line["stage"] == "measure"} == set(range(shards))
    ingest, report = (next(line for line in told.lines if line["stage"] == name) for name in ("ingest", "report"))
    assert (ingest["sources"], ingest["files"], ingest["level"]) == (4, 9, "info")
    assert report["bytes"] == sum(path.stat().st_size for path in (told.audit / "report").iterdir())
    assert sum(line["records"] for line in told.lines if line["stage"] == "measure") == 20
    assert all(line["seconds"] >= 0 and line["event"].startswith(line["stage"]) for line in told.lines)


class Units:
    """An observer that adds up what each stage reports, beside what it said that it works through."""

    def __init__(self) -> None:
        self.totals: dict[str, int | None] = {}
        self.done: Counter[str] = Counter()

    def note(self, sentence: str) -> None:
        """Do nothing."""

    def stage(self, name: str, total: int | None) -> None:
        self._name = name
        self.totals[name] = total

    def advance(self, done: int) -> None:
        self.done[self._name] += done


def test_the_progress_of_each_stage_adds_up_to_what_it_works_through(tmp_path: Path) -> None:
    units = Units()
    corpus_audit.audit(EXAMPLE, tmp_path, workers=1, observer=units)
    in_shares = {name: total for name, total in units.totals.items() if total == SHARES}
    assert in_shares.keys() == {"person_names", "deduplicate", "compare", "gather", "evaluate", "report"}
    in_shares["deduplicate"] = sum(STEPS.values())  # then its tables are written
    assert {name: units.done[name] for name in in_shares} == in_shares


def test_every_event_is_one_that_the_openlineage_client_knows(told: Told) -> None:
    for event in told.events:
        known = RunEvent(
            eventTime=event["eventTime"],
            eventType=RunState[event["eventType"]],
            producer=event["producer"],
            run=Run(**event["run"]),
            job=Job(**event["job"]),
            inputs=[InputDataset(**dataset) for dataset in event["inputs"]],
            outputs=[OutputDataset(**dataset) for dataset in event["outputs"]],
        )
        assert known.schemaURL == event["schemaURL"]
        for facet in facets_in(event):
            check_facet(facet)


def test_every_run_of_a_stage_starts_and_completes_within_the_audit(told: Told) -> None:
    audit_run = audit_run_id(told.audit.name)
    runs: dict[str, list[dict[str, Any]]] = {}
    for event in told.events:
        runs.setdefault(event["run"]["runId"], []).append(event)
    assert [event["eventType"] for event in runs.pop(audit_run)] == ["START", "COMPLETE"]
    for events in runs.values():
        assert [event["eventType"] for event in events] == ["START", "COMPLETE"]
        parent = events[-1]["run"]["facets"]["parent"]
        assert (parent["run"]["runId"], parent["job"]["name"]) == (audit_run, "audit")
        assert parent["root"]["run"]["runId"] == DAG_RUN
    jobs = [events[0]["job"]["name"].removeprefix("audit.") for events in runs.values()]
    assert set(jobs) == STAGES
    assert jobs.count("measure") == len(list(told.audit.glob("measure-*")))


def test_the_run_that_started_the_audit_is_its_parent(told: Told) -> None:
    parents = [event["run"]["facets"]["parent"] for event in told.events if event["job"]["name"] == "audit"]
    assert len(parents) == 2
    assert all(parent["job"] == {"namespace": "airflow://here", "name": "my_dag"} for parent in parents)


def test_whatever_a_stage_reads_is_a_source_or_was_written_by_an_earlier_stage(told: Told) -> None:
    complete = [event for event in told.events if event["eventType"] == "COMPLETE" and event["job"]["name"] != "audit"]
    written = {dataset["name"] for event in complete for dataset in event["outputs"]}
    read = {dataset["name"] for event in complete for dataset in event["inputs"]}
    assert read - written == {"sources/contacts", "sources/forum", "sources/handbook", "sources/weather"}
    for event in complete:
        stage = event["job"]["name"].removeprefix("audit.")
        assert event["inputs"], stage
        assert {name.split("/")[1] for name in (dataset["name"] for dataset in event["outputs"])} == {stage}


def test_what_a_stage_wrote_is_counted(told: Told) -> None:
    complete = [event for event in told.events if event["eventType"] == "COMPLETE"]
    measured = [event for event in complete if event["job"]["name"] == "audit.measure"]
    name = f"{told.audit.name}/measure/records"
    rows = [
        dataset["outputFacets"]["outputStatistics"]["rowCount"]
        for event in measured
        for dataset in event["outputs"]
        if dataset["name"] == name
    ]
    assert sum(rows) == 20
    (gathered,) = (event for event in complete if event["job"]["name"] == "audit.gather")
    (records,) = (dataset for dataset in gathered["inputs"] if dataset["name"] == name)
    assert records["inputFacets"]["inputStatistics"]["rowCount"] == 20
    assert records["inputFacets"]["inputStatistics"]["fileCount"] == len(measured)


def test_nothing_told_names_a_path_of_this_machine(told: Told) -> None:
    for path in (told.audit.parents[1], EXAMPLE.parent):
        assert str(path) not in json.dumps([told.lines, told.events])


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AuditFolder:
    """An audit that has been taken in and not been measured; it told nothing of that."""
    with monkeypatch.context() as patched:
        patched.setenv("OPENLINEAGE_DISABLED", "true")
        audit = pipeline.ingest(EXAMPLE, tmp_path / "store")
    assert not (tmp_path / "store" / EVENTS_FILE).exists()
    return audit


def last_events(audit: AuditFolder) -> list[tuple[str, str]]:
    return [(event["job"]["name"], event["eventType"]) for event in events_in(audit.path.parents[1])]


def test_a_stage_that_fails_tells_so_without_the_message(begun: AuditFolder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    with caplog.at_level(logging.INFO, "corpus_audit"), pytest.raises(StoreError):
        pipeline.deduplicate(begun)
    assert last_events(begun) == [
        ("audit.deduplicate", "START"),
        ("audit.deduplicate", "FAIL"),
        ("audit", "FAIL"),
    ]
    failed = events_in(begun.path.parents[1])[1]
    assert failed["run"]["facets"]["errorMessage"]["message"] == "StoreError"
    for facet in facets_in(failed):
        check_facet(facet)
    (record,) = caplog.records
    assert (record.levelname, vars(record)["outcome"], vars(record)["error"]) == ("WARNING", "failed", "StoreError")
    assert "measure-0" not in record.getMessage()


def test_a_stage_that_is_interrupted_tells_that_it_was_aborted(begun: AuditFolder) -> None:
    def interrupt() -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.measure(begun, 0, context=pipeline.RunContext(clock=interrupt))
    assert last_events(begun)[1:] == [("audit.measure", "ABORT"), ("audit", "ABORT")]


def test_a_stage_found_done_says_so(begun: AuditFolder, caplog: pytest.LogCaptureFixture) -> None:
    pipeline.measure(begun, 0)
    caplog.clear()
    with caplog.at_level(logging.INFO, "corpus_audit"):
        pipeline.measure(begun, 0)
    (record,) = caplog.records
    assert vars(record)["outcome"] == "up to date"
    assert vars(record)["records"] == 20


class Receiver(BaseHTTPRequestHandler):
    """Takes events as an OpenLineage backend does."""

    def do_POST(self) -> None:
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.received = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send_to(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = {"type": "http", "url": f"http://127.0.0.1:{server.server_port}", "retry": {"total": 0}}
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT", json.dumps(transport))
    monkeypatch.setattr(sending, "_said", set())


def test_events_go_where_the_variables_of_openlineage_say(
    begun: AuditFolder, receiver: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_to(receiver, monkeypatch)
    monkeypatch.setenv("OPENLINEAGE__TAGS__RUN__TEAM", "data")
    pipeline.measure(begun, 0)
    start, complete = receiver.received  # type: ignore[attr-defined]
    assert (start["eventType"], complete["eventType"]) == ("START", "COMPLETE")
    assert complete["run"]["facets"]["parent"]["run"]["runId"] == audit_run_id(begun.audit_id)
    tags = {tag["key"]: tag["value"] for tag in complete["run"]["facets"]["tags"]["tags"]}
    assert tags | {"team": "data", "shard": "0", "outcome": "done"} == tags
    assert not (begun.path.parents[1] / EVENTS_FILE).exists()


def test_a_receiver_that_is_down_is_logged_once_and_fails_nothing(
    begun: AuditFolder,
    receiver: ThreadingHTTPServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    send_to(receiver, monkeypatch)
    receiver.shutdown()
    receiver.server_close()
    pipeline.measure(begun, 0)
    pipeline.measure(begun, 0)
    warnings = [record for record in caplog.records if record.name == "corpus_audit.lineage"]
    assert len(warnings) == 1
    assert "127.0.0.1" not in warnings[0].getMessage()
    assert [kind for _, kind in last_events(begun)] == ["START", "COMPLETE"] * 2
