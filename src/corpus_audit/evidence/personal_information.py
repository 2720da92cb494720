"""Personal information by source and entity type: what was found, and whether the source declares it."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_PERSONAL_INFORMATION

# A source that answers yes without naming types declares whatever is found.
PERSONAL_INFORMATION = Query(
    EVIDENCE_PERSONAL_INFORMATION,
    """
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
)
