"""The audit behind a DAG run."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from corpus_audit.errors import StoreError
from corpus_audit.review.access import Permission
from corpus_audit.review.web.guard import require
from corpus_audit.review.web.rendering import go_to
from corpus_audit.schemas.marking import _

router = APIRouter()

AuditOfRun = Callable[[str, str], str | None]
"""Takes the ids of a DAG and of its run; returns the id of the audit it made, None while it has made none."""


@router.get("/runs", name="run", dependencies=[require(Permission.READ_AUDITS)])
def show_run(request: Request, dag_id: str, run_id: str) -> RedirectResponse:
    """Go to the audit of a run."""
    find: AuditOfRun = request.app.state.audit_of_run
    audit_id = find(dag_id, run_id)
    if audit_id is None:
        message = _("This run has made no report yet, or is not an audit.")
        raise StoreError(message)
    return go_to(request, "audit", audit_id=audit_id)
