"""Report: the human-readable result of an audit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_audit import schemas
from corpus_audit.errors import StoreError
from corpus_audit.evidence import tables
from corpus_audit.pipeline.before_report import marker_digest, markers_before_report
from corpus_audit.pipeline.context import RunContext, digests_of, evidence_of, run_inputs
from corpus_audit.pipeline.figures import written_bytes
from corpus_audit.pipeline.history import history_until
from corpus_audit.pipeline.progress import in_shares, share_of
from corpus_audit.pipeline.stage import Stage, names_of
from corpus_audit.pipeline.stage_run import StageRun
from corpus_audit.policy.verdict import Reason
from corpus_audit.store import (
    AuditFolder,
    read_json,
    sha256_of_json,
    write_bytes,
)
from corpus_audit.store.identity import PackUsed, read_identity
from corpus_audit.vocabulary import Language, ParameterOrigin, ReasonCode, Severity, SpanKind, Verdict

REPORT_PAGES = {Language.ENGLISH: "report.html", Language.CHINESE: "report.zh.html"}
"""The page of a report in each language; each links to the other."""

_STEPS = 1 + len(REPORT_PAGES)
"""What is done one after another: the model of the report, and a page in each language."""

_OF_A_DECISION = ("action", "decided_at", "author", "role", "expires_at")


@dataclass(frozen=True)
class Summary:
    """The headline of a finished audit for people."""

    audit_id: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings_by_severity: dict[Severity, int]
    report: Path


def report(audit: AuditFolder, *, context: RunContext | None = None) -> Path:
    """Return the English HTML report of an evaluated audit.

    Beside it stand report.json, the Chinese page, and what a pull request has room for as Markdown in both languages.
    """
    context = context or RunContext()

    def work(folder: Path) -> None:
        from corpus_audit.document.markdown import render_markdown
        from corpus_audit.report.build import build_report
        from corpus_audit.report.html import render_html
        from corpus_audit.report.json import render_json
        from corpus_audit.report.outline import short_report

        tell = share_of(context.advance)
        built = build_report(
            _audit_context(audit),
            read_json(audit.folder("conclude") / "verdict.json"),
            audit.read("evaluate", schemas.RULES),
            audit.read("evaluate", schemas.FINDINGS, repeated=("evidence", "named")),
            evidence_of(audit),
            _decisions(audit),
            history,
        )
        tell(1, _STEPS)
        write_bytes(folder / "report.json", render_json(built).encode())
        for done, (language, name) in enumerate(REPORT_PAGES.items(), 2):
            others = {other: page for other, page in REPORT_PAGES.items() if other is not language}
            write_bytes(folder / name, render_html(built, language, others).encode())
            markdown = render_markdown(short_report(built, language))
            write_bytes((folder / name).with_suffix(".md"), markdown.encode())
            tell(done, _STEPS)

    with StageRun(REPORT, context, audit) as run:
        history = history_until(audit, context)
        inputs = digests_of(audit, ["ingest", "gather", "evaluate", "conclude"])
        inputs["markers"] = marker_digest(audit)
        inputs["history"] = sha256_of_json([entry.model_dump(mode="json") for entry in history])
        run.once(audit, inputs, work)
    return report_page(audit, Language.ENGLISH)


def _decisions(audit: AuditFolder) -> dict[str, Any]:
    """Return the last decision about each finding (section FindingDecision), as the audit was concluded with it."""
    from corpus_audit.report.sections import FindingDecision

    entries = {row["sequence"]: row for row in audit.read("conclude", schemas.DECISIONS).to_pylist()}
    return {
        row["finding_id"]: FindingDecision(
            status=row["status"],
            sequence=row["sequence"],
            **{
                name: entries[row["sequence"]][name]
                for name in ("action", "decided_at", "author", "role", "expires_at")
            },
        )
        for row in audit.read("conclude", schemas.FINDING_STATUSES).to_pylist()
    }


def read_report(audit: AuditFolder) -> Any:
    """Return a finished audit's report as its model; raises StoreError when it cannot be read."""
    from corpus_audit.report.json import parse_report

    path = audit.folder("report") / "report.json"
    try:
        return parse_report(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read: it is missing, or of another version. Run the same audit again."
        raise StoreError(message) from error


def report_digest(audit: AuditFolder) -> str:
    """Return the sha256 that names the exact bytes of a report: over its files and the sha256 of each."""
    return audit.outputs_digest("report")


def report_page(audit: AuditFolder, language: Language) -> Path:
    """Return where an audit's HTML report in a language is."""
    return audit.folder("report") / REPORT_PAGES[language]


def summarise(audit: AuditFolder) -> Summary:
    """Return the verdict of a finished audit and where its report is; raises StoreError when it has not finished."""
    verdict = read_json(audit.folder("conclude") / "verdict.json")
    return Summary(
        audit_id=audit.audit_id,
        verdict=Verdict(verdict["verdict"]),
        reasons=tuple(Reason(ReasonCode(row["code"]), row["count"], row["rules"]) for row in verdict["reasons"]),
        findings_by_severity={severity: verdict["findings_by_severity"].get(severity, 0) for severity in Severity},
        report=report_page(audit, Language.ENGLISH),
    )


def _audit_context(audit: AuditFolder) -> Any:
    from corpus_audit.measure.detection.detectors import DETECTORS
    from corpus_audit.policy.packs import load_packs
    from corpus_audit.report.context import AuditContext

    identity = read_identity(audit)
    packs = load_packs(run_inputs(audit)["packs"])
    set_parameters = audit.read("ingest", schemas.PARAMETERS).to_pylist()
    looked_for = {found.entity_type for found in DETECTORS if found.kind is SpanKind.PERSONAL_INFORMATION}
    looked_for |= {found.entity_type for found in identity.detectors if found.kind == SpanKind.PERSONAL_INFORMATION}
    return AuditContext(
        audit_id=audit.audit_id,
        started_at=read_json(audit.path / "audit.json")["started_at"],
        tool_version=identity.version,
        manifest_sha256=identity.manifest_sha256,
        parameters=identity.parameters.as_dict(),
        parameter_origins={row["parameter"]: ParameterOrigin(row["origin"]) for row in set_parameters},
        packs=tuple(
            PackUsed(pack.id, pack.titles.model_dump(), pack.version, identity.packs[pack.id]) for pack in packs
        ),
        markers=tuple(markers_before_report(audit)),
        entity_types=tuple(sorted(looked_for - {*identity.parameters.detectors_off})),
        detectors_off=identity.parameters.detectors_off,
        installed_detectors=identity.detectors,
        supplements=tuple(supplements_of(audit)),
    )


def supplements_of(audit: AuditFolder) -> list[dict[str, Any]]:
    """Return what stewards stated for the manifest; nothing of an audit that an earlier version made."""
    path = audit.table_path("ingest", schemas.CLAIM_SUPPLEMENTS)
    return audit.read("ingest", schemas.CLAIM_SUPPLEMENTS).to_pylist() if path.is_file() else []


REPORT = Stage(
    "report",
    run=report,
    after=("conclude",),
    reads={
        "ingest": names_of(schemas.PARAMETERS, schemas.CLAIM_SUPPLEMENTS),
        "gather": names_of(*tables.EVIDENCE),
        "evaluate": names_of(schemas.RULES, schemas.FINDINGS),
        "conclude": (*names_of(schemas.DECISIONS, schemas.FINDING_STATUSES), "verdict.json"),
    },
    writes=("report.json", *REPORT_PAGES.values(), *(page.replace(".html", ".md") for page in REPORT_PAGES.values())),
    figures={"bytes": written_bytes},
    units=in_shares,
)
