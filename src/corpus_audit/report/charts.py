"""Figures drawn as SVG by Vega-Lite: no browser, no network, colours left to the stylesheet.

Nothing in a drawing depends on the width of a text, because that depends on the fonts of the machine: labels are
cut by characters, axes and legends are left out, and sizes are fixed. The same figure gives the same bytes.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from corpus_audit.report.figures import PAIR, Bar, Figure, Segment
from corpus_audit.report.formatting import count_cells, shorten_pair

_MARGIN, _LABEL_CHARACTER, _VALUE_CHARACTER = 16, 7.6, 7.2
_SVG_OPENING = re.compile(r"<svg [^>]*>")


@dataclass(frozen=True)
class Layout:
    """Where the parts of a row stand, in pixels; ``label_characters`` counts narrow characters."""

    name: str
    width: int
    label_width: float
    value_width: float
    row_height: int
    label_characters: int
    label_above: bool

    @property
    def plot_width(self) -> float:
        """What is left for the bars."""
        return self.width - self.label_width - self.value_width


LAYOUTS = (
    Layout("wide", 780, 350, 210, 26, 44, label_above=False),
    Layout("narrow", 340, 0, 190, 46, 44, label_above=True),
)


def _fit(layout: Layout, figure: Figure) -> Layout:
    """Return *layout* with its columns of words no wider than the figure's words need."""
    label = max(count_cells(_label(bar, layout)) for bar in figure.bars)
    value = max(count_cells(bar.value) for bar in figure.bars)
    return replace(
        layout,
        label_width=min(layout.label_width, _MARGIN + label * _LABEL_CHARACTER),
        value_width=min(layout.value_width, _MARGIN + value * _VALUE_CHARACTER),
    )


def draw(figure: Figure, layout: Layout) -> Markup:
    """Return a figure as one SVG element with title and description, to be styled by the page around it."""
    layout = _fit(layout, figure)
    svg = vl_convert.vegalite_to_svg(_specification(figure, layout), allowed_base_urls=[])
    key = f"{figure.key}-{layout.name}"
    height = len(figure.bars) * layout.row_height
    opening = Markup(
        '<svg class="chart chart-{name}" role="img" viewBox="0 0 {width} {height}"'
        ' aria-labelledby="title-{key} description-{key}">'
        '<title id="title-{key}">{title}</title><desc id="description-{key}">{description}</desc>',
    ).format(
        name=layout.name,
        width=layout.width,
        height=height,
        key=key,
        title=figure.title,
        description=figure.description,
    )
    return Markup(_SVG_OPENING.sub(lambda _: str(opening), svg, count=1))  # noqa: S704 - Vega escapes its texts


def _specification(figure: Figure, layout: Layout) -> dict[str, Any]:
    longest = max(bar.end for bar in figure.bars) or 1
    words = [_words(row, bar, layout) for row, bar in enumerate(figure.bars)]
    stretches = [
        _stretch(row, segment, layout.plot_width / longest)
        for row, bar in enumerate(figure.bars)
        for segment in bar.segments
    ]
    rows, bars = (_base(data, len(figure.bars), layout) for data in (words, stretches))
    chart = alt.layer(_track(rows, layout), _bars(bars, layout), _labels(rows, layout), _values(rows, layout))
    specification: dict[str, Any] = chart.configure(**_configuration(layout)).to_dict()
    return specification


def _words(row: int, bar: Bar, layout: Layout) -> dict[str, Any]:
    label = _label(bar, layout)
    return {"row": row, "start": 0, "end": layout.plot_width, "label": label, "value": bar.value}


def _label(bar: Bar, layout: Layout) -> str:
    return shorten_pair(bar.names, PAIR, layout.label_characters)


def _stretch(row: int, segment: Segment, scale: float) -> dict[str, Any]:
    color = f"var(--tone-{segment.tone})"
    return {"row": row, "start": segment.start * scale, "end": segment.end * scale, "color": color}


def _base(rows: list[dict[str, Any]], count: int, layout: Layout) -> alt.Chart:
    scale = alt.Scale(domain=list(range(count)), paddingInner=0, paddingOuter=0)
    chart = alt.Chart(alt.Data(values=rows), width=layout.plot_width, height=count * layout.row_height)
    return chart.encode(y=alt.Y("row:O", axis=None, scale=scale))


def _pixels(column: str, layout: Layout) -> alt.X:
    return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(domain=[0, layout.plot_width], nice=False))


def _bar_offset(layout: Layout) -> int:
    return 9 if layout.label_above else 0


def _track(base: alt.Chart, layout: Layout) -> alt.Chart:
    """Return a hairline under every bar, so that the eye finds its row."""
    offset = _bar_offset(layout)
    rule = base.mark_rule(color="var(--tone-track)", yOffset=offset)
    return rule.encode(x=_pixels("start", layout), x2="end:Q")


def _bars(base: alt.Chart, layout: Layout) -> alt.Chart:
    offset = _bar_offset(layout)
    bars = base.mark_bar(height=14, yOffset=offset)
    return bars.encode(x=_pixels("start", layout), x2="end:Q", color=alt.Color("color:N", scale=None))


def _labels(base: alt.Chart, layout: Layout) -> alt.Chart:
    offset = -10 if layout.label_above else 0
    mark = base.mark_text(align="left", baseline="middle", yOffset=offset, fontSize=13, color="var(--ink)")
    return mark.encode(x=alt.XValue(-layout.label_width), text="label:N")


def _values(base: alt.Chart, layout: Layout) -> alt.Chart:
    mark = base.mark_text(
        align="left",
        baseline="middle",
        fontSize=12,
        color="var(--ink-soft)",
        yOffset=_bar_offset(layout),
    )
    return mark.encode(x=alt.XValue(layout.plot_width + 10), text="value:N")


def _configuration(layout: Layout) -> dict[str, Any]:
    return {
        "aria": False,
        "autosize": "none",
        "background": "transparent",
        "padding": {"left": layout.label_width, "right": layout.value_width, "top": 0, "bottom": 0},
        "view": alt.ViewConfig(stroke=None),
    }
