"""The watched folders and buckets in ``audits.yaml``: one DAG polls each, one audits new manifests."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import DeltaTriggerTimetable, Param, dag

from corpus_audit_airflow.defaults import DEFAULT_ARGS, stage_task
from corpus_audit_airflow.listed_audits import FIRST_DAY, add_audit, add_each, add_problems, listed_in, store_of
from corpus_audit_airflow.notices import on_failure
from corpus_audit_airflow.runs import StartRun


def add_watched_places() -> None:
    """Make the DAGs of every valid watched place; scheduled_audits_dag reports the others."""
    from corpus_audit.errors import CorpusAuditError
    from corpus_audit.schedules import load_schedules

    try:
        watched = load_schedules(listed_in(Path(__file__).parent)).watched
    except CorpusAuditError:
        return
    if refused := add_each(watched, add_watch):
        add_problems("watch_problems", refused)


def add_watch(entry: Any) -> None:
    """Make the DAG that polls a place, and the one that audits one manifest per run."""
    add_audit(entry, None, f"{entry.place}/{entry.manifests[0]}")
    place = store_of(entry)

    @dag(
        dag_id=f"watch_{entry.id}",
        schedule=DeltaTriggerTimetable(timedelta(minutes=entry.every_minutes)),
        start_date=FIRST_DAY,
        catchup=False,
        max_active_runs=1,
        tags=["audit", "watch"],
        params={"connection": Param(entry.connection, type=["null", "string"])},
        default_args=DEFAULT_ARGS | {"owner": entry.owner},
        on_failure_callback=on_failure(entry.notify),  # type: ignore[arg-type]
        doc_md=f"Looks for new or changed manifests in `{entry.place}`: `audit_{entry.id}` audits each, once a change.",
    )
    def watch() -> None:
        @stage_task()
        def find() -> list[dict[str, Any]]:
            """Return what runs are to be started: one for each manifest that is new or changed."""
            from corpus_audit.schedules import polling
            from corpus_audit.store.bucket import local_path

            return [
                {"trigger_run_id": change.run_id, "conf": {"manifest": change.manifest, "root": change.root}}
                for change in polling.poll(entry, local_path(place))
            ]

        # A run that is there already was started before; without a logical date no two runs can be taken for one.
        start = StartRun.partial(
            task_id="start",
            doc_md="Start the audit of a manifest, unless its run is there already.",
            trigger_dag_id=f"audit_{entry.id}",
            logical_date=None,
            skip_when_already_exists=True,
        )

        @stage_task(trigger_rule="none_failed")
        def remember(found: list[dict[str, Any]]) -> None:
            """Write down which audits were started, so that they are not started again."""
            from corpus_audit.schedules import polling
            from corpus_audit.store.bucket import local_path

            polling.mark_started(entry, local_path(place), [run["trigger_run_id"] for run in found])

        found = find()
        start.expand_kwargs(found) >> remember(found)

    watch()


add_watched_places()
