"""Values masked in one record of a crawl: in its page or text as it came, with the lengths and digests that follow."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, unquote

from corpus_audit.corpus.content import HEAD_BYTES
from corpus_audit.corpus.crawl_records import CrawlRecord
from corpus_audit.corpus.crawl_responses import CrawlResponse, read_response
from corpus_audit.corpus.encodings import known_encoding, recognise_encoding
from corpus_audit.corpus.formats.html import MAX_PAGE_BYTES, read_page
from corpus_audit.corpus.recognition import UTF_8
from corpus_audit.corpus.rewriting.changes import Masks

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ARC_LENGTH = re.compile(rb"\d+(?=\r?\n$)")
_ENCODINGS = (b"transfer-encoding", b"content-encoding")
_SHA1 = b"sha1:"


@dataclass(frozen=True)
class MaskedRecord:
    """What a record's block becomes, and the payload within it."""

    block: bytes
    payload: bytes
    former_size: int

    def of(self, raw: bytes) -> bytes:
        """Return a record for its *raw* bytes, the headers adapted."""
        head = raw[: len(raw) - self.former_size]
        if not head.startswith(b"WARC/"):
            return _ARC_LENGTH.sub(str(len(self.block)).encode(), head) + self.block
        return b"".join(map(self._line, head.splitlines(keepends=True))) + self.block

    def _line(self, line: bytes) -> bytes:
        name, _, value = line.partition(b":")
        match name.strip().lower():
            case b"content-length":
                return _with_value(line, str(len(self.block)).encode())
            case b"warc-block-digest":
                return _with_digest(line, value.strip(), self.block)
            case b"warc-payload-digest":
                return _with_digest(line, value.strip(), self.payload)
        return line


def mask_record(record: CrawlRecord, masks: Masks) -> MaskedRecord | None:
    """Return a record with values masked; None where one was not met, or is still met in another form or in a header.

    A body comes without the encodings that it was sent in.
    """
    if record.block is None or not masks:
        return None
    try:
        response = read_response(record, record.block, MAX_PAGE_BYTES)
        payload = None if response.modality is not None else _masked(response, masks)
        if payload is None:
            return None
        block = _with_body(record.block, payload) if _is_http(record) else payload
        masked = replace(record, block=block)
        texts = [*_texts(read_response(masked, block, MAX_PAGE_BYTES)), *_headers(masked, block, payload)]
    except (ValueError, OSError, RecursionError):
        return None
    if any(value in text for text in texts for value, _ in masks):
        return None
    return MaskedRecord(block, payload, len(record.block))


def _is_http(record: CrawlRecord) -> bool:
    return record.headers.get("content-type", "").lower().startswith("application/http")


def _masked(response: CrawlResponse, masks: Masks) -> bytes | None:
    """Return the content with every form of each value masked; None where one stands in none of them."""
    content = response.content
    encoding = _encoding(response)
    for value, mask in sorted(masks, key=lambda pair: -len(pair[0])):
        forms = [form for form in _forms(value, encoding) if form in response.content]
        if not forms:
            return None
        for form in forms:
            content = content.replace(form, mask.encode(encoding))
    return content


def _encoding(response: CrawlResponse) -> str:
    found = recognise_encoding(response.content[:HEAD_BYTES], is_whole=len(response.content) <= HEAD_BYTES)
    return known_encoding(response.charset) or (UTF_8 if found is None else found[0])


def _forms(value: str, encoding: str) -> Iterator[bytes]:
    """Yield what a value is in a page: as it is, in markup, and in an address."""
    for form in dict.fromkeys((value, escape(value), escape(value, quote=False), quote(value), quote(value, safe="@"))):
        try:
            yield form.encode(encoding)
        except UnicodeEncodeError:
            continue


def _texts(response: CrawlResponse) -> Iterator[str]:
    if response.is_page:
        page = read_page(response.content, response.charset, response.address, scans=True)
        yield from (page.text, *page.extras.values())
    else:
        yield response.as_utf8().decode(errors="replace")


def _headers(record: CrawlRecord, block: bytes, payload: bytes) -> Iterator[str]:
    """Yield what stands around the payload, its address among it, as it is and with its escapes read."""
    around = "\n".join((*record.headers.values(), block[: len(block) - len(payload)].decode(errors="replace")))
    yield from (around, unquote(around))


def _with_body(block: bytes, body: bytes) -> bytes:
    """Return an HTTP response with another body, and headers that fit it."""
    end = _HEAD_END.search(block)
    if end is None:
        message = "the response has no HTTP headers"
        raise ValueError(message)
    lines = block[: end.end()].splitlines(keepends=True)
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in _ENCODINGS]
    size = str(len(body)).encode()
    is_length = [line.lower().startswith(b"content-length:") for line in kept]
    adapted = (_with_value(line, size) if found else line for line, found in zip(kept, is_length, strict=True))
    return b"".join(adapted) + body


def _with_value(line: bytes, value: bytes) -> bytes:
    """Return a header line with another value."""
    name, _, _ = line.partition(b":")
    return name + b": " + value + line[len(line.rstrip(b"\r\n")) :]


def _with_digest(line: bytes, former: bytes, content: bytes) -> bytes:
    """Return a header line with the digest of a content; nothing where the former one is of another kind."""
    if not former.lower().startswith(_SHA1):
        return b""
    digest = hashlib.sha1(content, usedforsecurity=False).digest()
    return _with_value(line, _SHA1 + base64.b32encode(digest))
