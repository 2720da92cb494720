"""Write the character table of tokenizer ``unicode-2`` from this Python's ``unicodedata``.

The table is stored rather than made at run time because Python versions ship different Unicode versions: with a
stored table the same text has the same tokens, and so the same signature, on all of them.

    python scripts/make_tokenizer_table.py src/corpus_audit/measure/fingerprints/unicode-2.npz
"""

import argparse
import itertools
import sys
import unicodedata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.fingerprints.characters import (
    BLOCK,
    BREAK,
    CLASS_MASK,
    COMBINES,
    EXPANDS,
    MARK,
    SINGLE,
    SKIP,
    UNSTABLE,
    WORD,
)

CODE_POINTS = 0x110000

# Scripts written without spaces between words: a run of their letters is a sentence, so each character is a token.
UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul jamo
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # ideographic iteration mark and zero
    (0x3021, 0x302F),  # Hangzhou numerals, ideographic and Hangul tone marks
    (0x3031, 0x30FF),  # kana
    (0x3105, 0x31FF),  # bopomofo, Hangul compatibility jamo, kanbun, kana extensions
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xA960, 0xA97F),  # Hangul jamo extended A
    (0xA9E0, 0xA9FF),  # Myanmar extended B
    (0xAA60, 0xAA7F),  # Myanmar extended A
    (0xAC00, 0xD7FF),  # Hangul syllables and jamo extended B
    (0xF900, 0xFAFF),  # Han compatibility
    (0xFF66, 0xFFDC),  # halfwidth kana and Hangul
    (0x16FE0, 0x18DFF),  # Tangut, Khitan, ideographic marks
    (0x1AFF0, 0x1B2FF),  # kana supplements, Nushu
    (0x20000, 0x3FFFF),  # Han supplementary planes
)
ZERO_WIDTH_SPACE = 0x200B  # invisible, but it separates words
VOWEL_POINTS = (
    (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7),  # Hebrew
    (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x0652), (0x0656, 0x065E), (0x0670, 0x0670),  # Arabic, tatweel
    (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x0898, 0x089F),
    (0x08CA, 0x08E1), (0x08E3, 0x08FF), (0xFB1E, 0xFB1E),
)  # fmt: skip
"""Marks that are written or left out as one likes; hamza and madda make other letters, and stay."""
VARIATION_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def main() -> int:
    """Write the table to the path given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    np.savez_compressed(parser.parse_args().output, **make_table())  # type: ignore[arg-type]
    return 0


def make_table() -> dict[str, NDArray[np.generic]]:
    """Return the stored arrays: two-stage tables of classes and folds, expansions, and the Unicode version."""
    classes = np.zeros(CODE_POINTS, np.uint8)
    folds = np.zeros(CODE_POINTS, np.int32)
    expansions: list[tuple[int, ...]] = []
    unstable = _compose_with_the_one_before()
    for code in itertools.chain(range(0xD800), range(0xE000, CODE_POINTS)):
        character = chr(code)
        folded = character.casefold()
        classes[code] = _class(ord(folded[0]))
        if len(folded) > 1:
            classes[code] = EXPANDS
            folds[code] = len(expansions)
            expansions.append(tuple(ord(part) for part in folded))
        else:
            folds[code] = ord(folded) - code
        if classes[code] & CLASS_MASK == SINGLE and folded != character:
            message = f"U+{code:04X} stands for itself and has case: the kernel takes that as impossible."
            raise SystemExit(message)
        classes[code] |= UNSTABLE if code in unstable or not unicodedata.is_normalized("NFC", character) else 0
        classes[code] |= COMBINES if unicodedata.combining(character) else 0
    both, index = np.unique(
        np.concatenate([classes.reshape(-1, BLOCK).view(np.uint8), folds.reshape(-1, BLOCK).view(np.uint8)], axis=1),
        axis=0,
        return_inverse=True,
    )
    padded = np.zeros((len(expansions), 3), np.int32)
    for row, parts in enumerate(expansions):
        padded[row, : len(parts)] = parts
    return {
        "blocks": index.astype(np.uint16).ravel(),
        "classes": both[:, :BLOCK].ravel(),
        "folds": np.ascontiguousarray(both[:, BLOCK:]).view(np.int32).ravel(),
        "expansions": padded,
        "unicode_version": np.array(unicodedata.unidata_version),
    }


def _class(code: int) -> int:
    category = unicodedata.category(chr(code))
    if (category == "Cf" and code != ZERO_WIDTH_SPACE) or any(code in selectors for selectors in VARIATION_SELECTORS):
        return SKIP
    if any(first <= code <= last for first, last in VOWEL_POINTS):
        return SKIP
    if any(first <= code <= last for first, last in UNSPACED) and category[0] in "LMN":
        return SINGLE
    if category[0] in "LN":
        return WORD
    return MARK if category[0] == "M" else BREAK


def _compose_with_the_one_before() -> set[int]:
    """Return the characters that NFC may join to the one before: second halves, and Hangul vowels and finals."""
    seconds = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    for code in range(CODE_POINTS):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(int(parts[1], 16))
    return seconds


if __name__ == "__main__":
    sys.exit(main())
