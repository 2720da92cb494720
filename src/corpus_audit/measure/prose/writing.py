"""Properties of a text's writing: scripts, damage from wrong decoding, and entropy."""

from enum import IntEnum
from math import log2

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.measure.columns import described, spread
from corpus_audit.measure.compiling import compiled, inlined
from corpus_audit.measure.text_windows import Offsets, cut_pieces, utf8_bytes
from corpus_audit.measure.vectors import WINDOW, load_word, trailing_zeros, window_between

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]

MIXED = "mixed"
"""The script of a text of whose letters no script has half."""


class Script(IntEnum):
    """Distinguished writing systems, in the order of their counters."""

    LATIN = 0
    HAN = 1
    KANA = 2
    HANGUL = 3
    CYRILLIC = 4
    GREEK = 5
    ARABIC = 6
    HEBREW = 7
    DEVANAGARI = 8
    THAI = 9
    OTHER = 10


SPACELESS = frozenset((Script.HAN.name.lower(), Script.KANA.name.lower(), Script.THAI.name.lower()))
"""Scripts whose words are not set apart by spaces: counts of words mean nothing there."""

SCHEMA = described(
    ("script", pa.string(), "Script of at least half the letters, or mixed; null without letters."),
    ("letters", pa.int64(), "Number of letters."),
    ("replacement_characters", pa.int64(), "U+FFFD: bytes that were lost when the text was decoded."),
    ("mojibake", pa.int64(), "Places that look like UTF-8 read in another encoding."),
    ("control_characters", pa.int64(), "Control characters other than tab and line ends."),
    ("entropy_bits", pa.float64(), "Shannon entropy in bits a byte."),
)

_SCRIPTS = len(Script)
_LATIN, _HAN, _OTHER = int(Script.LATIN), int(Script.HAN), int(Script.OTHER)
_REPLACEMENTS, _MOJIBAKE, _CONTROLS = _SCRIPTS, _SCRIPTS + 1, _SCRIPTS + 2
_COUNTERS = _SCRIPTS + 3
_HISTOGRAMS = 4
_FIRST_HAN, _LAST_HAN = 0xE5, 0xE9
"""First bytes that only Han has (U+5000 to U+9FFF): it is counted by them."""

_other_first_window = window_between((0xC0, _FIRST_HAN - 1), (_LAST_HAN + 1, 0xFF))

_COUNT_LOGS = np.array([count * log2(count or 1) for count in range(4096)])
"""Each count times its logarithm, which takes longer to compute than to look up."""

# First code points of ranges of letters, sorted, and the script of each (-1: no letters).
_RANGES = (
    (0x0000, -1), (0x0041, 0), (0x005B, -1), (0x0061, 0), (0x007B, -1), (0x00AA, 0), (0x00AB, -1), (0x00B5, 0),
    (0x00B6, -1), (0x00BA, 0), (0x00BB, -1), (0x00C0, 0), (0x00D7, -1), (0x00D8, 0), (0x00F7, -1), (0x00F8, 0),
    (0x02B9, -1), (0x0370, 5), (0x0400, 4), (0x0530, 10), (0x0590, 7), (0x0600, 6), (0x0700, 10), (0x0750, 6),
    (0x0780, 10), (0x08A0, 6), (0x0900, 8), (0x0980, 10), (0x0E00, 9), (0x0E80, 10), (0x1100, 3), (0x1200, 10),
    (0x1E00, 0), (0x1F00, 5), (0x2000, -1), (0x2C00, 10), (0x2E00, -1), (0x2E80, 1), (0x2FE0, -1), (0x3005, 1),
    (0x3008, -1), (0x3041, 2), (0x3100, 10), (0x3130, 3), (0x3190, -1), (0x31F0, 2), (0x3200, -1), (0x3400, 1),
    (0x4DC0, -1), (0x4E00, 1), (0xA000, 10), (0xAC00, 3), (0xD7B0, -1), (0xF900, 1), (0xFB00, 0), (0xFB1D, 7),
    (0xFB50, 6), (0xFE00, -1), (0xFE70, 6), (0xFEFF, -1), (0xFF21, 0), (0xFF3B, -1), (0xFF41, 0), (0xFF5B, -1),
    (0xFF66, 2), (0xFFA0, 3), (0xFFE0, -1),
)  # fmt: skip
_FIRSTS = np.array([first for first, _ in _RANGES], np.int64)
_KINDS = np.array([kind for _, kind in _RANGES], np.int64)
_KIND_OF_SMALL = _KINDS[np.searchsorted(_FIRSTS, np.arange(0x10000), side="right") - 1].astype(np.int8)


def describe_writing(texts: pa.Array) -> pa.Table:
    """Return how each text is written, in the columns of SCHEMA; null for a text that is null or empty."""
    pieces = cut_pieces(texts)
    whole = pieces.low == pieces.start
    position, start, end = pieces.position[whole], pieces.start[whole], pieces.end[whole]
    data = utf8_bytes(texts)
    counts = np.zeros((position.size, _COUNTERS), np.int64)
    entropy = np.zeros(position.size)
    _count(np.frombuffer(data, np.uint8), start, end, _KIND_OF_SMALL, counts, entropy)
    letters = counts[:, :_SCRIPTS].sum(axis=1)
    columns = {
        "script": _scripts(counts[:, :_SCRIPTS], letters),
        "letters": pa.array(letters),
        "replacement_characters": pa.array(counts[:, _REPLACEMENTS]),
        "mojibake": pa.array(counts[:, _MOJIBAKE]),
        "control_characters": pa.array(counts[:, _CONTROLS]),
        "entropy_bits": pa.array(entropy.round(6)),
    }
    return spread(pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA), position, len(texts))


