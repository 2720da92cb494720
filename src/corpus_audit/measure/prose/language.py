"""The language of a text, by py3langid's model on its beginning."""

import unicodedata

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from corpus_audit.measure.columns import described, spread
from corpus_audit.measure.prose.language_kernel import MOST_BYTES, classify, cut_beginnings
from corpus_audit.measure.prose.language_model import load_model
from corpus_audit.measure.text_windows import Offsets, cut_pieces, utf8_bytes

UNDETERMINED = "und"
"""BCP 47 for a text whose language could not be told: too short, no prose, or no one language."""

LEAST_CONFIDENCE = 0.5
FIRST_BYTES = 256
"""Enough for most texts: more is read where they leave a doubt."""

SURE = 0.95

SCHEMA = described(
    ("language_observed", pa.string(), "Language (ISO 639), or und."),
    ("language_confidence", pa.float64(), "Probability among the languages known."),
)

_Classes = tuple[Offsets, NDArray[np.float32]]


def identify_languages(texts: pa.Array) -> pa.Table:
    """Return the language of each text and how sure that is; null for a text that is null or empty.

    *texts* is a string or large_string array. Of a text its first FIRST_BYTES are read, and MOST_BYTES where those
    leave the answer less than SURE.
    """
    pieces = cut_pieces(texts)
    whole = pieces.low == pieces.start
    position, start, end = pieces.position[whole], pieces.start[whole], pieces.end[whole]
    data = np.frombuffer(utf8_bytes(texts), np.uint8)
    best, probability = _classify_beginnings(data, start, end, FIRST_BYTES)
    doubtful = np.flatnonzero((probability < SURE) & (end - start > FIRST_BYTES))
    best[doubtful], probability[doubtful] = _classify_beginnings(data, start[doubtful], end[doubtful], MOST_BYTES)
    _, classes = load_model()
    names = pa.array([*classes, UNDETERMINED])
    languages = names.take(pa.array(np.where(probability >= LEAST_CONFIDENCE, best, len(classes))))
    confidences = pa.array(probability.astype(np.float64).round(6))
    return spread(pa.table([languages, confidences], schema=SCHEMA), position, len(texts))


def _classify_beginnings(data: NDArray[np.uint8], start: Offsets, end: Offsets, size_bytes: int) -> _Classes:
    """Return the class of each text by its first bytes, and its probability."""
    model, _ = load_model()
    best, probability = np.empty(start.size, np.int64), np.empty(start.size, np.float32)
    cut, is_plain = cut_beginnings(data, start, end, size_bytes)
    plain, other = np.flatnonzero(is_plain), np.flatnonzero(~is_plain)
    prepared = [_prepare(data[start[text] : cut[text]].tobytes()) for text in other.tolist()]
    bounds = np.cumsum([0, *map(len, prepared)])
    joined = np.frombuffer(b"".join(prepared), np.uint8)
    for rows, (buffer, first, last) in (
        (plain, (data, start[plain], cut[plain])),
        (other, (joined, bounds[:-1], bounds[1:])),
    ):
        found, how_probable = np.empty(rows.size, np.int64), np.empty(rows.size, np.float32)
        classify(buffer, first, last, model, found, how_probable)
        best[rows], probability[rows] = found, how_probable
    return best, probability


def _prepare(beginning: bytes) -> bytes:
    """Return a text as py3langid reads it: normalised, and in small letters where it has capitals only."""
    text = beginning.decode(errors="ignore")
    return unicodedata.normalize("NFC", text.lower() if text.isupper() else text).encode()[:MOST_BYTES]
