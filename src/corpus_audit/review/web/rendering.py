"""Templates in the reader's language, with the variables that every page needs."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader

from corpus_audit.ledger.assignment import assignment_of
from corpus_audit.ledger.attachment import attachment_of
from corpus_audit.ledger.decision import actions_about
from corpus_audit.manifest.fillable import written_value
from corpus_audit.report.html import add_filters, make_environment
from corpus_audit.report.problems import ProblemRows, problem_sentence
from corpus_audit.report.translator import words_in
from corpus_audit.review.access import Permission
from corpus_audit.review.web.wording import (
    ACTIONS,
    APPROVALS,
    FINDING_STATUSES,
    JURISDICTIONS,
    REASON_TEMPLATES,
    ROLES,
    SCOPES,
    STATEMENT_LISTS,
    age_in_words,
    change_in_words,
    refusal_in_words,
)
from corpus_audit.vocabulary import DecisionScope, Language

LANGUAGE_COOKIE = "corpus_audit_language"
_YEAR = 365 * 24 * 3600
_STYLES = ("report.css", "review.css")


def language_of(request: Request) -> Language:
    """Return the language to answer in: as chosen by a link, as chosen before, or as the browser prefers."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in set(Language):
            return Language(chosen)
    prefers_chinese = request.headers.get("accept-language", "").lower().startswith("zh")
    return Language.CHINESE if prefers_chinese else Language.ENGLISH


def address(request: Request, page: str, query: Mapping[str, Any] | None = None, /, **path: str) -> str:
    """Return the address of a page of this app, wherever the app is mounted."""
    given = {name: value for name, value in (query or {}).items() if value not in ("", None)}
    base = request.scope.get("root_path", "") + str(request.app.url_path_for(page, **path))
    return f"{base}?{urlencode(given)}" if given else base


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page in the reader's language."""
    language = language_of(request)
    environment = _environment(language)
    person = getattr(request.state, "person", None)
    page = environment.get_template(template).render(
        person=person,
        can={permission: person is not None and person.may(permission) for permission in Permission},
        csrf_token=request.app.state.form_tokens.make(person) if person else "",
        url=lambda page, query=None, /, **path: address(request, page, query, **path),
        here=request.url.path,
        asked=dict(request.query_params),
        languages=[words_in(other) for other in Language if other is not language],
        is_standalone=request.app.state.is_standalone,
        **{"draft": None, "finding": None} | context,
    )
    response = HTMLResponse(page, status)
    if request.query_params.get("lang") in set(Language):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
    return response


def go_to(request: Request, page: str, query: Mapping[str, Any] | None = None, /, **path: str) -> RedirectResponse:
    """Return a redirect to this page after an accepted form."""
    return RedirectResponse(address(request, page, query, **path), 303)


@cache
def style_sheet() -> str:
    """Return the report's style and, after it, what only the review pages add."""
    report = files("corpus_audit.report").joinpath("templates", _STYLES[0]).read_text(encoding="utf-8")
    return report + files("corpus_audit.review.web").joinpath("static", _STYLES[1]).read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the pages' script; every page works without it."""
    return files("corpus_audit.review.web").joinpath("static", "review.js").read_text(encoding="utf-8")


@cache
def _environment(language: Language) -> Environment:
    words = words_in(language)
    environment = make_environment(words, PackageLoader("corpus_audit.review.web"))
    environment.globals.update(
        ACTIONS=ACTIONS,
        APPROVALS=APPROVALS,
        REASON_TEMPLATES=REASON_TEMPLATES,
        ROLES=ROLES,
        SCOPES=SCOPES,
        STATEMENT_LISTS=STATEMENT_LISTS,
        FINDING_STATUSES=FINDING_STATUSES,
        JURISDICTIONS=JURISDICTIONS,
        actions_about=lambda scope, role: actions_about(DecisionScope(scope), role),
    )
    add_filters(
        environment,
        {
            "change": lambda change: change_in_words(change, words),
            "written_lines": lambda value: written_value(value).split("\n"),
            "attachment": attachment_of,
            "assignment": assignment_of,
            "refusal": lambda refusal: refusal_in_words(refusal, words),
            "age": lambda started_at, now: age_in_words(started_at, now, words),
            "problem": lambda finding: problem_sentence(
                ProblemRows(
                    finding.problem_zh if language is Language.CHINESE else finding.problem,
                    finding.evidence_table,
                    finding.column,
                    (finding.named,),
                ),
                words,
            ),
            "group_problem": lambda group: problem_sentence(
                ProblemRows(
                    group.problem_zh if language is Language.CHINESE else group.problem,
                    group.evidence_table,
                    group.column,
                    group.named,
                    group.failed,
                    group.evaluated,
                    group.failed - len(group.named),
                ),
                words,
            ),
            "in_language": lambda item, name: (
                getattr(item, f"{name}_zh") if language is Language.CHINESE else getattr(item, name)
            ),
        },
    )
    return environment
