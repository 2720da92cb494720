"""corpus-audit ledger: stewards' decisions. One file per command."""

import typer

from corpus_audit.cli.ledger.decide import decide_command
from corpus_audit.cli.ledger.list import list_command
from corpus_audit.cli.ledger.prepare import prepare_command
from corpus_audit.cli.ledger.verify import verify_command

app = typer.Typer(
    help="Record and list stewards' decisions, and check that they are unchanged.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("decide")(decide_command)
app.command("list")(list_command)
app.command("prepare")(prepare_command)
app.command("verify")(verify_command)
