"""What format a file is in and where its text is, where its manifest does not say."""

import csv
import json
from pathlib import Path

from corpus_audit.corpus.compression import open_stream, suffix_without_compression
from corpus_audit.corpus.formats import SUFFIXES
from corpus_audit.vocabulary import FileFormat

DEFAULT_TEXT_FIELD = "text"
"""Where the text of a row is looked for when the manifest names no field."""

_SNIFFED_BYTES = 8192
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def recognise_format(path: Path, file: str) -> FileFormat:
    """Return the format by the file's suffix, else text or binary by its first bytes (a NUL makes it binary).

    CSV and JSON lines without a field named like the default are plain text: nobody said that their rows are
    records. Raises OSError when the file cannot be read.
    """
    by_suffix = SUFFIXES.get(suffix_without_compression(file))
    if by_suffix is FileFormat.PARQUET:
        return by_suffix
    with open_stream(path) as stream:
        head = stream.read(_SNIFFED_BYTES)
    if by_suffix is not None and DEFAULT_TEXT_FIELD in _fields(head, by_suffix):
        return by_suffix
    if head.startswith(_UTF16_MARKS):
        return FileFormat.TEXT
    return FileFormat.BINARY if b"\0" in head else FileFormat.TEXT


def _fields(head: bytes, file_format: FileFormat) -> list[str]:
    """Return the field names that the first line of a CSV or JSON lines file shows."""
    first_line = head.split(b"\n", 1)[0].decode(errors="replace").rstrip("\r")
    try:
        if file_format is FileFormat.JSONL:
            row = json.loads(first_line)
            return list(row) if isinstance(row, dict) else []
        delimiter = "\t" if "\t" in first_line else ","
        return next(csv.reader([first_line], delimiter=delimiter), [])
    except (ValueError, RecursionError, csv.Error):
        # A first line longer than what was read, or damage: the reader will say where, if rows were declared.
        return [DEFAULT_TEXT_FIELD] if file_format is FileFormat.JSONL and len(head) == _SNIFFED_BYTES else []
