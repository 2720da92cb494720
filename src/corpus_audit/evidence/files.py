"""Each file's evidence: what was declared and seen of it, and how much was read out of it."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_FILES

FILES = Query(
    EVIDENCE_FILES,
    """
    SELECT files.source_id, files.file, files.format,
           files.declared_size_bytes, files.observed_size_bytes,
           files.declared_sha256, files.observed_sha256, files.state,
           files.compression, files.encoding, files.encoding_basis,
           files.csv_delimiter, files.csv_quote, files.csv_escape,
           COALESCE(record_totals.records, 0) AS records,
           COALESCE(record_totals.text_bytes, 0) AS text_bytes,
           COALESCE(defect_totals.defects, 0) AS defects
    FROM files
    LEFT JOIN record_totals ON record_totals.source_id = files.source_id AND record_totals.file = files.file
    LEFT JOIN defect_totals ON defect_totals.source_id = files.source_id AND defect_totals.file = files.file
    """,
)
