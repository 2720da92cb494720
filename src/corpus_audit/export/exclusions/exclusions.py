"""The records that a policy takes out of an audited dataset, each with every reason for it."""

# ruff: noqa: S608 - nothing but constants of the program reaches the SQL

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.export.exclusions.copies import choose_copies
from corpus_audit.export.exclusions.policy import ExclusionPolicy
from corpus_audit.export.exclusions.reasons import COPY_REASONS, REASONS
from corpus_audit.schemas.table import INT, STR, STRINGS, table
from corpus_audit.vocabulary import ExclusionReason

EXCLUSIONS = table(
    "exclusions", "one record that is left out", ("record_id",),
    ("record_id", STR, "The record."),
    ("source_id", STR, "Its source."),
    ("file", STR, "Path relative to the root."),
    ("row", INT, "Row within the file, from 0, as its reader counts; 0 for a file that is one text."),
    ("size_bytes", INT, "Length of the record in bytes."),
    ("reasons", STRINGS, "Everything that takes it out (vocabulary ExclusionReason)."),
    ("rule_ids", STRINGS, "Rules that its source fails for those reasons."),
    ("jurisdictions", STRINGS, "Whose law those rules serve."),
    ("kept_id", STR, "The copy of it that stays; null when it is not left out as a copy."),
)  # fmt: skip

_BITS: Mapping[ExclusionReason, int] = {reason: 1 << place for place, reason in enumerate(ExclusionReason)}
_COPY_BIT = " ".join(f"WHEN '{reason}' THEN {_BITS[reason]}" for reason in COPY_REASONS)

_OTHER = """
    CREATE TABLE reasons_found AS
    SELECT record_id, BIT_OR(bit) AS bits FROM ({found}) AS found GROUP BY record_id
"""

_BOTH = f"""
    CREATE TABLE excluded AS
    SELECT COALESCE(reasons_found.record_id, going_copies.record_id) AS record_id,
           COALESCE(reasons_found.bits, 0) | COALESCE(CASE going_copies.reason {_COPY_BIT} END, 0) AS bits,
           going_copies.kept_id
    FROM reasons_found
    FULL OUTER JOIN going_copies ON going_copies.record_id = reasons_found.record_id
"""
_WITHOUT_COPIES = """
    CREATE TABLE excluded AS SELECT record_id, bits, CAST(NULL AS VARCHAR) AS kept_id FROM reasons_found
"""

_KINDS = """
    SELECT DISTINCT records.source_id, excluded.bits
    FROM excluded JOIN records ON records.record_id = excluded.record_id
    ORDER BY source_id, bits
"""

# Lists are added to the sorted rows: an engine that sorts them needs many times the memory.
_ROWS = """
    SELECT records.record_id, records.source_id, records.file, records.row, records.size_bytes, kinds.kind,
           excluded.kept_id
    FROM excluded
    JOIN records ON records.record_id = excluded.record_id
    JOIN kinds ON kinds.source_id = records.source_id AND kinds.bits = excluded.bits
    ORDER BY records.source_id, records.file, records.row
"""

_WORDS = pa.schema([EXCLUSIONS.schema.field(name) for name in ("reasons", "rule_ids", "jurisdictions")])

_NOTHING = "SELECT record_id FROM records WHERE FALSE"


@dataclass(frozen=True)
class FailedRule:
    """A rule that fails: the evidence table it judges, the source (None for the whole dataset), and whose law it is."""

    rule_id: str
    evidence_table: str
    source_id: str | None
    jurisdictions: tuple[str, ...]


def find_exclusions(
    engine: Engine,
    policy: ExclusionPolicy,
    excluded_sources: Sequence[str],
    failed: Sequence[FailedRule],
    withdrawn_people: Sequence[str] = (),
) -> Iterator[pa.RecordBatch]:
    """Yield the excluded records in the schema of EXCLUSIONS, by source, file and row; reads what evidence reads.

    The engine works out of core: memory does not grow with the number of records.
    """
    engine.add_arrow("excluded_sources", pa.table({"source_id": pa.array(sorted(excluded_sources), pa.string())}))
    engine.add_arrow("withdrawn_people", pa.table({"subject_id": pa.array(sorted(withdrawn_people), pa.string())}))
    chosen = [found for found in REASONS if found.reason in policy.reasons]
    parts = [f"SELECT record_id, {_BITS[found.reason]} AS bit FROM ({found.sql}) AS one" for found in chosen]
    engine.execute(_OTHER.format(found=" UNION ALL ".join(parts or [f"SELECT record_id, 0 AS bit FROM ({_NOTHING})"])))
    copies = [reason for reason in COPY_REASONS if reason in policy.reasons]
    if copies:
        choose_copies(engine, policy.keep, policy.source_order)
        if len(copies) == 1:
            engine.execute(f"DELETE FROM going_copies WHERE reason <> '{copies[0]}'")
    engine.execute(_BOTH if copies else _WITHOUT_COPIES)
    kinds = engine.fetch(_KINDS)
    engine.add_arrow("kinds", kinds.append_column("kind", pa.array(range(kinds.num_rows), pa.int64())))
    words = _words(kinds.to_pylist(), failed)
    for batch in engine.stream(_ROWS):
        worded = words.take(batch["kind"]).combine_chunks()
        columns = [(worded if name in words.column_names else batch)[name] for name in EXCLUSIONS.schema.names]
        yield pa.table(columns, EXCLUSIONS.schema.names).cast(EXCLUSIONS.schema).to_batches()[0]


def _words(kinds: Sequence[Mapping[str, Any]], failed: Sequence[FailedRule]) -> pa.Table:
    """Return the reasons, rules and jurisdictions of each kind of exclusion: a set of bits in a source."""
    by_table: dict[tuple[str, str | None], list[FailedRule]] = defaultdict(list)
    for rule in failed:
        by_table[rule.evidence_table, rule.source_id].append(rule)
    rows = []
    for kind in kinds:
        reasons = [reason for reason, bit in _BITS.items() if kind["bits"] & bit]
        judging = {table.name for found in REASONS if found.reason in reasons for table in found.judged_by}
        rules = [rule for name in judging for source in (kind["source_id"], None) for rule in by_table[name, source]]
        rows.append(
            {
                "reasons": [str(reason) for reason in reasons],
                "rule_ids": sorted({rule.rule_id for rule in rules}),
                "jurisdictions": sorted({place for rule in rules for place in rule.jurisdictions}),
            }
        )
    return pa.Table.from_pylist(rows, schema=_WORDS)
