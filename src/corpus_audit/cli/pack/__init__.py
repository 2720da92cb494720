"""corpus-audit pack: the rules that audits apply. One file per command."""

import typer

from corpus_audit.cli.pack.explain import explain_command
from corpus_audit.cli.pack.lint import lint_command
from corpus_audit.cli.pack.list import list_command

app = typer.Typer(
    help="List policy packs, explain their rules, and check custom packs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("list")(list_command)
app.command("explain")(explain_command)
app.command("lint")(lint_command)
