"""corpus-audit store: check what the store keeps, and remove what is not to be kept."""

from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.errors import ExitCode

app = typer.Typer(
    help="Check what the store keeps, and remove what is not to be kept.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def store() -> None:
    """Check what the store keeps, and remove what is not to be kept."""


@app.command("verify")
def verify_command(
    audit: Annotated[list[str] | None, typer.Argument(help="Ids of audits. [default: all]", show_default=False)] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check every file of audits against the markers of their stages, and the markers against each other.

    Names every file that was changed, added, removed or replaced by a link; without ids, also what differs in the index
    of all audits' signatures, and in the attachments and supplements that the ledger names. Exit codes: 0 nothing
    differs, 1 something does or could not be checked, 2 there is no such audit.
    """
    from corpus_audit.pipeline.indexed_audits import index_problems
    from corpus_audit.pipeline.named_files import NamedFiles, file_problems, named_files
    from corpus_audit.pipeline.verification import problems_of
    from corpus_audit.store import Store

    opened = Store(store)
    audits = [opened.open_audit(audit_id) for audit_id in audit or opened.audit_ids()]
    problems = 0
    for folder in audits:
        for problem in problems_of(folder):
            typer.echo(f"{folder.audit_id}: {problem}")
            problems += 1
    for problem in () if audit else index_problems(store):
        typer.echo(f"index: {problem}")
        problems += 1
    named = NamedFiles({}) if audit else named_files(store)
    for problem in file_problems(store, named):
        typer.echo(f"ledger: {problem}")
        problems += 1
    if problems:
        raise typer.Exit(ExitCode.FAIL)
    typer.echo(f"{len(audits)} audits, each file as its stage left it.")
    if named.digests:
        typer.echo(f"{len(named.digests)} attachments and supplements, each as the ledger names it.")


@app.command("delete")
def delete_command(
    audit: AuditArgument,
    reason: Annotated[str, typer.Option(help="The reason, in one sentence.", show_default=False)],
    author: Annotated[str, typer.Option(help="Name of the person who deletes it.", show_default=False)],
    even_if_compared: Annotated[
        bool, typer.Option("--even-if-compared", help="Delete it although other audits of the store refer to it.")
    ] = False,
    even_if_approved: Annotated[
        bool, typer.Option("--even-if-approved", help="Delete it although it is approved or has a bundle.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Delete an audit and its bundles from the store, and record in the ledger who did it and why.

    Refused while a process is at work on it. What other audits lose is printed. The ledger keeps what it holds about
    the audit; references and the data that was audited are not touched.
    """
    from corpus_audit.ledger import open_ledger
    from corpus_audit.pipeline.checkpoints import write_checkpoint
    from corpus_audit.pipeline.retention import delete_audit
    from corpus_audit.pipeline.signing import read_signing_key, signing_key

    folder = open_audit(audit, store)
    kept_in = folder.store
    ledger, key = open_ledger(kept_in), signing_key()
    private_key = read_signing_key(key) if key is not None else None
    deleted = delete_audit(
        ledger, folder, reason, author, even_if_compared=even_if_compared, even_if_approved=even_if_approved
    )
    if private_key is not None:
        write_checkpoint(kept_in, ledger, private_key)
    typer.echo(f"Deleted: {folder.audit_id}, bundles: {deleted.bundles}. Entry {deleted.entry.sequence} of the ledger.")
    for loss in deleted.losses:
        typer.echo(f"  {loss}")


@app.command("gc")
def gc_command(
    days: Annotated[int, typer.Option(min=1, help="Keep what was changed within so many days.")] = 7,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be removed, and remove nothing.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Remove what nothing in the store refers to, while audits may be running.

    That is hints to shards that only deleted audits measured, signatures of deleted audits in the store's index,
    received manifests that no audit and no watched place names, attachments and supplements that no entry of the
    ledger names (none where the ledger is not there or has no entry), and folders that
    killed processes left. Audits, bundles, references and checkpoints are never removed.
    """
    from corpus_audit.pipeline.garbage import collect_garbage
    from corpus_audit.report.formatting import format_bytes

    found = collect_garbage(store, days=days, dry_run=dry_run)
    for garbage in found:
        typer.echo(f"{garbage.kind}: {garbage.path.relative_to(store)} ({format_bytes(garbage.size_bytes)})")
    size = format_bytes(sum(garbage.size_bytes for garbage in found))
    typer.echo(f"{'Would be removed' if dry_run else 'Removed'}: {len(found)} ({size})")
