"""The review app: every page requires authentication and a permission."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException

from corpus_audit.errors import BundleError, CorpusAuditError, DecisionError, Refusal, StoreError
from corpus_audit.report.translator import words_in
from corpus_audit.review.access import Person
from corpus_audit.review.service import ReviewService
from corpus_audit.review.web.body_limit import BodyLimit
from corpus_audit.review.web.guard import FormTokens, check_form
from corpus_audit.review.web.headers import SecurityHeaders
from corpus_audit.review.web.pages import PAGES
from corpus_audit.review.web.pages.runs import AuditOfRun
from corpus_audit.review.web.rendering import language_of, render, script, style_sheet
from corpus_audit.review.web.wording import refusal_in_words, refusals_in_words
from corpus_audit.schemas.marking import _
from corpus_audit.store import Store

Authenticate = Callable[..., Any]
"""A FastAPI dependency that returns the Person who asks, or raises HTTPException 401."""

_MALFORMED = _("The form or address is not as this page makes it: {fields}. Nothing was changed.")
_STATUSES: tuple[tuple[type[CorpusAuditError], int], ...] = (
    (DecisionError, 422),
    (StoreError, 404),
    (BundleError, 409),
    (CorpusAuditError, 503),
)


def create_app(
    desk: ReviewService,
    authenticate: Authenticate,
    *,
    public: APIRouter | None = None,
    on_unknown: Callable[[Request], Response] | None = None,
    audit_of_run: AuditOfRun = lambda _dag_id, _run_id: None,
) -> FastAPI:
    """Return the app over one store.

    *authenticate* identifies the person. *public* are the pages without a login, such as the login page; *on_unknown*
    answers requests without a login. *audit_of_run* finds the audit that a run of a DAG made.
    """
    app = FastAPI(title="corpus-audit review", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.form_tokens = FormTokens(Store(desk.store).key())
    app.state.audit_of_run = audit_of_run
    app.state.is_standalone = public is not None

    def remember(request: Request, person: Annotated[Person, Depends(authenticate)]) -> None:
        request.state.person = person

    for router in PAGES:
        _check_guarded(router)
        app.include_router(router, dependencies=[Depends(remember), Depends(check_form)])
    app.include_router(_assets)
    if public is not None:
        app.include_router(public)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    _add_error_pages(app, on_unknown)
    return app


def _check_guarded(router: APIRouter) -> None:
    """Refuse to start if a page declares no permission: access is denied by default."""
    for route in router.routes:
        guarded = isinstance(route, APIRoute) and any(
            hasattr(dependency.dependency, "permission") for dependency in route.dependencies
        )
        if not guarded:
            message = f"The page {getattr(route, 'path', route)} names no permission."
            raise TypeError(message)


_assets = APIRouter()
_CACHED = {"Cache-Control": "private, max-age=300"}


@_assets.get("/review.css", name="style")
def _style() -> Response:
    return Response(style_sheet(), media_type="text/css", headers=_CACHED)


@_assets.get("/review.js", name="script")
def _script() -> Response:
    return Response(script(), media_type="text/javascript", headers=_CACHED)


def _add_error_pages(app: FastAPI, on_unknown: Callable[[Request], Response] | None) -> None:
    @app.exception_handler(CorpusAuditError)
    def refused(request: Request, error: CorpusAuditError) -> Response:
        status = next(status for kind, status in _STATUSES if isinstance(error, kind))
        message = refusals_in_words(error, words_in(language_of(request)))
        return render(request, "error.html.j2", status, message=message)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        fields = sorted({str(problem["loc"][-1]) for problem in error.errors()})
        refusal = Refusal(_MALFORMED, {"fields": ", ".join(fields)})
        return render(request, "error.html.j2", 422, message=refusal_in_words(refusal, words_in(language_of(request))))

    @app.exception_handler(StarletteHTTPException)
    def denied(request: Request, error: HTTPException) -> Response:
        if error.status_code == 401 and on_unknown is not None and request.method == "GET":
            return on_unknown(request)
        detail: object = error.detail
        refusal = detail if isinstance(detail, Refusal) else Refusal(str(detail))
        message = refusal_in_words(refusal, words_in(language_of(request)))
        return render(request, "error.html.j2", error.status_code, message=message)
