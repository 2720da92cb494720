"""Paths that a manifest names, kept inside the root the operator chose."""

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from corpus_audit.errors import RefusedPathError


def resolve_inside(root: Path, relative: str) -> Path:
    """Return the regular file or folder that *relative* names under *root*; see ``find_inside``."""
    return find_inside(root, relative)[0]


def find_inside(root: Path, relative: str) -> tuple[Path, os.stat_result]:
    """Return the regular file or folder that *relative* names under *root*, and its status.

    Raises RefusedPathError when it leaves the root, by '..' or by a link; FileNotFoundError when nothing is there;
    OSError when it is neither a regular file nor a folder (a pipe or device would never end).
    """
    refuse_shape(relative)
    # As strings: of very many files, paths as objects would take longer than asking the system for them.
    folder, name = os.path.split(os.path.normpath(os.path.join(root, relative)))  # noqa: PTH118
    path = os.path.join(_real_folder(root, folder), name)  # noqa: PTH118
    status = os.lstat(path)
    real = Path(path)
    if stat.S_ISLNK(status.st_mode):
        real = Path(os.path.realpath(path))
        _require_inside(root, real, relative)
        status = real.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        message = "not a regular file"
        raise OSError(message)
    return real, status


def refuse_shape(relative: str) -> None:
    """Raise RefusedPathError for a path that no root can hold, whatever there is."""
    parts = relative.split("/")
    if not relative or "\0" in relative or relative.startswith(("/", "~")) or ".." in parts or "://" in relative:
        message = "The path is empty, absolute, holds '..' or names a URL scheme: declare it relative to the root."
        raise RefusedPathError(message)


def _require_inside(root: Path, real: Path, relative: str) -> None:
    if not real.is_relative_to(_real_root(root)):
        message = f"{relative!r} leads out of the root by a link: copy the file into the root or choose another root."
        raise RefusedPathError(message)


@lru_cache(maxsize=65_536)
def _real_folder(root: Path, folder: str) -> str:
    # Thousands of files share a folder, and resolving one costs a system call for each of its parts.
    real = os.path.realpath(folder)
    _require_inside(root, Path(real), str(Path(folder).relative_to(root)))
    return real


@lru_cache(maxsize=16)
def _real_root(root: Path) -> Path:
    real = Path(os.path.realpath(root))
    return _hub_repository(real) or real


def _hub_repository(root: Path) -> Path | None:
    """Return the repository that a root is a snapshot of: the hub's client links its files to blobs beside them."""
    for folder in (root, *root.parents):
        if folder.parent.name == "snapshots" and folder.parent.parent.name.startswith("datasets--"):
            return folder.parent.parent
    return None


def path_matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return a test for paths, made of glob patterns in which '**/' also matches no folder at all."""
    return _matcher(tuple(patterns))


@lru_cache(maxsize=1_024)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    # A pattern is asked of each path of a folder, and writing it out as a regular expression takes much longer.
    every = [form for pattern in patterns for form in (pattern, pattern.removeprefix("**/").replace("/**/", "/"))]
    if not every:
        return lambda _file: False
    compiled = re.compile("|".join(fnmatch.translate(form) for form in every))
    return lambda file: compiled.match(file) is not None
