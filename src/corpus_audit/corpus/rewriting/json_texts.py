"""Texts within JSON, masked where they stand: keys, numbers, spaces and all other texts keep their form."""

import json
import re

from corpus_audit.corpus.rewriting.changes import Masking, Masks

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<colon>\s*+:)?', re.DOTALL)
_JSON = json.JSONDecoder(strict=False)


def mask_json(written: str, masks: Masks) -> str | None:
    """Return JSON with values masked in its texts, not in its keys; None where one of them was not met in it."""
    masking = Masking(masks)
    masked = _TEXT.sub(lambda match: _mask(match, masking), written)
    return masked if masking.is_complete else None


def _mask(match: re.Match[str], masking: Masking) -> str:
    if match["colon"] is not None:
        return match[0]
    text = _JSON.decode(match[0])
    masked = masking.apply(text)
    return match[0] if masked == text else json.dumps(masked, ensure_ascii=match[0].isascii())
