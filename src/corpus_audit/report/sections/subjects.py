"""People: totals for all, and a list of those who need action."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row


class SubjectRow(Row, table=tables.SUBJECTS):
    """One person: what is documented of their consent, and where they are in the data."""


class SubjectCount(Section):
    """The number of people with one status, and of records that name them; a record may name several."""

    modality: str
    state: str
    subjects: int
    records: int


class Subjects(Section):
    """People by what is documented, and those of whom something is open, by records."""

    described: int
    counts: tuple[SubjectCount, ...]
    open: ListedRows[SubjectRow]
