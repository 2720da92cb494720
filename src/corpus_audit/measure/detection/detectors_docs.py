"""The reference page of the detectors, generated from the registry."""

from itertools import groupby

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.detectors import DETECTORS

_KINDS = {
    "personal_information": "Personal information",
    "secret": "Secrets",
    "notice": "Notices",
    "ai_label": "AI labels",
    "opt_out": "Opt-outs",
}


def detectors_reference() -> str:
    """Return a page in Markdown: every entity type by kind, and the words nearby that some of its shapes need."""
    lines = ["# Detectors", "", "Generated from `src/corpus_audit/measure/detection/detectors.py`.", ""]
    for kind, title in _KINDS.items():
        lines += [f"## {title}", "", "| entity type | believed | words nearby that raise the score |", "|---|---|---|"]
        lines += [_row(list(found)) for _, found in groupby(_sorted(kind), key=_entity_type)]
        lines.append("")
    return "\n".join(lines)


def _sorted(kind: str) -> list[Detector]:
    return sorted((d for d in DETECTORS if d.kind.value == kind), key=_entity_type)


def _entity_type(detector: Detector) -> str:
    return detector.entity_type


def _row(detectors: list[Detector]) -> str:
    """Return the row of a type, that of what all its detectors find."""
    common = [proposal.is_common for detector in detectors for proposal in detector.proposals]
    believed = "beside a word" if all(common) else "some shapes beside a word" if any(common) else "by itself"
    named = dict.fromkeys(word.decode() for found in detectors if found.context for word in found.context.words)
    return f"| {_entity_type(detectors[0])} | {believed} | {', '.join(named) or '–'} |"
