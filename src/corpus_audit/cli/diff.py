"""corpus-audit diff: compare two audits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.cli.output import OutputFormat

if TYPE_CHECKING:
    import pyarrow as pa

    from corpus_audit.pipeline import Difference

_SHOWN = 20


def diff_command(
    before: AuditArgument,
    after: AuditArgument,
    store: StoreOption = DEFAULT_STORE,
    records: Annotated[
        Path | None, typer.Option(help="Parquet file for all records that differ.", show_default=False)
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Print the changes from one audit to another: records, new copies, opened and closed findings.

    A record has moved when its text is the same and its file or row is not. Exit code 0 whatever changed, 2 when an
    audit is unknown or has not finished.
    """
    from corpus_audit.pipeline import diff

    found = diff(open_audit(before, store), open_audit(after, store), records=records)
    typer.echo(_as_json(found) if output is OutputFormat.JSON else "\n".join(_lines(found)))
    if records is not None:
        typer.echo(f"Wrote {records}.", err=True)


def _as_json(found: "Difference") -> str:
    parts = {name: getattr(found, name).to_pylist() for name in ("records", "new_copies", "opened", "closed")}
    return json.dumps(parts, indent=1, ensure_ascii=False)


def _lines(found: "Difference") -> Iterator[str]:
    from corpus_audit.pipeline.diff import sums
    from corpus_audit.report.formatting import format_bytes, format_number

    yield "Records"
    for change, count, size in sums(found.records, "change"):
        yield f"  {change:<10} {format_number(count):>12}  {format_bytes(size)}"
    for kind, count, size in sums(found.new_copies, "kind"):
        yield f"Newly duplicated, {kind} copies: {format_number(count)} ({format_bytes(size)})"
    yield from _findings("opened", found.opened)
    yield from _findings("closed", found.closed)


def _findings(what: str, findings: "pa.Table") -> Iterator[str]:
    yield f"Findings {what}: {findings.num_rows}"
    for row in findings.slice(0, _SHOWN).to_pylist():
        yield f"  {row['severity']:<8}  {row['rule_id']}: {row['subject']}"
    if findings.num_rows > _SHOWN:
        yield f"  and {findings.num_rows - _SHOWN} more"
