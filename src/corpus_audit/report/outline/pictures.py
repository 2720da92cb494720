"""Figures as pictures of a document, each with an equivalent table."""

from collections.abc import Iterator

from corpus_audit.document.blocks import Picture, TableBlock
from corpus_audit.report.charts import draw
from corpus_audit.report.figures import collect_figures
from corpus_audit.report.figures.base import Figure
from corpus_audit.report.model import Report
from corpus_audit.report.translator import Translator


class Pictures:
    """The figures of one report, drawn when a rendering asks for it."""

    def __init__(self, report: Report, words: Translator) -> None:
        self._figures = collect_figures(report, words)

    def of(self, *keys: str) -> Iterator[Picture]:
        """Yield the pictures of those figures that the report has numbers for."""
        yield from (_picture(self._figures[key]) for key in keys if key in self._figures)


def _picture(figure: Figure) -> Picture:
    caption = figure.caption
    return Picture(
        draw=lambda: str(draw(figure, "wide")),
        title=caption.title,
        description=caption.description,
        table=TableBlock(caption.title, caption.headings, tuple(row.cells for row in figure.rows)),
        legend=tuple((str(tone), meaning) for tone, meaning in figure.legend),
    )
