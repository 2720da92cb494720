"""From a failed audit to a model trained on approved data, in a whole Airflow: audit, clean, audit, approve, train."""

import pytest

from corpus_audit.store import read_json
from dags.standing_airflow import TRIGGERER

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

FINISHED = "SELECT state FROM dag_run WHERE dag_id = %s AND run_id = %s AND state IN ('success', 'failed')"
ENDED = "SELECT run_id, state FROM dag_run WHERE dag_id = %s AND state IN ('success', 'failed')"
ASKED = """
SELECT dag_run.run_id FROM hitl_detail
JOIN task_instance ON task_instance.id = hitl_detail.ti_id
JOIN dag_run ON dag_run.dag_id = task_instance.dag_id AND dag_run.run_id = task_instance.run_id
WHERE dag_run.dag_id = %s AND subject LIKE %s
"""


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


def test_from_a_failed_audit_to_training_on_approved_data(at_work, forbidden):
    at_work.start(TRIGGERER)
    at_work.trigger("gated", "first")
    assert at_work.wait_for(FINISHED, "gated", "first") == [("failed",)], "the gate of the operator closes"
    [(_, state)] = at_work.wait_for(ENDED, "audit_dataset")
    assert state == "success", "a verdict is a result of the audit's own DAG, not a failure"
    [audit] = (forbidden / "audits" / "audits").iterdir()
    assert read_json(audit / "conclude" / "verdict.json")["verdict"] == "fail"

    conf = {"audit": str(audit), "output": str(forbidden / "cleaned")}
    at_work.trigger("clean_dataset", "clean", conf)
    assert answer(at_work, "clean_dataset", "Leave 1 records out%") == "success"
    assert (forbidden / "cleaned" / "dataset" / "rows.jsonl").read_text().count("\n") == 2

    at_work.wait_until(lambda: len(at_work.query(ENDED, "audit_dataset")) == 2)
    [cleaned] = {*(forbidden / "audits" / "audits").iterdir()} - {audit}
    assert read_json(cleaned / "conclude" / "verdict.json")["verdict"] == "pass"
    assert at_work.query("SELECT 1 FROM dag_run WHERE dag_id = 'train_on_approved_tales'") == []

    subject = f"Audit {cleaned.name}: approve it?%, verdict %, findings: %"
    assert answer(at_work, "review_audit", subject, reason="What was forbidden is gone.", despite=None) == "success"
    [(_, state)] = at_work.wait_for(ENDED, "train_on_approved_tales")
    assert state == "success"
