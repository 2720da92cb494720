"""PDF: one file is a record with the text of its pages, and one for each picture there; parsed in a process of its own.

Annotations, form fields, links, the outline and the document's information are scanned as columns. Attached files are
counted as members that are not read, and so are pictures that cannot be extracted.
"""

import re
from collections.abc import Iterator

import pyarrow as pa

from corpus_audit.corpus.columns import column_texts
from corpus_audit.corpus.entry import ColumnSeen, FileEntry, ReadResult, RowMedia, RowsScanned, Seen, Skipped
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.pdf_pictures import PagePictures
from corpus_audit.corpus.pdf_process import PdfProcess, PdfText
from corpus_audit.corpus.texts import raw_batch, text_batch
from corpus_audit.vocabulary import ColumnReason, ColumnRole, DefectCode, Modality, SkipReason, Unit

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
    if answer.pictures:
        yield from _pictures(answer.pictures, _PROCESS.pictures_of(content))
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
    yield from _members(answer.attachments, answer.attachments, SkipReason.ATTACHED_FILE)
    if answer.is_cut:
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, "it holds more text than is read of one document")


def _members(there: int, unread: int, reason: SkipReason) -> Iterator[ReadResult]:
    if there:
        yield Seen(Unit.MEMBER, there)
    if unread:
        yield Skipped(Unit.MEMBER, reason, unread)


def _pictures(shown: int, pictures: PagePictures | None) -> Iterator[ReadResult]:
    """Yield the pictures of a document as records; *pictures* is None where extracting the *shown* ones failed."""
    if pictures is None:
        yield from _members(shown, shown, SkipReason.PAGE_PICTURE)
        return
    found = pictures.found
    yield from _members(len(found) + pictures.failed, pictures.failed, SkipReason.PAGE_PICTURE)
    if found:
        columns = {
            "modality": pa.repeat(pa.scalar(str(Modality.IMAGE)), len(found)),
            "content": pa.array([picture.content for picture in found], pa.large_binary()),
            "member": pa.array([picture.place for picture in found]),
        }
        yield RowMedia(raw_batch(pa.repeat(pa.scalar(0, pa.int64()), len(found)), columns), 0)


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
