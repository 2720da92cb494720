"""Waterfall: from all records to those without a known obstacle."""

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Segment, ShapeTone
from corpus_audit.report.formatting import format_number, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.translator import Translator
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import FunnelStep

_TONES = {
    FunnelStep.EXACT_DUPLICATE: ShapeTone.MUTED,
    FunnelStep.NEAR_DUPLICATE: ShapeTone.MUTED,
    FunnelStep.LICENSE_FORBIDS: ShapeTone.BAD,
    FunnelStep.OPTED_OUT: ShapeTone.BAD,
    FunnelStep.LICENSE_OPEN: ShapeTone.OPEN,
    FunnelStep.CONSENT_OPEN: ShapeTone.OPEN,
}
_LEGEND = (
    (ShapeTone.MUTED, _("copies")),
    (ShapeTone.BAD, _("evidence against an intended use")),
    (ShapeTone.OPEN, _("evidence missing")),
)


def records_figure(report: Report, words: Translator, _anchors: Anchors) -> BarChart:
    """Return the waterfall of records."""
    counts = {count.step: count.records for count in report.exclusion_funnel}
    total = sum(counts.values())
    bars = [_bar(words(_("All records")), 0, total, total, ShapeTone.PLAIN, "all", words)]
    left = total
    for step, tone in _TONES.items():
        taken = counts.get(step, 0)
        bars.append(_bar(words(wording.EXCLUSION_FUNNEL[step]), left - taken, left, total, tone, step, words))
        left -= taken
    last = words(wording.EXCLUSION_FUNNEL[FunnelStep.LEFT])
    bars.append(_bar(last, 0, left, total, ShapeTone.PLAIN, FunnelStep.LEFT, words))
    return BarChart(
        Caption(
            key="records",
            title=words("From all records to those that nothing found stands in the way of"),
            description=words(
                "Each record counts once, on the first step that takes it out. What is left is not shown to be free "
                "of anything that was not looked for."
            ),
            headings=(words("Step"), words("Number and share of all")),
        ),
        bars=tuple(bars) if total else (),
        legend=tuple((tone, words(meaning)) for tone, meaning in _LEGEND),
    )


def _bar(label: str, start: int, end: int, total: int, tone: ShapeTone, step: str, words: Translator) -> Bar:
    count = end - start
    share = count / total if total else 0.0
    value = f"{format_number(count)} · {format_share(share, words)}"
    return Bar((label,), value, (Segment(start, end, tone),), f"step-{step}")
