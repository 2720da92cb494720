"""Streams of bytes to and from files, compressed or not."""

import bz2
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.recognition import UTF_8, UTF_8_WITH_MARK
from corpus_audit.errors import RewriteError

CHUNK = 4 * 2**20
_WIDE = ("utf-16", "utf-32")


def encoding_of(entry: FileEntry) -> str:
    """Return the encoding of a text whose lines can be told by their bytes; raises RewriteError for another."""
    encoding = entry.recognition.encoding or UTF_8
    if encoding.startswith(_WIDE):
        message = f"{entry.file} is in {encoding}: convert it to UTF-8, and audit it again."
        raise RewriteError(message)
    return UTF_8 if encoding == UTF_8_WITH_MARK else encoding


@contextmanager
def writing(path: Path, codec: str | None) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes end in a file, compressed by *codec* where there is one; the same bytes every time."""
    with path.open("wb") as file, _compressed(file, codec) as stream:
        yield stream


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a stream holds, some megabytes at a time."""
    while chunk := stream.read(CHUNK):
        yield chunk


@contextmanager
def _compressed(file: Any, codec: str | None) -> Iterator[Any]:
    if codec is None:
        yield file
    elif codec == "xz":
        with lzma.LZMAFile(file, "wb") as stream:
            yield stream
    elif codec == "bz2":
        with bz2.BZ2File(file, "wb") as stream:
            yield stream
    else:
        with pa.CompressedOutputStream(pa.PythonFile(file), codec) as stream:
            yield stream
