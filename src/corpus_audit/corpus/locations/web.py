"""A folder on a web server that the operator has allowed, read by byte ranges.

No address is followed anywhere else: a redirect is refused, and so is a server that does not tell sizes or ranges.
"""

import http.client
import io
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import normpath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pyarrow as pa

from corpus_audit.config import ENVIRONMENT_PREFIX
from corpus_audit.corpus.locations.base import Listed, LocationError
from corpus_audit.corpus.paths import refuse_shape
from corpus_audit.errors import RefusedPathError, StoreError

_SECONDS = 60
_READ_AHEAD = 8 << 20
_PLAIN = {"Accept-Encoding": "identity", "User-Agent": "corpus-audit"}
_WORDS = {401: "access is denied", 403: "access is denied"}
_GONE = (404, 410)


@dataclass(frozen=True)
class WebFile:
    """One file of a web server."""

    url: str
    name: str
    size_bytes: int

    def stream(self, first: int, length: int) -> Any:
        """Return *length* bytes from *first* on, a few large requests at a time."""
        return pa.BufferedInputStream(self.seekable().get_stream(first, length), min(_READ_AHEAD, max(1, length)))

    def seekable(self) -> Any:
        """Return the file for reading at any place, a request a place."""
        return pa.PythonFile(_Ranges(self.url, self.size_bytes), mode="r")


@dataclass(frozen=True)
class WebFolder:
    """What lies below an address, as a root."""

    address: str

    def find(self, file: str) -> WebFile:
        """Return the file at a path."""
        refuse_shape(file)
        url = f"{self.address}/{quote(file)}"
        with _Answer("HEAD", url) as answer:
            if answer.status in _GONE:
                raise FileNotFoundError(file)
            _require(answer, 200)
            size = answer.getheader("Content-Length") or ""
        if not (size.isascii() and size.isdigit()):
            message = "the server does not tell its size"
            raise LocationError(message)
        return WebFile(url, file, int(size))

    def walk(self, folder: str) -> Iterator[Listed]:  # noqa: ARG002 - of no folder can anything be told
        """Raise LocationError: a web server does not list what it has."""
        message = "a web server does not list its files: one that no source declares is not seen"
        raise LocationError(message)


def open_web_folder(address: str, allowed: Sequence[str]) -> WebFolder:
    """Return the folder at an address; raises StoreError unless it begins with an allowed one."""
    folder = address.rstrip("/")
    parts = urlsplit(folder)
    if "@" in parts.netloc or not parts.netloc or parts.query or parts.fragment:
        message = "The root has no host, or a user name, query or fragment: give the plain address of a folder."
        raise StoreError(message)
    if not any(_is_below(folder, beginning) for beginning in allowed):
        message = (
            f"The root {folder} may not be opened: an operator has to name it, or how it begins, "
            f"in {ENVIRONMENT_PREFIX}ALLOWED_URLS."
        )
        raise StoreError(message)
    return WebFolder(folder)


def _is_below(address: str, beginning: str) -> bool:
    """True if an address equals an allowed one or is below it; compared by parts, in any spelling."""
    asked, granted = urlsplit(address), urlsplit(beginning.rstrip("/"))
    try:
        ports = (asked.port, granted.port)
    except ValueError:
        return False
    if (asked.scheme, asked.hostname) != (granted.scheme, granted.hostname) or ports[0] != ports[1]:
        return False
    path, above = (normpath("/" + unquote(parts.path)) for parts in (asked, granted))
    return path == above or path.startswith(above.rstrip("/") + "/")


class _Answer:
    """What a server answers to one request, as a context; raises LocationError when there is none."""

    def __init__(self, method: str, url: str, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme == "https":
            self._connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.netloc, timeout=_SECONDS, context=ssl.create_default_context()
            )
        else:
            self._connection = http.client.HTTPConnection(parts.netloc, timeout=_SECONDS)
        self._request = (method, parts.path, None, _PLAIN | (headers or {}))

    def __enter__(self) -> http.client.HTTPResponse:
        try:
            self._connection.request(*self._request)
            return self._connection.getresponse()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            message = "it cannot be reached"
            raise LocationError(message) from None

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def _require(answer: http.client.HTTPResponse, status: int) -> None:
    if 300 <= answer.status < 400:
        message = "The server redirects to an address that may not be read: declare the address it leads to."
        raise RefusedPathError(message)
    if answer.status != status:
        raise LocationError(_WORDS.get(answer.status, f"the server answers {answer.status}"))


class _Ranges(io.RawIOBase):
    """A file that is read by one request for each range of bytes."""

    def __init__(self, url: str, size: int) -> None:
        self._url, self._size, self._at = url, size, 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def seekable(self) -> bool:
        """Always true."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = start + offset
        return self._at

    def size(self) -> int:
        """Return how long the file was when it was found."""
        return self._size

    def read(self, size: int = -1) -> bytes:
        """Return up to *size* bytes from here on."""
        end = self._size if size < 0 else min(self._size, self._at + size)
        if end <= self._at:
            return b""
        with _Answer("GET", self._url, {"Range": f"bytes={self._at}-{end - 1}"}) as answer:
            _require(answer, 206)
            try:
                content = answer.read(end - self._at)
            except (OSError, http.client.HTTPException):
                message = "the connection broke off"
                raise LocationError(message) from None
        self._at += len(content)
        return content
