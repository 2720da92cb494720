"""corpus-audit keys: create and revoke keys for signing bundles."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

PASSPHRASE_VARIABLE = "CORPUS_AUDIT_KEY_PASSPHRASE"  # noqa: S105 - the name, not the passphrase

app = typer.Typer(help="Create and revoke keys for signing bundles.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def keys() -> None:
    """Create and revoke keys for signing bundles."""


@app.command("create")
def create(
    path: Annotated[Path, typer.Argument(help="File for the private key.", show_default=False)],
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=f"Ask for a passphrase, or take it from {PASSPHRASE_VARIABLE}.")
    ] = False,
    owner: Annotated[str, typer.Option(help="Whose key it is, as verification names it.")] = "",
    valid_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day on which it signs. [default: no end]")
    ] = None,
) -> None:
    """Create an Ed25519 key pair: keep FILE secret, and give FILE.pub to those who verify your bundles."""
    from corpus_audit.export.bundle.key_card import make_card
    from corpus_audit.export.bundle.keys import create_keys, key_id, read_public_key
    from corpus_audit.store import utc_now

    card = make_card(owner, utc_now().date(), valid_until.date() if valid_until else None)
    public_path = create_keys(path, ask_passphrase(path, confirm=True) if encrypt else None, card)
    typer.echo(f"Private key: {path} (keep it to yourself)")
    typer.echo(f"Public key:  {public_path}")
    typer.echo(f"Key id:      {key_id(read_public_key(public_path))}")


@app.command("revoke")
def revoke_command(
    public_key: Annotated[Path, typer.Argument(help="The public key to revoke.", show_default=False)],
    reason: Annotated[str, typer.Option(help="The reason, in one line.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="List of revoked keys, made or added to.")] = Path(
        "revoked-keys.json"
    ),
) -> None:
    """Add a public key to a list of revoked keys, for those who verify your bundles: 'verify --revoked'.

    Whatever the key signed counts for nothing then, also what it signed before.
    """
    from corpus_audit.export.bundle.keys import key_id, read_card, read_public_key
    from corpus_audit.export.bundle.revocation import revoke
    from corpus_audit.store import utc_now

    identifier = key_id(read_public_key(public_key))
    revoke(output, identifier, read_card(public_key).owner, reason, utc_now())
    typer.echo(f"Revoked: {identifier}")
    typer.echo(f"Written: {output}")


def ask_passphrase(path: Path, *, confirm: bool = False) -> bytes:
    """Return the passphrase of a key, from the environment or typed without an echo."""
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is None:
        given = str(typer.prompt(f"Passphrase of {path}", hide_input=True, confirmation_prompt=confirm, err=True))
    return given.encode()
