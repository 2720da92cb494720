"""Each file's evidence: its declaration, its observed state, and the amount read from it."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, columns

_FIELD_COLUMNS = [name for name in schemas.FILES.schema.names if name.endswith(("_field", "_fields"))]


FILES = evidence_table(
    "files", "one file: claims beside facts", ("source_id", "file"),
    *columns(schemas.FILES, without=("file_id", *_FIELD_COLUMNS)),
    ("records", INT, "Records read from it."),
    ("text_bytes", INT, "Text read from it, in UTF-8 bytes."),
    ("defects", INT, "Defects met while reading it."),
    label=_("files"),
    inputs=(schemas.FILES,),
    sql="""
    SELECT files.source_id, files.file, files.format, files.split,
           files.declared_size_bytes, files.observed_size_bytes,
           files.declared_sha256, files.observed_sha256, files.state,
           files.compression, files.encoding, files.encoding_basis,
           files.csv_delimiter, files.csv_quote, files.csv_escape, files.csv_first_line, files.csv_names,
           COALESCE(record_totals.records, 0) AS records,
           COALESCE(record_totals.text_bytes, 0) AS text_bytes,
           COALESCE(defect_totals.defects, 0) AS defects
    FROM files
    LEFT JOIN record_totals ON record_totals.source_id = files.source_id AND record_totals.file = files.file
    LEFT JOIN defect_totals ON defect_totals.source_id = files.source_id AND defect_totals.file = files.file
    """,
)  # fmt: skip
