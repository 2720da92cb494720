"""corpus-audit withdrawals: mark people who withdrew their consent, in every dataset of a store."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.errors import ExitCode


def withdrawals_command(
    file: Annotated[
        Path, typer.Argument(help="CSV with the columns subject_id and withdrawn_on (2026-03-31).", show_default=False)
    ],
    author: Annotated[str, typer.Option(help="Name of the steward who marks them.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the lists of records to leave out.")
    ] = Path("withdrawals"),
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put withdrawals of consent into the ledger, and list the records to leave out of each dataset.

    The latest audit of each dataset that names one of the people fails at once, every other audit when it is next
    reported, until an audit finds no record of them. Exit codes: 0 no dataset names them, 1 datasets do, 2 the input is
    wrong, 3 an audit could not be looked through or brought up to date.
    """
    from corpus_audit.ledger import open_ledger
    from corpus_audit.pipeline import RunContext
    from corpus_audit.pipeline.withdrawals import mark_withdrawals, read_withdrawals
    from corpus_audit.report.formatting import format_number

    context = RunContext(sends_lineage=False)
    marked = read_withdrawals(file, context.clock().date())
    found = mark_withdrawals(store, open_ledger(store), marked, author, output, context)
    typer.echo(f"People: {format_number(len(marked))}. New entries in the ledger: {format_number(len(found.entries))}.")
    for dataset in found.datasets:
        named = f"{dataset.traced.dataset_id} {dataset.traced.version} ({dataset.traced.audit_id})"
        if dataset.exclusions is None:
            typer.echo(f"  {named}: not brought up to date. {dataset.problem}")
            continue
        typer.echo(
            f"  {named}: {format_number(dataset.people)} people, {format_number(dataset.records)} records to leave out "
            f"({dataset.exclusions}). Verdict: {dataset.verdict}"
        )
    if found.nowhere:
        typer.echo(f"In no dataset that was looked through: {format_number(len(found.nowhere))} people.")
    for audit_id in found.not_looked_through:
        typer.echo(f"Not looked through: {audit_id}.")
    if found.not_looked_through or any(dataset.exclusions is None for dataset in found.datasets):
        raise typer.Exit(ExitCode.INCOMPLETE)
    raise typer.Exit(ExitCode.FAIL if found.datasets else ExitCode.PASS)
