"""From all records to those that nothing found stands in the way of: on which step each record drops out.

Copies go first, then records whose license does not permit every intended use, then those that may, then those that
show a person whose consent is not documented. Without an intended use nobody can say that a license permits it.
"""

from corpus_audit.evidence.query import Query
from corpus_audit.schemas import EVIDENCE_EXCLUSION_FUNNEL

_TERMS = """
    SELECT claimed_sources.source_id,
           MAX(CASE WHEN purpose_answers.permitted = 'no' OR behind.permitted = 'no' THEN 1 ELSE 0 END) AS forbids,
           MIN(CASE WHEN purpose_answers.permitted = 'yes' AND COALESCE(behind.permitted, 'yes') = 'yes'
                    THEN 1 ELSE 0 END) AS permits
    FROM claimed_sources
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    JOIN purpose_answers ON purpose_answers.license_expression = licenses.license_expression
    JOIN (SELECT DISTINCT value FROM claimed_uses) AS intended ON intended.value = purpose_answers.purpose
    LEFT JOIN source_outputs AS behind
      ON behind.source_id = claimed_sources.source_id AND behind.purpose = purpose_answers.purpose
    GROUP BY claimed_sources.source_id
"""

_OPEN_PEOPLE = """
    SELECT DISTINCT subject_files.subject_id AS value
    FROM subject_files
    LEFT JOIN consents ON consents.subject_id = subject_files.subject_id
    WHERE consents.state IS NULL OR consents.state NOT IN ('documented', 'not-needed')
"""

_RECORDS_OF_OPEN_PEOPLE = f"""
    SELECT DISTINCT source_id, file, row
    FROM record_people JOIN ({_OPEN_PEOPLE}) AS people ON people.value = record_people.value
"""  # noqa: S608 - constants

_FILES_OF_OPEN_PEOPLE = f"""
    SELECT DISTINCT source_id, file
    FROM file_people JOIN ({_OPEN_PEOPLE}) AS people ON people.value = file_people.value
"""  # noqa: S608 - constants

EXCLUSION_FUNNEL = Query(
    EVIDENCE_EXCLUSION_FUNNEL,
    f"""
    SELECT step, COUNT(*) AS records, CAST(SUM(size_bytes) AS BIGINT) AS text_bytes
    FROM (
        SELECT records.size_bytes,
               CASE WHEN clusters.kind = 'exact' THEN 'exact-duplicate'
                    WHEN clusters.kind = 'near' THEN 'near-duplicate'
                    WHEN terms.forbids = 1 THEN 'license-forbids'
                    WHEN terms.permits IS NULL OR terms.permits = 0 THEN 'license-open'
                    WHEN in_records.file IS NOT NULL OR in_files.file IS NOT NULL THEN 'consent-open'
                    ELSE 'left' END AS step
        FROM records
        LEFT JOIN clusters ON clusters.record_id = records.record_id
        LEFT JOIN ({_TERMS}) AS terms ON terms.source_id = records.source_id
        LEFT JOIN ({_RECORDS_OF_OPEN_PEOPLE}) AS in_records
          ON in_records.source_id = records.source_id AND in_records.file = records.file
         AND in_records.row = records.row
        LEFT JOIN ({_FILES_OF_OPEN_PEOPLE}) AS in_files
          ON in_files.source_id = records.source_id AND in_files.file = records.file
    ) AS stepped
    GROUP BY step
    """,  # noqa: S608 - constants
)
