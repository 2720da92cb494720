"""The list of audits: dataset, verdict, and open findings."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from corpus_audit.ledger import format_time
from corpus_audit.review.access import Permission
from corpus_audit.review.assigned import AssignedWork, assigned_to
from corpus_audit.review.index import AuditQuery, AuditSort, ListedAudit
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging, Text
from corpus_audit.review.web.rendering import render
from corpus_audit.vocabulary import ApprovalState, Verdict

router = APIRouter()
_SOON = timedelta(days=30)
"""How long before its end a waiver is named."""
_WAITING = 10


class AuditPageQuery(BaseModel):
    """Page number and filter of the list of audits; '' matches any value."""

    text: Text = ""
    verdict: Verdict | Literal[""] = ""
    approval: ApprovalState = ApprovalState.NONE
    dataset: Text = ""
    sort: AuditSort = AuditSort.STARTED
    way: Literal["up", "down"] = "down"
    page: PageNumber = 1

    @property
    def is_narrowed(self) -> bool:
        """True if it asks for less than the first page of all audits."""
        return bool(self.text or self.verdict or self.approval or self.dataset or self.page > 1)


@router.get("/", name="audits", dependencies=[require(Permission.READ_APPROVED)])
def list_audits(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    asked: Annotated[AuditPageQuery, Query()],
) -> HTMLResponse:
    """Show a page of audits; a regulator sees those that were approved."""
    sees_all = person.may(Permission.READ_AUDITS)
    query = AuditQuery(
        text=asked.text,
        verdict=asked.verdict or None,
        approval=asked.approval if sees_all else ApprovalState.APPROVED,
        published=not sees_all,
        dataset_id=asked.dataset,
        sort=asked.sort,
        descending=asked.way == "down",
        page=asked.page,
    )
    found = desk.index.find(query)
    paging = Paging(asked.page, query.size, found.total)
    waiting: tuple[ListedAudit, ...] = ()
    expiring: tuple[ListedAudit, ...] = ()
    assigned: tuple[AssignedWork, ...] = ()
    if person.may(Permission.DECIDE) and not asked.is_narrowed:
        soon = format_time(desk.clock() + _SOON)
        assigned = assigned_to(desk.ledger, desk.index, person.name, _WAITING)
        waiting = desk.index.find(AuditQuery(undecided=True, sort=AuditSort.OPEN, size=_WAITING)).audits
        expiring = desk.index.find(AuditQuery(expires_before=soon, size=_WAITING)).audits
    return render(
        request,
        "audits.html.j2",
        found=found,
        query=asked,
        paging=paging,
        verdicts=list(Verdict),
        now=desk.clock(),
        waiting=waiting,
        expiring=expiring,
        assigned=assigned,
    )
