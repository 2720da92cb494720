"""The size limit of requests: a larger one is refused before its form is parsed."""

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus_audit.ledger.attachment import LARGEST
from corpus_audit.schemas.marking import _

LARGEST_FORM = LARGEST + 2**20
"""Bytes of a form with an attachment."""
_TOO_LARGE = _("This form is too large: attach a smaller file, or link it. Nothing was changed.")


class BodyLimit:
    """ASGI middleware under which no request has a body of more than LARGEST_FORM bytes.

    FastAPI parses a form, and writes its files to disk, before it solves the dependencies that ask for the login.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does; reading a body that is too large raises HTTPException 413 in it."""
        received = 0

        async def receive_at_most() -> Message:
            nonlocal received
            _refuse_above(_declared(scope))
            message = await receive()
            received += len(message.get("body", b""))
            _refuse_above(received)
            return message

        await self._app(scope, receive_at_most if scope["type"] == "http" else receive, send)


def _refuse_above(size_bytes: int) -> None:
    if size_bytes > LARGEST_FORM:
        raise HTTPException(413, _TOO_LARGE)


def _declared(scope: Scope) -> int:
    """Return the size that the request says its body has, 0 where it says none."""
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared) if declared.isdecimal() else 0
