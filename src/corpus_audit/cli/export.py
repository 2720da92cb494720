"""corpus-audit export: write a finished audit in regulator and standard formats."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.vocabulary import ExportName

FormatsOption = Annotated[
    list[ExportName] | None, typer.Option("--to", help="Format to write. May be repeated. [default: all]")
]


def export_command(
    audit: AuditArgument,
    formats: FormatsOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write to. [default: the audit's id]")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write a finished audit in other formats, and print the path of each file.

    Missing answers are written as not recorded, or left out if a format has no word for it.
    """
    from corpus_audit.document.pdf import is_available
    from corpus_audit.pipeline.delivery import export

    folder = open_audit(audit, store)
    if not is_available():
        typer.echo("No PDF is written: it needs the extra 'pdf' (pip install 'corpus-audit[pdf]').", err=True)
    for path in export(folder, formats or list(ExportName), output or Path(folder.audit_id)):
        typer.echo(str(path))
