"""What stewards stated where the manifest is silent."""

from corpus_audit.report.sections.base import Section
from corpus_audit.vocabulary import SupplementState


class SupplementRow(Section):
    """One statement of a supplement (table claim_supplements)."""

    source_id: str
    field: str
    stated: str
    author: str
    stated_at: str
    reason: str
    state: SupplementState
    document: str
    number: int
