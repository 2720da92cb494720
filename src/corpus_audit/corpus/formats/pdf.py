"""PDF: one file is one record, with the text of its pages; parsed in a separate process.

Annotations, form fields, links, the outline and the document's information are scanned as columns. Attached files and
pictures on pages are counted as members that are not read.
"""

import re
from collections.abc import Iterator

import pyarrow as pa

from corpus_audit.corpus.columns import column_texts
from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult, RowsScanned, Seen, Skipped
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.pdf_process import PdfProcess, PdfText
from corpus_audit.corpus.texts import text_batch
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, SkipReason, Unit

_PROCESS = PdfProcess()
"""One for this process: it starts with the first PDF and is kept for the next."""

_BEGIN, _END = b"%PDF-", b"%%EOF"
_SECOND = re.compile(_END + rb"\s*(?=" + _BEGIN + rb"\d)")
_PADDING = b"\0\t\n\f\r "
_NOT_ACCOUNTED = "bytes before, between or behind documents were not read"


def read_pdf(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:  # noqa: ARG001 - a document is its own batch
    """Yield the text of a document as one record, and its other texts."""
    with source.stream() as stream:
        content = read_whole(stream)
    answer = _PROCESS.text_of(content)
    if answer.problem:
        yield entry.defect(DefectCode.FILE_UNREADABLE, answer.problem)
        return
    if answer.text.strip():
        yield text_batch([0], [answer.text], aigc_label=[answer.aigc_label or None])
    else:
        yield entry.defect(DefectCode.NULL_TEXT, "the document shows no text; its pages may be pictures")
    if entry.scans:
        yield from _scan(entry, answer)
    yield from _not_read(entry, answer)
    at = _trailing_byte(content)
    if at is not None:
        yield entry.defect(DefectCode.TRAILING_DATA, _NOT_ACCOUNTED, f"byte {at}")


def _scan(entry: FileEntry, answer: PdfText) -> Iterator[ReadResult]:
    for column, text in answer.other_texts.items():
        yield ColumnSeen(column, ColumnRole.SCANNED, ColumnReason.HOLDS_TEXT, "text")
        content = pa.array([text.encode(errors="replace")], pa.large_binary())
        yield from column_texts(entry, column, pa.array([0], pa.int64()), content)
    if answer.other_texts:
        yield RowsScanned(1, int(not answer.text.strip()))


def _not_read(entry: FileEntry, answer: PdfText) -> Iterator[ReadResult]:
    counts = {SkipReason.ATTACHED_FILE: answer.attachments, SkipReason.PAGE_PICTURE: answer.pictures}
    for reason, count in counts.items():
        if count:
            yield Seen(Unit.MEMBER, count)
            yield Skipped(Unit.MEMBER, reason, count)
    if answer.is_cut:
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, "it holds more text than is read of one document")


def _trailing_byte(content: bytes) -> int | None:
    """Return the first byte that no document accounts for, None without any."""
    begin = content.find(_BEGIN)
    if begin > 0 and content[:begin].strip(_PADDING):
        return 0
    second = _SECOND.search(content)
    if second is not None:
        return second.end()
    end = content.rfind(_END) + len(_END)
    return None if end < len(_END) or not content[end:].strip(_PADDING) else end
