"""Character classes of the tokenizer: the table behind ``unicode-2``, and its words.

The table is two-stage: ``blocks[code >> BLOCK_BITS]`` picks a block, the low bits pick the character in it.
``scripts/make_tokenizer_table.py`` writes it.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK_BITS = 7
BLOCK = 1 << BLOCK_BITS

BREAK = 0
"""Ends a token and is in none: punctuation, spaces, symbols, controls, unassigned."""
WORD = 1
"""Part of a run that makes one token: letters and numbers of scripts that put spaces between words."""
SINGLE = 2
"""A token of its own: Han, kana, Hangul, Thai, Lao, Khmer, Myanmar and their like."""
MARK = 3
"""Belongs to the token before it; without one it is nothing."""
SKIP = 4
"""Is not there at all: soft hyphens, joiners, direction marks, variation selectors, Arabic and Hebrew vowel points."""
EXPANDS = 5
"""Case folding makes several characters of it; each is then classed by itself."""

CLASS_MASK = 7
UNSTABLE = 8
"""NFC changes this character, or may join it to the one before."""
COMBINES = 16
"""Has a combining class, so that NFC may reorder two of its kind."""


class CharacterTable(NamedTuple):
    """The table's arrays, read-only, in the form the kernel takes."""

    blocks: NDArray[np.uint16]
    classes: NDArray[np.uint8]
    folds: NDArray[np.int32]
    expansions: NDArray[np.int32]


@cache
def load_character_table(tokenizer: str) -> CharacterTable:
    """Return the table of a tokenizer version; raises FileNotFoundError when there is none of that name."""
    path = resources.files(__package__) / f"{tokenizer}.npz"
    with path.open("rb") as stream, np.load(stream) as stored:
        table = CharacterTable(*(stored[name] for name in CharacterTable._fields))
    for array in table:
        array.setflags(write=False)
    return table
