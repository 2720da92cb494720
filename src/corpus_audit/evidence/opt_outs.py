"""Opt-outs by source and host: how many records the snapshots reserve, allow, or say nothing of.

Only addresses on hosts with a snapshot are looked at one by one; all others are counted, and the hosts with the most
records of each source are named.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit.engine.base import Engine
from corpus_audit.engine.text import LINE_ENDS
from corpus_audit.evidence.query import Query
from corpus_audit.rights.consent.states import compared, known
from corpus_audit.rights.opt_outs.statuses import HostRules, Snapshot
from corpus_audit.schemas import EVIDENCE_OPT_OUTS
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind, OptOutState

HOSTS_NAMED = 100
"""Hosts without a snapshot that are named, for each source; the others share a row."""

NO_ADDRESS = "(no address)"
OTHER_HOSTS = "(other hosts)"

# The host as the manifest writes it: lower-case, without a user's name, without the scheme's own port.
_NAMED_HOST = f"regexp_extract(url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#@]*@)?([^/?#{LINE_ENDS}]*)', 2)"
_HOST = f"lower(regexp_replace({_NAMED_HOST}, ':(80|443)$', ''))"

_TABLES = {
    "snapshot_hosts": "SELECT DISTINCT source_id, host FROM claimed_opt_outs",
    "addressed_sources": """
        SELECT source_id FROM records WHERE url IS NOT NULL GROUP BY source_id
        UNION
        SELECT source_id FROM claimed_opt_outs
    """,
    "host_totals": f"""
        SELECT records.source_id, COALESCE({_HOST}, '') AS host, COUNT(*) AS records
        FROM records
        JOIN addressed_sources ON addressed_sources.source_id = records.source_id
        GROUP BY records.source_id, COALESCE({_HOST}, '')
    """,  # noqa: S608 - constants
}

_ADDRESSES = f"""
    SELECT addressed.source_id, addressed.host, url, COUNT(*) AS records
    FROM (SELECT source_id, url, {_HOST} AS host FROM records WHERE url IS NOT NULL) AS addressed
    JOIN snapshot_hosts ON snapshot_hosts.source_id = addressed.source_id AND snapshot_hosts.host = addressed.host
    GROUP BY addressed.source_id, addressed.host, url
    ORDER BY addressed.source_id, addressed.host, url
"""  # noqa: S608 - constants

_COPIED_ADDRESSES = f"""
    SELECT DISTINCT addressed.source_id, addressed.host, url
    FROM (SELECT source_id, url, {_HOST} AS host FROM copied_records WHERE url IS NOT NULL) AS addressed
    JOIN snapshot_hosts ON snapshot_hosts.source_id = addressed.source_id AND snapshot_hosts.host = addressed.host
"""  # noqa: S608 - constants

_RESERVED_COPIES = pa.schema({"source_id": pa.string(), "url": pa.string()})

_ANSWERS = pa.schema(
    {
        "source_id": pa.string(),
        "host": pa.string(),
        "records_allowed": pa.int64(),
        "records_reserved": pa.int64(),
        "reserved_by": pa.list_(pa.string()),
    }
)

_SNAPSHOTS = f"""
    SELECT claimed_opt_outs.source_id, host,
           COUNT(*) AS snapshots,
           array_sort(array_agg(DISTINCT claimed_opt_outs.kind)) AS kinds,
           array_sort(array_agg(DISTINCT crawler)) AS crawlers,
           MIN(CASE WHEN {known("observed_at")} THEN observed_at END) AS observed_from,
           MAX(CASE WHEN {known("observed_at")} THEN observed_at END) AS observed_until,
           MIN(CASE WHEN '{NOT_RECORDED}' IN (observed_at, collected_from, collected_until) THEN 1
                    WHEN {compared("observed_at", "<", "collected_from")} THEN 0
                    WHEN {compared("observed_at", ">", "collected_until")} THEN 0
                    ELSE 2 END) AS during
    FROM claimed_opt_outs
    JOIN claimed_sources ON claimed_sources.source_id = claimed_opt_outs.source_id
    GROUP BY claimed_opt_outs.source_id, host
"""  # noqa: S608 - constants

# Hosts with a snapshot stand for themselves; the others are named as far as the largest go.
_ROWS = f"""
    SELECT seen.source_id, seen.host, 1 AS hosts, COALESCE(host_totals.records, 0) AS records
    FROM snapshot_hosts AS seen
    LEFT JOIN host_totals ON host_totals.source_id = seen.source_id AND host_totals.host = seen.host
    UNION ALL
    SELECT source_id, label AS host, COUNT(*) AS hosts, CAST(SUM(records) AS BIGINT) AS records
    FROM (
        SELECT source_id, records,
               CASE WHEN host = '' THEN '{NO_ADDRESS}'
                    WHEN place <= {HOSTS_NAMED} THEN host
                    ELSE '{OTHER_HOSTS}' END AS label
        FROM (
            SELECT host_totals.*,
                   ROW_NUMBER() OVER (PARTITION BY host_totals.source_id, host_totals.host = ''
                                      ORDER BY records DESC, host_totals.host) AS place
            FROM host_totals
            LEFT JOIN snapshot_hosts AS seen
              ON seen.source_id = host_totals.source_id AND seen.host = host_totals.host
            WHERE seen.host IS NULL
        ) AS unseen
    ) AS labelled
    GROUP BY source_id, label
