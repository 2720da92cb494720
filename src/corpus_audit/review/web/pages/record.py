"""One record: an excerpt with every detection masked, or unmasked for a stated reason."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from corpus_audit.errors import DecisionError
from corpus_audit.ledger import DecisionRequest
from corpus_audit.review.access import Permission
from corpus_audit.review.excerpts import read_excerpt
from corpus_audit.review.records import copies_of
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.review.web.rendering import render
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import DecisionAction

router = APIRouter()


@router.get("/audits/{audit_id}/record", name="record", dependencies=[require(Permission.READ_RECORDS)])
def show_record(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, record: str, finding: str = ""
) -> HTMLResponse:
    """Show a record's text, masked, and its copies; *finding* is the finding that led to it."""
    audit, listed = desk.open(audit_id, person)
    excerpt = read_excerpt(audit, record)
    copies = copies_of(audit, record)
    desk.access.note(person, listed, f"Record {record}, masked")
    return render(
        request, "record.html.j2", listed=listed, excerpt=excerpt, copies=copies, finding_id=finding, is_revealed=False
    )


@router.post("/audits/{audit_id}/reveal", name="reveal", dependencies=[require(Permission.REVEAL)])
def reveal_record(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    record: Annotated[str, Form()],
    finding: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Show a record's text without masks, once the ledger holds who asked for it, and why."""
    audit, listed = desk.open(audit_id, person)
    excerpt = read_excerpt(audit, record, masked=False)
    if not reason.strip():
        message = _("A reason is required: say why you must see what is masked. Nothing was revealed.")
        raise DecisionError(message)
    judgement = DecisionRequest(DecisionAction.REVEAL, f"Record {record}: {reason.strip()}", person.name, person.role)
    desk.record(audit, judgement, [finding])
    return render(
        request, "record.html.j2", listed=listed, excerpt=excerpt, copies=[], finding_id=finding, is_revealed=True
    )
