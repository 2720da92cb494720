"""corpus-audit keys: create keys for signing bundles."""

import os
from pathlib import Path
from typing import Annotated

import typer

PASSPHRASE_VARIABLE = "CORPUS_AUDIT_KEY_PASSPHRASE"  # noqa: S105 - the name, not the passphrase

app = typer.Typer(help="Create keys for signing bundles.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def keys() -> None:
    """Create keys for signing bundles."""


@app.command("create")
def create(
    path: Annotated[Path, typer.Argument(help="File for the private key.", show_default=False)],
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=f"Ask for a passphrase, or take it from {PASSPHRASE_VARIABLE}.")
    ] = False,
) -> None:
    """Create an Ed25519 key pair: keep FILE secret, and give FILE.pub to those who verify your bundles."""
    from corpus_audit.export.bundle.keys import create_keys, key_id, read_public_key

    public_path = create_keys(path, ask_passphrase(path, confirm=True) if encrypt else None)
    typer.echo(f"Private key: {path} (keep it to yourself)")
    typer.echo(f"Public key:  {public_path}")
    typer.echo(f"Key id:      {key_id(read_public_key(public_path))}")


def ask_passphrase(path: Path, *, confirm: bool = False) -> bytes:
    """Return the passphrase of a key, from the environment or typed without an echo."""
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is None:
        given = str(typer.prompt(f"Passphrase of {path}", hide_input=True, confirmation_prompt=confirm, err=True))
    return given.encode()
