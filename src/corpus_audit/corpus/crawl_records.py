"""Records of a crawl archive, WARC or ARC: those before and after damage are kept, and each damage is named once.

A record is read whole before it is handed on, so that one that ends too early is never taken for a complete one.

Sources: ISO 28500 (WARC 1.0 and 1.1), the Internet Archive's ARC file format (versions 1 and 2).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, TypeAlias

from corpus_audit.corpus.compression import LimitExceededError
from corpus_audit.corpus.gzip_members import MAGIC, GzipMember, gzip_members
from corpus_audit.corpus.inputs import MAX_HELD_BYTES, Input
from corpus_audit.vocabulary import DefectCode

HELD_TYPES = frozenset({"response", "resource", "conversion"})
"""Records whose content is read: what a server sent, what was stored without one, and what was made of either."""

MAX_DAMAGES = 1_000
"""After so much damage the rest is not searched for more records."""

_MAX_HEADER_BYTES = 1 << 20
_LINE = 1 << 16
_SKIPPED = 1 << 20
_VERSION = b"WARC/"
_ARC_LINE = re.compile(rb"(\S.*?) ([0-9A-Fa-f.:]+|-) (\d{12,14}) (\S+)(?: \S+){0,5}? (\d{1,18})\r?\n?$")
_ARC_FIRST = b"filedesc:"
_CUT = "the file ends in the middle of a record"
_NO_RECORD = "there is something that is no record of a crawl"


@dataclass(frozen=True, slots=True)
class CrawlRecord:
    """One record: its headers by lower-case name, its content, and its bytes within its member.

    The content is None where it is not read, or too large.
    """

    headers: Mapping[str, str]
    block: bytes | None
    start: int = 0
    end: int = 0

    @property
    def type(self) -> str:
        """Return what the record is: response, request, metadata, …"""
        return self.headers.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where a record could not be read; *detail* holds nothing of the data."""

    code: DefectCode
    detail: str
    place: str


Found: TypeAlias = "CrawlRecord | Damage"


@dataclass(frozen=True, slots=True)
class CrawlMember:
    """A packed member of a crawl archive, or all of an archive that has none: the byte it begins at, and its records.

    The records are to be read before the next member is asked for.
    """

    start: int
    records: Iterator[Found]


def read_crawl(source: Input) -> Iterator[Found]:
    """Yield the records of a crawl archive and the damage between them; raises LimitExceededError and OSError."""
    damages = 0
    for member in crawl_members(source):
        for found in member.records:
            yield found
            damages += isinstance(found, Damage)
            if damages >= MAX_DAMAGES:
                message = f"its records are damaged in more than {MAX_DAMAGES:,} places"
                raise LimitExceededError(message)


def crawl_members(source: Input) -> Iterator[CrawlMember]:
    """Yield the members of a crawl archive; raises LimitExceededError and OSError."""
    packed = source.packed()
    if is_gzip(packed):
        for member in gzip_members(packed, source.budget, _is_start):
            yield CrawlMember(member.offset, _of_member(member))
        return
    with source.stream() as stream:
        records = _read_records(BufferedReader(stream, _LINE) if not hasattr(stream, "peek") else stream)
        yield CrawlMember(0, records)


def is_gzip(packed: BufferedReader) -> bool:
    """True if the bytes of an archive are those of gzip members."""
    return packed.peek(len(MAGIC))[: len(MAGIC)] == MAGIC


def _of_member(member: GzipMember) -> Iterator[Found]:
    """Yield the records of a compressed member, without the last one where the member is damaged.

    Where it is cut, the last one is whole if something of another came behind it.
    """
    content = member.content if member.is_held else BufferedReader(member.content, _LINE)
    damages: list[Damage] = []
    last: CrawlRecord | None = None
    for found in _read_records(content):
        if isinstance(found, Damage):
            damages.append(found)
            continue
        if last is not None:
            yield last
        last = found
    damage = member.finish()
    place = f"byte {member.offset}"
    if last is not None and damages and member.is_cut:
        yield last
    if damage is not None:
        yield Damage(DefectCode.TRUNCATED if member.is_cut else DefectCode.DAMAGED, damage, place)
        return
    if last is not None:
        yield last
    for found in damages:
        yield Damage(found.code, found.detail, place)


