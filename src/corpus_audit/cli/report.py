"""corpus-audit report: show a finished audit again."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.output import LanguageOption, OutputFormat, print_summary
from corpus_audit.vocabulary import Language


def report_command(
    audit: Annotated[str, typer.Argument(help="An audit's id, or its folder.", show_default=False)],
    store: Annotated[Path, typer.Option(envvar="CORPUS_AUDIT_STORE", help="Folder that audits are kept in.")] = Path(
        "audits"
    ),
    output: Annotated[OutputFormat, typer.Option("--format", help="How the summary is printed.")] = OutputFormat.TEXT,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Print an audit's summary and the path of its report, rendering the report again where it is missing.

    Exit codes are those of 'corpus-audit audit'.
    """
    from corpus_audit.stages import report
    from corpus_audit.store import Store

    path = Path(audit)
    folder = Store(path.parent.parent).open_audit(path.name) if "/" in audit else Store(store).open_audit(audit)
    report(folder)
    print_summary(folder, output, language)
