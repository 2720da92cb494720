"""The passages that two texts share, token by token: what turns a candidate of the index into a hit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import compiled, copy_rows
from corpus_audit.measure.fingerprints.shingles import Hashes
from corpus_audit.measure.fingerprints.token_places import PlacedTokens

Integers = NDArray[np.int64]

_TRIED = 16
"""Places of a shingle in the text asked about that are tried, for the longest passage that begins there."""


@dataclass(frozen=True)
class Passage:
    """One passage that two texts share: its tokens, and its bytes in the text asked about and in the record."""

    tokens: int
    asked_start: int
    asked_end: int
    record_start: int
    record_end: int


@dataclass(frozen=True)
class Alignment:
    """What a record holds of a text: the passages, longest first, and the share of the text's distinct shingles."""

    passages: tuple[Passage, ...]
    containment: float


class AskedText:
    """A text that is looked for, ready to be set beside one record after another."""

    def __init__(self, tokens: PlacedTokens, shingle_size: int) -> None:
        self.tokens = tokens
        self.shingles = tokens.shingles(shingle_size)
        self.width = min(shingle_size, tokens.hashes.size)
        self._size = shingle_size
        self._order = np.argsort(self.shingles, kind="stable")
        self._sorted = self.shingles[self._order]
        self._distinct = np.unique(self.shingles)

    def align(self, record: PlacedTokens, least: int) -> Alignment:
        """Return the passages of *least* tokens or more that a record shares; a shorter text must be there whole."""
        theirs = record.shingles(self._size)
        if not self.shingles.size or not theirs.size or self.width != min(self._size, record.hashes.size):
            return Alignment((), 0.0)
        runs = _find_runs(self.shingles, self._sorted, self._order, theirs)
        runs[:, 2] += self.width - 1
        needed = min(least, self.tokens.hashes.size)
        passages = [
            self._passage(record, *run) for run in runs[runs[:, 2] >= needed].tolist() if self._is_same(record, *run)
        ]
        shared = np.isin(self._distinct, theirs, assume_unique=False).sum()
        ordered = sorted(passages, key=lambda passage: (-passage.tokens, passage.record_start))
        return Alignment(tuple(ordered), float(shared / self._distinct.size) if passages else 0.0)

    def _is_same(self, record: PlacedTokens, asked: int, theirs: int, tokens: int) -> bool:
        return self.tokens.text(asked, tokens) == record.text(theirs, tokens)

    def _passage(self, record: PlacedTokens, asked: int, theirs: int, tokens: int) -> Passage:
        return Passage(
            tokens,
            int(self.tokens.starts[asked]),
            int(self.tokens.ends[asked + tokens - 1]),
            int(record.starts[theirs]),
            int(record.ends[theirs + tokens - 1]),
        )


@compiled
def _find_runs(asked: Hashes, ordered: Hashes, order: Integers, theirs: Hashes) -> Integers:
    """Return rows of a place in the text asked about, one in the record, and how many shingles are equal from there."""
    runs, count, at = np.empty((16, 3), np.int64), 0, 0
    while at < theirs.size:
        slot = np.searchsorted(ordered, theirs[at])
        longest, place, tried = 0, 0, 0
        while tried < _TRIED and slot < ordered.size and ordered[slot] == theirs[at]:
            begin = order[slot]
            length = 1
            while (
                begin + length < asked.size
                and at + length < theirs.size
                and asked[begin + length] == theirs[at + length]
            ):
                length += 1
            if length > longest:
                longest, place = length, begin
            slot += 1
            tried += 1
        if longest == 0:
            at += 1
            continue
        if count == runs.shape[0]:
            larger = np.empty((2 * count, 3), np.int64)
            copy_rows(runs, larger, count)
            runs = larger
        runs[count, 0], runs[count, 1], runs[count, 2] = place, at, longest
        count += 1
        at += longest
    return runs[:count].copy()
