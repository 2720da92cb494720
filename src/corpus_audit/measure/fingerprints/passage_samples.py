"""The shingles that stand for the passages of a text: every so many-th, counted from its beginning.

A passage of as many shingles as lie from one chosen shingle to the next holds one, wherever it stands. A text that is
looked for is asked with all its shingles, so the chosen one is among them: such a passage is found for certain, as by
minimizers (Schleimer, Wilkerson, Aiken 2003, Winnowing) with half as many postings. Minimizers are needed where both
texts are sampled; here one is.
"""

from typing import NamedTuple

import numpy as np

from corpus_audit.measure.compiling import compiled, copy_first, inlined
from corpus_audit.measure.fingerprints.shingles import Hashes

_FIRST_ROOM = 1 << 10


class Choice(NamedTuple):
    """What texts chose: the first *chosen* of *hashes*.

    One of *step* shingles is chosen, none where it is 0; the next one after *skipped* more of the text gone through.
    """

    step: int
    skipped: int
    hashes: Hashes
    chosen: int


@inlined
def no_choice(step: int) -> Choice:
    """Return the choice before the first text."""
    return Choice(step, 0, np.empty(_FIRST_ROOM, np.uint64), 0)


@inlined
def begin_text(choice: Choice, chosen: int) -> Choice:
    """Return the choice before another text, with the first *chosen* hashes; a text chooses its first shingle."""
    return Choice(choice.step, 0, choice.hashes, chosen)


@compiled
def choose_shingles(shingles: Hashes, count: int, choice: Choice) -> Choice:
    """Return the choice with what the next *count* shingles of a text add to it."""
    hashes, filled = choice.hashes, choice.chosen
    more = count // choice.step + 1
    if filled + more > hashes.size:
        larger = np.empty(2 * (filled + more), np.uint64)
        copy_first(hashes, larger, filled)
        hashes = larger
    at = choice.skipped
    while at < count:
        hashes[filled] = shingles[at]
        filled += 1
        at += choice.step
    return Choice(choice.step, at - count, hashes, filled)