def _scripts(counts: NDArray[np.int64], letters: NDArray[np.int64]) -> pa.Array:
    names = pa.array([*(script.name.lower() for script in Script), MIXED])
    most = np.where(2 * counts.max(axis=1, initial=0) >= letters, counts.argmax(axis=1), _SCRIPTS)
    return names.take(pa.array(most, mask=letters == 0))


@compiled
def _count(
    data: Bytes, starts: Offsets, ends: Offsets, kinds: NDArray[np.int8], counts: Counts, entropy: NDArray[np.float64]
) -> None:
    histograms = np.empty((_HISTOGRAMS, 256), np.int64)
    for record in range(starts.size):
        start, end, row = starts[record], ends[record], counts[record]
        histogram = _count_bytes(data, start, end, histograms)
        beyond = _count_ascii(histogram, row)
        if beyond:
            _count_beyond_ascii(data, start, end, kinds, row)
        entropy[record] = _entropy(histogram, end - start)


@inlined
def _count_bytes(data: Bytes, start: int, end: int, histograms: Counts) -> Counts:
    """Return how often each byte is there; neighbours are counted apart, or the same byte twice would have to wait."""
    histograms[:] = 0
    place = start
    while place + 8 <= end:
        word = load_word(data, place)
        for offset in range(8):
            histograms[offset % _HISTOGRAMS, word & np.uint64(0xFF)] += 1
            word >>= np.uint64(8)
        place += 8
    while place < end:
        histograms[0, data[place]] += 1
        place += 1
    histogram: Counts = histograms[0]
    for offset in range(1, _HISTOGRAMS):
        histogram += histograms[offset]
    return histogram


@inlined
def _count_ascii(histogram: Counts, row: Counts) -> int:
    """Count letters and control characters of ASCII, and most of Han; return how many bytes are none of ASCII."""
    row[_LATIN] += histogram[65:91].sum() + histogram[97:123].sum()
    row[_CONTROLS] += histogram[:32].sum() - histogram[9] - histogram[10] - histogram[13] + histogram[0x7F]
    row[_HAN] += histogram[_FIRST_HAN : _LAST_HAN + 1].sum()
    return int(histogram[0x80:].sum())


@inlined
def _count_beyond_ascii(data: Bytes, start: int, end: int, kinds: NDArray[np.int8], row: Counts) -> None:
    place, before = start, np.int64(0)
    while place < end:
        if data[place] < 0xC0 or _FIRST_HAN <= data[place] <= _LAST_HAN:
            room = data.size - place
            place += min(trailing_zeros(_other_first_window(data, place)), WINDOW) if room >= WINDOW else 1
            before = np.int64(0)
            continue
        code, size = _read_character(data, place, end)
        _count_character(code, before, kinds, row)
        place, before = place + size, code


@inlined
def _read_character(data: Bytes, place: int, end: int) -> tuple[np.int64, int]:
    """Return the code point at *place*, which is none of ASCII, and how many bytes it takes."""
    first = data[place]
    size = 1 + int(first >= 0xC0) + int(first >= 0xE0) + int(first >= 0xF0)
    code = np.int64(first) & (0xFF >> (size + int(size > 1)))
    size = min(size, end - place)
    for offset in range(1, size):
        code = code << 6 | np.int64(data[place + offset]) & 0x3F
    return code, size


@inlined
def _count_character(code: np.int64, before: np.int64, kinds: NDArray[np.int8], row: NDArray[np.int64]) -> None:
    kind = _script_of(code, kinds)
    if kind >= 0:
        row[kind] += 1
    row[_REPLACEMENTS] += code == 0xFFFD
    row[_CONTROLS] += (code >= 0x80) & (code < 0xA0)
    # The first byte of two or three, read as Latin-1 or Windows-1252, is one of these letters before a sign that no
    # word goes on with.
    of_two = (before >= 0xC2) & (before <= 0xC3) & (code >= 0x80) & (code < 0xC0)
    row[_MOJIBAKE] += of_two | ((before == 0xE2) & (code == 0x20AC))


@inlined
def _script_of(code: np.int64, kinds: NDArray[np.int8]) -> int:
    if code < 0x10000:
        return int(kinds[code])
    if 0x20000 <= code < 0xE0000:
        return _HAN
    return _OTHER if code < 0x1F000 else -1


@inlined
def _entropy(histogram: NDArray[np.int64], size_bytes: int) -> float:
    total = 0.0
    for value in range(256):
        count = histogram[value]
        total += _COUNT_LOGS[count] if count < _COUNT_LOGS.size else count * np.log2(count)
    return float(np.log2(size_bytes) - total / size_bytes)
