"""Forms that write to the ledger: decisions about findings, sources and audits, and comments."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ConfigDict, field_validator

from corpus_audit.errors import DecisionError
from corpus_audit.ledger import DecisionRequest, Reads
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.findings import find_finding_ids
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk, FindingFilter, PageNumber, Paging
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.vocabulary import DecisionAction, DecisionScope

router = APIRouter()
_PAGE_SIZE = 50


class DecisionForm(FindingFilter):
    """What a form on a page sends. *all_found* stands for every finding of the list that the page was one of."""

    model_config = ConfigDict(extra="ignore")

    action: DecisionAction
    scope: DecisionScope
    reason: str = ""
    expires_on: date | None = None
    evidence_link: str = ""
    report_sha256: str = ""
    despite: str = ""
    finding: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    all_found: bool = False

    @field_validator("expires_on", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    def judgement(self, person: Person) -> DecisionRequest:
        """Return what is decided, by whom."""
        return DecisionRequest(
            action=self.action,
            reason=self.reason,
            author=person.name,
            role=person.role,
            expires_on=self.expires_on,
            evidence_link=self.evidence_link,
            report_sha256=self.report_sha256,
            despite=self.despite,
        )


@router.post("/audits/{audit_id}/decisions", name="decide", dependencies=[require(Permission.DECIDE)])
def record_decision(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, form: Annotated[DecisionForm, Form()]
) -> RedirectResponse:
    """Write a decision about the findings that were chosen, about sources, or about the audit."""
    if form.action is DecisionAction.REVEAL:
        message = "An excerpt is revealed on the page of its record. Nothing was written."
        raise DecisionError(message)
    return _record(request, desk, person, audit_id, form)


@router.post("/audits/{audit_id}/comments", name="comment", dependencies=[require(Permission.COMMENT)])
def record_comment(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, form: Annotated[DecisionForm, Form()]
) -> RedirectResponse:
    """Write a comment about a finding, a source or the audit."""
    if form.action is not DecisionAction.COMMENT:
        message = "This form takes comments only. Nothing was written."
        raise DecisionError(message)
    return _record(request, desk, person, audit_id, form)


@router.get("/audits/{audit_id}/decisions", name="decisions", dependencies=[require(Permission.READ_AUDITS)])
def list_decisions(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    about: Literal["dataset", "audit", "reads"] = "dataset",
    page: PageNumber = 1,
) -> HTMLResponse:
    """Show what the ledger holds about an audit's dataset or the audit, or who read what of it, newest first."""
    _audit, listed = desk.open(audit_id, person)
    chosen = {"dataset_id": listed.dataset_id} if about == "dataset" else {"audit_id": audit_id}
    reads = Reads.ONLY if about == "reads" else Reads.WITHOUT
    total = desk.ledger.count(reads=reads, **chosen)
    entries = desk.ledger.page(_PAGE_SIZE, (page - 1) * _PAGE_SIZE, reads=reads, **chosen)
    paging = Paging(page, _PAGE_SIZE, total)
    return render(request, "decisions.html.j2", listed=listed, entries=entries, paging=paging, about=about)


def _record(request: Request, desk: AppDesk, person: Person, audit_id: str, form: DecisionForm) -> RedirectResponse:
    audit, listed = desk.open(audit_id, person)
    findings = form.finding if form.scope is DecisionScope.FINDING else ()
    sources = form.source if form.scope is DecisionScope.SOURCE else ()
    if form.scope is DecisionScope.FINDING and form.all_found:
        findings = tuple(find_finding_ids(audit, desk.entries(listed), desk.now, form.query()))
    if form.scope is not DecisionScope.AUDIT and not findings and not sources:
        message = f"No {form.scope} was chosen: tick at least one. Nothing was written."
        raise DecisionError(message)
    written = desk.record(audit, form.judgement(person), findings, sources)
    query = {"recorded": len(written)}
    if form.scope is DecisionScope.FINDING and len(written) == 1:
        return go_to(request, "finding", query, audit_id=audit_id, finding_id=written[0].finding_id)
    return go_to(request, "audit", query, audit_id=audit_id)
