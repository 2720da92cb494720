"""An operator that has another DAG audit a dataset, waits without holding a worker, and gates by the verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator

from corpus_audit_airflow.gate import FailOn, Otherwise, check


class AuditDatasetOperator(TriggerDagRunOperator):
    """Start the DAG ``audit_dataset`` (or another that has its parameters), wait for its end, and check the verdict.

    It is deferred while it waits: a triggerer has to run. Where the audit's stages should run in this DAG, use the task
    group of ``corpus_audit_airflow.gate`` instead.
    """

    def __init__(  # noqa: PLR0913 - options that are given by name
        self,
        *,
        manifest: str,
        store: str,
        packs: Sequence[str] = ("baseline",),
        root: str | None = None,
        connection: str | None = None,
        keywords: Sequence[str] = (),
        parameters: Mapping[str, Any] | None = None,
        fail_on: FailOn = "critical",
        otherwise: Otherwise = "raise",
        trigger_dag_id: str = "audit_dataset",
        deferrable: bool = True,
        **options: Any,
    ) -> None:
        asked = {
            "manifest": manifest,
            "store": store,
            "packs": list(packs),
            "root": root,
            "connection": connection,
            "keywords": list(keywords),
            "parameters": dict(parameters or {}),
        }
        super().__init__(
            trigger_dag_id=trigger_dag_id,
            conf=asked,
            wait_for_completion=True,
            deferrable=deferrable,
            **{"poke_interval": 10, "logical_date": None, **options},
        )
        self.fail_on = fail_on
        self.otherwise = otherwise

    def execute_complete(self, context: Any, event: tuple[str, dict[str, Any]]) -> dict[str, str]:
        """Return the audit's id, verdict and report; fail or skip where its verdict closes the gate."""
        super().execute_complete(context, event)
        (run_id,) = event[1]["run_ids"]
        reported = context["ti"].xcom_pull(dag_id=self.trigger_dag_id, task_ids="report", run_id=run_id)
        return check(reported, self.fail_on, self.otherwise)
