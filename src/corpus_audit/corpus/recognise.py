"""What format a file is in and where its text is, where its manifest does not say."""

import csv
import json

from corpus_audit.corpus.compression import open_stream, suffix_without_compression
from corpus_audit.corpus.formats import SUFFIXES
from corpus_audit.corpus.locations.base import StoredFile
from corpus_audit.corpus.signatures import recognise_media
from corpus_audit.vocabulary import FileFormat

DEFAULT_TEXT_FIELD = "text"
"""Where the text of a row is looked for when the manifest names no field."""

HAS_FIELDS = (FileFormat.PARQUET, FileFormat.ARROW, FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV)
"""Formats of rows, in which a text is in a field."""

_BY_FIELDS = (FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV)
_SNIFFED_BYTES = 8192
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def recognise_format(file: StoredFile) -> FileFormat:
    """Return the format by the file's suffix, else by its first bytes: a NUL makes it a kind of media or binary.

    CSV, JSON and JSON lines without a field named like the default are plain text: nobody said that their rows are
    records. Raises OSError when the file cannot be read.
    """
    by_suffix = SUFFIXES.get(suffix_without_compression(file.name))
    if by_suffix is not None and by_suffix not in _BY_FIELDS:
        return by_suffix
    with open_stream(file) as stream:
        head = stream.read(_SNIFFED_BYTES)
    if by_suffix is not None and DEFAULT_TEXT_FIELD in _fields(head, by_suffix):
        return by_suffix
    if head.startswith(_UTF16_MARKS):
        return FileFormat.TEXT
    if b"\0" not in head:
        return FileFormat.TEXT
    kind = recognise_media(head)
    return FileFormat.BINARY if kind is None else FileFormat(kind.modality)


def _fields(head: bytes, file_format: FileFormat) -> list[str]:
    """Return the field names that the beginning of a file of rows shows."""
    text = head.decode(errors="replace")
    try:
        if file_format is FileFormat.JSON:
            return _fields_of_first(text)
        first_line = text.split("\n", 1)[0].rstrip("\r")
        if file_format is FileFormat.JSONL:
            row = json.loads(first_line)
            return list(row) if isinstance(row, dict) else []
        delimiter = "\t" if "\t" in first_line else ","
        return next(csv.reader([first_line], delimiter=delimiter), [])
    except (ValueError, RecursionError, csv.Error):
        # A first line longer than what was read, or damage: the reader will say where, if rows were declared.
        return [DEFAULT_TEXT_FIELD] if file_format is FileFormat.JSONL and len(head) == _SNIFFED_BYTES else []


def _fields_of_first(text: str) -> list[str]:
    """Return the fields of the first entry of a list; a single object is a document, not a row."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("["):
        return []
    row, _ = json.JSONDecoder().raw_decode(text, len(text) - len(text[1:].lstrip()))
    return list(row) if isinstance(row, dict) else []
