"""What records inherit from those they copy: stricter licenses, reservations, consents that no longer hold.

The same text cannot be freer in one source than in another, so the stricter of two terms is what can be shown. A
record's own license goes before that of its source. As for overlaps, short texts and license files prove nothing
about licenses; a reservation or a lapsed consent reaches copies of any length.
"""

from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.query import Query
from corpus_audit.rights.license_table import license_table
from corpus_audit.rights.strictness import strictness_table
from corpus_audit.schemas import EVIDENCE_PROPAGATED_RESTRICTIONS
from corpus_audit.vocabulary import NOASSERTION, InheritedRestriction, Modality

MOST_LICENSES = 10_000
"""Distinct licenses of single records that are looked up, the most frequent first; the others are unknown."""

_RECORD_LICENSES = f"""
    SELECT declared_license FROM copied_records WHERE declared_license IS NOT NULL
    GROUP BY declared_license ORDER BY COUNT(*) DESC, declared_license LIMIT {MOST_LICENSES}
"""  # noqa: S608 - constant

_LICENSED = f"""
    CREATE TABLE licensed_copies AS
    SELECT copied.content, copied.source_id,
           CASE WHEN copied.declared_license IS NULL THEN licenses.license_expression
                ELSE COALESCE(record_licenses.license_expression, '{NOASSERTION}') END AS license,
           COUNT(*) AS records, CAST(SUM(copied.size_bytes) AS BIGINT) AS bytes,
           MAX(copied.size_bytes) AS size_bytes, MIN(copied.record_id) AS record_id
    FROM copied_records AS copied
    JOIN claimed_sources ON claimed_sources.source_id = copied.source_id
    JOIN licenses ON licenses.license_declared = claimed_sources.license_declared
    LEFT JOIN record_licenses ON record_licenses.license_declared = copied.declared_license
    LEFT JOIN (SELECT DISTINCT value FROM claimed_license_files) AS license_files ON license_files.value = copied.file
    WHERE (copied.modality <> '{Modality.TEXT}' OR copied.shingles >= {{min_shingles}}) AND license_files.value IS NULL
    GROUP BY copied.content, copied.source_id, 3
"""  # noqa: S608 - constants

_LICENSE_PAIRS = """
    SELECT DISTINCT own.license, other.license AS origin_license
    FROM licensed_copies AS own
    JOIN content_copies ON content_copies.content = own.content
    JOIN licensed_copies AS other ON other.content = content_copies.other
    WHERE own.license <> other.license
"""

_UNDER_STRICTER_LICENSE = f"""
    SELECT own.source_id, other.source_id AS origin, '{InheritedRestriction.STRICTER_LICENSE}' AS restriction,
           own.license, other.license AS origin_license, own.content, own.records, own.bytes, own.size_bytes,
           own.record_id, other.record_id AS origin_record_id, content_copies.is_exact, content_copies.jaccard
    FROM licensed_copies AS own
    JOIN content_copies ON content_copies.content = own.content
    JOIN licensed_copies AS other ON other.content = content_copies.other
    JOIN strictness ON strictness.license = own.license AND strictness.origin_license = other.license
"""  # noqa: S608 - constant

_LAPSED = f"""
    SELECT named.record_id,
           CASE consents.lapsed_state WHEN 'withdrawn' THEN '{InheritedRestriction.CONSENT_WITHDRAWN}'
                ELSE '{InheritedRestriction.CONSENT_EXPIRED}' END AS restriction
    FROM (
        SELECT copied.record_id, record_people.value AS subject_id
        FROM copied_records AS copied
        JOIN record_people ON record_people.source_id = copied.source_id
                          AND record_people.file = copied.file AND record_people.row = copied.row
        UNION ALL
        SELECT copied.record_id, file_people.value AS subject_id
        FROM copied_records AS copied
        JOIN file_people ON file_people.source_id = copied.source_id AND file_people.file = copied.file
    ) AS named
    JOIN consents ON consents.subject_id = named.subject_id
    WHERE consents.lapsed_state <> 'none'
"""  # noqa: S608 - constants

_RESERVED = f"""
    SELECT copied.record_id, '{InheritedRestriction.OPTED_OUT}' AS restriction
    FROM copied_records AS copied
    JOIN reserved_copies ON reserved_copies.source_id = copied.source_id AND reserved_copies.url = copied.url
"""  # noqa: S608 - constant

