"""Each source's evidence: claims and license terms beside files, text, copies and personal information."""

from corpus_audit import schemas
from corpus_audit.evidence.evidence_table import evidence_table
from corpus_audit.evidence.subjects import PEOPLE_BY_SOURCE
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, columns

_FILES = """
    SELECT source_id,
           COUNT(*) AS files,
           COUNT(CASE WHEN state = 'verified' THEN 1 END) AS files_verified,
           COUNT(CASE WHEN state = 'no-checksum' THEN 1 END) AS files_without_checksum,
           COUNT(CASE WHEN state IN ('missing', 'refused', 'unreadable', 'size-mismatch', 'checksum-mismatch')
                      THEN 1 END) AS files_failed,
           COUNT(CASE WHEN state = 'undeclared' THEN 1 END) AS files_undeclared,
           CAST(SUM(observed_size_bytes) AS BIGINT) AS size_bytes
    FROM files
    GROUP BY source_id
"""

_TEXT = """
    SELECT source_id,
           CAST(SUM(records) AS BIGINT) AS records,
           CAST(SUM(content_bytes) AS BIGINT) AS content_bytes,
           CAST(SUM(text_bytes) AS BIGINT) AS text_bytes,
           CAST(SUM(characters) AS BIGINT) AS characters
    FROM record_totals
    GROUP BY source_id
"""

_COPIES = """
    SELECT source_id,
           CAST(SUM(CASE WHEN kind = 'exact' THEN records END) AS BIGINT) AS exact_records,
           CAST(SUM(CASE WHEN kind = 'near' THEN records END) AS BIGINT) AS near_records,
           CAST(SUM(CASE WHEN kind = 'exact' THEN copied_bytes END) AS BIGINT) AS exact_bytes,
           CAST(SUM(CASE WHEN kind = 'near' THEN copied_bytes END) AS BIGINT) AS near_bytes
    FROM copy_totals
    GROUP BY source_id
"""

# A piece of evidence counts when its bytes were read, whichever source the file belongs to.
_LICENSE_EVIDENCE = """
    SELECT claimed_license_files.source_id, COUNT(DISTINCT claimed_license_files.value) AS found
    FROM claimed_license_files
    JOIN files ON files.file = claimed_license_files.value AND files.observed_sha256 IS NOT NULL
    GROUP BY claimed_license_files.source_id
"""

_PERSONAL = """
    SELECT source_id,
           CAST(SUM(spans) AS BIGINT) AS spans,
           CAST(SUM(distinct_values) AS BIGINT) AS distinct_values,
           array_sort(array_agg(DISTINCT entity_type)) AS entity_types
    FROM span_totals
    WHERE kind = 'personal_information'
    GROUP BY source_id
"""

_DEFECTS = "SELECT source_id, CAST(SUM(defects) AS BIGINT) AS defects FROM defect_totals GROUP BY source_id"

_JOINED = f"""
    SELECT claimed_sources.*,
           license_expression, license_state, license_reason, license_family,
           commercial_use, derivatives, redistribution, attribution, notice, share_alike, use_restrictions,
           COALESCE(license_evidence_found.found, 0) AS license_evidence_found,
           COALESCE(file_counts.files, 0) AS files,
           COALESCE(file_counts.files_verified, 0) AS files_verified,
           COALESCE(file_counts.files_without_checksum, 0) AS files_without_checksum,
           COALESCE(file_counts.files_failed, 0) AS files_failed,
           COALESCE(file_counts.files_undeclared, 0) AS files_undeclared,
           COALESCE(file_counts.size_bytes, 0) AS size_bytes,
           COALESCE(text.records, 0) AS records,
           COALESCE(text.text_bytes, 0) AS text_bytes,
           COALESCE(text.characters, 0) AS characters,
           COALESCE(copies.exact_records, 0) AS exact_duplicate_records,
           COALESCE(copies.near_records, 0) AS near_duplicate_records,
           COALESCE(copies.exact_bytes / NULLIF(text.content_bytes, 0), 0.0) AS exact_duplicate_share,
           COALESCE(copies.near_bytes / NULLIF(text.content_bytes, 0), 0.0) AS near_duplicate_share,
           COALESCE(personal_sources.records, 0) AS personal_information_records,
           COALESCE(personal.spans, 0) AS personal_information_spans,
           COALESCE(personal.distinct_values, 0) AS personal_information_values,
           COALESCE(personal.entity_types, no_types.value) AS personal_information_observed,
           COALESCE(ai_label_totals.records, 0) AS ai_label_records,
           COALESCE(people_counts.subjects, 0) AS subjects,
           COALESCE(people_counts.subjects_undescribed, 0) AS subjects_undescribed,
           COALESCE(defect_counts.defects, 0) AS defects
    FROM claimed_sources
    JOIN source_licenses ON source_licenses.source_id = claimed_sources.source_id
    CROSS JOIN no_types
    LEFT JOIN ({_FILES}) AS file_counts ON file_counts.source_id = claimed_sources.source_id
    LEFT JOIN ({_TEXT}) AS text ON text.source_id = claimed_sources.source_id
    LEFT JOIN ({_COPIES}) AS copies ON copies.source_id = claimed_sources.source_id
    LEFT JOIN ({_LICENSE_EVIDENCE}) AS license_evidence_found
           ON license_evidence_found.source_id = claimed_sources.source_id
    LEFT JOIN ({_PERSONAL}) AS personal ON personal.source_id = claimed_sources.source_id
    LEFT JOIN personal_sources ON personal_sources.source_id = claimed_sources.source_id
    LEFT JOIN ai_label_totals ON ai_label_totals.source_id = claimed_sources.source_id
    LEFT JOIN ({_DEFECTS}) AS defect_counts ON defect_counts.source_id = claimed_sources.source_id
    LEFT JOIN ({PEOPLE_BY_SOURCE}) AS people_counts ON people_counts.source_id = claimed_sources.source_id
"""  # noqa: S608 - constants


