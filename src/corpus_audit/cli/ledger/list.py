"""corpus-audit ledger list: list decisions, oldest first."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.cli.output import OutputFormat

if TYPE_CHECKING:
    from corpus_audit.ledger import Entry


def list_command(
    audit: Annotated[str | None, typer.Option(help="Only decisions about this audit.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Only decisions about this dataset.")] = None,
    reads: Annotated[bool, typer.Option("--reads", help="Include who read what on the review pages.")] = False,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print the ledger's entries, oldest first: decisions, comments, and unmasked excerpts."""
    chosen = {name: value for name, value in (("audit_id", audit), ("dataset_id", dataset)) if value is not None}
    entries = _entries(store, chosen, reads=reads)
    if output is OutputFormat.JSON:
        typer.echo(json.dumps([entry.as_dict() for entry in entries], indent=1, ensure_ascii=False))
        return
    for entry in entries:
        typer.echo("\n".join(_lines(entry)))
    if not entries:
        typer.echo("Nothing was decided yet.", err=True)


def _entries(store: Path, chosen: dict[str, str], *, reads: bool) -> "list[Entry]":
    from corpus_audit.ledger import Reads, has_ledger, open_ledger
    from corpus_audit.pipeline.models_trained import without_personal_names

    if not has_ledger(store):
        return []
    entries = open_ledger(store).entries(reads=Reads.WITH if reads else Reads.WITHOUT, **chosen)
    return without_personal_names(store, entries)


def _lines(entry: "Entry") -> Iterator[str]:
    until = f" until {entry.expires_at[:10]}" if entry.expires_at else ""
    about = f"{entry.scope} {entry.finding_id or entry.source_id or entry.audit_id}"
    yield f"{entry.sequence}  {entry.decided_at}  {entry.author} ({entry.role}): {entry.action}{until}, {about}"
    yield f"   dataset {entry.dataset_id}, audit {entry.audit_id}"
    for line in entry.reason.splitlines():
        yield f"   {line}"
    if entry.evidence_link:
        yield f"   {entry.evidence_link}"
