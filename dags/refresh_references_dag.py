"""The DAG ``refresh_references``: reference works that have changed are hashed again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from airflow.sdk import MultipleCronTriggerTimetable, Param, dag, get_current_context

from corpus_audit_airflow.connections import use_connection
from corpus_audit_airflow.defaults import DEFAULT_ARGS, stage_task
from corpus_audit_airflow.listed_audits import FIRST_DAY, add_problems, listed_in, store_of
from corpus_audit_airflow.notices import on_failure


def add_refresh() -> None:
    """Make the DAG if ``audits.yaml`` lists references; scheduled_audits_dag reports problems with other entries."""
    from corpus_audit.errors import CorpusAuditError
    from corpus_audit.schedules import load_schedules

    try:
        listed = load_schedules(listed_in(Path(__file__).parent)).references
    except CorpusAuditError:
        return
    references, refused = {}, []
    for entry in listed:
        try:
            references[f"{entry.name} in {store_of(entry)}"] = entry
        except ValueError as error:
            refused.append(f"{entry.name}: {error}")
    if references:
        add_dag(references)
    if refused:
        add_problems("reference_problems", refused)


def add_dag(references: dict[str, Any]) -> None:
    """Make the DAG: a task that chooses which references are due, and one for each of them."""
    crons = sorted({entry.cron for entry in references.values()})
    told: Sequence[str] = sorted({name for entry in references.values() for name in entry.notify})

    @dag(
        schedule=MultipleCronTriggerTimetable(*crons, timezone="UTC"),
        start_date=FIRST_DAY,
        catchup=False,
        max_active_runs=1,
        tags=["audit", "references"],
        params={
            "names": Param(
                None,
                type=["null", "array"],
                items={"type": "string", "minLength": 1},
                title="References",
                description="Names of those to look at, one a line. Empty: those whose time it is, or by hand all.",
            )
        },
        default_args=DEFAULT_ARGS,
        on_failure_callback=on_failure(told),  # type: ignore[arg-type]
    )
    def refresh_references() -> None:
        """Refresh each changed reference of ``audits.yaml``, in one step.

        An audit that is under way ends with the references it began with. A reference that fails stays as it was and
        stops no other.
        """

        @stage_task()
        def choose() -> list[str]:
            """Return the references to check: the named ones, those that are due, or all."""
            from corpus_audit.schedules import is_due

            context = get_current_context()
            named, run = context["params"]["names"], context["dag_run"]
            if named:
                return [label for label, entry in references.items() if entry.name in named]
            if run.run_type != "scheduled":
                return list(references)
            return [label for label, entry in references.items() if is_due(entry.cron, run.logical_date)]  # type: ignore[arg-type]

        @stage_task(map_index_template="{{ task.op_kwargs['reference'] }}")
        def refresh(reference: str) -> bool:
            """Hash the works of a reference when they changed; return whether they did."""
            from corpus_audit.references.refreshing import refresh_reference
            from corpus_audit.store.bucket import local_path

            entry = references[reference]
            use_connection(entry.connection)
            store = local_path(store_of(entry))
            refreshed = refresh_reference(store, entry.name, entry.paths, entry.kind, text_field=entry.field)
            return refreshed.was_made

        refresh.expand(reference=choose())

    refresh_references()


add_refresh()
