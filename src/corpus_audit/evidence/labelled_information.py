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
           labelled_values.distinct_values,
           found.mean_score
    FROM (SELECT source_id, entity_type, COUNT(*) AS records, CAST(SUM(spans) AS BIGINT) AS spans,
                 CAST(SUM(millionths) AS BIGINT) / SUM(spans) / 1000000 AS mean_score
          FROM (SELECT source_id, entity_type, record_id, COUNT(*) AS spans,
                       SUM(CAST(ROUND(score * 1000000) AS BIGINT)) AS millionths
                FROM spans_labelled GROUP BY source_id, entity_type, record_id) AS per_record
          GROUP BY source_id, entity_type) AS found
    JOIN (SELECT source_id, entity_type, COUNT(*) AS distinct_values
          FROM (SELECT DISTINCT source_id, entity_type, keyed_hash FROM spans_labelled) AS per_value
          GROUP BY source_id, entity_type) AS labelled_values
      ON labelled_values.source_id = found.source_id AND labelled_values.entity_type = found.entity_type
    LEFT JOIN claimed_sources ON claimed_sources.source_id = found.source_id
    LEFT JOIN claimed_personal_types
      ON claimed_personal_types.source_id = found.source_id
     AND claimed_personal_types.value = found.entity_type
    """,
)  # fmt: skip
