"""corpus-audit ledger: what stewards decided. One file a command."""

import typer

from corpus_audit.cli.ledger.decide import decide_command
from corpus_audit.cli.ledger.list import list_command
from corpus_audit.cli.ledger.verify import verify_command

app = typer.Typer(
    help="Record what stewards decide, list it, and check that nobody changed it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("decide")(decide_command)
app.command("list")(list_command)
app.command("verify")(verify_command)
