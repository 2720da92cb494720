"""Grouping of file parts into shards: a new, removed or changed file moves only the nearest boundaries.

Whether a shard begins with a part is decided by a hash of the part, so that the same parts lie in the same shards in
the next version of a dataset, and what was measured of those need not be measured again.
"""

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.schemas import PARTS

LARGEST = 2
"""A shard ends once it holds so many times the size that is asked for."""
SMALLEST = 4
"""A shard goes on until it holds one in so many parts of that size, unless a part comes that fills one by itself."""


SHARDS_A_WORKER = 4
"""So many shards each worker has at least: the last one that runs alone is then a small part of the whole."""
SMALLER = 8
"""Shards get no smaller than one in so many parts of the size that is asked for: each costs something by itself."""


def balanced_size(total_bytes: int, workers: int, shard_bytes: int) -> int:
    """Return the bytes that a shard should hold: *shard_bytes*, or half of that again and again for little data.

    Halving keeps shards as they are while a dataset grows by less.
    """
    size = shard_bytes
    while size * workers * SHARDS_A_WORKER > total_bytes and size * SMALLER > shard_bytes:
        size //= 2
    return max(1, size)


_ROWS_AT_ONCE = 10_000

MOST_PARTS = 10_000
"""Parts of one shard, about: opening a small file costs more than reading it."""


def plan_shards(parts: pa.Table, shard_bytes: int, max_shards: int) -> pa.Table:
    """Return *parts* (schema PARTS) with the shard of each; parts of a file that share a shard become one.

    A shard holds consecutive parts of about *shard_bytes*, or twice that, or four times, and so on, when there would
    be over *max_shards* shards.
    """
    if not parts.num_rows:
        return parts
    sizes, marks = array("q"), array("d")
    for some in parts.select(["size_bytes", "file_id", "first"]).to_batches(_ROWS_AT_ONCE):
        sizes.extend(some["size_bytes"].to_pylist())
        marks.extend(map(_mark, some["file_id"].to_pylist(), some["first"].to_pylist()))
    shards = array("i", _number(sizes, marks, shard_bytes))
    while shards[-1] >= max_shards:
        shard_bytes *= 2
        shards = array("i", _number(sizes, marks, shard_bytes))
    return _merge(_with(parts, "shard", pa.array(np.frombuffer(shards, np.int32))))


def _mark(file_id: str, first: int | None) -> float:
    """Return a number from 0 to 1 that a part has in every plan."""
    digest = hashlib.blake2b(f"{file_id}:{first or 0}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def _number(sizes: Sequence[int], marks: Sequence[float], room: int) -> Iterator[int]:
    """Yield the shard of each part: one begins with a part in proportion to the part's size."""
    shard = held = 0
    least = room // MOST_PARTS
    for counted, mark in zip(sizes, marks, strict=True):
        size = max(counted, least)
        is_marked = mark * room < size and (held * SMALLEST >= room or size >= room)
        if held and (is_marked or held >= LARGEST * room):
            shard += 1
            held = 0
        held += size
        yield shard


def shard_numbers(parts: pa.Table) -> list[int]:
    """Return the numbers of the shards in a plan, ascending."""
    return sorted(pc.unique(parts["shard"]).to_pylist())


def parts_of_shard(parts: pa.Table, shard: int) -> pa.Table:
    """Return the parts of one shard, in their order."""
    return parts.filter(pc.equal(parts["shard"], shard))


def _merge(parts: pa.Table) -> pa.Table:
    """Return one row for each run of neighbouring parts of the same file in the same shard."""
    files = pc.dictionary_encode(parts["file_id"].combine_chunks()).indices.to_numpy()
    shards = _numpy(parts["shard"])
    changes = (np.diff(files) != 0) | (np.diff(shards) != 0)
    begins = np.concatenate([[0], np.flatnonzero(changes) + 1])
    last = np.concatenate([begins[1:], [parts.num_rows]]) - 1
    merged = _with(parts.take(pa.array(begins)), "end", parts["end"].take(pa.array(last)))
    return _with(merged, "size_bytes", pa.array(np.add.reduceat(_numpy(parts["size_bytes"]), begins)))


def _with(parts: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    return parts.set_column(parts.schema.get_field_index(name), PARTS.schema.field(name), column)


def _numpy(column: pa.ChunkedArray) -> Any:
    return column.to_numpy(zero_copy_only=False)
