"""From a failed audit to a model trained on approved data, in a whole Airflow: audit, clean, audit, approve, train."""

import hashlib
import json
import shutil

import pytest

from corpus_audit.export.bundle.keys import create_keys
from corpus_audit.store import read_json
from dags.documented import code_of, write_manifest
from dags.embedded_airflow import REPOSITORY, EmbeddedAirflow
from dags.standing_airflow import PROCESSES, TRIGGERER, standing_airflow

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

FINISHED = "SELECT state FROM dag_run WHERE dag_id = %s AND run_id = %s AND state IN ('success', 'failed')"
ENDED = "SELECT run_id, state FROM dag_run WHERE dag_id = %s AND state IN ('success', 'failed')"
ASKED = """
SELECT dag_run.run_id FROM hitl_detail
JOIN task_instance ON task_instance.id = hitl_detail.ti_id
JOIN dag_run ON dag_run.dag_id = task_instance.dag_id AND dag_run.run_id = task_instance.run_id
WHERE dag_run.dag_id = %s AND subject LIKE %s
"""
GATED = """
from airflow.sdk import dag
from corpus_audit_airflow.operators import AuditDatasetOperator


@dag(schedule=None)
def gated():
    AuditDatasetOperator(task_id="audit", manifest="{manifest}", store="{store}", poke_interval=2)


gated()
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A dataset with a record under a license that forbids its use, and the DAGs: ours, and the documented ones."""
    folder = tmp_path_factory.mktemp("approved")
    manifest = write_manifest(folder / "tales", "tales")
    document = read_json(manifest)
    document["dataset"]["intended_uses"] = ["commercial-training"]
    [source] = document["sources"]
    source["license"]["expression"] = "per-record"
    data = folder / "tales" / "rows.jsonl"
    rows = [json.loads(line) | {"license": "CC0-1.0"} for line in data.read_text().splitlines()]
    rows.append({"text": "A sea story that nobody may sell, of a gull and a lamp.", "license": "CC-BY-NC-4.0"})
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    data.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    source["files"] = [{"path": "rows.jsonl", "size_bytes": len(content), "sha256": sha256}]
    manifest.write_text(json.dumps(document))
    (folder / "dags").mkdir()
    for name in ("audit_dataset", "clean_dataset", "review_audit"):
        shutil.copy(REPOSITORY / "dags" / f"{name}_dag.py", folder / "dags")
    example = code_of(REPOSITORY / "docs" / "gate.md", "train_on_approved_tales")
    (folder / "dags" / "train.py").write_text(example.replace("/data/audits", f"{folder}/audits"))
    (folder / "dags" / "gated.py").write_text(GATED.format(manifest=manifest, store=folder / "audits"))
    return folder


@pytest.fixture(scope="module")
def at_work(tmp_path_factory, place):
    embedded = EmbeddedAirflow(tmp_path_factory.mktemp("airflow-approved"))
    create_keys(place / "signing-key")
    settings = {
        "AIRFLOW__CORE__DAGS_FOLDER": str(place / "dags"),
        "CORPUS_AUDIT_SIGNING_KEY": str(place / "signing-key"),
        "CORPUS_AUDIT_STORE": str(place / "audits"),
    }
    with standing_airflow(embedded, settings, (*PROCESSES, TRIGGERER)) as status:
        for dag_id in ("gated", "audit_dataset", "clean_dataset", "review_audit", "train_on_approved_tales"):
            status.wait_for("SELECT 1 FROM serialized_dag WHERE dag_id = %s", dag_id)
        yield status


def answer(at_work, dag_id, subject, **reasons):
    """Approve what a run of a DAG asks, and return how that run ended."""
    [(run_id,)] = at_work.wait_for(ASKED, dag_id, subject)
    # A person is never so quick: Airflow fails a task that is answered before its scheduler has heard that it waits.
    heard = f"event with state success for task instance TaskInstanceKey({dag_id=}, task_id='ask', {run_id=}"
    at_work.wait_until(lambda: heard in at_work.printed("scheduler"))
    with at_work.client() as client:
        answered = client.patch(
            f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances/ask/-1/hitlDetails",
            json={"chosen_options": ["Approve"], "params_input": reasons},
        )
    assert answered.status_code == 200, answered.text
    [(state,)] = at_work.wait_for(FINISHED, dag_id, run_id)
    return state


def test_from_a_failed_audit_to_training_on_approved_data(at_work, place):
    at_work.trigger("gated", "first")
    assert at_work.wait_for(FINISHED, "gated", "first") == [("failed",)], "the gate of the operator closes"
    [(_, state)] = at_work.wait_for(ENDED, "audit_dataset")
    assert state == "success", "a verdict is a result of the audit's own DAG, not a failure"
    [audit] = (place / "audits" / "audits").iterdir()
    assert read_json(audit / "conclude" / "verdict.json")["verdict"] == "fail"

    conf = {"audit": str(audit), "output": str(place / "cleaned")}
    at_work.trigger("clean_dataset", "clean", conf)
    assert answer(at_work, "clean_dataset", "Leave 1 records out%") == "success"
    assert (place / "cleaned" / "dataset" / "rows.jsonl").read_text().count("\n") == 2

    at_work.wait_until(lambda: len(at_work.query(ENDED, "audit_dataset")) == 2)
    [cleaned] = {*(place / "audits" / "audits").iterdir()} - {audit}
    assert read_json(cleaned / "conclude" / "verdict.json")["verdict"] == "pass"
    assert at_work.query("SELECT 1 FROM dag_run WHERE dag_id = 'train_on_approved_tales'") == []

    subject = f"Audit {cleaned.name}: approve it?%, verdict %, findings: %"
    assert answer(at_work, "review_audit", subject, reason="What was forbidden is gone.", despite=None) == "success"
    [(_, state)] = at_work.wait_for(ENDED, "train_on_approved_tales")
    assert state == "success"
