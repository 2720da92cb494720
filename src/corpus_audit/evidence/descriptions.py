"""What is wrong with the description of the data, and what is to be asked because it does not say."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_CLAIM_PROBLEMS, EVIDENCE_QUESTIONS

_PLACES = 10

CLAIM_PROBLEMS_VIEW = "stated_problems"
"""Where the raw claim problems are seen: the evidence table has the same name."""

CLAIM_PROBLEMS = Query(
    EVIDENCE_CLAIM_PROBLEMS,
    f"""
    SELECT source_id, field, code,
           COUNT(*) AS count,
           array_agg(place ORDER BY position) FILTER (WHERE position <= {_PLACES}) AS places,
           MAX(CASE WHEN position = 1 THEN detail END) AS detail
    FROM (
        SELECT source_id, field, code, detail, document || ' ' || pointer AS place,
               ROW_NUMBER() OVER (PARTITION BY source_id, field, code
                                  ORDER BY document, LENGTH(pointer), pointer, detail) AS position
        FROM {CLAIM_PROBLEMS_VIEW}
    ) AS numbered
    GROUP BY source_id, field, code
    """,  # noqa: S608 - constants
)

QUESTIONS = Query(EVIDENCE_QUESTIONS, "SELECT * FROM claim_gaps")
