"""How a run of an audit shows its verdict."""

from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import chain, task

VERDICTS = ("pass", "pass-with-waivers", "fail", "incomplete")
"""What an audit can conclude (vocabulary Verdict)."""


def show_verdict(reported: Any) -> None:
    """Add a task for each verdict, of which only the audit's own runs: a run shows what it found, not only its end."""

    @task.branch(doc_md="Lead to the task that is named after the audit's verdict.", trigger_rule="all_success")
    def verdict(reported: dict[str, str]) -> str:
        return f"verdict_{reported['verdict']}"

    shown = [
        EmptyOperator(
            task_id=f"verdict_{name}",
            task_display_name=f"audited: verdict {name.replace('-', ' ')}",
            doc_md=f"Runs where the audit's verdict is {name}, and is skipped where it is another.",
        )
        for name in VERDICTS
    ]
    chain(verdict(reported), shown)
