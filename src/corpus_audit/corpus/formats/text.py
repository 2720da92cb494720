"""Plain text and source files: one file is one record; very large files are split at line ends."""

from collections.abc import Iterator
from typing import BinaryIO

from corpus_audit.corpus.encodings import as_utf8
from corpus_audit.corpus.entry import FileEntry, ReadResult, Skipped, WholeText
from corpus_audit.corpus.inputs import Input
from corpus_audit.corpus.json_text import is_json_text, without_escapes
from corpus_audit.corpus.license_columns import license_of_document
from corpus_audit.corpus.texts import changed_encoding, decode_bytes, replaced_detail
from corpus_audit.vocabulary import DefectCode, SkipReason, Unit

PART_BYTES = 32 * 2**20
"""A text longer than this becomes several records, so that memory does not grow with a file."""

_STEP = 1 << 18
"""Bytes that are read at once: a stream sets aside as much as is asked for, though most texts are small."""


def read_text(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - a text is its own batch
    """Yield the file's text as one record, or as parts of PART_BYTES cut after a line; a blank text is none.

    The strings of a JSON document are read without their escapes, so that nothing hides behind them; a license that
    it states is the record's.
    """
    start = 0
    with source.stream() as packed:
        stream = as_utf8(packed, entry.recognition.encoding)
        is_json = False
        for row, content in enumerate(_parts(stream)):
            text, bad_byte = decode_bytes(content)
            is_json = is_json or (row == 0 and is_json_text(text, source.name))
            license_ = license_of_document(text) if is_json and entry.scans else None
            text = without_escapes(text) if is_json else text
            if bad_byte is not None:
                yield entry.defect(DefectCode.NOT_UTF8, replaced_detail(entry), f"byte {start + bad_byte}")
            if text.isspace() or not text:
                yield Skipped(Unit.ROW, SkipReason.NO_CONTENT)
            else:
                yield WholeText(row, text, license_)
            start += len(content)
        yield from changed_encoding(entry, stream)


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    pending = _fill(stream, b"")
    has_parts = False
    while len(pending) >= PART_BYTES:
        cut = pending.rfind(b"\n") + 1
        cut = cut or _character_boundary(pending)
        yield pending[:cut]
        has_parts = True
        pending = _fill(stream, pending[cut:])
    if pending or not has_parts:
        yield pending


def _fill(stream: BinaryIO, begun: bytes) -> bytes:
    """Return the next PART_BYTES of a stream that may give less than it is asked for."""
    parts = [begun]
    left = PART_BYTES - len(begun)
    while left > 0 and (part := stream.read(min(left, _STEP))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _character_boundary(content: bytes) -> int:
    """Return where the last UTF-8 character of *content* starts, so that a cut does not split it."""
    for back in range(1, 5):
        if content[-back] & 0xC0 != 0x80:
            return len(content) - back
    return len(content)
