"""Sources: claims compared with the data, terms and figures."""

from enum import StrEnum

from corpus_audit.report.sections.base import Listing, Section, Share, Value
from corpus_audit.vocabulary import LicenseState, Severity


class ClaimStatus(StrEnum):
    """The status of a claim compared with the data, worst first."""

    CONTRADICTED = "contradicted"
    MISSING = "missing"
    UNCLEAR = "unclear"
    RECORDED = "recorded"
    SUPPORTED = "supported"
    NOT_NEEDED = "not-needed"


class Comparison(Section):
    """One claim of a source beside what the data shows."""

    aspect: str
    declared: Value
    observed: Value
    state: str
    status: ClaimStatus
    reason: str


class ClaimCount(Section):
    """One kind of claim over all sources: how many record it, and its status compared with the data."""

    aspect: str
    recorded: int
    by_status: dict[ClaimStatus, int]


class LicenseTerms(Section):
    """What a source's license resolves to."""

    license_declared: str
    license_expression: str
    license_state: LicenseState
    license_reason: str
    license_family: str
    commercial_use: str
    derivatives: str
    redistribution: str
    share_alike: str
    use_restrictions: Listing


class SourceFigures(Section):
    """What was measured in one source."""

    files: int
    files_verified: int
    files_without_checksum: int
    files_failed: int
    files_undeclared: int
    size_bytes: int
    records: int
    text_bytes: int
    characters: int
    exact_duplicate_records: int
    near_duplicate_records: int
    exact_duplicate_share: Share
    near_duplicate_share: Share
    personal_information_records: int
    personal_information_spans: int
    personal_information_values: int
    subjects: int
    subjects_undescribed: int
    defects: int


class SourceRow(Section):
    """One source: who it is, its claims beside the facts, its terms and its figures."""

    source_id: str
    title: str
    kind: str
    license_evidence_files: Listing
    license_evidence_urls: Listing
    supplier: str
    generator_models: Listing
    processor_models: Listing
    derived_from: Listing
    processing: Listing
    terms: LicenseTerms
    figures: SourceFigures
    comparisons: tuple[Comparison, ...]
    findings_by_severity: dict[Severity, int]
    statements_added: int
