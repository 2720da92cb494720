"""Pattern-like paths without a match: a manifest lists files one by one, and a pattern would miss them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus_audit.manifest.conversion.listing import Folder, Listing
from corpus_audit.manifest.model import Manifest
from corpus_audit.manifest.tree import Place

FILE_PATTERN = (
    "is a pattern, and there is no file of that name: name the folder in 'folders' and list each file; "
    "'manifest init' does both"
)
FOLDER_PATTERN = "is a pattern, and there is no folder of that name: name each folder"

_WILD = re.compile(r"[*?\[{]")
_STARS = "*?"


class PathPattern(NamedTuple):
    """A path that is a pattern: its place, and what to write instead."""

    place: Place
    detail: str


def find_path_patterns(manifest: Manifest, folder: Folder) -> Iterator[PathPattern]:
    """Yield each path of a source that looks like a pattern and matches nothing in *folder*.

    Files of source code are called like patterns too ('[id].tsx'): one that is there is a file.
    """
    place = _PlaceOfPaths(folder)
    for number, source in enumerate(manifest.sources):
        at: Place = ("sources", number)
        for index, path in enumerate(source.paths):
            if place.lacks_file(path):
                yield PathPattern((*at, "files", index, "path"), FILE_PATTERN)
        for index, path in enumerate(source.folders):
            if place.lacks_folder(path):
                yield PathPattern((*at, "folders", index), FOLDER_PATTERN)
        for index, evidence in enumerate(source.license.evidence):
            if evidence.file is not None and place.lacks_file(evidence.file):
                yield PathPattern((*at, "license", "evidence", index, "file"), FILE_PATTERN)


class _PlaceOfPaths:
    """The folder that paths are relative to, as far as it can be listed."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._listing = Listing(folder)

    def lacks_file(self, path: str) -> bool:
        """True if *path* is a pattern rather than the name of a file."""
        if not _WILD.search(path) or self._has_file(path):
            return False
        # Source code is full of brackets: without a star, only what does match files is a pattern.
        return any(mark in path for mark in _STARS) or bool(self._listing.match(path))

    def lacks_folder(self, path: str) -> bool:
        """True if *path* is a pattern rather than the name of a folder."""
        is_here = isinstance(self._folder, Path) and not os.path.lexists(self._folder / path)
        return is_here and bool(_WILD.search(path))

    def _has_file(self, path: str) -> bool:
        if isinstance(self._folder, Path):
            return os.path.lexists(self._folder / path)
        return self._listing.has(path)
