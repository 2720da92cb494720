"""Horizontal bars, each with its label and its value."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus_audit.document.cells import count_cells
from corpus_audit.report.charts.drawing import (
    INK,
    LABEL_CHARACTER,
    LABEL_SIZE,
    SOFT_INK,
    TRACK,
    VALUE_CHARACTER,
    VALUE_SIZE,
    WIDTHS,
    Mark,
    as_svg,
    shapes,
    tone_color,
)
from corpus_audit.report.figures.base import PAIR, Bar, BarChart
from corpus_audit.report.formatting import shorten_pair

_MARGIN = 16
_BAR = 14


@dataclass(frozen=True)
class _Layout:
    """Positions within a row, in pixels; ``label_characters`` counts narrow characters."""

    name: str
    label_width: float
    value_width: float
    row_height: int
    label_characters: int
    label_above: bool

    @property
    def plot_width(self) -> float:
        """What is left for the bars."""
        return WIDTHS[self.name] - self.label_width - self.value_width

    def label_line(self, row: int) -> float:
        """Where the middle of a row's label is."""
        return (row + 0.5) * self.row_height - (10 if self.label_above else 0)

    def bar_line(self, row: int) -> float:
        """Where the middle of a row's bar is."""
        return (row + 0.5) * self.row_height + (9 if self.label_above else 0)


_LAYOUTS = {
    "wide": _Layout("wide", 350, 210, 26, 44, label_above=False),
    "narrow": _Layout("narrow", 0, 190, 46, 44, label_above=True),
}


def draw_bars(figure: BarChart, layout_name: str) -> Markup:
    """Return the bars as SVG."""
    layout = _fit(_LAYOUTS[layout_name], figure)
    marks = (_tracks(figure, layout), _bars(figure, layout), _labels(figure, layout), _values(figure, layout))
    return as_svg(marks, figure.caption, layout.name, len(figure.bars) * layout.row_height)


def _fit(layout: _Layout, figure: BarChart) -> _Layout:
    """Return *layout* with its columns of words no wider than the figure's words need."""
    label = max(count_cells(_label(bar, layout)) for bar in figure.bars)
    value = max(count_cells(bar.value) for bar in figure.bars)
    return replace(
        layout,
        label_width=min(layout.label_width, _MARGIN + label * LABEL_CHARACTER),
        value_width=min(layout.value_width, _MARGIN + value * VALUE_CHARACTER),
    )


def _label(bar: Bar, layout: _Layout) -> str:
    return shorten_pair(bar.names, PAIR, layout.label_characters)


def _tracks(figure: BarChart, layout: _Layout) -> Mark:
    """Return a hairline under every bar, so that the eye finds its row."""
    rows = [{"y": layout.bar_line(row)} for row in range(len(figure.bars))]
    right = layout.label_width + layout.plot_width
    return shapes("rule", rows, x=layout.label_width, x2=right, stroke=TRACK)


def _bars(figure: BarChart, layout: _Layout) -> Mark:
    scale = layout.plot_width / (max(bar.end for bar in figure.bars) or 1)
    rows = [
        {
            "x": layout.label_width + segment.start * scale,
            "width": (segment.end - segment.start) * scale,
            "y": layout.bar_line(row) - _BAR / 2,
            "fill": tone_color(segment.tone),
        }
        for row, bar in enumerate(figure.bars)
        for segment in bar.segments
    ]
    return shapes("rect", rows, height=_BAR)


def _labels(figure: BarChart, layout: _Layout) -> Mark:
    rows = [{"y": layout.label_line(row), "text": _label(bar, layout)} for row, bar in enumerate(figure.bars)]
    return shapes("text", rows, x=0, baseline="middle", fontSize=LABEL_SIZE, fill=INK)


def _values(figure: BarChart, layout: _Layout) -> Mark:
    rows = [{"y": layout.bar_line(row), "text": bar.value} for row, bar in enumerate(figure.bars)]
    left = layout.label_width + layout.plot_width + 10
    return shapes("text", rows, x=left, baseline="middle", fontSize=VALUE_SIZE, fill=SOFT_INK)
