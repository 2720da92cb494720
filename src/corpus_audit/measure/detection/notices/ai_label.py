"""Labels of generated text: the implicit label of GB 45438-2025, explicit ones, and a model speaking of itself."""

import re

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.notices.statements import statement, worded
from corpus_audit.vocabulary import SpanKind

_AIGC = r"(?:\bAIGC:[ \t]{0,4}(?:\r?\n[ \t]{1,8}|\{)|[\"']AIGC[\"'][ \t]{0,4}:[ \t]{0,4}\{)"
_AIGC_WHOLE = (
    _AIGC + r"[^{}]{0,400}?\b(?:Label|ContentProducer|ProduceID)\b[\"']?[ \t]{0,4}:[ \t]{0,4}[\"']?"
    r"(?P<label>[^\s\"',}]{0,8})"
)
_STATES = {"1": "generated", "2": "possibly generated", "3": "suspected generated"}


def _state(match: re.Match[bytes]) -> str:
    return f"AIGC {_STATES.get(match['label'].decode(errors='replace'), 'label that does not conform')}"


_MAKER = r"(?:an )?(?:AI|artificial intelligence|ChatGPT|GPT-4)"
_STATEMENT = (
    "(?i:"
    + worded(f"(?:generated|written|created|produced) (?:by|with|using) {_MAKER}")
    + r"\b|\bAI[- ]generated\b)|(?:人工智能|AI)(?:辅助)?(?:生成|合成)"
)
_SELF = (
    "(?i:"
    + worded(r"\bas an? (?:AI|artificial intelligence)(?: language)?(?: model| assistant)|")
    + worded("I(?: am|'m) an? (?:AI|large) language model")
    + r")|作为一(?:个)?(?:人工智能|AI|大(?:型)?语言模型)"
)

IMPLICIT_LABEL: Detector = statement("AIGC_LABEL", SpanKind.AI_LABEL, _AIGC, extent=_AIGC_WHOLE, name=_state)
EXPLICIT_LABEL: Detector = statement("AI_GENERATED_STATEMENT", SpanKind.AI_LABEL, _STATEMENT)
SELF_REFERENCE: Detector = statement("AI_SELF_REFERENCE", SpanKind.AI_LABEL, _SELF)
