"""A run: sorted rows of some audits, with a marker that names these and the digests of the files.

A run's name is the sha256 of its marker, so one that was changed is not taken for the run that it was.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.dedup.buckets import part_of_key
from corpus_audit.dedup.signature_index import SignatureIndex
from corpus_audit.dedup.store_index.rows import RowFile, RowKind, Rows, as_rows, merged, sorted_rows, write_rows
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.exchange import Exchange
from corpus_audit.errors import StoreError
from corpus_audit.store import sha256_of_json, stream_table, write_json

MARKER = "run.json"
PART_ROWS = 1 << 21
"""Rows that are sorted in memory at a time: 32 MiB."""

_MOST_PARTS = 4096
_EXCHANGED = pa.schema([("key", pa.int64()), ("audit", pa.uint32()), ("content", pa.uint32())])


@dataclass(frozen=True, order=True)
class IndexedAudit:
    """An audit in a run, and the digest of the outputs of ``deduplicate`` that its rows were made from."""

    audit_id: str
    sha256: str


@dataclass(frozen=True)
class Run:
    """The folder of a run, what its marker says, and how many rows it has of each kind."""

    folder: Path
    audits: tuple[IndexedAudit, ...]
    files: Mapping[RowKind, RowFile]

    @property
    def rows(self) -> int:
        """Rows of both kinds."""
        return sum(file.rows for file in self.files.values())


def read_run(folder: Path) -> Run:
    """Return a run; raises StoreError when its marker is missing, or is not the one that the folder is named by."""
    try:
        stored = json.loads((folder / MARKER).read_bytes())
        if run_name(stored) != folder.name:
            message = f"{folder / MARKER} was changed. Delete its folder: the next comparison makes it again."
            raise StoreError(message)
        audits = tuple(IndexedAudit(*audit) for audit in stored["audits"])
        files = {kind: RowFile(folder / f"{kind}.rows", *stored["files"][kind]) for kind in RowKind}
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder / MARKER} is not the marker of a run: {type(error).__name__}."
        raise StoreError(message) from error
    return Run(folder, audits, files)


def write_run(folder: Path, sources: Mapping[IndexedAudit, SignatureIndex]) -> Run:
    """Make a run of what audits keep of their own signatures; *folder* is empty."""
    audits = tuple(sorted(sources))
    files = {
        kind: write_rows(folder / f"{kind}.rows", _sorted([sources[audit] for audit in audits], kind, folder))
        for kind in RowKind
    }
    return _marked(Run(folder, audits, files))


def merge_runs(folder: Path, runs: Sequence[Run], kept: Iterable[IndexedAudit]) -> Run:
    """Make one run of several, with the audits that are *kept*, each from the first run that has it."""
    audits = tuple(sorted(set(kept)))
    numbers = {audit: number for number, audit in enumerate(audits)}
    taken: set[IndexedAudit] = set()
    renumbered = []
    for run in runs:
        renumbered.append(np.array([-1 if a in taken else numbers.get(a, -1) for a in run.audits], np.int64))
        taken |= set(run.audits)
    files = {
        kind: write_rows(
            folder / f"{kind}.rows",
            merged([(run.files[kind], found) for run, found in zip(runs, renumbered, strict=True)]),
        )
        for kind in RowKind
    }
    return _marked(Run(folder, audits, files))


def publish(run: Run, index: Path) -> Path:
    """Move a run to its own name under *index*; one of that name is the same run, made by another process."""
    target = index / run_name(_marker(run))
    if target.exists():
        shutil.rmtree(run.folder)
    else:
        run.folder.rename(target)
    return target


def check_run(run: Run) -> None:
    """Read a whole run; raises DamagedRowsError for the first file that is not as the marker says."""
    for file in run.files.values():
        for _ in file.stretches():
            pass


def differing_audits(run: Run, indexes: Mapping[IndexedAudit, SignatureIndex]) -> Iterator[IndexedAudit]:
    """Yield the audits of a run whose rows are not those that their own signatures give; raises DamagedRowsError."""
    sums = {kind: np.zeros((len(run.audits), 2), np.uint64) for kind in RowKind}
    for kind, file in run.files.items():
        for rows in file.stretches():
            _add_up(sums[kind], rows)
    for number, audit in enumerate(run.audits):
        if audit not in indexes:
            continue
        for kind in RowKind:
            own = np.zeros((1, 2), np.uint64)
            for rows in own_rows(indexes[audit], kind, 0):
                _add_up(own, rows)
            if not np.array_equal(own[0], sums[kind][number]):
                yield audit
                break


def _add_up(sums: NDArray[np.uint64], rows: Rows) -> None:
    """Add the rows of each audit to their number and to a sum over them, which no order changes."""
    mixed = (rows["key"] ^ (rows["content"].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))) * np.uint64(
        0xD6E8FEB86659FD93
    )
    mixed ^= mixed >> np.uint64(32)
    audits = rows["audit"].astype(np.int64)
    np.add.at(sums[:, 0], audits, np.uint64(1))
    np.add.at(sums[:, 1], audits, mixed)


def run_name(marker: Mapping[str, object]) -> str:
    """Return the name of the folder of a run with this marker."""
    return sha256_of_json(marker)[:32]


def own_rows(index: SignatureIndex, kind: RowKind, number: int) -> Iterator[Rows]:
    """Yield the rows of one audit, made from its own signatures."""
    if kind is RowKind.DIGESTS:
        for batch in stream_table(index.contents_path, ["content", "content_sha256"]):
            digests = np.frombuffer(b"".join(batch["content_sha256"].to_pylist()), ">u8").reshape(-1, 4)
            yield as_rows(digests[:, 0].astype(np.uint64), number, batch["content"].to_numpy())
        return
    for batch in stream_table(index.bands_path):
        contents, *keys = batch.columns
        for column in keys:
            yield as_rows(column.to_numpy().view(np.uint64), number, contents.to_numpy())


def _sorted(indexes: Sequence[SignatureIndex], kind: RowKind, folder: Path) -> Iterator[Rows]:
    """Yield the rows of some audits by key, a partition of the keys at a time."""
    expected = sum(_row_count(index, kind) for index in indexes)
    parts = min(-(-expected // PART_ROWS) or 1, _MOST_PARTS)
    batches = (rows for number, index in enumerate(indexes) for rows in own_rows(index, kind, number))
    if parts == 1:
        yield sorted_rows(np.concatenate([np.empty(0, as_rows(*_NOTHING).dtype), *batches]))
        return
    exchange = Exchange(folder / f".{kind}", _EXCHANGED, parts)
    for rows in batches:
        keys = np.ascontiguousarray(rows["key"]).view(np.int64)
        columns = [keys, np.ascontiguousarray(rows["audit"]), np.ascontiguousarray(rows["content"])]
        exchange.write(pa.table(columns, schema=_EXCHANGED), part_of_key(keys, parts))
    exchange.close()

    def take(part: int) -> Rows:
        columns = [column.to_numpy() for column in exchange.take(part).columns]
        return sorted_rows(as_rows(columns[0].view(np.uint64), columns[1], columns[2]))

    yield from map_ahead(take, range(parts), 1)
    exchange.delete()


_NOTHING = (np.empty(0, np.uint64), 0, np.empty(0, np.int64))


def _row_count(index: SignatureIndex, kind: RowKind) -> int:
    path = index.contents_path if kind is RowKind.DIGESTS else index.bands_path
    found = pq.read_metadata(path)
    return int(found.num_rows) * (1 if kind is RowKind.DIGESTS else found.num_columns - 1)


def _marked(run: Run) -> Run:
    write_json(run.folder / MARKER, _marker(run))
    return run


def _marker(run: Run) -> dict[str, object]:
    return {
        "audits": [[audit.audit_id, audit.sha256] for audit in run.audits],
        "files": {str(kind): [file.blocks_sha256, file.rows] for kind, file in run.files.items()},
    }
