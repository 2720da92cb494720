"""Similarity of the verified copies."""

from collections import Counter

from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Segment, ShapeTone
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _n

_PAIRS = _n("{count} pair", "{count} pairs")
_TONES = {"near": ShapeTone.PLAIN, "exact": ShapeTone.MUTED}


def similarity_figure(report: Report, words: Translator, _anchors: Anchors) -> BarChart:
    """Return the verified pairs by similarity range, the most similar first; exact copies are separate."""
    counts: Counter[tuple[str, int]] = Counter()
    for row in report.similarity:
        counts[row.kind, row.hundredths] += row.pairs
    near = sorted(hundredths for kind, hundredths in counts if kind == "near")
    bars = [_bar(words("exact copies"), "exact", counts["exact", 98], words)] if ("exact", 98) in counts else []
    if near:
        for hundredths in range(near[-1], near[0] - 1, -2):
            label = words("{start} to {end}").format(
                start=f"{hundredths / 100:.2f}", end=f"{hundredths / 100 + 0.02:.2f}"
            )
            bars.append(_bar(label, "near", counts["near", hundredths], words))
    return BarChart(
        Caption(
            key="similarity",
            title=words("How alike the copies are"),
            description=words("Pairs of records by their exact Jaccard similarity, each compared on its two texts."),
            headings=(words("Similarity"), words("Pairs of records")),
        ),
        bars=tuple(bars),
    )


def _bar(label: str, kind: str, pairs: int, words: Translator) -> Bar:
    value = words.count(*_PAIRS, pairs).format(count=format_number(pairs))
    return Bar((label,), value, (Segment(0, pairs, _TONES[kind]),), "evidence-similarity")
