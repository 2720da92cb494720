"""Texts that hold encoded contents: pictures, files or texts in base64, as data URIs, mail and notebooks carry them.

They are found and counted, not decoded. One byte of 32 is looked at first: prose has a space or a mark soon enough.
"""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MIN_CHARACTERS = 1024
"""A shorter run of letters and digits may be a key, a hash or a name."""

_MIN_LINES = 12
_LINE_LENGTHS = range(60, 129)
_MIN_DISTINCT = 40
"""So many characters of its first 1,024 differ in base64: fewer in hexadecimal digits, genes and words."""

_STRIDE = 32
_MIN_SAMPLES = MIN_CHARACTERS // _STRIDE - 1
_ALPHABET = f"{ascii_letters}{digits}+/-_".encode()
_MAY_BE = np.zeros(256, np.bool_)
_MAY_BE[list(_ALPHABET + b"=\r\n\\")] = True
_LONG_RUN = re.compile(rb"[A-Za-z0-9+/_-]{%d}" % _LINE_LENGTHS.start)
"""Prose without spaces in the sampled places has none."""
_RUN = re.compile(rb"[A-Za-z0-9+/_-]+")


def count_encoded(texts: pa.Array) -> int:
    """Return how many values of an array of large_string hold encoded contents."""
    is_long = pc.fill_null(pc.greater_equal(pc.binary_length(texts), MIN_CHARACTERS), False)
    if not is_long.true_count:
        return 0
    long = texts if is_long.true_count == len(texts) else texts.filter(is_long)
    offsets = np.frombuffer(long.buffers()[1], np.int64)[long.offset : long.offset + len(long) + 1]
    data = memoryview(long.buffers()[2]).cast("B")[offsets[0] : offsets[-1]]
    offsets = offsets - offsets[0]
    found: set[int] = set()
    for start, end in _suspects(np.frombuffer(data, np.uint8)):
        first, last = np.searchsorted(offsets, [start, end - 1], side="right") - 1
        for index in range(first, last + 1):
            if index not in found and _is_encoded(
                bytes(data[max(start, offsets[index]) : min(end, offsets[index + 1])])
            ):
                found.add(index)
    return len(found)


def _suspects(data: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> Iterator[tuple[int, int]]:
    """Yield the stretches whose sampled bytes are all of the alphabet, or between its lines."""
    sampled = _MAY_BE[data[::_STRIDE]].astype(np.int8)
    edges = np.flatnonzero(np.diff(sampled, prepend=0, append=0)).reshape(-1, 2)
    for first, behind in edges[edges[:, 1] - edges[:, 0] >= _MIN_SAMPLES].tolist():
        yield max(0, (first - 1) * _STRIDE), min(len(data), (behind + 1) * _STRIDE)


def _is_encoded(stretch: bytes) -> bool:
    if not _LONG_RUN.search(stretch):
        return False
    runs = (run.group() for run in _RUN.finditer(stretch))
    if any(len(run) >= MIN_CHARACTERS and _is_mixed(run) for run in runs):
        return True
    # In JSON within a text, and in mail, lines are of one length.
    lines = stretch.replace(b"\\n", b"\n").split(b"\n")
    length = same = 0
    for line in (line.rstrip(b"\r") for line in lines):
        is_one = len(line) in _LINE_LENGTHS and _RUN.fullmatch(line) is not None
        same = (same + 1 if len(line) == length else 1) if is_one else 0
        length = len(line)
        if same >= _MIN_LINES and _is_mixed(b"".join(lines)):
            return True
    return False


def _is_mixed(run: bytes) -> bool:
    return len(set(run[:MIN_CHARACTERS])) >= _MIN_DISTINCT
