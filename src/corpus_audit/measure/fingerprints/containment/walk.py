"""The compiled loops of the search: a text's shingles with their places, and the matching items.

A text is gone through in pieces between places where it may be cut (``folding.find_cut``). A token lies where its
piece does: that is exact in scripts with spaces, and in Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese to the
mark that goes with a letter; in others without spaces it is to the next space or punctuation mark.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, compiled, copy_first, copy_rows, inlined
from corpus_audit.measure.fingerprints.containment.items import ItemSets
from corpus_audit.measure.fingerprints.folding import Bytes, find_cut, fold_segment
from corpus_audit.measure.fingerprints.hash_filter import find_watched
from corpus_audit.measure.fingerprints.kernel import FingerprintConfig, Scratch, make_scratch
from corpus_audit.measure.fingerprints.shingles import combine_tokens, hash_tokens

Integers = NDArray[np.int64]

BATCH = 4096
"""Tokens whose shingles are combined at a time."""
MOST_PLACES = 1 << 22
"""Most shingles of items whose places are kept per text; further ones are counted without a place."""
CROWD = 256
"""A shingle that more of the contained items share tells the place of none that has another."""

ABSENT = -1
_NUMBER, _START, _END, _TOKEN = range(4)


class Memory(NamedTuple):
    """Working memory: tokens with their places, their shingles, and marks for known shingles and for items."""

    scratch: Scratch
    tokens: NDArray[np.uint64]
    starts: Integers
    ends: Integers
    shingles: NDArray[np.uint64]
    local: NDArray[np.int32]
    is_judged: NDArray[np.bool_]


class ContainedItems(NamedTuple):
    """The known shingles of a text: their numbers, each once, and their places; of both, how many rows are filled.

    A place is a row of number, first byte, one past the last byte, and last token it is at the beginning of.
    """

    present: Integers
    places: Integers
    distinct: int
    placed: int


def make_memory(recipe: FingerprintConfig, sets: ItemSets) -> Memory:
    """Return working memory for texts under *recipe*."""
    scratch = make_scratch(recipe.shingle_size)
    # A piece is added while fewer than BATCH tokens are held.
    room = BATCH + scratch.tokens.size
    return Memory(
        scratch=scratch,
        tokens=np.empty(room, np.uint64),
        starts=np.empty(room, np.int64),
        ends=np.empty(room, np.int64),
        shingles=np.empty(room, np.uint64),
        local=np.full(len(sets.call_starts) - 1, ABSENT, np.int32),
        is_judged=np.zeros(len(sets.needed), np.bool_),
    )


@compiled
def find_shingles(
    text: Bytes, start: int, end: int, recipe: FingerprintConfig, sets: ItemSets, memory: Memory
) -> tuple[ContainedItems, bool]:
    """Return the known shingles of ``text[start:end]``, with places from *start* on, and whether NFC might change it.

    ``memory.local`` then says where in ``present`` each one is, ABSENT where it is not: ``forget`` clears it again.
    """
    found = ContainedItems(np.empty(64, np.int64), np.empty((64, 4), np.int64), 0, 0)
    held, gone, is_unstable = 0, 0, False
    at = start
    while at < end:
        cut = find_cut(text, at + 1, end)
        length, needs_nfc = fold_segment(text, at, cut, recipe.table, memory.scratch.folded)
        is_unstable |= needs_nfc
        scratch = memory.scratch
        added, _ = hash_tokens(scratch.folded, length, scratch.tokens, 0, scratch.marks)
        for i in range(added):
            memory.tokens[held] = memory.scratch.tokens[i]
            memory.starts[held], memory.ends[held] = at - start + _is_ascii_break(text[at]), cut - start
            held += 1
        at = cut
        is_short = at == end and gone == 0 and held > 0
        if (held < BATCH and at < end) or (held < recipe.shingle_size and not is_short):
            continue
        found = _keep_known(held, gone, recipe.shingle_size, sets, memory, found)
        # The last tokens begin shingles that end in the next batch.
        kept = min(recipe.shingle_size - 1, held)
        for i in range(kept):
            memory.tokens[i] = memory.tokens[held - kept + i]
            memory.starts[i], memory.ends[i] = memory.starts[held - kept + i], memory.ends[held - kept + i]
        gone += held - kept
        held = kept
    return found, is_unstable


@called
def _keep_known(
    held: int, gone: int, size: int, sets: ItemSets, memory: Memory, found: ContainedItems
) -> ContainedItems:
    """Add the known ones among the shingles of the tokens held, before which *gone* tokens went by."""
    present, places, distinct, placed = found.present, found.places, found.distinct, found.placed
    width = min(size, held)
    for j in range(combine_tokens(memory.tokens, held, size, memory.shingles)):
        slot = find_watched(memory.shingles[j], sets.known)
        if slot < 0:
            continue
        number = sets.numbers[slot]
        if memory.local[number] == ABSENT:
            present = _with_room(present, distinct)
            present[distinct] = number
            memory.local[number] = distinct
            distinct += 1
        token, first, last = gone + j, memory.starts[j], memory.ends[j + width - 1]
        if placed and places[placed - 1, _NUMBER] == number and places[placed - 1, _TOKEN] == token - 1:
            # One word over and over is one long place.
            places[placed - 1, _END], places[placed - 1, _TOKEN] = last, token
        elif placed < MOST_PLACES:
            places = _with_rows(places, placed)
            places[placed, _NUMBER], places[placed, _START] = number, first
            places[placed, _END], places[placed, _TOKEN] = last, token
            placed += 1
    return ContainedItems(present, places, distinct, placed)


@compiled
def forget(found: ContainedItems, memory: Memory) -> None:
    """Clear the marks of one text's shingles."""
    for number in found.present[: found.distinct]:
        memory.local[number] = ABSENT


