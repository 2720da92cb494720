"""What reports announce to the DAG that reviews audits: which audits they are of, and who is told of a rejection."""

from typing import Any

from airflow.sdk import Param, get_current_context

from corpus_audit_airflow.assets import REPORT
from corpus_audit_airflow.audit_places import reported_audit
from corpus_audit_airflow.defaults import stage_task
from corpus_audit_airflow.runs import StartRun

_FOUND = "ti.xcom_pull(task_ids='find')"
SUBJECT = (
    f"Audit {{{{ {_FOUND}['audit_id'] }}}}: approve it? {{{{ {_FOUND}['dataset'] }}}}, "
    f"verdict {{{{ {_FOUND}['verdict'] }}}}, findings: {{{{ {_FOUND}['findings'] }}}}"
)
BODY = (
    f"**{{{{ {_FOUND}['dataset'] }}}}**: verdict {{{{ {_FOUND}['verdict'] }}}} when this was asked. "
    f"Findings: {{{{ {_FOUND}['findings'] }}}}. "
    f"[Read the audit](/audit-review/audits/{{{{ {_FOUND}['audit_id'] }}}}) before you answer."
)
"""What a steward is asked: of which dataset and version, its verdict, and how many findings of each severity."""

QUESTIONS = {
    "reason": Param("", type="string", title="Reason", description="Why, in a sentence. Required."),
    "despite": Param(
        None,
        type=["null", "string"],
        title="Why despite the verdict",
        description="Why it is approved although its verdict is fail or incomplete. Required then.",
    ),
}
"""What a steward is asked beside the choice.

Airflow checks defaults too, so that no length can be asked for here: the ledger refuses an empty reason.
"""


def reported() -> list[dict[str, Any]]:
    """Return the announcements of the audits whose reports started this run: several if they came together."""
    events = (get_current_context()["triggering_asset_events"] or {}).get(REPORT, ())
    return list({event.extra["report"]: event.extra for event in events if event.extra.get("report")}.values())


def audit_to_review() -> str | None:
    """Return where the audit lies that this run reviews: the one that the form names, or the last that reported."""
    named: str | None = get_current_context()["params"]["audit"]
    return named or next(map(reported_audit, reported()[-1:]), None)


def recipients() -> list[str]:
    """Return the recipients of a rejection: those in the form, and those in the list of audits for this audit."""
    params = get_current_context()["params"]
    announced = [] if params["audit"] else reported()[-1:]
    return sorted({*(params["notify"] or ()), *(name for one in announced for name in one.get("notify", ()))})


def add_reviews_of_others() -> None:
    """Add the tasks that start a review of its own for each audit but the last, where several reported at once."""

    @stage_task()
    def divide() -> list[dict[str, Any]]:
        """Return one run for each other audit whose report started this one: a run reviews one audit."""
        run_id = get_current_context()["dag_run"].run_id
        return [
            {
                "trigger_run_id": f"{run_id}__{other['audit_id']}",
                "conf": {"audit": reported_audit(other), "notify": other.get("notify", [])},
            }
            for other in reported()[:-1]
        ]

    StartRun.partial(
        task_id="review_others",
        doc_md="Start the review of another audit.",
        trigger_dag_id="review_audit",
        logical_date=None,
        skip_when_already_exists=True,
    ).expand_kwargs(divide())
