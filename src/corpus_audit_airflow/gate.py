"""A gate for other people's DAGs: a task group that audits a dataset, and raises, skips or passes on by its verdict.

with DAG(...):
    audit_dataset(manifest="/data/tales/manifest.yaml", store="/data/audits") >> train()
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from airflow.sdk import TaskGroup
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from corpus_audit_airflow.audit_places import folder_of, reported_audit
from corpus_audit_airflow.audit_tasks import add_audit_stages
from corpus_audit_airflow.defaults import DEFAULT_ARGS, stage_task
from corpus_audit_airflow.telemetry import reading_context

FailOn = Literal["critical", "warning", "info"]
"""The lightest findings that close the gate. An incomplete audit closes it in any case."""

Otherwise = Literal["raise", "skip", "pass"]
"""What a closed gate does: fail, skip what follows, or pass on the verdict."""

_WEIGHTS = ("critical", "warning", "info")


def audit_dataset(  # noqa: PLR0913 - options that are given by name
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
    group_id: str = "audit_dataset",
) -> Any:
    """Add the stages of an audit and its gate to the DAG that is being made; return what the gate passes on.

    Arguments are those of the DAG ``audit_dataset``, may be templates or results of other tasks, and hold for this call
    only. The gate passes on audit_id, verdict and report.
    """
    if fail_on not in _WEIGHTS or otherwise not in ("raise", "skip", "pass"):
        message = f"fail_on is one of {', '.join(_WEIGHTS)}; otherwise is one of raise, skip, pass."
        raise ValueError(message)
    given = {
        "manifest": manifest,
        "store": store,
        "packs": list(packs),
        "root": root,
        "keywords": list(keywords),
        "parameters": dict(parameters or {}),
    }
    told = "Audits a dataset, and gates by its verdict."
    with TaskGroup(group_id, default_args=DEFAULT_ARGS, tooltip=told):  # type: ignore[arg-type]
        reported = add_audit_stages(given=given, connection=connection)

        @stage_task(retries=0)
        def gate(reported: dict[str, str]) -> dict[str, str]:
            """Pass on an audit's verdict, or fail or skip what follows, as the gate says."""
            return check(reported, fail_on, otherwise)

        return gate(reported)


def check(reported: dict[str, str], fail_on: FailOn, otherwise: Otherwise) -> dict[str, str]:
    """Return an audit's report as it was announced where its verdict, as it is now, opens the gate.

    Raises AirflowFailException or AirflowSkipException where it does not.
    """
    from corpus_audit.pipeline.current import current_summary

    summary = current_summary(folder_of(reported_audit(reported)), context=reading_context())
    said = reported | {"verdict": str(summary.verdict)}
    closing = closed_by(summary, fail_on)
    if not closing or otherwise == "pass":
        return said
    message = f"Audit {summary.audit_id}, verdict {summary.verdict}: {closing}. Its report: {summary.report}"
    if otherwise == "skip":
        raise AirflowSkipException(message)
    raise AirflowFailException(message)


def closed_by(summary: Any, fail_on: FailOn) -> str:
    """Return why a verdict closes the gate, '' where it opens it."""
    if summary.verdict == "incomplete":
        return "not everything was looked at"
    counted = {str(reason.code).removesuffix("-findings"): reason.count for reason in summary.reasons}
    weights = _WEIGHTS[: _WEIGHTS.index(fail_on) + 1]
    found = [f"{counted[weight]} {weight}" for weight in weights if counted.get(weight)]
    if found:
        return f"findings: {', '.join(found)}"
    return "critical findings" if summary.verdict == "fail" else ""
