"""Sums over records, spans, copies and defects that several evidence tables need, each computed in one scan.

They are bounded (a row a file, a source or an entity type), so they go through Arrow and any engine can take them.
"""

# ruff: noqa: S608 - nothing but constants of this module reaches the SQL

from corpus_audit.evidence.evidence_table import Lists


def _span_sums(name: str, view: str) -> dict[str, str]:
    """Return the SQL of a view's spans by source, kind and entity type, the whole as ``NAME_totals``.

    Grouping by record and by value first keeps the distinct counts spillable. Scores are summed as whole millionths: a
    sum of floating-point numbers depends on the order of threads.
    """
    return {
        f"{name}_records": f"""
            SELECT source_id, kind, entity_type, COUNT(*) AS records, CAST(SUM(spans) AS BIGINT) AS spans,
                   CAST(SUM(millionths) AS BIGINT) / SUM(spans) / 1000000 AS mean_score
            FROM (SELECT source_id, kind, entity_type, record_id, COUNT(*) AS spans,
                         SUM(CAST(ROUND(score * 1000000) AS BIGINT)) AS millionths
                  FROM {view}
                  GROUP BY source_id, kind, entity_type, record_id) AS per_record
            GROUP BY source_id, kind, entity_type
        """,
        f"{name}_values": f"""
            SELECT source_id, kind, entity_type, COUNT(*) AS distinct_values
            FROM (SELECT source_id, kind, entity_type, keyed_hash
                  FROM {view} WHERE keyed_hash IS NOT NULL
                  GROUP BY source_id, kind, entity_type, keyed_hash) AS per_value
            GROUP BY source_id, kind, entity_type
        """,
        f"{name}_totals": f"""
            SELECT sums.*, COALESCE(counted.distinct_values, 0) AS distinct_values
            FROM {name}_records AS sums
            LEFT JOIN {name}_values AS counted
              ON counted.source_id = sums.source_id AND counted.kind = sums.kind
             AND counted.entity_type = sums.entity_type
        """,
    }


TOTALS = {
    # A record without text has no bytes; sums over no rows are 0, not null.
    "record_totals": """
        SELECT source_id, file,
               COUNT(*) AS records,
               CAST(SUM(size_bytes) AS BIGINT) AS content_bytes,
               CAST(SUM(CASE WHEN modality = 'text' THEN size_bytes ELSE 0 END) AS BIGINT) AS text_bytes,
               CAST(SUM(characters) AS BIGINT) AS characters
        FROM records
        GROUP BY source_id, file
    """,
    "defect_totals": """
        SELECT source_id, file, COUNT(*) AS defects
        FROM defects
        GROUP BY source_id, file
    """,
    "copy_totals": """
        SELECT source_id, kind,
               COUNT(*) AS records,
               CAST(SUM(size_bytes) AS BIGINT) AS copied_bytes
        FROM clusters
        GROUP BY source_id, kind
    """,
    # What spans were looked for in: a row without a text may have been scanned in its other columns.
    "text_totals": """
        SELECT source_id, CAST(SUM(rows_read + rows_scanned_only) AS BIGINT) AS records
        FROM read_counts
        GROUP BY source_id
    """,
    **_span_sums("span", "spans"),
    **_span_sums("labelled", "spans_labelled"),
    "personal_sources": """
        SELECT source_id, COUNT(*) AS records
        FROM (SELECT source_id, record_id
              FROM spans WHERE kind = 'personal_information'
              GROUP BY source_id, record_id) AS per_record
        GROUP BY source_id
    """,
    "ai_label_totals": """
        SELECT source_id, COUNT(*) AS records
        FROM (SELECT source_id, record_id
              FROM spans WHERE kind = 'ai_label'
              GROUP BY source_id, record_id) AS per_record
        GROUP BY source_id
    """,
}
"""Name and SQL of each sum, in an order in which they can be computed."""

SPAN_COLUMNS = Lists(
    "span_columns",
    ("source_id", "kind", "entity_type"),
    "place",
    """
    SELECT source_id, kind, entity_type, place, position
    FROM (SELECT source_id, kind, entity_type, place,
                 ROW_NUMBER() OVER (PARTITION BY source_id, kind, entity_type ORDER BY records DESC, place) AS position
          FROM (SELECT source_id, kind, entity_type, CASE WHEN field = '' THEN '(text)' ELSE field END AS place,
                       COUNT(*) AS records
                FROM (SELECT DISTINCT source_id, kind, entity_type, field, record_id FROM spans) AS per_record
                GROUP BY source_id, kind, entity_type, field) AS per_column) AS numbered
    WHERE position <= 20
    """,
)
"""The columns that spans of a type lie in, those with most records first."""
