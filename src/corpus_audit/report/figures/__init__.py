"""The figures of a report and their numbers; ``charts`` draws them, tables repeat them in words."""

from collections.abc import Callable

from corpus_audit.report.anchors import Anchors
from corpus_audit.report.figures.base import Figure
from corpus_audit.report.figures.history import history_figure
from corpus_audit.report.figures.licenses import licenses_figure
from corpus_audit.report.figures.overlaps import overlap_map, overlaps_figure
from corpus_audit.report.figures.personal_information import personal_information_figure, personal_information_map
from corpus_audit.report.figures.provenance import provenance_figure
from corpus_audit.report.figures.purposes import purposes_figure
from corpus_audit.report.figures.records import records_figure
from corpus_audit.report.figures.similarity import similarity_figure
from corpus_audit.report.model import Report
from corpus_audit.report.translator import Translator

FIGURES: tuple[Callable[[Report, Translator, Anchors], Figure], ...] = (
    records_figure,
    provenance_figure,
    licenses_figure,
    purposes_figure,
    similarity_figure,
    overlaps_figure,
    overlap_map,
    personal_information_figure,
    personal_information_map,
    history_figure,
)


def collect_figures(report: Report, words: Translator) -> dict[str, Figure]:
    """Return the figures this report has numbers for, by key."""
    anchors = Anchors(report)
    figures = (make(report, words, anchors) for make in FIGURES)
    return {figure.caption.key: figure.without_unused_tones() for figure in figures if not figure.is_empty}