_MARKS = f"""
    CREATE TABLE marks AS
    SELECT DISTINCT copied.record_id, restriction, content, source_id
    FROM ({_LAPSED} UNION ALL {_RESERVED}) AS marked
    JOIN copied_records AS copied ON copied.record_id = marked.record_id
"""  # noqa: S608 - constants

# A record that is so restricted itself is counted where that was found.
_BESIDE_MARKED = """
    SELECT own.source_id, marked.source_id AS origin, marked.restriction, '' AS license, '' AS origin_license,
           own.record_id AS content, 1 AS records, own.size_bytes AS bytes, own.size_bytes, own.record_id,
           marked.record_id AS origin_record_id, content_copies.is_exact, content_copies.jaccard
    FROM marks AS marked
    JOIN content_copies ON content_copies.other = marked.content
    JOIN copied_records AS own ON own.content = content_copies.content
    LEFT JOIN marks AS itself ON itself.record_id = own.record_id AND itself.restriction = marked.restriction
    WHERE itself.record_id IS NULL
"""

_RELATIONS = f"CREATE TABLE inherited_relations AS {_UNDER_STRICTER_LICENSE} UNION ALL {_BESIDE_MARKED}"

_KEY = "source_id, origin, restriction, license, origin_license"

_COUNTED = f"""
    SELECT {_KEY}, CAST(SUM(records) AS BIGINT) AS records, CAST(SUM(bytes) AS BIGINT) AS bytes,
           CAST(SUM(CASE WHEN is_exact = 1 THEN records ELSE 0 END) AS BIGINT) AS exact_records,
           MAX(jaccard) AS max_jaccard
    FROM (
        SELECT {_KEY}, content, MAX(records) AS records, MAX(bytes) AS bytes, MAX(is_exact) AS is_exact,
               MAX(jaccard) AS jaccard
        FROM inherited_relations GROUP BY {_KEY}, content
    ) AS per_content
    GROUP BY {_KEY}
"""  # noqa: S608 - constants

_EXAMPLES = f"""
    SELECT {_KEY}, record_id, origin_record_id,
           ROW_NUMBER() OVER (
               PARTITION BY {_KEY} ORDER BY size_bytes DESC, record_id, is_exact DESC, jaccard DESC, origin_record_id
           ) AS place
    FROM inherited_relations
"""  # noqa: S608 - constants

PROPAGATED_RESTRICTIONS = Query(
    EVIDENCE_PROPAGATED_RESTRICTIONS,
    f"""
    SELECT counted.source_id, counted.origin, counted.restriction, counted.license, counted.origin_license,
           COALESCE(strictness.weight, 'not-applicable') AS weight,
           COALESCE(strictness.purposes_lost, no_types.value) AS purposes_lost,
           COALESCE(strictness.purposes_open, no_types.value) AS purposes_open,
           COALESCE(strictness.conditions_added, no_types.value) AS conditions_added,
           counted.records, counted.bytes, counted.records / totals.records AS record_share,
           counted.exact_records, counted.max_jaccard,
           examples.record_id AS example, examples.origin_record_id AS example_origin
    FROM ({_COUNTED}) AS counted
    JOIN ({_EXAMPLES}) AS examples
      ON examples.place = 1
     AND examples.source_id = counted.source_id AND examples.origin = counted.origin
     AND examples.restriction = counted.restriction
     AND examples.license = counted.license AND examples.origin_license = counted.origin_license
    JOIN (SELECT source_id, CAST(SUM(records) AS BIGINT) AS records FROM record_totals GROUP BY source_id) AS totals
      ON totals.source_id = counted.source_id
    CROSS JOIN no_types
    LEFT JOIN strictness
      ON strictness.license = counted.license AND strictness.origin_license = counted.origin_license
    """,  # noqa: S608 - constants
)


def find_propagated_restrictions(engine: Engine, parameters: Parameters) -> None:
    """Make visible which records copy restricted ones; reads what finds copies, opt-outs, people and consents."""
    names = engine.fetch(_RECORD_LICENSES)["declared_license"].to_pylist()
    engine.add_arrow("record_licenses", license_table(names))
    engine.execute(_LICENSED.format(min_shingles=parameters.overlap_min_shingles))
    pairs = engine.fetch(_LICENSE_PAIRS).to_pylist()
    engine.add_arrow("strictness", strictness_table((pair["license"], pair["origin_license"]) for pair in pairs))
    engine.execute(_MARKS)
    engine.execute(_RELATIONS)
