"""corpus-audit trained: note in the ledger that a model is trained on what an audit looked at."""

from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit


def trained_command(
    audit: AuditArgument,
    model: Annotated[str, typer.Option(help="Name and version of the model.", show_default=False)],
    author: Annotated[str, typer.Option(help="Name of the person or job that notes it.", show_default=False)],
    run: Annotated[str, typer.Option(help="Address of the training run.")] = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Note that a model is trained on what an audit looked at; trace names it for every record found there.

    It is no decision: no verdict and no approval depends on it.
    """
    from corpus_audit.pipeline.models_trained import note_training

    entry = note_training(open_audit(audit, store), model, author, run)
    typer.echo(f"Entry {entry.sequence} of the ledger: {entry.reason} is trained on {entry.audit_id}.")
