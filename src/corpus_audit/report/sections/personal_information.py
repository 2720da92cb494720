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
    records_looked_at: int
    record_share: Share
    columns: tuple[str, ...]
    mean_score: Share
    state: str
