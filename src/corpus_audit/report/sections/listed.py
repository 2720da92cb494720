"""A list that a report cuts: the first rows of it, how many there are in all, and where all of them are."""

from typing import Generic, Never, TypeVar

from pydantic import Field

from corpus_audit.report.sections.base import Section

R = TypeVar("R", bound=Section)


class ListedRows(Section, Generic[R]):
    """The first rows of a list. No figure may be computed from them: there may be more."""

    rows: int = Field(description="How many rows the list has in all, those that are not listed too.")
    all_in: str = Field(description="The file of the audit that has all of them.")
    listed: tuple[R, ...]

    def __bool__(self) -> bool:
        """True if the list has any row."""
        return self.rows > 0

    def __iter__(self) -> Never:
        """Refuse to be taken for its rows: a template would count or show the first of them as if they were all."""
        message = "a list of a report is cut: take 'listed' to show its first rows, and 'rows' to count them all"
        raise TypeError(message)
