"""The review app as one person after another sees it."""

import re
from pathlib import Path
from typing import Annotated, Any

from fastapi import Header, HTTPException
from fastapi.testclient import TestClient
from httpx import Response

from corpus_audit.review.access import Person
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.app import create_app
from corpus_audit.store import Clock, utc_now
from corpus_audit.vocabulary import Role


def _authenticate(person: Annotated[str, Header()] = "") -> Person:
    if not person:
        raise HTTPException(401, "Log in first.")
    role, _, reveals = person.partition("+")
    return Person(f"the {role}", Role(role), may_reveal=reveals == "reveal")


class ReviewClient:
    """Asks for pages and sends forms as somebody of a role: ``steward``, or ``steward+reveal``."""

    def __init__(self, store: Path, signing_key: Path | None = None, clock: Clock = utc_now) -> None:
        self.app = create_app(ReviewService(store, signing_key, clock), _authenticate)
        self.http = TestClient(self.app, raise_server_exceptions=True, follow_redirects=False)

    def get(self, role: str, path: str, **query: str) -> Response:
        return self.http.get(path, params=query, headers={"person": role})

    def post(self, role: str, path: str, form: dict[str, Any], token: str | None = None) -> Response:
        """Send a form with a token of the same person, or with *token*."""
        own = self.app.state.form_tokens.make(_authenticate(role)) if role else ""
        sent = {**form, "csrf_token": own if token is None else token}
        return self.http.post(path, data=sent, headers={"person": role})

    def decide(self, role: str, path: str, form: dict[str, Any]) -> Response:
        """Send a form of decisions, and confirm what its preview shows."""
        answer = self.post(role, path, form)
        confirmed = re.search(r'name="confirmed" value="(\w+)"', answer.text)
        return self.post(role, path, form | {"confirmed": confirmed[1]}) if confirmed else answer


def message_of(response: Response) -> str:
    """Return what a page of refusal says."""
    found = re.search(r'role="alert">(.*?)</p>', response.text, re.DOTALL)
    assert found, response.text
    return found[1]
