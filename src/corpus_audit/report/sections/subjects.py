"""People: counted where they are many, listed where somebody has to act."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.rows import Row


class SubjectRow(Row, table=tables.SUBJECTS):
    """One person: what is documented of their consent, and where they are in the data."""


class SubjectCount(Section):
    """How many people stand how in one respect, and how many records name them; a record may name several."""

    modality: str
    state: str
    subjects: int
    records: int


class Subjects(Section):
    """People by what is documented, and those of whom something is open, by records."""

    described: int
    counts: tuple[SubjectCount, ...]
    open: int
    largest: tuple[SubjectRow, ...]
