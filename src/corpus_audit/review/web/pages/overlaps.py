"""Copies shared between a dataset's sources: pairs of sources, then the copies of one pair."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus_audit.evidence import tables
from corpus_audit.report.limits import overlap_limits
from corpus_audit.review.access import Permission
from corpus_audit.review.records import PAGE_SIZE, ROW_PAGE_SIZE, pairs_between, source_overlaps
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging, Text
from corpus_audit.review.web.rendering import render

router = APIRouter()


@router.get("/audits/{audit_id}/overlaps", name="overlaps", dependencies=[require(Permission.READ_AUDITS)])
def show_overlaps(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, source: Text = "", page: PageNumber = 1
) -> HTMLResponse:
    """Show a page of the pairs of sources that share verified copies, those of one source or all."""
    audit, listed = desk.open(audit_id, person)
    found = source_overlaps(audit, source, page)
    paging = Paging(page, ROW_PAGE_SIZE, found.total)
    limits = tuple(overlap_limits(audit.read("gather", tables.COMMON_TEXTS).to_pylist()))
    return render(request, "overlaps.html.j2", listed=listed, found=found, limits=limits, paging=paging, source=source)


@router.get("/audits/{audit_id}/pairs", name="pairs", dependencies=[require(Permission.READ_RECORDS)])
def show_pairs(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, a: str, b: str, page: PageNumber = 1
) -> HTMLResponse:
    """Show a page of the copies between two sources."""
    audit, listed = desk.open(audit_id, person)
    found = pairs_between(audit, a, b, page)
    paging = Paging(page, PAGE_SIZE, found.total)
    return render(request, "pairs.html.j2", listed=listed, found=found, paging=paging, source_a=a, source_b=b)
