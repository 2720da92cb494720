"""Pictures, recordings and films, and the statements in their files."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row


class Media(Row, table=tables.MEDIA, without=("checks_state",)):
    """One kind of media in one source: how far it was measured, and who is seen and heard in it."""


class FileLabel(Row, table=tables.LABELS):
    """One statement that records of one source make about themselves."""
