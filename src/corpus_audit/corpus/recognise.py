"""Recognition of a file: its format, compression, encoding, and default text field."""

from collections.abc import Iterator
from dataclasses import replace

from corpus_audit.corpus.compression import open_stream, recognise_compression, suffix_without_compression
from corpus_audit.corpus.content import HAS_FIELDS, HEAD_BYTES, Content, recognise_content
from corpus_audit.corpus.formats import SUFFIXES
from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.vocabulary import FileFormat

_STEP = 256

_ONE_TEXT = (FileFormat.TEXT, FileFormat.HTML)
"""Formats by whose declaration a file is one record. Bytes that are rows are believed all the same."""

_BEGINS_JSON = (b"{", b"[")


def recognise_file(file: StoredFile, declared: FileFormat | None = None) -> Content:
    """Return what a file is by its first bytes; its declared format, then its suffix decide where they do not.

    Raises what its decompression raises.
    """
    head = _read_head(file, None)
    codec = recognise_compression(head)
    if codec is not None:
        head = _read_head(file, codec)
    suffix = suffix_without_compression(file.name)
    is_whole = len(head) <= HEAD_BYTES
    named = SUFFIXES.get(suffix)
    if declared not in _ONE_TEXT:
        return _with_declared(
            recognise_content(head[:HEAD_BYTES], declared or named, suffix, is_whole=is_whole), declared, codec
        )
    found = recognise_content(head[:HEAD_BYTES], declared, suffix, is_whole=is_whole)
    if found.format is declared and (named in HAS_FIELDS or head.lstrip()[:1] in _BEGINS_JSON):
        shown = recognise_content(head[:HEAD_BYTES], named, suffix, is_whole=is_whole)
        found = shown if shown.format in HAS_FIELDS else found
    return _with_declared(found, declared, codec)


def _with_declared(found: Content, declared: FileFormat | None, codec: str | None) -> Content:
    """Return what was found, with its compression; rows that look like one text are still what was declared."""
    is_declared = declared in HAS_FIELDS and found.format is FileFormat.TEXT
    if codec is None and not is_declared:
        return found
    return replace(
        found,
        format=declared if is_declared and declared else found.format,
        recognition=replace(found.recognition, compression=codec),
    )


def _read_head(file: StoredFile, codec: str | None) -> bytes:
    """Return one byte more than what is looked at, so that it shows whether that is all.

    Where the stream breaks off behind its first bytes, those are enough: the reader says where it is damaged.
    """
    try:
        return b"".join(_pieces(file, codec, HEAD_BYTES + 1))
    except Exception:  # noqa: BLE001 - it is damaged, or was: small pieces show how far it can be read
        return _read_whole_pieces(file, codec)


def _read_whole_pieces(file: StoredFile, codec: str | None) -> bytes:
    head = b""
    try:
        for piece in _pieces(file, codec, _STEP):
            head += piece
    except Exception:
        if not head:
            raise
    return head


def _pieces(file: StoredFile, codec: str | None, size: int) -> Iterator[bytes]:
    """Yield the first bytes of a file, unpacked, up to *size* of them at a time."""
    left = HEAD_BYTES + 1
    with open_stream(file, codec) as stream:
        while left and (piece := stream.read(min(size, left))):
            yield piece
            left -= len(piece)
