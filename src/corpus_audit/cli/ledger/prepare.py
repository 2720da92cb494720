"""corpus-audit ledger prepare: make the ledger's tables, and let another role write to them."""

from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption


def prepare_command(
    writer: Annotated[
        str | None, typer.Option(help="Role of PostgreSQL that may insert and read, and nothing else.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Make the ledger's tables or bring them up to date, as the role that CORPUS_AUDIT_DATABASE_URL names.

    That role owns the ledger. Everything that decides runs as the writer, which cannot change or remove an entry.
    """
    from corpus_audit.ledger import database_url, open_ledger
    from corpus_audit.ledger.database import grant_writing

    url = database_url(store)
    open_ledger(store)
    if writer is not None:
        grant_writing(url, writer)
    typer.echo(f"The ledger is ready: {url.render_as_string(hide_password=True)}")
