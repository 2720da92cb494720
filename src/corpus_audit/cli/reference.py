"""corpus-audit reference: manage the reference works that audits search for in records."""

from pathlib import Path
from typing import Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.vocabulary import ReferenceKind

app = typer.Typer(
    help="Manage the reference works that audits search for: protected works, evaluation sets, opt-outs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NameArgument = Annotated[str, typer.Argument(help="Name of the reference.", show_default=False)]

_DEFECTS_SHOWN = 10


@app.command("add")
def add(
    name: NameArgument,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files and folders: a text file is one item, a row of a table is one. Or another store's reference.",
            show_default=False,
        ),
    ],
    kind: Annotated[
        ReferenceKind | None, typer.Option(help="Kind of the works. [default: other]", show_default=False)
    ] = None,
    field: Annotated[
        str | None, typer.Option(help="Field of a table's rows that holds the text. [default: text, content, …]")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Add works, stored as hashes only; every later audit searches its records for them."""
    from corpus_audit.references.adding import add_reference

    added = add_reference(store, name, paths, kind, text_field=field)
    reference = added.reference
    typer.echo(f"Added {reference.name}: {reference.items:,} items of kind {reference.kind}.")
    typer.echo(f"It holds no text and can be passed on as it is: {reference.path}")
    typer.echo(f"What was audited before is searched by: corpus-audit trace --reference {reference.name}")
    if reference.items_too_short:
        typer.echo(
            f"{reference.items_too_short:,} items have fewer words than a shingle: only whole records can match them.",
            err=True,
        )
    if added.items_without_words:
        typer.echo(f"{added.items_without_words:,} items without any word were left out.", err=True)
    for defect in added.defects[:_DEFECTS_SHOWN]:
        typer.echo(f"  {defect.file}: {defect.code}: {defect.detail} {defect.place}".rstrip(), err=True)
    if len(added.defects) > _DEFECTS_SHOWN:
        typer.echo(f"  and {len(added.defects) - _DEFECTS_SHOWN:,} more defects", err=True)


@app.command("list")
def list_references(store: StoreOption = DEFAULT_STORE) -> None:
    """List the references of a store: name, kind, number of items, sha256."""
    from corpus_audit.references import ReferenceStore

    references = list(ReferenceStore(store).all())
    if not references:
        typer.echo(f"{store} has no references.", err=True)
    width = max((len(reference.name) for reference in references), default=0)
    for reference in references:
        typer.echo(f"{reference.name:<{width}}  {reference.kind:<15}  {reference.items:>9,}  {reference.sha256}")


@app.command("remove")
def remove(name: NameArgument, store: StoreOption = DEFAULT_STORE) -> None:
    """Remove a reference. Finished audits keep their results about it."""
    from corpus_audit.references import ReferenceStore

    ReferenceStore(store).remove(name)
    typer.echo(f"Removed {name}.")
