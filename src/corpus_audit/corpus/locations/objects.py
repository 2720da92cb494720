"""Buckets of S3, Google Cloud Storage and Azure, through Arrow's file systems.

Credentials come from the environment as each provider names them, or from the machine's role; an address with a user
name, a password or a query is refused, so that none gets into a manifest, a log or the store.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.fs as pafs

from corpus_audit.corpus.locations.base import Listed, LocationError
from corpus_audit.corpus.paths import refuse_shape
from corpus_audit.errors import StoreError

_READ_AHEAD = 8 << 20
"""How much one request asks for while a file is read in order."""

_REASONS = {
    "ACCESS_DENIED": "access is denied",
    "403": "access is denied",
    "401": "access is denied",
    "NO_SUCH_BUCKET": "there is no such bucket",
    "NETWORK_CONNECTION": "it cannot be reached",
    "INVALID_ACCESS_KEY_ID": "the credentials are not known there",
    "SIGNATURE_DOES_NOT_MATCH": "the credentials are not known there",
}
"""What is told of an error of a provider, whose own words may hold what should not be told."""


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
        filesystem = _FILESYSTEMS[parts.scheme.lower()](environ)
        with _plain_errors():
            there = filesystem.get_file_info(root).type
    except (OSError, pa.ArrowException, ValueError) as error:
        reason = str(error) if isinstance(error, LocationError) else "its settings in the environment are not usable"
        message = f"The root {address} cannot be opened: {reason}. Check the address and the credentials."
        raise StoreError(message) from None
    if there is not pafs.FileType.Directory:
        message = f"The root {address} is not there, or is no folder: check the address."
        raise StoreError(message)
    return Bucket(filesystem, address.rstrip("/"), root)


def _s3(environ: Mapping[str, str]) -> Any:
    endpoint = urlsplit(environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or "")
    options: dict[str, Any] = {"region": environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")}
    if endpoint.netloc:
        options |= {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme}
        options["region"] = options["region"] or "us-east-1"  # such a server has no region of its own
    return pafs.S3FileSystem(connect_timeout=10, request_timeout=60, **options)


def _google(environ: Mapping[str, str]) -> Any:
    emulator = environ.get("STORAGE_EMULATOR_HOST")
    if not emulator:
        return pafs.GcsFileSystem()
    host = urlsplit(emulator if "://" in emulator else f"http://{emulator}")
    return pafs.GcsFileSystem(anonymous=True, scheme=host.scheme, endpoint_override=host.netloc)


def _azure(environ: Mapping[str, str]) -> Any:
    account = environ.get("AZURE_STORAGE_ACCOUNT_NAME") or environ.get("AZURE_STORAGE_ACCOUNT")
    if not account:
        message = "AZURE_STORAGE_ACCOUNT_NAME does not say which account the container is of"
        raise LocationError(message)
    key, token = environ.get("AZURE_STORAGE_ACCOUNT_KEY"), environ.get("AZURE_STORAGE_SAS_TOKEN")
    options: dict[str, Any] = {"account_key": key} if key else {"sas_token": token} if token else {}
    endpoint = urlsplit(environ.get("AZURE_STORAGE_BLOB_ENDPOINT") or "")
    if endpoint.netloc:
        options |= {"blob_storage_authority": endpoint.netloc, "blob_storage_scheme": endpoint.scheme}
        options |= {"dfs_storage_authority": endpoint.netloc, "dfs_storage_scheme": endpoint.scheme}
    return pafs.AzureFileSystem(account, **options)


_FILESYSTEMS: Mapping[str, Callable[[Mapping[str, str]], Any]] = {"s3": _s3, "gs": _google, "az": _azure}


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Reword a provider's errors so that they contain no credential."""
    try:
        yield
    except (FileNotFoundError, LocationError):
        raise
    except (OSError, pa.ArrowException) as error:
        reason = next((words for sign, words in _REASONS.items() if sign in str(error)), "cannot be read")
        raise LocationError(reason) from None
