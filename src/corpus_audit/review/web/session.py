"""Login without Airflow: one person, one token that is printed at the start of the server."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from corpus_audit.review.access import Person
from corpus_audit.review.web.rendering import go_to, render

COOKIE = "corpus_audit_session"
_SESSION_SECONDS = 12 * 3600


class TokenLogin:
    """Logs in a client that sends the token, as the one person that the server was started for."""

    def __init__(self, person: Person, token: str, clock: Callable[[], float] = time.time) -> None:
        self._person = person
        self._token = token
        # A key of this run: sessions end with the server.
        self._key = secrets.token_bytes(32)
        self._clock = clock

    def authenticate(self, request: Request) -> Person:
        """Return the logged-in person; raises HTTPException 401 if there is none."""
        until, _, signature = request.cookies.get(COOKIE, "").partition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._sign(until).encode())
        if not is_ours or int(until) < self._clock():
            raise HTTPException(401, "Log in first, with the token that was printed when the server started.")
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
            until = str(int(self._clock()) + _SESSION_SECONDS)
            response = go_to(request, "audits")
            session = f"{until}.{self._sign(until)}"
            response.set_cookie(COOKIE, session, max_age=_SESSION_SECONDS, httponly=True, samesite="lax")
            return response

        @router.post("/logout", name="log_out")
        def log_out(request: Request) -> Response:
            response = go_to(request, "login")
            response.delete_cookie(COOKIE)
            return response

        return router

    def _sign(self, until: str) -> str:
        return hmac.new(self._key, until.encode(), hashlib.sha256).hexdigest()
