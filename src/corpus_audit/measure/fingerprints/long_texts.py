"""Texts too long to hold all shingles in memory: read once, with the shingles in temporary files.

A shingle goes into the file of the part that its high bits name, so that equal ones meet there; then part after part
is made distinct in memory. Time grows with the text, and memory beside the text itself does not.
Files hold hashes only, have no name, and are gone when their text is done.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled
from corpus_audit.measure.fingerprints.folding import Bytes
from corpus_audit.measure.fingerprints.hash_filter import count_watched
from corpus_audit.measure.fingerprints.kernel import (
    FIRST_SLOTS,
    SEGMENT,
    FingerprintConfig,
    Progress,
    Scratch,
    append_held,
    make_scratch,
    next_shingles,
)
from corpus_audit.measure.fingerprints.minhash import Minima, lower_minima
from corpus_audit.measure.fingerprints.shingles import Hashes, enlarge_table, group_by_part, insert_hashes, sort_hashes

STRETCH = 256 * SEGMENT
"""Bytes of text between two looks at the files."""


class Totals(NamedTuple):
    """What is counted in one text: its tokens, its distinct shingles, and how many of those are watched for."""

    tokens: int
    shingles: int
    watched: int


class _Parts(NamedTuple):
    """The shingles of one text, in a file for each part."""

    tokens: int
    bits: int
    files: Sequence[BinaryIO]


def measure_long(text: Bytes, recipe: FingerprintConfig, minima: Minima) -> Totals | None:
    """Return what is counted in a text, and lower *minima* by its shingles; None when it must be normalised first."""
    shingles = watched = 0
    with ExitStack() as open_files:
        parts = _write_parts(text, recipe, open_files)
        if parts is None:
            return None
        for hashes in _read_parts(parts):
            distinct, wanted, _ = _measure_part(hashes, parts.bits, recipe, minima)
            shingles += distinct
            watched += wanted
    return Totals(parts.tokens, shingles, watched)


def collect_long(text: Bytes, recipe: FingerprintConfig) -> Hashes | None:
    """Return a text's distinct shingle hashes, sorted; None when it must be normalised first."""
    no_minima = np.empty(0, np.uint32)
    found = [np.empty(0, np.uint64)]
    with ExitStack() as open_files:
        parts = _write_parts(text, recipe, open_files)
        if parts is None:
            return None
        for hashes in _read_parts(parts):
            distinct, _, slots = _measure_part(hashes, parts.bits, recipe, no_minima)
            found.append(_sorted(slots, distinct))
    return np.concatenate(found)


def _write_parts(text: Bytes, recipe: FingerprintConfig, open_files: ExitStack) -> _Parts | None:
    bits = _part_bits(text.size, recipe.longest)
    files = [open_files.enter_context(tempfile.TemporaryFile()) for _ in range(1 << bits)]  # noqa: SIM115
    scratch = _make_scratch(recipe.shingle_size)
    # No text has more tokens than bytes; memory that is not touched is not taken.
    gathered, grouped = np.empty(2 * STRETCH, np.uint64), np.empty(2 * STRETCH, np.uint64)
    slots = np.zeros(FIRST_SLOTS, np.uint64)
    progress = Progress(0, 0, 0)
    while progress.at < text.size:
        progress, count, is_unstable, slots = _gather_stretch(text, progress, recipe, scratch, slots, gathered)
        if is_unstable and not recipe.is_normalised:
            return None
        starts = group_by_part(gathered, count, bits, grouped)
        for file, first, end in zip(files, starts[:-1], starts[1:], strict=True):
            grouped[first:end].tofile(file)
    return _Parts(progress.tokens, bits, files)


def _part_bits(size: int, longest: int) -> int:
    """Return how many bits make so many parts that each stands for about *longest* bytes of text at most; one at least.

    Without any, hashes would be shifted by a whole word, which means nothing.
    """
    return max(1, (size - 1).bit_length() - (longest - 1).bit_length())


def _read_parts(parts: _Parts) -> Iterator[NDArray[np.uint64]]:
    for file in parts.files:
        file.seek(0)
        yield np.fromfile(file, np.uint64)


@compiled
def _make_scratch(shingle_size: int) -> Scratch:
    return make_scratch(shingle_size)


@compiled
def _gather_stretch(
    text: Bytes, progress: Progress, recipe: FingerprintConfig, scratch: Scratch, slots: Hashes, gathered: Hashes
) -> tuple[Progress, int, bool, Hashes]:
    """Write the distinct shingles of the next stretch to *gathered*.

    Returns how far the text is gone through now, how many shingles those are, whether NFC might change them, and the
    table that was used.
    """
    for slot in range(slots.size):
        slots[slot] = 0
    first, shingles, is_unstable = progress.at, 0, False
    while progress.at < text.size and progress.at - first < STRETCH:
        progress, count, needs_nfc, _ = next_shingles(text, text.size, progress, recipe, scratch)
        is_unstable |= needs_nfc
        if 2 * (shingles + count) > slots.size:
            slots = enlarge_table(slots, 0, shingles + count)
        added = insert_hashes(scratch.shingles, count, 0, slots, scratch.fresh)
        for i in range(added):
            gathered[shingles + i] = scratch.fresh[i]
        shingles += added
    return progress, shingles, is_unstable, slots


@compiled
def _measure_part(hashes: Hashes, part_bits: int, recipe: FingerprintConfig, minima: Minima) -> tuple[int, int, Hashes]:
    """Lower *minima* by the hashes of one part.

    Returns how many of them are distinct, how many of those are watched for, and the table that holds them.
    """
    slots = np.zeros(FIRST_SLOTS, np.uint64)
    fresh, mixed = np.empty(SEGMENT, np.uint64), np.empty(SEGMENT, np.uint32)
    distinct, watched = 0, 0
    for first in range(0, hashes.size, SEGMENT):
        block = hashes[first : first + SEGMENT]
        if 2 * (distinct + block.size) > slots.size:
            slots = enlarge_table(slots, part_bits, distinct + block.size)
        added = insert_hashes(block, block.size, part_bits, slots, fresh)
        lower_minima(fresh, added, recipe.permutations, mixed, minima)
        watched += count_watched(fresh, added, recipe.watch)
        distinct += added
    return distinct, watched, slots


@compiled
def _sorted(slots: Hashes, distinct: int) -> Hashes:
    """Return the hashes that a table holds, sorted."""
    hashes = append_held(slots, distinct, np.empty(distinct + 1, np.uint64), 0)
    sort_hashes(hashes[:distinct])
    return hashes[:distinct]
