"""Documents beside a description that are part of it, and which of them a place in the whole belongs to.

The place of a value in such a document begins with the document's name, as if all of them were one.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname

from corpus_audit.manifest.conversion.node import Node, pointer_of

MAX_DOCUMENTS = 2_000
"""The most documents that are read beside one."""


@dataclass(frozen=True)
class DocumentsBeside:
    """The documents that were read beside a description called *name*, by their paths from its folder."""

    name: str
    received: dict[str, bytes] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def name_of(self, document: str) -> str:
        """Return the name of a document beside, seen from where the description's own name is."""
        folder = dirname(self.name)
        return f"{folder}/{document}" if folder else document

    def locator(self) -> Callable[[str], tuple[str, str]]:
        """Return a function that says which document a pointer into the whole leads to, and where in that."""
        by_step = {pointer_of((document,)): document for document in self.received}

        def locate(pointer: str) -> tuple[str, str]:
            end = pointer.find("/", 1)
            step, rest = (pointer, "") if end < 0 else (pointer[:end], pointer[end:])
            document = by_step.get(step)
            return (self.name, pointer) if document is None else (self.name_of(document), rest)

        return locate


def files_inside(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the names of regular files in *folder*, with their paths; links that lead out of it are left out."""
    top = Path(os.path.realpath(folder))
    for name in list(names)[:MAX_DOCUMENTS]:
        path = Path(os.path.realpath(folder / name))
        if path.is_relative_to(top) and path.is_file():
            yield name, path
