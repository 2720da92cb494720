"""corpus-audit store: check what the store keeps."""

from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.errors import ExitCode

app = typer.Typer(help="Check what the store keeps.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def store() -> None:
    """Check what the store keeps."""


@app.command("verify")
def verify_command(
    audit: Annotated[list[str] | None, typer.Argument(help="Ids of audits. [default: all]", show_default=False)] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check every file of audits against the markers of their stages, and the markers against each other.

    Names every file that was changed, added, removed or replaced by a link. Exit codes: 0 nothing differs, 1 something
    does, 2 there is no such audit.
    """
    from corpus_audit.pipeline.verification import problems_of
    from corpus_audit.store import Store

    opened = Store(store)
    audits = [opened.open_audit(audit_id) for audit_id in audit or opened.audit_ids()]
    problems = 0
    for folder in audits:
        for problem in problems_of(folder):
            typer.echo(f"{folder.audit_id}: {problem}")
            problems += 1
    if problems:
        raise typer.Exit(ExitCode.FAIL)
    typer.echo(f"{len(audits)} audits, each file as its stage left it.")
