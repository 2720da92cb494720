"""What a task tells of its stage: a structured log line, metrics, and the DAG run as the parent in lineage."""

import os
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from airflow.sdk import get_current_context

METRIC = "corpus_audit.stage"


def airflow_context(stage: Any = None, units: int | None = None) -> Any:
    """Return how a stage runs in a task: as anywhere, and its progress and its end are told through Airflow.

    *units* are what this task works through of the *stage*.
    """
    from corpus_audit.pipeline import RunContext
    from corpus_audit.pipeline.progress import ProgressLog

    progress = ProgressLog(_log)
    if stage is not None:
        progress.stage(stage.name, units)
    return RunContext(on_stage_end=report_stage_end, advance=progress.advance)


def reading_context() -> Any:
    """Return how a task brings up to date what it reads of an audit: told of is only what had to be done."""
    from corpus_audit.pipeline import RunContext
    from corpus_audit.vocabulary import StageOutcome

    def report(end: Any) -> None:
        if end.outcome is not StageOutcome.UP_TO_DATE:
            report_stage_end(end)

    return RunContext(on_stage_end=report)


def report_estimate(audit: Any) -> None:
    """Log what an audit needs of disk, memory and time; raises StoreError when the disk cannot hold it.

    A store in a bucket is worked on in copies, and the next task may run on a machine with a larger disk: there it is
    a warning.
    """
    from corpus_audit.errors import StoreError
    from corpus_audit.pipeline.estimate import estimate, shortage
    from corpus_audit.store.bucket import is_copied

    context = airflow_context()
    found = estimate(audit, context)
    _log(found.sentence, found.fields)
    if message := shortage(audit, found, context):
        if not is_copied(audit.path):
            raise StoreError(message)
        _progress().warning(message)


def _log(sentence: str, fields: dict[str, Any]) -> None:
    _progress().info(sentence, **fields)


def _progress() -> Any:
    import structlog

    return structlog.get_logger("corpus_audit.progress")


def report_stage_end(end: Any) -> None:
    """Log the end of a stage with its fields, and count it: the work itself only when it was done here."""
    import structlog
    from airflow.sdk.observability import stats

    from corpus_audit.vocabulary import StageOutcome

    log = structlog.get_logger("corpus_audit.pipeline")
    (log.warning if end.is_stopped else log.info)(end.sentence, **end.fields)
    stage = f"{METRIC}.{end.stage.name}"
    stats.incr(f"{stage}.{end.outcome.replace(' ', '_')}")
    stats.timing(f"{stage}.duration", timedelta(seconds=end.seconds))
    if end.outcome is StageOutcome.DONE:
        for name, value in end.figures.items():
            stats.incr(f"{stage}.{name}", value)


def name_dag_run(environ: MutableMapping[str, str] = os.environ) -> None:
    """Name the DAG run in the variable that OpenLineage has for what starts a program.

    It is the run that Airflow's OpenLineage provider sends events of, where that is on.
    """
    instance = get_current_context()["ti"]
    with suppress(Exception):  # a task whose parent cannot be named must still run
        environ["OPENLINEAGE_PARENT_ID"] = _provider_run(instance) or _own_run(instance)


def _provider_run(instance: Any) -> str | None:
    try:
        from airflow.providers.openlineage import conf
    except ImportError:
        return None
    if conf.is_disabled():
        return None
    from airflow.providers.openlineage.plugins.macros import lineage_root_parent_id

    return str(lineage_root_parent_id(instance))


def _own_run(instance: Any) -> str:
    from corpus_audit.document.addresses import stable_uuid

    namespace = os.environ.get("OPENLINEAGE_NAMESPACE") or "default"
    return f"{namespace}/{instance.dag_id}/{stable_uuid('dag-run', instance.dag_id, instance.run_id)}"
