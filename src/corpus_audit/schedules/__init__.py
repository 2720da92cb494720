"""Scheduled audits: the content of ``dags/audits.yaml``, checked as a whole.

Entries are checked one by one, so that a bad one never hides the others: it is left out, and said why with its place.
"""

from corpus_audit.schedules.cron import is_due
from corpus_audit.schedules.dates import at_date
from corpus_audit.schedules.entries import ReferenceSchedule, Schedule, WatchedPlace
from corpus_audit.schedules.loading import Schedules, load_schedules

__all__ = ["ReferenceSchedule", "Schedule", "Schedules", "WatchedPlace", "at_date", "is_due", "load_schedules"]
