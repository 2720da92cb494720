"""One finding: its rule, its evidence, its decisions, and the records behind it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from corpus_audit.errors import Refusal, StoreError
from corpus_audit.evidence import tables
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.findings import FindingQuery, open_findings
from corpus_audit.review.history import problem_history
from corpus_audit.review.records import PAGE_SIZE, evidence_row, pairs_between, records_behind
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.decision_form import FormDraft
from corpus_audit.review.web.pages.dependencies import AppDesk, FindingFilter, FindingPageQuery, Paging
from corpus_audit.review.web.rendering import render
from corpus_audit.schemas.marking import _

_NO_FINDING = _("There is no finding '{finding}' in this audit: it may have gone since you looked.")

router = APIRouter()
_SIDES: Mapping[str, tuple[str, str]] = {
    tables.OVERLAPS.name: ("source_a", "source_b"),
    tables.PROPAGATED_RESTRICTIONS.name: ("origin", "source_id"),
}
"""Columns of evidence that name the two sources of copies."""


@router.get("/audits/{audit_id}/findings/{finding_id}", name="finding", dependencies=[require(Permission.READ_RECORDS)])
def show_finding(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    finding_id: str,
    asked: Annotated[FindingPageQuery, Query()],
) -> HTMLResponse:
    """Show a finding with one page of its records, or of its pairs where it is about an overlap."""
    return finding_page(request, desk, person, audit_id, finding_id, asked, asked.page)


def finding_page(
    request: Request,
    desk: ReviewService,
    person: Person,
    audit_id: str,
    finding_id: str,
    asked: FindingFilter,
    page: int = 1,
    draft: FormDraft | None = None,
) -> HTMLResponse:
    """Return the page of a finding, with a form that was refused."""
    audit, listed = desk.open(audit_id, person)
    entries = desk.entries(listed)
    with open_findings(audit, entries, desk.now) as findings:
        found = findings.findings(FindingQuery(finding_id=finding_id)).findings
        if not found:
            raise StoreError(Refusal(_NO_FINDING, {"finding": finding_id}))
        before, after = findings.neighbours(asked.query(), found[0].problem_id)
    row = evidence_row(audit, found[0])
    columns = _SIDES.get(found[0].evidence_table, ())
    sides = [row[column] for column in columns] if row else []
    behind = pairs_between(audit, sides[0], sides[1], page) if sides else records_behind(audit, found[0], row, page)
    desk.access.note(person, listed, f"Finding {finding_id}, page {page}")
    return render(
        request,
        "finding.html.j2",
        draft.status if draft else 200,
        draft=draft,
        listed=listed,
        query=asked.asked,
        before=before,
        after=after,
        past=problem_history(desk.index, desk.folder, listed.dataset_id, found[0].problem_id),
        finding=found[0],
        row=row,
        behind=behind,
        is_overlap=bool(sides),
        paging=Paging(page, PAGE_SIZE, behind.total),
        entries=[entry for entry in entries if entry.finding_id == finding_id],
    )
