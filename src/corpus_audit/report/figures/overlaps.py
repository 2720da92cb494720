"""Overlaps between sources: the largest pairs as bars, the sources with the most as a heat map."""

from corpus_audit.report import wording
from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Bar, BarChart, Caption, Cell, HeatMap, ShapeTone, whole_bar
from corpus_audit.report.formatting import format_bytes, format_share
from corpus_audit.report.model import Report
from corpus_audit.report.sections import Overlap
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import TermsConflict

OVERLAPS_SHOWN = 15

_TONES = {
    TermsConflict.NONE: ShapeTone.PLAIN,
    TermsConflict.UNRESOLVED: ShapeTone.OPEN,
    TermsConflict.CONFLICTING: ShapeTone.BAD,
    TermsConflict.TOO_SHORT: ShapeTone.MUTED,
}


def overlaps_figure(report: Report, words: Translator, anchors: Anchors) -> BarChart:
    """Return the largest overlaps as bars."""
    return BarChart(
        Caption(
            key="overlaps",
            title=words("Largest overlaps between sources"),
            description=words("Bytes of verified copies that two sources share, the larger side of each pair."),
            headings=(words("Sources"), words("Bytes shared and terms")),
        ),
        bars=tuple(_bar(row, words, anchors) for row in report.overlaps.pairs.listed[:OVERLAPS_SHOWN]),
        legend=_legend(words),
    )


def _legend(words: Translator) -> tuple[tuple[ShapeTone, str], ...]:
    return tuple((_TONES[terms], words(wording.TERMS[terms])) for terms in TermsConflict)


def _bar(row: Overlap, words: Translator, anchors: Anchors) -> Bar:
    size = max(row.bytes_a, row.bytes_b)
    terms = words(wording.TERMS[row.terms_conflict])
    link = anchors.overlaps.get((row.source_a, row.source_b), "copies")
    return whole_bar(
        (row.source_a, row.source_b), f"{format_bytes(size)} · {terms}", size, _TONES[row.terms_conflict], link
    )


def overlap_map(report: Report, words: Translator, anchors: Anchors) -> HeatMap:
    """Return which sources share how much of their text with which, for the sources that share the most bytes."""
    place = {source: number for number, source in enumerate(report.overlaps.most_sources)}
    cells = [
        _cell(place[of], place[inside], share, row, words, anchors.overlaps.get((of, inside), "copies"))
        for row in report.overlaps.most
        for of, inside, share in (
            (row.source_a, row.source_b, row.share_a),
            (row.source_b, row.source_a, row.share_b),
        )
    ]
    return HeatMap(
        Caption(
            key="overlap_map",
            title=words("Overlap between sources"),
            description=words("Share of the text of the source on the left that the source above holds as well."),
            headings=(words("Source"), words("Held by"), words("Share of its text")),
        ),
        row_labels=tuple(place),
        column_labels=tuple(place),
        # Two sources are a pair, which the bars show as well.
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))) if len(place) > 2 else (),
        legend=_legend(words),
    )


def _cell(row: int, column: int, share: float, overlap: Overlap, words: Translator, link: str) -> Cell:
    return Cell(row, column, min(1.0, share), format_share(share, words), _TONES[overlap.terms_conflict], link)
