"""The interface of every data location."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol


class LocationError(OSError):
    """A place could not do what was asked; says why in words that hold no credential and nothing of the data."""


class Listed(NamedTuple):
    """One entry below a folder; a link that is not followed and a folder that cannot be listed are no files."""

    path: str
    size_bytes: int | None
    is_link: bool = False
    is_folder: bool = False

    @property
    def is_file(self) -> bool:
        """True if its bytes can be asked for."""
        return not (self.is_link or self.is_folder)


class StoredFile(Protocol):
    """A regular file that is there: what it is called, how long it is, and its bytes."""

    @property
    def name(self) -> str:
        """Its path relative to the root."""

    @property
    def size_bytes(self) -> int:
        """How long it was when it was found."""

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on, to be read in order (a pyarrow NativeFile); raises OSError."""

    def seekable(self) -> Any:
        """Return the bytes for readers that start at the end (a pyarrow NativeFile); raises OSError."""


class Location(Protocol):
    """A root that a manifest's paths are relative to."""

    @property
    def address(self) -> str:
        """What an operator calls it: a path or a URL without any credential."""

    def find(self, file: str) -> StoredFile:
        """Return the file at a path.

        Raises RefusedPathError when the path leaves the root, FileNotFoundError when nothing is there, OSError when it
        cannot be opened.
        """

    def walk(self, folder: str) -> Iterator[Listed]:
        """Yield what lies below a folder, sorted within each of its folders; raises OSError.

        A link to a folder, or to what lies outside the root, is not followed; it is listed, and so is a folder that
        cannot be opened.
        """
