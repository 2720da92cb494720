"""Crawl archives (WARC, WET, ARC): a page, text, picture or recording is a record, with its address, date and terms.

Everything else is counted: responses of other types, responses that show no text, and records that are no response.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.crawl_records import HELD_TYPES, CrawlRecord, Damage, header_fields, read_crawl
from corpus_audit.corpus.entry import FileEntry, Piece
from corpus_audit.corpus.formats.html import MAX_PAGE_BYTES, read_page
from corpus_audit.corpus.http_body import EncodingError, decode_body
from corpus_audit.corpus.inputs import MAX_HELD_BYTES, Input
from corpus_audit.corpus.own_statements import OwnTerms, read_terms
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.corpus.texts import decode_bytes, raw_batch, text_batch
from corpus_audit.vocabulary import DefectCode, Modality, StatementPlace

_PAGES = ("text/html", "application/xhtml+xml")
_MEDIA = {f"{modality}/": modality for modality in (Modality.IMAGE, Modality.AUDIO, Modality.VIDEO)}
_UNTYPED = ("", "application/octet-stream", "unknown/unknown", "unk", "no-type")
_MARKUP = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_TRUNCATED_BY = frozenset({"length", "time", "disconnect"})
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def read_warc(source: Input, entry: FileEntry, batch_bytes: int) -> Iterator[Piece]:
    """Yield the texts and media of a crawl; a row counts its responses, resources and conversions from 0."""
    waiting = _Waiting(batch_bytes)
    skipped: Counter[str] = Counter()
    rows = 0
    try:
        for found in read_crawl(source):
            if isinstance(found, Damage):
                yield entry.defect(found.code, found.detail, found.place)
            elif found.type not in HELD_TYPES:
                skipped[f"record of type {found.type}"] += 1
            else:
                yield from _read_record(found, rows, entry, waiting, skipped)
                rows += 1
    except Exception:
        yield from waiting.flush()
        raise
    yield from waiting.flush()
    if not rows and not skipped and entry.size_bytes:
        yield entry.defect(DefectCode.FILE_UNREADABLE, "it holds no response, resource or conversion of a crawl")


@dataclass(frozen=True)
class _Response:
    """What a record holds once its HTTP part is taken off: one text, page or medium, and what goes with it."""

    content: bytes
    media_type: str
    charset: str | None
    terms: OwnTerms


class _Waiting:
    """Records that are not yet enough for a batch."""

    def __init__(self, batch_bytes: int) -> None:
        self._limit = batch_bytes
        self._size = 0
        self._rows: list[int] = []
        self._columns: dict[str, list[Any]] = _columns()

    def add(self, row: int, text: str | bytes, said: dict[str, str | None]) -> Iterator[Piece]:
        self._rows.append(row)
        for name, value in {"texts": text, **said}.items():
            self._columns[name].append(value)
        self._size += len(text)
        if self._size >= self._limit:
            yield from self.flush()

    def flush(self) -> Iterator[Piece]:
        if self._rows:
            yield text_batch(self._rows, **self._columns)
        self._rows, self._size = [], 0
        self._columns = _columns()


def _columns() -> dict[str, list[Any]]:
    return {name: [] for name in ("texts", "url", "date", "language", "declared_license", "opt_outs")}


def _read_record(
    record: CrawlRecord, row: int, entry: FileEntry, waiting: _Waiting, skipped: Counter[str]
) -> Iterator[Piece]:
    """Yield what one record gives, or the defect that it has."""
    place = f"row {row}"
    if record.block is None:
        detail = f"it is larger than {MAX_HELD_BYTES // 2**20} MiB, and its format is not read piece by piece"
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, detail, place)
        return
    reason = record.headers.get("warc-truncated")
    if reason is not None:
        why = reason.strip().lower()
        detail = f"the crawler kept only the beginning of it ({why if why in _TRUNCATED_BY else 'unspecified'})"
        yield entry.defect(DefectCode.TRUNCATED, detail, place)
    address = target_address(record)
    try:
        response = _response(record, record.block, address)
        yield from _read_response(response, record, row, address, entry, waiting, skipped)
    except LimitExceededError as error:
        yield entry.defect(DefectCode.LIMIT_EXCEEDED, str(error), place)
    except EncodingError as error:
        yield entry.defect(DefectCode.BAD_ROW, str(error), place)
    except (ValueError, RecursionError):
        yield entry.defect(DefectCode.BAD_ROW, "the page could not be parsed", place)


def _read_response(
    response: _Response,
    record: CrawlRecord,
    row: int,
    address: str | None,
    entry: FileEntry,
    waiting: _Waiting,
    skipped: Counter[str],
) -> Iterator[Piece]:
    modality = _modality(response)
    if modality is not None:
        yield from waiting.flush()
        if recognise_media(response.content[:SNIFFED_BYTES]) is None:
            detail = f"its bytes are not those of a known kind of {modality}"
            yield entry.defect(DefectCode.MISLABELLED, detail, f"row {row}")
        yield _media_batch(row, modality, response.content, _said(record, address, response.terms))
        return
    if response.media_type in _PAGES or (response.media_type in _UNTYPED and _MARKUP.match(response.content)):
        page = read_page(response.content, response.charset, address)
        text: str | bytes = page.text
        terms = response.terms.joined_with(page.terms)
    elif response.media_type.startswith("text/"):
        text, terms = decode_bytes(response.content)[0], response.terms
    else:
        skipped[response.media_type or "no type"] += 1
        return
    if not text:
        skipped["without text"] += 1
        return
    yield from waiting.add(row, text, _said(record, address, terms))


def target_address(record: CrawlRecord) -> str | None:
    """Return the address a record came from; some writers put it between brackets, as an old standard did."""
    address = record.headers.get("warc-target-uri", "").strip()
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return address or None


def _response(record: CrawlRecord, block: bytes, address: str | None) -> _Response:
    """Return what a record holds; raises EncodingError and LimitExceededError."""
    declared = record.headers.get("content-type", "")
    if not declared.lower().startswith("application/http"):
        return _Response(block, _media_type(declared), _charset(declared), OwnTerms())
    head, body = _split_head(block)
    fields = list(header_fields(head))
    named = dict(fields)
    content_type = named.get("content-type", "")
    media_type = _media_type(content_type)
    limit = MAX_HELD_BYTES if media_type.startswith(tuple(_MEDIA)) else MAX_PAGE_BYTES
    terms = read_terms(StatementPlace.HEADER, fields, base=address)
    return _Response(_decoded(body, named, limit), media_type, _charset(content_type), terms)


def _split_head(block: bytes) -> tuple[list[bytes], bytes]:
    """Return the header lines of an HTTP response, without its status line, and its body."""
    end = _HEAD_END.search(block)
    if end is None or not block.startswith(b"HTTP/"):
        message = "the response has no HTTP headers"
        raise EncodingError(message)
    return block[: end.start()].split(b"\n")[1:], block[end.end() :]


def _decoded(body: bytes, fields: dict[str, str], limit: int) -> bytes:
    """Return a body without its encodings; some crawlers take them off and leave the headers as they were."""
    transfer, content = fields.get("transfer-encoding", ""), fields.get("content-encoding", "")
    try:
        return decode_body(body, transfer, content, limit)
    except EncodingError:
        if transfer and content:
            for left in (("", content), (transfer, "")):
                try:
                    return _as_sent(decode_body(body, *left, limit))
                except EncodingError:
                    continue
        if _MARKUP.match(body):
            return body
        raise


def _as_sent(body: bytes) -> bytes:
    if not _MARKUP.match(body):
        message = "the response is damaged, or not in the encoding that its headers name"
        raise EncodingError(message)
    return body


def _modality(response: _Response) -> Modality | None:
    """Return the kind of media that a response is by its type, or by its bytes where it has none; None for a text."""
    for start, modality in _MEDIA.items():
        if response.media_type.startswith(start) and response.media_type != "image/svg+xml":
            kind = recognise_media(response.content[:SNIFFED_BYTES])
            return modality if kind is None else kind.modality
    if response.media_type in _UNTYPED:
        kind = recognise_media(response.content[:SNIFFED_BYTES])
        return None if kind is None else kind.modality
    return None


def _media_batch(row: int, modality: Modality, content: bytes, said: dict[str, str | None]) -> pa.RecordBatch:
    columns = {name: pa.array([value], pa.string()) for name, value in said.items()}
    columns |= {"modality": pa.array([modality.value]), "content": pa.array([content], pa.large_binary())}
    return raw_batch(pa.array([row], pa.int64()), columns)


def _said(record: CrawlRecord, address: str | None, terms: OwnTerms) -> dict[str, str | None]:
    return {
        "url": address,
        "date": record.headers.get("warc-date"),
        "language": record.headers.get("warc-identified-content-language"),
        "declared_license": terms.declared_license,
        "opt_outs": terms.written,
    }


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return found[1] if found else None
