"""WARC and WET: every page or text of a crawl is a record, with its address, date and language."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen, Skipped
from corpus_audit.corpus.formats.html import MAX_PAGE_BYTES, text_of_html
from corpus_audit.corpus.inputs import Input, read_whole
from corpus_audit.corpus.panics import panics_as_errors
from corpus_audit.corpus.texts import decode_bytes, text_batch
from corpus_audit.vocabulary import DefectCode, SkipReason, Unit

_KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_PAGES = ("text/html", "application/xhtml+xml")
_MAX_HEADER_BYTES = 1 << 20


def read_warc(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the texts of a crawl; a row counts its responses, resources and conversions from 0, whatever they hold."""
    waiting = _Waiting(batch_bytes)
    row = -1
    with source.stream() as stream:
        try:
            for row, record in enumerate(_records(stream)):
                yield Seen(Unit.ROW, 1)
                if not _is_text(record):
                    yield Skipped(Unit.ROW, SkipReason.NOT_TEXT)
                    continue
                try:
                    text = _text_of(record)
                except LimitExceededError as error:
                    yield entry.defect(DefectCode.LIMIT_EXCEEDED, str(error), f"row {row}", rows_lost=1)
                    continue
                if text:
                    yield from waiting.add(row, text, record.headers)
                else:
                    yield Skipped(Unit.ROW, SkipReason.NO_CONTENT)
        except Exception:
            yield from waiting.flush()
            raise
        yield from waiting.flush()
    if row < 0 and entry.size_bytes:
        yield entry.defect(DefectCode.FILE_UNREADABLE, "it holds no response, resource or conversion of a crawl")


def _records(stream: BinaryIO) -> Iterator[Any]:
    with panics_as_errors():
        archive = iter(
            ArchiveIterator(
                stream, record_types=_KINDS, parse_http=True, auto_decode="all", max_header_len=_MAX_HEADER_BYTES
            )
        )
    while True:
        with panics_as_errors():
            record = next(archive, None)
        if record is None:
            return
        yield record


class _Waiting:
    """Records that are not yet enough for a batch."""

    def __init__(self, batch_bytes: int) -> None:
        self._limit = batch_bytes
        self._size = 0
        self._rows: list[int] = []
        self._columns: dict[str, list[Any]] = {"texts": [], "url": [], "date": [], "language": []}

    def add(self, row: int, text: str | bytes, headers: Any) -> Iterator[ReadResult]:
        self._rows.append(row)
        for name, value in (
            ("texts", text),
            ("url", headers.get("WARC-Target-URI")),
            ("date", headers.get("WARC-Date")),
            ("language", headers.get("WARC-Identified-Content-Language")),
        ):
            self._columns[name].append(value)
        self._size += len(text)
        if self._size >= self._limit:
            yield from self.flush()

    def flush(self) -> Iterator[ReadResult]:
        if self._rows:
            yield text_batch(self._rows, **self._columns)
        self._rows, self._size = [], 0
        self._columns = {name: [] for name in self._columns}


def _text_of(record: Any) -> str | bytes:
    """Return the text of a record; raises LimitExceededError when it is too large."""
    with panics_as_errors():
        content = read_whole(record.reader, MAX_PAGE_BYTES)
    return text_of_html(content, record.http_charset) if _kind_of(record) in _PAGES else decode_bytes(content)[0]


def _is_text(record: Any) -> bool:
    """Is it a page or a text, and no picture or the like?"""
    kind = _kind_of(record)
    return kind in _PAGES or kind.startswith("text/")


def _kind_of(record: Any) -> str:
    kind = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""
    return str(kind).partition(";")[0].strip().lower()
