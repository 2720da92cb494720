"""corpus-audit exclusions: write the records to leave out of an audited dataset."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit


def exclusions_command(
    audit: AuditArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: .parquet, .csv or .jsonl.", show_default=False)
    ],
    policy: Annotated[
        Path | None, typer.Option(help="YAML file that says which reasons count, and which copy stays.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write each record that a rule, a decision or a copy takes out of an audited dataset, with its reasons.

    Join it by file and row, or by record_id. What the audit did not look at is in no row: see its coverage.
    """
    from corpus_audit.export.exclusions.policy import read_policy
    from corpus_audit.pipeline.exclusions import write_exclusions
    from corpus_audit.report.formatting import format_bytes, format_number

    found = write_exclusions(open_audit(audit, store), output, read_policy(policy) if policy else None)
    typer.echo(f"Wrote {output}. Records: {format_number(found.records)} ({format_bytes(found.size_bytes)})")
    for reason, records in found.by_reason:
        typer.echo(f"  {reason:<22} {format_number(records):>12}")
