"""Shared request parameters of pages: the review service, page numbers, and page counts."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from corpus_audit.review.findings import FindingQuery
from corpus_audit.review.service import ReviewService
from corpus_audit.vocabulary import FindingStatus, OwnerRole, Severity


def _desk_of(request: Request) -> ReviewService:
    desk: ReviewService = request.app.state.desk
    return desk


AppDesk = Annotated[ReviewService, Depends(_desk_of)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Text = Annotated[str, Field(max_length=500)]


@dataclass(frozen=True)
class Paging:
    """Which page of how many."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row of the page, from 1; 0 when there is none."""
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """The number of the last row of the page."""
        return min(self.total, self.page * self.size)


class FindingFilter(BaseModel):
    """Filters of a page of findings; '' matches any value."""

    severity: Severity | Literal[""] = ""
    pack: Text = ""
    rule: Text = ""
    from_source: Text = ""
    status: FindingStatus | Literal[""] = ""
    text: Text = ""
    fact: Text = ""
    owner: OwnerRole | Literal[""] = ""
    jurisdiction: Text = ""
    each: Literal["", "yes"] = ""
    """Whether problems are listed one by one, not by the fact that they are about."""

    @property
    def asked(self) -> dict[str, str]:
        """The filters as an address holds them."""
        return {name: str(getattr(self, name)) for name in FindingFilter.model_fields if getattr(self, name)}

    def query(self, page: int = 1) -> FindingQuery:
        """Return the query for one page."""
        return FindingQuery(
            severity=self.severity,
            pack=self.pack,
            rule_id=self.rule,
            source_id=self.from_source,
            status=self.status,
            text=self.text,
            fact=self.fact,
            owner=self.owner,
            jurisdiction=self.jurisdiction,
            page=page,
        )


class FindingPageQuery(FindingFilter):
    """Which page of which findings."""

    page: PageNumber = 1
