"""Cron expressions, read by Airflow's own library: the supported ones, and the audits due at a given time."""

import re
from datetime import UTC, datetime

from croniter import CroniterBadCronError, CroniterBadDateError, croniter

from corpus_audit.manifest.values import refusal

_FIELDS = 5
_AIRFLOW_ALIASES = {"@quarterly": "0 0 1 */3 *"}
"""What Airflow knows by name and croniter does not."""

_RANDOM = re.compile(r"\br", re.IGNORECASE)
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def check_cron(value: str) -> str:
    """Return a cron expression as it is; raises the refusal of one that Airflow cannot run, or not at fixed times."""
    try:
        schedule = croniter(_AIRFLOW_ALIASES.get(value, value), _SOME_DAY)
        is_fixed = len(schedule.expanded) == _FIELDS and not _RANDOM.search(value)
        schedule.get_next()
    except CroniterBadDateError as error:
        raise refusal("names a date that no year has") from error
    except CroniterBadCronError as error:
        raise _not_understood() from error
    if not is_fixed:
        raise _not_understood()
    return value


def _not_understood() -> Exception:
    return refusal("must be five valid fields of cron such as '0 3 * * 1', or @daily, @weekly, @monthly …")


def is_due(cron: str, moment: datetime) -> bool:
    """True if a cron expression matches this minute; if it names days of both month and week, either suffices."""
    return bool(croniter.match(_AIRFLOW_ALIASES.get(cron, cron), moment))
