"""What ``fingerprint_texts`` and ``collect_shingles`` find, as it is defined: for little text and for tests.

The tokens and their hashes are the tokenizer version's (``shingles.py``), the signatures those of ``minhash.py``. No
text is longer than one segment of the kernel: where that cuts longer ones is no part of the definition.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.fingerprints.characters import (
    BLOCK,
    BLOCK_BITS,
    BREAK,
    CLASS_MASK,
    COMBINES,
    EXPANDS,
    MARK,
    SINGLE,
    SKIP,
    UNSTABLE,
    CharacterTable,
)
from corpus_audit.measure.fingerprints.hash_filter import HashFilter
from corpus_audit.measure.fingerprints.kernel import FingerprintConfig, Flags, Integers, TextBatch, TextMeasures
from corpus_audit.measure.fingerprints.minhash import Minima, Permutations
from corpus_audit.measure.fingerprints.passage_samples import CHARACTER, WORD
from corpus_audit.measure.fingerprints.shingles import Hashes

_MASK_64 = (1 << 64) - 1
_TOKEN_1, _TOKEN_2 = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_ORDER = np.uint64(0xC2B2AE3D27D4EB4F)
_SHINGLE_1, _SHINGLE_2 = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_MIX_1, _MIX_2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_LAST_OF_TWO_BYTES = "\u07ff"
"""Characters of one byte or two are of scripts with spaces."""
_SPACE, _MARK_SIGN = " ", "\x01"
"""What is written between tokens and in front of marks: no character of a token."""
_LONE_MARKS = re.compile(f"(?<![^{_SPACE}])(?:{_MARK_SIGN}.)+", re.DOTALL)
_TOKENS_KEPT = 1 << 16
_NO_HASHES = np.empty(0, np.uint64)


def fingerprint_plainly(texts: TextBatch, recipe: FingerprintConfig, measures: TextMeasures) -> tuple[Integers, Hashes]:
    """Write and return what ``fingerprint_texts`` does."""
    folded, chosen = FoldedCharacters(recipe.table), [_NO_HASHES] * measures.tokens.size
    for row, text in _texts_of(texts, recipe):
        if not recipe.is_normalised and folded.may_change(text):
            measures.needs_nfc[row] = True
            continue
        tokens = folded.tokens_of(text)
        shingles = hash_shingles(tokens, recipe.shingle_size)
        distinct = np.unique(shingles)
        measures.tokens[row] = len(tokens)
        measures.shingles[row] = distinct.size
        measures.watched[row] = _count_watched(distinct, recipe.watch)
        _lower_minima(measures.signatures[row], distinct, recipe.permutations)
        if recipe.window:
            chosen[row] = _choose(shingles, tokens, recipe.window)
    return _join(chosen)


def collect_plainly(texts: TextBatch, recipe: FingerprintConfig, needs_nfc: Flags) -> tuple[Integers, Hashes]:
    """Write and return what ``collect_shingles`` does."""
    folded, found = FoldedCharacters(recipe.table), [_NO_HASHES] * needs_nfc.size
    for row, text in _texts_of(texts, recipe):
        if not recipe.is_normalised and folded.may_change(text):
            needs_nfc[row] = True
        else:
            found[row] = np.unique(hash_shingles(folded.tokens_of(text), recipe.shingle_size))
    return _join(found)


def count_plainly(texts: TextBatch, characters: Integers) -> None:
    """Write what ``count_all_characters`` does."""
    for row, (start, end) in enumerate(_bounds_of(texts)):
        characters[row] = np.count_nonzero((texts.bytes[start:end] & 0xC0) != 0x80)


class FoldedCharacters(dict[int, str]):
    """What is written for each character of a text, case-folded: tokens are what spaces set apart then.

    Behind a _MARK_SIGN is what belongs to the token before it, and is nothing where there is none.
    """

    def __init__(self, table: CharacterTable) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, code: int) -> str:
        """Look a character up."""
        place = _positions(np.array([code], np.uint32), self._table)[0]
        kind, fold = self._table.classes[place] & CLASS_MASK, self._table.folds[place]
        if kind == EXPANDS:
            self[code] = "".join(self[several] for several in self._table.expansions[fold].tolist() if several)
        else:
            self[code] = _written(chr(code + fold), kind)
        return self[code]

    def tokens_of(self, text: str) -> list[str]:
        """Return the tokens of a text."""
        folded = text.translate(self)
        if _MARK_SIGN in folded:
            folded = _LONE_MARKS.sub("", folded).replace(_MARK_SIGN, "")
        return [token for token in folded.split(_SPACE) if token]

    def may_change(self, text: str) -> bool:
        """Return whether NFC might change a text."""
        codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
        entries = self._table.classes[_positions(codes, self._table)]
        combines = (entries & COMBINES) != 0
        return bool((entries & UNSTABLE).any() or (combines[1:] & combines[:-1]).any())


def _written(character: str, kind: int) -> str:
    if kind == SINGLE:
        return _SPACE + character + _SPACE
    return {BREAK: _SPACE, SKIP: "", MARK: _MARK_SIGN + character}.get(kind, character)


def hash_shingles(tokens: Sequence[str], size: int) -> Hashes:
    """Return the hash of every *size* neighbouring tokens, in their order; fewer tokens make one shingle, none none."""
    hashes = np.array(list(map(_hash_token, tokens)), np.uint64)
    width = min(size, len(tokens))
    count = len(tokens) - width + 1 if tokens else 0
    values = np.zeros(count, np.uint64)
    for place in range(width):
        values = values * _ORDER + hashes[place : place + count]
    values ^= values >> np.uint64(33)
    values *= _SHINGLE_1
    values ^= values >> np.uint64(33)
    values *= _SHINGLE_2
    values ^= values >> np.uint64(33)
    values[values == 0] = 1
    return values


def _bounds_of(texts: TextBatch) -> Iterator[tuple[int, int]]:
    """Yield where each text begins and ends; a null is an empty text."""
    for row, bounds in enumerate(pairwise(texts.offsets.tolist())):
        yield (0, 0) if texts.is_valid.size and not texts.is_valid[row] else bounds


def _texts_of(texts: TextBatch, recipe: FingerprintConfig) -> Iterator[tuple[int, str]]:
    """Yield each text that is not too long with its number; what is not UTF-8 becomes U+FFFD, which ends a token."""
    for row, (start, end) in enumerate(_bounds_of(texts)):
        if end - start <= recipe.longest:
            yield row, texts.bytes[start:end].tobytes().decode("utf-8", "replace")


def _join(found: Sequence[Hashes]) -> tuple[Integers, Hashes]:
    """Return where each text's hashes begin, with the end of the last, and all hashes."""
    return np.cumsum([0, *map(len, found)]), np.concatenate([_NO_HASHES, *found])


