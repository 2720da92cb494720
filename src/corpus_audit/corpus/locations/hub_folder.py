"""A dataset on the Hugging Face hub, read there by byte ranges, where the operator has allowed it.

A revision is resolved to its commit when the dataset is opened, and everything is read from that commit. HF_ENDPOINT
names another hub, HF_TOKEN holds the token, as for the hub's own client.
"""

import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.locations.base import Listed, LocationError
from corpus_audit.corpus.paths import refuse_shape
from corpus_audit.errors import StoreError

_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK = 8 << 20
_REASONS = {
    "RepositoryNotFoundError": "it is not there, or HF_TOKEN may not read it",
    "GatedRepoError": "its owner has to grant access to the holder of HF_TOKEN",
    "DisabledRepoError": "the hub has disabled it",
    "RevisionNotFoundError": "it has no such revision",
    "OfflineModeIsEnabled": "HF_HUB_OFFLINE is set",
}
"""What is told of an error of the hub's client, whose own words may hold what should not be told."""


@dataclass(frozen=True)
class HubFile:
    """One file of a dataset on a hub."""

    filesystem: Any
    path: str
    name: str
    size_bytes: int
    sha256: str | None = None
    """What the hub says that it is; None for files that it keeps in git."""

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on, a few large requests at a time."""
        return pa.BufferedInputStream(self.seekable().get_stream(first, length), min(_BLOCK, max(1, length)))

    def seekable(self) -> Any:
        """Return the file for reading at any place."""
        with _plain_errors():
            opened = self.filesystem.open(self.path, "rb", block_size=_BLOCK, size=self.size_bytes)
        return pa.PythonFile(_PlainReads(opened, self.size_bytes), mode="r")


@dataclass(frozen=True)
class HubFolder:
    """A commit of a dataset on a hub, or a folder of it, as a root."""

    filesystem: Any
    address: str

    @property
    def _root(self) -> str:
        return self.address.removeprefix("hf://")

    def find(self, file: str) -> HubFile:
        """Return the file at a path."""
        refuse_shape(file)
        path = f"{self._root}/{file}"
        with _plain_errors():
            info = self.filesystem.info(path)
        if info["type"] != "file":
            message = "not a regular file"
            raise LocationError(message)
        return HubFile(self.filesystem, path, file, int(info["size"]), _sha256_of(info))

    def walk(self, folder: str) -> Iterator[Listed]:
        """Yield path and size of every file below a folder."""
        start = self._root if folder in ("", ".") else f"{self._root}/{folder}"
        with _plain_errors():
            found = self.filesystem.find(start, detail=True)
        for path, info in found.items():
            yield Listed(path.removeprefix(f"{self._root}/"), int(info["size"]))


def open_hub_folder(repository: str, revision: str, inside: str, environ: Mapping[str, str] = os.environ) -> HubFolder:
    """Return a revision of a dataset OWNER/NAME, or the folder *inside* it ('' or '/FOLDER'), pinned to its commit.

    Raises StoreError when it cannot be opened.
    """
    try:
        from huggingface_hub import HfApi, HfFileSystem
    except ImportError:
        message = "Datasets of a hub are read with huggingface_hub: pip install 'corpus-audit[hub]'."
        raise StoreError(message) from None
    endpoint = environ.get("HF_ENDPOINT") or None
    commit = revision
    if not _COMMIT.fullmatch(revision):
        try:
            with _plain_errors():
                commit = str(HfApi(endpoint=endpoint).dataset_info(repository, revision=revision).sha)
        except OSError as error:
            reason = str(error) if isinstance(error, LocationError) else "it is not there"
            message = f"hf://datasets/{repository}@{revision} cannot be opened: {reason}."
            raise StoreError(message) from None
    return HubFolder(HfFileSystem(endpoint=endpoint), f"hf://datasets/{repository}@{commit}{inside.rstrip('/')}")


def _sha256_of(info: Mapping[str, Any]) -> str | None:
    stored = info.get("lfs") or {}
    sha256 = stored.get("sha256") or stored.get("oid")
    return sha256 if isinstance(sha256, str) and _SHA256.fullmatch(sha256) else None


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Let FileNotFoundError of a file pass; raise LocationError for what else the hub's client raises."""
    try:
        yield
    except LocationError:
        raise
    except Exception as error:  # noqa: BLE001 - the client and what it is made of raise anything
        names = [kind.__name__ for kind in type(error).__mro__]
        reason = next((_REASONS[name] for name in names if name in _REASONS), None)
        if reason is None and isinstance(error, FileNotFoundError):
            raise FileNotFoundError(str(error.args[0]) if error.args else "") from None
        status = getattr(getattr(error, "response", None), "status_code", None)
        message = reason or (f"the hub answers {status}" if status else "the hub cannot be reached")
        raise LocationError(message) from None


class _PlainReads(io.RawIOBase):
    """A file of the hub's client whose errors hold no address and no credential."""

    def __init__(self, opened: Any, size: int) -> None:
        self._opened, self._size = opened, size

    def readable(self) -> bool:
        """Always true."""
        return True

    def seekable(self) -> bool:
        """Always true."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return int(self._opened.tell())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place."""
        return int(self._opened.seek(offset, whence))

    def size(self) -> int:
        """Return how long the file was when it was found."""
        return self._size

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes from here on."""
        wanted = self._size - self.tell() if size < 0 else min(size, self._size - self.tell())
        with _plain_errors():
            return bytes(self._opened.read(wanted)) if wanted > 0 else b""
