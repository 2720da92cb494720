"""The DAG ``review_audit``: a steward signs off an audit, and an approved audit is bundled."""

from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param, dag, get_current_context
from airflow.sdk.exceptions import AirflowFailException

from corpus_audit_airflow.assets import DATASETS, REPORT, announce
from corpus_audit_airflow.audit_params import PLACE
from corpus_audit_airflow.audit_places import folder_of
from corpus_audit_airflow.defaults import DEFAULT_ARGS, stage_task
from corpus_audit_airflow.notices import tell
from corpus_audit_airflow.reports import BODY, QUESTIONS, SUBJECT, add_reviews_of_others, audit_to_review, recipients
from corpus_audit_airflow.stewards import APPROVE, REJECT, assigned_users, refuse_others
from corpus_audit_airflow.telemetry import airflow_context


@dag(
    schedule=[REPORT],
    max_active_runs=10_000,  # all may wait for a person: Airflow puts the reports beyond into one run
    catchup=False,
    is_paused_upon_creation=False,  # a report that comes while it is paused is never asked about
    tags=["audit", "review"],
    params={
        "audit": Param(
            None,
            type=["null", "string"],
            title="Audit",
            description="Folder or address of the audit to review, as workers see it. Empty: the one just reported.",
            pattern=PLACE,
        ),
        "notify": Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            title="Whom to tell of a rejection",
            description="Mail addresses, or webhook: and the id of a connection, one a line.",
        ),
    },
    default_args=DEFAULT_ARGS,
)
def review_audit() -> None:
    """Wait for a steward to approve or reject an audit, write that into the ledger, and bundle what was approved.

    No answer is ever taken by itself: nothing times out, and the form marks Reject only so that the two differ. An
    answer without a reason, or from an unauthorised user, is refused before anything is written: clear 'ask' to be
    asked again.
    """

    @stage_task()
    def find() -> dict[str, str]:
        """Return which audit is to be reviewed, with today's verdict and counts: nothing of the data."""
        from corpus_audit.errors import BundleError
        from corpus_audit.review.sign_off import ask_about

        if (named := audit_to_review()) is None:
            raise AirflowFailException("No audit is named: give its folder, or let a report start this run.")
        try:
            question = ask_about(folder_of(named).path, airflow_context())
        except BundleError as error:
            raise AirflowFailException(str(error)) from None
        return {"audit": named, **question}

    add_reviews_of_others()
    found = find()
    ask = HITLOperator(
        task_id="ask",
        doc_md="Wait until a steward approves or rejects the audit, with a reason.",
        subject=SUBJECT,
        body=BODY,
        options=[APPROVE, REJECT],
        defaults=REJECT,
        assigned_users=assigned_users(),
        params=QUESTIONS,
        retries=0,
    )

    @stage_task()
    def record(found: dict[str, str], answer: dict[str, Any]) -> str:
        """Write the answer into the ledger with who gave it and why; return what was decided."""
        from corpus_audit.errors import DecisionError
        from corpus_audit.review.sign_off import author_of, record_answer
        from corpus_audit.vocabulary import DecisionAction

        (chosen,) = answer["chosen_options"]
        action = {APPROVE: DecisionAction.APPROVE, REJECT: DecisionAction.REJECT}[chosen]
        refuse_others(author_of(answer))
        try:
            record_answer(folder_of(found["audit"]).path, action, answer, airflow_context())
        except DecisionError as error:
            raise AirflowFailException(f"{error} Clear 'ask', and answer again.") from None
        return str(action)

    @stage_task(retries=0, outlets=[DATASETS])
    def publish(found: dict[str, str], decided: str) -> str:
        """Bundle and sign an approved audit, and announce the dataset; a rejection ends here, and is told."""
        from corpus_audit.review.sign_off import bundle_approved
        from corpus_audit.store.bucket import address_of

        if decided != "approve":
            tell(recipients(), "The audit was rejected.", get_current_context())
            raise AirflowFailException("The audit was rejected: the reason is in the ledger.")
        audit = folder_of(found["audit"])
        bundle = bundle_approved(audit.path, airflow_context())
        announce(audit, get_current_context()["outlet_events"])
        return address_of(bundle)

    found >> ask
    publish(found, record(found, ask.output))


review_audit()
