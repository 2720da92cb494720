"""Personal information by type and source."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row


class PersonalInformationRow(Row, table=tables.PERSONAL_INFORMATION):
    """One entity type in one source."""


class LabelledInformationRow(Row, table=tables.LABELLED_INFORMATION):
    """One entity type in one source whose values only a label names."""
