"""Verified pairs of records by how alike they are."""

from corpus_audit.report.sections.base import Section


class SimilarityRange(Section):
    """How many pairs of one kind have a similarity within 0.02 of the lower end, which is in hundredths."""

    hundredths: int
    kind: str
    pairs: int
