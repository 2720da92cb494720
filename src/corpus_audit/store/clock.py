"""The injected clock: the same inputs give the same bytes."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now in UTC, to the second: the default clock."""
    return datetime.now(UTC).replace(microsecond=0)
