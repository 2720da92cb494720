"""Forms that write to the ledger: decisions about findings, sources and audits, and comments."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.ledger import Reads
from corpus_audit.ledger.decision import WAIVERS
from corpus_audit.pipeline.models_trained import without_personal_names
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.findings import FindingQuery, open_findings
from corpus_audit.review.index import ListedAudit
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.attachments import SentFile, with_attachment
from corpus_audit.review.web.pages.audit import audit_page
from corpus_audit.review.web.pages.decision_form import DecisionForm, FormDraft, digest_of
from corpus_audit.review.web.pages.dependencies import AppDesk, FindingPageQuery, PageNumber, Paging
from corpus_audit.review.web.pages.finding import finding_page
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.schemas.marking import _
from corpus_audit.store import AuditFolder
from corpus_audit.vocabulary import DecisionAction, DecisionScope, Verdict

router = APIRouter()
_PAGE_SIZE = 50
_PREVIEWED = 100
"""Findings that a preview names; of more it says how many."""
_NONE_CHOSEN: Mapping[DecisionScope, str] = {
    DecisionScope.FINDING: _("No finding was chosen: tick at least one. Nothing was written."),
    DecisionScope.SOURCE: _("No source was chosen: tick at least one. Nothing was written."),
}


@router.post("/audits/{audit_id}/decisions", name="decide", dependencies=[require(Permission.DECIDE)])
def record_decision(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    form: Annotated[DecisionForm, Form()],
    sent: SentFile,
) -> Response:
    """Write a decision about the findings that were chosen, about sources, or about the audit."""
    if form.action == DecisionAction.REVEAL:
        raise DecisionError(_("An excerpt is revealed on the page of its record. Nothing was written."))
    try:
        form = with_attachment(desk, form, sent)
    except DecisionError as error:
        return _show_again(request, desk, person, audit_id, FormDraft(form, error.refusals))
    return _record(request, desk, person, audit_id, form)


@router.post("/audits/{audit_id}/comments", name="comment", dependencies=[require(Permission.COMMENT)])
def record_comment(
    request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str, form: Annotated[DecisionForm, Form()]
) -> Response:
    """Write a comment about a finding, a source or the audit."""
    if form.action != DecisionAction.COMMENT:
        raise DecisionError(_("This form takes comments only. Nothing was written."))
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
    entries = without_personal_names(desk.store, entries)
    paging = Paging(page, _PAGE_SIZE, total)
    return render(request, "decisions.html.j2", listed=listed, entries=entries, paging=paging, about=about)


def _record(request: Request, desk: AppDesk, person: Person, audit_id: str, form: DecisionForm) -> Response:
    """Record a decision, or show the form again with what is wrong, or what it would close if it is about several."""
    audit, listed = desk.open(audit_id, person)
    try:
        findings, sources = _subjects(desk, audit, listed, form)
        judgement = form.judgement(person)
        if form.change:
            return _show_again(request, desk, person, audit_id, FormDraft(form))
        if (len(findings) > 1 and len(form.problem) != 1) and form.confirmed != digest_of(findings):
            leads_to = desk.preview(audit, judgement, findings)
            return _preview(request, desk, audit, listed, form, findings, leads_to)
        written = desk.record(audit, judgement, findings, sources)
    except DecisionError as error:
        return _show_again(request, desk, person, audit_id, FormDraft(form, error.refusals))
    query = {"recorded": str(len(written))}
    if form.of_finding or (form.scope is DecisionScope.FINDING and len(written) == 1):
        finding_id = form.of_finding or written[0].finding_id
        return go_to(request, "finding", form.asked | query, audit_id=audit_id, finding_id=finding_id)
    return go_to(request, "audit", form.asked | query, audit_id=audit_id)


def _subjects(
    desk: AppDesk, audit: AuditFolder, listed: ListedAudit, form: DecisionForm
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the findings and the sources that a form is about; raises DecisionError when it chose none."""
    findings = tuple(dict.fromkeys(form.finding)) if form.scope is DecisionScope.FINDING else ()
    sources = form.source if form.scope is DecisionScope.SOURCE else ()
    if form.scope is DecisionScope.FINDING and (form.all_found or form.problem):
        query = form.query() if form.all_found else FindingQuery(problem_ids=form.problem)
        with open_findings(audit, desk.entries(listed), desk.now) as of_audit:
            about = of_audit.ids_of_problems(query)
        findings = tuple(dict.fromkeys((*findings, *about)))
    if form.scope is not DecisionScope.AUDIT and not findings and not sources:
        raise DecisionError(Refusal(_NONE_CHOSEN[form.scope], field_name="finding"))
    return findings, sources


def _preview(
    request: Request,
    desk: AppDesk,
    audit: AuditFolder,
    listed: ListedAudit,
    form: DecisionForm,
    findings: tuple[str, ...],
    leads_to: Verdict,
) -> HTMLResponse:
    """Show what a decision about several findings would close and lead to, before it is written."""
    query = FindingQuery(finding_ids=findings, size=_PREVIEWED)
    with open_findings(audit, desk.entries(listed), desk.now) as of_audit:
        shown = of_audit.problems(query)
    closes = form.action in WAIVERS
    return render(
        request,
        "confirm.html.j2",
        listed=listed,
        form=form,
        shown=shown,
        findings=findings,
        closes=closes,
        leads_to=leads_to,
        confirmed=digest_of(findings),
    )


def _show_again(request: Request, desk: AppDesk, person: Person, audit_id: str, draft: FormDraft) -> HTMLResponse:
    """Show the page on which a form stood, with everything that was typed."""
    form = draft.form
    if form.of_finding:
        return finding_page(request, desk, person, audit_id, form.of_finding, asked=form, draft=draft)
    asked = FindingPageQuery(**form.model_dump(include=set(FindingPageQuery.model_fields)))
    return audit_page(request, desk, person, audit_id, asked, draft)
