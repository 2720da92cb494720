"""The files beside a description: matches of its patterns and addresses on this disk."""

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from posixpath import basename
from urllib.parse import unquote, urlsplit

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.values import is_path

MAX_FILES = 1_000_000
"""A folder with more files is not what a description lies beside."""

REMOTE = "lies at an address, which no audit opens: put the file beside the description, under its own name"
"""What is wrong with data that is only pointed to."""

_MAX_CHOICES = 100
_CHOICE = re.compile(r"\{([^{}]*)\}")
_DEEP = "**"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True)
class RemoteFolder:
    """A folder on another machine: its address, and a function that lists it (None: it cannot be listed)."""

    address: str
    list_files: Callable[[], Iterable[str] | None]
    below: str = ""

    def __truediv__(self, name: str) -> "RemoteFolder":
        """Return a folder within this one."""
        return replace(self, below=f"{self.below}{name}/")

    @property
    def name(self) -> str:
        """The last part of its address."""
        return basename(f"{self.address}/{self.below}".rstrip("/"))

    @property
    def beginning(self) -> str:
        """How the addresses of everything in it begin."""
        return f"{self.address}/{self.below}"

    def files(self) -> list[str] | None:
        """Return the paths of what lies in it, None when that cannot be known."""
        listed = self.list_files()
        if listed is None:
            return None
        return [path.removeprefix(self.below) for path in listed if path.startswith(self.below)]


Folder = Path | RemoteFolder
"""What a description lies in, or describes."""


class Listing:
    """The visible files in a folder, by their paths relative to it; none where no folder is known."""

    def __init__(self, folder: Folder | None) -> None:
        self._folder = folder

    @cached_property
    def _listed(self) -> list[str] | None:
        if isinstance(self._folder, RemoteFolder):
            return self._folder.files()
        return [] if self._folder is None else list(_walk(self._folder))

    @cached_property
    def files(self) -> list[str]:
        """All files, sorted; hidden ones, caches and what lies behind a link to a folder are left out."""
        return sorted(path for path in self._listed or () if is_path(path))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.files)

    def has(self, path: str) -> bool:
        """True if there is a file at *path*, or if the folder cannot be listed."""
        return self._listed is None or path in self._names

    def locate(self, address: str) -> str | None:
        """Return the path that a relative or absolute address means here, None when nothing here is meant.

        An address in the folder described means its file there. A file that was downloaded under its own name stands
        for the address it came from.
        """
        if not _SCHEME.match(address):
            return address.removeprefix("./")
        if isinstance(self._folder, RemoteFolder) and address.startswith(self._folder.beginning):
            inside = unquote(address.removeprefix(self._folder.beginning))
            return inside if is_path(inside) else None
        last = unquote(basename(urlsplit(address).path))
        return last if is_path(last) and last in self._names else None

    def match(self, pattern: str) -> list[str]:
        """Return the files that a glob pattern means: '*' stays in one folder, '**' does not, '{a,b}' is a choice."""
        patterns = [_compile(choice) for choice in _choices(pattern.removeprefix("./"))]
        return [file for file in self.files if any(_matches(compiled, file.split("/")) for compiled in patterns)]


def _walk(folder: Path) -> Iterator[str]:
    count = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        inside = os.path.relpath(parent, folder)
        for name in names:
            count += 1
            if count > MAX_FILES:
                message = f"{folder} holds more than {MAX_FILES:,} files: give the folder it describes."
                raise ManifestError(message)
            if not name.startswith("."):
                yield name if inside == "." else f"{inside}/{name}".replace(os.sep, "/")


def _choices(pattern: str) -> list[str]:
    """Return the expansions of a pattern with '{a,b}' in it, or the pattern itself if they are too many."""
    patterns = [pattern]
    while match := _CHOICE.search(patterns[0]):
        options = match[1].split(",")
        if len(patterns) * len(options) > _MAX_CHOICES:
            return [pattern]
        patterns = [p[: match.start()] + option + p[match.end() :] for p in patterns for option in options]
    return patterns


def _compile(pattern: str) -> list["re.Pattern[str] | None"]:
    """Return a regular expression for each step of a path, None for any number of steps."""
    steps = pattern.split("/")
    return [None if step == _DEEP else re.compile(fnmatch.translate(step)) for step in steps]


def _matches(pattern: Sequence["re.Pattern[str] | None"], steps: Sequence[str]) -> bool:
    """True if a path matches, in time proportional to pattern length times path length, for any number of '**'."""
    reached = {0}
    for step in steps:
        reached = _skip_deep(pattern, reached)
        reached = {
            at if pattern[at] is None else at + 1
            for at in reached
            if at < len(pattern) and (pattern[at] is None or pattern[at].match(step))  # type: ignore[union-attr]
        }
    return len(pattern) in _skip_deep(pattern, reached)


def _skip_deep(pattern: Sequence["re.Pattern[str] | None"], reached: set[int]) -> set[int]:
    """Add the places that are reached if '**' matches no step at all."""
    found = set(reached)
    for at in range(len(pattern)):
        if at in found and pattern[at] is None:
            found.add(at + 1)
    return found
