"""Spans above and below the audit's minimum score: lower ones are counted, and nothing more."""

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR
from corpus_audit.vocabulary import SpanStatus

ALL_SPANS_VIEW = "all_spans"
"""The name that every span goes by in SQL; ``spans`` are those that are judged as facts."""

DIVIDED_SPANS = ("spans", "spans_labelled", "spans_below")
"""What divide_spans makes visible."""

# Scores are compared as whole millionths: 0.9 is not the same number in every width.
_MILLIONTHS = "CAST(ROUND(score * 1000000) AS BIGINT)"


def divide_spans(engine: Engine, minimum_score: float) -> None:
    """Make visible the confirmed spans (``spans``), the labelled ones, and those below the score (``spans_below``)."""
    least = round(minimum_score * 1_000_000)
    conditions = {
        "spans": f"{_MILLIONTHS} >= {least} AND status = '{SpanStatus.CONFIRMED}'",
        "spans_labelled": f"{_MILLIONTHS} >= {least} AND status = '{SpanStatus.LABELLED}'",
        "spans_below": f"{_MILLIONTHS} < {least}",
    }
    for name, condition in conditions.items():
        chosen = f"SELECT * FROM {ALL_SPANS_VIEW} WHERE {condition}"  # noqa: S608 - numbers and constants
        engine.execute(f"CREATE TEMPORARY VIEW {name} AS {chosen}")


BELOW_MINIMUM_SCORE = evidence_table(
    "below_minimum_score", "one entity type in one source whose spans score too low to be judged",
    ("source_id", "kind", "entity_type"),
    ("source_id", STR, "Source."),
    ("kind", STR, "What the spans are (vocabulary SpanKind)."),
    ("entity_type", STR, "Entity type."),
    ("records", INT, "Records with at least one such span."),
    ("spans", INT, "Spans below the minimum score: in no other figure of the evidence."),
    label=_("types below the minimum score by source"),
    sql="""
    SELECT source_id, kind, entity_type, COUNT(*) AS records, CAST(SUM(spans) AS BIGINT) AS spans
    FROM (SELECT source_id, kind, entity_type, record_id, COUNT(*) AS spans
          FROM spans_below GROUP BY source_id, kind, entity_type, record_id) AS per_record
    GROUP BY source_id, kind, entity_type
    """,
)  # fmt: skip
