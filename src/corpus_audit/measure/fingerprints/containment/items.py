"""The items of all references, arranged so that a record costs one lookup per shingle.

To contain an item to a share t, a record must hold at least one of the item's (1 - t) rarest shingles, and one more:
only those are watched for, and phrases that many items have in common call up none of them (prefix filtering:
Chaudhuri, Ganti, Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.measure.fingerprints.hash_filter import HashFilter, find_places, watch_for

Integers = NDArray[np.int64]


class ItemSets(NamedTuple):
    """Items as sets of numbered shingles.

    Item i has the shingles ``members[starts[i]:starts[i + 1]]``, rarest first, and is contained by a record that holds
    ``needed[i]`` of them. Shingle n is among the rarest of ``callers[call_starts[n]:call_starts[n + 1]]``.
    ``numbers`` are those of the hashes in the slots of *known*.
    """

    known: HashFilter
    numbers: NDArray[np.int32]
    starts: Integers
    members: NDArray[np.int32]
    needed: Integers
    call_starts: Integers
    callers: NDArray[np.int32]


@dataclass(frozen=True)
class ItemIndex:
    """All items: their names, what calls them up while records are fingerprinted, and their sets."""

    references: pa.Array
    names: pa.Array
    shingles: Integers
    watch: HashFilter
    sets: ItemSets

    def __len__(self) -> int:
        return len(self.names)


def index_items(references: pa.Array, names: pa.Array, shingle_hashes: pa.ListArray, threshold: float) -> ItemIndex:
    """Return items by reference, name and shingle hashes, to be found where contained to a share of *threshold*."""
    sizes = np.diff(shingle_hashes.offsets.to_numpy()).astype(np.int64)
    hashes = shingle_hashes.flatten().to_numpy()
    distinct, number_of = _number(hashes)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    frequency = np.bincount(number_of, minlength=len(distinct))
    members = number_of[np.lexsort((number_of, frequency[number_of], owner))]
    needed = np.maximum(np.ceil(sizes * threshold - 1e-9).astype(np.int64), 1)
    is_rare = np.arange(len(members)) - starts[owner] <= sizes[owner] - needed[owner]
    rare, callers = members[is_rare], owner[is_rare]
    order = np.lexsort((callers, rare))
    call_starts = np.concatenate([[0], np.cumsum(np.bincount(rare, minlength=len(distinct)))]).astype(np.int64)
    known = watch_for(distinct)
    sets = ItemSets(
        known=known,
        numbers=_numbers_by_slot(distinct, known),
        starts=starts,
        members=members.astype(np.int32),
        needed=needed,
        call_starts=call_starts,
        callers=callers[order].astype(np.int32),
    )
    watch = watch_for(distinct[np.diff(call_starts) > 0])
    return ItemIndex(references, names, sizes, watch, sets)


def _number(hashes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Integers]:
    """Return the distinct hashes, ascending, and the place of each hash among them."""
    order = np.argsort(hashes, kind="stable")
    ascending = hashes[order]
    is_first = np.ones(len(hashes), np.bool_)
    is_first[1:] = ascending[1:] != ascending[:-1]
    number_of = np.empty(len(hashes), np.int64)
    number_of[order] = np.cumsum(is_first) - 1
    return ascending[is_first], number_of


def _numbers_by_slot(distinct: NDArray[np.uint64], known: HashFilter) -> NDArray[np.int32]:
    numbers = np.zeros(known.slots.size, np.int32)
    numbers[find_places(distinct, known)] = np.arange(len(distinct), dtype=np.int32)
    return numbers
