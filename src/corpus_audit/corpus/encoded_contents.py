"""Texts that hold encoded contents: pictures, files or texts in base64, as data URIs, mail and notebooks carry them.

They are found and counted, not decoded. One byte of 32 is looked at first: prose has a space or a mark soon enough.
"""

import re
from string import ascii_letters, digits

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

MIN_CHARACTERS = 1024
"""A shorter run of letters and digits may be a key, a hash or a name."""

_MIN_LINES = 12
_LINE_LENGTHS = range(60, 129)
_MIN_DISTINCT = 40
"""So many characters of its first 1,024 differ in base64: fewer in hexadecimal digits, genes and words."""

_STRIDE = 32
_MIN_SAMPLES = MIN_CHARACTERS // _STRIDE - 1
_ALPHABET = f"{ascii_letters}{digits}+/-_".encode()
_MAY_BE = bytes(byte in _ALPHABET + b"=\r\n\\" for byte in range(256))
"""For bytes.translate: 1 for a byte of the alphabet or between its lines, 0 for any other."""
_RUN_OF_SAMPLES = b"\1" * _MIN_SAMPLES
_LONG_RUN = re.compile(rb"[A-Za-z0-9+/_-]{%d}" % _LINE_LENGTHS.start)
"""Prose without spaces in the sampled places has none."""
_RUN = re.compile(rb"[A-Za-z0-9+/_-]+")


def count_encoded(texts: pa.Array) -> int:
    """Return how many values of an array of large_string hold encoded contents."""
    if not len(texts):
        return 0
    offsets = np.frombuffer(texts.buffers()[1], np.int64, len(texts) + 1, texts.offset * 8)
    is_long = np.diff(offsets) >= MIN_CHARACTERS
    if not is_long.any():
        return 0
    data = memoryview(texts.buffers()[2]).cast("B")[offsets[0] : offsets[-1]]
    offsets = offsets - offsets[0]
    suspects = _suspects(np.frombuffer(data, np.uint8))
    bounds = (np.searchsorted(offsets, suspects - [0, 1], side="right") - 1).tolist()
    found: set[int] = set()
    for (start, end), (first, last) in zip(suspects.tolist(), bounds, strict=True):
        for index in filter(is_long.__getitem__, range(first, last + 1)):
            low, high = max(start, int(offsets[index])), min(end, int(offsets[index + 1]))
            if index not in found and _is_encoded(bytes(data[low:high])):
                found.add(index)
    return len(found)


def is_encoded(text: bytes) -> bool:
    """Return whether a text holds encoded contents."""
    if len(text) < MIN_CHARACTERS:
        return False
    return any(_is_encoded(text[start:end]) for start, end in _suspects(np.frombuffer(text, np.uint8)).tolist())


def _suspects(data: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where the stretches begin and end whose sampled bytes are all of the alphabet, or between its lines."""
    looked_at = data[::_STRIDE].tobytes().translate(_MAY_BE)
    if _RUN_OF_SAMPLES not in looked_at:  # as in nearly all texts
        return np.zeros((0, 2), np.int64)
    sampled = np.frombuffer(looked_at, np.uint8)
    others = np.concatenate([[-1], np.flatnonzero(sampled == 0), [sampled.size]])
    long = np.flatnonzero(np.diff(others) > _MIN_SAMPLES)
    first, behind = others[long] + 1, others[long + 1]
    bounds: NDArray[np.int64] = np.stack([first - 1, behind + 1], axis=1) * _STRIDE
    return bounds.clip(0, data.size)


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
