"""Personal information by type and source."""

from corpus_audit.report.sections.base import Section, Share


class PersonalInformationRow(Section):
    """One entity type in one source."""

    source_id: str
    entity_type: str
    declared: str
    records: int
    spans: int
    distinct_values: int
    record_share: Share
    mean_score: Share
    state: str
