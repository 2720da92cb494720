"""Whether a moment is one that a cron expression names: as croniter, which Airflow schedules by, sees it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from corpus_audit.schedules import is_due

EXPRESSIONS = (
    "0 3 * * 1", "*/15 9-17 * * 1-5", "0 0 1,15 * *", "30 4 1 * 0", "0 12 * */3 *", "5 0-23/6 * 2 7", "59 23 31 12 *",
    "0 0 13 * 5", "10-20/5 1 * * *", "7/20 * * * *", "@hourly", "@daily", "@weekly", "@monthly", "@yearly",
)  # fmt: skip
STEPS = ({"minutes": 1}, {"hours": 1}, {"days": 1}, {"days": 7})


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_moment_is_due_when_croniter_says_so(expression):
    croniter = pytest.importorskip("croniter").croniter
    moments = croniter(expression, datetime(2026, 1, 1, tzinfo=UTC) - timedelta(minutes=1))
    due = [moments.get_next(datetime) for _ in range(60)]
    between = {earlier + (later - earlier) * part / 12 for earlier, later in pairwise(due) for part in range(1, 12)}
    beside = {moment + timedelta(**step) for moment in due for step in STEPS}
    for moment in {*due, *between, *beside}:
        minute = moment.replace(second=0, microsecond=0)
        if minute <= due[-1]:
            assert is_due(expression, minute) == (minute in due), minute
