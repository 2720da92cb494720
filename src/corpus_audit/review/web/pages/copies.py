"""Two copies side by side, with their shared passages marked."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus_audit.review.access import Permission
from corpus_audit.review.excerpts import read_excerpt
from corpus_audit.review.findings import FindingQuery, open_findings
from corpus_audit.review.passages import mark_shared
from corpus_audit.review.records import licenses_of, pair_of
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/audits/{audit_id}/copies", name="copies", dependencies=[require(Permission.READ_RECORDS)])
def show_copies(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, a: str, b: str, finding: str = ""
) -> HTMLResponse:
    """Show two records side by side, both masked; *finding* is the one that led to them, to decide about it here."""
    audit, listed = desk.open(audit_id, person)
    first, second = read_excerpt(audit, a), read_excerpt(audit, b)
    desk.access.note(person, listed, f"Records {a} and {b}, masked")
    marked = mark_shared(first.pieces, second.pieces)
    with open_findings(audit, desk.entries(listed), desk.now) as findings:
        about = findings.findings(FindingQuery(finding_id=finding)).findings if finding else ()
    return render(
        request,
        "copies.html.j2",
        listed=listed,
        sides=list(zip((first, second), marked, strict=True)),
        pair=pair_of(audit, a, b),
        licenses=licenses_of(audit, [first.source_id, second.source_id]),
        finding=about[0] if about else None,
    )
