"""The shingles that stand for the passages of a text: one in every so many, counted from its beginning.

A passage of as many shingles as lie from one chosen shingle to the next holds one, wherever it stands. A text that is
looked for is asked with all its shingles, so the chosen one is among them: such a passage is found for certain, as by
minimizers (Schleimer, Wilkerson, Aiken 2003, Winnowing) with half as many postings. Minimizers are needed where both
texts are sampled; here one is.

A character of a script without spaces counts as two thirds of a word: a word of such a script has one or two, and in
three bytes each, an index of them would take twice the share of its text.
"""

from typing import NamedTuple

import numpy as np

from corpus_audit.measure.compiling import called, copy_first, inlined
from corpus_audit.measure.fingerprints.folding import Bytes
from corpus_audit.measure.fingerprints.shingles import Hashes

WORD = 3
"""What a word adds on the way to the next shingle that is chosen."""
CHARACTER = 2
"""What a character of a script without spaces adds."""
_FIRST_ROOM = 1 << 10


class Choice(NamedTuple):
    """What texts chose: the first *chosen* of *hashes*.

    The next one is chosen *step* after the last, by what the last token of each shingle adds; none where it is 0.
    *left* is what is still to be gone through.
    """

    step: int
    left: int
    hashes: Hashes
    chosen: int


@inlined
def no_choice(step: int) -> Choice:
    """Return the choice before the first text: of one in *step* words."""
    return Choice(WORD * step, 1, np.empty(_FIRST_ROOM, np.uint64), 0)


@inlined
def begin_text(choice: Choice, chosen: int) -> Choice:
    """Return the choice before another text, with the first *chosen* hashes; a text chooses its first shingle."""
    return Choice(choice.step, 1, choice.hashes, chosen)


@called
def choose_shingles(shingles: Hashes, count: int, marks: Bytes, has_marks: bool, choice: Choice) -> Choice:
    """Return the choice with what the next *count* shingles of a text add to it.

    *marks* says of each whether its last token is a character of a script without spaces, if any is.
    """
    hashes, filled = choice.hashes, choice.chosen
    more = WORD * count // choice.step + 1
    if filled + more > hashes.size:
        larger = np.empty(2 * (filled + more), np.uint64)
        copy_first(hashes, larger, filled)
        hashes = larger
    left = choice.left
    if has_marks:
        for at in range(count):
            left -= WORD - (WORD - CHARACTER) * marks[at]
            if left <= 0:
                hashes[filled] = shingles[at]
                filled, left = filled + 1, choice.step
        return Choice(choice.step, left, hashes, filled)
    done, passed = 0, -(-left // WORD)
    while done + passed <= count:
        done += passed
        hashes[filled] = shingles[done - 1]
        filled, left = filled + 1, choice.step
        passed = -(-left // WORD)
    return Choice(choice.step, left - WORD * (count - done), hashes, filled)
