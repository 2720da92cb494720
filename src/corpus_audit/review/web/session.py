"""Login without Airflow: one person, one token that is printed at the start of the server."""

import hmac
import secrets
import time
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from corpus_audit.review.access import Person
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.schemas.marking import _
from corpus_audit.store import sha256_of_bytes

_LOG_IN = _("Log in first, with the token that was printed when the server started.")
_RELOAD = _("This form was not sent by a page of yours, or is too old. Reload, then log out.")

COOKIE = "corpus_audit_session"
_SESSION_SECONDS = 12 * 3600


class TokenLogin:
    """Logs in a client that sends the token, as the one person that the server was started for."""

    def __init__(self, person: Person, token: str, clock: Callable[[], float] = time.time) -> None:
        self._person = person
        self._token = token
        self._clock = clock
        # Open sessions by the sha256 of their cookie, and when each ends: all end with the server.
        self._sessions: dict[str, float] = {}

    def authenticate(self, request: Request) -> Person:
        """Return the logged-in person; raises HTTPException 401 if there is none."""
        if self._sessions.get(_digest(request), 0.0) < self._clock():
            raise HTTPException(401, _LOG_IN)
        return self._person

    def ask(self, request: Request) -> Response:
        """Return the login form."""
        return render(request, "login.html.j2", 401, message="")

    def pages(self) -> APIRouter:
        """Return the public pages: the login form and its target."""
        router = APIRouter()

        @router.get("/login", name="login")
        def show_form(request: Request) -> Response:
            return render(request, "login.html.j2", message="")

        @router.post("/login", name="log_in")
        def log_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
            if not hmac.compare_digest(token.strip().encode(), self._token.encode()):
                message = "This is not the token that the server printed when it started."
                return render(request, "login.html.j2", 401, message=message)
            response, session = go_to(request, "audits"), secrets.token_urlsafe(32)
            self._sessions[sha256_of_bytes(session.encode())] = self._clock() + _SESSION_SECONDS
            response.set_cookie(COOKIE, session, max_age=_SESSION_SECONDS, httponly=True, samesite="lax")
            return response

        @router.post("/logout", name="log_out")
        def log_out(request: Request, csrf_token: Annotated[str, Form()] = "") -> Response:
            if not request.app.state.form_tokens.is_valid(self.authenticate(request), csrf_token):
                raise HTTPException(403, _RELOAD)
            self._sessions.pop(_digest(request), None)
            response = go_to(request, "login")
            response.delete_cookie(COOKIE)
            return response

        return router


def _digest(request: Request) -> str:
    return sha256_of_bytes(request.cookies.get(COOKIE, "").encode())
