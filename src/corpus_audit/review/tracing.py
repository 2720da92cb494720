"""Looking for a text or a person from a page: noted in the ledger first, like a reveal, then looked for.

The ledger holds who looked, why, and for which person; of a text it holds a keyed hash, so that a text can be
compared with the note and not be read from it.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_audit.errors import CorpusAuditError, DecisionError, StoreError
from corpus_audit.ledger import Decision
from corpus_audit.pipeline.checkpoints import write_checkpoint
from corpus_audit.pipeline.signing import read_signing_key
from corpus_audit.pipeline.tracing.people import PersonTrace, trace_subject
from corpus_audit.pipeline.tracing.places import Place
from corpus_audit.pipeline.tracing.trace import Hit, Trace, TraceOptions, trace_text
from corpus_audit.review.access import Person
from corpus_audit.review.excerpts import Excerpt, ExcerptSegment, read_excerpt
from corpus_audit.review.index import ListedAudit
from corpus_audit.review.passages import MarkedPiece, mark_shared
from corpus_audit.review.service import ReviewService
from corpus_audit.store import Store
from corpus_audit.vocabulary import WHOLE_STORE, DecisionAction, DecisionScope

LONGEST_TEXT = 100_000
"""Characters of a text that a page looks for."""
MOST_RECORDS = 50
"""Records that a page reads again for one text."""
_SIDES = 3
"""Texts that are shown beside the one that was looked for."""
_BEFORE = 600
"""Bytes of the text that was looked for that are shown before a passage."""


@dataclass(frozen=True)
class Beside:
    """One record beside the text that was looked for, both in pieces with what they share marked."""

    listed: ListedAudit
    asked: Sequence[MarkedPiece]
    excerpt: Excerpt
    pieces: Sequence[MarkedPiece]


def look_for_text(desk: ReviewService, person: Person, text: str, reason: str) -> Trace:
    """Return where a text is, once the ledger holds who looked for it, and why.

    Raises DecisionError without a reason, CorpusAuditError for a text that cannot be looked for.
    """
    if len(text) > LONGEST_TEXT:
        message = f"The text has more than {LONGEST_TEXT} characters: paste a part of it, or use corpus-audit trace."
        raise DecisionError(message)
    digest = hmac.new(Store(desk.store).key(), text.encode(errors="replace"), "sha256").hexdigest()
    _note(desk, person, reason, DecisionScope.STORE, digest=digest)
    try:
        return trace_text(desk.store, text, TraceOptions(most_records=MOST_RECORDS))
    except StoreError:
        raise
    except CorpusAuditError as error:
        raise DecisionError(str(error)) from error


def look_for_person(desk: ReviewService, person: Person, subject_id: str, reason: str) -> PersonTrace:
    """Return where the person of an id is, once the ledger holds who looked for them, and why."""
    _note(desk, person, reason, DecisionScope.PERSON, subject_id=subject_id)
    return trace_subject(desk.store, subject_id)


def _note(
    desk: ReviewService, person: Person, reason: str, scope: DecisionScope, subject_id: str = "", digest: str = ""
) -> None:
    decision = Decision(
        action=DecisionAction.TRACE,
        scope=scope,
        dataset_id=WHOLE_STORE,
        audit_id="",
        reason=reason,
        author=person.name,
        role=person.role,
        finding_id=subject_id,
        evidence_sha256=digest,
    )
    desk.ledger.append([decision])
    if desk.signing_key is not None:
        write_checkpoint(desk.store, desk.ledger, read_signing_key(desk.signing_key))


def put_beside(desk: ReviewService, person: Person, text: str, hits: Sequence[Hit]) -> Iterator[Beside]:
    """Yield the first hits beside the text, masked; what is shown of a record is noted as read."""
    for hit in hits[:_SIDES]:
        found = next(_shown(desk, hit), None)
        if found is None:
            continue
        listed, place = found
        passage = hit.passages[0]
        try:
            excerpt = read_excerpt(desk.folder(listed.audit_id), place.record_id, around=passage.record_start)
        except StoreError:
            continue  # its own file is gone; the text was read from another audit
        desk.access.note(person, listed, f"Record {place.record_id}, masked")
        cut = text.encode(errors="replace")[max(0, passage.asked_start - _BEFORE) :].decode(errors="ignore")
        asked, pieces = mark_shared([ExcerptSegment(cut)], excerpt.pieces)
        yield Beside(listed, asked, excerpt, pieces)


def _shown(desk: ReviewService, hit: Hit) -> Iterator[tuple[ListedAudit, Place]]:
    """Yield the finished audits that a hit's text is in."""
    for place in hit.places:
        for audit_id in place.audits:
            listed = desk.index.get(audit_id)
            if listed is not None and listed.verdict:
                yield listed, place
