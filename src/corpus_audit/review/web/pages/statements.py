"""Filling gaps: the fields that a manifest leaves open, stated by a steward for the next audit."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from starlette.datastructures import FormData

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.pipeline.supplements import name_of, state
from corpus_audit.review.access import Permission, Person
from corpus_audit.review.service import ReviewService
from corpus_audit.review.statements import PLACES_PER_PAGE, FieldList, Written, find_open
from corpus_audit.review.web.guard import CurrentPerson, require
from corpus_audit.review.web.pages.dependencies import AppDesk, PageNumber, Paging, Text
from corpus_audit.review.web.rendering import go_to, render
from corpus_audit.vocabulary import DecisionAction

router = APIRouter()


class StatementQuery(BaseModel):
    """Which open fields a page shows."""

    show: FieldList = FieldList.ASKED
    source: Text = ""
    page: PageNumber = 1


Asked = Annotated[StatementQuery, Query()]


async def _sent(request: Request) -> FormData:
    return await request.form()


@router.get("/audits/{audit_id}/statements", name="statements", dependencies=[require(Permission.READ_AUDITS)])
def show_statements(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    asked: Asked,
) -> HTMLResponse:
    """Show the open fields that rules ask for, those of a regulator's form, or all."""
    return _page(request, desk, person, audit_id, asked)


@router.post("/audits/{audit_id}/statements", name="state", dependencies=[require(Permission.DECIDE)])
def record_statements(
    request: Request,
    desk: AppDesk,
    person: CurrentPerson,
    audit_id: str,
    sent: Annotated[FormData, Depends(_sent)],
    asked: Asked,
) -> Response:
    """State what was filled in, or show the page again with everything that was typed and what is wrong."""
    audit, _listed = desk.open(audit_id, person)
    written = {name: [value for value in sent.getlist(name) if isinstance(value, str)] for name in sent}
    given = find_open(audit, asked.show, asked.source, asked.page).given(written)
    reason = "".join(written.get("reason", ()))
    try:
        state(desk.ledger, audit, given, reason=reason, author=person.name, role=person.role)
    except DecisionError as error:
        return _page(request, desk, person, audit_id, asked, written, error.refusals)
    return go_to(request, "statements", asked.model_dump() | {"recorded": 1}, audit_id=audit_id)


def _page(
    request: Request,
    desk: ReviewService,
    person: Person,
    audit_id: str,
    asked: StatementQuery,
    written: Written | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> HTMLResponse:
    audit, listed = desk.open(audit_id, person)
    found = find_open(audit, asked.show, asked.source, asked.page)
    entries = [entry for entry in desk.entries(listed) if entry.action == DecisionAction.SUPPLEMENT]
    return render(
        request,
        "statements.html.j2",
        422 if refusals else 200,
        listed=listed,
        found=found,
        choices=list(FieldList),
        query={"show": asked.show, "source": asked.source},
        written=written,
        refusals=refusals,
        wrong=lambda name: [refusal for refusal in refusals if refusal.field_name == name],
        name_of=name_of,
        paging=Paging(asked.page, PLACES_PER_PAGE, found.total),
        entries=entries,
    )
