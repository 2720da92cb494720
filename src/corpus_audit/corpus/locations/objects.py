"""Buckets of S3, Google Cloud Storage and Azure, through Arrow's file systems.

Credentials come from the environment as each provider names them, or from the machine's role; an address with a user
name, a password or a query is refused, so that none gets into a manifest, a log or the store.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.fs as pafs

from corpus_audit.corpus.locations.base import Listed, LocationError
from corpus_audit.corpus.paths import refuse_shape
from corpus_audit.errors import StoreError
from corpus_audit.store.filesystems import open_filesystem, plain_reason

_READ_AHEAD = 8 << 20
"""How much one request asks for while a file is read in order."""


@dataclass(frozen=True)
class ObjectFile:
    """One object of a bucket."""

    filesystem: Any
    path: str
    name: str
    size_bytes: int

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on, a few large requests at a time."""
        with _plain_errors():
            return pa.BufferedInputStream(self.seekable().get_stream(first, length), min(_READ_AHEAD, max(1, length)))

    def seekable(self) -> Any:
        """Return the object for reading at any place, a request a place."""
        with _plain_errors():
            return self.filesystem.open_input_file(self.path)


@dataclass(frozen=True)
class Bucket:
    """A bucket, or what lies below a prefix of one, as a root."""

    filesystem: Any
    address: str
    root: str

    def find(self, file: str) -> ObjectFile:
        """Return the object at a path."""
        refuse_shape(file)
        path = f"{self.root}/{file}"
        with _plain_errors():
            info = self.filesystem.get_file_info(path)
        if info.type == pafs.FileType.NotFound:
            raise FileNotFoundError(path)
        if info.type != pafs.FileType.File:
            message = "not a regular file"
            raise LocationError(message)
        return ObjectFile(self.filesystem, path, file, info.size)

    def walk(self, folder: str) -> Iterator[Listed]:
        """Yield path and size of every object below a folder."""
        start = self.root if folder in ("", ".") else f"{self.root}/{folder}"
        with _plain_errors():
            found = self.filesystem.get_file_info(pafs.FileSelector(start, recursive=True, allow_not_found=True))
        for info in sorted(found, key=lambda info: str(info.path)):
            if info.type == pafs.FileType.File:
                yield Listed(info.path.removeprefix(f"{self.root}/"), info.size)


def open_bucket(address: str, environ: Mapping[str, str] = os.environ) -> Bucket:
    """Return what an address names; raises StoreError when it cannot be opened."""
    parts = urlsplit(address)
    root = f"{parts.netloc}{parts.path}".strip("/")
    if "@" in parts.netloc or parts.query or parts.fragment or not root:
        message = "The root has no bucket, or a user name or query: credentials belong in the environment."
        raise StoreError(message)
    try:
        filesystem = open_filesystem(parts.scheme.lower(), environ=environ)
        with _plain_errors():
            there = filesystem.get_file_info(root).type
    except (OSError, pa.ArrowException, ValueError, StoreError) as error:
        is_told = isinstance(error, (LocationError, StoreError))
        reason = str(error) if is_told else "its settings in the environment are not usable"
        message = f"The root {address} cannot be opened: {reason}. Check the address and the credentials."
        raise StoreError(message) from None
    if there is not pafs.FileType.Directory:
        message = f"The root {address} is not there, or is no folder: check the address."
        raise StoreError(message)
    return Bucket(filesystem, address.rstrip("/"), root)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Reword a provider's errors so that they contain no credential."""
    try:
        yield
    except (FileNotFoundError, LocationError):
        raise
    except (OSError, pa.ArrowException) as error:
        raise LocationError(plain_reason(error)) from None
