"""Cells in rows and columns: the higher the value, the stronger the tone; the value is printed inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus_audit.document.cells import count_cells
from corpus_audit.report.charts.drawing import (
    INK,
    LABEL_SIZE,
    SMALL_SIZE,
    SOFT_INK,
    TRACK,
    WIDTHS,
    Mark,
    as_svg,
    shapes,
    tone_color,
)
from corpus_audit.report.figures.base import Cell, HeatMap
from corpus_audit.report.formatting import shorten

_WEAKEST, _STRONGEST = 0.08, 0.55
"""Opacity of the cells; at most so much that their values stay legible on them, on light and dark paper."""

_HEADING_ANGLE = 320
_DIGIT = 6


@dataclass(frozen=True)
class _Layout:
    """Sizes in pixels, numbers of drawn rows and columns, and narrow characters beside them."""

    name: str
    label_width: float
    label_size: int
    row_height: int
    heading_height: float
    rows: int
    columns: int
    label_characters: int
    heading_characters: int

    def column_width(self, columns: int) -> float:
        """How wide each of so many columns is; the last heading leans over what is left on the right."""
        return min(64.0, (WIDTHS[self.name] - self.label_width - self.heading_height) / columns)

    def line(self, row: int) -> float:
        """Where the middle of a row is."""
        return self.heading_height + (row + 0.5) * self.row_height


_LAYOUTS = {
    "wide": _Layout("wide", 230, LABEL_SIZE, 28, 104, 12, 12, label_characters=29, heading_characters=20),
    "narrow": _Layout("narrow", 96, SMALL_SIZE, 26, 74, 8, 5, label_characters=16, heading_characters=14),
}


def draw_heat_map(figure: HeatMap, layout_name: str) -> Markup:
    """Return the cells as SVG; the narrow drawing shows fewer of them, the table beside it all."""
    layout = _LAYOUTS[layout_name]
    rows, columns = figure.row_labels[: layout.rows], figure.column_labels[: layout.columns]
    cells = [cell for cell in figure.cells if cell.row < len(rows) and cell.column < len(columns)]
    width = layout.column_width(len(columns))
    marks = (
        _lines(len(rows), len(columns) * width, layout),
        _rectangles(cells, width, layout),
        _values(cells, width, layout),
        _row_labels(rows, layout),
        _headings(columns, width, layout),
    )
    return as_svg(marks, figure.caption, layout.name, layout.heading_height + len(rows) * layout.row_height)


def _lines(rows: int, width: float, layout: _Layout) -> Mark:
    lines = [{"y": layout.line(row) + layout.row_height / 2 - 0.5} for row in range(rows)]
    return shapes("rule", lines, x=layout.label_width, x2=layout.label_width + width, stroke=TRACK)


def _rectangles(cells: Sequence[Cell], width: float, layout: _Layout) -> Mark:
    rows = [
        {
            "x": layout.label_width + cell.column * width,
            "y": layout.line(cell.row) - layout.row_height / 2,
            "fill": tone_color(cell.tone),
            "opacity": round(_WEAKEST + (_STRONGEST - _WEAKEST) * cell.strength, 3),
        }
        for cell in cells
    ]
    return shapes("rect", rows, width=width - 1, height=layout.row_height - 1)


def _values(cells: Sequence[Cell], width: float, layout: _Layout) -> Mark:
    rows = [
        {
            "x": layout.label_width + (cell.column + 0.5) * width,
            "y": layout.line(cell.row),
            "text": cell.value if count_cells(cell.value) * _DIGIT < width else "",
        }
        for cell in cells
    ]
    return shapes("text", rows, align="center", baseline="middle", fontSize=SMALL_SIZE, fill=INK)


def _row_labels(labels: Sequence[str], layout: _Layout) -> Mark:
    rows = [
        {"y": layout.line(row), "text": shorten(label, layout.label_characters)} for row, label in enumerate(labels)
    ]
    return shapes("text", rows, x=0, baseline="middle", fontSize=layout.label_size, fill=INK)


def _headings(labels: Sequence[str], width: float, layout: _Layout) -> Mark:
    rows = [
        {"x": layout.label_width + (column + 0.5) * width, "text": shorten(label, layout.heading_characters)}
        for column, label in enumerate(labels)
    ]
    top = layout.heading_height - 8
    return shapes("text", rows, y=top, angle=_HEADING_ANGLE, baseline="middle", fontSize=SMALL_SIZE + 1, fill=SOFT_INK)
