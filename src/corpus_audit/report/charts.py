"""Figures drawn as SVG by Vega-Lite: no browser, no network, colours left to the stylesheet.

Nothing in a drawing depends on the width of a text, because that depends on the fonts of the machine: labels are
cut by characters, axes and legends are left out, and sizes are fixed. The same figure gives the same bytes.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

from corpus_audit.report.figures import Bar, Figure

_CHARACTER_WIDTH = 7
_LABEL_MARGIN = 20
_SVG_OPENING = re.compile(r"<svg [^>]*>")


@dataclass(frozen=True)
class Layout:
    """Where the parts of a row stand, in pixels; ``label_characters`` counts narrow characters."""

    name: str
    width: int
    label_width: int
    value_width: int
    row_height: int
    label_characters: int
    label_above: bool

    @property
    def plot_width(self) -> int:
        """What is left for the bars."""
        return self.width - self.label_width - self.value_width


LAYOUTS = (
    Layout("wide", 760, 290, 190, 26, 38, label_above=False),
    Layout("narrow", 340, 0, 154, 46, 44, label_above=True),
)


def _fit(layout: Layout, figure: Figure) -> Layout:
    """Return *layout* with its label column no wider than the figure's labels need."""
    if layout.label_above:
        return layout
    longest = max(_width(shorten(bar.label, layout.label_characters)) for bar in figure.bars)
    return replace(layout, label_width=min(layout.label_width, _LABEL_MARGIN + longest * _CHARACTER_WIDTH))


def draw(figure: Figure, layout: Layout) -> Markup:
    """Return a figure as one SVG element with title and description, to be styled by the page around it."""
    layout = _fit(layout, figure)
    svg = vl_convert.vegalite_to_svg(_specification(figure, layout), allowed_base_urls=[])
    key = f"{figure.key}-{layout.name}"
    height = len(figure.bars) * layout.row_height
    opening = Markup(
        '<svg class="chart chart-{name}" role="img" viewBox="0 0 {width} {height}"'
        ' aria-labelledby="title-{key} description-{key}">'
        '<title id="title-{key}">{title}</title><desc id="description-{key}">{description}</desc>'
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
    rows = [_row(number, bar, longest, layout) for number, bar in enumerate(figure.bars)]
    base = alt.Chart(alt.Data(values=rows), width=layout.plot_width, height=len(rows) * layout.row_height).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    )
    chart = alt.layer(_track(base, layout), _bars(base, layout), _labels(base, layout), _values(base, layout))
    specification: dict[str, Any] = chart.configure(**_configuration(layout)).to_dict()
    return specification


def _row(number: int, bar: Bar, longest: float, layout: Layout) -> dict[str, Any]:
    return {
        "row": number,
        "left": 0,
        "right": layout.plot_width,
        "start": bar.start / longest * layout.plot_width,
        "end": bar.end / longest * layout.plot_width,
        "label": shorten(bar.label, layout.label_characters),
        "value": bar.value,
        "color": f"var(--tone-{bar.tone})",
    }


def _pixels(column: str, layout: Layout) -> alt.X:
    return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(domain=[0, layout.plot_width], nice=False))


def _bar_offset(layout: Layout) -> int:
    return 9 if layout.label_above else 0


def _track(base: alt.Chart, layout: Layout) -> alt.Chart:
    """Return a hairline under every bar, so that the eye finds its row."""
    offset = _bar_offset(layout)
    rule = base.mark_rule(color="var(--tone-track)", yOffset=offset)
    return rule.encode(x=_pixels("left", layout), x2="right:Q")


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
        align="left", baseline="middle", fontSize=12, color="var(--ink-soft)", yOffset=_bar_offset(layout)
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


@cache
def _cells(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _width(label: str) -> int:
    return sum(map(_cells, label))


def shorten(label: str, limit: int) -> str:
    """Return *label* cut in the middle to at most *limit* narrow characters; a wide one counts as two."""
    if _width(label) <= limit:
        return label
    half = (limit - 1) // 2
    return f"{_take(label, half)}…{_take(label[::-1], half)[::-1]}"


def _take(text: str, limit: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += _cells(character)
        if used > limit:
            return text[:position]
    return text
