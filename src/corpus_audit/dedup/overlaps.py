"""The sources that share copies, and the share of each that is copied.

A record of one source counts when it was verified directly against a record of the other: their bytes are the same
(by sha256), or the two contents are a verified pair. That both resemble a third record counts for nothing, so in
buckets too large for all pairs (``pairing.py``) a near copy may go uncounted; an exact one never does.
Files that show a license are left out.

A text of so many sources that pairs of them would grow with the square (COMMON_SOURCES) is beside its *leading* sources
only. Of each license, up to LEADING_LICENSES, these are the smallest source that holds it, of which it is the largest
part, and the one that holds most of such texts, so that what two sources share in many of them adds up in one pair.
Every other source is set beside each of these, so that no source and no difference of those licenses goes unseen. Two
sources that share nothing but such texts, neither of them leading, are counted in table COMMON_TEXTS and not listed.
The figures of a listed pair count all that it shares.

What an overlap says of license terms is another question: a few short records are alike because everyone writes them.
So an overlap has *decisive* bytes: those of records of at least ``overlap_min_shingles`` distinct shingles, or all of
them where they are at least ``overlap_min_share`` of either source, by records or by bytes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.config import Parameters
from corpus_audit.engine.base import Engine
from corpus_audit.schemas import COMMON_SOURCES, COMMON_TEXTS, OVERLAPS

LEADING_LICENSES = 64
"""Licenses of a common text that have leading sources, the first in alphabetical order."""

_NAMES = "SELECT DISTINCT source_id FROM copied_records ORDER BY source_id"

# One row for each content in each source that holds it: its records there, and the smallest of them.
_HELD = """
CREATE TABLE held_by AS
SELECT copies.content, names.source, count(*) AS records,
       CAST(sum(copies.size_bytes) AS BIGINT) AS bytes, min(copies.size_bytes) AS size_bytes,
       min(copies.record_id) AS record,
       CASE WHEN min(copied.is_media) = 1 OR min(copied.shingles) >= {min_shingles} THEN 1 ELSE 0 END AS is_long
FROM copied_records AS copies JOIN copied ON copied.content = copies.content
JOIN source_names AS names ON names.source_id = copies.source_id
WHERE NOT EXISTS (
    SELECT 1 FROM license_files AS shown WHERE shown.file_id = split_part(copies.record_id, ':', 1)
)
GROUP BY copies.content, names.source
"""

_SOURCE_BYTES = """
CREATE TABLE source_bytes AS
SELECT names.source, placed.source_id, CAST(sum(size_bytes) AS BIGINT) AS bytes
FROM placed JOIN source_names AS names ON names.source_id = placed.source_id
GROUP BY names.source, placed.source_id
"""
_COMMON = f"""
CREATE TABLE common AS
SELECT content, count(*) AS sources, CAST(sum(records) AS BIGINT) AS records
FROM held_by GROUP BY content HAVING count(*) > {COMMON_SOURCES}
"""  # noqa: S608 - a constant
_COMMON_BYTES = """
CREATE TABLE common_bytes AS
SELECT held_by.source, CAST(sum(held_by.bytes) AS BIGINT) AS bytes
FROM held_by JOIN common ON common.content = held_by.content GROUP BY held_by.source
"""
_LEADING = f"""
CREATE TABLE leaders AS
SELECT content, source FROM (
    SELECT held_by.content, held_by.source,
           dense_rank() OVER (PARTITION BY held_by.content ORDER BY licenses.license) AS license_place,
           row_number() OVER (
               PARTITION BY held_by.content, licenses.license ORDER BY source_bytes.bytes, held_by.source
           ) AS by_size,
           row_number() OVER (
               PARTITION BY held_by.content, licenses.license
               ORDER BY common_bytes.bytes DESC, source_bytes.bytes, held_by.source
           ) AS by_common_bytes
    FROM held_by
    JOIN common_bytes ON common_bytes.source = held_by.source
    JOIN common ON common.content = held_by.content
    JOIN source_bytes ON source_bytes.source = held_by.source
    LEFT JOIN deciding_licenses AS licenses ON licenses.source_id = source_bytes.source_id
) AS ranked WHERE license_place <= {LEADING_LICENSES} AND (by_size = 1 OR by_common_bytes = 1)
"""  # noqa: S608 - a constant
_HELD_LEADING = """
CREATE TABLE held AS
SELECT held_by.*, CASE WHEN common.content IS NULL OR leaders.source IS NOT NULL THEN 1 ELSE 0 END AS leads
FROM held_by
LEFT JOIN common ON common.content = held_by.content
LEFT JOIN leaders ON leaders.content = held_by.content AND leaders.source = held_by.source
"""

# One row for each content, its source, another source, and a copy there. There are many, so names are left to the end.
# Statements that join once each, and tables in between, need a fraction of the memory of one that says all.
_EXACT = """one.source, other.source AS other_source, one.content, other.content AS other_content, one.records,
       one.bytes, one.size_bytes, 1 AS is_exact, CAST(1 AS DOUBLE) AS jaccard, one.is_long"""
_NEAR = """one.source, other.source AS other_source, one.content, one.other_content, one.records, one.bytes,
       one.size_bytes, 0 AS is_exact, one.jaccard, one.is_long * other.is_long AS is_long"""
_RELATIONS = f"""
CREATE TABLE relations AS
SELECT {_EXACT}
FROM held AS one JOIN held AS other ON one.content = other.content
WHERE one.source <> other.source AND other.leads = 1
"""  # noqa: S608 - constants
_BESIDE_FOLLOWERS = f"""
INSERT INTO relations
SELECT {_EXACT}
FROM leaders JOIN held AS one ON one.content = leaders.content AND one.source = leaders.source
JOIN held AS other ON one.content = other.content
WHERE other.leads = 0
"""  # noqa: S608 - constants
# In the order of parts, so that the statement of a part reads its own rows and not those of all.
_NEAR_SIDES = """
CREATE TABLE near_sides AS
SELECT one.source, one.content, other_content, one.records, one.bytes, one.size_bytes, near.jaccard, one.is_long,
       one.leads, other_content % {parts} AS part
