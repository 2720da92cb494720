"""The report as data: what ``report.json`` holds, under a schema with a version of its own."""

from typing import Any, Literal

from pydantic import Field

from corpus_audit.report.sections import (
    Audit,
    Content,
    DatasetOverlap,
    Defect,
    Evidence,
    FileLabels,
    Files,
    Finding,
    HistoryEntry,
    InheritedRestrictions,
    LicenseContradiction,
    LicenseShare,
    Limit,
    Media,
    Model,
    OptOuts,
    Overlaps,
    PersonalInformation,
    PurposeAnswer,
    RecordLicenses,
    RecordStepCount,
    References,
    Rule,
    Section,
    SimilarityRange,
    Source,
    Stage,
    Subjects,
    Summary,
    Texts,
    VerdictSection,
)


class Report(Section):
    """Everything an audit reports, in a form that renderings only lay out."""

    report_version: Literal["2"] = Field("2", description="Raised when a reader of the last version could misread.")
    audit: Audit
    verdict: VerdictSection
    summary: Summary
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    licenses: tuple[LicenseShare, ...]
    purposes: tuple[PurposeAnswer, ...]
    record_licenses: RecordLicenses
    license_contradictions: tuple[LicenseContradiction, ...]
    record_steps: tuple[RecordStepCount, ...]
    overlaps: Overlaps
    similarity: tuple[SimilarityRange, ...]
    dataset_overlaps: tuple[DatasetOverlap, ...]
    references: References
    inherited: InheritedRestrictions
    personal_information: tuple[PersonalInformation, ...]
    files: Files
    content: tuple[Content, ...]
    media: tuple[Media, ...]
    labels: FileLabels
    defects: tuple[Defect, ...]
    models: tuple[Model, ...]
    subjects: Subjects
    opt_outs: OptOuts
    texts: Texts
    history: tuple[HistoryEntry, ...]
    evidence: Evidence
    stages: tuple[Stage, ...]
    limits: tuple[Limit, ...]


def report_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``report.json``."""
    schema = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "corpus-audit report"}
