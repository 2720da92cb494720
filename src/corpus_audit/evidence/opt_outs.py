"""Opt-outs by source and host: records reserved, allowed or open, by snapshots and their own statements.

Only addresses on hosts with a snapshot are looked at one by one; all others are counted, and the hosts with the most
records of each source are named. The most restrictive statement wins, wherever it stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.engine.base import Engine
from corpus_audit.evidence.evidence_table import Circumstances, evidence_table
from corpus_audit.evidence.hosts import HOST_OF_URL
from corpus_audit.evidence.record_opt_outs import RECORD_OPT_OUTS
from corpus_audit.rights.consent.states import compared, known
from corpus_audit.rights.opt_outs.preferences import strictest
from corpus_audit.rights.opt_outs.statuses import HostRules, OptOutStatus, Snapshot
from corpus_audit.schemas.marking import _
from corpus_audit.schemas.table import INT, STR, STRINGS
from corpus_audit.vocabulary import NOT_RECORDED, OptOutKind, OptOutState

HOSTS_NAMED = 100
"""Hosts without a snapshot that are named, for each source; the others share a row."""

NO_ADDRESS = "(no address)"
OTHER_HOSTS = "(other hosts)"

_OWN = "own_state, own_reserved_by, COALESCE(names_terms, 0) AS names_terms"

_TABLES = {
    "snapshot_hosts": "SELECT DISTINCT source_id, host FROM claimed_opt_outs",
    "addressed_sources": """
        SELECT source_id FROM records WHERE url IS NOT NULL GROUP BY source_id
        UNION
        SELECT source_id FROM claimed_opt_outs
        UNION
        SELECT source_id FROM record_terms
    """,
    "host_terms": f"""
        SELECT records.source_id, COALESCE({HOST_OF_URL}, '') AS host, {_OWN}, COUNT(*) AS records
        FROM records
        JOIN addressed_sources ON addressed_sources.source_id = records.source_id
        LEFT JOIN record_terms ON record_terms.record_id = records.record_id
        GROUP BY records.source_id, COALESCE({HOST_OF_URL}, ''), own_state, own_reserved_by, names_terms
    """,  # noqa: S608 - constants
    "host_totals": """
        SELECT source_id, host, CAST(SUM(records) AS BIGINT) AS records FROM host_terms GROUP BY source_id, host
    """,
    "host_labels": f"""
        SELECT host_totals.source_id, host_totals.host, host_totals.records,
               CASE WHEN host_totals.host = '' THEN '{NO_ADDRESS}'
                    WHEN place <= {HOSTS_NAMED} THEN host_totals.host
                    ELSE '{OTHER_HOSTS}' END AS label
        FROM (
            SELECT host_totals.*,
                   ROW_NUMBER() OVER (PARTITION BY host_totals.source_id, host_totals.host = ''
                                      ORDER BY records DESC, host_totals.host) AS place
            FROM host_totals
            LEFT JOIN snapshot_hosts AS seen
              ON seen.source_id = host_totals.source_id AND seen.host = host_totals.host
            WHERE seen.host IS NULL
        ) AS host_totals
    """,  # noqa: S608 - constants
}

_ADDRESSES = f"""
    SELECT addressed.source_id, addressed.host, url, {_OWN}, COUNT(*) AS records
    FROM (SELECT record_id, source_id, url, {HOST_OF_URL} AS host FROM records WHERE url IS NOT NULL) AS addressed
    JOIN snapshot_hosts ON snapshot_hosts.source_id = addressed.source_id AND snapshot_hosts.host = addressed.host
    LEFT JOIN record_terms ON record_terms.record_id = addressed.record_id
    GROUP BY addressed.source_id, addressed.host, url, own_state, own_reserved_by, names_terms
    ORDER BY addressed.source_id, addressed.host, url
"""  # noqa: S608 - constants

_TERMS_ELSEWHERE = """
    SELECT host_terms.source_id, label AS host, own_state, own_reserved_by, names_terms,
           CAST(SUM(host_terms.records) AS BIGINT) AS records
    FROM host_terms
    JOIN host_labels ON host_labels.source_id = host_terms.source_id AND host_labels.host = host_terms.host
    WHERE own_state IS NOT NULL
    GROUP BY host_terms.source_id, label, own_state, own_reserved_by, names_terms
