"""The report model from bounded tables: selection, order and grouping, without judgement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.config.parameters import changed_parameters
from corpus_audit.document.natural_order import natural_order
from corpus_audit.evidence import tables
from corpus_audit.report.comparisons import Row, compare_source
from corpus_audit.report.context import AuditContext
from corpus_audit.report.coverage import build_coverage
from corpus_audit.report.leakage import build_split_leakage
from corpus_audit.report.limits import collect_limits
from corpus_audit.report.listed_findings import choose_findings, severities_by_source
from corpus_audit.report.media import build_labels
from corpus_audit.report.model import Report
from corpus_audit.report.order import ProblemKind, problem_kind
from corpus_audit.report.people import build_opt_outs, build_subjects
from corpus_audit.report.recognised import build_recognised, group_files
from corpus_audit.report.record_licenses import build_license_contradictions, build_record_licenses
from corpus_audit.report.references import build_references
from corpus_audit.report.rows import read_rows
from corpus_audit.report.sections import (
    AuditSection,
    ChangedParameter,
    ContentRow,
    DatasetOverlap,
    DatasetSection,
    DefectRow,
    EvidenceSection,
    EvidenceTableRow,
    FailedFile,
    FileCount,
    Files,
    Finding,
    FindingDecision,
    FunnelStepCount,
    HistoryEntry,
    InstalledDetectorRow,
    LabelledInformationRow,
    LicenseShare,
    LicenseTerms,
    Media,
    Model,
    Overlap,
    Overlaps,
    PackRow,
    PersonalInformationRow,
    PropagatedRestriction,
    PropagatedRestrictions,
    PurposeRow,
    RuleRow,
    Section,
    SimilarityRange,
    SourceFigures,
    SourceRow,
    StageRow,
    SummarySection,
    SupplementRow,
    VerdictSection,
)
from corpus_audit.report.texts import build_texts
from corpus_audit.report.waivers import count_waivers
from corpus_audit.store import sha256_of_json
from corpus_audit.vocabulary import (
    NOASSERTION,
    FileState,
    FunnelStep,
    LicenseState,
    ParameterOrigin,
    Purpose,
    RuleState,
    Severity,
    TermsConflict,
)

OVERLAPS_KEPT = 500
"""Pairs of sources grow with the square of their number; the rest is in overlaps.parquet."""

FAILED_STATES = (
    FileState.SIZE_MISMATCH,
    FileState.CHECKSUM_MISMATCH,
    FileState.MISSING,
    FileState.REFUSED,
    FileState.UNREADABLE,
)

S = TypeVar("S", bound=Section)
E = TypeVar("E", bound=StrEnum)


def build_report(
    context: AuditContext,
    verdict: Mapping[str, Any],
    rules: pa.Table,
    findings: pa.Table,
    evidence: Mapping[str, pa.Table],
    decisions: Mapping[str, FindingDecision] | None = None,
    history: Sequence[HistoryEntry] = (),
) -> Report:
    """Return the report of one audit.

    *verdict* has the keys verdict, reasons, findings_by_severity and rules_by_state; *evidence* has every table
    of ``tables.EVIDENCE`` by its name; *decisions* are the last about each finding by its id; *history* has this
    audit last. The order of rows in the tables does not reach the report.
    """
    dataset = _only_row(evidence["dataset"])
    judged = read_rules(rules)
    chosen = choose_findings(findings, decisions or {}, judged)
    sources = sorted(read_rows(evidence["sources"]), key=lambda row: natural_order(row["source_id"]))
    files = group_files(evidence["files"])
    return Report(
        audit=_audit(context, dataset),
        verdict=_verdict(verdict),
        summary=_summary(dataset, sources),
        supplements=_sorted_by((_pick(SupplementRow, row) for row in context.supplements), "source_id", "field"),
        coverage=build_coverage(evidence),
        rules=judged,
        findings=_in_order(chosen.findings, judged),
        problems=chosen.problems,
        not_stated=chosen.not_stated,
        waivers=count_waivers(findings, decisions or {}),
        sources=_sources(sources, severities_by_source(findings)),
        licenses=_license_shares(sources),
        purposes=_purposes(evidence["purposes"]),
        record_licenses=build_record_licenses(evidence["record_licenses"]),
        license_contradictions=build_license_contradictions(evidence["license_contradictions"]),
        exclusion_funnel=_exclusion_funnel(evidence["exclusion_funnel"]),
        overlaps=_overlaps(evidence["overlaps"]),
        similarity=_sorted_by(_rows(SimilarityRange, evidence["similarity"]), "hundredths", "kind"),
        split_leakage=build_split_leakage(evidence["split_leakage"]),
        dataset_overlaps=_sorted_by(_rows(DatasetOverlap, evidence["dataset_overlaps"]), "dataset_b", "audit_b"),
        references=build_references(evidence["references"]),
        propagated_restrictions=_propagated_restrictions(evidence["propagated_restrictions"]),
        personal_information=_personal_information(evidence["personal_information"]),
        labelled_information=_sorted_by(
            _rows(LabelledInformationRow, evidence["labelled_information"]), "entity_type", "source_id"
        ),
        files=_files(files, evidence["files"]),
        content=_sorted_by(_rows(ContentRow, evidence["content"]), "source_id", "modality"),
        media=_sorted_by(_rows(Media, evidence["media"]), "source_id", "modality"),
        labels=build_labels(evidence["labels"]),
        defects=_sorted_by(_rows(DefectRow, evidence["defects"]), "source_id", "file", "code"),
        models=_sorted_by(_rows(Model, evidence["models"]), "model_id"),
        subjects=build_subjects(evidence["subjects"]),
        opt_outs=build_opt_outs(evidence["opt_outs"], evidence["record_opt_outs"]),
        texts=build_texts(evidence),
        history=tuple(history),
        evidence=_evidence(context, evidence, dataset),
        stages=_stages(context),
        limits=collect_limits(
            context,
            judged,
            sources,
            files,
            *(evidence[name].to_pylist() for name in ("below_minimum_score", "common_texts")),
        ),
    )


def _only_row(table: pa.Table) -> Row:
    row: Row = table.to_pylist()[0]
    return row


def _pick(model: type[S], row: Row, **more: Any) -> S:
    """Return *model* filled from the columns of the same names, and from *more*."""
    values = {name: row[name] for name in model.model_fields if name not in more}
    return model.model_validate(values | more)


def _rows(model: type[S], table: pa.Table) -> tuple[S, ...]:
    return tuple(_pick(model, row) for row in read_rows(table.select(list(model.model_fields))))


def _sorted_by(rows: Iterable[S], *names: str) -> tuple[S, ...]:
    def order(value: Any) -> Any:
        return natural_order(value) if isinstance(value, str) else value

    return tuple(sorted(rows, key=lambda row: tuple(order(getattr(row, name)) for name in names)))


def _audit(context: AuditContext, dataset: Row) -> AuditSection:
    packs = sorted(context.packs, key=lambda used: used.pack)
    origins = {name: context.parameter_origins.get(name, ParameterOrigin.DEFAULT) for name in context.parameters}
    return AuditSection(
        audit_id=context.audit_id,
        started_at=context.started_at,
        tool_version=context.tool_version,
        manifest_sha256=context.manifest_sha256,
        parameters=dict(context.parameters),
        parameter_origins=origins,
        changed_parameters=tuple(
            ChangedParameter(name=name, value=value, default=default, origin=origins[name])
            for name, value, default in changed_parameters(context.parameters)
        ),
        detectors_off=context.detectors_off,
        installed_detectors=tuple(
            InstalledDetectorRow.model_validate(vars(used)) for used in context.installed_detectors
        ),
        packs=tuple(PackRow.model_validate(vars(used)) for used in packs),
        dataset=_pick(DatasetSection, dataset),
    )


def _verdict(verdict: Mapping[str, Any]) -> VerdictSection:
    return VerdictSection(
        verdict=verdict["verdict"],
        reasons=tuple(verdict["reasons"]),
        findings_by_severity=_complete(Severity, verdict["findings_by_severity"]),
        rules_by_state=_complete(RuleState, verdict["rules_by_state"]),
    )


def _complete(kind: type[E], counts: Mapping[Any, int]) -> dict[E, int]:
    """Return a count for every member: nothing counted is 0, not absent."""
    return {member: counts.get(member, 0) for member in kind}


def _summary(dataset: Row, sources: Sequence[Row]) -> SummarySection:
    return _pick(SummarySection, dataset, size_bytes=sum(row["size_bytes"] for row in sources))


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)


def read_rules(table: pa.Table) -> tuple[RuleRow, ...]:
    """Return the rules of an audit (schema RULES), the most severe first."""
    texts = ("title", "problem", "why", "remedy")
    rows = (
        _pick(
            RuleRow,
            row,
            bounds=tuple(row["bounds"] or ()),
            citations=tuple(row["citations"] or ()),
            citations_zh=tuple(row["citations_zh"] or ()),
            **{name: {"en": row[name], "zh": row[f"{name}_zh"]} for name in texts},
        )
        for row in table.to_pylist()
    )
    return tuple(sorted(rows, key=lambda rule: (_rank(rule.severity), rule.pack, rule.rule_id)))


def _in_order(findings: Iterable[Finding], rules: Sequence[RuleRow]) -> tuple[Finding, ...]:
    kinds = {(rule.pack, rule.rule_id): problem_kind(rule) for rule in rules}

    def order(row: Finding) -> tuple[int, int, str, str, tuple[str, str], str]:
        kind = kinds.get((row.pack, row.rule_id), ProblemKind.NOT_STATED)
        return _rank(row.severity), kind, row.pack, row.rule_id, natural_order(row.subject), row.finding_id

    return tuple(sorted(findings, key=order))


def _sources(rows: Iterable[Row], counts: Mapping[str | None, Counter[Severity]]) -> tuple[SourceRow, ...]:
    return tuple(
        _pick(
            SourceRow,
            row,
            terms=_pick(LicenseTerms, row),
            figures=_pick(SourceFigures, row),
            comparisons=compare_source(row),
            findings_by_severity=_complete(Severity, counts.get(row["source_id"], {})),
        )
        for row in rows
    )


def _license_shares(sources: Sequence[Row]) -> tuple[LicenseShare, ...]:
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in sources:
        groups[_license_group(row)].append(row["size_bytes"])
    total = sum(row["size_bytes"] for row in sources)
    shares = (
        LicenseShare(
            license_expression=expression,
            license_state=LicenseState(state),
            license_family=family,
            sources=len(sizes),
            size_bytes=sum(sizes),
            share=sum(sizes) / total if total else 0.0,
        )
        for (expression, state, family), sizes in groups.items()
    )
    return tuple(sorted(shares, key=lambda share: (-share.size_bytes, share.license_expression, share.license_state)))


def _license_group(row: Row) -> tuple[str, str, str]:
    if row["license_state"] == LicenseState.RESOLVED:
        return row["license_expression"], row["license_state"], row["license_family"]
    return NOASSERTION, row["license_state"], ""


def _purposes(table: pa.Table) -> tuple[PurposeRow, ...]:
    order = list(Purpose)
    rows = _rows(PurposeRow, table)
    return tuple(sorted(rows, key=lambda row: (order.index(row.purpose), natural_order(row.source_id))))


def _exclusion_funnel(table: pa.Table) -> tuple[FunnelStepCount, ...]:
    """Return a count for every step, in their order: one that took nothing out is 0, not absent."""
    nothing = [{"step": step, "records": 0, "text_bytes": 0} for step in FunnelStep]
    found = {row["step"]: row for row in (*nothing, *table.to_pylist())}
    return tuple(FunnelStepCount.model_validate(found[step]) for step in FunnelStep)


def _overlaps(table: pa.Table) -> Overlaps:
    larger = pc.max_element_wise(table["bytes_a"], table["bytes_b"])
    order = [("larger", "descending"), ("source_a", "ascending"), ("source_b", "ascending")]
    largest = table.append_column("larger", larger).sort_by(order).slice(0, OVERLAPS_KEPT)
    return Overlaps(
        pairs=table.num_rows,
        pairs_by_terms=_complete(TermsConflict, Counter(table["terms_conflict"].to_pylist())),
        largest=_rows(Overlap, largest),
    )


def _propagated_restrictions(table: pa.Table) -> PropagatedRestrictions:
    order = [
        ("bytes", "descending"),
        *((column, "ascending") for column in tables.PROPAGATED_RESTRICTIONS.key),
    ]
    largest = table.sort_by(order).slice(0, OVERLAPS_KEPT)
    return PropagatedRestrictions(restrictions=table.num_rows, largest=_rows(PropagatedRestriction, largest))


def _personal_information(table: pa.Table) -> tuple[PersonalInformationRow, ...]:
    return _sorted_by(_rows(PersonalInformationRow, table), "entity_type", "source_id")


def _files(groups: Sequence[Row], table: pa.Table) -> Files:
    failed = table.filter(pc.is_in(table["state"], pa.array(FAILED_STATES, pa.string())))
    first = failed.sort_by([("source_id", "ascending"), ("file", "ascending")]).slice(0, OVERLAPS_KEPT)
    return Files(
        by_state=_file_counts(groups, "state"),
        by_format=_file_counts(groups, "format"),
        recognised=build_recognised(groups),
        failed_files=failed.num_rows,
        failed=_rows(FailedFile, first),
    )


def _file_counts(rows: Iterable[Row], column: str) -> tuple[FileCount, ...]:
    files, sizes = Counter[str](), Counter[str]()
    for row in rows:
        files[row[column]] += row["files"]
        sizes[row[column]] += row["size_bytes"]
    return tuple(FileCount(name=name, files=files[name], size_bytes=sizes[name]) for name in sorted(files))


def _evidence(context: AuditContext, tables: Mapping[str, pa.Table], dataset: Row) -> EvidenceSection:
    digests = {name: digest for marker in context.markers for name, digest in marker.outputs.items()}
    listed = (
        EvidenceTableRow(name=name, rows=table.num_rows, sha256=digests.get(f"{name}.parquet", ""))
        for name, table in sorted(tables.items())
    )
    return EvidenceSection(tables=tuple(listed), dataset=_rounded(dataset))


def _rounded(row: Row) -> dict[str, Any]:
    """Return a row whose shares are rounded, so that the order of a sum does not reach the report."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in row.items()}


def _stages(context: AuditContext) -> tuple[StageRow, ...]:
    stages = (
        StageRow(
            stage=marker.stage,
            outputs=len(marker.outputs),
            outputs_sha256=sha256_of_json(marker.outputs),
            versions=dict(marker.versions),
        )
        for marker in context.markers
    )
    return tuple(stages)
