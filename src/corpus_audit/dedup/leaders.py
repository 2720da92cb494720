"""The compiled loops over buckets and candidates: which contents are compared with which.

A content is compared with at most LEADERS others, so that the work grows with the number of contents and not with the
sizes of buckets. In a small bucket everyone is a leader. In a larger one those lead that are most like the rest of it,
and one of each side (a source and split), so that what two sides share is found. Of its leaders a content keeps those
that most others follow as well: a group of copies is represented by the text that all were made of, if that is there.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.dedup.ordering import order_by
from corpus_audit.measure.compiling import called, compiled, copy_rows, inlined
from corpus_audit.schemas.copies import COMPARED_WHOLE

Integers = NDArray[np.int64]

LEADERS = COMPARED_WHOLE - 1
"""Contents that one content is verified against at most."""
CENTRAL = 3
"""Members of a larger bucket that all others are compared with: which of them represents, their texts decide."""
WHOLE = COMPARED_WHOLE
"""Buckets of up to so many members have all their pairs compared."""

COLUMNS = 6
"""Of a row of ``propose_leaders``."""
_ANYWHERE, _ACROSS = np.bool_(False), np.bool_(True)
"""Which pairs a leader is proposed in. numba compiles a function for each of Python's own constants, for these once."""
_SLOTS = 16
"""Of the table of pairs, to begin with: most runs are one bucket of two."""


class Members(NamedTuple):
    """The contents in some buckets, ascending, and what is known of them without their texts."""

    contents: Integers
    shingles: Integers
    sides: NDArray[np.int32]
    sketches: NDArray[np.uint8]
    words: NDArray[np.uint64]
    """The sketches, eight bytes in each, filled up with zeros."""
    keys: NDArray[np.int32]


class PairRules(NamedTuple):
    """What two contents must show to be proposed: numbers of equal bytes in their sketches, and sizes."""

    least_agreement: int
    sure_agreement: int
    threshold: float
    band_rows: int


class Proposed(NamedTuple):
    """Rows of ``propose_leaders``, and a table that finds the row of a pair of the present run."""

    rows: Integers
    pairs: Integers
    """By slot: the places of leader and member, packed."""
    found: Integers
    """By slot: 0 where it is free, the number of the pair's row plus one, or -1 if the pair is not plausible."""
    touched: Integers
    sizes: Integers
    """How many rows, slots in use, and slots there are."""


@compiled
def propose_leaders(starts: Integers, runs: Integers, places: Integers, members: Members, rules: PairRules) -> Integers:
    """Return a row for each plausible pair: member, leader, equal bytes, leader's side, shared bands, followers.

    Followers are the members of a bucket that the leader is proposed to, those of several buckets together. Bucket i is
    the members *places* from ``starts[i]`` to ``starts[i + 1]``, run i the buckets from ``runs[i]`` to ``runs[i + 1]``:
    buckets that are much the same. A pair comes out of a run once, and may come out of several; of a run with a larger
    bucket than WHOLE come those alone that each member would choose of them.
    """
    proposed = Proposed(
        np.empty((1024, COLUMNS), np.int64),
        np.empty(_SLOTS, np.int64),
        np.empty(_SLOTS, np.int64),
        np.empty(_SLOTS, np.int64),
        np.zeros(3, np.int64),
    )
    numbers = np.full(members.contents.size, -1, np.int64)
    for run in range(runs.size - 1):
        first, has_large = proposed.sizes[0], False
        proposed.sizes[1], proposed.sizes[2] = 0, _SLOTS
        proposed.found[:_SLOTS] = 0
        for bucket in range(runs[run], runs[run + 1]):
            ordered = _most_central_first(places[starts[bucket] : starts[bucket + 1]], members)
            if ordered.size <= WHOLE:
                for i in range(ordered.size - 1):
                    proposed = _propose(ordered[i], ordered[i + 1 :], members, rules, _ANYWHERE, proposed)
            else:
                has_large = True
                for leader in _first_of_sides(ordered, members):
                    if not _is_among(leader, ordered[:CENTRAL]):
                        proposed = _propose(leader, ordered, members, rules, _ACROSS, proposed)
                proposed = _propose_by_leaders(ordered, members, rules, proposed)
        if has_large:
            proposed.sizes[0] = first + _keep_chosen(proposed.rows[first : proposed.sizes[0]], numbers)
    rows = proposed.rows[: proposed.sizes[0]]
    for row in range(rows.shape[0]):
        rows[row, 0] = members.contents[rows[row, 0]]
    return rows


