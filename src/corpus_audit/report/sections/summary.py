"""The figures of the whole dataset."""

from corpus_audit.report.sections.base import Section, Share


class SummarySection(Section):
    """The figures of the whole dataset."""

    sources: int
    files: int
    files_verified: int
    size_bytes: int
    records: int
    text_bytes: int
    exact_duplicate_records: int
    near_duplicate_records: int
    exact_duplicate_share: Share
    near_duplicate_share: Share
    largest_source_share: Share
    personal_information_records: int
