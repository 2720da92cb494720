"""Similarity of verified copies: number of pairs per similarity range."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR

# Similarities are rounded to millionths first, so that 0.58 does not fall into the range below its own.


SIMILARITY = evidence_table(
    "similarity", "verified pairs of records of one kind whose similarity lies in one range", ("hundredths", "kind"),
    ("hundredths", INT, "Lower end of the range, in hundredths of the exact Jaccard similarity; ranges are 2 wide."),
    ("kind", STR, "exact (same bytes) or near (vocabulary CopyKind)."),
    ("pairs", INT, "Pairs of records."),
    label=_("ranges of similarity"),
    inputs=(schemas.PAIRS,),
    sql="""
    SELECT CASE WHEN range_number >= 50 THEN 98 ELSE range_number * 2 END AS hundredths, kind, COUNT(*) AS pairs
    FROM (
        SELECT kind, CAST(FLOOR(CAST(ROUND(jaccard * 1000000) AS BIGINT) / 20000) AS BIGINT) AS range_number
        FROM pairs
    ) AS ranged
    GROUP BY CASE WHEN range_number >= 50 THEN 98 ELSE range_number * 2 END, kind
    """,
)  # fmt: skip
