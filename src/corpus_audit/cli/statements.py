"""corpus-audit statements: state what a manifest leaves open, for the next audit of its dataset."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, AuditArgument, StoreOption, open_audit
from corpus_audit.errors import DecisionError

if TYPE_CHECKING:
    from corpus_audit.pipeline.supplements import OpenField

app = typer.Typer(
    help="State what a manifest leaves open, with author and reason; the next audit of the dataset takes it in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

SourceOption = Annotated[
    str | None, typer.Option(help="Id of the source it is about. [default: the dataset as a whole]")
]
AuthorOption = Annotated[str, typer.Option(help="Name of the steward who states it.", show_default=False)]
ReasonOption = Annotated[str, typer.Option(help="What it rests on, in a sentence.", show_default=False)]


@app.command("open")
def open_command(
    audit: AuditArgument,
    form: Annotated[str | None, typer.Option(help="Only what a form asks for: eu-summary, ca-3111, …")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print the fields that an audit's manifest leaves open, and what was stated about them since."""
    from corpus_audit.export.form_statements import fields_of_form
    from corpus_audit.pipeline.supplements import OpenFields
    from corpus_audit.vocabulary import WHOLE_DATASET

    found = OpenFields(open_audit(audit, store))
    names = fields_of_form(form) if form else None
    for source_id in (WHOLE_DATASET, *found.source_ids):
        fields = list(found.of(source_id, names))
        if fields:
            typer.echo(source_id)
        for field in fields:
            typer.echo(f"  {field.field.name}: {_told(field)}")


@app.command("add")
def add_command(
    audit: AuditArgument,
    value: Annotated[
        list[str], typer.Option("--set", help="FIELD=VALUE. May be repeated, for a list also with the same field.")
    ],
    reason: ReasonOption,
    author: AuthorOption,
    source: SourceOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """State the values of fields that an audit's manifest leaves open. The ledger keeps who did, when and why."""
    texts: dict[str, list[str]] = {}
    for written in value:
        field, equals, text = written.partition("=")
        if not equals:
            message = "--set takes FIELD=VALUE, such as license.expression=MIT. Nothing was written."
            raise DecisionError(message)
        texts.setdefault(field.strip(), []).append(text)
    _state(audit, store, source, texts.items(), reason, author)


@app.command("take-back")
def take_back_command(
    audit: AuditArgument,
    field: Annotated[list[str], typer.Option(help="Field whose statement no longer holds. May be repeated.")],
    reason: ReasonOption,
    author: AuthorOption,
    source: SourceOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take back what was stated about fields: the next audit finds them open again. The ledger keeps both."""
    _state(audit, store, source, [(name, ()) for name in field], reason, author)


def _state(
    audit: str,
    store: Path,
    source: str | None,
    texts: Iterable[tuple[str, Iterable[str]]],
    reason: str,
    author: str,
) -> None:
    from corpus_audit.ledger import open_ledger
    from corpus_audit.pipeline.supplements import Given, state
    from corpus_audit.vocabulary import WHOLE_DATASET

    folder = open_audit(audit, store)
    given: list[Given] = [Given(source or WHOLE_DATASET, name, tuple(told)) for name, told in texts]
    entry = state(open_ledger(folder.store), folder, given, reason=reason, author=author)
    typer.echo(f"{entry.sequence}  {entry.action}  {entry.dataset_id}")
    typer.echo("The next audit of the dataset takes it in.")


def _told(field: "OpenField") -> str:
    from corpus_audit.manifest.fillable import written_value

    if field.stated is None:
        return field.field.en
    value = written_value(field.stated.statement.value).replace("\n", "; ")
    return f"{value} (stated by {field.stated.supplement.author} on {field.stated.supplement.stated_at[:10]})"
