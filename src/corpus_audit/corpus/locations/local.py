"""A folder on this machine."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.locations.base import Listed
from corpus_audit.corpus.paths import find_inside, resolve_inside
from corpus_audit.errors import RefusedPathError, StoreError


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
        path, status = find_inside(self.root, file)
        return LocalFile(path, file, status.st_size)

    def walk(self, folder: str) -> Iterator[Listed]:
        """Yield what lies below a folder, links, pipes and folders that cannot be opened too."""
        start = resolve_inside(self.root, folder) if folder not in ("", ".") else self.root
        closed: list[OSError] = []
        for parent, names, files in os.walk(start, onerror=closed.append):
            names.sort()
            links = {name for name in names if Path(parent, name).is_symlink()}
            within = (Path(folder) / Path(parent).relative_to(start)).as_posix()
            for name in sorted([*files, *links]):
                yield self._listed(name if within == "." else f"{within}/{name}", name in links)
        for error in closed:
            place = Path(folder) / Path(os.fsdecode(error.filename)).relative_to(start)
            yield Listed(place.as_posix(), None, is_folder=True)

    def _listed(self, path: str, is_folder_link: bool) -> Listed:
        """Return an entry with the size of what it leads to; a link that leads out, or nowhere, with its own."""
        status = os.lstat(f"{self.root}/{path}")
        if not stat.S_ISLNK(status.st_mode):
            return Listed(path, status.st_size)
        try:
            size = find_inside(self.root, path)[1].st_size
        except (OSError, RefusedPathError):
            return Listed(path, status.st_size, is_link=True)
        return Listed(path, size, is_link=is_folder_link)


def open_folder(root: Path) -> LocalFolder:
    """Return a folder of this machine; raises StoreError for what is no folder."""
    if not root.is_dir():
        message = f"The root {root} is not a folder: name the folder that the manifest's paths are relative to."
        raise StoreError(message)
    return LocalFolder(root.resolve())