FROM (
    SELECT content_a AS content, content_b AS other_content, jaccard FROM verified
    UNION ALL SELECT content_b AS content, content_a AS other_content, jaccard FROM verified
) AS near
JOIN held AS one ON one.content = near.content
{order}
"""
_NEAR_PAIRS = f"""
INSERT INTO relations
SELECT {_NEAR}
FROM near_sides AS one JOIN held AS other ON other.content = one.other_content
WHERE one.source <> other.source
  AND one.part = {{part}} AND other.content % {{parts}} = {{part}}
"""  # noqa: S608 - constants
# Two statements: one with OR would join all followers with each other first.
_NEAR_RELATIONS = f"{_NEAR_PAIRS} AND other.leads = 1"
_NEAR_FOLLOWERS = f"{_NEAR_PAIRS} AND one.leads = 1 AND other.leads = 0"

# What two listed sources share besides, without leading either.
_LISTED = "CREATE TABLE listed AS SELECT DISTINCT source, other_source FROM relations"
_FOLLOWERS = "CREATE TABLE followers AS SELECT * FROM held WHERE leads = 0"
_AMONG_FOLLOWERS = f"""
INSERT INTO relations
SELECT {_EXACT}
FROM listed
JOIN followers AS one ON one.source = listed.source
JOIN followers AS other ON other.source = listed.other_source AND other.content = one.content
"""  # noqa: S608 - constants
_NEAR_AMONG_FOLLOWERS = f"""
INSERT INTO relations
SELECT {_NEAR}
FROM listed
JOIN near_sides AS one ON one.source = listed.source
JOIN followers AS other ON other.source = listed.other_source AND other.content = one.other_content
WHERE one.leads = 0
"""  # noqa: S608 - constants

_PER_CONTENT = """
CREATE TABLE per_content AS
SELECT source, other_source, content, max(records) AS records, max(bytes) AS bytes, max(is_exact) AS is_exact,
       max(jaccard) AS jaccard, max(is_long) AS is_long
FROM relations GROUP BY source, other_source, content
"""
# The largest record, and of equals the first: by aggregates, since a window holds all relations of two sources at once.
_LARGEST = """
CREATE TABLE largest AS
SELECT source, other_source, max(size_bytes) AS size_bytes
FROM relations WHERE source < other_source GROUP BY source, other_source
"""
_LARGEST_CONTENTS = """
CREATE TABLE largest_contents AS
SELECT DISTINCT shared.source, shared.other_source, shared.content
FROM relations AS shared
JOIN largest ON largest.source = shared.source AND largest.other_source = shared.other_source
            AND largest.size_bytes = shared.size_bytes
