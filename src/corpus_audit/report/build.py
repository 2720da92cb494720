"""The report model from bounded tables: selection, order and grouping, without judgement."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

import pyarrow as pa

from corpus_audit.config.parameters import changed_parameters
from corpus_audit.document.natural_order import natural_order
from corpus_audit.report.comparisons import Row
from corpus_audit.report.context import AuditContext
from corpus_audit.report.coverage import build_coverage
from corpus_audit.report.files import build_content, build_files, group_files
from corpus_audit.report.leakage import build_split_leakage
from corpus_audit.report.limits import collect_limits
from corpus_audit.report.listed_findings import choose_findings, severities_by_source
from corpus_audit.report.listing import in_order, list_first, list_rows, make_rows, naturally, rising, total
from corpus_audit.report.media import build_labels
from corpus_audit.report.model import Report
from corpus_audit.report.order import ProblemKind, problem_kind
from corpus_audit.report.overlaps import build_overlaps, build_propagated_restrictions
from corpus_audit.report.people import build_opt_outs, build_subjects
from corpus_audit.report.personal_information import build_labelled_information, build_personal_information
from corpus_audit.report.provenance import build_provenance
from corpus_audit.report.purposes import build_purposes
from corpus_audit.report.record_licenses import build_license_contradictions, build_record_licenses
from corpus_audit.report.references import build_references
from corpus_audit.report.sections import (
    AuditSection,
    ChangedParameter,
    DatasetOverlap,
    DatasetSection,
    DefectRow,
    EvidenceSection,
    EvidenceTableRow,
    Finding,
    FindingDecision,
    FunnelStepCount,
    HistoryEntry,
    InstalledDetectorRow,
    ListedRows,
    Media,
    Model,
    PackRow,
    RuleRow,
    Section,
    SimilarityRange,
    StageRow,
    SummarySection,
    VerdictSection,
)
from corpus_audit.report.sources import build_licenses, build_sources, count_claims
from corpus_audit.report.supplements import build_supplements, count_statements
from corpus_audit.report.texts import build_texts
from corpus_audit.report.waivers import count_waivers
from corpus_audit.store import Marker, sha256_of_json
from corpus_audit.vocabulary import FunnelStep, ParameterOrigin, RuleState, Severity

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
    sources = evidence["sources"]
    files = group_files(evidence["files"])
    return Report(
        audit=_audit(context, dataset),
        verdict=_verdict(verdict),
        summary=_summary(dataset, sources),
        supplements=build_supplements(context.supplements),
        coverage=build_coverage(evidence),
        rules=judged,
        findings=_in_order(chosen.findings, judged),
        problems=chosen.problems,
        not_stated=chosen.not_stated,
        waivers=count_waivers(findings, decisions or {}),
        sources=build_sources(sources, severities_by_source(findings), count_statements(context.supplements)),
        claims=count_claims(sources),
        provenance=build_provenance(sources),
        licenses=build_licenses(sources),
        purposes=build_purposes(evidence["purposes"], sources),
        record_licenses=build_record_licenses(evidence["record_licenses"]),
        license_contradictions=build_license_contradictions(evidence["license_contradictions"]),
        exclusion_funnel=_exclusion_funnel(evidence["exclusion_funnel"]),
        overlaps=build_overlaps(evidence["overlaps"]),
        similarity=_similarity(evidence["similarity"]),
        split_leakage=build_split_leakage(evidence["split_leakage"]),
        dataset_overlaps=_list_naturally(DatasetOverlap, "dataset_overlaps", evidence, "dataset_b", "audit_b"),
        references=build_references(evidence["references"]),
        propagated_restrictions=build_propagated_restrictions(evidence["propagated_restrictions"]),
        personal_information=build_personal_information(evidence["personal_information"]),
        labelled_information=build_labelled_information(evidence["labelled_information"]),
        files=build_files(files, evidence["files"]),
        content=build_content(evidence["content"]),
        media=_list_naturally(Media, "media", evidence, "source_id", "modality"),
        labels=build_labels(evidence["labels"]),
        defects=_list_naturally(DefectRow, "defects", evidence, "source_id", "file", "code"),
        models=_list_naturally(Model, "models", evidence, "model_id"),
        subjects=build_subjects(evidence["subjects"]),
        opt_outs=build_opt_outs(evidence["opt_outs"], evidence["record_opt_outs"]),
        texts=build_texts(evidence),
        history=tuple(history),
        evidence=_evidence(context, evidence, dataset),
        stages=list_first(StageRow, context.markers, "markers/", _stage),
        limits=collect_limits(context, judged, files, evidence),
    )


def _only_row(table: pa.Table) -> Row:
    row: Row = table.to_pylist()[0]
    return row


def _pick(model: type[S], row: Row, **more: Any) -> S:
    """Return *model* filled from the columns of the same names, and from *more*."""
    values = {name: row[name] for name in model.model_fields if name not in more}
    return model.model_validate(values | more)


def _list_naturally(model: type[S], name: str, evidence: Mapping[str, pa.Table], *columns: str) -> ListedRows[S]:
    return list_rows(model, evidence[name], f"{name}.parquet", *map(naturally, columns))


def _similarity(table: pa.Table) -> tuple[SimilarityRange, ...]:
    return make_rows(SimilarityRange, in_order(table, rising("hundredths"), rising("kind")))


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


def _summary(dataset: Row, sources: pa.Table) -> SummarySection:
    return _pick(SummarySection, dataset, size_bytes=total(sources, "size_bytes"))


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


def _exclusion_funnel(table: pa.Table) -> tuple[FunnelStepCount, ...]:
    """Return a count for every step, in their order: one that took nothing out is 0, not absent."""
    nothing = [{"step": step, "records": 0, "text_bytes": 0} for step in FunnelStep]
    found = {row["step"]: row for row in (*nothing, *table.to_pylist())}
    return tuple(FunnelStepCount.model_validate(found[step]) for step in FunnelStep)


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


def _stage(marker: Marker) -> StageRow:
    return StageRow(
        stage=marker.stage,
        outputs=len(marker.outputs),
        outputs_sha256=sha256_of_json(marker.outputs),
        versions=dict(marker.versions),
    )
