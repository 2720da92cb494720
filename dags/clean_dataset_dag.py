"""The DAG ``clean_dataset``: once a steward approved what is left out, an audited dataset is written without it."""

from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import dag, get_current_context
from airflow.sdk.exceptions import AirflowFailException

from corpus_audit_airflow.cleaning import CLEAN_PARAMS, folder, policy, written_to
from corpus_audit_airflow.defaults import DEFAULT_ARGS, stage_task
from corpus_audit_airflow.runs import StartRun
from corpus_audit_airflow.stewards import APPROVE, REJECT, assigned_users, refuse_others
from corpus_audit_airflow.telemetry import airflow_context


@dag(
    schedule=None,
    catchup=False,
    tags=["audit", "clean"],
    params=CLEAN_PARAMS,
    default_args=DEFAULT_ARGS,
)
def clean_dataset() -> None:
    """Count what an exclusion policy takes out, ask a steward, write the dataset without it, and start its audit.

    What is written is what was counted: where the audit, the decisions about it or the policy changed meanwhile, it is
    refused.
    """

    @stage_task()
    def count() -> dict[str, Any]:
        """Return how many records go, and for which reasons: no record, and nothing of the data."""
        from corpus_audit.pipeline.clean import count_exclusions

        params = get_current_context()["params"]
        counted = count_exclusions(folder(), policy(), mask=params["mask"], context=airflow_context())
        return {"records": counted.records, "reasons": dict(counted.by_reason), "sha256": counted.sha256}

    counted = count()
    ask = HITLOperator(
        task_id="ask",
        doc_md="Wait until a steward approves or rejects what is left out.",
        subject="Leave {{ ti.xcom_pull(task_ids='count')['records'] }} records out of the dataset?",
        body="Audit {{ params.audit.rsplit('/')[-1] }}. Records by reason: "
        "{% for reason, records in ti.xcom_pull(task_ids='count')['reasons'].items() %}"
        "{{ reason }} {{ records }}{{ '' if loop.last else ', ' }}{% endfor %}",
        options=[APPROVE, REJECT],
        assigned_users=assigned_users(),
        retries=0,
    )

    @stage_task(retries=0)
    def write(counted: dict[str, Any], answer: dict[str, Any]) -> str:
        """Write the dataset without what the steward saw counted; return the path of its manifest."""
        from corpus_audit.pipeline.clean import clean
        from corpus_audit.review.sign_off import author_of

        if answer["chosen_options"] != [APPROVE]:
            raise AirflowFailException("The steward rejected what would be left out: nothing was written.")
        refuse_others(author_of(answer))
        params = get_current_context()["params"]
        options = {"mask": params["mask"], "context": airflow_context(), "approved_sha256": counted["sha256"]}
        return written_to(params["output"], lambda output: clean(folder(), output, policy(), **options))

    @stage_task()
    def choose(manifest: str) -> list[dict[str, Any]]:
        """Return the run that audits the result, in the same store and by the same packs."""
        from corpus_audit.pipeline.clean import audit_again

        return [{"conf": audit_again(folder(), manifest)}]

    counted >> ask
    StartRun.partial(
        task_id="audit",
        doc_md="Start the audit of the result.",
        trigger_dag_id="audit_dataset",
        logical_date=None,
    ).expand_kwargs(choose(write(counted, ask.output)))


clean_dataset()
