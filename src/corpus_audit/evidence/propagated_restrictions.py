"""Restrictions that records take from their copies: stricter licenses, reservations, withdrawn consents.

The same text cannot be freer in one source than in another, so the stricter of two terms is what can be shown. A
record's own license goes before that of its source. As for overlaps, license files prove nothing about licenses, and
short texts only where they are a large part of one of the two sources; a reservation or a lapsed consent reaches
copies of any length. A text of very many sources (``common_texts``) is set beside up to two sources of each license and
of each other restriction: that with the fewest bytes, and that with most of such texts, where many short ones add up.
"""

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.evidence.opt_outs import OPT_OUTS
from corpus_audit.evidence.record_licenses import license_of_record, stated_license
from corpus_audit.rights.strictness import strictness_table
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS
from corpus_audit.vocabulary import InheritedRestriction, Modality, OptOutState

_LICENSED = f"""
    CREATE TABLE licensed_copies AS
    SELECT copied.content, copied.source_id,
           {license_of_record("copied.declared_license")} AS license,
           COUNT(*) AS records, CAST(SUM(copied.size_bytes) AS BIGINT) AS bytes,
           MAX(copied.size_bytes) AS size_bytes, MIN(copied.record_id) AS record_id,
           MIN(CASE WHEN copied.modality <> '{Modality.TEXT}' OR copied.shingles >= {{min_shingles}}
                    THEN 1 ELSE 0 END) AS is_long
    FROM copied_records AS copied
    JOIN source_licenses ON source_licenses.source_id = copied.source_id
    LEFT JOIN record_license_names AS own ON own.stated = {stated_license("copied.declared_license")}
    LEFT JOIN (SELECT DISTINCT value FROM claimed_license_files) AS license_files ON license_files.value = copied.file
    WHERE license_files.value IS NULL
    GROUP BY copied.content, copied.source_id, 3
"""  # noqa: S608 - constants

_LARGE_PARTS = """
    CREATE TABLE large_parts AS
    SELECT source_a AS source_id, source_b AS origin FROM source_overlaps WHERE is_large_part
    UNION ALL
    SELECT source_b AS source_id, source_a AS origin FROM source_overlaps WHERE is_large_part
"""

_SIZES = """
    CREATE TABLE source_sizes AS
    SELECT totals.source_id, totals.source_size, COALESCE(common.common_size, 0) AS common_size
    FROM (SELECT source_id, SUM(content_bytes) AS source_size FROM record_totals GROUP BY source_id) AS totals
    LEFT JOIN (
        SELECT copied.source_id, SUM(copied.size_bytes) AS common_size
        FROM copied_records AS copied JOIN common_texts ON common_texts.record_id = copied.content
        GROUP BY copied.source_id
    ) AS common ON common.source_id = totals.source_id
"""


def _origins(copies: str, kind: str) -> str:
    """Return the SQL of the copies that others are set beside: with each of them, pairs would grow with the square."""
    order = f"source_sizes.source_size, {copies}.source_id, {copies}.record_id"
    return f"""
        CREATE TABLE {copies}_beside AS
        SELECT ranked.* FROM (
            SELECT {copies}.*, common_texts.record_id AS common_text, ROW_NUMBER() OVER (
                PARTITION BY {copies}.content, {copies}.{kind} ORDER BY {order}
            ) AS by_size, ROW_NUMBER() OVER (
                PARTITION BY {copies}.content, {copies}.{kind} ORDER BY source_sizes.common_size DESC, {order}
            ) AS by_common_size
            FROM {copies}
            JOIN source_sizes ON source_sizes.source_id = {copies}.source_id
            LEFT JOIN common_texts ON common_texts.record_id = {copies}.content
        ) AS ranked WHERE common_text IS NULL OR by_size = 1 OR by_common_size = 1
    """  # noqa: S608 - constants


