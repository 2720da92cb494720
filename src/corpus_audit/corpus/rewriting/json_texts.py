"""Texts within JSON, masked where they stand: keys, numbers, spaces and all other texts keep their form."""

import json
import re

from corpus_audit.corpus.rewriting.changes import Masking, Masks

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<colon>\s*+:)?', re.DOTALL)
_JSON = json.JSONDecoder(strict=False)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def mask_json(written: str, masks: Masks) -> str | None:
    """Return JSON with values masked in its texts, not in its keys; None where one of them was not met in it."""
    masking = Masking(masks)
    masked = mask_texts(written, masking)
    return masked if masking.is_complete else None


def mask_texts(written: str, masking: Masking) -> str:
    """Return JSON, or what stands in it between whole values, with values masked in its texts, not in its keys."""
    return _TEXT.sub(lambda match: _mask(match, masking), written)


def _mask(match: re.Match[str], masking: Masking) -> str:
    if match["colon"] is not None:
        return match[0]
    text = _JSON.decode(match[0])
    masked = masking.apply(text)
    if masked == text:
        return match[0]
    # An escaped half of a surrogate pair has no bytes of its own; one that is not escaped stands for a foreign byte.
    has_halves = _HALF_PAIR.search(masked) is not None and _HALF_PAIR.search(match[0]) is None
    return json.dumps(masked, ensure_ascii=has_halves or match[0].isascii())
