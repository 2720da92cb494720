"""The parts of a report as data: pydantic models that ``model.py`` puts together.

Sections that repeat an evidence table keep its column names, so the dictionary in ``schemas`` explains both.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue

from corpus_audit.vocabulary import (
    FileState,
    LicenseState,
    Nature,
    Purpose,
    ReasonCode,
    RuleState,
    Severity,
    TermsConflict,
    Verdict,
)


def _round_share(value: float) -> float:
    return round(value, 6)


Share = Annotated[float, AfterValidator(_round_share)]
"""A ratio, rounded so that the order in which an engine summed it does not reach the bytes of the report."""

Value = str | int | tuple[str, ...] | None
"""One declared or observed value; None where an audit has nothing to set beside a claim."""


class Section(BaseModel):
    """A part of the report; frozen, and closed against fields the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Section):
    """One text in every language that reports are read in."""

    en: str
    zh: str


class Standing(StrEnum):
    """How a claim stands once the data has been looked at, worst first."""

    CONTRADICTED = "contradicted"
    MISSING = "missing"
    UNCLEAR = "unclear"
    RECORDED = "recorded"
    SUPPORTED = "supported"
    NOT_NEEDED = "not-needed"


class LimitCode(StrEnum):
    """What an audit did not check; every one is named in every report it applies to."""

    FILES_NOT_READ_AS_TEXT = "files-not-read-as-text"
    FILES_NOT_READ = "files-not-read"
    FILES_READ_WITH_DEFECTS = "files-read-with-defects"
    DETECTORS_COVER_ONLY = "detectors-cover-only"
    COPIES_ABOVE_THRESHOLD_ONLY = "copies-above-threshold-only"
    COPIES_WITHIN_DATASET_ONLY = "copies-within-dataset-only"
    ADDRESSES_NOT_OPENED = "addresses-not-opened"
    LICENSE_TEXTS_NOT_READ = "license-texts-not-read"
    RULES_NOT_EVALUATED = "rules-not-evaluated"


class Pack(Section):
    """One policy pack that was applied."""

    pack: str
    title: Bilingual
    version: str
    sha256: str


class Dataset(Section):
    """The dataset as its manifest names it."""

    dataset_id: str
    version: str
    title: str
    description: str
    issuer: str
    intended_uses: tuple[str, ...]
    release: str
    languages: tuple[str, ...]


class Audit(Section):
    """What was audited, when, by which version and under which parameters."""

    audit_id: str
    started_at: str
    tool_version: str
    manifest_sha256: str
    parameters: dict[str, str | int | float]
    packs: tuple[Pack, ...]
    dataset: Dataset


class Reason(Section):
    """One reason for the verdict: what was counted, and how many findings each rule concerned has."""

    code: ReasonCode
    count: int
    rules: dict[str, int]


class VerdictSection(Section):
    """What the rules concluded, and why."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings_by_severity: dict[Severity, int]
    rules_by_state: dict[RuleState, int]


class Summary(Section):
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


class Rule(Section):
    """One rule of one pack, and what became of it."""

    rule_id: str
    pack: str
    severity: Severity
    nature: Nature
    title: Bilingual
    why: Bilingual
    remedy: Bilingual
    requirements: tuple[int, ...]
    evidence_table: str
    column: str
    expectation: str
    state: RuleState
    state_reason: str
    rows_evaluated: int
    rows_failed: int


class Finding(Section):
    """One evidence row that fails one rule."""

    finding_id: str
    rule_id: str
    pack: str
    severity: Severity
    nature: Nature
    evidence_table: str
    subject: str
    source_id: str | None
    evidence: dict[str, JsonValue]


class Comparison(Section):
    """One claim of a source beside what the data shows."""

    aspect: str
    declared: Value
    observed: Value
    state: str
    standing: Standing
    reason: str


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
    use_restrictions: tuple[str, ...]


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


class Source(Section):
    """One source: who it is, its claims beside the facts, its terms and its figures."""

    source_id: str
    title: str
    kind: str
    license_evidence_files: tuple[str, ...]
    license_evidence_urls: tuple[str, ...]
    supplier: str
    generator_models: tuple[str, ...]
    processor_models: tuple[str, ...]
    derived_from: tuple[str, ...]
    processing: tuple[str, ...]
    terms: LicenseTerms
    figures: SourceFigures
    comparisons: tuple[Comparison, ...]
    findings_by_severity: dict[Severity, int]


class LicenseShare(Section):
    """How much of the dataset stands under one license; everything not resolved is grouped by why."""

    license_expression: str
    license_state: LicenseState
    license_family: str
    sources: int
    size_bytes: int
    share: Share


class PurposeAnswer(Section):
    """What one source's declared license says about one purpose."""

    source_id: str
    purpose: Purpose
    intended: str
    license_expression: str
    permitted: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    models_permitted: str
    models_reasons: tuple[str, ...]


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


