"""Crawl archives (WARC, WET, ARC): each page, text, picture or recording is a record with address, date and terms.

Everything else is counted: responses of other types, responses that show no text, and records that are no response.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.crawl_records import HELD_TYPES, CrawlRecord, Damage, read_crawl
from corpus_audit.corpus.crawl_responses import CrawlResponse, read_response
from corpus_audit.corpus.entry import FileEntry, ReadResult, Seen, Skipped
from corpus_audit.corpus.formats.html import MAX_PAGE_BYTES, PAGE_ENCODING, read_page
from corpus_audit.corpus.http_body import EncodingError
from corpus_audit.corpus.inputs import MAX_HELD_BYTES, Input
from corpus_audit.corpus.own_statements import OwnTerms
from corpus_audit.corpus.page_extras import scan_extras
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.corpus.texts import REPLACED, decode_bytes, raw_batch, text_batch
from corpus_audit.vocabulary import DefectCode, Modality, SkipReason, Unit

_COLUMNS = ("texts", "url", "date", "language", "declared_license", "opt_outs")
_NO_CONTENT = frozenset({"warcinfo", "request", "metadata", "revisit"})
"""Records that hold nothing a server sent: what was asked, and what is said of other records."""

_UNREAD_TYPE = "a record that continues another one, or is of an unknown type, is not read"
_CUT_BY = frozenset({"length", "time", "disconnect"})


def read_warc(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[ReadResult]:
    """Yield the texts and media of a crawl; a row counts its responses, resources and conversions from 0."""
    waiting = _Waiting(batch_bytes)
    rows = others = unread = 0
    early: list[Damage] = []
    try:
        for found in read_crawl(source):
            if isinstance(found, Damage):
                if rows or others or unread:
                    yield from _lost(found, entry)
                else:
                    early.append(found)
                continue
            for damage in early:
                yield from _lost(damage, entry)
            early.clear()
            if found.type in _NO_CONTENT:
                others += 1
            elif found.type not in HELD_TYPES:
                unread += 1
                yield Seen(Unit.ROW, 1)
                yield entry.defect(DefectCode.BAD_ROW, _UNREAD_TYPE, f"after {rows} rows")
            else:
                yield Seen(Unit.ROW, 1)
                yield from _read_record(found, rows, entry, waiting)
                rows += 1
    except Exception:
        yield from waiting.flush()
        raise
    yield from waiting.flush()
    if others:
        yield Skipped(Unit.CRAWL_RECORD, SkipReason.NO_RESPONSE, others)
    if not (rows or others or unread) and entry.size_bytes:
        yield entry.defect(DefectCode.FILE_UNREADABLE, "it holds no response, resource or conversion of a crawl")


class _Waiting:
    """Records that are not yet enough for a batch."""

    def __init__(self, batch_bytes: int) -> None:
        self._limit = batch_bytes
        self._empty()

    def _empty(self) -> None:
        self._size = 0
        self._rows: list[int] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}

    def add(self, row: int, text: str | bytes, said: dict[str, str | None]) -> Iterator[ReadResult]:
        self._rows.append(row)
        for name, value in {"texts": text, **said}.items():
            self._columns[name].append(value)
        self._size += len(text)
        if self._size >= self._limit:
            yield from self.flush()

    def flush(self) -> Iterator[ReadResult]:
        if self._rows:
            yield text_batch(self._rows, **self._columns)
        self._empty()


def _lost(damage: Damage, entry: FileEntry) -> Iterator[ReadResult]:
    """Yield the defect of a place where a record is damaged; behind a cut an unknown number is missing."""
    if damage.code is DefectCode.TRUNCATED:
        yield entry.defect(damage.code, damage.detail, damage.place)
        return
    yield Seen(Unit.ROW, 1)
    yield entry.defect(damage.code, damage.detail, damage.place, rows_lost=1)


def _read_record(record: CrawlRecord, row: int, entry: FileEntry, waiting: _Waiting) -> Iterator[ReadResult]:
    """Yield what one record gives, or the defect that it has."""
    place = f"row {row}"
    if record.block is None:
        detail = f"it is larger than {MAX_HELD_BYTES // 2**20} MiB, and its format is not read piece by piece"
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, detail, place, rows_lost=1)
        return
    cut_by = record.headers.get("warc-truncated")
    if cut_by is not None:
        why = cut_by.strip().lower()
        detail = f"the crawler kept only its beginning: {why if why in _CUT_BY else 'unspecified'}"
        yield entry.defect(DefectCode.DAMAGED, detail, place)
    try:
        response = read_response(record, record.block, MAX_PAGE_BYTES)
        yield from _read_response(response, record, row, entry, waiting)
    except LimitExceededError as error:
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, str(error), place, rows_lost=1)
    except EncodingError as error:
        yield entry.defect(DefectCode.BAD_ROW, str(error), place)
    except (ValueError, RecursionError):
        yield entry.defect(DefectCode.BAD_ROW, "the page could not be parsed", place)


def _read_response(
    response: CrawlResponse, record: CrawlRecord, row: int, entry: FileEntry, waiting: _Waiting
) -> Iterator[ReadResult]:
    modality = response.modality
    if modality is not None and response.content:
        yield from waiting.flush()
        yield from _read_media(response, modality, record, row, entry)
        return
    text: str | bytes
    terms = response.terms
    if response.is_page:
        page = read_page(response.content, response.charset, response.address, scans=entry.scans)
        yield from scan_extras(entry, row, page.extras)
        text, terms = page.text, terms.joined_with(page.terms)
        if page.has_replaced:
            yield entry.defect(DefectCode.NOT_UTF8, REPLACED.format(encoding=PAGE_ENCODING), f"row {row}")
    elif response.media_type.startswith("text/"):
        text, bad_byte = decode_bytes(response.as_utf8())
        if bad_byte is not None:
            yield entry.defect(
                DefectCode.NOT_UTF8, REPLACED.format(encoding="of its encoding"), f"row {row}, byte {bad_byte}"
            )
    elif response.content:
        yield Skipped(Unit.ROW, SkipReason.NOT_TEXT)
        return
    else:
        text = ""
    if text.strip():
        yield from waiting.add(row, text, _said(record, response.address, terms))
    else:
        yield Skipped(Unit.ROW, SkipReason.NO_CONTENT)


def _read_media(
    response: CrawlResponse, modality: Modality, record: CrawlRecord, row: int, entry: FileEntry
) -> Iterator[ReadResult]:
    """Yield a picture, recording or film as a batch of its own; it is not copied once more."""
    if recognise_media(response.content[:SNIFFED_BYTES]) is None:
        yield entry.defect(
            DefectCode.MISLABELLED, f"its bytes are not those of a known kind of {modality}", f"row {row}"
        )
    said = _said(record, response.address, response.terms)
    columns = {name: pa.array([value], pa.string()) for name, value in said.items()} | {
        "modality": pa.array([modality.value]),
        "content": pa.array([response.content], pa.large_binary()),
    }
    yield raw_batch(pa.array([row], pa.int64()), columns)


def _said(record: CrawlRecord, address: str | None, terms: OwnTerms) -> dict[str, str | None]:
    return {
        "url": address,
        "date": record.headers.get("warc-date"),
        "language": record.headers.get("warc-identified-content-language"),
        "declared_license": terms.declared_license,
        "opt_outs": terms.written,
    }
