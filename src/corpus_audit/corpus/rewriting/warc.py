"""Crawl archives (WARC, ARC) without some of their records: the others keep their bytes, packed or not."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any, NamedTuple

from corpus_audit.corpus.compression import open_stream
from corpus_audit.corpus.crawl_records import HELD_TYPES, CrawlMember, CrawlRecord, Damage, crawl_members, is_gzip
from corpus_audit.corpus.entry import FileEntry
from corpus_audit.corpus.inputs import FileInput
from corpus_audit.corpus.rewriting.changes import FileChanges, Rewritten
from corpus_audit.corpus.rewriting.crawl_masks import mask_record
from corpus_audit.corpus.rewriting.packed import CHUNK, writing
from corpus_audit.errors import RewriteError

_NAME, _BESIDE = "warc-record-id", "warc-concurrent-to"
_ABOUT = (_NAME, _BESIDE, "warc-refers-to", "warc-segment-origin-id")
"""The headers by which a request, a note, a repeated visit or a segment names the record that it belongs to."""
_ENDS = (b"\r\n\r\n", b"\n")


class _Cut(NamedTuple):
    """A record that goes or changes: its bytes within its member, and what makes of them what is written instead."""

    start: int
    end: int
    instead: Callable[[bytes], bytes]


def rewrite_warc(source: FileInput, entry: FileEntry, changes: FileChanges, target: Path) -> Rewritten:
    """Write a crawl without the dropped responses, resources and conversions, and without what is said of them.

    Requests, notes, repeated visits and segments that name a dropped record go too, and so does a request that only
    dropped records name. The archive is read twice: a request comes before what it asked for.
    """
    records = _Records(changes)
    for member in crawl_members(source):
        for found in member.records:
            records.look(found)
    records.begin_again()
    if is_gzip(source.packed()):
        _rewrite_packed(source, records, target)
    else:
        with writing(target, entry.recognition.compression) as out, source.stream() as stream:
            _copy(_buffered(stream), _cuts(crawl_members(source), records), out)
    return records.done


def _cuts(members: Iterable[CrawlMember], records: "_Records") -> Iterator[_Cut]:
    for member in members:
        for found in member.records:
            cut = records.cut(found)
            if cut is not None:
                yield cut


def _rewrite_packed(source: FileInput, records: "_Records", target: Path) -> None:
    """Write the members of a gzip file; only one of which some records change is packed anew."""
    with target.open("wb") as out:
        copied_to = 0
        for start, end, cuts in _changed_members(source, records):
            _copy_packed(source, copied_to, start, out)
            if not all(cut is not None and cut.instead is _nothing for cut in cuts):
                _pack_anew(source, start, end, filter(None, cuts), out)
            copied_to = end
        _copy_packed(source, copied_to, source.size_bytes, out)


def _changed_members(source: FileInput, records: "_Records") -> Iterator[tuple[int, int, list[_Cut | None]]]:
    """Yield the first and the last byte of members that change, and what becomes of each record; None: it stays."""
    former: tuple[int, list[_Cut | None]] | None = None
    for member in crawl_members(source):
        if former is not None and any(former[1]):
            yield former[0], member.start, former[1]
        former = member.start, [records.cut(found) for found in member.records]
    if former is not None and any(former[1]):
        yield former[0], source.size_bytes, former[1]


def _copy_packed(source: FileInput, start: int, end: int, out: Any) -> None:
    if start < end:
        with open_stream(source.file, None, start, end) as stream:
            while chunk := stream.read(CHUNK):
                out.write(chunk)


def _pack_anew(source: FileInput, start: int, end: int, cuts: Iterator[_Cut], out: Any) -> None:
    try:
        with (
            open_stream(source.file, "gzip", start, end) as stream,
            gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed,
        ):
            _copy(_buffered(stream), cuts, packed)
    except (OSError, EOFError):
        message = f"{source.name} is damaged beside a record that goes: mend it, and audit it again."
        raise RewriteError(message) from None


def _copy(stream: BufferedReader, cuts: Iterator[_Cut], out: Any) -> None:
    """Copy a stream with something else, or nothing, in the place of some records."""
    at = 0
    for cut in cuts:
        for chunk in _read(stream, cut.start - at):
            out.write(chunk)
        out.write(instead := cut.instead(b"".join(_read(stream, cut.end - cut.start))))
        at = cut.end
        if not instead:
            at += _skip_end(stream)
    while chunk := stream.read(CHUNK):
        out.write(chunk)


def _buffered(stream: Any) -> BufferedReader:
    return BufferedReader(stream)


def _skip_end(stream: BufferedReader) -> int:
    """Skip the line ends that close a record, and return how many bytes they are."""
    following = stream.peek(4)[:4]
    end = next((end for end in _ENDS if following.startswith(end)), b"")
    return len(stream.read(len(end)))


def _read(stream: BufferedReader, size: int) -> Iterator[bytes]:
    while size and (chunk := stream.read(min(size, CHUNK))):
        size -= len(chunk)
        yield chunk


def _nothing(_raw: bytes) -> bytes:
    return b""


def _of(record: CrawlRecord, header: str) -> set[str]:
    return {record.headers[header]} if header in record.headers else set()


class _Records:
    """Decides what becomes of records, numbered as their reader numbers them."""

    def __init__(self, changes: FileChanges) -> None:
        self._masks = changes.masks
        self._dropped = set(changes.dropped.tolist())
        self._going = set(self._dropped)
        self._ids: set[str] = set()
        self._named: set[str] = set()
        self._staying: set[str] = set()
        self._row = 0
        self.done = Rewritten()

    def look(self, found: "CrawlRecord | Damage") -> None:
        """Note the names of records that go; one in which a value cannot be masked goes too."""
        row = self._next(found)
        if row is None or not isinstance(found, CrawlRecord):
            return
        if row in self._masks and row not in self._going and mask_record(found, self._masks[row]) is None:
            self._going.add(row)
        name, beside = (_of(found, header) for header in (_NAME, _BESIDE))
        if row in self._going:
            self._ids |= name
            self._named |= beside
        else:
            self._staying |= name | beside

    def begin_again(self) -> None:
        """Number from the beginning, once it is known which records go."""
        self._row = 0
        self._ids |= self._named - self._staying

    def cut(self, found: "CrawlRecord | Damage") -> _Cut | None:
        """Return what becomes of a record; None where it stays as it is."""
        row = self._next(found)
        if not isinstance(found, CrawlRecord):
            return None
        if row is None:
            is_about = any(found.headers.get(name) in self._ids for name in _ABOUT)
            return _Cut(found.start, found.end, _nothing) if is_about else None
        if row in self._going:
            is_dropped = row in self._dropped
            self.done.dropped += is_dropped
            self.done.unmasked += not is_dropped
            return _Cut(found.start, found.end, _nothing)
        if row not in self._masks:
            return None
        masked = mask_record(found, self._masks[row])
        self.done.masked += 1
        return None if masked is None else _Cut(found.start, found.end, masked.of)  # it was not None before

    def _next(self, found: "CrawlRecord | Damage") -> int | None:
        """Return the number of a record that is read; None for any other."""
        if not isinstance(found, CrawlRecord) or found.type not in HELD_TYPES:
            return None
        self._row += 1
        return self._row - 1
