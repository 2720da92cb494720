"""The interface of an adapter: a description format, its recognition, and its conversion to a manifest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus_audit.manifest.conversion.building import Builder
from corpus_audit.manifest.conversion.mapping import FieldTable
from corpus_audit.manifest.conversion.result import Conversion, SourceDocument


def nothing_beside(_document: SourceDocument) -> Iterable[str]:
    """Return no document: a description that is one file."""
    return ()


@dataclass(frozen=True)
class Adapter:
    """One format that datasets are described in; *tables* say what of it is carried, and document it.

    *beside* names the other documents that a description consists of, by their paths from its folder.
    """

    name: str
    title: str
    url: str
    tables: tuple[FieldTable, ...]
    recognises: Callable[[SourceDocument], bool]
    build: Callable[[SourceDocument, Builder], None]
    beside: Callable[[SourceDocument], Iterable[str]] = nothing_beside

    def convert(self, document: SourceDocument) -> Conversion:
        """Return the manifest that a document of this format describes, always a valid one."""
        builder = Builder()
        self.build(document, builder)
        return builder.finish(self.name)

    @property
    def targets(self) -> frozenset[str]:
        """The fields of a manifest that this format can say something about."""
        return frozenset(row.target.removesuffix("[]") for table in self.tables for row in table.carried)
