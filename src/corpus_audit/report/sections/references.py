"""Reference works contained in records."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.vocabulary import ReferenceKind


class ReferenceHits(Section):
    """What of one reference the records of one source contain, with the longest stretch as an example."""

    reference: str
    source_id: str
    reference_kind: ReferenceKind
    items_found: int
    records: int
    record_share: Share
    shared_bytes: int
    max_containment: Share
    example_record: str
    example_item: str
    example_start: int
    example_end: int


class ReferenceRow(Section):
    """One reference that all records were held against, and how much of it was found."""

    reference: str
    reference_kind: ReferenceKind
    reference_sha256: str
    items: int
    items_too_short: int
    sources: int
    records: int


class References(Section):
    """The compared references, and the sources whose records contain works, most records first."""

    works: tuple[ReferenceRow, ...]
    hits: ListedRows[ReferenceHits]
