"""The report as data: the content of ``report.json``, under a versioned schema."""

from typing import Any, Literal

from pydantic import Field

from corpus_audit.report.sections import (
    AuditSection,
    ClaimCount,
    ContentSection,
    Coverage,
    DatasetOverlap,
    DefectRow,
    EvidenceSection,
    FileLabel,
    Files,
    Finding,
    FunnelStepCount,
    HistoryEntry,
    LabelledInformationRow,
    LicenseContradiction,
    Licenses,
    Limit,
    ListedRows,
    Media,
    Model,
    OptOutsSection,
    Overlaps,
    PersonalInformationSection,
    ProblemCount,
    PropagatedRestriction,
    Provenance,
    Purposes,
    RecordLicenses,
    References,
    RuleRow,
    Section,
    SimilarityRange,
    SourceRow,
    SplitLeakages,
    StageRow,
    Subjects,
    SummarySection,
    SupplementRow,
    TextsSection,
    VerdictSection,
    WaiverCount,
)


class Report(Section):
    """Everything an audit reports, in a form that renderings only lay out."""

    report_version: Literal["4"] = Field("4", description="Raised when a reader of the last version could misread.")
    audit: AuditSection
    verdict: VerdictSection
    summary: SummarySection
    supplements: ListedRows[SupplementRow]
    coverage: Coverage
    rules: tuple[RuleRow, ...]
    findings: tuple[Finding, ...] = Field(description="The first of each problem; findings.parquet has all.")
    problems: tuple[ProblemCount, ...] = Field((), description="Every problem, with counts of all its findings.")
    not_stated: int = Field(0, description="Sources, people and models with an empty field, those not listed too.")
    waivers: tuple[WaiverCount, ...] = ()
    sources: ListedRows[SourceRow]
    claims: tuple[ClaimCount, ...]
    provenance: Provenance
    licenses: Licenses
    purposes: Purposes
    record_licenses: RecordLicenses
    license_contradictions: ListedRows[LicenseContradiction]
    exclusion_funnel: tuple[FunnelStepCount, ...]
    overlaps: Overlaps
    similarity: tuple[SimilarityRange, ...]
    split_leakage: SplitLeakages
    dataset_overlaps: ListedRows[DatasetOverlap]
    references: References
    propagated_restrictions: ListedRows[PropagatedRestriction]
    personal_information: PersonalInformationSection
    labelled_information: ListedRows[LabelledInformationRow]
    files: Files
    content: ContentSection
    media: ListedRows[Media]
    labels: ListedRows[FileLabel]
    defects: ListedRows[DefectRow]
    models: ListedRows[Model]
    subjects: Subjects
    opt_outs: OptOutsSection
    texts: TextsSection
    history: tuple[HistoryEntry, ...]
    evidence: EvidenceSection
    stages: ListedRows[StageRow]
    limits: tuple[Limit, ...]


def report_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``report.json``."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "corpus-audit report"}