@called
def _keep_chosen(rows: Integers, numbers: Integers) -> int:
    """Move those candidates of a run that each member chooses to the front, and return how many those are.

    The member in a row is its place; *numbers* has -1 for each place, before and after.
    """
    dense, count = np.empty(rows.shape[0], np.int64), 0
    for row in range(rows.shape[0]):
        member = rows[row, 0]
        if numbers[member] < 0:
            numbers[member] = count
            count += 1
        dense[row] = numbers[member]
    by_member = np.empty(rows.shape, np.int64)
    order = order_by(dense, dense.size)
    for row in range(rows.shape[0]):
        numbers[rows[row, 0]] = -1
        for column in range(COLUMNS):
            by_member[row, column] = rows[order[row], column]
    chosen, kept = choose_leaders(by_member), 0
    for row in range(rows.shape[0]):
        if chosen[row]:
            for column in range(COLUMNS):
                rows[kept, column] = by_member[row, column]
            kept += 1
    return kept


@compiled
def choose_leaders(rows: Integers) -> NDArray[np.bool_]:
    """Return which candidates to verify: of each member at most LEADERS, those with most followers.

    *rows* are those of ``propose_leaders``, each pair once, by member and leader. The first of each side go before
    others, so that what sides share is not crowded out.
    """
    chosen = np.zeros(rows.shape[0], np.bool_)
    sides = np.empty(LEADERS, np.int64)
    start = np.int64(0)
    while start < rows.shape[0]:
        end = start
        while end < rows.shape[0] and rows[end, 0] == rows[start, 0]:
            end += 1
        count = 0
        for wants_new_side in (True, False):
            while count < LEADERS:
                best = _best_left(rows, chosen, start, end, sides[: count if wants_new_side else 0])
                if best < 0:
                    break
                chosen[best] = True
                sides[count] = rows[best, 3]
                count += 1
        start = end
    return chosen


@called
def _best_left(
    rows: Integers, chosen: NDArray[np.bool_], start: np.int64, end: np.int64, unwanted_sides: Integers
) -> int:
    """Return the candidate with most followers that was not chosen yet, the likest of several; -1 for none."""
    best = -1
    for i in range(start, end):
        is_better = (
            best < 0 or rows[i, 5] > rows[best, 5] or (rows[i, 5] == rows[best, 5] and rows[i, 2] > rows[best, 2])
        )
        if is_better and not chosen[i] and not _is_among(rows[i, 3], unwanted_sides):
            best = i
    return best


@called
def _propose(
    one: int, others: Integers, members: Members, rules: PairRules, across: np.bool_, proposed: Proposed
) -> Proposed:
    """Take in the plausible pairs of a leader with others, or only those *across* sides."""
    proposed = _with_room(proposed, others.size)
    followers = 0
    for other in others:
        if one == other or (across and members.sides[one] == members.sides[other]):
            continue
        pair = one << 32 | other
        slot = _slot_of(pair, proposed.pairs, proposed.found, proposed.sizes[2])
        if proposed.found[slot] == 0:
            proposed.pairs[slot] = pair
            proposed.sizes[1] += 1
            proposed.found[slot] = _append(one, other, members, rules, proposed)
        if proposed.found[slot] > 0:
            proposed.touched[followers] = proposed.found[slot] - 1
            followers += 1
    for row in proposed.touched[:followers]:
        proposed.rows[row, 5] += followers
    return proposed


@inlined
def _append(one: int, other: int, members: Members, rules: PairRules, proposed: Proposed) -> int:
    """Append the row of a pair if it is plausible; return its number plus one, or -1."""
    shingles = members.shingles
    smaller, larger = min(shingles[one], shingles[other]), max(shingles[one], shingles[other])
    # The smaller set cannot be more of the larger than this.
    if smaller / larger < rules.threshold:
        return -1
    agreement = _agreement(members, one, other)
    if agreement < rules.least_agreement:
        return -1
    row = proposed.rows[proposed.sizes[0]]
    row[0], row[1] = other, members.contents[one]
    row[2], row[3] = agreement, members.sides[one]
    row[4], row[5] = _shared_bands(members, one, other, rules.band_rows), 0
    proposed.sizes[0] += 1
    return int(proposed.sizes[0])


@inlined
def _slot_of(pair: int, pairs: Integers, found: Integers, slots: int) -> int:
    """Return the slot that a pair is in or may take; there are a power of two, half of them free."""
    mixed = np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)
    slot = np.int64(mixed >> np.uint64(32)) & (slots - 1)
    while found[slot] != 0 and pairs[slot] != pair:
        slot = (slot + 1) & (slots - 1)
    return int(slot)


