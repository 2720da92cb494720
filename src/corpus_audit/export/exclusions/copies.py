"""The copy of a cluster that stays, and the copies of it that go.

Of the records that one representative stands for, the one that stays has no other reason to go; a copy goes only where
it was verified against the one that stays. So where the representative goes for another reason, and a near-duplicate
stays in its place, another near-duplicate goes only if the two were compared with each other.
"""

# ruff: noqa: S608 - nothing but constants of the program reaches the SQL

from collections.abc import Mapping, Sequence

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.evidence.exclusion_funnel import LICENSED_RECORDS
from corpus_audit.vocabulary import CopyKind, CopyPreference, ExclusionReason

_ORDERS: Mapping[CopyPreference, str] = {
    CopyPreference.LICENSE_FREEDOM: "purposes_permitted DESC",
    CopyPreference.QUALITY: "damaged_characters",
    CopyPreference.SOURCE_ORDER: "source_place",
    CopyPreference.LENGTH: "size_bytes DESC",
}
"""What each preference sorts by; the record id decides last."""

_FREEDOM = """
    SELECT license_expression, SUM(CASE WHEN permitted = 'yes' THEN 1 ELSE 0 END) AS purposes_permitted
    FROM purpose_answers GROUP BY license_expression
"""

# What goes for another reason comes last, then what is no exact copy of the representative.
_RANKED = f"""
    CREATE TABLE ranked_copies AS
    SELECT members.record_id, members.representative_id, members.kind, members.is_out,
           ROW_NUMBER() OVER (PARTITION BY members.representative_id
                              ORDER BY is_out, is_near, {{order}} members.record_id) AS place
    FROM (
        SELECT clusters.record_id, clusters.representative_id, clusters.kind, clusters.size_bytes,
               CASE WHEN clusters.kind = '{CopyKind.NEAR}' THEN 1 ELSE 0 END AS is_near,
               CASE WHEN reasons_found.record_id IS NULL THEN 0 ELSE 1 END AS is_out,
               COALESCE(freedom.purposes_permitted, 0) AS purposes_permitted,
               COALESCE(records.replacement_characters + records.mojibake + records.control_characters, 0)
                   AS damaged_characters,
               COALESCE(source_places.place, {{last_place}}) AS source_place
        FROM clusters
        JOIN records ON records.record_id = clusters.record_id
        JOIN ({LICENSED_RECORDS}) AS licensed ON licensed.record_id = clusters.record_id
        LEFT JOIN ({_FREEDOM}) AS freedom ON freedom.license_expression = licensed.license_expression
        LEFT JOIN source_places ON source_places.source_id = clusters.source_id
        LEFT JOIN reasons_found ON reasons_found.record_id = clusters.record_id
    ) AS members
"""

_KEPT = """
    CREATE TABLE kept_copies AS
    SELECT representative_id, record_id AS kept_id, kind AS kept_kind FROM ranked_copies WHERE place = 1
"""

# The content of a record is named by its first record, as in pairs.
_CONTENTS = f"""
    CREATE TABLE contents_of_copies AS
    SELECT record_b AS record_id, record_a AS content FROM pairs WHERE kind = '{CopyKind.EXACT}'
"""

_VERIFIED = f"""
    SELECT record_a AS one, record_b AS other FROM pairs WHERE kind = '{CopyKind.NEAR}'
    UNION ALL
    SELECT record_b AS one, record_a AS other FROM pairs WHERE kind = '{CopyKind.NEAR}'
"""

_SAME_CONTENT = "COALESCE(own.content, copies.record_id) = COALESCE(kept.content, kept_copies.kept_id)"

_GOING = f"""
    CREATE TABLE going_copies AS
    SELECT copies.record_id, kept_copies.kept_id,
           CASE WHEN {_SAME_CONTENT} THEN '{ExclusionReason.EXACT_DUPLICATE}'
                ELSE '{ExclusionReason.NEAR_DUPLICATE}' END AS reason
    FROM ranked_copies AS copies
    JOIN kept_copies ON kept_copies.representative_id = copies.representative_id
    LEFT JOIN contents_of_copies AS own ON own.record_id = copies.record_id
    LEFT JOIN contents_of_copies AS kept ON kept.record_id = kept_copies.kept_id
    LEFT JOIN ({_VERIFIED}) AS verified
           ON verified.one = COALESCE(own.content, copies.record_id)
          AND verified.other = COALESCE(kept.content, kept_copies.kept_id)
    WHERE copies.place > 1
      AND (kept_copies.kept_kind <> '{CopyKind.NEAR}' OR copies.kind <> '{CopyKind.NEAR}'
           OR {_SAME_CONTENT} OR verified.one IS NOT NULL)
"""


def choose_copies(engine: Engine, keep: Sequence[CopyPreference], source_order: Sequence[str]) -> None:
    """Make visible which copies go and which stays for each (``going_copies``); reads ``reasons_found``."""
    places = {"source_id": list(source_order), "place": list(range(len(source_order)))}
    schema = pa.schema({"source_id": pa.string(), "place": pa.int64()})
    engine.add_arrow("source_places", pa.table(places, schema=schema))
    order = "".join(f"{_ORDERS[preference]}, " for preference in keep)
    engine.execute(_RANKED.format(order=order, last_place=len(source_order)))
    for sql in (_KEPT, _CONTENTS, _GOING):
        engine.execute(sql)
