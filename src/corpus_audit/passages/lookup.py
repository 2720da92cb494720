"""The records of a shard that may hold a passage of a text, by the passage index."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, compiled, copy_rows, inlined
from corpus_audit.measure.fingerprints.folding import Integer
from corpus_audit.measure.vectors import load_word
from corpus_audit.passages.index_file import COUNTED_BUCKETS, PassageIndex, PostingSegment

Hashes = NDArray[np.uint64]
Integers = NDArray[np.int64]


class Postings(NamedTuple):
    """What was found: which of the hashes looked for, and in which record of the shard, from 0."""

    hashes: Integers
    records: Integers


def find_postings(index: PassageIndex, hashes: Hashes) -> Postings:
    """Return where some hashes may stand; hashes are cut off in the index, so that a few are others."""
    every = np.concatenate([np.zeros((0, 2), np.int64), *(_find_in(index, one, hashes) for one in index.segments)])
    known = every[every[:, 1] < index.records]  # others are in a damaged file only
    return Postings(known[:, 0], known[:, 1])


def _find_in(index: PassageIndex, segment: PostingSegment, hashes: Hashes) -> Integers:
    counts = index.content[segment.offset : segment.buckets_begin].view("<u4")
    buckets = index.content[segment.buckets_begin : segment.postings_begin]
    postings = index.content[segment.postings_begin : segment.end]
    rows = _find(counts, buckets, postings, hashes, segment.bucket_bits, segment.rest_bits, segment.record_bits)
    rows[:, 1] += segment.first_record
    return rows


@compiled
def _find(
    counts: NDArray[np.uint32],
    buckets: NDArray[np.uint8],
    postings: NDArray[np.uint8],
    hashes: Hashes,
    bucket_bits: int,
    rest_bits: int,
    record_bits: int,
) -> Integers:
    """Return rows of a hash's number and a record's."""
    found, count = np.empty((64, 2), np.int64), 0
    width = rest_bits + record_bits
    for number in range(hashes.size):
        value = hashes[number]
        bucket = np.int64(value >> np.uint64(64 - bucket_bits))
        wanted = np.int64((value << np.uint64(bucket_bits)) >> np.uint64(64 - rest_bits))
        at = _bucket_begin(counts, buckets, bucket)
        while _is_set(buckets, at):
            first = (at - bucket) * width
            at += 1
            if not 0 <= first // 8 <= postings.size - 8:  # a damaged file must not lead out of the array
                break
            word = load_word(postings, first // 8) >> np.uint64(first % 8)
            entry = np.int64(word & ((np.uint64(1) << np.uint64(width)) - np.uint64(1)))
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


@called
def _bucket_begin(counts: NDArray[np.uint32], buckets: NDArray[np.uint8], bucket: Integer) -> Integer:
    """Return the bit of a bucket's first posting, or of its end if it has none."""
    group = bucket // COUNTED_BUCKETS
    ends = group * COUNTED_BUCKETS
    at = np.int64(counts[group]) + ends
    while ends < bucket and at < 8 * buckets.size:
        ends += not _is_set(buckets, at)
        at += 1
    return at


@inlined
def _is_set(bits: NDArray[np.uint8], at: Integer) -> bool:
    return bool(at < 8 * bits.size and bits[at // 8] >> (at % 8) & 1)
