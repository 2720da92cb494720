"""What records come under because they copy others."""

from corpus_audit.report.sections.base import Section, Share
from corpus_audit.vocabulary import InheritedRestriction


class PropagatedRestriction(Section):
    """One restriction that records of one source come under because they copy others."""

    source_id: str
    origin: str
    restriction: InheritedRestriction
    license: str
    origin_license: str
    weight: str
    purposes_lost: tuple[str, ...]
    purposes_open: tuple[str, ...]
    conditions_added: tuple[str, ...]
    records: int
    bytes: int
    record_share: Share
    exact_records: int
    max_jaccard: Share
    example: str
    example_origin: str


class PropagatedRestrictions(Section):
    """How many such restrictions there are, and the largest of them by bytes."""

    restrictions: int
    largest: tuple[PropagatedRestriction, ...]
