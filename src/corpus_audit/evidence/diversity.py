"""How varied the dataset is: its sources by text, its languages and scripts by records."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_DIVERSITY

# A language's share is estimated from each source's sample, and counts for as many records as the source has.
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
    SELECT 'languages', language_observed,
           CAST(ROUND(SUM(CAST(found.records AS DOUBLE) * 1000 * texts.records / found.records_sampled)) AS BIGINT)
    FROM (SELECT source_id, language_observed, COUNT(*) AS records,
                 SUM(COUNT(*)) OVER (PARTITION BY source_id) AS records_sampled
          FROM sampled_languages
          GROUP BY source_id, language_observed) AS found
    JOIN sampled_texts AS texts ON texts.source_id = found.source_id
    GROUP BY language_observed
"""

DIVERSITY = Query(
    EVIDENCE_DIVERSITY,
    f"""
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
)