"""

_RESERVED = pa.schema({"source_id": pa.string(), "url": pa.string()})

_ANSWERS = pa.schema(
    {
        "source_id": pa.string(),
        "host": pa.string(),
        "records_allowed": pa.int64(),
        "records_reserved": pa.int64(),
        "records_self_reserved": pa.int64(),
        "reserved_by": pa.list_(pa.string()),
    }
)

_SNAPSHOTS = f"""
    SELECT claimed_opt_outs.source_id, host,
           COUNT(*) AS snapshots,
           array_sort(array_agg(DISTINCT claimed_opt_outs.kind)) AS kinds,
           array_sort(array_agg(DISTINCT crawler)) AS crawlers,
           array_sort(array_agg(DISTINCT vocabulary)) AS vocabularies,
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
_ROWS = """
    SELECT seen.source_id, seen.host, 1 AS hosts, COALESCE(host_totals.records, 0) AS records
    FROM snapshot_hosts AS seen
    LEFT JOIN host_totals ON host_totals.source_id = seen.source_id AND host_totals.host = seen.host
    UNION ALL
    SELECT source_id, label AS host, COUNT(*) AS hosts, CAST(SUM(records) AS BIGINT) AS records
    FROM host_labels
    GROUP BY source_id, label
"""


OPTED_OUT_RECORDS = f"""
    SELECT record_id FROM record_terms WHERE own_state = '{OptOutState.RESERVED}'
    UNION
    SELECT records.record_id FROM records
    JOIN reserved_addresses
      ON reserved_addresses.source_id = records.source_id AND reserved_addresses.url = records.url
"""  # noqa: S608 - constant
"""Records that they themselves or a snapshot of their host reserve, once OPT_OUTS is prepared."""

_Key = tuple[str, str]


@dataclass
class _Count:
    """How many records of one source on one host are allowed and reserved, and by what."""

    by_state: Counter[OptOutState] = field(default_factory=Counter)
    reserved_by: set[str] = field(default_factory=set)
    self_reserved: int = 0

    def add(self, row: Mapping[str, Any], decision: OptOutStatus) -> None:
        """Count records with the same own statements, and the snapshots' answers for them."""
        said = [decision.state] if row["own_state"] is None else [decision.state, OptOutState(row["own_state"])]
        self.by_state[strictest(said) or OptOutState.NOT_RECORDED] += row["records"]
        self.reserved_by |= {*decision.reserved_by, *(row["own_reserved_by"] or "").split()}
        self.self_reserved += row["records"] if OptOutState.RESERVED in said[1:] else 0


def find_opt_outs(engine: Engine, _circumstances: Circumstances) -> None:
    """Register what snapshots and records say of each host, and ``reserved_addresses``: what snapshots reserve.

    Reads records, record_terms and claimed_opt_outs.
    """
    for name, sql in _TABLES.items():
        engine.execute(f"CREATE TABLE {name} AS {sql}")
    counts, reserved = _count(engine, _rules(engine))
    rows = [
        {
            "source_id": source_id,
            "host": host,
            "records_allowed": count.by_state[OptOutState.ALLOWED],
            "records_reserved": count.by_state[OptOutState.RESERVED],
            "records_self_reserved": count.self_reserved,
            "reserved_by": sorted(count.reserved_by),
        }
        for (source_id, host), count in counts.items()
    ]
    engine.add_arrow("opt_out_answers", pa.Table.from_pylist(rows, schema=_ANSWERS))
    engine.add_arrow("reserved_addresses", reserved)


def _rules(engine: Engine) -> Mapping[_Key, HostRules]:
    snapshots: dict[_Key, list[Snapshot]] = defaultdict(list)
    columns = "source_id, host, kind, content, crawler, url"
    for row in engine.fetch(f"SELECT {columns} FROM claimed_opt_outs WHERE content IS NOT NULL").to_pylist():  # noqa: S608 - constant
        taken = Snapshot(OptOutKind(row["kind"]), row["content"], row["crawler"], row["url"])
        snapshots[row["source_id"], row["host"]].append(taken)
    return {key: HostRules.of(taken) for key, taken in snapshots.items()}


