"""Copies shared between sources, with the terms on both sides."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import TermsConflict


class Overlap(Row, table=tables.OVERLAPS):
    """Two sources that share verified copies, with the terms on both sides."""

    terms_conflict: TermsConflict


class Overlaps(Section):
    """Pairs of sources that share copies, the largest first, and those among the sources that share the most bytes."""

    pairs_by_terms: dict[TermsConflict, int]
    most_sources: tuple[str, ...]
    most: tuple[Overlap, ...]
    pairs: ListedRows[Overlap]


class DatasetOverlap(Row, table=tables.DATASET_OVERLAPS, without=("sources_a", "sources_b")):
    """An earlier audit in the store, and what this one shares with it; figures are null where it was not compared."""
