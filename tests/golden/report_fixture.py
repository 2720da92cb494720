"""Evidence as the pipeline writes it, small enough to read: what the report's tests are made of."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from corpus_audit import schemas
from corpus_audit.evidence import tables
from corpus_audit.report.build import build_report
from corpus_audit.report.context import AuditContext
from corpus_audit.report.model import Report
from corpus_audit.report.sections import FindingDecision, HistoryEntry
from corpus_audit.store import Marker
from corpus_audit.store.identity import InstalledDetector, PackUsed
from corpus_audit.vocabulary import (
    NOASSERTION,
    NOT_RECORDED,
    DecisionAction,
    FindingStatus,
    Purpose,
    RuleState,
    Severity,
)
from golden.report_licenses import LICENSE_CONTRADICTIONS, RECORD_LICENSES
from golden.report_rows import (
    COMMON_TEXTS,
    COVERAGE_COLUMNS,
    COVERAGE_FILES,
    COVERAGE_GAPS,
    DATASET_OVERLAPS,
    DEFECTS,
    FILES,
    FINDINGS,
    LABELS,
    MEDIA,
    MODELS,
    OPT_OUTS,
    OVERLAPS,
    PERSONAL_INFORMATION,
    PROBLEMS,
    PROPAGATED_RESTRICTIONS,
    RECORD_OPT_OUTS,
    REFERENCES,
    RULES,
    RULES_IN_CHINESE,
    SCRIPT,
    SIMILARITY,
    SOURCES,
    SPLIT_LEAKAGE,
    SUBJECTS,
)
from golden.report_texts import ROWS as TEXT_ROWS


@dataclass(frozen=True)
class ReportInput:
    """The arguments of ``build_report``."""

    context: AuditContext
    verdict: Mapping[str, Any]
    rules: pa.Table
    findings: pa.Table
    evidence: Mapping[str, pa.Table]
    decisions: Mapping[str, FindingDecision] = field(default_factory=dict)
    history: Sequence[HistoryEntry] = ()

    def build(self) -> Report:
        return build_report(
            self.context, self.verdict, self.rules, self.findings, self.evidence, self.decisions, self.history
        )


def table(shape: schemas.Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return *rows* in the exact schema; a column that is not given gets what an empty manifest would leave."""
    blank = {field.name: _default(field.type) for field in shape.schema}
    return pa.Table.from_pylist([_complete(shape, blank, row) for row in rows], schema=shape.schema)


