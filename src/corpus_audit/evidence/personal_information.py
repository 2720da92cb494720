"""Personal information by source and entity type: what was found, and whether the source declares it."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_PERSONAL_INFORMATION

# A source that answers yes without naming types declares whatever is found.
PERSONAL_INFORMATION = Query(
    EVIDENCE_PERSONAL_INFORMATION,
    """
    SELECT personal_spans.source_id,
           personal_spans.entity_type,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'yes'
                ELSE COALESCE(claimed_sources.personal_information, 'not-recorded') END AS declared,
           personal_records.records,
           personal_spans.spans,
           COALESCE(personal_values.distinct_values, 0) AS distinct_values,
           COALESCE(personal_records.records / NULLIF(text.records, 0), 0.0) AS record_share,
           personal_spans.mean_score,
           CASE WHEN claimed_personal_types.value IS NOT NULL THEN 'declared'
                WHEN claimed_sources.personal_information = 'yes' AND named.source_id IS NULL THEN 'declared'
                WHEN COALESCE(claimed_sources.personal_information, 'not-recorded') = 'not-recorded'
                    THEN 'not-recorded'
                ELSE 'undeclared' END AS state
    FROM personal_spans
    JOIN personal_records
      ON personal_records.source_id = personal_spans.source_id
     AND personal_records.entity_type = personal_spans.entity_type
    LEFT JOIN personal_values
      ON personal_values.source_id = personal_spans.source_id
     AND personal_values.entity_type = personal_spans.entity_type
    LEFT JOIN claimed_sources ON claimed_sources.source_id = personal_spans.source_id
    LEFT JOIN claimed_personal_types
      ON claimed_personal_types.source_id = personal_spans.source_id
     AND claimed_personal_types.value = personal_spans.entity_type
    LEFT JOIN (SELECT DISTINCT source_id FROM claimed_personal_types) AS named
      ON named.source_id = personal_spans.source_id
    LEFT JOIN (SELECT source_id, SUM(records) AS records FROM record_totals GROUP BY source_id) AS text
      ON text.source_id = personal_spans.source_id
    """,
)
