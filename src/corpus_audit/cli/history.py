"""corpus-audit history: list a dataset's audits over time."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.cli.output import LanguageOption, OutputFormat
from corpus_audit.vocabulary import Language

if TYPE_CHECKING:
    from corpus_audit.report.sections import HistoryEntry


def history_command(
    dataset: Annotated[str, typer.Argument(help="A dataset's id, as in its manifest.", show_default=False)],
    store: StoreOption = DEFAULT_STORE,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Print a dataset's audits, the latest first: verdicts, findings opened and closed, copies, personal information.

    Exit code 2 when the store holds no audit of it.
    """
    from corpus_audit.pipeline import history_of
    from corpus_audit.report.text import render_history

    entries = history_of(store, dataset)
    typer.echo(_as_json(entries) if output is OutputFormat.JSON else render_history(entries, language))


def _as_json(entries: "list[HistoryEntry]") -> str:
    return json.dumps([entry.model_dump(mode="json") for entry in reversed(entries)], indent=1, ensure_ascii=False)