@called
def _with_room(proposed: Proposed, more: int) -> Proposed:
    """Return the same with room for *more* pairs."""
    rows, pairs, found, touched, sizes = proposed
    if sizes[0] + more > rows.shape[0]:
        rows = _enlarged(rows, sizes[0], 2 * (sizes[0] + more))
    if more > touched.size:
        touched = np.empty(2 * more, np.int64)
    slots, needed = sizes[2], sizes[2]
    while needed < 2 * (sizes[1] + more):
        needed *= 2
    if needed > slots:
        known, values = pairs[:slots].copy(), found[:slots].copy()
        if needed > pairs.size:
            pairs, found = np.empty(needed, np.int64), np.empty(needed, np.int64)
        found[:needed] = 0
        for i in range(slots):
            if values[i] != 0:
                slot = _slot_of(known[i], pairs, found, needed)
                pairs[slot], found[slot] = known[i], values[i]
        sizes[2] = needed
    return Proposed(rows, pairs, found, touched, sizes)


@called
def _propose_by_leaders(ordered: Integers, members: Members, rules: PairRules, proposed: Proposed) -> Proposed:
    """Compare all members with CENTRAL leaders, then those without a sure match with a leader among them, and so on."""
    for place in range(CENTRAL):
        proposed = _propose(ordered[place], ordered[place + 1 :], members, rules, _ANYWHERE, proposed)
    waiting = ordered.copy()
    for turn in range(LEADERS):
        if waiting.size < 2:
            break
        leader, others = waiting[0], waiting[1:]
        if turn:
            proposed = _propose(leader, others, members, rules, _ANYWHERE, proposed)
        left = 0
        for other in others:
            if _agreement(members, leader, other) < rules.sure_agreement:
                waiting[left] = other
                left += 1
        waiting = waiting[:left]
    return proposed


@called
def _most_central_first(group: Integers, members: Members) -> Integers:
    """Return a bucket's members by how many bytes of their sketches are what most members have there."""
    width = members.sketches.shape[1]
    usual, votes = np.zeros(width, np.uint8), np.zeros(width, np.int64)
    # The vote of Boyer and Moore: what more than half of them have is what stays.
    for member in group:
        for k in range(width):
            if members.sketches[member, k] == usual[k]:
                votes[k] += 1
            elif votes[k] == 0:
                usual[k], votes[k] = members.sketches[member, k], 1
            else:
                votes[k] -= 1
    distances = np.empty(group.size, np.int64)
    for i in range(group.size):
        different = 0
        for k in range(width):
            different += members.sketches[group[i], k] != usual[k]
        distances[i] = different
    ordered: Integers = group[order_by(distances, width)]
    return ordered


@called
def _first_of_sides(ordered: Integers, members: Members) -> Integers:
    """Return the first member of each of LEADERS sides."""
    firsts = np.empty(LEADERS, np.int64)
    found = 0
    for member in ordered:
        is_new = found < LEADERS
        for first in firsts[:found]:
            is_new = is_new and members.sides[first] != members.sides[member]
        if is_new:
            firsts[found] = member
            found += 1
    return firsts[:found]


@inlined
def _agreement(members: Members, one: int, other: int) -> int:
    """Return how many bytes of two sketches are equal, eight at a time."""
    equal, low = np.uint64(0), np.uint64(0x7F7F7F7F7F7F7F7F)
    words = members.words
    for k in range(words.shape[1]):
        different = words[one, k] ^ words[other, k]
        # The high bit of each byte that is zero, moved to the low one: the counts of all words fit into a byte.
        is_zero = ~(((different & low) + low) | different | low)
        equal += is_zero >> np.uint64(7)
    total = 0
    for byte in range(8):
        total += int((equal >> np.uint64(8 * byte)) & np.uint64(0xFF))
    return int(total - (8 * words.shape[1] - members.sketches.shape[1]))


@inlined
def _shared_bands(members: Members, one: int, other: int, rows: int) -> int:
    """Return in how many bands two contents collide: 32 bits of the key are equal, and all bytes of the sketch."""
    shared = 0
    for band in range(members.keys.shape[1]):
        if members.keys[one, band] == members.keys[other, band]:
            is_same = True
            for k in range(band * rows, (band + 1) * rows):
                is_same = is_same and members.sketches[one, k] == members.sketches[other, k]
            shared += is_same
    return shared


@called
def _enlarged(found: Integers, count: int, needed: int) -> Integers:
    larger = np.empty((needed, found.shape[1]), np.int64)
    copy_rows(found, larger, count)
    return larger


@inlined
def _is_among(wanted: int, members: Integers) -> bool:
    is_among = False
    for member in members:
        is_among = is_among or member == wanted
    return is_among
