"""Buckets: the contents that share a band key, brought together with what is compared of them.

Keys of all bands go through one exchange, since a key says which band it is of. Most are there once; only of the others
the sketches are sent.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.dedup.signatures import ContentRanges, binary_rows, matrix_of, sorted_by_content
from corpus_audit.engine.exchange import Exchange, map_partitions
from corpus_audit.measure.compiling import compiled

KEYS = pa.schema([("key", pa.int64()), ("content", pa.int64())])

_SLOTS_A_KEY = 4


@dataclass(frozen=True)
class Buckets:
    """The members of all shared buckets, divided by key: rows of ``member_schema``."""

    members: Exchange
    bands: int


def member_schema(sketch: int, bands: int) -> pa.Schema:
    """Return the columns of a member of a bucket; ``short_keys`` are 32 bits of its key in each band."""
    return pa.schema(
        [
            ("key", pa.int64()),
            ("content", pa.int64()),
            ("shingles", pa.int64()),
            ("side", pa.int32()),
            ("sketch", pa.binary(sketch)),
            ("short_keys", pa.binary(4 * bands)),
        ]
    )


def gather_buckets(signed: Exchange, ranges: ContentRanges, folder: Path, workers: int) -> Buckets:
    """Return the members of every bucket of two contents or more."""
    keys = _exchange_keys(signed, folder / "keys", workers)
    shared = _keep_shared(keys, ranges, folder / "shared", workers)
    return _attach_sketches(signed, shared, folder / "members", workers)


def _exchange_keys(signed: Exchange, folder: Path, workers: int) -> Exchange:
    """Return the band keys of all contents, divided by key."""
    keys = Exchange(folder, KEYS, signed.partitions)

    def split(part: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = signed.read(part)
        matrix = matrix_of(rows["keys"], np.int64)
        return matrix.ravel(), np.repeat(rows["content"].to_numpy(), matrix.shape[1])

    for values, contents in map_partitions(split, range(signed.partitions), workers):
        keys.write(pa.table([values, contents], schema=KEYS), part_of_key(values, keys.partitions))
    keys.close()
    return keys


def _keep_shared(keys: Exchange, ranges: ContentRanges, folder: Path, workers: int) -> Exchange:
    """Return the keys that several contents have, divided by content."""
    shared = Exchange(folder, KEYS, ranges.partitions)

    def keep(part: int) -> pa.Table:
        rows = keys.take(part)
        return rows.filter(pa.array(_is_shared(rows["key"].to_numpy())))

    for rows in map_partitions(keep, range(keys.partitions), workers):
        shared.write(rows, ranges.of(rows["content"].to_numpy()))
    keys.delete()
    shared.close()
    return shared


def _attach_sketches(signed: Exchange, shared: Exchange, folder: Path, workers: int) -> Buckets:
    """Return the shared keys with the sketch of each content, divided by key."""
    types = {field.name: field.type for field in signed.read(0).schema}
    bands = types["keys"].byte_width // 8
    schema = member_schema(types["sketch"].byte_width, bands)
    members = Exchange(folder, schema, signed.partitions)

    def attach(part: int) -> pa.Table:
        rows, known = shared.take(part), sorted_by_content(signed, part)
        contents = rows["content"].to_numpy()
        places = pa.array(np.searchsorted(known["content"].to_numpy(), contents))
        short = matrix_of(known["keys"], np.int64).astype(np.int32)
        found = known.select(["shingles", "side", "sketch"]).append_column("short_keys", binary_rows(short))
        taken = found.take(places)
        return pa.table([rows["key"], rows["content"], *taken.columns], schema=schema)

    for rows in map_partitions(attach, range(signed.partitions), workers):
        members.write(rows, part_of_key(rows["key"].to_numpy(), members.partitions))
    shared.delete()
    members.close()
    return Buckets(members, bands)


def part_of_key(keys: NDArray[np.int64], partitions: int) -> NDArray[np.int64]:
    """Return the partition of each key, by its high bits."""
    return ((keys.view(np.uint64) >> np.uint64(33)) * np.uint64(partitions) >> np.uint64(31)).astype(np.int64)


def _is_shared(keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which keys are there more than once."""
    maybe = np.flatnonzero(_may_be_shared(keys, max(keys.size * _SLOTS_A_KEY, 64).bit_length()))
    order = maybe[np.argsort(keys[maybe])]
    ordered = keys[order]
    equal = ordered[1:] == ordered[:-1]
    is_shared = np.zeros(keys.size, np.bool_)
    is_shared[order[1:][equal]] = True
    is_shared[order[:-1][equal]] = True
    return is_shared


@compiled
def _may_be_shared(keys: NDArray[np.int64], bits: int) -> NDArray[np.bool_]:
    """Return which keys meet another in a table of 2**bits slots: it is quicker than sorting those that do not."""
    seen = np.zeros(1 << bits, np.uint8)
    mask = (1 << bits) - 1
    for key in keys:
        slot = key & mask
        seen[slot] = min(seen[slot] + 1, 2)
    found = np.empty(keys.size, np.bool_)
    for i in range(keys.size):
        found[i] = seen[keys[i] & mask] > 1
    return found
