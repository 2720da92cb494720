"""Permitted purposes of the declared licenses, by bytes."""

from itertools import accumulate

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Segment, ShapeTone
from corpus_audit.report.formatting import format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import PurposeSummary
from corpus_audit.report.sections.licenses import PERMISSIONS
from corpus_audit.report.translator import Translator

_TONES = {"yes": ShapeTone.PLAIN, "unknown": ShapeTone.OPEN, "no": ShapeTone.BAD}


def purposes_figure(report: Report, words: Translator, _anchors: Anchors) -> BarChart:
    """Return one bar for each purpose that was asked about."""
    return BarChart(
        Caption(
            key="purposes",
            title=words("What the declared licenses permit, by bytes on disk"),
            description=words("Bytes of the sources whose license permits a purpose, may permit it, or does not."),
            headings=(words("Purpose"), words("Share that is permitted")),
        ),
        bars=tuple(_bar(summary, words) for summary in report.purposes.by_purpose),
        legend=tuple((_TONES[answer], words(wording.PERMISSIONS[answer])) for answer in PERMISSIONS),
    )


def _bar(summary: PurposeSummary, words: Translator) -> Bar:
    sizes = [size for _sources, size in summary.answers]
    ends = list(accumulate(sizes))
    segments = tuple(
        Segment(end - size, end, _TONES[answer])
        for answer, size, end in zip(PERMISSIONS, sizes, ends, strict=True)
        if size
    )
    share = sizes[0] / ends[-1] if ends[-1] else 0.0
    value = words("{share} permitted").format(share=format_share(share, words))
    return Bar((words(wording.word(summary.purpose)),), value, segments, f"purpose-{summary.purpose}")
