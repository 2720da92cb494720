"""The dataset's evidence: its claims, its size, and its share of copies."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, columns

DATASET = evidence_table(
    "dataset", "the dataset: claims beside facts", ("dataset_id",),
    *columns(schemas.CLAIMED_DATASET),
    ("intended_uses_state", STR, "recorded, or not-recorded when no purpose is declared."),
    ("languages_state", STR, "recorded, or not-recorded when no language is declared."),
    ("sources", INT, "Number of sources."),
    ("files", INT, "Number of files declared or found."),
    ("files_verified", INT, "Files whose size and sha256 are as declared."),
    ("records", INT, "Number of records measured."),
    ("text_bytes", INT, "Total text in UTF-8 bytes."),
    ("exact_duplicate_records", INT, "Records that repeat an earlier record byte for byte."),
    ("near_duplicate_records", INT, "Records with a verified near copy as representative."),
    ("exact_duplicate_share", FLOAT, "Bytes of exact duplicates as a share of all records' bytes; 0 without any."),
    ("near_duplicate_share", FLOAT, "Bytes of near duplicates as a share of all records' bytes; 0 without any."),
    ("largest_source_share", FLOAT, "Text bytes of the largest source as a share of all; 0 when there is no text."),
    ("personal_information_records", INT, "Records with at least one confirmed personal-information span."),
    label=_("dataset"),
    inputs=(schemas.CLAIMED_DATASET, schemas.CLAIMED_SOURCES, schemas.FILES,),
    sql="""
    SELECT claimed_dataset.*,
           CASE WHEN uses.items > 0 THEN 'recorded' ELSE 'not-recorded' END AS intended_uses_state,
           CASE WHEN spoken.items > 0 THEN 'recorded' ELSE 'not-recorded' END AS languages_state,
           source_counts.sources,
           file_counts.files,
           file_counts.files_verified,
           text.records,
           text.text_bytes,
           copies.exact_duplicate_records,
           copies.near_duplicate_records,
           COALESCE(copies.exact_bytes / NULLIF(text.content_bytes, 0), 0.0) AS exact_duplicate_share,
           COALESCE(copies.near_bytes / NULLIF(text.content_bytes, 0), 0.0) AS near_duplicate_share,
           COALESCE(largest.text_bytes / NULLIF(text.text_bytes, 0), 0.0) AS largest_source_share,
           personal.records AS personal_information_records
    FROM claimed_dataset
    CROSS JOIN (SELECT COUNT(*) AS items FROM claimed_uses) AS uses
    CROSS JOIN (SELECT COUNT(*) AS items FROM claimed_languages) AS spoken
    CROSS JOIN (SELECT COUNT(*) AS sources FROM claimed_sources) AS source_counts
    CROSS JOIN (
        SELECT COUNT(*) AS files,
               COUNT(CASE WHEN state = 'verified' THEN 1 END) AS files_verified
        FROM files
    ) AS file_counts
    CROSS JOIN (
        SELECT COALESCE(CAST(SUM(records) AS BIGINT), 0) AS records,
               COALESCE(CAST(SUM(content_bytes) AS BIGINT), 0) AS content_bytes,
               COALESCE(CAST(SUM(text_bytes) AS BIGINT), 0) AS text_bytes
        FROM record_totals
    ) AS text
    CROSS JOIN (
        SELECT COALESCE(CAST(SUM(CASE WHEN kind = 'exact' THEN records END) AS BIGINT), 0) AS exact_duplicate_records,
               COALESCE(CAST(SUM(CASE WHEN kind = 'near' THEN records END) AS BIGINT), 0) AS near_duplicate_records,
               CAST(SUM(CASE WHEN kind = 'exact' THEN copied_bytes END) AS BIGINT) AS exact_bytes,
               CAST(SUM(CASE WHEN kind = 'near' THEN copied_bytes END) AS BIGINT) AS near_bytes
        FROM copy_totals
    ) AS copies
    CROSS JOIN (
        SELECT MAX(text_bytes) AS text_bytes
        FROM (SELECT SUM(text_bytes) AS text_bytes FROM record_totals GROUP BY source_id) AS per_source
    ) AS largest
    CROSS JOIN (SELECT COALESCE(CAST(SUM(records) AS BIGINT), 0) AS records FROM personal_sources) AS personal
    """,
)  # fmt: skip
