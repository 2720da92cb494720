"""The dataset's audits over time."""

from itertools import accumulate

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Segment, ShapeTone
from corpus_audit.report.formatting import format_number
from corpus_audit.report.model import Report
from corpus_audit.report.sections import HistoryEntry
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import Severity

AUDITS_SHOWN = 12

_TONES = {Severity.CRITICAL: ShapeTone.BAD, Severity.WARNING: ShapeTone.OPEN, Severity.INFO: ShapeTone.MUTED}


def history_figure(report: Report, words: Translator, _anchors: Anchors) -> BarChart:
    """Return the findings of this audit and of those before it, the latest last."""
    shown = report.history[-AUDITS_SHOWN:]
    return BarChart(
        Caption(
            key="history",
            title=words("Findings, audit by audit"),
            description=words("Findings by severity in this audit and in earlier ones of the same dataset."),
            headings=(words("Audit"), words("Findings and verdict")),
        ),
        bars=tuple(_bar(entry, words) for entry in shown) if len(shown) > 1 else (),
        legend=tuple((tone, words(wording.SEVERITIES[severity])) for severity, tone in _TONES.items()),
    )


def _bar(entry: HistoryEntry, words: Translator) -> Bar:
    counts = [entry.findings_by_severity[severity] for severity in Severity]
    ends = list(accumulate(counts))
    segments = tuple(
        Segment(end - count, end, _TONES[severity])
        for severity, count, end in zip(Severity, counts, ends, strict=True)
        if count
    )
    verdict = words(wording.VERDICTS[entry.verdict])
    value = f"{format_number(ends[-1])} · {verdict}"
    return Bar((f"{entry.started_at[:10]} {entry.dataset_version}",), value, segments, "history")
