"""Verified pairs of records by similarity."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.rows import Row


class SimilarityRange(Row, table=tables.SIMILARITY):
    """How many pairs of one kind have a similarity within 0.02 of the lower end, which is in hundredths."""
