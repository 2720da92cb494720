"""corpus-audit report: show the report of a finished audit."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.cli.output import LanguageOption, SummaryFormat, SummaryFormatOption, print_summary
from corpus_audit.vocabulary import Language


def report_command(
    audit: AuditArgument,
    store: StoreOption = DEFAULT_STORE,
    output: SummaryFormatOption = SummaryFormat.TEXT,
    pdf: Annotated[
        Path | None, typer.Option(help="Write the report as PDF to this file as well; needs the extra 'pdf'.")
    ] = None,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Print an audit's summary and the path of its report, as today's decisions make them.

    A waiver that expired, or a decision since, is concluded on and reported first. Files that are not as their stage
    left them are named, and nothing is shown.

    Exit codes are those of 'corpus-audit audit'.
    """
    from corpus_audit.pipeline import RunContext
    from corpus_audit.pipeline.current import bring_up_to_date
    from corpus_audit.pipeline.delivery import write_pdf

    folder = open_audit(audit, store)
    # Reading a report is not an audit.
    bring_up_to_date(folder, context=RunContext(sends_lineage=False))
    if pdf is not None:
        write_pdf(folder, language, pdf)
        typer.echo(f"Wrote {pdf}.", err=True)
    print_summary(folder, output, language)
