"""Keys, tokens and passwords by source: none of them belongs in training data, whatever anybody declares."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_SECRETS

SECRETS = Query(
    EVIDENCE_SECRETS,
    """
    SELECT span_totals.source_id,
           span_totals.entity_type,
           span_totals.records,
           span_totals.spans,
           span_totals.distinct_values,
           COALESCE(text.records, 0) AS records_looked_at,
           COALESCE(span_totals.records / NULLIF(text.records, 0), 0.0) AS record_share,
           span_columns.listed AS columns,
           span_totals.mean_score
    FROM span_totals
    LEFT JOIN text_totals AS text ON text.source_id = span_totals.source_id
    JOIN span_columns
      ON span_columns.source_id = span_totals.source_id AND span_columns.kind = span_totals.kind
     AND span_columns.entity_type = span_totals.entity_type
    WHERE span_totals.kind = 'secret'
    """,
)