_LICENSE_RELATIONS = """
    FROM licensed_copies AS own
    JOIN content_copies ON content_copies.content = own.content
    JOIN licensed_copies_beside AS other ON other.content = content_copies.other
    LEFT JOIN large_parts ON large_parts.source_id = own.source_id AND large_parts.origin = other.source_id
"""
_IS_DECISIVE = "(own.is_long + other.is_long = 2 OR large_parts.source_id IS NOT NULL)"

_LICENSE_PAIRS = f"""
    SELECT DISTINCT own.license, other.license AS origin_license
    {_LICENSE_RELATIONS}
    WHERE own.license <> other.license AND {_IS_DECISIVE}
"""

_UNDER_STRICTER_LICENSE = f"""
    SELECT own.source_id, other.source_id AS origin, '{InheritedRestriction.STRICTER_LICENSE}' AS restriction,
           own.license, other.license AS origin_license, own.content, own.records, own.bytes, own.size_bytes,
           own.record_id, other.record_id AS origin_record_id, content_copies.is_exact, content_copies.jaccard
    {_LICENSE_RELATIONS}
    JOIN strictness ON strictness.license = own.license AND strictness.origin_license = other.license
    WHERE {_IS_DECISIVE}
"""

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
    JOIN reserved_addresses
      ON reserved_addresses.source_id = copied.source_id AND reserved_addresses.url = copied.url
    UNION
    SELECT copied.record_id, '{InheritedRestriction.OPTED_OUT}' AS restriction
    FROM copied_records AS copied
    JOIN record_terms ON record_terms.record_id = copied.record_id
    WHERE record_terms.own_state = '{OptOutState.RESERVED}'
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
    FROM marks_beside AS marked
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


def find_propagated_restrictions(engine: Engine, circumstances: Circumstances) -> None:
    """Make visible which records copy restricted ones; reads what finds copies, opt-outs, people and consents."""
    engine.execute(_LICENSED.format(min_shingles=circumstances.parameters.overlap_min_shingles))
    engine.execute(_LARGE_PARTS)
    engine.execute(_SIZES)
    engine.execute(_origins("licensed_copies", "license"))
    pairs = engine.fetch(_LICENSE_PAIRS).to_pylist()
    engine.add_arrow("strictness", strictness_table((pair["license"], pair["origin_license"]) for pair in pairs))
    engine.execute(_MARKS)
    engine.execute(_origins("marks", "restriction"))
    engine.execute(_RELATIONS)


PROPAGATED_RESTRICTIONS = evidence_table(
    "propagated_restrictions", "one restriction that records of one source come under because they copy others",
    ("source_id", "origin", "restriction", "license", "origin_license"),
    ("source_id", STR, "Source of the records that copy."),
    ("origin", STR, "Source of what they copy; the same source where one of its own records is restricted."),
    ("restriction", STR, "What they come under (vocabulary InheritedRestriction)."),
    ("license", STR, "Expression that the records are under, or NOASSERTION; '' unless a license restricts them."),
    ("origin_license", STR, "Stricter expression that the copies are under; '' unless a license restricts them."),
    ("weight", STR, "What the stricter license takes away (vocabulary InheritedWeight); else not-applicable."),
    ("purposes_lost", STRINGS, "Purposes that the looser license permits and the stricter one does not."),
    ("purposes_open", STRINGS, "Purposes that the looser license permits and the stricter one leaves unknown."),
    ("conditions_added", STRINGS, "Conditions that only the stricter license sets on purposes that both permit."),
    ("records", INT, "Records of source_id that copy a record of origin so restricted."),
    ("bytes", INT, "Their text in UTF-8 bytes."),
    ("record_share", FLOAT, "records as a share of the records of source_id."),
    ("exact_records", INT, "Of those, records with a copy byte for byte."),
    ("max_jaccard", FLOAT, "Highest verified Jaccard similarity to a copy."),
    ("example", STR, "The largest such record, by size then id."),
    ("example_origin", STR, "The record it copies."),
    label=_("restrictions that come with copies"),
    inputs=(schemas.COMMON_TEXTS,),
    prepare=find_propagated_restrictions,
    sql=f"""
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
    after=(OPT_OUTS,),
)  # fmt: skip
