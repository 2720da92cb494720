"""Personal information by source and entity type: what was found, and whether the source declares it."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS

# A source that answers yes without naming types declares whatever is found.


PERSONAL_INFORMATION = evidence_table(
    "personal_information", "one entity type in one source", ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Entity type."),
    ("declared", STR, "yes when the source declares this type, else the source's declared answer."),
    ("records", INT, "Records with at least one span of this type."),
    ("spans", INT, "Spans of this type."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("record_share", FLOAT, "records as a share of records_looked_at."),
    ("columns", STRINGS, "The first 20 columns it was found in, those with most records first; (text) for the text."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "declared, undeclared or not-recorded."),
    label=_("types of personal information by source"),
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
           COALESCE(found.records / NULLIF(text.records, 0), 0.0) AS record_share,
           span_columns.listed AS columns,
           found.mean_score,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'declared'
                WHEN claimed_sources.personal_information = 'yes' AND named.source_id IS NULL THEN 'declared'
                WHEN COALESCE(claimed_sources.personal_information, 'not-recorded') = 'not-recorded'
                    THEN 'not-recorded'
                ELSE 'undeclared' END AS state
    FROM span_totals AS found
    LEFT JOIN claimed_sources ON claimed_sources.source_id = found.source_id
    LEFT JOIN claimed_personal_types
      ON claimed_personal_types.source_id = found.source_id
     AND claimed_personal_types.value = found.entity_type
    LEFT JOIN (SELECT DISTINCT source_id FROM claimed_personal_types) AS named ON named.source_id = found.source_id
    LEFT JOIN text_totals AS text ON text.source_id = found.source_id
    JOIN span_columns
      ON span_columns.source_id = found.source_id AND span_columns.kind = found.kind
     AND span_columns.entity_type = found.entity_type
    WHERE found.kind = 'personal_information'
    """,
)  # fmt: skip
