"""One finding: its rule, its evidence, its decisions, and the records behind it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus_audit.errors import StoreError
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.findings import FindingQuery, find_findings
from corpus_audit.review.records import PAGE_SIZE, evidence_row, pairs_between, records_behind
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.decision_form import Draft
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/audits/{audit_id}/findings/{finding_id}", name="finding", dependencies=[require(Permission.READ_RECORDS)])
def show_finding(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, finding_id: str, page: PageNumber = 1
) -> HTMLResponse:
    """Show a finding with one page of its records, or of its pairs where it is about an overlap."""
    return finding_page(request, desk, person, audit_id, finding_id, page)


def finding_page(
    request: Request,
    desk: ReviewService,
    person: Person,
    audit_id: str,
    finding_id: str,
    page: int = 1,
    draft: Draft | None = None,
) -> HTMLResponse:
    """Return the page of a finding, with a form that was refused."""
    audit, listed = desk.open(audit_id, person)
    entries = desk.entries(listed)
    found = find_findings(audit, entries, desk.now, FindingQuery(finding_id=finding_id)).findings
    if not found:
        message = f"There is no finding '{finding_id}' in this audit: it may have gone since you looked."
        raise StoreError(message)
    row = evidence_row(audit, found[0])
    is_overlap = {"source_a", "source_b"} <= row.keys()
    behind = (
        pairs_between(audit, row["source_a"], row["source_b"], page)
        if is_overlap
        else records_behind(audit, found[0], row, page)
    )
    desk.access.note(person, listed, f"Finding {finding_id}, page {page}")
    return render(
        request,
        "finding.html.j2",
        draft.status if draft else 200,
        draft=draft,
        listed=listed,
        finding=found[0],
        row=row,
        behind=behind,
        is_overlap=is_overlap,
        paging=Paging(page, PAGE_SIZE, behind.total),
        entries=[entry for entry in entries if entry.finding_id == finding_id],
    )
