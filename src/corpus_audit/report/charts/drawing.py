"""Shared parts of all charts: widths, and pixel shapes drawn as one SVG for the page's style.

Nothing in a drawing depends on the width of a text, because that depends on the fonts of the machine: labels are cut
by characters and sizes are fixed. The same figure gives the same bytes.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corpus_audit.report.charts.svg import Row, frame
from corpus_audit.report.figures.base import Caption, ShapeTone

WIDTHS = {"wide": 780, "narrow": 340}
"""The width in pixels of each drawing of a figure; a page shows the one that fits."""

LABEL_SIZE, VALUE_SIZE, SMALL_SIZE = 13, 12, 10
LABEL_CHARACTER, VALUE_CHARACTER = 7.6, 7.2
"""Font sizes in pixels, and a generous width of one narrow character in the first two."""

INK, SOFT_INK, PANEL, TRACK = "var(--ink)", "var(--ink-soft)", "var(--panel)", "var(--tone-track)"

Mark = tuple[str, Sequence[Row]]
"""Elements of one kind, and the channels of each."""


def shapes(kind: str, rows: Sequence[dict[str, Any]], **shared: Any) -> Mark:
    """Return marks of one kind (Vega: rect, rule, text, path), one a row; keys are Vega's channels, in pixels."""
    return kind, [shared | row for row in rows]


def tone_color(tone: ShapeTone) -> str:
    """Return the custom property that colours a tone."""
    return f"var(--tone-{tone})"


def as_svg(marks: Sequence[Mark], caption: Caption, layout: str, height: float) -> Markup:
    """Return marks, the first below the others, as one SVG element with title and description."""
    opening = Markup(
        '<svg class="chart chart-{layout}" role="img" viewBox="0 0 {width} {height:g}"'
        ' aria-labelledby="title-{key} description-{key}">'
        '<title id="title-{key}">{title}</title><desc id="description-{key}">{description}</desc>',
    ).format(
        layout=layout,
        width=WIDTHS[layout],
        height=height,
        key=f"{caption.key}-{layout}",
        title=caption.title,
        description=caption.description,
    )
    return opening + frame(marks, WIDTHS[layout], height) + Markup("</svg>")
