"""Figures drawn as SVG: no browser, no network, colours set by the stylesheet."""

from markupsafe import Markup

from corpus_audit.report.charts.bars import draw_bars
from corpus_audit.report.charts.drawing import WIDTHS
from corpus_audit.report.charts.flow import draw_flow
from corpus_audit.report.charts.heat_map import draw_heat_map
from corpus_audit.report.figures.base import BarChart, Figure, HeatMap

LAYOUTS = tuple(WIDTHS)
"""The names of the drawings of a figure."""


def draw(figure: Figure, layout: str) -> Markup:
    """Return a figure as one SVG element in a layout."""
    if isinstance(figure, BarChart):
        return draw_bars(figure, layout)
    return draw_heat_map(figure, layout) if isinstance(figure, HeatMap) else draw_flow(figure, layout)
