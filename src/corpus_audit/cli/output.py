"""What a command prints about a finished audit, and the exit code that says the same."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from corpus_audit.errors import ExitCode
from corpus_audit.vocabulary import Verdict

if TYPE_CHECKING:
    from corpus_audit.store import AuditFolder

EXIT_CODES = {Verdict.PASS: ExitCode.PASS, Verdict.FAIL: ExitCode.FAIL, Verdict.INCOMPLETE: ExitCode.INCOMPLETE}


class OutputFormat(StrEnum):
    """How a summary is printed."""

    TEXT = "text"
    JSON = "json"


def print_summary(audit: "AuditFolder", output: OutputFormat) -> None:
    """Print an audit's summary to stdout and leave with the exit code of its verdict."""
    from corpus_audit.stages import summarise

    summary = summarise(audit)
    if output is OutputFormat.JSON:
        facts = {
            "audit_id": summary.audit_id,
            "verdict": summary.verdict,
            "reasons": list(summary.reasons),
            "findings_by_severity": summary.findings_by_severity,
            "report_html": str(summary.report),
            "report_json": str(summary.report.with_suffix(".json")),
        }
        typer.echo(json.dumps(facts, indent=1, ensure_ascii=False))
    else:
        from corpus_audit.report.model import Report
        from corpus_audit.report.text import render_text

        report = Report.model_validate_json(summary.report.with_suffix(".json").read_bytes())
        typer.echo(render_text(report))
        typer.echo(f"Report: {summary.report}")
    raise typer.Exit(EXIT_CODES[summary.verdict])
