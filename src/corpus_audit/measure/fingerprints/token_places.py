"""The tokens of one text with their places: for what must be shown where it stands.

A text is gone through in pieces between places where it may be cut (``folding.find_cut``). A token lies where its
piece does: that is exact in scripts with spaces, and in Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese to the
mark that goes with a letter; in others without spaces it is to the next space or punctuation mark.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import called, compiled, copy_first
from corpus_audit.measure.fingerprints.characters import CharacterTable, load_character_table
from corpus_audit.measure.fingerprints.folding import GROWTH, PADDING, Bytes, find_cut, fold_segment
from corpus_audit.measure.fingerprints.origins import normalise_with_origins, origin_of_ends, origin_of_starts
from corpus_audit.measure.fingerprints.shingles import Hashes, combine_tokens, hash_tokens

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class PlacedTokens:
    """The tokens of a text: their hashes, the bytes of the given text that each lies in, and what they are read from.

    ``starts`` and ``ends`` ascend; tokens of one piece have the same. ``folded`` holds the tokens themselves, each
    behind a zero byte, ``folded_at`` where each begins.
    """

    hashes: Hashes
    starts: Integers
    ends: Integers
    folded: bytes
    folded_at: Integers

    def shingles(self, size: int) -> Hashes:
        """Return the hash of every *size* neighbouring tokens; fewer tokens are one shingle, none have none."""
        found = np.empty(max(self.hashes.size, 1), np.uint64)
        return found[: combine_tokens(self.hashes, self.hashes.size, size, found)]

    def text(self, first: int, count: int) -> bytes:
        """Return *count* tokens from number *first* on, case-folded, each behind a zero byte."""
        end = self.folded_at[first + count] if first + count < self.folded_at.size else len(self.folded)
        return self.folded[self.folded_at[first] : end]


def place_tokens(text: bytes, tokenizer: str) -> PlacedTokens:
    """Return the tokens of a text in UTF-8, with their places in its bytes."""
    table = load_character_table(tokenizer)
    tokens, is_unstable = _tokens_of(text, table)
    if not is_unstable:
        return tokens
    normalised, origins = normalise_with_origins(text)
    tokens, _ = _tokens_of(normalised.encode(), table)
    starts, ends = origin_of_starts(tokens.starts, origins), origin_of_ends(tokens.ends, origins)
    return replace(tokens, starts=starts, ends=ends)


def _tokens_of(text: bytes, table: CharacterTable) -> tuple[PlacedTokens, bool]:
    """Return the tokens of a text as it stands, and whether NFC might change it."""
    hashes, starts, ends, folded, folded_at, is_unstable = _place(_readable(text), table)
    return PlacedTokens(hashes, starts, ends, folded.tobytes(), folded_at), is_unstable


def _readable(text: bytes) -> Bytes:
    return np.frombuffer(text or b" ", np.uint8)


@compiled
def _place(text: Bytes, table: CharacterTable) -> tuple[Hashes, Integers, Integers, Bytes, Integers, bool]:
    """Return hashes and places of a text's tokens, the tokens, where each begins, and whether NFC might change it."""
    size = 64
    hashes, starts, ends = np.empty(size, np.uint64), np.empty(size, np.int64), np.empty(size, np.int64)
    folded_at = np.empty(size, np.int64)
    kept, filled = np.empty(text.size + 64, np.uint8), 0
    folded, of_piece, marks = np.empty(0, np.uint8), np.empty(0, np.uint64), np.empty(0, np.uint8)
    count, at, is_unstable = 0, 0, False
    while at < text.size:
        cut = find_cut(text, at + 1, text.size)
        room = GROWTH * (cut - at + 4) + PADDING
        if folded.size < room:
            folded, of_piece = np.empty(2 * room, np.uint8), np.empty(2 * room, np.uint64)
            marks = np.empty(2 * room, np.uint8)
        length, needs_nfc = fold_segment(text, at, cut, table, folded)
        is_unstable |= needs_nfc
        added, _ = hash_tokens(folded, length, of_piece, 0, marks)
        if count + added > size:
            grown = 2 * (count + added)
            hashes, starts, ends, folded_at = (
                _grown_hashes(hashes, count, grown), _grown(starts, count, grown), _grown(ends, count, grown),
                _grown(folded_at, count, grown),
            )  # fmt: skip
            size = grown
        if filled + length + 1 > kept.size:
            larger = np.empty(2 * (filled + length + 1), np.uint8)
            copy_first(kept, larger, filled)
            kept = larger
        number = count
        for place in range(1, length + 1):
            if folded[place - 1] == 0 and folded[place] != 0:
                kept[filled] = 0
                folded_at[number] = filled
                number += 1
                filled += 1
            if folded[place] != 0:
                kept[filled] = folded[place]
                filled += 1
        is_break = text[at] < 0x80 and not _is_word(text[at])
        for i in range(added):
            hashes[count + i] = of_piece[i]
            starts[count + i] = at + is_break
            ends[count + i] = cut
        count += added
        at = cut
    return (
        hashes[:count].copy(),
        starts[:count].copy(),
        ends[:count].copy(),
        kept[:filled],
        folded_at[:count].copy(),
        is_unstable,
    )


@called
def _is_word(byte: int) -> bool:
    lower = byte | 0x20
    return 0x61 <= lower <= 0x7A or 0x30 <= byte <= 0x39


@called
def _grown(array: Integers, count: int, size: int) -> Integers:
    larger = np.empty(size, np.int64)
    copy_first(array, larger, count)
    return larger


@called
def _grown_hashes(array: Hashes, count: int, size: int) -> Hashes:
    larger = np.empty(size, np.uint64)
    copy_first(array, larger, count)
    return larger
