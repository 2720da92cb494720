"""The diversity of the dataset: its sources by text, its languages and scripts by records."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

_AMOUNTS = """
    SELECT 'sources' AS aspect, source_id AS kind, CAST(SUM(text_bytes) AS BIGINT) AS amount
    FROM record_totals
    GROUP BY source_id
    UNION ALL
    SELECT 'scripts', script, COUNT(*)
    FROM records
    WHERE script IS NOT NULL
    GROUP BY script
    UNION ALL
    SELECT 'languages', language_observed, COUNT(*)
    FROM records
    WHERE language_observed IS NOT NULL
    GROUP BY language_observed
"""


DIVERSITY = evidence_table(
    "diversity", "one aspect in which a dataset is varied or is not", ("aspect",),
    ("aspect", STR, "What is counted: sources (by bytes of text), languages or scripts (by records)."),
    ("distinct_kinds", INT, "How many there are."),
    ("largest", STR, "The one that holds most."),
    ("largest_share", FLOAT, "Its share."),
    ("entropy_bits", FLOAT, "Shannon entropy of the shares, in bits."),
    ("effective_kinds", FLOAT, "2 to the power of the entropy: so many equal ones would be as varied."),
    label=_("aspects of variety"),
    inputs=(schemas.RECORDS,),
    sql=f"""
    SELECT aspect,
           COUNT(*) AS distinct_kinds,
           MIN(CASE WHEN place = 1 THEN kind END) AS largest,
           ROUND(MAX(share), 6) AS largest_share,
           ROUND(ABS(SUM(share * log2(share))), 6) AS entropy_bits,
           ROUND(POWER(2, ABS(SUM(share * log2(share)))), 6) AS effective_kinds
    FROM (SELECT aspect, kind,
                 amount / SUM(amount) OVER (PARTITION BY aspect) AS share,
                 ROW_NUMBER() OVER (PARTITION BY aspect ORDER BY amount DESC, kind) AS place
          FROM ({_AMOUNTS}) AS amounts
          WHERE amount > 0) AS shares
    GROUP BY aspect
    """,  # noqa: S608 - constants
)  # fmt: skip
