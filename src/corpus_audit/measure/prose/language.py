"""The language of a text, by py3langid on its first letters."""

from functools import cache
from typing import Any

import pyarrow as pa

from corpus_audit.measure.columns import described
from corpus_audit.measure.text_windows import cut_pieces, utf8_bytes

UNDETERMINED = "und"
"""BCP 47 for a text whose language could not be told: too short, no prose, or no one language."""

LEAST_CONFIDENCE = 0.5
SAMPLE_BYTES = 1024

SCHEMA = described(
    ("language_observed", pa.string(), "Language (ISO 639), or und."),
    ("language_confidence", pa.float64(), "Probability among the languages known."),
)


def identify_languages(texts: pa.Array) -> pa.Table:
    """Return the language of each text and how sure that is; null for a text that is null or empty.

    *texts* is a string or large_string array. Only the first ``SAMPLE_BYTES`` of a text are read, about 0.2 ms each.
    """
    identify = _identifier().classify
    data = utf8_bytes(texts)
    languages: list[str | None] = [None] * len(texts)
    confidences: list[float | None] = [None] * len(texts)
    for piece in cut_pieces(texts):
        if piece.low > piece.start:
            continue
        language, confidence = identify(_first_characters(data[piece.start : piece.end]))
        languages[piece.position] = language if confidence >= LEAST_CONFIDENCE else UNDETERMINED
        confidences[piece.position] = round(float(confidence), 6)
    return pa.table([pa.array(languages, pa.string()), pa.array(confidences, pa.float64())], schema=SCHEMA)


def _first_characters(record: memoryview) -> bytes:
    """Return the first bytes of a record without a character that the cut leaves incomplete."""
    return bytes(record[:SAMPLE_BYTES]).decode(errors="ignore").encode()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
