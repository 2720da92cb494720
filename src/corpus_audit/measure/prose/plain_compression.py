"""How many bytes LZ4 makes of a text, as ``compressed_sizes`` counts them: for little text, and for tests to compare.

Little text is shorter than what LZ4 searches in another way.
"""

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.text_windows import Offsets

_MATCH = 4
_LAST_BYTES, _LAST_START = 5, 12
_TRIES_BITS = 6
_SPOT_BITS = 13
_FACTOR = 2654435761


def compressed_sizes_plainly(data: NDArray[np.uint8], starts: Offsets, ends: Offsets) -> Offsets:
    """Return how many bytes LZ4 makes of each text, as ``compressed_sizes`` does of those below 65,547 bytes."""
    texts = (data[start:end].tobytes() for start, end in zip(starts.tolist(), ends.tolist(), strict=True))
    return np.array([_Search(text).size_bytes() for text in texts], np.int64)


class _Search:
    """The search through one text for what was there before."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._last = len(text) - _LAST_START + 1
        self._spots: dict[int, int] = {}

    def size_bytes(self) -> int:
        """Return how many bytes are made of the text."""
        size, anchor, place = 0, 0, 1
        match: int | None
        self._note(0)
        while found := self._next_match(place):
            place, match = self._widened(*found, anchor)
            size += _literals_size(place - anchor)
            while match is not None:
                more = self._common_behind(place + _MATCH, match + _MATCH)
                size += 2 + _further_bytes(more)
                place += _MATCH + more
                anchor = place
                if place >= self._last:
                    return size + _literals_size(len(self._text) - anchor)
                self._note(place - 2)
                match = self._match_at(place)
                size += match is not None
            place += 1
        return size + _literals_size(len(self._text) - anchor)

    def _next_match(self, place: int) -> tuple[int, int] | None:
        """Return the next place from *place* on that begins like an earlier one, with that one.

        Each step is longer by one byte after so many places without a match.
        """
        step, tries = 1, 1 << _TRIES_BITS
        while place + step <= self._last:
            match = self._match_at(place)
            if match is not None:
                return place, match
            place, step, tries = place + step, tries >> _TRIES_BITS, tries + 1
        return None

    def _match_at(self, place: int) -> int | None:
        """Return the last place noted where the same four bytes are, unless another took its spot; note *place*."""
        match = self._note(place)
        return match if match is not None and self._four(match) == self._four(place) else None

    def _note(self, place: int) -> int | None:
        """Note a place by its four bytes; return the one that was in its spot before."""
        spot = (int.from_bytes(self._four(place), "little") * _FACTOR & 0xFFFFFFFF) >> 32 - _SPOT_BITS
        before = self._spots.get(spot)
        self._spots[spot] = place
        return before

    def _four(self, place: int) -> bytes:
        return self._text[place : place + _MATCH]

    def _widened(self, place: int, match: int, anchor: int) -> tuple[int, int]:
        """Return where two places that begin alike begin, with the same bytes in front of them from *anchor* on."""
        while place > anchor and match > 0 and self._text[place - 1] == self._text[match - 1]:
            place, match = place - 1, match - 1
        return place, match

    def _common_behind(self, place: int, match: int) -> int:
        """Return how many bytes are the same at two places, but for the last ones of the text."""
        more = 0
        while place + more < len(self._text) - _LAST_BYTES and self._text[place + more] == self._text[match + more]:
            more += 1
        return more


def _literals_size(count: int) -> int:
    return 1 + count + _further_bytes(count)


def _further_bytes(count: int) -> int:
    """Return how many bytes a number takes behind the half byte that holds up to 14."""
    return (count + 240) // 255
