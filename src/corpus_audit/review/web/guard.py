"""Checks before every page: authentication, permission, and the origin of a form."""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from corpus_audit.errors import Refusal
from corpus_audit.review.access import Permission, Person
from corpus_audit.schemas.marking import _

CSRF_FIELD = "csrf_token"
_FORM_SECONDS = 12 * 3600
_MAY_NOT = _("Your role ({role}) may not do this: it takes the permission '{permission}'.")
_NOT_OURS = _("This form was not sent by a page of yours, or is too old. Nothing was changed: go back and reload.")
_SAFE = frozenset({"GET", "HEAD"})
_SAME_SITE = frozenset({"same-origin", "none", ""})
"""What browsers say of a request that no other site made: their own page, the address bar, or nothing."""


def person_of(request: Request) -> Person:
    """Return who asks; the app has found that out before any page runs."""
    person: Person = request.state.person
    return person


CurrentPerson = Annotated[Person, Depends(person_of)]


def require(permission: Permission) -> Any:
    """Return the dependency that lets only those through who have a permission."""

    def check(person: CurrentPerson) -> None:
        if not person.may(permission):
            raise HTTPException(403, Refusal(_MAY_NOT, {"role": person.role, "permission": permission}))

    check.permission = permission  # type: ignore[attr-defined]
    return Depends(check)


class FormTokens:
    """Tokens that prove that a form was served by this app to the person who sends it (HMAC-SHA256)."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key = hmac.digest(key, b"corpus-audit review forms", "sha256")
        self._clock = clock

    def make(self, person: Person) -> str:
        """Return a token for the forms of one page."""
        made_at = str(int(self._clock()))
        return f"{made_at}.{self._sign(person, made_at)}"

    def is_valid(self, person: Person, token: str) -> bool:
        """True if the token was issued by this server to this person, and has not expired."""
        made_at, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(person, made_at).encode()):
            return False
        return int(made_at) + _FORM_SECONDS > self._clock()

    def _sign(self, person: Person, made_at: str) -> str:
        about = f"{person.role}\0{person.name}\0{made_at}".encode()
        return hmac.new(self._key, about, hashlib.sha256).hexdigest()


async def check_form(request: Request, person: CurrentPerson) -> None:
    """Refuse every changing request that one of our own forms did not send."""
    if request.method in _SAFE:
        return
    form = await request.form()
    token = form.get(CSRF_FIELD)
    tokens: FormTokens = request.app.state.form_tokens
    is_ours = isinstance(token, str) and tokens.is_valid(person, token)
    if not is_ours or request.headers.get("sec-fetch-site", "") not in _SAME_SITE:
        raise HTTPException(403, _NOT_OURS)
