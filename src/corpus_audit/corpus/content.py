"""The format of a content, by its first bytes; its name decides only if they do not."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus_audit.corpus.dialects import is_table, recognise_dialect
from corpus_audit.corpus.encodings import decode_head, recognise_encoding
from corpus_audit.corpus.json_shapes import recognise_json
from corpus_audit.corpus.recognition import Recognition
from corpus_audit.corpus.server_answers import is_server_answer
from corpus_audit.corpus.signatures import recognise_media
from corpus_audit.vocabulary import FileFormat

HEAD_BYTES = 64 * 1024
"""How much of a content is looked at."""

HAS_FIELDS = (FileFormat.PARQUET, FileFormat.ARROW, FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV)
"""Formats of rows, in which a text is in a field."""

ALSO_DOCUMENTS = (FileFormat.CSV, FileFormat.JSON)
"""Formats of rows that are just as often a document: a table of figures, a configuration."""

_POINTERS = (b"version https://git-lfs.github.com/spec/", b"/annex/objects/")
"""How the files begin that stand in a repository for data that was not fetched."""

_ENCRYPTED_PARQUET = b"PARE"
_STARTS: Mapping[bytes, FileFormat] = {
    b"PAR1": FileFormat.PARQUET,
    _ENCRYPTED_PARQUET: FileFormat.PARQUET,
    b"ARROW1\0\0": FileFormat.ARROW,
    b"PK\x03\x04": FileFormat.ZIP,
    b"PK\x05\x06": FileFormat.ZIP,
    b"%PDF-": FileFormat.PDF,
    b"WARC/1.": FileFormat.WARC,
    b"WARC/0.": FileFormat.WARC,
}
_CONTINUES = b"\xff\xff\xff\xff"
_LONGEST_SCHEMA = 64 * 2**20
_TAR_MARK_AT = 257
_TAR_MARK = b"ustar"

_TEXTS = frozenset({FileFormat.TEXT, FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV, FileFormat.HTML})
"""Formats whose bytes are a text in some encoding."""

_MAY_BE_TABLES = frozenset({"", ".txt", ".dat", ".data", ".psv", ".dsv", ".tab"})
"""Suffixes that say nothing against rows of values."""

_ROWS_OF_TEXT = frozenset({FileFormat.JSONL, FileFormat.JSON, FileFormat.CSV})


@dataclass(frozen=True, slots=True)
class Content:
    """The format of a content and how its bytes are to be read; *is_empty* when it holds no byte."""

    format: FileFormat
    recognition: Recognition
    is_empty: bool = False
    is_pointer: bool = False
    """The file only names data that lies elsewhere, as files of Git LFS and git-annex do."""
    is_answer: bool = False
    """The file holds what a server answered in place of the data."""


def recognise_content(head: bytes, named: FileFormat | None, suffix: str, *, is_whole: bool) -> Content:
    """Return what a content is by its decompressed beginning.

    *named* is the format that its name or its manifest stands for, None where there is none. *is_whole* says that
    nothing comes behind *head*.
    """
    if not head:
        return Content(named or FileFormat.TEXT, Recognition(), is_empty=True)
    if head.startswith(_POINTERS):
        return Content(FileFormat.BINARY, Recognition(), is_pointer=True)
    binary = _binary_format(head)
    if binary is not None:
        return Content(binary, Recognition())
    encoding = recognise_encoding(head, is_whole=is_whole)
    if encoding is None:
        return Content(named if named is not None and named not in _TEXTS else _media_format(head), Recognition())
    recognition = Recognition(encoding=encoding[0], encoding_basis=encoding[1])
    return _of_text(decode_head(head, encoding[0]), named, suffix, recognition, is_whole=is_whole)


def _of_text(text: str, named: FileFormat | None, suffix: str, recognition: Recognition, *, is_whole: bool) -> Content:
    if is_server_answer(text, named, is_whole=is_whole):
        return Content(FileFormat.BINARY, Recognition(), is_answer=True)
    if named is not None and named not in _TEXTS:
        return Content(named, Recognition())
    return _text_format(text, named, suffix, recognition, is_whole=is_whole)


def _media_format(head: bytes) -> FileFormat:
    kind = recognise_media(head)
    return FileFormat.BINARY if kind is None else FileFormat(kind.modality)


def _binary_format(head: bytes) -> FileFormat | None:
    """Return the format whose signature a content begins with; None when it begins with none."""
    known = next((kind for start, kind in _STARTS.items() if head.startswith(start)), None)
    if known is not None:
        return known
    if head[_TAR_MARK_AT:].startswith(_TAR_MARK):
        return FileFormat.TAR
    return FileFormat.ARROW if _is_arrow_stream(head) else None


def _is_arrow_stream(head: bytes) -> bool:
    if len(head) < 16 or not head.startswith(_CONTINUES):
        return False
    (length,) = struct.unpack_from("<i", head, len(_CONTINUES))
    # The length of a flatbuffer that holds a schema, padded to eight bytes.
    return bool(0 < length <= _LONGEST_SCHEMA and length % 8 == 0)


def _text_format(
    text: str, named: FileFormat | None, suffix: str, recognition: Recognition, *, is_whole: bool
) -> Content:
    """Return the format of a text: rows of JSON or CSV only where the name says rows, or says nothing."""
    if named is not None and named not in _ROWS_OF_TEXT:
        return Content(named, recognition)
    json_format = recognise_json(text, named, is_whole=is_whole)
    if json_format is not None:
        return Content(json_format, recognition)
    if named in (FileFormat.JSON, FileFormat.JSONL):
        return Content(FileFormat.TEXT, recognition)
    if named is not FileFormat.CSV and suffix not in _MAY_BE_TABLES:
        return Content(FileFormat.TEXT, recognition)
    dialect = recognise_dialect(text, suffix, is_whole=is_whole)
    if named is FileFormat.CSV or is_table(text, dialect, is_whole=is_whole):
        return Content(FileFormat.CSV, replace(recognition, dialect=dialect))
    return Content(FileFormat.TEXT, recognition)
