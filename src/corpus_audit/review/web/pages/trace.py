"""Where a text or a person is in all datasets: a form, and what was found."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from corpus_audit.errors import DecisionError
from corpus_audit.review.access import Permission
from corpus_audit.review.tracing import LONGEST_TEXT, look_for_person, look_for_text, put_beside
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/trace", name="trace", dependencies=[require(Permission.READ_RECORDS)])
def show_form(request: Request) -> HTMLResponse:
    """Show the form; nothing is looked for, and no text is ever in an address."""
    return render(request, "trace.html.j2", longest=LONGEST_TEXT, asked_for="", subject="")


@router.post("/trace", name="look_for", dependencies=[require(Permission.READ_RECORDS)])
def look_for(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    reason: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    subject: Annotated[str, Form(max_length=200)] = "",
) -> HTMLResponse:
    """Show where a text or a person is, once the ledger holds who looked, and why."""
    text, subject = text.strip(), subject.strip()
    if bool(text) == bool(subject):
        message = "Give a text or the id of a person: one of the two. Nothing was looked for."
        raise DecisionError(message)
    if not reason.strip():
        message = "A reason is required: say why you look for it. Nothing was looked for."
        raise DecisionError(message)
    given: dict[str, Any] = {"longest": LONGEST_TEXT, "asked_for": text, "subject": subject}
    if subject:
        return render(request, "trace.html.j2", **given, person_found=look_for_person(desk, person, subject, reason))
    found = look_for_text(desk, person, text, reason)
    sides = list(put_beside(desk, person, text, found.hits))
    return render(request, "trace.html.j2", **given, found=found, sides=sides)
