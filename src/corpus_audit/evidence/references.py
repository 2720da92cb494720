"""Reference works found in each source's records; a source without a hit has a row that says so."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, columns

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


REFERENCES = evidence_table(
    "references", "one reference and one source: which of its works the source's records contain",
    ("reference", "source_id"),
    ("reference", STR, "Name of the reference."),
    ("source_id", STR, "Source whose records were held against it."),
    *columns(schemas.REFERENCE_WORKS, without=("reference",)),
    ("items_found", INT, "Items that at least one record of the source contains."),
    ("records", INT, "Records of the source that contain at least one item."),
    ("record_share", FLOAT, "Those as a share of the source's records."),
    ("shared_bytes", INT, "Bytes of records that are an item's; a stretch of two items counts for both."),
    ("max_containment", FLOAT, "Highest share of an item's shingles that a record holds; null without hits."),
    ("example_record", STR, "The record with the longest such text, by bytes then id; null without hits."),
    ("example_item", STR, "The item it contains."),
    ("example_start", INT, "First byte of the longest stretch of it in the record."),
    ("example_end", INT, "One past its last byte."),
    label=_("references by source"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.REFERENCE_HITS, schemas.REFERENCE_WORKS,),
    sql=f"""
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
)  # fmt: skip