_PERSONAL_INFORMATION_STATE = (
    "agrees, undeclared (found though declared no), not-recorded (found, but no answer declared), "
    "declared-not-found, or none (not found and not declared present)."
)


SOURCES = evidence_table(
    "sources", "one source: claims beside facts", ("source_id",),
    *columns(schemas.CLAIMED_SOURCES),
    *columns(schemas.LICENSES, without=("license_declared",)),
    ("license_evidence_found", INT, "Declared license evidence files that are there and were verified or hashed."),
    ("license_evidence_state", STR, "found, declared-only (addresses, or files that are missing), or not-recorded."),
    ("collection_period_state", STR, "recorded, partial or not-recorded."),
    ("files", INT, "Files declared or found."),
    ("files_verified", INT, "Files whose size and sha256 are as declared."),
    ("files_without_checksum", INT, "Files that are there but have no declared sha256."),
    ("files_failed", INT, "Files missing, refused, unreadable, or different from what is declared."),
    ("files_undeclared", INT, "Files found in the source's folders that the manifest does not name."),
    ("size_bytes", INT, "Bytes of all files on disk."),
    ("records", INT, "Records measured."),
    ("text_bytes", INT, "Text in UTF-8 bytes."),
    ("characters", INT, "Text in code points."),
    ("exact_duplicate_records", INT, "Records that repeat a representative byte for byte."),
    ("near_duplicate_records", INT, "Records that nearly repeat their representative."),
    ("exact_duplicate_share", FLOAT, "Bytes of exact duplicates as a share of all records' bytes; 0 without any."),
    ("near_duplicate_share", FLOAT, "Bytes of near duplicates as a share of all records' bytes; 0 without any."),
    ("personal_information_records", INT, "Records with at least one confirmed personal-information span."),
    ("personal_information_spans", INT, "Confirmed personal-information spans."),
    ("personal_information_values", INT, "Distinct values among those spans."),
    ("personal_information_observed", STRINGS, "Entity types found."),
    ("personal_information_state", STR, _PERSONAL_INFORMATION_STATE),
    ("legal_basis_state", STR, "recorded, not-recorded (found or declared, but no basis), or not-needed."),
    ("ai_label_records", INT, "Records with at least one label or statement that a model made them."),
    ("ai_label_state", STR, "found or missing where a model is declared to have made it; else not-applicable."),
    ("subjects", INT, "Described people whom its records or files name."),
    ("subjects_undescribed", INT, "Ids of people in its records or files that the manifest does not describe."),
    ("defects", INT, "Defects met while reading."),
    label=_("sources"),
    inputs=(schemas.CLAIMED_SOURCES, schemas.FILES,),
    sql=f"""
    SELECT joined.*,
           CASE WHEN license_evidence_found > 0 THEN 'found'
                WHEN license_evidence > 0 THEN 'declared-only'
                ELSE 'not-recorded' END AS license_evidence_state,
           CASE WHEN collected_from <> 'not-recorded' AND collected_until <> 'not-recorded' THEN 'recorded'
                WHEN collected_from <> 'not-recorded' OR collected_until <> 'not-recorded' THEN 'partial'
                ELSE 'not-recorded' END AS collection_period_state,
           CASE WHEN personal_information_spans = 0 AND personal_information = 'yes' THEN 'declared-not-found'
                WHEN personal_information_spans = 0 THEN 'none'
                WHEN personal_information = 'yes' THEN 'agrees'
                WHEN personal_information = 'not-recorded' THEN 'not-recorded'
                ELSE 'undeclared' END AS personal_information_state,
           CASE WHEN synthetic <> 'yes' THEN 'not-applicable'
                WHEN ai_label_records > 0 THEN 'found'
                ELSE 'missing' END AS ai_label_state,
           CASE WHEN legal_basis NOT IN ('not-recorded', 'not-applicable') THEN 'recorded'
                WHEN personal_information_spans > 0 OR personal_information = 'yes' THEN 'not-recorded'
                ELSE 'not-needed' END AS legal_basis_state
    FROM ({_JOINED}) AS joined
    """,  # noqa: S608 - constants
)  # fmt: skip
