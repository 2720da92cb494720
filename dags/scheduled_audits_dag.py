"""The audits listed in ``audits.yaml``: one DAG each, and one that reports invalid entries."""

from pathlib import Path
from typing import Any

from airflow.sdk import Asset, AssetOrTimeSchedule, CronTriggerTimetable

from corpus_audit_airflow.listed_audits import add_audit, add_each, add_problems, at_date_of_run, listed_in


def add_scheduled_audits() -> None:
    """Make the DAG of every valid entry; the DAG ``audit_schedule_problems`` reports the others."""
    from corpus_audit.errors import CorpusAuditError
    from corpus_audit.schedules import load_schedules

    try:
        found = load_schedules(listed_in(Path(__file__).parent))
    except CorpusAuditError as error:
        add_problems("audit_schedule_problems", (str(error),))
        return
    refused = add_each(found.audits, lambda entry: add_audit(entry, schedule_of(entry), entry.manifest, at_date_of_run))
    if problems := (*found.problems, *refused):
        add_problems("audit_schedule_problems", problems)


def schedule_of(entry: Any) -> Any:
    """Return when an entry's audit starts: by the clock, when an asset is updated, or both."""
    clock = CronTriggerTimetable(entry.cron, timezone="UTC") if entry.cron else None
    assets = [Asset(name=name) for name in entry.after]
    if clock and assets:
        return AssetOrTimeSchedule(timetable=clock, assets=assets)
    return clock or assets


add_scheduled_audits()
