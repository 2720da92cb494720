"""The DAG ``audit_dataset``: one audit of one dataset, one task per stage."""

from airflow.sdk import dag

from corpus_audit_airflow.audit_params import AUDIT_PARAMS
from corpus_audit_airflow.audit_tasks import add_audit_stages
from corpus_audit_airflow.defaults import DEFAULT_ARGS
from corpus_audit_airflow.verdicts import show_verdict


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,  # the measure tasks of one audit already use every worker
    tags=["audit", "training data"],
    params=AUDIT_PARAMS,
    default_args=DEFAULT_ARGS,
)
def audit_dataset() -> None:
    """Set what a manifest claims about a dataset beside what its files show, judge both, and write a report.

    The verdict is a result, not a failure: a run succeeds when the audit ran to its end, whatever it found. Of the
    tasks *audited: verdict …* only the one of its verdict runs.
    A stage that is run again with the same inputs does nothing, so a failed run may be cleared and started again.
    """
    show_verdict(add_audit_stages())


audit_dataset()