def _count(engine: Engine, rules: Mapping[_Key, HostRules]) -> tuple[Mapping[_Key, _Count], pa.Table]:
    """Return the counts by source and host, and the addresses that snapshots reserve."""
    counts: dict[_Key, _Count] = defaultdict(_Count)
    silent = HostRules()
    reserved = []
    for batch in engine.stream(_ADDRESSES):
        is_reserved = []
        for row in batch.to_pylist():
            key = (row["source_id"], row["host"])
            decision = rules.get(key, silent).decide(row["url"], names_terms=bool(row["names_terms"]))
            counts[key].add(row, decision)
            is_reserved.append(decision.state is OptOutState.RESERVED)
        reserved.append(batch.select(_RESERVED.names).filter(pa.array(is_reserved, pa.bool_())).cast(_RESERVED))
    for row in _stream(engine, _TERMS_ELSEWHERE):
        counts[row["source_id"], row["host"]].add(row, silent.decide(""))
    return counts, pa.Table.from_batches(reserved, _RESERVED)


def _stream(engine: Engine, sql: str) -> Iterator[Mapping[str, Any]]:
    for batch in engine.stream(sql):
        yield from batch.to_pylist()


OPT_OUTS = evidence_table(
    "opt_outs", "one host of one source: what snapshots and its records say of reservations", ("source_id", "host"),
    ("source_id", STR, "Source."),
    ("host", STR, "Host; '(no address)' for records without one, '(other hosts)' for small ones without a snapshot."),
    ("hosts", INT, "Number of hosts the row stands for; 1 unless it is that of the other hosts."),
    ("kind", STR, "Declared kind of the source (vocabulary SourceKind), or not-recorded."),
    ("opt_outs_checked", STR, "Declared answer to whether opt-outs were checked."),
    ("snapshots", INT, "Snapshots of the host."),
    ("kinds", STRINGS, "What they are of (vocabulary OptOutKind)."),
    ("crawlers", STRINGS, "Crawlers they are read for; not-recorded where none is named: then for any crawler."),
    ("vocabularies", STRINGS, "Versions of vocabularies that the manifest records with them, or not-recorded."),
    ("observed_from", STR, "First day of observation (ISO 8601), or not-recorded."),
    ("observed_until", STR, "Last day of observation (ISO 8601), or not-recorded."),
    ("observation_state", STR, "during or outside the source's collection, or not-recorded."),
    ("records", INT, "Records from the host."),
    ("records_allowed", INT, "Records that a snapshot or their own statements allow and none reserves."),
    ("records_reserved", INT, "Records that at least one snapshot or statement of their own reserves."),
    ("records_self_reserved", INT, "Those of them that their own headers or pages reserve."),
    ("records_not_recorded", INT, "Records of which neither speaks."),
    ("reserved_by", STRINGS, "Kinds of carrier that reserve records, in snapshots or in the records themselves."),
    ("state", STR, "reserved when any record is, allowed when all are, else not-recorded."),
    label=_("hosts by source"),
    inputs=(schemas.CLAIMED_OPT_OUTS, schemas.CLAIMED_SOURCES, schemas.RECORDS,),
    prepare=find_opt_outs,
    sql=f"""
    SELECT counted.source_id, counted.host, counted.hosts, claimed_sources.kind, claimed_sources.opt_outs_checked,
           COALESCE(taken.snapshots, 0) AS snapshots,
           COALESCE(taken.kinds, no_types.value) AS kinds,
           COALESCE(taken.crawlers, no_types.value) AS crawlers,
           COALESCE(taken.vocabularies, no_types.value) AS vocabularies,
           COALESCE(taken.observed_from, '{NOT_RECORDED}') AS observed_from,
           COALESCE(taken.observed_until, '{NOT_RECORDED}') AS observed_until,
           CASE taken.during WHEN 0 THEN 'outside' WHEN 2 THEN 'during' ELSE '{NOT_RECORDED}' END AS observation_state,
           counted.records,
           COALESCE(answers.records_allowed, 0) AS records_allowed,
           COALESCE(answers.records_reserved, 0) AS records_reserved,
           COALESCE(answers.records_self_reserved, 0) AS records_self_reserved,
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
    after=(RECORD_OPT_OUTS,),
)  # fmt: skip
