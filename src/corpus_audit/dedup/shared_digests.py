"""The digests that several records have, found by partitions of digests.

Not by SQL: DuckDB keeps something of every group in memory, and most digests are there once. Sixty million of
them ended with an error where it had 512 MB.
"""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from corpus_audit.dedup.buckets import part_of_key
from corpus_audit.dedup.repeats import is_repeated
from corpus_audit.dedup.signatures import matrix_of
from corpus_audit.engine.exchange import Exchange, partitions_for
from corpus_audit.engine.steps import Divided, Steps
from corpus_audit.schemas.table import INT, STR, table
from corpus_audit.store import TableWriter, stream_table

SHARED = table(
    "shared_digests", "a digest of several records", ("content_sha256",),
    ("content_sha256", pa.binary(32), "sha256 of their bytes."),
    ("copies", INT, "How many there are."),
    ("first_record", STR, "The smallest record id among them."),
)  # fmt: skip

_DIGESTS = pa.schema([("content_sha256", pa.binary(32)), ("record_id", pa.string())])
_PART_RECORDS = 1 << 20
"""Records whose digests lie in one partition: some 60 MB."""


def find_shared(placed: Sequence[Path], folder: Path, steps: Steps) -> list[Path]:
    """Return the files (SHARED) of the digests that several of some records have; *placed* are files of PLACED."""
    records = sum(pq.read_metadata(path).num_rows for path in placed)
    digests = Exchange(folder / "digests", _DIGESTS, partitions_for(records, _PART_RECORDS))
    steps.divide(partial(_send_digests, digests.partitions), placed, [digests])
    shared = list(steps.run(partial(_write_shared, digests, folder), range(digests.partitions)))
    digests.delete()
    return shared


def _send_digests(partitions: int, placed: Path) -> list[tuple[Divided]]:
    """Return the digests of a file of records, divided; a text without shingles is a copy of nothing."""
    divided: list[tuple[Divided]] = []
    for batch in stream_table(placed, [*_DIGESTS.names, "is_media", "shingles"]):
        rows = pa.Table.from_batches([batch])
        counts = pc.or_(pc.equal(rows["is_media"], 1), pc.greater(rows["shingles"], 0))
        rows = rows.filter(counts).select(_DIGESTS.names).combine_chunks()
        divided.append(((rows, part_of_key(_prefixes(rows), partitions)),))
    return divided


def _write_shared(digests: Exchange, folder: Path, part: int) -> Path:
    """Return the file (SHARED) of the digests of a partition that several records have."""
    rows = digests.take(part)
    rows = rows.filter(pa.array(is_repeated(_prefixes(rows))))
    ordered = rows.sort_by([(name, "ascending") for name in _DIGESTS.names]).combine_chunks()
    known = matrix_of(ordered["content_sha256"], np.int64)
    starts = np.flatnonzero(np.append(True, (known[1:] != known[:-1]).any(axis=1))[: len(known)])
    copies = np.diff(starts, append=len(known))
    starts, copies = starts[copies > 1], copies[copies > 1]
    firsts = ordered.take(pa.array(starts))
    path = folder / f"shared-{uuid.uuid4().hex}.parquet"
    with TableWriter(path, SHARED) as writer:
        writer.write(pa.table([firsts["content_sha256"], copies, firsts["record_id"]], schema=SHARED.schema))
    return path


def _prefixes(rows: pa.Table) -> NDArray[np.int64]:
    """Return the first eight bytes of each digest as a number."""
    return np.ascontiguousarray(matrix_of(rows["content_sha256"], np.int64)[:, 0])
