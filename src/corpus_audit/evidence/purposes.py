"""What each source's license says about each purpose, beside the purposes the dataset is meant for."""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_PURPOSES

PURPOSES = Query(
    EVIDENCE_PURPOSES,
    """
    SELECT claimed_sources.source_id,
           source_answers.purpose,
           CASE WHEN uses.items = 0 THEN 'not-recorded'
                WHEN intended.value IS NOT NULL THEN 'yes'
                ELSE 'no' END AS intended,
           source_licenses.license_expression,
           source_answers.permitted,
           source_answers.reasons,
           source_answers.conditions,
           COALESCE(behind.permitted, 'not-applicable') AS models_permitted,
           COALESCE(behind.reasons, no_types.value) AS models_reasons
    FROM claimed_sources
    JOIN source_licenses ON source_licenses.source_id = claimed_sources.source_id
    JOIN source_answers ON source_answers.source_id = claimed_sources.source_id
    CROSS JOIN (SELECT COUNT(*) AS items FROM claimed_uses) AS uses
    CROSS JOIN no_types
    LEFT JOIN (SELECT DISTINCT value FROM claimed_uses) AS intended ON intended.value = source_answers.purpose
    LEFT JOIN source_outputs AS behind
      ON behind.source_id = claimed_sources.source_id AND behind.purpose = source_answers.purpose
    """,
)
