"""The check of a signed statement about a person, for corpus-audit verify."""

import json
from pathlib import Path
from typing import Any

import typer

from corpus_audit.cli.output import OutputFormat
from corpus_audit.errors import BundleError, ExitCode

SUFFIX = ".json"
"""How the name of a statement ends; a bundle is an archive."""


def verify_statement(path: Path, public_key: Path | None, revoked: Path | None, output: OutputFormat) -> ExitCode:
    """Print what a statement says if it is as the given key signed it; return the exit code of verify."""
    from corpus_audit.export.bundle.keys import key_id, read_public_key
    from corpus_audit.export.bundle.person_statement import read_person_statement
    from corpus_audit.export.bundle.revocation import read_revoked

    content = _read(path)
    stated = read_person_statement(content, str(path))  # raises for what is no statement at all
    if public_key is None:
        return _told("SIGNER NOT KNOWN", stated, output, ExitCode.INCOMPLETE)
    key = read_public_key(public_key)
    try:
        read_person_statement(content, str(path), key)
    except BundleError:
        return _told("NOT AS SIGNED", {}, output, ExitCode.FAIL)
    if revoked is not None and key_id(key) in read_revoked(revoked):
        return _told("KEY REVOKED", stated, output, ExitCode.FAIL)
    return _told("AS SIGNED", stated, output, ExitCode.PASS)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise BundleError(message) from error


def _told(conclusion: str, stated: dict[str, Any], output: OutputFormat, code: ExitCode) -> ExitCode:
    if output is OutputFormat.JSON:
        facts = {"conclusion": conclusion.lower().replace(" ", "-"), "statement": stated}
        typer.echo(json.dumps(facts, indent=1, ensure_ascii=False))
        return code
    typer.echo(conclusion)
    if stated:
        records, now = stated.get("records", []), stated.get("datasets_now", [])
        typer.echo(f"  Stated at   {_printable(stated.get('stated_at'))}")
        typer.echo(f"  Records     {len(records) + int(stated.get('records_not_named', 0))}")
        typer.echo(f"  Withdrawn   {len(stated.get('withdrawals', []))} entries of the ledger")
        for row in now:
            typer.echo(f"  {_printable(row.get('dataset_id'))}: {_printable(row.get('records'))} records now")
    return code


def _printable(value: Any) -> str:
    """Return a value without terminal control characters: the signer chose it."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(value))
