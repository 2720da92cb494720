"""The app for one person on one machine."""

import secrets
from pathlib import Path

from fastapi import FastAPI

from corpus_audit.errors import StoreError
from corpus_audit.review.access import Person
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.app import create_app
from corpus_audit.review.web.session import TokenLogin
from corpus_audit.store import Store
from corpus_audit.store.bucket import address_of, pull
from corpus_audit.vocabulary import Role


def create_standalone(
    store: Path, name: str, role: Role, *, may_reveal: bool = False, signing_key: Path | None = None
) -> tuple[FastAPI, str]:
    """Return the app and the token to log in with, which is kept nowhere else; raises StoreError for no store."""
    store = Store(store).path
    pull(store, "audits")
    if not (store / "audits").is_dir():
        where = address_of(store)
        message = f"There is no audit in {where}: run 'corpus-audit audit' first, or name another store with --store."
        raise StoreError(message)
    token = secrets.token_urlsafe(24)
    login = TokenLogin(Person(name, role, may_reveal=may_reveal), token)
    desk = ReviewService(store, signing_key)
    return create_app(desk, login.authenticate, public=login.pages(), on_unknown=login.ask), token
