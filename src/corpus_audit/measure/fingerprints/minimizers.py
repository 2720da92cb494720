"""The shingles that stand for the passages of a text: minimizers (winnowing).

Of every *window* neighbouring shingles the smallest hash is chosen. Two texts that share a passage of *window* shingles
or more have the same smallest hash there, so each chooses it: such a passage is found for certain. A text with fewer
shingles chooses the smallest of all it has. Schleimer, Wilkerson, Aiken (2003), Winnowing: Local Algorithms for
Document Fingerprinting.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.fingerprints.shingles import Hashes

Integers = NDArray[np.int64]

_CARRIED, _IS_FULL = range(2)


class Windows(NamedTuple):
    """The windows of one text while it is gone through; a *size* of 0 chooses nothing.

    ``line`` begins with the last shingles of what went by, fewer than a window; *state* says how many those are, and
    whether there was a whole window yet.
    """

    line: Hashes
    state: Integers
    size: int


class Choice(NamedTuple):
    """The windows of the text that is gone through, and what was chosen: the hashes, and how many they are."""

    windows: Windows
    hashes: Hashes
    chosen: int


@inlined
def make_windows(size: int, room: int) -> Windows:
    """Return working memory for windows of *size* shingles, when at most *room* come at a time."""
    return Windows(np.empty(size + room, np.uint64), np.zeros(2, np.int64), size)


@inlined
def begin_text(windows: Windows) -> None:
    """Forget the text before."""
    windows.state[_CARRIED] = 0
    windows.state[_IS_FULL] = 0


@compiled
def choose_minimizers(shingles: Hashes, count: int, choice: Choice) -> Choice:
    """Return the choice with what the next *count* shingles of a text add to it."""
    windows, filled = choice.windows, choice.chosen
    chosen = _with_room(choice.hashes, filled, count + 1)
    size, carried = windows.size, windows.state[_CARRIED]
    line = shingles
    if carried:
        line = windows.line
        line[carried : carried + count] = shingles[:count]
    total = carried + count
    if total >= size:
        windows.state[_IS_FULL] = 1
        filled = _choose_in_line(line, total, size, chosen, filled)
    kept = min(size - 1, total)
    for i in range(kept):
        windows.line[i] = line[total - kept + i]
    windows.state[_CARRIED] = kept
    return Choice(windows, chosen, filled)


@compiled
def _choose_in_line(line: Hashes, total: int, size: int, chosen: Hashes, filled: int) -> int:
    place = _place_of_least(line, 0, size)
    chosen[filled] = line[place]
    filled += 1
    at = size
    while at < total:
        least, stop = line[place], min(place + size, total)
        while at < stop and line[at] > least:
            at += 1
        if at == total:
            break
        # A smaller one came, or the smallest went out of the window.
        place = at if at < stop else _place_of_least(line, at - size + 1, at + 1)
        chosen[filled] = line[place]
        filled += 1
        at += 1
    return filled


@inlined
def _place_of_least(line: Hashes, first: int, end: int) -> int | np.signedinteger[Any]:
    least = line[first]
    for i in range(first + 1, end):
        least = min(least, line[i])
    place = end - 1
    while line[place] != least:
        place -= 1
    return place


@inlined
def end_text(choice: Choice) -> Choice:
    """Return the choice with the smallest shingle of a text that has fewer than a window."""
    windows, filled = choice.windows, choice.chosen
    carried = windows.state[_CARRIED]
    if carried != 0 and windows.state[_IS_FULL] == 0:
        # There is room: each of its shingles left some for one more.
        choice.hashes[filled] = windows.line[_place_of_least(windows.line, 0, carried)]
        filled += 1
    return Choice(windows, choice.hashes, filled)


@inlined
def _with_room(chosen: Hashes, filled: int, more: int) -> Hashes:
    """Return the array with room for *more* after the first *filled*, a larger one where it was too small."""
    if filled + more <= chosen.size:
        return chosen
    larger = np.empty(2 * (filled + more), np.uint64)
    larger[:filled] = chosen[:filled]
    return larger
