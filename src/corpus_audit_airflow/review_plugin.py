"""The review pages of corpus-audit in Airflow: behind its login, in its menu, and as a tab of each run.

Airflow does not authenticate the apps of plugins, so that every page here depends on Airflow's own user. What that user
may do comes from Airflow's permissions:

- with the simple auth manager, by the user's role (SIMPLE_ROLES);
- with FAB or any other, by the first of RESOURCES that the user may read. Revealing excerpts is a resource of its own.
"""

import os
from typing import Any

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/audit-review"
SIMPLE_ROLES = {"viewer": "regulator", "user": "auditor", "op": "steward", "admin": "admin"}
RESOURCES = {
    "Corpus Audit Administration": "admin",
    "Corpus Audit Stewardship": "steward",
    "Corpus Audit Reading": "auditor",
    "Corpus Audit Approved Bundles": "regulator",
}
REVEAL_RESOURCE = "Corpus Audit Unmasked Excerpts"
REVEAL_VARIABLE = "CORPUS_AUDIT_MAY_REVEAL"
"""With the simple auth manager, which knows no single permissions: names of users, separated by commas."""


def person_of(user: Any) -> Any:
    """Return the Person for an Airflow user; raises HTTPException 403 for a user without a role on the pages."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
    from fastapi import HTTPException

    from corpus_audit.review.access import Person
    from corpus_audit.vocabulary import Role

    manager, name = get_auth_manager(), user.get_name()
    if isinstance(manager, SimpleAuthManager):
        role = SIMPLE_ROLES.get((user.role or "").lower())
        may_reveal = name in os.environ.get(REVEAL_VARIABLE, "").split(",")
    else:

        def may_read(resource: str) -> bool:
            return bool(manager.is_authorized_custom_view(method="GET", resource_name=resource, user=user))

        role = next((role for resource, role in RESOURCES.items() if may_read(resource)), None)
        may_reveal = may_read(REVEAL_RESOURCE)
    if role is None:
        raise HTTPException(403, f"You may not see audits: ask for one of {', '.join(RESOURCES)}.")
    return Person(name, Role(role), may_reveal=may_reveal)


def audit_of_run(dag_id: str, run_id: str) -> str | None:
    """Return the id of the audit whose report a run announced, None before that."""
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session
    from sqlalchemy import select

    of_the_run = (AssetEvent.source_dag_id == dag_id, AssetEvent.source_run_id == run_id)
    with create_session() as session:
        announced = session.scalars(select(AssetEvent.extra).where(*of_the_run).order_by(AssetEvent.id.desc())).all()
    return next((extra["audit_id"] for extra in announced if extra and "audit_id" in extra), None)


def create_app() -> Any:
    """Return the app over the store that the environment names."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.core_api.security import GetUserDep
    from fastapi import Request
    from fastapi.responses import RedirectResponse

    from corpus_audit.config import default_store
    from corpus_audit.pipeline.signing import signing_key
    from corpus_audit.review.service import ReviewService
    from corpus_audit.review.web.app import create_app as create_review
    from corpus_audit.store import Store

    def authenticate(user: GetUserDep) -> Any:
        return person_of(user)

    def log_in(request: Request) -> RedirectResponse:
        return RedirectResponse(get_auth_manager().get_url_login(next_url=str(request.url)))

    desk = ReviewService(Store(default_store()).path, signing_key())
    return create_review(desk, authenticate, on_unknown=log_in, audit_of_run=audit_of_run)


class AppOnFirstRequest:
    """An ASGI app that is made when it is first asked: every Airflow process loads plugins, only one serves pages."""

    def __init__(self) -> None:
        self._app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as the review app does."""
        if self._app is None:
            self._app = create_app()
        await self._app(scope, receive, send)


class CorpusAuditReviewPlugin(AirflowPlugin):
    """Mounts the pages, adds Audits to the menu and Audit to the tabs of a run."""

    name = "corpus_audit_review"
    fastapi_apps = [{"app": AppOnFirstRequest(), "url_prefix": PREFIX, "name": "corpus-audit review"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012 - Airflow's own convention
        {"name": "Audits", "href": f"{PREFIX}/", "destination": "nav", "category": "browse", "url_route": "audits"},
        {
            "name": "Audit",
            "href": f"{PREFIX}/runs?dag_id={{DAG_ID}}&run_id={{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "audit",
        },
    ]
