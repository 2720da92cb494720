"""Downloads: the signed bundle, built on this server."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from corpus_audit.errors import BundleError
from corpus_audit.export.registry import FORMATS
from corpus_audit.pipeline.report import report_digest
from corpus_audit.pipeline.signing import require_signing_key
from corpus_audit.review.access import Permission
from corpus_audit.review.publication import publish, published, superseded
from corpus_audit.review.statements import count_open
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.schemas.marking import _
from corpus_audit.store.bundles import bundle_path
from corpus_audit.vocabulary import ExportName

router = APIRouter()


@router.get("/audits/{audit_id}/exports", name="exports", dependencies=[require(Permission.READ_APPROVED)])
def show_exports(request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str) -> HTMLResponse:
    """Show what there is to download, and whether it was approved."""
    audit, listed = desk.open(audit_id, person)
    sees_all = person.may(Permission.READ_AUDITS)
    entries, approved = desk.entries(listed), desk.approved(audit, listed)
    built = published(audit, desk.signing_key) if sees_all else approved
    kept = list(superseded(audit, desk.signing_key)) if sees_all else []
    return render(
        request,
        "exports.html.j2",
        listed=listed,
        bundle=built,
        name=bundle_path(audit).name,
        is_approved=approved is not None,
        is_of_the_report=built is not None and built.report_sha256 == report_digest(audit),
        change_of=lambda bundle: bundle.change(entries, desk.now),
        approval=desk.approval(audit, listed),
        superseded=kept,
        formats=FORMATS,
        has_key=desk.signing_key is not None,
        forms=count_open(audit) if sees_all else {},
    )


@router.get("/audits/{audit_id}/bundle", name="bundle", dependencies=[require(Permission.READ_APPROVED)])
def download_bundle(desk: AppDesk, person: CurrentPerson, audit_id: str) -> FileResponse:
    """Send the bundle; to a regulator only one that was approved."""
    audit, listed = desk.open(audit_id, person)
    built = published(audit, desk.signing_key) if person.may(Permission.READ_AUDITS) else desk.approved(audit, listed)
    if built is None:
        message = _("No bundle of this audit was built yet: build it on the page of its exports.")
        raise BundleError(message)
    desk.access.note(person, listed, f"Bundle {bundle_path(audit).name}", built.sha256)
    return FileResponse(built.path, media_type="application/zip", filename=bundle_path(audit).name)


@router.post("/audits/{audit_id}/bundle", name="build", dependencies=[require(Permission.BUILD_BUNDLES)])
def build_bundle(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    formats: Annotated[list[ExportName] | None, Form()] = None,
) -> RedirectResponse:
    """Conclude and report on what was decided until now, then build the bundle and sign it."""
    audit, _listed = desk.open(audit_id, person)
    publish(audit, require_signing_key(desk.signing_key), formats, context=desk.context)
    return go_to(request, "exports", {"built": 1}, audit_id=audit_id)
