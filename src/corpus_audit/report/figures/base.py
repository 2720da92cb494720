"""A figure before it is drawn: its words, its numbers, and the rows of its equivalent table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

PAIR = " × "


class ShapeTone(StrEnum):
    """The meaning of a shape; each tone is one custom property of the stylesheet."""

    PLAIN = "plain"
    MUTED = "muted"
    OPEN = "open"
    BAD = "bad"


@dataclass(frozen=True)
class TableRow:
    """One row of the table that says the same as a figure; *link* is where in the page its evidence is."""

    cells: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class Caption:
    """What is said around a figure: its key, its title, what it shows, and the headings of its table."""

    key: str
    title: str
    description: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar, in the unit of its figure."""

    start: float
    end: float
    tone: ShapeTone


@dataclass(frozen=True)
class Bar:
    """One row of a figure: what it is, its stretches, its value in words, and where its evidence is."""

    names: tuple[str, ...]
    value: str
    segments: tuple[Segment, ...]
    link: str = ""

    @property
    def label(self) -> str:
        """What the bar is, in full."""
        return PAIR.join(self.names)

    @property
    def end(self) -> float:
        """How far the bar reaches."""
        return max((segment.end for segment in self.segments), default=0)


def whole_bar(name: str | tuple[str, ...], value: str, end: float, tone: ShapeTone, link: str = "") -> Bar:
    """Return a bar of one stretch from zero."""
    return Bar((name,) if isinstance(name, str) else name, value, (Segment(0, end, tone),), link)


Legend = tuple[tuple[ShapeTone, str], ...]


@dataclass(frozen=True)
class BarChart:
    """Rows of bars on one scale."""

    caption: Caption
    bars: tuple[Bar, ...]
    legend: Legend = ()

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to draw."""
        return not self.bars

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The bars as a table."""
        return tuple(TableRow((bar.label, bar.value), bar.link) for bar in self.bars)

    def without_unused_tones(self) -> "BarChart":
        """Return the chart with a legend of the tones that are drawn."""
        return replace(
            self, legend=_used(self.legend, (s.tone for bar in self.bars for s in bar.segments if s.end > s.start))
        )


@dataclass(frozen=True)
class Cell:
    """One cell of a heat map: its place, how strong it is (0 to 1), its value in words, its tone and evidence."""

    row: int
    column: int
    strength: float
    value: str
    tone: ShapeTone = ShapeTone.PLAIN
    link: str = ""


@dataclass(frozen=True)
class HeatMap:
    """Cells of rows and columns; a place without a cell has nothing in it."""

    caption: Caption
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    legend: Legend = ()

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to compare: one cell says no more than the table of its section."""
        return len(self.cells) < 2

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The cells as a table."""
        return tuple(
            TableRow((self.row_labels[cell.row], self.column_labels[cell.column], cell.value), cell.link)
            for cell in self.cells
        )

    def without_unused_tones(self) -> "HeatMap":
        """Return the map with a legend of the tones that are drawn."""
        return replace(self, legend=_used(self.legend, (cell.tone for cell in self.cells)))


@dataclass(frozen=True)
class FlowNode:
    """One box of a flow: its column, its name, and its value in words."""

    key: str
    column: int
    name: str
    value: str
    tone: ShapeTone = ShapeTone.PLAIN
    link: str = ""


@dataclass(frozen=True)
class Link:
    """One stream between two boxes, as a share (0 to 1) of everything that flows."""

    start: str
    end: str
    share: float
    value: str


@dataclass(frozen=True)
class Flow:
    """Boxes in columns, and what flows from one to another."""

    caption: Caption
    columns: tuple[str, ...]
    nodes: tuple[FlowNode, ...]
    links: tuple[Link, ...]
    legend: Legend = ()

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to draw."""
        return not self.links

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The streams as a table."""
        by_key = {node.key: node for node in self.nodes}
        return tuple(
            TableRow(
                (by_key[link.start].name, by_key[link.end].name, link.value),
                by_key[link.start].link or by_key[link.end].link,
            )
            for link in self.links
        )

    def without_unused_tones(self) -> "Flow":
        """Return the flow with a legend of the tones that are drawn."""
        return replace(self, legend=_used(self.legend, (node.tone for node in self.nodes)))


Figure = BarChart | HeatMap | Flow


def _used(legend: Legend, tones: Iterable[ShapeTone]) -> Legend:
    drawn = set(tones)
    return tuple((tone, meaning) for tone, meaning in legend if tone in drawn)
