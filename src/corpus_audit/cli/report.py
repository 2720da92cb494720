"""corpus-audit report: show a finished audit again."""

from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.cli.output import LanguageOption, OutputFormat, print_summary
from corpus_audit.vocabulary import Language


def report_command(
    audit: AuditArgument,
    store: StoreOption = DEFAULT_STORE,
    output: Annotated[OutputFormat, typer.Option("--format", help="How the summary is printed.")] = OutputFormat.TEXT,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Print an audit's summary and the path of its report, after what stewards decided until now.

    The report is rendered again where it is missing or something was decided since.
    Exit codes are those of 'corpus-audit audit'.
    """
    from corpus_audit.stages import conclude, report

    folder = open_audit(audit, store)
    conclude(folder)
    report(folder)
    print_summary(folder, output, language)
