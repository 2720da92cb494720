"""Keys, tokens and passwords by source: none belongs in training data, whatever is declared."""

from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS

SECRETS = evidence_table(
    "secrets", "one kind of secret in one source", ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Kind of secret (docs/reference/detectors.md)."),
    ("records", INT, "Records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("record_share", FLOAT, "records as a share of records_looked_at."),
    ("columns", STRINGS, "The first 20 columns it was found in, those with most records first; (text) for the text."),
    ("mean_score", FLOAT, "Mean confidence."),
    label=_("kinds of secrets by source"),
    sql="""
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
)  # fmt: skip
