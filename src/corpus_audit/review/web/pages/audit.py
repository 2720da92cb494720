"""One audit: its verdict and figures, its findings with their decisions, and its stored report."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from corpus_audit.errors import Refusal, StoreError
from corpus_audit.pipeline import REPORT_PAGES, report_page
from corpus_audit.pipeline.report import report_digest
from corpus_audit.report.html import figures_of
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.findings import FindingPage, open_findings
from corpus_audit.review.problems import facets_of, group_problems
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.headers import REPORT_POLICY
from corpus_audit.review.web.pages.decision_form import FormDraft
from corpus_audit.review.web.pages.dependencies import AppDesk, FindingPageQuery, Paging
from corpus_audit.review.web.rendering import address, go_to, language_of, render
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import DecisionScope, FindingStatus, Severity

_NO_REPORT = _("The report of this audit is not there: 'corpus-audit report {audit}' writes it again.")

router = APIRouter()


_LATEST_COMMENTS = 20


@router.get("/audits/{audit_id}", name="audit", dependencies=[require(Permission.READ_AUDITS)])
def show_audit(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    asked: Annotated[FindingPageQuery, Query()],
) -> HTMLResponse:
    """Show an audit with one page of its findings."""
    return audit_page(request, desk, person, audit_id, asked)


def audit_page(
    request: Request,
    desk: ReviewService,
    person: Person,
    audit_id: str,
    asked: FindingPageQuery,
    draft: FormDraft | None = None,
) -> HTMLResponse:
    """Return the page of an audit, with a form that was refused."""
    audit, listed = desk.open(audit_id, person)
    entries = desk.entries(listed)
    query = asked.query(asked.page)
    is_grouped = not (asked.fact or asked.each or (draft and draft.form.scope == DecisionScope.FINDING))
    with open_findings(audit, entries, desk.now) as findings:
        facets = facets_of(findings, query)
        groups = group_problems(findings, query) if is_grouped else ()
        found = FindingPage((), sum(group.problems for group in groups)) if is_grouped else findings.problems(query)
    report = report_page(audit, language_of(request))
    page_text = report.read_text(encoding="utf-8") if report.is_file() else ""
    about_audit = [entry for entry in entries if entry.scope == DecisionScope.AUDIT and entry.audit_id == audit_id]
    return render(
        request,
        "audit.html.j2",
        draft.status if draft else 200,
        draft=draft,
        listed=listed,
        figures=Markup(figures_of(page_text, address(request, "report", audit_id=audit_id))),  # noqa: S704 - our own report, escaped when it was written
        found=found,
        facets=facets,
        groups=groups,
        query=asked,
        paging=Paging(asked.page, query.size, found.total),
        about_audit=about_audit[-_LATEST_COMMENTS:],
        approval=desk.approval(audit, listed),
        report_sha256=report_digest(audit),
        has_key=desk.signing_key is not None,
        severities=list(Severity),
        statuses=list(FindingStatus),
    )


@router.get("/audits/{audit_id}/report", name="report", dependencies=[require(Permission.READ_APPROVED)])
def choose_report(request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str) -> RedirectResponse:
    """Go to the report in the reader's language."""
    desk.open(audit_id, person)
    return go_to(request, "report_page", audit_id=audit_id, page=REPORT_PAGES[language_of(request)])


@router.get("/audits/{audit_id}/report/{page}", name="report_page", dependencies=[require(Permission.READ_APPROVED)])
def show_report(
    desk: AppDesk, person: CurrentPerson, audit_id: str, page: Literal["report.html", "report.zh.html"]
) -> HTMLResponse:
    """Show the report as it was written, to a regulator as it is in the approved bundle.

    Its pages link to each other by these names.
    """
    audit, listed = desk.open(audit_id, person)
    headers = {"Content-Security-Policy": REPORT_POLICY}
    if not person.may(Permission.READ_AUDITS) and (approved := desk.approved(audit, listed)) is not None:
        desk.access.note(person, listed, f"Report {page} of the approved bundle", approved.report_sha256)
        return HTMLResponse(approved.read(f"report/{page}"), headers=headers)
    path = audit.folder("report") / page
    if not path.is_file():
        raise StoreError(Refusal(_NO_REPORT, {"audit": audit_id}))
    desk.access.note(person, listed, f"Report {page}", report_digest(audit))
    return HTMLResponse(path.read_text(encoding="utf-8"), headers=headers)
