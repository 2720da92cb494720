"""Base classes of every section of a report."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict

from corpus_audit.schemas.lean_model import LeanModel


def _round_share(value: float) -> float:
    return round(value, 6)


Share = Annotated[float, AfterValidator(_round_share)]
"""A ratio, rounded so that the order in which an engine summed it does not reach the bytes of the report."""

Value = str | int | tuple[str, ...] | None
"""One declared or observed value; None where an audit has nothing to set beside a claim."""


class Section(LeanModel):
    """A part of the report; frozen, and closed against fields the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalizedTextModel(Section):
    """One text in every language that reports are read in."""

    en: str
    zh: str