"""
_FIRST_OF_PARTS = (
    "CREATE TABLE first_of_parts AS SELECT source, source AS other_source, record FROM held WHERE content < 0"
)
_FIRST_OF_PART = """
INSERT INTO first_of_parts
SELECT shared.source, shared.other_source, min(held.record) AS record
FROM largest_contents AS shared JOIN held ON held.content = shared.content AND held.source = shared.source
WHERE shared.content % {parts} = {part} AND held.content % {parts} = {part}
GROUP BY shared.source, shared.other_source
"""
_FIRST = """
CREATE TABLE first_of_largest AS
SELECT source, other_source, min(record) AS record FROM first_of_parts GROUP BY source, other_source
"""
_FIRST_CONTENTS = """
CREATE TABLE first_contents AS
SELECT first.source, first.other_source, first.record, held.content
FROM first_of_largest AS first JOIN held ON held.source = first.source AND held.record = first.record
"""
_SHARED = """
CREATE TABLE shared_with_first AS
SELECT first.source, first.other_source, first.record, other_content, is_exact, jaccard
FROM relations JOIN first_contents AS first
  ON first.source = relations.source AND first.other_source = relations.other_source
 AND first.content = relations.content
"""
_EXAMPLES = """
CREATE TABLE overlap_examples AS
SELECT source, other_source, record, other_record FROM (
    SELECT shared.source, shared.other_source, shared.record, held.record AS other_record,
           row_number() OVER (
               PARTITION BY shared.source, shared.other_source ORDER BY is_exact DESC, jaccard DESC, held.record
           ) AS place
    FROM shared_with_first AS shared
    JOIN held ON held.content = shared.other_content AND held.source = shared.other_source
) AS ranked WHERE place = 1
"""
_STEPS = (
    *(_COMMON_BYTES, _LEADING, _HELD_LEADING),
    *(_RELATIONS, _BESIDE_FOLLOWERS, _NEAR_SIDES, _NEAR_RELATIONS, _NEAR_FOLLOWERS),
    *(_LISTED, _FOLLOWERS, _AMONG_FOLLOWERS, _NEAR_AMONG_FOLLOWERS),
    *(_PER_CONTENT, _LARGEST, _LARGEST_CONTENTS, _FIRST_OF_PARTS, _FIRST_OF_PART, _FIRST),
    *(_FIRST_CONTENTS, _SHARED, _EXAMPLES),
)
_OF_COMMON_TEXTS = frozenset(
    (_BESIDE_FOLLOWERS, _NEAR_FOLLOWERS, _LISTED, _FOLLOWERS, _AMONG_FOLLOWERS, _NEAR_AMONG_FOLLOWERS)
)
"""Statements that find nothing where no text is common, and go through all relations for that."""

_TABLES = (
    *("overlap_examples", "shared_with_first", "first_contents", "first_of_largest", "first_of_parts"),
    *("largest_contents", "largest"),
    *("per_content", "followers", "listed", "near_sides"),
    *("relations", "held", "leaders", "common_bytes", "common", "source_bytes", "held_by"),
)

# Followers are set beside leading sources only: pairs among them are not listed, unless they share something else.
_COMMON_TEXTS = """
SELECT copied.record_id, sources, records, sources - led.leading_sources AS following,
       CAST((sources - led.leading_sources) * (sources - led.leading_sources - 1) / 2 AS BIGINT) AS unlisted_pairs
FROM common
JOIN copied ON copied.content = common.content
JOIN (SELECT content, count(*) AS leading_sources FROM leaders GROUP BY content) AS led ON led.content = common.content
ORDER BY copied.record_id
"""

_OVERLAPS = """
WITH totals AS (
    SELECT source, other_source,
           CAST(sum(records) AS BIGINT) AS records, CAST(sum(bytes) AS BIGINT) AS bytes,
           CAST(sum(CASE WHEN is_exact = 1 THEN records ELSE 0 END) AS BIGINT) AS exact_records,
           CAST(sum(CASE WHEN is_long = 1 THEN bytes ELSE 0 END) AS BIGINT) AS long_bytes,
           max(jaccard) AS max_jaccard
    FROM per_content GROUP BY source, other_source
)
SELECT one.source_id AS source_a, other.source_id AS source_b, a.records AS records_a, b.records AS records_b,
       a.bytes AS bytes_a, b.bytes AS bytes_b, a.exact_records AS exact_records,
       a.long_bytes AS long_bytes_a, b.long_bytes AS long_bytes_b,
       a.records - a.exact_records AS near_records, a.max_jaccard AS max_jaccard,
       example.record AS example_a, example.other_record AS example_b
