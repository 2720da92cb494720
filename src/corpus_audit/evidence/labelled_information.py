"""Values that only a label beside them says are personal, by source and entity type, apart from confirmed ones."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR

LABELLED_INFORMATION = evidence_table(
    "labelled_information", "one entity type in one source of which values stand in labelled places, unconfirmed",
    ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Entity type that the label names."),
    ("declared", STR, "yes when the source declares this type, else the source's declared answer."),
    ("records", INT, "Records with at least one such value."),
    ("spans", INT, "Such values: a label names the type, no check confirms it. In no other figure of the evidence."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("mean_score", FLOAT, "Mean confidence."),
    label=_("types of labelled, unconfirmed values by source"),
    inputs=(schemas.CLAIMED_SOURCES,),
    sql="""
    SELECT found.source_id,
           found.entity_type,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'yes'
                ELSE COALESCE(claimed_sources.personal_information, 'not-recorded') END AS declared,
           found.records,
           found.spans,
           found.distinct_values,
           COALESCE(text.records, 0) AS records_looked_at,
           found.mean_score
    FROM labelled_totals AS found
    LEFT JOIN text_totals AS text ON text.source_id = found.source_id
    LEFT JOIN claimed_sources ON claimed_sources.source_id = found.source_id
    LEFT JOIN claimed_personal_types
      ON claimed_personal_types.source_id = found.source_id
     AND claimed_personal_types.value = found.entity_type
    """,
)  # fmt: skip