def _is_start(head: bytes) -> bool:
    return head.startswith(_VERSION) or _ARC_LINE.match(head.partition(b"\n")[0]) is not None


def _read_records(stream: Any) -> Iterator[Found]:
    """Yield the records of an unpacked stream; what is no record is one damage, up to the next that is."""
    at = stream.tell()
    line = stream.readline(_LINE)
    while line:
        if not line.strip():
            at, line = stream.tell(), stream.readline(_LINE)
            continue
        reader = _reader_for(line)
        if reader is None:
            yield Damage(DefectCode.DAMAGED, _NO_RECORD, f"byte {at}")
            while line and _reader_for(line) is None:
                at, line = stream.tell(), stream.readline(_LINE)
            continue
        headers = reader(stream, line)
        found = _read_block(stream, headers, at)
        yield found
        at, line = stream.tell(), stream.readline(_LINE)


def _reader_for(line: bytes) -> "Callable[[Any, bytes], dict[str, str] | None] | None":
    if line.startswith(_VERSION):
        return _read_warc_headers
    return _read_arc_line if _ARC_LINE.match(line) else None


def _read_block(stream: Any, headers: dict[str, str] | None, at: int) -> Found:
    length = _length(headers)
    if headers is None or length is None:
        return Damage(DefectCode.DAMAGED, "a record's headers are damaged, or do not say how long it is", f"byte {at}")
    if length > MAX_HELD_BYTES or headers.get("warc-type", "").lower() not in HELD_TYPES:
        block, is_complete = None, _skip(stream, length)
    else:
        block = stream.read(length)
        is_complete = len(block) == length
    if not is_complete:
        return Damage(DefectCode.TRUNCATED, _CUT, f"byte {at}")
    return CrawlRecord(headers, block, at, stream.tell())


def _length(headers: Mapping[str, str] | None) -> int | None:
    text = (headers or {}).get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _skip(stream: Any, length: int) -> bool:
    while length and (part := stream.read(min(length, _SKIPPED))):
        length -= len(part)
    return not length


def _read_warc_headers(stream: Any, _first: bytes) -> dict[str, str] | None:
    """Return a record's headers; None when they do not end, or are too long."""
    lines: list[bytes] = []
    size = 0
    while size < _MAX_HEADER_BYTES:
        line = stream.readline(_LINE)
        if not line:
            return None
        if not line.strip():
            return dict(header_fields(lines))
        lines.append(line)
        size += len(line)
    return None


def _read_arc_line(_stream: Any, line: bytes) -> dict[str, str] | None:
    """Return the headers that a WARC would have for an ARC's line of address, host, date, type and length."""
    match = _ARC_LINE.match(line)
    if match is None:
        return None
    url, _host, date, media_type, length = (group.decode(errors="replace") for group in match.groups())
    if line.startswith(_ARC_FIRST):
        return {"warc-type": "warcinfo", "content-length": length}
    served = url.lower().startswith(("http:", "https:"))
    return {
        "warc-type": "response" if served else "resource",
        "warc-target-uri": url,
        "warc-date": f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14] or '00'}Z",
        "content-type": "application/http" if served else media_type,
        "content-length": length,
    }


def header_fields(lines: list[bytes]) -> Iterator[tuple[str, str]]:
    """Yield the names, lower-case, and values of header lines; one that begins with a blank belongs to the last."""
    name, value = "", ""
    for line in lines:
        text = line.decode(errors="replace").rstrip("\r\n")
        if text[:1] in (" ", "\t"):
            value += " " + text.strip()
            continue
        if name:
            yield name, value
        name, _, value = (part.strip() for part in text.partition(":"))
        name = name.lower()
    if name:
        yield name, value
