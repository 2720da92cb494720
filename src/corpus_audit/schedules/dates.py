"""Places with a date in their path: ``/data/news/{date}/manifest.yaml``."""

import re
from datetime import datetime

from corpus_audit.manifest.values import refusal

_DATE = re.compile(r"\{date(?::(?P<form>(?:%[YmdHMGVj]|[A-Za-z0-9_./-])+))?\}")
_ISO = "%Y-%m-%d"


def check_dates(value: str) -> str:
    """Return a place as it is; raises the refusal of one with braces around something else than a date."""
    if set("{}") & set(_DATE.sub("", value)):
        raise refusal("has braces that hold no date: write {date}, or a form such as {date:%Y-%m}")
    return value


def is_dated(place: str) -> bool:
    """True if a place differs from date to date."""
    return _DATE.search(place) is not None


def at_date(place: str, moment: datetime) -> str:
    """Return a place with each ``{date}`` (2026-03-31) and ``{date:%Y-%m}`` (a form of strftime) filled in."""
    return _DATE.sub(lambda match: moment.strftime(match["form"] or _ISO), place)
