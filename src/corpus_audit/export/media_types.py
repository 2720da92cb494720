"""Media types by file suffix, or else by the format in which the file was read."""

import mimetypes
from collections.abc import Mapping

from corpus_audit.vocabulary import FileFormat

_BY_FORMAT: Mapping[str, str] = {
    FileFormat.TEXT: "text/plain",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
    FileFormat.JSONL: "application/jsonlines",
    FileFormat.CSV: "text/csv",
    FileFormat.BINARY: "application/octet-stream",
}
_TYPES = mimetypes.MimeTypes()
"""Python's own table, without what the machine adds, so that the same file has the same type everywhere."""


def media_type(file: str, file_format: str | None) -> str:
    """Return the media type of a file of the dataset."""
    if file_format in (FileFormat.PARQUET, FileFormat.JSONL, FileFormat.CSV):
        return _BY_FORMAT[file_format]
    guessed, encoding = _TYPES.guess_type(file)
    if encoding:
        return _BY_FORMAT[FileFormat.BINARY] if encoding != "gzip" else "application/gzip"
    return guessed or _BY_FORMAT.get(file_format or "", _BY_FORMAT[FileFormat.BINARY])
