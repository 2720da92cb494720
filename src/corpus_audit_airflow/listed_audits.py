"""The list of audits, places and references that run by themselves, and what DAG files make of an entry."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import DeadlineAlert, DeadlineReference, Param, dag, get_current_context, task  # type: ignore[attr-defined]
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from corpus_audit_airflow.audit_params import AUDIT_PARAMS
from corpus_audit_airflow.audit_tasks import add_audit_stages
from corpus_audit_airflow.defaults import DEFAULT_ARGS
from corpus_audit_airflow.notices import on_failure, on_missed_deadline
from corpus_audit_airflow.verdicts import show_verdict

FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""No audit stands for a day before this one; nothing is caught up on unless a backfill asks for it."""


def listed_in(folder: Path) -> Path:
    """Return where the list of audits is: CORPUS_AUDIT_SCHEDULES, or ``audits.yaml`` in a folder of DAGs."""
    return Path(os.environ.get("CORPUS_AUDIT_SCHEDULES", folder / "audits.yaml"))


def store_of(entry: Any) -> str:
    """Return the folder that an entry's audits are kept in; raises ValueError when nothing says it."""
    store = entry.store or os.environ.get("CORPUS_AUDIT_STORE")
    if not store:
        message = "nothing says where audits are kept: give 'store', or set CORPUS_AUDIT_STORE"
        raise ValueError(message)
    return str(store)


def at_date_of_run(place: str) -> str:
    """Return a place with ``{date}`` replaced by the date of the run."""
    from corpus_audit.schedules import at_date

    run = get_current_context()["dag_run"]
    return at_date(place, run.logical_date or run.run_after)


def add_each(entries: Iterable[Any], add: Callable[[Any], None]) -> list[str]:
    """Make the DAGs of each entry; return what Airflow refused of some, which must not hide the others."""
    refused = []
    for entry in entries:
        try:
            add(entry)
        except (AirflowException, ValueError) as error:
            refused.append(f"{entry.id}: {error}")
    return refused


def add_audit(entry: Any, schedule: Any, source: str, place_of: Callable[[str], str] = str) -> None:
    """Make the DAG of the audits of one entry: the stages of an audit, with the entry's parameters in its form."""
    given = entry.model_dump(mode="json", exclude_none=True) | {"store": store_of(entry)}
    known = {name: given[name] for name in AUDIT_PARAMS if given.get(name)}
    params = {name: Param(known.get(name, old.value), **old.schema) for name, old in AUDIT_PARAMS.items()}
    late = None
    if entry.deadline_hours:
        hours = timedelta(hours=entry.deadline_hours)
        late = DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, hours, on_missed_deadline(entry.notify))

    @dag(
        dag_id=f"audit_{entry.id}",
        schedule=schedule,
        start_date=FIRST_DAY,
        catchup=False,
        max_active_runs=1,
        tags=["audit", "scheduled", *(f"reviewer:{name}" for name in entry.reviewers)],
        params=params,
        default_args=DEFAULT_ARGS | {"owner": entry.owner},
        deadline=late,
        on_failure_callback=on_failure(entry.notify),  # type: ignore[arg-type]
        doc_md=f"Audits `{source}` as `audits.yaml` says.",
    )
    def scheduled() -> None:
        show_verdict(add_audit_stages(place_of, entry.notify, known.get("parameters", {})))

    scheduled()


def add_problems(dag_id: str, problems: Sequence[str]) -> None:
    """Make a DAG for the invalid entries; its only task fails and reports why."""

    @dag(
        dag_id=dag_id,
        schedule=None,
        tags=["audit", "scheduled"],
        default_args=DEFAULT_ARGS,
        doc_md="\n".join(f"- {line}" for line in problems),
    )
    def stand_for_problems() -> None:
        @task(retries=0)
        def tell() -> None:
            """Fail with every problem of audits.yaml; 'corpus-audit schedule lint' prints the same."""
            raise AirflowFailException("\n".join(problems))

        tell()

    stand_for_problems()
