"""What compiled screens share (detector.Screen): their results, and looking at bytes and words of a text."""

import string

import numpy as np
from numpy.typing import NDArray

from corpus_audit.measure.compiling import inlined

Bytes = NDArray[np.uint8]

ASK = -1
"""In place of a start: the detector decides."""
REJECT = -2
"""In place of a start: the hit is no value."""


def suffix_table(*words: str) -> Bytes:
    """Return ASCII words for ``ends_in_any``: a row each, read backwards and filled up with zeros."""
    table = np.zeros((len(words), max(map(len, words)) + 1), np.uint8)
    for row, word in zip(table, words, strict=True):
        row[: len(word)] = np.frombuffer(word[::-1].encode(), np.uint8)
    return table


def sign_table(signs: bytes) -> NDArray[np.bool_]:
    """Return which of all bytes are among *signs*."""
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(signs, np.uint8)] = True
    return table


DIGITS = sign_table(string.digits.encode())
WORD_SIGNS = sign_table((string.ascii_letters + string.digits + "_").encode())
SPACES = sign_table(b" \t\n\r\f\v")


@inlined
def lower_sign(sign: int) -> int:
    """Return a byte with capitals of ASCII made small."""
    return sign + 32 if 65 <= sign <= 90 else sign


@inlined
def ends_in_any(signs: Bytes, low: int, end: int, words: Bytes) -> bool:
    """True if the text from *low* to *end*, in lower case, ends in one of the words of a suffix table."""
    for row in range(words.shape[0]):
        size = 0
        while words[row, size] != 0 and end - size > low and lower_sign(signs[end - 1 - size]) == words[row, size]:
            size += 1
        if words[row, size] == 0:
            return True
    return False
