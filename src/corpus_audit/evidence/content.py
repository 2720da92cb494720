"""The volume of each kind of content per source: records, bytes, characters and tokens."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR

CONTENT = evidence_table(
    "content", "one kind of content in one source", ("source_id", "modality"),
    ("source_id", STR, "Source."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("records", INT, "Records measured."),
    ("size_bytes", INT, "Bytes: of text in UTF-8, of all else as the files are."),
    ("characters", INT, "Text in code points."),
    ("tokens", INT, "Tokens that shingles are made of; a model's own tokenizer counts otherwise."),
    label=_("kinds of content by source"),
    inputs=(schemas.RECORDS,),
    sql="""
    SELECT source_id, modality,
           COUNT(*) AS records,
           CAST(SUM(size_bytes) AS BIGINT) AS size_bytes,
           CAST(SUM(characters) AS BIGINT) AS characters,
           CAST(SUM(tokens) AS BIGINT) AS tokens
    FROM records
    GROUP BY source_id, modality
    """,
)  # fmt: skip
