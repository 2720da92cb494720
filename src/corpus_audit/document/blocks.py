"""The blocks of a document: plain text, already in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How a block is meant; a rendering gives each its colour or leaves it to the words."""

    PLAIN = "plain"
    GOOD = "good"
    OPEN = "open"
    BAD = "bad"


@dataclass(frozen=True)
class Heading:
    """A heading of the level 1 to 4, and how many of something its part holds, in words."""

    text: str
    level: int = 2
    count: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; a *soft* one matters less than the text around it."""

    text: str
    is_soft: bool = False


@dataclass(frozen=True)
class Facts:
    """Names with their values, each with a note that may be empty; *large* ones are the figures of a document."""

    pairs: tuple[tuple[str, str, str], ...]
    is_large: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Banner:
    """What a document concludes, in one word and in sentences."""

    label: str
    word: str
    text: str
    items: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True)
class TableBlock:
    """Rows under headings; *numbers* are the right-aligned columns; *left* names omitted rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    left: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing, what it shows in words, its legend as tone and meaning, and the table that says the same.

    *draw* returns the drawing as SVG: not every rendering has a use for it.
    """

    draw: Callable[[], str]
    title: str
    description: str
    table: TableBlock
    legend: tuple[tuple[str, str], ...] = ()


Block = Heading | Paragraph | Facts | Bullets | Banner | TableBlock | Picture


@dataclass(frozen=True)
class Document:
    """A document in one language (BCP 47); *kind* is printed above its title, *footer* on every page."""

    kind: str
    title: str
    language: str
    footer: str
    blocks: tuple[Block, ...] = field(default=())
