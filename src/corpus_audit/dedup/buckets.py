"""Buckets: the contents that share a band key, brought together with what is compared of them.

Most keys are there once, and a filter over all keys of a band keeps nearly all of these back. The others go through one
exchange, since a key says which band it is of. Copies share most buckets, and a bucket goes where its first content
says, so that buckets of the same copies mostly meet, and their sketches are sent once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.dedup.pairing import distinct
from corpus_audit.dedup.repeats import RepeatFilter, is_repeated
from corpus_audit.dedup.signatures import ContentRanges, SignedContents
from corpus_audit.engine.ahead import map_ahead
from corpus_audit.engine.exchange import Exchange
from corpus_audit.engine.steps import Divided, Steps

Integers = NDArray[np.int64]

KEYS = pa.schema([("key", pa.int64()), ("content", pa.int64())])
MEMBERS = pa.schema([("key", pa.int64()), ("content", pa.int64()), ("first", pa.int64())])
"""A member of a bucket, and the bucket's smallest content."""

_ROUTES = pa.schema([("content", pa.int64()), ("part", pa.int64())])
_CROWD = 1 << 14
"""Members of a bucket: a larger one goes where its key says, so that not all of a crowd's meet."""


@dataclass(frozen=True)
class Buckets:
    """The members of all shared buckets (MEMBERS) in partitions, and the contents that are members there."""

    members: Exchange
    contents: Exchange


def content_schema(sketch: int, bands: int) -> pa.Schema:
    """Return the columns of a member's content; ``short_keys`` are 32 bits of its key in each band."""
    return pa.schema(
        [
            ("content", pa.int64()),
            ("shingles", pa.int64()),
            ("side", pa.int32()),
            ("sketch", pa.binary(sketch)),
            ("short_keys", pa.binary(4 * bands)),
        ]
    )


def gather_buckets(signed: SignedContents, ranges: ContentRanges, folder: Path, steps: Steps) -> Buckets:
    """Return the members of every bucket of two contents or more; what lies beside the index goes."""
    keys = Exchange(folder / "keys", KEYS, signed.partitions)
    steps.divide(partial(_send_keys, signed, steps.threads), range(signed.bands.count), [keys])
    members, routes = _keep_shared(keys, ranges, folder, steps)
    return Buckets(members, _send_contents(signed, routes, folder / "contents", steps))


def _send_keys(signed: SignedContents, threads: int, band: int) -> Iterator[tuple[Divided]]:
    """Yield the keys of a band that several contents may have, divided by key."""
    known = RepeatFilter(signed.contents)
    for values in signed.keys(band):
        known.add(values)

    def keep_repeated(stretch: tuple[Integers, Integers]) -> Divided:
        contents, values = stretch
        rows = np.flatnonzero(known.may_repeat(values))
        repeated = values[rows]
        return pa.table([repeated, contents[rows]], schema=KEYS), part_of_key(repeated, signed.partitions)

    yield from ((kept,) for kept in map_ahead(keep_repeated, signed.keyed_contents(band), threads))


def _keep_shared(keys: Exchange, ranges: ContentRanges, folder: Path, steps: Steps) -> tuple[Exchange, Exchange]:
    """Return the keys that several contents have, and in which partitions each content is needed, by content."""
    members = Exchange(folder / "members", MEMBERS, keys.partitions)
    routes = Exchange(folder / "bucket_routes", _ROUTES, ranges.partitions)
    steps.divide(partial(_keep, keys, ranges), range(keys.partitions), [members, routes])
    keys.delete()
    return members, routes


def _keep(keys: Exchange, ranges: ContentRanges, part: int) -> list[tuple[Divided, Divided]]:
    rows = keys.take(part)
    rows = rows.filter(pa.array(is_repeated(rows["key"].to_numpy())))
    placed, parts = _place_buckets(rows["key"].to_numpy(), rows["content"].to_numpy(), keys.partitions)
    contents = placed["content"].to_numpy()
    return [((placed, parts), (pa.table([contents, parts], schema=_ROUTES), ranges.of(contents)))]


def _place_buckets(keys: Integers, contents: Integers, partitions: int) -> tuple[pa.Table, Integers]:
    """Return the members of some buckets, by bucket and content, and the partition of each."""
    order = np.lexsort((contents, keys))
    keys, contents = keys[order], contents[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    sizes = np.diff(starts, append=len(keys))
    firsts = np.repeat(contents[starts], sizes)
    routed = np.where(np.repeat(are_crowds(sizes), sizes), keys, firsts * np.int64(0x5851F42D4C957F2D))
    return pa.table([keys, contents, firsts], schema=MEMBERS), part_of_key(routed, partitions)


def are_crowds(sizes: Integers) -> NDArray[np.bool_]:
    """Return which buckets go where their own key says, by their numbers of members."""
    return sizes > _CROWD


def _send_contents(signed: SignedContents, routes: Exchange, folder: Path, steps: Steps) -> Exchange:
    """Return what is compared of each content, in the partitions of its buckets."""
    contents = Exchange(folder, content_schema(signed.num_perm, signed.bands.count), signed.partitions)
    steps.divide(partial(_send, signed, routes), range(signed.partitions), [contents])
    routes.delete()
    signed.features.delete()
    return contents


def _send(signed: SignedContents, routes: Exchange, part: int) -> list[tuple[Divided]]:
    schema = content_schema(signed.num_perm, signed.bands.count)
    rows = routes.take(part)
    codes = distinct(rows["content"].to_numpy() * signed.partitions + rows["part"].to_numpy())
    wanted, parts = codes // signed.partitions, codes % signed.partitions
    taken = signed.take(part, wanted)
    if not taken.num_rows:
        return [((schema.empty_table(), parts),)]
    return [((pa.table([wanted, *taken.columns], schema=schema), parts),)]


def part_of_key(keys: NDArray[np.int64], partitions: int) -> NDArray[np.int64]:
    """Return the partition of each key, by its high bits."""
    return ((keys.view(np.uint64) >> np.uint64(33)) * np.uint64(partitions) >> np.uint64(31)).astype(np.int64)
