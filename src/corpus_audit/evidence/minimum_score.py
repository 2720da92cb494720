"""Spans above and below the score from which an audit judges them: those below it are counted, and nothing more."""

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_BELOW_MINIMUM_SCORE

ALL_SPANS_VIEW = "all_spans"
"""The name that every span goes by in SQL; ``spans`` are those that are judged."""

# Scores are compared as whole millionths: 0.9 is not the same number in every width.
_MILLIONTHS = "CAST(ROUND(score * 1000000) AS BIGINT)"

BELOW_MINIMUM_SCORE = Query(
    EVIDENCE_BELOW_MINIMUM_SCORE,
    """
    SELECT source_id, kind, entity_type, COUNT(*) AS records, CAST(SUM(spans) AS BIGINT) AS spans
    FROM (SELECT source_id, kind, entity_type, record_id, COUNT(*) AS spans
          FROM spans_below GROUP BY source_id, kind, entity_type, record_id) AS per_record
    GROUP BY source_id, kind, entity_type
    """,
)


def divide_spans(engine: Engine, minimum_score: float) -> None:
    """Make visible which spans are judged (``spans``), and which score too low for that (``spans_below``)."""
    least = round(minimum_score * 1_000_000)
    for name, comparison in (("spans", ">="), ("spans_below", "<")):
        chosen = f"SELECT * FROM {ALL_SPANS_VIEW} WHERE {_MILLIONTHS} {comparison} {least}"  # noqa: S608 - numbers
        engine.execute(f"CREATE TEMPORARY VIEW {name} AS {chosen}")
