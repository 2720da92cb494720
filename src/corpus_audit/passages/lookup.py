"""The records of a shard that may hold a passage of a text, by the passage index."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_rows
from corpus_audit.passages.index_file import PassageIndex, PostingSegment

Hashes = NDArray[np.uint64]
Integers = NDArray[np.int64]


class Postings(NamedTuple):
    """What was found: which of the hashes looked for, and in which record of the shard, from 0."""

    hashes: Integers
    records: Integers


def find_postings(index: PassageIndex, hashes: Hashes) -> Postings:
    """Return where some hashes may stand; hashes are cut off in the index, so that a few are others."""
    every = np.concatenate([np.zeros((0, 2), np.int64), *(_find_in(index, one, hashes) for one in index.segments)])
    return Postings(every[:, 0], every[:, 1])


def _find_in(index: PassageIndex, segment: PostingSegment, hashes: Hashes) -> Integers:
    begin = segment.offset + segment.bounds_bytes
    bounds = index.content[segment.offset : begin].view("<u4")
    width, bits = segment.posting_bytes, (segment.bucket_bits, segment.rest_bits, segment.record_bits)
    rows = _find(bounds, index.content[begin : segment.end], width, hashes, *bits)
    rows[:, 1] += segment.first_record
    return rows


@compiled
def _find(
    bounds: NDArray[np.uint32],
    postings: NDArray[np.uint8],
    width: int,
    hashes: Hashes,
    bucket_bits: int,
    rest_bits: int,
    record_bits: int,
) -> Integers:
    """Return rows of a hash's number and a record's."""
    found, count = np.empty((64, 2), np.int64), 0
    for number in range(hashes.size):
        value = hashes[number]
        bucket = np.int64(value >> np.uint64(64 - bucket_bits)) if bucket_bits else 0
        wanted = np.int64((value << np.uint64(bucket_bits)) >> np.uint64(64 - rest_bits))
        for place in range(np.int64(bounds[bucket]), np.int64(bounds[bucket + 1])):
            if width * (place + 1) > postings.size:  # a damaged file must not lead out of the array
                break
            entry = np.int64(0)
            for byte in range(width):
                entry |= np.int64(postings[place * width + byte]) << (8 * byte)
            rest = entry >> record_bits
            if rest > wanted:
                break
            if rest == wanted:
                if count == found.shape[0]:
                    larger = np.empty((2 * count, 2), np.int64)
                    copy_rows(found, larger, count)
                    found = larger
                found[count, 0] = number
                found[count, 1] = entry & ((1 << record_bits) - 1)
                count += 1
    return found[:count].copy()
