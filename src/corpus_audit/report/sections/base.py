"""Base classes of every section of a report."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict

from corpus_audit.report.bounds import VALUES_LISTED
from corpus_audit.schemas.lean_model import LeanModel


def _round_share(value: float) -> float:
    return round(value, 6)


Share = Annotated[float, AfterValidator(_round_share)]
"""A ratio, rounded so that the order in which an engine summed it does not reach the bytes of the report."""


def _first_values(values: tuple[str, ...]) -> tuple[str, ...]:
    return values[:VALUES_LISTED]


Listing = Annotated[tuple[str, ...], AfterValidator(_first_values)]
"""The first values of a list; a limit of the report says how many lists have more."""

Value = str | int | Listing | None
"""One declared or observed value; None where an audit has nothing to set beside a claim."""


class Section(LeanModel):
    """A part of the report; frozen, and closed against fields the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalizedTextModel(Section):
    """One text in every language that reports are read in."""

    en: str
    zh: str
