"""A crawl record without its HTTP part: content, media type, and the statements in its headers."""

import re
from dataclasses import dataclass
from io import BytesIO

from corpus_audit.corpus.content import HEAD_BYTES
from corpus_audit.corpus.crawl_records import CrawlRecord, header_fields
from corpus_audit.corpus.encodings import as_utf8, known_encoding, recognise_encoding
from corpus_audit.corpus.http_body import EncodingError, decode_body
from corpus_audit.corpus.inputs import MAX_HELD_BYTES
from corpus_audit.corpus.own_statements import OwnTerms, read_terms
from corpus_audit.corpus.signatures import SNIFFED_BYTES, recognise_media
from corpus_audit.vocabulary import Modality, StatementPlace

PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MEDIA = {f"{modality}/": modality for modality in (Modality.IMAGE, Modality.AUDIO, Modality.VIDEO)}
_DRAWINGS = ("image/svg+xml",)
_UNTYPED = ("", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "unk", "no-type")
_MARKUP = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class CrawlResponse:
    """One page, text, medium or other content, with its address and what its headers state."""

    content: bytes
    media_type: str
    charset: str | None
    address: str | None
    terms: OwnTerms

    @property
    def is_page(self) -> bool:
        """True for HTML, by its type or, where it has none, by its first bytes."""
        return self.media_type in PAGE_TYPES or (self.media_type in _UNTYPED and bool(_MARKUP.match(self.content)))

    def as_utf8(self) -> bytes:
        """Return a text in UTF-8, by the charset that its server stated or by its bytes; 0xFF is what neither knows."""
        encoding = known_encoding(self.charset)
        if encoding is None:
            found = recognise_encoding(self.content[:HEAD_BYTES], is_whole=len(self.content) <= HEAD_BYTES)
            encoding = None if found is None else found[0]
        return as_utf8(BytesIO(self.content), encoding).read()

    @property
    def modality(self) -> Modality | None:
        """Return the kind of a picture, recording or film by its bytes, else by its type; None for anything else."""
        named = next((modality for start, modality in _MEDIA.items() if self.media_type.startswith(start)), None)
        if self.media_type in _DRAWINGS or (named is None and self.media_type not in _UNTYPED):
            return None
        kind = recognise_media(self.content[:SNIFFED_BYTES])
        return named if kind is None else kind.modality


def read_response(record: CrawlRecord, block: bytes, page_limit: int) -> CrawlResponse:
    """Return what a record holds; a page or text may have *page_limit* bytes once it is unpacked.

    Raises EncodingError and TooLargeError.
    """
    address = target_address(record)
    declared = record.headers.get("content-type", "")
    if not declared.lower().startswith("application/http"):
        return CrawlResponse(block, _media_type(declared), _charset(declared), address, OwnTerms())
    head, body = _split_head(block)
    fields = list(header_fields(head))
    named = dict(fields)
    content_type = named.get("content-type", "")
    media_type = _media_type(content_type)
    limit = MAX_HELD_BYTES if media_type.startswith(tuple(_MEDIA)) else page_limit
    terms = read_terms(StatementPlace.HEADER, fields, base=address)
    return CrawlResponse(_decoded(body, named, limit), media_type, _charset(content_type), address, terms)


def target_address(record: CrawlRecord) -> str | None:
    """Return the address that a record came from, without the brackets that some writers put around it."""
    address = record.headers.get("warc-target-uri", "").strip()
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return address or None


def _split_head(block: bytes) -> tuple[list[bytes], bytes]:
    """Return the header lines of an HTTP response, without its status line, and its body."""
    end = _HEAD_END.search(block)
    if end is None or not block.startswith(b"HTTP/"):
        message = "the response has no HTTP headers"
        raise EncodingError(message)
    return block[: end.start()].split(b"\n")[1:], block[end.end() :]


def _decoded(body: bytes, fields: dict[str, str], limit: int) -> bytes:
    """Return a body without its encodings.

    Some crawlers take an encoding off and leave its header, so a body that begins as a page is believed.
    """
    transfer, content = fields.get("transfer-encoding", ""), fields.get("content-encoding", "")
    try:
        return decode_body(body, transfer, content, limit)
    except EncodingError:
        if _MARKUP.match(body):
            return body
        if not (transfer and content):
            raise
    # Joined already, but still packed, or the other way round.
    try:
        return decode_body(body, "", content, limit)
    except EncodingError:
        joined = decode_body(body, transfer, "", limit)
        if not _MARKUP.match(joined):
            raise
        return joined


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return found[1] if found else None
