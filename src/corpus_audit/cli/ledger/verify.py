"""corpus-audit ledger verify: check that no entry was changed, removed or inserted."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.errors import ExitCode


def verify_command(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint, or a bundle, that was kept elsewhere. May be repeated.", show_default=False),
    ] = None,
    public_key: Annotated[Path | None, typer.Option(help="Public key that must have signed every checkpoint.")] = None,
    timestamp_roots: Annotated[
        Path | None, typer.Option(help="Root certificates (PEM) of the authority that stamped checkpoints.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check every entry, the chain, and that audits, checkpoints and bundles name these entries.

    Exit codes: 0 nothing is wrong, 1 something was changed, 2 the ledger or a checkpoint cannot be read.
    """
    from corpus_audit.export.bundle.keys import read_public_key
    from corpus_audit.export.bundle.timestamp import read_certificates
    from corpus_audit.ledger import open_ledger
    from corpus_audit.pipeline import noted_entries
    from corpus_audit.pipeline.checkpoints import read_checkpoints, read_timestamps

    key = read_public_key(public_key) if public_key else None
    checkpoints = read_checkpoints(store, checkpoint or (), key)
    ledger = open_ledger(store)
    # Each is held against the ledger on its own: where the two disagree, one of them does with the ledger as well.
    checks = [ledger.verify(noted_entries(store)), ledger.verify(checkpoints)]
    stamps = read_timestamps(store, checkpoint or (), read_certificates(timestamp_roots) if timestamp_roots else None)
    problems = dict.fromkeys(problem for check in checks for problem in check.problems)
    problems |= dict.fromkeys(stamp.problem for stamp in stamps if stamp.problem)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(ExitCode.FAIL)
    typer.echo(
        f"{checks[0].entries} entries, each follows the one before; {len(checkpoints)} checkpoints agree. "
        f"Last sha256: {checks[0].head}"
    )
    if stamps and timestamp_roots is None:
        typer.echo(f"{len(stamps)} timestamps were not checked: give --timestamp-roots.")
    elif stamps:
        last = max(stamp.stamped_at for stamp in stamps if stamp.stamped_at)
        typer.echo(f"{len(stamps)} timestamps agree; the last is of {last.isoformat()}.")
