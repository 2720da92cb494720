"""Files that support a decision: taken from a form, and sent back as a download, never shown."""

from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import UploadFile

from corpus_audit.errors import StoreError
from corpus_audit.ledger.attachment import LARGEST, attachments_in, keep_attachment, read_attachment
from corpus_audit.review.access import Permission
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.decision_form import DecisionForm
from corpus_audit.review.web.pages.dependencies import AppDesk
from corpus_audit.schemas.marking import _

router = APIRouter()


class NamedContent(NamedTuple):
    """A file as a browser sent it."""

    name: str
    content: bytes


async def _file_of(request: Request) -> NamedContent | None:
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None
    return NamedContent(sent.filename, await sent.read(LARGEST + 1))


SentFile = Annotated[NamedContent | None, Depends(_file_of)]


def with_attachment(desk: ReviewService, form: DecisionForm, sent: NamedContent | None) -> DecisionForm:
    """Return a form with the file that was sent, which is kept already: a form that comes back has it still.

    Raises DecisionError for a file that is empty or too large.
    """
    if sent is None:
        return form
    return form.model_copy(update={"attachment": keep_attachment(desk.store, sent.name, sent.content).link})


@router.get(
    "/audits/{audit_id}/attachments/{sha256}", name="attachment", dependencies=[require(Permission.READ_AUDITS)]
)
def download_attachment(desk: AppDesk, person: CurrentPerson, audit_id: str, sha256: str) -> Response:
    """Send a file that a decision about the dataset names, to be saved and not shown."""
    _audit, listed = desk.open(audit_id, person)
    attachment = attachments_in(desk.entries(listed)).get(sha256)
    if attachment is None:
        message = _("No decision about this dataset names that file.")
        raise StoreError(message)
    content = read_attachment(desk.store, attachment)
    desk.access.note(person, listed, "Attachment of a decision", sha256)
    disposition = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"Content-Disposition": disposition})
