"""Pairs of contents of two audits, packed into one number each, and which of them are plausible."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus_audit.errors import CorpusAuditError
from corpus_audit.measure.compiling import compiled, inlined

Integers = NDArray[np.int64]
PackedPairs = NDArray[np.uint64]
_Code = TypeVar("_Code", np.int64, np.uint64)
Pairs = Integers
"""Rows of two contents."""

MOST_CONTENTS = 1 << 32
"""Contents that a packed pair can tell apart on each side."""


class CandidateFeatures(NamedTuple):
    """What is known of each content without its text: some bytes of its signature, and its shingles."""

    sketches: NDArray[np.uint8]
    shingles: Integers


def check_packable(contents: int) -> None:
    """Raise CorpusAuditError for more contents than packed pairs can tell apart."""
    if contents > MOST_CONTENTS:
        message = (
            f"An audit of {contents:,} distinct contents cannot be compared with another: {MOST_CONTENTS:,} is the "
            "most. Divide the dataset into several."
        )
        raise CorpusAuditError(message)


def unpack_pairs(codes: PackedPairs) -> Pairs:
    """Return packed pairs as rows of two numbers."""
    return np.stack([codes >> np.uint64(32), codes & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)


def distinct(codes: NDArray[_Code]) -> NDArray[_Code]:
    """Return codes ascending, each once; sorts *codes* itself."""
    # numpy.unique goes through a hash table and takes seven times as long, or more.
    codes.sort()
    is_first = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=is_first[1:])
    return codes[is_first]


@compiled
def keep_plausible(
    ones: Integers,
    others: Integers,
    mine: CandidateFeatures,
    theirs: CandidateFeatures,
    least_agreement: int,
    threshold: float,
) -> PackedPairs:
    """Return those pairs of contents of two audits that are plausible, as codes."""
    codes, count = np.empty(ones.size, np.uint64), 0
    for i in range(ones.size):
        one, other = ones[i], others[i]
        smaller = min(mine.shingles[one], theirs.shingles[other])
        larger = max(mine.shingles[one], theirs.shingles[other])
        if smaller / larger < threshold:
            continue
        if _agreement(mine.sketches[one], theirs.sketches[other]) >= least_agreement:
            codes[count] = (np.uint64(one) << np.uint64(32)) | np.uint64(other)
            count += 1
    return codes[:count]


@inlined
def _agreement(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """Return how many bytes of two sketches are equal."""
    equal = 0
    for k in range(one.size):
        equal += one[k] == other[k]
    return equal
