"""The reference page of the detectors, generated from the registry."""

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
        lines += dict.fromkeys(_row(detector) for detector in _sorted(kind))
        lines.append("")
    return "\n".join(lines)


def _sorted(kind: str) -> list[Detector]:
    return sorted((d for d in DETECTORS if d.kind.value == kind), key=lambda detector: detector.entity_type)


def _row(detector: Detector) -> str:
    common = [proposal.is_common for proposal in detector.proposals]
    believed = "beside a word" if all(common) else "some shapes beside a word" if any(common) else "by itself"
    words = ", ".join(word.decode() for word in detector.context.words) if detector.context else "–"
    return f"| {detector.entity_type} | {believed} | {words} |"
