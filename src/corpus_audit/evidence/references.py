"""What of each reference each source's records contain; a source without a hit has a row that says so."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_REFERENCES

_LONGEST = """
    SELECT record_id, source_id, reference, item, longest_start, longest_end
    FROM (
        SELECT record_id, source_id, reference, item, longest_start, longest_end,
               ROW_NUMBER() OVER (
                   PARTITION BY reference, source_id ORDER BY longest_end - longest_start DESC, record_id, item
               ) AS place
        FROM reference_hits
    ) AS ranked
    WHERE place = 1
"""

_TOTALS = """
    SELECT reference, source_id,
           COUNT(DISTINCT item) AS items_found,
           COUNT(DISTINCT record_id) AS records,
           CAST(SUM(shared_bytes) AS BIGINT) AS shared_bytes,
           MAX(containment) AS max_containment
    FROM reference_hits
    GROUP BY reference, source_id
"""

_RECORDS = "SELECT source_id, SUM(records) AS records FROM record_totals GROUP BY source_id"

REFERENCES = Query(
    EVIDENCE_REFERENCES,
    f"""
    SELECT works.*, claimed_sources.source_id,
           COALESCE(totals.items_found, 0) AS items_found,
           COALESCE(totals.records, 0) AS records,
           COALESCE(CAST(totals.records AS DOUBLE) / measured.records, 0) AS record_share,
           COALESCE(totals.shared_bytes, 0) AS shared_bytes,
           totals.max_containment,
           longest.record_id AS example_record,
           longest.item AS example_item,
           longest.longest_start AS example_start,
           longest.longest_end AS example_end
    FROM reference_works AS works
    CROSS JOIN claimed_sources
    LEFT JOIN ({_RECORDS}) AS measured ON measured.source_id = claimed_sources.source_id
    LEFT JOIN ({_TOTALS}) AS totals
      ON totals.reference = works.reference AND totals.source_id = claimed_sources.source_id
    LEFT JOIN ({_LONGEST}) AS longest
      ON longest.reference = works.reference AND longest.source_id = claimed_sources.source_id
    """,  # noqa: S608 - constants
)
