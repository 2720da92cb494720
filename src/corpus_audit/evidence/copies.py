"""Copies between records as SQL tables, for evidence that traces copies from source to source.

A content is known by its first record: exact copies carry that record's id, near copies are pairs of contents. Only
what was verified counts; that two records both resemble a third makes neither a copy of the other.
"""

from corpus_audit.engine.base import Engine

_TABLES = {
    # Every record that has a copy, with the content it holds.
    "copied_records": """
        SELECT members.record_id, members.content, records.source_id, records.file, records.row, records.url,
               records.modality, records.size_bytes, records.shingles, records.declared_license
        FROM (
            SELECT record_b AS record_id, record_a AS content FROM pairs WHERE kind = 'exact'
            UNION
            SELECT record_a AS record_id, record_a AS content FROM pairs
            UNION
            SELECT record_b AS record_id, record_b AS content FROM pairs WHERE kind = 'near'
        ) AS members
        JOIN records ON records.record_id = members.record_id
    """,
    # Each content beside every content that it repeats, itself among them.
    "content_copies": """
        SELECT record_a AS content, record_b AS other, jaccard, 0 AS is_exact FROM pairs WHERE kind = 'near'
        UNION ALL
        SELECT record_b AS content, record_a AS other, jaccard, 0 AS is_exact FROM pairs WHERE kind = 'near'
        UNION ALL
        SELECT DISTINCT content, content AS other, CAST(1 AS DOUBLE) AS jaccard, 1 AS is_exact FROM copied_records
    """,
}

COPY_TABLES = tuple(_TABLES)
"""What find_copies makes visible."""


def find_copies(engine: Engine) -> None:
    """Make ``copied_records`` and ``content_copies`` visible; reads pairs and records."""
    for name, sql in _TABLES.items():
        engine.execute(f"CREATE TABLE {name} AS {sql}")
