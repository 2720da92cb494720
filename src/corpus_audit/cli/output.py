"""The printed result of a finished audit, and the exit code that matches it."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.errors import ExitCode
from corpus_audit.vocabulary import Language, Verdict

if TYPE_CHECKING:
    from corpus_audit.store import AuditFolder

EXIT_CODES = {
    Verdict.PASS: ExitCode.PASS,
    Verdict.PASS_WITH_WAIVERS: ExitCode.PASS,
    Verdict.FAIL: ExitCode.FAIL,
    Verdict.INCOMPLETE: ExitCode.INCOMPLETE,
}


LanguageOption = Annotated[
    Language, typer.Option(envvar="CORPUS_AUDIT_LANGUAGE", help="Language of the text: English or Chinese.")
]


class OutputFormat(StrEnum):
    """The output format of a command."""

    TEXT = "text"
    JSON = "json"


class SummaryFormat(StrEnum):
    """The output format of an audit's summary."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


SummaryFormatOption = Annotated[
    SummaryFormat,
    typer.Option("--format", help="Format of the summary; markdown is for a comment on a pull request."),
]


class FailOn(StrEnum):
    """The mildest verdict that a command ends with an exit code for; the verdict itself stays what it is."""

    FAIL = "fail"
    INCOMPLETE = "incomplete"


def print_summary(
    audit: "AuditFolder", output: SummaryFormat, language: Language, fail_on: FailOn = FailOn.INCOMPLETE
) -> None:
    """Print an audit's summary to stdout and exit with the code of its verdict, if that is as bad as *fail_on*."""
    from corpus_audit.pipeline import read_report, report_page, summarise

    summary = summarise(audit)
    page = report_page(audit, language)
    if output is SummaryFormat.JSON:
        facts = {
            "audit_id": summary.audit_id,
            "verdict": summary.verdict,
            "reasons": [asdict(reason) for reason in summary.reasons],
            "findings_by_severity": summary.findings_by_severity,
            "report_html": str(page),
            "report_json": str(summary.report.with_suffix(".json")),
        }
        typer.echo(json.dumps(facts, indent=1, ensure_ascii=False))
    elif output is SummaryFormat.MARKDOWN:
        typer.echo(page.with_suffix(".md").read_text(encoding="utf-8"), nl=False)
    else:
        from corpus_audit.report.text import render_text

        typer.echo(render_text(read_report(audit), language, page=str(page)))
    is_let_pass = fail_on is FailOn.FAIL and summary.verdict is Verdict.INCOMPLETE
    raise typer.Exit(ExitCode.PASS if is_let_pass else EXIT_CODES[summary.verdict])
