"""Downloads: the signed bundle, built on this server."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from corpus_audit import pipeline
from corpus_audit.errors import BundleError
from corpus_audit.export.registry import FORMATS
from corpus_audit.review.access import Permission
from corpus_audit.review.publication import approved_bundle, bundle_path, last_approval, publish
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.store import sha256_of_file
from corpus_audit.vocabulary import ExportName

router = APIRouter()


@router.get("/audits/{audit_id}/exports", name="exports", dependencies=[require(Permission.READ_APPROVED)])
def show_exports(request: Request, desk: AppDesk, person: CurrentPerson, audit_id: str) -> HTMLResponse:
    """Show what there is to download, and whether it was approved."""
    audit, listed = desk.open(audit_id, person)
    entries = desk.entries(listed)
    path = bundle_path(audit)
    return render(
        request,
        "exports.html.j2",
        listed=listed,
        bundle=path if path.is_file() else None,
        sha256=sha256_of_file(path) if path.is_file() else "",
        is_approved=approved_bundle(audit, entries) is not None,
        approval=last_approval(audit_id, entries),
        formats=FORMATS,
        has_key=desk.signing_key is not None,
    )


@router.get("/audits/{audit_id}/bundle", name="bundle", dependencies=[require(Permission.READ_APPROVED)])
def download_bundle(desk: AppDesk, person: CurrentPerson, audit_id: str) -> FileResponse:
    """Send the bundle; to a regulator only one that was approved."""
    audit, listed = desk.open(audit_id, person)
    approved = approved_bundle(audit, desk.entries(listed))
    path = bundle_path(audit) if person.may(Permission.READ_AUDITS) else approved
    if path is None or not path.is_file():
        message = "No bundle of this audit was built yet: build it on the page of its exports."
        raise BundleError(message)
    return FileResponse(path, media_type="application/zip", filename=path.name)


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
    if desk.signing_key is None:
        message = "There is no key to sign with: the operator names one in CORPUS_AUDIT_SIGNING_KEY."
        raise BundleError(message)
    publish(audit, desk.signing_key, formats, context=pipeline.RunContext(clock=desk.clock))
    return go_to(request, "exports", {"built": 1}, audit_id=audit_id)
