"""What an audit shares with the audits of an index, by keys: a merge join of its own rows with the runs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.dedup.store_index.rows import RowKind, Rows
from corpus_audit.dedup.store_index.runs import IndexedAudit, Run
from corpus_audit.engine.exchange import Exchange

MATCHES = pa.schema([("audit", pa.int64()), ("content", pa.int64()), ("other", pa.int64()), ("is_exact", pa.bool_())])
"""A content of this audit beside one of another, with the first 64 bits of the digest in common, or a band key."""

MEMBERS = 64
"""Contents of another audit that one content is set beside in each bucket: a bucket of many costs no more."""

_MOST_PARTS = 256
_PAIRS_AT_ONCE = 1 << 20


def find_matches(
    own: Run,
    holding: Sequence[tuple[Run, set[IndexedAudit]]],
    numbers: Mapping[IndexedAudit, int],
    folder: Path,
) -> Exchange:
    """Return what the only audit of *own* shares with those of *holding*, divided by audit (its number)."""
    matches = Exchange(folder, MATCHES, min(max(len(numbers), 1), _MOST_PARTS))
    wanted = [
        (run, np.array([numbers[audit] if audit in held else -1 for audit in run.audits], np.int64))
        for run, held in holding
    ]
    for kind in RowKind:
        for mine in own.files[kind].stretches():
            keys = np.unique(mine["key"])
            theirs = [_of_wanted(rows, audits, kind) for run, audits in wanted for rows in run.files[kind].having(keys)]
            if theirs:
                _join(mine, _first_members(np.concatenate(theirs), kind), kind, matches)
    matches.close()
    return matches


def by_audit(matches: Exchange) -> Iterator[tuple[int, pa.Table]]:
    """Yield the number of each audit that shares something, and its matches."""
    for part in range(matches.partitions):
        rows = matches.take(part)
        audits = rows["audit"].to_numpy()
        for audit in np.unique(audits).tolist():
            yield audit, rows.filter(pa.array(audits == audit)).combine_chunks()


def _of_wanted(rows: Rows, audits: NDArray[np.int64], kind: RowKind) -> Rows:
    """Return the rows of wanted audits, under the numbers that these have here."""
    numbers = audits[rows["audit"]]
    kept = rows[numbers >= 0]
    kept["audit"] = numbers[numbers >= 0]
    return _first_members(kept, kind)


def _first_members(rows: Rows, kind: RowKind) -> Rows:
    """Return rows by key, audit and content; of each bucket of an audit the first MEMBERS."""
    rows = rows[np.lexsort((rows["content"], rows["audit"], rows["key"]))]
    if kind is RowKind.DIGESTS or len(rows) <= MEMBERS:
        return rows
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = (rows["key"][1:] != rows["key"][:-1]) | (rows["audit"][1:] != rows["audit"][:-1])
    begins = np.flatnonzero(is_first)
    place = np.arange(len(rows)) - np.repeat(begins, np.diff([*begins.tolist(), len(rows)]))
    return rows[place < MEMBERS]


def _join(mine: Rows, theirs: Rows, kind: RowKind, matches: Exchange) -> None:
    """Write each of my rows beside each of theirs with the same key."""
    keys = np.ascontiguousarray(mine["key"])
    begins, ends = np.searchsorted(keys, theirs["key"], "left"), np.searchsorted(keys, theirs["key"], "right")
    counts = ends - begins
    totals = np.cumsum(counts)
    cuts = np.searchsorted(totals, np.arange(_PAIRS_AT_ONCE, totals[-1] if len(totals) else 0, _PAIRS_AT_ONCE))
    for chosen in np.split(np.arange(len(theirs)), cuts):
        rows = np.repeat(chosen, counts[chosen])
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts[chosen]) - counts[chosen], counts[chosen])
        audits = theirs["audit"][rows].astype(np.int64)
        columns = [
            audits,
            mine["content"][begins[rows] + nth].astype(np.int64),
            theirs["content"][rows].astype(np.int64),
            pa.repeat(kind is RowKind.DIGESTS, len(rows)),
        ]
        matches.write(pa.table(columns, schema=MATCHES), audits % matches.partitions)
