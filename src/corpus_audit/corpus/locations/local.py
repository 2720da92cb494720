"""A folder on this machine."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.paths import resolve_inside


@dataclass(frozen=True)
class LocalFile:
    """A file on disk: *path* is where it is, *name* what the manifest calls it."""

    path: Path
    name: str
    size_bytes: int

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on."""
        return pa.OSFile(str(self.path)).get_stream(first, length)

    def seekable(self) -> Any:
        """Return the file, mapped into memory."""
        return pa.memory_map(str(self.path)) if self.path.stat().st_size else pa.BufferReader(b"")


@dataclass(frozen=True)
class LocalFolder:
    """A folder of this machine as a root; links that lead out of it are refused."""

    root: Path

    @property
    def address(self) -> str:
        """The folder's path."""
        return str(self.root)

    def find(self, file: str) -> LocalFile:
        """Return the file at a path."""
        path = resolve_inside(self.root, file)
        return LocalFile(path, file, path.stat().st_size)

    def walk(self, folder: str) -> Iterator[tuple[str, int | None]]:
        """Yield path and size of every file below a folder, links and pipes too."""
        start = resolve_inside(self.root, folder) if folder not in ("", ".") else self.root
        for parent, names, files in os.walk(start):
            names.sort()
            for name in sorted(files):
                path = Path(parent, name)
                yield (Path(folder) / path.relative_to(start)).as_posix(), path.lstat().st_size
