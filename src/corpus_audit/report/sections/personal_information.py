"""Personal information by type and source."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row


class PersonalInformationRow(Row, table=tables.PERSONAL_INFORMATION):
    """One entity type in one source."""


class FoundType(Section):
    """In how many records one entity type was found, over the sources of one status; of several types each counts."""

    entity_type: str
    state: str
    records: int


class PersonalInformationSection(Section):
    """Types over all sources, those of the sources that have the most, and all by source, most records first."""

    by_type: tuple[FoundType, ...]
    most_sources: tuple[str, ...]
    most_types: tuple[str, ...]
    most: tuple[PersonalInformationRow, ...]
    by_source: ListedRows[PersonalInformationRow]


class LabelledInformationRow(Row, table=tables.LABELLED_INFORMATION):
    """One entity type in one source whose values only a label names."""