@inlined
def _is_ascii_break(byte: int) -> bool:
    lower = byte | 0x20
    return byte < 0x80 and not (0x61 <= lower <= 0x7A or 0x30 <= byte <= 0x39)


@called
def _with_room(array: Integers, count: int) -> Integers:
    """Return an array with room for one more number, a larger one when it was full."""
    if count < array.size:
        return array
    larger = np.empty(2 * array.size, np.int64)
    copy_first(array, larger, count)
    return larger


@called
def _with_rows(array: Integers, count: int) -> Integers:
    """Return an array with room for one more row, a larger one when it was full."""
    if count < array.shape[0]:
        return array
    larger = np.empty((2 * array.shape[0], array.shape[1]), np.int64)
    copy_rows(array, larger, count)
    return larger


@compiled
def judge_items(found: ContainedItems, sets: ItemSets, memory: Memory) -> Integers:
    """Return the items that a text with these shingles contains, as rows of item and number of shared shingles."""
    contained, count = np.empty((64, 2), np.int64), 0
    judged, looked_at = np.empty(64, np.int64), 0
    for number in found.present[: found.distinct]:
        for item in sets.callers[sets.call_starts[number] : sets.call_starts[number + 1]]:
            if memory.is_judged[item]:
                continue
            memory.is_judged[item] = True
            judged = _with_room(judged, looked_at)
            judged[looked_at] = item
            looked_at += 1
            shared = 0
            for member in _members(item, sets):
                shared += memory.local[member] != ABSENT
            if shared >= sets.needed[item]:
                contained = _with_rows(contained, count)
                contained[count, 0], contained[count, 1] = item, shared
                count += 1
    for item in judged[:looked_at]:
        memory.is_judged[item] = False
    return contained[:count]


@compiled
def place_items(contained: Integers, found: ContainedItems, sets: ItemSets, memory: Memory, join: int) -> Integers:
    """Return the stretches of a text that are a contained item's: rows of its row in *contained*, start and end.

    Places that begin no more than *join* tokens after one another are one stretch.
    """
    owner_starts, owners = _find_owners(contained, found.distinct, sets, memory)
    stretches, count = np.empty((64, 3), np.int64), 0
    starts, ends = np.zeros(contained.shape[0], np.int64), np.zeros(contained.shape[0], np.int64)
    tokens = np.full(contained.shape[0], -1, np.int64)
    for row in range(found.placed):
        number, start, end = found.places[row, _NUMBER], found.places[row, _START], found.places[row, _END]
        token = found.places[row, _TOKEN]
        local = memory.local[number]
        for owner in owners[owner_starts[local] : owner_starts[local + 1]]:
            if tokens[owner] < 0 or token - tokens[owner] > join:
                if tokens[owner] >= 0:
                    stretches = _with_rows(stretches, count)
                    stretches[count, 0], stretches[count, 1], stretches[count, 2] = owner, starts[owner], ends[owner]
                    count += 1
                starts[owner] = start
            ends[owner], tokens[owner] = end, token
    for owner in range(contained.shape[0]):
        stretches = _with_rows(stretches, count)
        stretches[count, 0], stretches[count, 1], stretches[count, 2] = owner, starts[owner], ends[owner]
        count += tokens[owner] >= 0
    return stretches[:count]


@called
def _find_owners(contained: Integers, distinct: int, sets: ItemSets, memory: Memory) -> tuple[Integers, Integers]:
    """Return, for each shingle of the text, the rows of *contained* whose place it tells: bounds, and the rows."""
    sharers = np.zeros(distinct, np.int64)
    for row in range(contained.shape[0]):
        for member in _members(contained[row, 0], sets):
            if memory.local[member] != ABSENT:
                sharers[memory.local[member]] += 1
    total, telling = 0, np.empty((64, 2), np.int64)
    starts = np.zeros(distinct + 1, np.int64)
    for row in range(contained.shape[0]):
        has_place = False
        for member in _members(contained[row, 0], sets):
            local = memory.local[member]
            # Members are in the order of rarity: an item whose shingles are all crowded is placed by one of them.
            if local != ABSENT and (sharers[local] <= CROWD or not has_place):
                has_place = True
                telling = _with_rows(telling, total)
                telling[total, 0], telling[total, 1] = local, row
                starts[local + 1] += 1
                total += 1
    starts = np.cumsum(starts)
    filled, owners = starts.copy(), np.empty(total, np.int64)
    for i in range(total):
        owners[filled[telling[i, 0]]] = telling[i, 1]
        filled[telling[i, 0]] += 1
    return starts, owners


@inlined
def _members(item: int, sets: ItemSets) -> NDArray[np.int32]:
    return sets.members[sets.starts[item] : sets.starts[item + 1]]