"""  # noqa: S608 - constants

OPT_OUTS = Query(
    EVIDENCE_OPT_OUTS,
    f"""
    SELECT counted.source_id, counted.host, counted.hosts, claimed_sources.kind, claimed_sources.opt_outs_checked,
           COALESCE(taken.snapshots, 0) AS snapshots,
           COALESCE(taken.kinds, no_types.value) AS kinds,
           COALESCE(taken.crawlers, no_types.value) AS crawlers,
           COALESCE(taken.observed_from, '{NOT_RECORDED}') AS observed_from,
           COALESCE(taken.observed_until, '{NOT_RECORDED}') AS observed_until,
           CASE taken.during WHEN 0 THEN 'outside' WHEN 2 THEN 'during' ELSE '{NOT_RECORDED}' END AS observation_state,
           counted.records,
           COALESCE(answers.records_allowed, 0) AS records_allowed,
           COALESCE(answers.records_reserved, 0) AS records_reserved,
           counted.records - COALESCE(answers.records_allowed + answers.records_reserved, 0) AS records_not_recorded,
           COALESCE(answers.reserved_by, no_types.value) AS reserved_by,
           CASE WHEN COALESCE(answers.records_reserved, 0) > 0 THEN '{OptOutState.RESERVED}'
                WHEN counted.records > 0 AND counted.records = answers.records_allowed THEN '{OptOutState.ALLOWED}'
                ELSE '{NOT_RECORDED}' END AS state
    FROM ({_ROWS}) AS counted
    JOIN claimed_sources ON claimed_sources.source_id = counted.source_id
    CROSS JOIN no_types
    LEFT JOIN ({_SNAPSHOTS}) AS taken ON taken.source_id = counted.source_id AND taken.host = counted.host
    LEFT JOIN opt_out_answers AS answers ON answers.source_id = counted.source_id AND answers.host = counted.host
    """,  # noqa: S608 - constants
)

_Key = tuple[str, str]


@dataclass
class _Count:
    """How many records of one source on one host are allowed and reserved, and by what."""

    by_state: Counter[OptOutState] = field(default_factory=Counter)
    reserved_by: set[OptOutKind] = field(default_factory=set)


def find_opt_outs(engine: Engine) -> None:
    """Make visible what the snapshots say of the records' addresses, and which addresses of copies they reserve.

    Reads records, copied_records and claimed_opt_outs.
    """
    for name, sql in _TABLES.items():
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    rules = _rules(engine)
    counts = _count(engine, rules)
    rows = [
        {
            "source_id": source_id,
            "host": host,
            "records_allowed": count.by_state[OptOutState.ALLOWED],
            "records_reserved": count.by_state[OptOutState.RESERVED],
            "reserved_by": sorted(count.reserved_by),
        }
        for (source_id, host), count in counts.items()
    ]
    engine.add_arrow("opt_out_answers", pa.Table.from_pylist(rows, schema=_ANSWERS))
    engine.add_arrow("reserved_copies", _reserved_copies(engine, rules))


def _reserved_copies(engine: Engine, rules: Mapping[_Key, HostRules]) -> pa.Table:
    """Return the reserved addresses of records that have copies."""
    reserved = [
        {"source_id": row["source_id"], "url": row["url"]}
        for row in (_stream(engine, _COPIED_ADDRESSES) if rules else ())
        if (row["source_id"], row["host"]) in rules
        and rules[row["source_id"], row["host"]].decide(row["url"]).state is OptOutState.RESERVED
    ]
    return pa.Table.from_pylist(reserved, schema=_RESERVED_COPIES)


def _rules(engine: Engine) -> Mapping[_Key, HostRules]:
    snapshots: dict[_Key, list[Snapshot]] = defaultdict(list)
    columns = "source_id, host, kind, content, crawler, url"
    for row in engine.fetch(f"SELECT {columns} FROM claimed_opt_outs WHERE content IS NOT NULL").to_pylist():  # noqa: S608 - constant
        taken = Snapshot(OptOutKind(row["kind"]), row["content"], row["crawler"], row["url"])
        snapshots[row["source_id"], row["host"]].append(taken)
    return {key: HostRules.of(taken) for key, taken in snapshots.items()}


def _count(engine: Engine, rules: Mapping[_Key, HostRules]) -> Mapping[_Key, _Count]:
    counts: dict[_Key, _Count] = defaultdict(_Count)
    for row in _stream(engine, _ADDRESSES) if rules else ():
        key = (row["source_id"], row["host"])
        if key in rules:
            decision = rules[key].decide(row["url"])
            counts[key].by_state[decision.state] += row["records"]
            counts[key].reserved_by |= decision.reserved_by
    return counts


def _stream(engine: Engine, sql: str) -> Iterator[Mapping[str, Any]]:
    for batch in engine.stream(sql):
        yield from batch.to_pylist()
