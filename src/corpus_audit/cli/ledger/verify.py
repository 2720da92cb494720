"""corpus-audit ledger verify: check that no entry was changed, removed or inserted."""

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.errors import ExitCode


def verify_command(store: StoreOption = DEFAULT_STORE) -> None:
    """Check every entry, the chain, and that the store's audits were concluded with these entries.

    Exit codes: 0 nothing is wrong, 1 something was changed, 2 the ledger cannot be read.
    """
    from corpus_audit.ledger import open_ledger
    from corpus_audit.pipeline import noted_entries

    check = open_ledger(store).verify(noted_entries(store))
    for problem in check.problems:
        typer.echo(problem)
    if check.problems:
        raise typer.Exit(ExitCode.FAIL)
    typer.echo(f"{check.entries} entries, each follows the one before. Last sha256: {check.head}")
