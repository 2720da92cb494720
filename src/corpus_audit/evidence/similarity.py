"""How alike verified copies are: pairs counted by ranges of their similarity."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_SIMILARITY

# Similarities are rounded to millionths first, so that 0.58 does not fall into the range below its own.
SIMILARITY = Query(
    EVIDENCE_SIMILARITY,
    """
    SELECT CASE WHEN range_number >= 50 THEN 98 ELSE range_number * 2 END AS hundredths, kind, COUNT(*) AS pairs
    FROM (
        SELECT kind, CAST(FLOOR(CAST(ROUND(jaccard * 1000000) AS BIGINT) / 20000) AS BIGINT) AS range_number
        FROM pairs
    ) AS ranged
    GROUP BY CASE WHEN range_number >= 50 THEN 98 ELSE range_number * 2 END, kind
    """,
)
