"""The audits that ``audits.yaml`` lists: a DAG each, and one that says what is wrong with entries that cannot run."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import (
    Asset,
    AssetOrTimeSchedule,
    CronTriggerTimetable,
    DeadlineAlert,
    DeadlineReference,
    Param,
    dag,
    task,
)
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from audit_defaults import AUDIT_PARAMS, DEFAULT_ARGS
from audit_notices import on_failure, on_missed_deadline
from audit_stages import add_audit_stages

LIST = Path(os.environ.get("CORPUS_AUDIT_SCHEDULES", Path(__file__).with_name("audits.yaml")))
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def add_scheduled_audits() -> None:
    """Make the DAG of every entry that can run; the others are told by the DAG ``audit_schedule_problems``."""
    from corpus_audit.errors import CorpusAuditError
    from corpus_audit.schedules import load_schedules

    try:
        found = load_schedules(LIST)
    except CorpusAuditError as error:
        add_problems((str(error),))
        return
    problems = list(found.problems)
    for entry in found.entries:
        try:
            add_audit(entry)
        except (AirflowException, ValueError) as error:  # what Airflow refuses must not hide the other entries
            problems.append(f"audit_{entry.id}: {error}")
    if problems:
        add_problems(problems)


def add_audit(entry: Any) -> None:
    """Make the DAG of one entry: the stages of an audit, with the entry's parameters in its form."""
    given = {"store": os.environ.get("CORPUS_AUDIT_STORE")} | entry.model_dump(mode="json", exclude_none=True)
    known = {name: given[name] for name in AUDIT_PARAMS if given.get(name)}
    params = {name: Param(known.get(name, old.value), **old.schema) for name, old in AUDIT_PARAMS.items()}
    late = None
    if entry.deadline_hours:
        hours = timedelta(hours=entry.deadline_hours)
        late = DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, hours, on_missed_deadline(entry.notify))

    @dag(
        dag_id=f"audit_{entry.id}",
        schedule=schedule_of(entry),
        start_date=FIRST_DAY,
        catchup=False,
        max_active_runs=1,
        tags=["audit", "scheduled", *(f"reviewer:{name}" for name in entry.reviewers)],
        params=params,
        default_args=DEFAULT_ARGS | {"owner": entry.owner},
        deadline=late,
        on_failure_callback=on_failure(entry.notify),
        doc_md=f"Audits `{entry.manifest}` as `audits.yaml` says.",
    )
    def scheduled() -> None:
        add_audit_stages()

    scheduled()


def schedule_of(entry: Any) -> Any:
    """Return when an entry's audit starts: by the clock, when an asset is updated, or both."""
    clock = CronTriggerTimetable(entry.cron, timezone="UTC") if entry.cron else None
    assets = [Asset(name=name) for name in entry.after]
    if clock and assets:
        return AssetOrTimeSchedule(timetable=clock, assets=assets)
    return clock or assets


def add_problems(problems: Sequence[str]) -> None:
    """Make the DAG that stands for the entries that cannot run; its only task fails and says why."""

    @dag(
        schedule=None,
        tags=["audit", "scheduled"],
        default_args=DEFAULT_ARGS,
        doc_md="\n".join(f"- {line}" for line in problems),
    )
    def audit_schedule_problems() -> None:
        @task(retries=0)
        def tell() -> None:
            """Fail with every problem of audits.yaml; 'corpus-audit schedule lint' prints the same."""
            raise AirflowFailException("\n".join(problems))

        tell()

    audit_schedule_problems()


add_scheduled_audits()
