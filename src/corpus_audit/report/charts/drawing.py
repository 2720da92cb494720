"""Shared parts of all charts: widths, and Vega's rendering of pixel shapes as one SVG for the page's style.

Nothing in a drawing depends on the width of a text, because that depends on the fonts of the machine: labels are cut
by characters and sizes are fixed. The same figure gives the same bytes.
"""

import re
from collections.abc import Sequence
from functools import cache
from threading import Thread
from typing import Any

import vl_convert
from markupsafe import Markup

from corpus_audit.report.figures.base import Caption, ShapeTone

WIDTHS = {"wide": 780, "narrow": 340}
"""The width in pixels of each drawing of a figure; a page shows the one that fits."""

LABEL_SIZE, VALUE_SIZE, SMALL_SIZE = 13, 12, 10
LABEL_CHARACTER, VALUE_CHARACTER = 7.6, 7.2
"""Font sizes in pixels, and a generous width of one narrow character in the first two."""

INK, SOFT_INK, PANEL, TRACK = "var(--ink)", "var(--ink-soft)", "var(--panel)", "var(--tone-track)"

_SVG_OPENING = re.compile(r"<svg [^>]*>")

Mark = dict[str, Any]


@cache
def start_drawing() -> None:
    """Start what draws, once, which takes a third of a second, in a thread of its own."""
    empty = {"width": 1, "height": 1, "marks": []}
    Thread(target=vl_convert.vega_to_svg, args=(empty,), kwargs={"allowed_base_urls": []}, daemon=True).start()


def shapes(kind: str, rows: Sequence[dict[str, Any]], **shared: Any) -> Mark:
    """Return marks of one kind (Vega: rect, rule, text, path), one a row; keys are Vega's channels, in pixels."""
    varying = {name: {"field": name} for name in (rows[0] if rows else {})}
    fixed = {name: {"value": value} for name, value in shared.items()}
    return {"kind": kind, "rows": list(rows), "channels": varying | fixed}


def tone_color(tone: ShapeTone) -> str:
    """Return the custom property that colours a tone."""
    return f"var(--tone-{tone})"


def as_svg(marks: Sequence[Mark], caption: Caption, layout: str, height: float) -> Markup:
    """Return marks, the first below the others, as one SVG element with title and description."""
    specification = {
        "width": WIDTHS[layout],
        "height": height,
        "padding": 0,
        "autosize": "none",
        "data": [{"name": f"rows {number}", "values": mark["rows"]} for number, mark in enumerate(marks)],
        "marks": [
            {
                "type": mark["kind"],
                "aria": False,
                "from": {"data": f"rows {number}"},
                "encode": {"enter": mark["channels"]},
            }
            for number, mark in enumerate(marks)
        ],
    }
    svg = vl_convert.vega_to_svg(specification, allowed_base_urls=[])
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
    return Markup(_SVG_OPENING.sub(lambda _: str(opening), svg, count=1))  # noqa: S704 - Vega escapes its texts