class PersonalInformation(Section):
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


class FileCount(Section):
    """How many files, and how many bytes of them are on disk, share one state or format."""

    name: str
    files: int
    size_bytes: int


class FailedFile(Section):
    """A file that is missing, refused, unreadable, or different from what is declared."""

    source_id: str
    file: str
    state: FileState
    declared_size_bytes: int | None
    observed_size_bytes: int | None
    declared_sha256: str | None
    observed_sha256: str | None


class Content(Section):
    """How much of one kind of content one source holds."""

    source_id: str
    modality: str
    records: int
    size_bytes: int
    characters: int
    tokens: int


class Files(Section):
    """Files by state and by format, and every one that failed."""

    by_state: tuple[FileCount, ...]
    by_format: tuple[FileCount, ...]
    failed: tuple[FailedFile, ...]


class Defect(Section):
    """One kind of defect in one file."""

    source_id: str
    file: str
    code: str
    count: int
    places: tuple[str, ...]
    detail: str


class Model(Section):
    """One model that produced or processed data."""

    model_id: str
    version: str
    role: str
    origin: str
    license_declared: str
    filing_number: str
    built_on: tuple[str, ...]
    license_evidence: int
    declared: bool
    license_expression: str
    license_state: LicenseState
    use_restrictions: tuple[str, ...]
    license_notes: tuple[str, ...]
    lineage: tuple[str, ...]
    outputs_permitted: str
    outputs_reasons: tuple[str, ...]
    outputs_conditions: tuple[str, ...]
    sources: int


class Subject(Section):
    """One person: what is documented of their consent, and where they are in the data."""

    subject_id: str
    deceased: str
    died_at: str
    minor: str
    under_14: str
    modalities: tuple[str, ...]
    identifiable: str
    authorisations: int
    authorisations_withdrawn: int
    authorisations_expired: int
    face_state: str
    voice_state: str
    name_state: str
    text_state: str
    likeness_state: str
    mention_state: str
    state: str
    gaps: tuple[str, ...]
    uses_documented: tuple[str, ...]
    uses_open: tuple[str, ...]
    commercial: str
    lapsed_state: str
    grantor_relation: str
    documented_by: str
    evidence_state: str
    source_ids: tuple[str, ...]
    files: int
    records: int
    record_modalities: tuple[str, ...]


class SubjectCount(Section):
    """How many people stand how in one respect, and how many records name them; a record may name several."""

    modality: str
    state: str
    subjects: int
    records: int


class Subjects(Section):
    """People by what is documented, and those of whom something is open, by records."""

    described: int
    counts: tuple[SubjectCount, ...]
    open: int
    largest: tuple[Subject, ...]


class OptOut(Section):
    """One host of one source, and what the snapshots of it say of its records."""

    source_id: str
    host: str
    hosts: int
    kind: str
    opt_outs_checked: str
    snapshots: int
    kinds: tuple[str, ...]
    crawlers: tuple[str, ...]
    observed_from: str
    observed_until: str
    observation_state: str
    records: int
    records_allowed: int
    records_reserved: int
    records_not_recorded: int
    reserved_by: tuple[str, ...]
    state: str


class OptOuts(Section):
    """Records by what is known of their addresses, and the hosts with the most reserved or unknown ones."""

    hosts: int
    records_allowed: int
    records_reserved: int
    records_not_recorded: int
    rows: int
    largest: tuple[OptOut, ...]


class Stage(Section):
    """One finished stage: what it wrote, as one digest, and the versions it ran with."""

    stage: str
    outputs: int
    outputs_sha256: str
    versions: dict[str, str]


class Limit(Section):
    """Something this audit did not check; the figures are null where they do not apply."""

    code: LimitCode
    count: int | None = None
    size_bytes: int | None = None
    values: tuple[str, ...] = ()
