"""Boxes in columns, joined by streams whose width shows the amount."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus_audit.document.cells import count_cells
from corpus_audit.report.charts.drawing import INK, PANEL, SOFT_INK, WIDTHS, Mark, as_svg, shapes, tone_color
from corpus_audit.report.figures.base import Flow, FlowNode, Link
from corpus_audit.report.formatting import shorten

_HEADING = 26
_WIDEST, _THINNEST = 22.0, 1.0


@dataclass(frozen=True)
class _Layout:
    """Sizes in pixels; the narrow drawing has room for fewer characters and for no values."""

    name: str
    box_height: float
    gap: float
    box_share: float
    font_size: int
    character: float

    @property
    def box_width(self) -> float:
        """How wide a box is where there are four columns."""
        return WIDTHS[self.name] * self.box_share


_LAYOUTS = {"wide": _Layout("wide", 26, 8, 0.19, 11, 6.3), "narrow": _Layout("narrow", 26, 6, 0.22, 9, 5.0)}


@dataclass(frozen=True)
class _Box:
    """A node with its position."""

    node: FlowNode
    left: float
    top: float


def draw_flow(figure: Flow, layout_name: str) -> Markup:
    """Return boxes and streams as SVG."""
    layout = _LAYOUTS[layout_name]
    boxes = _place(figure, layout)
    marks = (
        _streams(figure.links, boxes, layout),
        _rectangles(boxes.values(), layout),
        *_names(boxes.values(), layout),
        _headings(figure, boxes.values(), layout),
    )
    height = max(box.top for box in boxes.values()) + layout.box_height + 2
    return as_svg(marks, figure.caption, layout.name, height)


def _place(figure: Flow, layout: _Layout) -> dict[str, _Box]:
    """Return every box by its key: columns spread over the width, boxes of a column under each other.

    Columns are centred, but one that streams pass by stands low, so that they do not run behind its boxes.
    """
    used = sorted({node.column for node in figure.nodes})
    step = (WIDTHS[layout.name] - layout.box_width) / max(1, len(used) - 1)
    columns = {column: [node for node in figure.nodes if node.column == column] for column in used}
    tallest = max(_extent(len(nodes), layout) for nodes in columns.values())
    passed = _passed_columns(figure)
    boxes = {}
    for position, column in enumerate(used):
        slack = tallest - _extent(len(columns[column]), layout)
        top = _HEADING + (slack if column in passed else slack / 2)
        for number, node in enumerate(columns[column]):
            boxes[node.key] = _Box(node, position * step, top + number * (layout.box_height + layout.gap))
    return boxes


def _passed_columns(figure: Flow) -> set[int]:
    """Return the columns that a stream leaps over on its way."""
    column = {node.key: node.column for node in figure.nodes}
    ways = (range(column[link.start] + 1, column[link.end]) for link in figure.links)
    return {passed for way in ways for passed in way}


def _extent(count: int, layout: _Layout) -> float:
    return count * layout.box_height + (count - 1) * layout.gap


def _streams(links: Sequence[Link], boxes: Mapping[str, _Box], layout: _Layout) -> Mark:
    rows = [
        {
            "path": _curve(boxes[link.start], boxes[link.end], layout),
            "strokeWidth": round(max(_THINNEST, link.share * _WIDEST), 1),
        }
        for link in links
    ]
    return shapes("path", rows, stroke="var(--tone-muted)", opacity=0.45)


def _curve(start: _Box, end: _Box, layout: _Layout) -> str:
    """Return the path (SVG) from the right of one box to the left of another."""
    left, right = start.left + layout.box_width, end.left
    y, y2 = start.top + layout.box_height / 2, end.top + layout.box_height / 2
    middle = (left + right) / 2
    return f"M{left:g},{y:g}C{middle:g},{y:g},{middle:g},{y2:g},{right:g},{y2:g}"


def _rectangles(boxes: Iterable[_Box], layout: _Layout) -> Mark:
    rows = [{"x": box.left + 0.5, "y": box.top + 0.5, "stroke": tone_color(box.node.tone)} for box in boxes]
    return shapes("rect", rows, width=layout.box_width - 1, height=layout.box_height - 1, fill=PANEL, cornerRadius=2)


def _names(boxes: Iterable[_Box], layout: _Layout) -> tuple[Mark, Mark]:
    """Return each box's name on its left and, where there is room, its value on its right."""
    names, values = [], []
    for box in boxes:
        value = box.node.value if layout.name == "wide" else ""
        room = layout.box_width / layout.character - 2 - (count_cells(value) + 1 if value else 0)
        line = box.top + layout.box_height / 2
        names.append({"x": box.left + 6, "y": line, "text": shorten(box.node.name, int(room))})
        values.append({"x": box.left + layout.box_width - 6, "y": line, "text": value})
    return (
        shapes("text", names, baseline="middle", fontSize=layout.font_size, fill=INK),
        shapes("text", values, align="right", baseline="middle", fontSize=layout.font_size - 1, fill=SOFT_INK),
    )


def _headings(figure: Flow, boxes: Iterable[_Box], layout: _Layout) -> Mark:
    left = {box.node.column: box.left for box in boxes}
    rows = [{"x": x, "text": figure.columns[column]} for column, x in sorted(left.items())]
    return shapes("text", rows, y=8, baseline="middle", fontSize=layout.font_size, fill=SOFT_INK)
