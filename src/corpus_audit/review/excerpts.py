"""Excerpts of a record's text: with every detection masked, or with none masked.

The text is read from the dataset's own files at that moment and kept nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from corpus_audit.config import Settings
from corpus_audit.errors import GuardError, Refusal, StoreError
from corpus_audit.pipeline.reading_again import read_texts_again
from corpus_audit.review.records import find_record
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder, sha256_of_bytes
from corpus_audit.vocabulary import SpanKind

_CHANGED_SINCE = _("The text of record '{record}' cannot be shown: {file} has changed since the audit.")

LONGEST_EXCERPT = 20_000
"""Characters of a record that a page shows."""

_BATCH_BYTES = 2**20
_BEFORE = 2_000
"""Bytes that an excerpt shows before the place it is about."""
_MASKED = frozenset({SpanKind.PERSONAL_INFORMATION, SpanKind.SECRET})


@dataclass(frozen=True)
class ExcerptSegment:
    """A stretch of an excerpt: its text, and the entity type that is masked in it; '' when nothing is."""

    text: str
    entity_type: str = ""


@dataclass(frozen=True)
class FoundElsewhere:
    """Something that was found in a column outside the text, masked."""

    column: str
    entity_type: str
    masked: str


@dataclass(frozen=True)
class Excerpt:
    """The beginning of one record's text in pieces, how much of it is left out, and what other columns hold.

    A row whose text was not read has no pieces.
    """

    record_id: str
    source_id: str
    file: str
    row: int
    pieces: tuple[ExcerptSegment, ...]
    left_out: int
    elsewhere: tuple[FoundElsewhere, ...] = ()

    @property
    def text(self) -> str:
        """The pieces as one text."""
        return "".join(piece.text for piece in self.pieces)


def read_excerpt(audit: AuditFolder, record_id: str, *, masked: bool = True, around: int = 0) -> Excerpt:
    """Return a record's text, what was found in it masked unless *masked* is False.

    It begins shortly before the byte *around*, where that is not in its beginning anyway.

    Raises StoreError when there is no such record, its file cannot be read, or the text is no longer the one that was
    audited: the places of what must be masked would then be others.
    """
    record, digest, spans = find_record(audit, record_id)
    elsewhere = tuple(FoundElsewhere(s["field"], s["entity_type"], s["masked"]) for s in spans if s["field"])
    if digest is None:
        return Excerpt(record_id, record.source_id, record.file, record.row, (), 0, elsewhere)
    try:
        text = _read_text(audit, record_id)
    except GuardError as error:
        raise StoreError(f"The text of record '{record_id}' cannot be shown. {error}") from error
    if text is None or bytes.fromhex(sha256_of_bytes(text)) != digest:
        raise StoreError(Refusal(_CHANGED_SINCE, {"record": record_id, "file": record.file}))
    begin = _beginning(text, around)
    shown_spans = _moved([span for span in spans if not span["field"]], begin) if masked else []
    pieces = list(_pieces(text[begin:], shown_spans))
    shown = tuple(_cut(pieces))
    before = len(text[:begin].decode(errors="replace"))
    left_out = before + sum(len(piece.text) for piece in pieces) - sum(len(piece.text) for piece in shown)
    return Excerpt(record_id, record.source_id, record.file, record.row, shown, left_out, elsewhere)


def _beginning(text: bytes, around: int) -> int:
    """Return the byte that an excerpt begins at: shortly before *around*, and not within a character."""
    begin = max(0, around - _BEFORE)
    while 0 < begin < len(text) and text[begin] & 0xC0 == 0x80:
        begin -= 1
    return begin


def _moved(spans: Sequence[Mapping[str, Any]], begin: int) -> list[Mapping[str, Any]]:
    """Return the spans that end behind a byte, with their places from there on."""
    return [
        {**span, "start_byte": max(0, span["start_byte"] - begin), "end_byte": span["end_byte"] - begin}
        for span in spans
        if span["end_byte"] > begin
    ]


def _read_text(audit: AuditFolder, record_id: str) -> bytes | None:
    wanted = [record_id.partition(":")[0]]
    for batch in read_texts_again(audit, wanted, Settings.from_environment(), _BATCH_BYTES):
        place = pc.index(batch["record_id"], record_id).as_py()
        if place >= 0:
            return str(batch["text"][place].as_py()).encode()
    return None


def _pieces(text: bytes, spans: Sequence[Mapping[str, Any]]) -> Iterator[ExcerptSegment]:
    """Yield the text in pieces. Overlapping spans are masked as one stretch, so that no end of one shows."""
    at = 0
    for start, end, span in _merged(spans):
        yield ExcerptSegment(text[at:start].decode(errors="replace"))
        yield ExcerptSegment(span["masked"], span["entity_type"])
        at = end
    yield ExcerptSegment(text[at:].decode(errors="replace"))


def _merged(spans: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    current: tuple[int, int, Mapping[str, Any]] | None = None
    for span in spans:
        if span["kind"] not in _MASKED:
            continue
        if current is not None and span["start_byte"] < current[1]:
            current = (current[0], max(current[1], span["end_byte"]), current[2])
            continue
        if current is not None:
            yield current
        current = (span["start_byte"], span["end_byte"], span)
    if current is not None:
        yield current


def _cut(pieces: Sequence[ExcerptSegment]) -> Iterator[ExcerptSegment]:
    room = LONGEST_EXCERPT
    for piece in pieces:
        if piece.text:
            yield ExcerptSegment(piece.text[:room], piece.entity_type)
        room -= len(piece.text)
        if room <= 0:
            return
