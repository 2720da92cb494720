"""Reference works: those of the store, and the hits of one audit."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus_audit.references import ReferenceStore
from corpus_audit.review.access import Permission
from corpus_audit.review.records import ROW_PAGE_SIZE, works_found
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/references", name="references", dependencies=[require(Permission.READ_AUDITS)])
def list_references(request: Request, desk: AppDesk) -> HTMLResponse:
    """Show every reference of the store."""
    return render(request, "references.html.j2", references=list(ReferenceStore(desk.store).all()))


@router.get("/audits/{audit_id}/works", name="works", dependencies=[require(Permission.READ_AUDITS)])
def show_works(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, page: PageNumber = 1
) -> HTMLResponse:
    """Show a page of what the records of an audit contain of references."""
    audit, listed = desk.open(audit_id, person)
    found = works_found(audit, page)
    return render(request, "works.html.j2", listed=listed, found=found, paging=Paging(page, ROW_PAGE_SIZE, found.total))
