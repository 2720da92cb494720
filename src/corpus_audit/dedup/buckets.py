"""Buckets: the contents that share a band key, brought together with what is compared of them.

Most keys are there once, and a filter over all keys of a band keeps nearly all of these back. The others go through one
exchange, since a key says which band it is of; only of those that are shared the sketches are sent.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.dedup.repeats import RepeatFilter, is_repeated
from corpus_audit.dedup.signatures import ContentRanges, SignedContents
from corpus_audit.engine.exchange import Exchange, map_partitions

KEYS = pa.schema([("key", pa.int64()), ("content", pa.int64())])


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


def gather_buckets(signed: SignedContents, ranges: ContentRanges, folder: Path, workers: int) -> Buckets:
    """Return the members of every bucket of two contents or more; what lies beside the index goes."""
    keys = _exchange_keys(signed, folder / "keys")
    shared = _keep_shared(keys, ranges, folder / "shared", workers)
    return _attach_sketches(signed, shared, folder / "members", workers)


def _exchange_keys(signed: SignedContents, folder: Path) -> Exchange:
    """Return the band keys that several contents may have, divided by key."""
    keys = Exchange(folder, KEYS, signed.partitions)
    for band in range(signed.bands.count):
        known = RepeatFilter(signed.contents)
        for _, values in signed.keys(band):
            known.add(values)
        for contents, values in signed.keys(band):
            rows = np.flatnonzero(known.may_repeat(values))
            repeated = values[rows]
            keys.write(pa.table([repeated, contents[rows]], schema=KEYS), part_of_key(repeated, keys.partitions))
    keys.close()
    return keys


def _keep_shared(keys: Exchange, ranges: ContentRanges, folder: Path, workers: int) -> Exchange:
    """Return the keys that several contents have, divided by content."""
    shared = Exchange(folder, KEYS, ranges.partitions)

    def keep(part: int) -> pa.Table:
        rows = keys.take(part)
        return rows.filter(pa.array(is_repeated(rows["key"].to_numpy())))

    for rows in map_partitions(keep, range(keys.partitions), workers):
        shared.write(rows, ranges.of(rows["content"].to_numpy()))
    keys.delete()
    shared.close()
    return shared


def _attach_sketches(signed: SignedContents, shared: Exchange, folder: Path, workers: int) -> Buckets:
    """Return the shared keys with the sketch of each content, divided by key."""
    schema = member_schema(signed.num_perm, signed.bands.count)
    members = Exchange(folder, schema, signed.partitions)

    def attach(part: int) -> pa.Table:
        rows = shared.take(part)
        contents, places = np.unique(rows["content"].to_numpy(), return_inverse=True)
        taken = signed.take(part, contents)
        if not taken.num_rows:
            return schema.empty_table()
        return pa.table([rows["key"], rows["content"], *taken.take(pa.array(places)).columns], schema=schema)

    for rows in map_partitions(attach, range(signed.partitions), workers):
        members.write(rows, part_of_key(rows["key"].to_numpy(), members.partitions))
    shared.delete()
    signed.features.delete()
    members.close()
    return Buckets(members, signed.bands.count)


def part_of_key(keys: NDArray[np.int64], partitions: int) -> NDArray[np.int64]:
    """Return the partition of each key, by its high bits."""
    return ((keys.view(np.uint64) >> np.uint64(33)) * np.uint64(partitions) >> np.uint64(31)).astype(np.int64)
