"""corpus-audit trace: say where a text or a person is in the audited datasets of a store."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.cli.output import OutputFormat
from corpus_audit.cli.traced_places import (
    audit_facts,
    not_looked_through,
    place_facts,
    place_line,
    trace_person,
    unverified_lines,
)
from corpus_audit.cli.traced_works import trace_works
from corpus_audit.errors import CorpusAuditError, ExitCode

if TYPE_CHECKING:
    from corpus_audit.pipeline.tracing.trace import Hit, Trace

_SHOWN = 20


def trace_command(
    text: Annotated[list[str] | None, typer.Argument(help="The text to look for; - reads it from stdin.")] = None,
    file: Annotated[Path | None, typer.Option(help="File with the text, in UTF-8.", show_default=False)] = None,
    subject: Annotated[
        str | None, typer.Option(help="Id of a person, as the data has it, instead of a text.", show_default=False)
    ] = None,
    value: Annotated[
        bool, typer.Option("--value", help="Ask for a value of a person, such as an e-mail address, instead of a text.")
    ] = False,
    reference: Annotated[
        str | None, typer.Option(help="Name of a reference whose works to look for, instead of a text.")
    ] = None,
    statement: Annotated[
        Path | None, typer.Option(help="File for a signed statement of what was found of the person.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Private key that the statement is signed with.")] = None,
    store: StoreOption = DEFAULT_STORE,
    passage: Annotated[int, typer.Option(min=1, help="Tokens from which a shared passage is reported.")] = 10,
    most: Annotated[
        int | None,
        typer.Option(min=1, help="Records that are read again at most, the likeliest. [default: 200, 10000 of works]"),
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Print the records of all audits of a store that hold a text or passages of it, name a person, or contain works.

    What shares a passage was read again and compared word by word. Exit codes: 0 found, 1 not found in what was looked
    through, 2 wrong input. A text on the command line can be seen by other users of the machine: use --file or - where
    that matters. The value of a person is typed at a prompt or read from stdin, hashed, and never written.
    """
    if sum((bool(text or file), subject is not None, value, reference is not None)) > 1:
        message = "Look for one thing at a time: a text, --subject, --value or --reference."
        raise CorpusAuditError(message)
    if subject is not None or value:
        trace_person(store, subject, output, statement, key)
    if statement is not None or key is not None:
        message = "A statement is about a person: give --subject or --value, and --statement with --key."
        raise CorpusAuditError(message)
    if reference is not None:
        trace_works(store, reference, most, output)
    from corpus_audit.pipeline.tracing.trace import MOST_RECORDS, TraceOptions, trace_text

    options = TraceOptions(least_tokens=passage, most_records=most or MOST_RECORDS)
    found = trace_text(store, _asked(text or [], file), options)
    typer.echo(_as_json(found) if output is OutputFormat.JSON else "\n".join(_lines(found)))
    raise typer.Exit(ExitCode.PASS if found.hits else ExitCode.FAIL)


def _asked(words: list[str], file: Path | None) -> str:
    if bool(words) == (file is not None):
        message = "Give the text to look for: as words, with --file, or as - from stdin; one of the three."
        raise CorpusAuditError(message)
    try:
        if file is not None:
            return file.read_text("utf-8")
        return sys.stdin.buffer.read().decode() if words == ["-"] else " ".join(words)
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}."
        raise CorpusAuditError(message) from error
    except UnicodeDecodeError:
        message = "The text is not UTF-8."
        raise CorpusAuditError(message) from None


def _as_json(found: "Trace") -> str:
    facts = {
        "found": bool(found.hits),
        "hits": [asdict(hit) for hit in found.hits],
        "unverified": [asdict(one) for one in found.unverified],
        "records_not_read": found.left,
        "guaranteed": found.guaranteed._asdict(),
        "audits": audit_facts(found.audits),
    }
    return json.dumps(facts, indent=1, ensure_ascii=False)


def _lines(found: "Trace") -> Iterator[str]:
    from corpus_audit.report.formatting import format_number

    if found.hits:
        places = sum(len(hit.places) for hit in found.hits)
        yield f"FOUND  in {format_number(places)} records, {format_number(len(found.hits))} distinct texts."
    else:
        yield "NOT FOUND  in what was looked through."
    for hit in found.hits[:_SHOWN]:
        yield ""
        yield from _hit_lines(hit)
    if len(found.hits) > _SHOWN:
        yield f"  and {len(found.hits) - _SHOWN} more texts; --format json names them all"
    yield from unverified_lines(found.unverified, _SHOWN)
    yield ""
    yield from _limit_lines(found)


def _hit_lines(hit: "Hit") -> Iterator[str]:
    longest = hit.passages[0]
    yield (
        f"  {hit.containment:.0%} of the text; longest passage {longest.tokens} tokens: bytes {longest.asked_start} to "
        f"{longest.asked_end} of the text are bytes {longest.record_start} to {longest.record_end} of the record"
    )
    for place in hit.places:
        yield f"    {place_line(place)}"
        yield from (f"      {label:<9} {value}" for label, value in place_facts(place))


def _limit_lines(found: "Trace") -> Iterator[str]:
    searched = sum(traced.coverage in ("all", "partly") for traced in found.audits)
    yield f"Looked through {searched} of {len(found.audits)} audits."
    if found.guaranteed.tokens:
        yield (
            f"Unchanged passages of {found.guaranteed.words} words, or of {found.guaranteed.tokens} characters where "
            "words have no spaces between them, are all found there; others may be missed."
        )
    if found.left:
        yield f"Not read: {found.left} further records that the index names. --most reads more."
    yield from not_looked_through(found.audits)
    yield "Never looked through: text outside the text columns, and what pictures, recordings and films show or say."
