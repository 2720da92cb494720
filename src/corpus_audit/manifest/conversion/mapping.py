"""Field mappings from standards to a manifest: the same tables are code and documentation."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from corpus_audit.manifest.conversion.building import ClaimFragment
from corpus_audit.manifest.conversion.node import Node
from corpus_audit.manifest.tree import Place
from corpus_audit.vocabulary import ClaimProblemCode


class FoundValue(NamedTuple):
    """A value that can be put into a manifest, and its place in the document."""

    value: Any
    place: Place


class Unusable(NamedTuple):
    """Why something that a document states cannot be taken as a claim; *detail* repeats no value."""

    place: Place
    detail: str
    code: ClaimProblemCode = ClaimProblemCode.INVALID


Reading: TypeAlias = "Iterator[FoundValue | Unusable]"

Read = Callable[[Node], Iterable[FoundValue | Unusable]]
"""What a field holds, in the form that a manifest asks for."""


@dataclass(frozen=True)
class Carried:
    """A field that lands in a manifest; without *read*, the adapter's own code carries it."""

    field: str
    target: str
    read: Read | None = None
    note: str = ""


@dataclass(frozen=True)
class Lost:
    """A field that has no place in a manifest, and why."""

    field: str
    why: str


Rows: TypeAlias = "Sequence[Carried | Lost]"


@dataclass(frozen=True)
class FieldTable:
    """The fields of one kind of object in a standard."""

    object: str
    rows: Rows

    @property
    def carried(self) -> Iterator[Carried]:
        """The fields that land in a manifest."""
        return (row for row in self.rows if isinstance(row, Carried))


def carry(table: FieldTable, node: Node, pieces: Mapping[str, ClaimFragment]) -> None:
    """Put what *node* states into *pieces* (by the first word of a target), in the order of the table's rows.

    Of several fields that land in the same place, the first that says something wins; lists take all.
    """
    for row in table.carried:
        if row.read is None:
            continue
        kind, _, target = row.target.partition(".")
        found = node.whole(row.field)
        if found is not None:
            put_all(pieces[kind], target, row.read(found))


def put_all(piece: ClaimFragment, target: str, values: "Iterable[FoundValue | Unusable]") -> None:
    """Put values at one target, and report those that are none."""
    for value in values:
        if isinstance(value, Unusable):
            piece.report(value.code, value.place, target.removesuffix("[]"), value.detail)
        else:
            piece.put(target, value.value, value.place)


def require(node: Node, piece: ClaimFragment, names: Iterable[str]) -> None:
    """Report each field that the standard requires and *node* lacks."""
    for name in names:
        if not any(True for _ in node.each(name)):
            piece.report(ClaimProblemCode.MISSING, node.place, name, f"lacks '{name}', which its standard requires")