FROM totals AS a
JOIN totals AS b ON a.source = b.other_source AND a.other_source = b.source
JOIN overlap_examples AS example ON example.source = a.source AND example.other_source = a.other_source
JOIN source_names AS one ON one.source = a.source
JOIN source_names AS other ON other.source = a.other_source
WHERE a.source < a.other_source
ORDER BY source_a, source_b
"""

_TOTALS = """
SELECT source_id, count(*) AS records, CAST(sum(size_bytes) AS BIGINT) AS bytes FROM placed GROUP BY source_id
"""


_NO_LICENSES: Mapping[str, str] = MappingProxyType({})
_LICENSES = pa.schema([("source_id", pa.string()), ("license", pa.string())])


@dataclass(frozen=True)
class SharedBySources:
    """Tables OVERLAPS and COMMON_TEXTS."""

    overlaps: pa.Table
    common_texts: pa.Table


def compute_overlaps(
    engine: Engine, license_files: Collection[str], parameters: Parameters, licenses: Mapping[str, str] = _NO_LICENSES
) -> SharedBySources:
    """Return two sources a row that share verified copies, and the texts of which not every pair is listed.

    Reads ``placed``, ``copied``, ``copied_records`` and ``verified``; files that show a license are left out.
    *licenses* are those that count for sources, by source.
    """
    engine.add_arrow("license_files", pa.table({"file_id": pa.array(sorted(license_files), pa.string())}))
    deciding = pa.table([pa.array(licenses.keys()), pa.array(licenses.values())], schema=_LICENSES)
    engine.add_arrow("deciding_licenses", deciding)
    names = engine.fetch(_NAMES)
    numbers = pa.array(np.arange(names.num_rows, dtype=np.int32))
    engine.add_arrow("source_names", names.append_column("source", numbers))
    engine.execute(_HELD.format(min_shingles=int(parameters.overlap_min_shingles)))
    _execute_steps(engine)
    found, common = engine.fetch(_OVERLAPS), engine.fetch(_COMMON_TEXTS)
    totals = {row["source_id"]: row for row in engine.fetch(_TOTALS).to_pylist()}
    for table in _TABLES:
        engine.execute(f"DROP TABLE IF EXISTS {table}")
    return SharedBySources(
        overlaps=_with_shares(found, totals, parameters.overlap_min_share),
        common_texts=common.select(COMMON_TEXTS.schema.names).cast(COMMON_TEXTS.schema),
    )


def _execute_steps(engine: Engine) -> None:
    """Run every step, those that name a part once for each of them."""
    parts = 1 + engine.fetch("SELECT count(*) AS held FROM held_by")["held"][0].as_py() // engine.rows_of_a_join
    for statement in (_SOURCE_BYTES, _COMMON):
        engine.execute(statement)
    has_common = engine.fetch("SELECT count(*) AS texts FROM common")["texts"][0].as_py() > 0
    for statement in _STEPS:
        if not has_common and statement in _OF_COMMON_TEXTS:
            continue
        for part in range(parts if "{part}" in statement else 1):
            engine.execute(statement.format(parts=parts, part=part, order="ORDER BY part" if parts > 1 else ""))


def _with_shares(found: pa.Table, totals: Mapping[str, Mapping[str, int]], min_share: float) -> pa.Table:
    """Return the overlaps with shares of their sources, and the bytes that are decisive."""
    columns = {name: found[name] for name in found.column_names}
    is_large = np.zeros(found.num_rows, bool)
    for side in ("a", "b"):
        sources = found[f"source_{side}"].to_pylist()
        shares = {
            unit: found[f"{unit}_{side}"].to_numpy() / np.array([totals[source][unit] for source in sources], np.int64)
            for unit in ("bytes", "records")
        }
        is_large |= np.maximum(*shares.values()) >= min_share
        columns[f"share_{side}"] = pa.array(shares["bytes"])
        columns[f"share_records_{side}"] = pa.array(shares["records"])
    columns["is_large_part"] = pa.array(is_large)
    for side in ("a", "b"):
        columns[f"decisive_bytes_{side}"] = pc.if_else(
            columns["is_large_part"], found[f"bytes_{side}"], found[f"long_bytes_{side}"]
        )
    return pa.table(columns).select(OVERLAPS.schema.names).cast(OVERLAPS.schema)
