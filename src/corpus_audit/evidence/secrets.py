"""Keys, tokens and passwords by source: none of them belongs in training data, whatever anybody declares."""

from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

SECRETS = evidence_table(
    "secrets", "one kind of secret in one source", ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Kind of secret (docs/reference/detectors.md)."),
    ("records", INT, "Records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("record_share", FLOAT, "records as a share of the source's records."),
    ("mean_score", FLOAT, "Mean confidence."),
    label=_("kinds of secrets by source"),
    sql="""
    SELECT span_totals.source_id,
           span_totals.entity_type,
           span_totals.records,
           span_totals.spans,
           span_totals.distinct_values,
           COALESCE(span_totals.records / NULLIF(text.records, 0), 0.0) AS record_share,
           span_totals.mean_score
    FROM span_totals
    LEFT JOIN text_totals AS text ON text.source_id = span_totals.source_id
    WHERE span_totals.kind = 'secret'
    """,
)  # fmt: skip
