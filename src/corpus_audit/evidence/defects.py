"""Defects by kind and file: how often, and the first places."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_DEFECTS

_PLACES = 10

# Shorter places come first, so that 'row 9' precedes 'row 10'.
DEFECTS = Query(
    EVIDENCE_DEFECTS,
    f"""
    SELECT source_id, file, code,
           COUNT(*) AS count,
           array_agg(place ORDER BY position) FILTER (WHERE position <= {_PLACES}) AS places,
           MAX(CASE WHEN position = 1 THEN detail END) AS detail
    FROM (
        SELECT source_id, file, code, place, detail,
               ROW_NUMBER() OVER (PARTITION BY source_id, file, code
                                  ORDER BY LENGTH(place), place, detail) AS position
        FROM defects
    ) AS numbered
    GROUP BY source_id, file, code
    """,  # noqa: S608 - constants
)