def _complete(shape: schemas.Table, blank: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    unknown = row.keys() - blank.keys()
    assert not unknown, f"{shape.name} has no columns {unknown}"
    return {**blank, **row}


def _default(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return NOT_RECORDED
    if pa.types.is_list(kind):
        return []
    return False if pa.types.is_boolean(kind) else 0


LABELLED_INFORMATION = [
    {
        "source_id": "forum-2024",
        "entity_type": "PHONE_NUMBER",
        "declared": "no",
        "records": 3,
        "spans": 4,
        "distinct_values": 4,
        "records_looked_at": 400,
        "mean_score": 0.5,
    },
]


def text_tables() -> dict[str, pa.Table]:
    """Return every evidence table on texts."""
    return {shape.name: table(shape, TEXT_ROWS[shape.name]) for shape in tables.EVIDENCE if shape.name in TEXT_ROWS}


_ANSWERS: Mapping[str, tuple[str, list[str], list[str]]] = {
    NOASSERTION: ("unknown", ["the terms are not known"], []),
    "CC-BY-NC-4.0": ("no", ["commercial use is not granted"], []),
}


def coverage_tables(sources: Iterable[Mapping[str, Any]]) -> dict[str, pa.Table]:
    """Return what was looked at: one row in a hundred of the forum has no text, all else was read."""
    rows = [_coverage_row(source) for source in sources]
    forum = [row["source_id"] for row in rows if row["state"] == "unread"]
    gaps = [{"source_id": source, **gap} for source in forum for gap in COVERAGE_GAPS]
    files = [{"source_id": source, **file} for source in forum for file in COVERAGE_FILES]
    columns = [{"source_id": source, **column} for source in forum for column in COVERAGE_COLUMNS]
    return {
        "coverage": table(tables.COVERAGE, rows),
        "coverage_gaps": table(tables.COVERAGE_GAPS, gaps),
        "coverage_files": table(tables.COVERAGE_FILES, files),
        "coverage_columns": table(tables.COVERAGE_COLUMNS, columns),
        "left_out": table(tables.LEFT_OUT, [row for source in rows for row in _left_out_rows(source)]),
    }


def _left_out_rows(source: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the undeclared files of a source, if there are any."""
    if not source["files_undeclared"]:
        return []
    counted = {"files": source["files_undeclared"], "size_bytes": source["undeclared_bytes"]}
    listed = {"kind": "undeclared", "pattern": "", "examples": ["numpy/_build.log", "numpy/_notes.txt"]}
    return [{"source_id": source["source_id"], **listed, **counted}]


def _coverage_row(source: Mapping[str, Any]) -> dict[str, Any]:
    unread = 120 if source["title"].startswith("Forum") else 0
    return {
        "source_id": source["source_id"],
        "state": "unread" if unread else "left-out" if source.get("files_undeclared") else "read",
        "files": source["files"],
        "files_unread": 1 if unread else 0,
        "left_out": "none",
        "files_undeclared": source.get("files_undeclared", 0),
        "undeclared_bytes": 1_400 * source.get("files_undeclared", 0),
        "size_bytes": source["size_bytes"],
        "unread_bytes": 18_000 if unread else 0,
        "rows": source["records"] + unread,
        "rows_read": source["records"],
        "rows_unread": unread,
        "rows_scanned_only": unread,
        "rows_looked_at": source["records"] + unread,
        "rows_unread_share": unread / (source["records"] + unread) if unread else 0.0,
        "columns_text": 1,
        "columns_scanned": 1 if unread else 0,
        "columns_not_looked_at": 1 if unread else 0,
        "columns_opaque": 1 if unread else 0,
        "columns_license_unjudged": 0,
        "unread_share_allowed": 0.001,
    }


def purpose_rows(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what each source's license says of two purposes, of which the dataset intends one."""
    intended = {Purpose.INTERNAL_TRAINING: "no", Purpose.COMMERCIAL_TRAINING: "yes"}
    rows = []
    for source in sources:
        expression = source["license_expression"]
        permitted, reasons, conditions = _ANSWERS.get(expression, ("yes", [], ["credit the licensor"]))
        rows += [
            {"source_id": source["source_id"], "purpose": purpose, "intended": answer, "reasons": reasons,
             "license_expression": expression, "permitted": permitted, "conditions": conditions}
            for purpose, answer in intended.items()
        ]  # fmt: skip
    return rows


def content_rows(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"source_id": row["source_id"], "modality": "text", "records": row["records"], "size_bytes": row["text_bytes"],
         "characters": row["characters"], "tokens": row["characters"] // 4}
        for row in sources
    ]  # fmt: skip


def step_rows(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps that the records of these sources drop out on: a quarter of the rest on each but the last."""
    rows = list(sources)
    left = sum(row["records"] for row in rows)
    steps = []
    for step, taken in (
        ("exact-duplicate", 20),
        ("near-duplicate", 10),
        ("license-forbids", left // 4),
        ("opted-out", 40),
        ("license-open", 30),
    ):
        steps.append({"step": step, "records": taken, "text_bytes": taken * 1_000})
        left -= taken
    return [*steps, {"step": "left", "records": left, "text_bytes": left * 1_000}]


def decision(status: FindingStatus, action: DecisionAction, **more: Any) -> FindingDecision:
    given = {
        "author": "A. Steward",
        "decided_at": "2026-11-03T10:00:00+00:00",
        "role": "steward",
        "expires_at": "",
        "sequence": 7,
    }
    return FindingDecision(status=status, action=action, **given | more)


DECISIONS = {
    f"{1:016x}": decision(FindingStatus.TO_REMEDIATE, DecisionAction.REMEDIATE),
    f"{3:016x}": decision(
        FindingStatus.ACCEPTED, DecisionAction.ACCEPT_RISK, sequence=8, expires_at="2027-01-31T00:00:00+00:00"
    ),
}


def history() -> tuple[HistoryEntry, ...]:
    """Return two earlier audits and this one."""
    return tuple(
        HistoryEntry(
            audit_id=f"environment-2026{month:02d}04T093000Z",
            dataset_version=f"2026-{month:02d}-04",
            started_at=f"2026-{month:02d}-04T09:30:00+00:00",
            verdict=verdict,
            findings_by_severity={Severity.CRITICAL: critical, Severity.WARNING: 9 - month % 3, Severity.INFO: 2},
            findings_opened=opened,
            findings_closed=3,
            sources=6,
            records=1_200 + month,
            rows=1_300,
            rows_read=1_200 + month,
            rows_looked_at=1_250,
            exact_duplicate_share=0.03,
            near_duplicate_share=0.09,
            personal_information_records=9,
        )
        for month, verdict, critical, opened in ((9, "fail", 6, 17), (10, "incomplete", 0, 1), (11, "fail", 4, 5))
    )


def context(**changes: Any) -> AuditContext:
    given: dict[str, Any] = {
        "audit_id": "environment-20261104T093000Z",
        "started_at": "2026-11-04T09:30:00+00:00",
        "tool_version": "0.1.0",
        "manifest_sha256": "c3" * 32,
        "parameters": {"shingle_size": 5, "num_perm": 128, "seed": 1, "scheme": "affine32",
                       "tokenizer": "unicode-2", "jaccard_threshold": 0.8, "containment_threshold": 0.8,
                       "minimum_score": 0.3, "detectors.off": "UK_NHS"},
        "parameter_origins": {"shingle_size": "manifest", "minimum_score": "form", "detectors.off": "command-line"},
        "packs": (PackUsed("baseline", {"en": "Good practice anywhere", "zh": "通行的良好实践"}, "1.0.0", "d4" * 32),),
        "markers": tuple(_marker(stage) for stage in ("ingest", "measure-00000", "deduplicate", "gather", "evaluate")),
        "entity_types": ("EMAIL_ADDRESS", "PHONE_NUMBER"),
        "detectors_off": ("UK_NHS",),
        "installed_detectors": (
            InstalledDetector("BADGE_NUMBER", "personal_information", "badges:DETECTOR", "badge-detector", "1.2.0"),
        ),
        "supplements": (
            _supplement("forum-2024", "supplier", "Contoso", 0),
            _supplement("(dataset)", "dataset.release", "no", 1),
            _supplement("numpy", "origin.url", f"https://numpy.org/{SCRIPT}", 2, "contradicted"),
        ),
    }  # fmt: skip
    return AuditContext(**given | changes)


def _supplement(source_id: str, field: str, stated: str, number: int, state: str = "used") -> dict[str, Any]:
    about = {"source_id": source_id, "field": field, "stated": stated, "number": number, "state": state}
    said = {"author": "Ana Silva", "stated_at": "2026-11-02T10:00:00+00:00", "reason": "The supplier wrote so."}
    return about | said | {"document": "supplements/0123456789abcdef.json"}


def _marker(stage: str) -> Marker:
    return Marker(
        stage=stage,
        inputs={"before": "e5" * 32},
        outputs={f"{stage}.parquet": "f6" * 32},
        versions={"corpus-audit": "0.1.0"},
        started_at="2026-11-04T09:30:00+00:00",
        finished_at="2026-11-04T09:30:05+00:00",
    )


_BOUNDS = {
    "baseline.near-duplicates-bounded": [{"argument": "max_value", "of_pack": 0.1, "used": 0.12, "is_loosened": True}]
}


_OWNERS = {"baseline.license-resolved": "legal-counsel", "baseline.legal-basis-recorded": "privacy-officer"}


def rule_rows() -> list[dict[str, Any]]:
    return [
        {
            "pack": "baseline",
            "state_reason": "",
            "bounds": _BOUNDS.get(rule["rule_id"], []),
            **rule,
            **RULES_IN_CHINESE[rule["rule_id"]],
            **dict(zip(("problem", "problem_zh"), PROBLEMS.get(rule["rule_id"], ("", "")), strict=True)),
            "owner": _OWNERS.get(rule["rule_id"], "data-steward"),
            "fact": rule["rule_id"].partition(".")[2],
        }
        for rule in RULES
    ]


def finding_rows(rules: Iterable[Mapping[str, Any]], findings: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    by_id = {rule["rule_id"]: rule for rule in rules}
    keys = {table.name: table.key for table in tables.EVIDENCE}
    return [
        {
            "finding_id": f"{number:016x}",
            "problem_id": f"{number:016x}",
            "rule_id": rule_id,
            "pack": "baseline",
            "severity": by_id[rule_id]["severity"],
            "failure_kind": by_id[rule_id]["failure_kind"],
            "evidence_table": by_id[rule_id]["evidence_table"],
            "subject": subject,
            "source_id": source_id,
            "evidence": json.dumps(evidence, ensure_ascii=False),
            "named": json.dumps(
                {
                    **dict(zip(keys[by_id[rule_id]["evidence_table"]], subject.split(" / "), strict=False)),
                    **evidence,
                },
                ensure_ascii=False,
            ),
        }
        for number, (rule_id, subject, source_id, evidence) in enumerate(findings, start=1)
    ]


def dataset_row(sources: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    rows = list(sources)
    summed = ("files", "files_verified", "records", "text_bytes", "exact_duplicate_records",
              "near_duplicate_records", "personal_information_records")  # fmt: skip
    totals = {name: sum(row.get(name, 0) for row in rows) for name in summed}
    return {
        "dataset_id": "environment",
        "version": "2026-11-04",
        "title": "Python packages of one environment",
        "description": "Every distribution installed for the project, as a corpus of code.",
        "issuer": "Example Laboratory",
        "intended_uses": ["commercial-training"],
        "intended_uses_state": "recorded",
        "release": "no",
        "languages": ["en", "zh"],
        "languages_state": "recorded",
        "sources": len(rows),
        "exact_duplicate_share": 0.027,
        "near_duplicate_share": 0.083,
        "largest_source_share": max(row["text_bytes"] for row in rows) / totals["text_bytes"],
        **totals,
    }


def _reasons(rules: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    by_severity = {severity: Counter(row["rule_id"] for row in findings if row["severity"] == severity)
                   for severity in Severity}  # fmt: skip
    found = [
        {"code": code, "count": by_severity[severity].total(), "rules": dict(by_severity[severity])}
        for severity, code in zip(Severity, ("critical-findings", "warning-findings", "info-findings"), strict=True)
    ]
    states = (("errored", "rules-errored"), ("not-evaluated", "rules-not-evaluated"))
    by_state = {code: [rule["rule_id"] for rule in rules if rule["state"] == state] for state, code in states}
    return found + [{"code": code, "count": len(ids), "rules": dict.fromkeys(ids, 0)} for code, ids in by_state.items()]


def verdict_of(rules: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "verdict": "fail",
        "reasons": _reasons(rules, findings),
        "findings_by_severity": dict(Counter(Severity(row["severity"]) for row in findings)),
        "rules_by_state": dict(Counter(RuleState(rule["state"]) for rule in rules)),
    }


def small_input(**changes: Any) -> ReportInput:
    """Return the input of a report with six sources, every kind of finding and hostile text."""
    rules = rule_rows()
    findings = finding_rows(rules, FINDINGS)
    given: dict[str, Any] = {
        "context": context(),
        "verdict": verdict_of(rules, findings),
        "rules": table(schemas.RULES, rules),
        "findings": table(schemas.FINDINGS, findings),
        "evidence": {
            "dataset": table(tables.DATASET, [dataset_row(SOURCES)]),
            "sources": table(tables.SOURCES, SOURCES),
            **coverage_tables(SOURCES),
            "files": table(tables.FILES, FILES),
            "content": table(tables.CONTENT, content_rows(SOURCES)),
            "defects": table(tables.DEFECTS, DEFECTS),
            "personal_information": table(tables.PERSONAL_INFORMATION, PERSONAL_INFORMATION),
            "labelled_information": table(tables.LABELLED_INFORMATION, LABELLED_INFORMATION),
            "purposes": table(tables.PURPOSES, purpose_rows(SOURCES)),
            "overlaps": table(tables.OVERLAPS, OVERLAPS),
            "references": table(tables.REFERENCES, REFERENCES),
            "propagated_restrictions": table(tables.PROPAGATED_RESTRICTIONS, PROPAGATED_RESTRICTIONS),
            "record_licenses": table(tables.RECORD_LICENSES, RECORD_LICENSES),
            "license_contradictions": table(tables.LICENSE_CONTRADICTIONS, LICENSE_CONTRADICTIONS),
            "dataset_overlaps": table(tables.DATASET_OVERLAPS, DATASET_OVERLAPS),
            "models": table(tables.MODELS, MODELS),
            "subjects": table(tables.SUBJECTS, SUBJECTS),
            "media": table(tables.MEDIA, MEDIA),
            "labels": table(tables.LABELS, LABELS),
            "opt_outs": table(tables.OPT_OUTS, OPT_OUTS),
            "record_opt_outs": table(tables.RECORD_OPT_OUTS, RECORD_OPT_OUTS),
            "exclusion_funnel": table(tables.EXCLUSION_FUNNEL, step_rows(SOURCES)),
            "common_texts": table(tables.COMMON_TEXTS, COMMON_TEXTS),
            "similarity": table(tables.SIMILARITY, SIMILARITY),
            "split_leakage": table(tables.SPLIT_LEAKAGE, SPLIT_LEAKAGE),
            **text_tables(),
        },
    }
    return ReportInput(**{"decisions": DECISIONS, "history": history()} | given | changes)


def large_input(sources: int = 1_000, files: int = 10_000) -> ReportInput:
    """Return the input of a report as large as the page is meant for: every rule fails for every source."""
    source_rows = [SOURCES[n % len(SOURCES)] | {"source_id": f"source-{n:05d}"} for n in range(sources)]
    file_rows = [
        {**FILES[n % len(FILES)], "source_id": f"source-{n % sources:05d}", "file": f"part/{n:06d}/records.txt"}
        for n in range(files)
    ]
    overlap_rows = [
        OVERLAPS[n % len(OVERLAPS)] | {"source_a": f"source-{n:05d}", "source_b": f"source-{n + 1:05d}"}
        for n in range(sources - 1)
    ]
    personal_rows = [
        PERSONAL_INFORMATION[0] | {"source_id": row["source_id"], "entity_type": kind}
        for row in source_rows
        for kind in ("EMAIL_ADDRESS", "PHONE_NUMBER", "CN_ID")
    ]
    subject_rows = [SUBJECTS[n % len(SUBJECTS)] | {"subject_id": f"person-{n:05d}"} for n in range(files)]
    rules = [{**rule, "rule_id": f"{rule['rule_id']}-{copy}"} for rule in rule_rows() for copy in range(6)]
    evidence = FINDINGS[2][3]
    findings = finding_rows(
        rules,
        [
            (rule["rule_id"], row["source_id"], row["source_id"], evidence)
            for rule in rules
            if rule["state"] == "failed"
            for row in source_rows[:: 1 + len(rule["title"]) % 5]
        ],
    )
    return ReportInput(
        context=context(),
        verdict=verdict_of(rules, findings),
        rules=table(schemas.RULES, rules),
        findings=table(schemas.FINDINGS, findings),
        evidence={
            "dataset": table(tables.DATASET, [dataset_row(source_rows)]),
            "sources": table(tables.SOURCES, source_rows),
            **coverage_tables(source_rows),
            "files": table(tables.FILES, file_rows),
            "content": table(tables.CONTENT, content_rows(source_rows)),
            "defects": table(tables.DEFECTS, DEFECTS),
            "personal_information": table(tables.PERSONAL_INFORMATION, personal_rows),
            "labelled_information": table(tables.LABELLED_INFORMATION, []),
            "purposes": table(tables.PURPOSES, purpose_rows(source_rows)),
            "overlaps": table(tables.OVERLAPS, overlap_rows),
            "references": table(tables.REFERENCES, REFERENCES),
            "propagated_restrictions": table(tables.PROPAGATED_RESTRICTIONS, PROPAGATED_RESTRICTIONS),
            "record_licenses": table(tables.RECORD_LICENSES, RECORD_LICENSES),
            "license_contradictions": table(tables.LICENSE_CONTRADICTIONS, LICENSE_CONTRADICTIONS),
            "dataset_overlaps": table(tables.DATASET_OVERLAPS, DATASET_OVERLAPS),
            "models": table(tables.MODELS, MODELS),
            "subjects": table(tables.SUBJECTS, subject_rows),
            "media": table(tables.MEDIA, MEDIA),
            "labels": table(tables.LABELS, LABELS),
            "opt_outs": table(tables.OPT_OUTS, OPT_OUTS),
            "record_opt_outs": table(tables.RECORD_OPT_OUTS, RECORD_OPT_OUTS),
            "exclusion_funnel": table(tables.EXCLUSION_FUNNEL, step_rows(source_rows)),
            "common_texts": table(tables.COMMON_TEXTS, COMMON_TEXTS),
            "similarity": table(tables.SIMILARITY, SIMILARITY),
            "split_leakage": table(tables.SPLIT_LEAKAGE, SPLIT_LEAKAGE),
            **text_tables(),
        },
        history=history(),
    )
