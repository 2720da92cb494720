"""corpus-audit clean: write an audited dataset without the records that are left out."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit


def clean_command(
    audit: AuditArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write, which is not there yet.", show_default=False)
    ],
    policy: Annotated[
        Path | None, typer.Option(help="YAML file that says which reasons count, and which copy stays.")
    ] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help="Mask personal information and secrets in the records that stay.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write an audited dataset without the records that a rule, a decision or a copy takes out.

    The folder holds the dataset with its manifest, the list of what was left out, the provenance, and a section for
    the dataset's card. Audit the result: what was not read or not found is still in it.
    """
    from corpus_audit.export.exclusions.policy import read_policy
    from corpus_audit.pipeline.clean import clean
    from corpus_audit.report.formatting import format_bytes, format_number

    cleaned = clean(open_audit(audit, store), output, read_policy(policy) if policy else None, mask=mask)
    excluded = cleaned.excluded
    typer.echo(f"Wrote {cleaned.manifest.parent}.")
    typer.echo(f"Records to leave out: {format_number(excluded.records)} ({format_bytes(excluded.size_bytes)})")
    for reason, records in excluded.by_reason:
        typer.echo(f"  {reason:<22} {format_number(records):>12}")
    for label, count in (
        ("Other records that went with their row", cleaned.aside.gone),
        ("Copies that stay, as the rest of their row or sample is none", cleaned.copies_kept),
        ("Rows masked", cleaned.masked),
        ("Rows left out, as they could not be masked", cleaned.unmasked),
    ):
        if count:
            typer.echo(f"{label}: {format_number(count)}")
    typer.echo(f"Audit it next: corpus-audit audit {cleaned.manifest}")