def _positions(codes: NDArray[np.uint32], table: CharacterTable) -> Integers:
    """Return where in the table characters are."""
    positions: Integers = table.blocks[codes >> BLOCK_BITS].astype(np.int64) * BLOCK + (codes & (BLOCK - 1))
    return positions


@lru_cache(maxsize=_TOKENS_KEPT)
def _hash_token(token: str) -> int:
    """Return a token's 64-bit hash, from its UTF-8 eight bytes at a time."""
    content, value = token.encode(), 0
    for at in range(0, len(content), 8):
        value = ((value << 23) | (value >> 41)) & _MASK_64
        value ^= int.from_bytes(content[at : at + 8], "little")
        value = value * _TOKEN_1 & _MASK_64
        value ^= value >> 32
        value = value * _TOKEN_2 & _MASK_64
        value ^= value >> 29
    return value


def _count_watched(hashes: Hashes, watch: HashFilter) -> int:
    return sum(_is_watched(value, watch.slots) for value in hashes.tolist()) if watch.bits.size else 0


def _is_watched(value: int, slots: Hashes) -> bool:
    """Return whether a table holds a hash, which lies at the slot of its first bits or not far behind it."""
    slot = value * slots.size >> 64
    while slots[slot] not in (0, value):
        slot = (slot + 1) % slots.size
    return bool(slots[slot])


def _lower_minima(minima: Minima, hashes: Hashes, permutations: Permutations) -> None:
    """Lower each permutation's minimum to its smallest value over the low 32 bits of the hashes, once mixed."""
    mixed = hashes.astype(np.uint32)
    mixed ^= mixed >> np.uint32(16)
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint32(13)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint32(16)
    for k, (a, b) in enumerate(zip(permutations.a, permutations.b, strict=True)):
        minima[k] = min(minima[k], (a * mixed + b).min(initial=minima[k]))


def _choose(shingles: Hashes, tokens: Sequence[str], window: int) -> Hashes:
    """Return the shingles that a text chooses (``passage_samples.py``), by what the last token of each adds."""
    chosen, left = [], 1
    for shingle, last in zip(shingles, tokens[len(tokens) - shingles.size :], strict=True):
        left -= CHARACTER if _is_character(last) else WORD
        if left <= 0:
            chosen.append(shingle)
            left = WORD * window
    return np.array(chosen, np.uint64)


def _is_character(token: str) -> bool:
    """Return whether a token is one character of a script without spaces, as far as its place in Unicode tells."""
    return len(token) == 1 and token > _LAST_OF_TWO_BYTES
