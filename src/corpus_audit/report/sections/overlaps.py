"""Copies that sources share, with the terms on both sides."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.vocabulary import TermsConflict


class Overlap(Section):
    """Two sources that share verified copies, with the terms on both sides."""

    source_a: str
    source_b: str
    records_a: int
    records_b: int
    bytes_a: int
    bytes_b: int
    share_a: Share
    share_b: Share
    share_records_a: Share
    share_records_b: Share
    is_large_part: bool
    decisive_bytes_a: int
    decisive_bytes_b: int
    exact_records: int
    near_records: int
    max_jaccard: Share
    example_a: str
    example_b: str
    license_a: str
    license_b: str
    terms_conflict: TermsConflict
    conflict_reason: str


class Overlaps(Section):
    """How many pairs of sources share copies, and the largest of them by bytes."""

    pairs: int
    pairs_by_terms: dict[TermsConflict, int]
    largest: tuple[Overlap, ...]


class DatasetOverlap(Section):
    """An earlier audit in the store, and what this one shares with it; figures are null where it was not compared."""

    audit_b: str
    dataset_b: str
    version_b: str
    relation: str
    state: str
    records_a: int | None
    records_b: int | None
    bytes_a: int | None
    bytes_b: int | None
    share_a: Share | None
    share_b: Share | None
    exact_records: int | None
    near_records: int | None
    unverified: int | None
    licenses_a: tuple[str, ...] | None
    licenses_b: tuple[str, ...] | None
    example_a: str | None
    example_b: str | None
