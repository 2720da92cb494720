"""A dataset's audits over time."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus_audit.review.access import Permission
from corpus_audit.review.history import PAGE_SIZE, history_page
from corpus_audit.review.service import NoSuchAuditError
from corpus_audit.review.web.guard import require
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/history", name="history", dependencies=[require(Permission.READ_AUDITS)])
def show_history(request: Request, desk: AppDesk, dataset: str, page: PageNumber = 1) -> HTMLResponse:
    """Show a page of the finished audits of a dataset, each beside the one before it."""
    found = history_page(desk.index, desk.folder, dataset, page)
    if not found.total:
        raise NoSuchAuditError
    return render(request, "history.html.j2", dataset=dataset, found=found, paging=Paging(page, PAGE_SIZE, found.total))
