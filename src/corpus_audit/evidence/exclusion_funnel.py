"""The exclusion funnel: from all records to those without a known obstacle, step by step.

Copies go first, then records whose license forbids an intended use, those that an opt-out reserves, those whose license
may forbid one, and those that show a person whose consent is not documented. Without an intended use, no license can
be shown to permit it. A record counts by the license that it states, and by that of its source where it states none.
"""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.evidence.opt_outs import OPT_OUTS, OPTED_OUT_RECORDS
from corpus_audit.evidence.record_licenses import license_of_record, stated_license
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR

# Of each license, whether it forbids an intended use, and whether it permits them all.
TERMS_OF_USES = """
    SELECT license_expression,
           MAX(CASE WHEN permitted = 'no' THEN 1 ELSE 0 END) AS forbids,
           MIN(CASE WHEN permitted = 'yes' THEN 1 ELSE 0 END) AS permits
    FROM purpose_answers
    JOIN (SELECT DISTINCT value FROM claimed_uses) AS intended ON intended.value = purpose_answers.purpose
    GROUP BY license_expression
"""

# The same of the models behind each source.
TERMS_BEHIND = """
    SELECT source_id,
           MAX(CASE WHEN permitted = 'no' THEN 1 ELSE 0 END) AS forbids,
           MIN(CASE WHEN permitted = 'yes' THEN 1 ELSE 0 END) AS permits
    FROM source_outputs
    JOIN (SELECT DISTINCT value FROM claimed_uses) AS intended ON intended.value = source_outputs.purpose
    GROUP BY source_id
"""

LICENSED_RECORDS = f"""
    SELECT records.record_id, records.source_id, records.file, records.row, records.size_bytes,
           {license_of_record("records.declared_license")} AS license_expression
    FROM records
    LEFT JOIN record_license_names AS own ON own.stated = {stated_license("records.declared_license")}
    LEFT JOIN source_licenses ON source_licenses.source_id = records.source_id
"""  # noqa: S608 - constants

_OPEN_PEOPLE = """
    SELECT DISTINCT subject_files.subject_id AS value
    FROM subject_files
    LEFT JOIN consents ON consents.subject_id = subject_files.subject_id
    WHERE consents.state IS NULL OR consents.state NOT IN ('documented', 'not-needed')
"""

RECORDS_OF_OPEN_PEOPLE = f"""
    SELECT DISTINCT source_id, file, row
    FROM record_people JOIN ({_OPEN_PEOPLE}) AS people ON people.value = record_people.value
"""  # noqa: S608 - constants

FILES_OF_OPEN_PEOPLE = f"""
    SELECT DISTINCT source_id, file
    FROM file_people JOIN ({_OPEN_PEOPLE}) AS people ON people.value = file_people.value
"""  # noqa: S608 - constants


EXCLUSION_FUNNEL = evidence_table(
    "exclusion_funnel", "one step on which records drop out, or the records left after all of them", ("step",),
    ("step", STR, "Vocabulary FunnelStep; a record counts on the first step that takes it out."),
    ("records", INT, "Records that drop out on it, or are left."),
    ("text_bytes", INT, "Their text in UTF-8 bytes."),
    label=_("steps of records"),
    inputs=(schemas.CLUSTERS, schemas.RECORDS,),
    sql=f"""
    SELECT step, COUNT(*) AS records, CAST(SUM(size_bytes) AS BIGINT) AS text_bytes
    FROM (
        SELECT records.size_bytes,
               CASE WHEN clusters.kind = 'exact' THEN 'exact-duplicate'
                    WHEN clusters.kind = 'near' THEN 'near-duplicate'
                    WHEN terms.forbids = 1 OR behind.forbids = 1 THEN 'license-forbids'
                    WHEN opted_out.record_id IS NOT NULL THEN 'opted-out'
                    WHEN terms.permits IS NULL OR terms.permits = 0 OR behind.permits = 0 THEN 'license-open'
                    WHEN in_records.file IS NOT NULL OR in_files.file IS NOT NULL THEN 'consent-open'
                    ELSE 'left' END AS step
        FROM ({LICENSED_RECORDS}) AS records
        LEFT JOIN clusters ON clusters.record_id = records.record_id
        LEFT JOIN ({TERMS_OF_USES}) AS terms ON terms.license_expression = records.license_expression
        LEFT JOIN ({TERMS_BEHIND}) AS behind ON behind.source_id = records.source_id
        LEFT JOIN ({OPTED_OUT_RECORDS}) AS opted_out ON opted_out.record_id = records.record_id
        LEFT JOIN ({RECORDS_OF_OPEN_PEOPLE}) AS in_records
          ON in_records.source_id = records.source_id AND in_records.file = records.file
         AND in_records.row = records.row
        LEFT JOIN ({FILES_OF_OPEN_PEOPLE}) AS in_files
          ON in_files.source_id = records.source_id AND in_files.file = records.file
    ) AS stepped
    GROUP BY step
    """,  # noqa: S608 - constants
    after=(OPT_OUTS,),
)  # fmt: skip
