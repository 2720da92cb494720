"""corpus-audit trace: say where a text is in the audited datasets of a store."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_audit.cli.audits import DEFAULT_STORE, StoreOption
from corpus_audit.cli.output import OutputFormat
from corpus_audit.errors import CorpusAuditError, ExitCode

if TYPE_CHECKING:
    from corpus_audit.pipeline.tracing.places import Place
    from corpus_audit.pipeline.tracing.trace import Hit, Trace

_SHOWN = 20
_NOT_VERIFIED = {
    "not-at-hand": "not verified: the file is not at hand",
    "changed": "not verified: the record has changed since the audit",
    "not-read": "not verified: the process that read the file ended",
}
_NOT_LOOKED_THROUGH = {
    "no-index": "was measured without a passage index",
    "not-measured": "has not been measured to its end",
    "other-version": "was written by another version, which keeps no such index",
}


def trace_command(
    text: Annotated[list[str] | None, typer.Argument(help="The text to look for; - reads it from stdin.")] = None,
    file: Annotated[Path | None, typer.Option(help="File with the text, in UTF-8.", show_default=False)] = None,
    store: StoreOption = DEFAULT_STORE,
    passage: Annotated[int, typer.Option(min=1, help="Tokens from which a shared passage is reported.")] = 10,
    most: Annotated[int, typer.Option(min=1, help="Records that are read again at most, the likeliest.")] = 200,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Print the records of all audits of a store that hold a text or passages of it, and what is known of them.

    Each was read again and compared word by word. Exit codes: 0 found, 1 not found in what was looked through, 2 wrong
    input. A text on the command line can be seen by other users of the machine: use --file or - where that matters.
    """
    from corpus_audit.pipeline.tracing.trace import TraceOptions, trace_text

    options = TraceOptions(least_tokens=passage, most_records=most)
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
        "guaranteed_tokens": found.guaranteed_tokens,
        "audits": [
            {name: value for name, value in vars(traced).items() if name != "audit"} | {"audit_id": traced.audit_id}
            for traced in found.audits
        ],
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
    for one in found.unverified[:_SHOWN]:
        yield ""
        yield f"  {_NOT_VERIFIED[one.state]}"
        for place in one.places:
            yield f"    {_place(place)}"
    yield ""
    yield from _limit_lines(found)


def _hit_lines(hit: "Hit") -> Iterator[str]:
    longest = hit.passages[0]
    yield (
        f"  {hit.containment:.0%} of the text; longest passage {longest.tokens} tokens: bytes {longest.asked_start} to "
        f"{longest.asked_end} of the text are bytes {longest.record_start} to {longest.record_end} of the record"
    )
    for place in hit.places:
        yield f"    {_place(place)}"
        yield from (f"      {label:<9} {value}" for label, value in _facts(place))


def _place(place: "Place") -> str:
    return f"{place.dataset_id} {place.version}, source {place.source_id}: {place.file}, row {place.row}"


def _facts(place: "Place") -> Iterator[tuple[str, Any]]:
    yield "record", place.record_id
    stated = f"; the record states {place.record_license}" if place.record_license else ""
    yield "license", f"{place.license_declared} ({place.license_expression}){stated}"
    if place.consent:
        yield "consent", ", ".join(f"{subject}: {state}" for subject, state in place.consent.items())
    if place.opt_outs:
        yield "opt-outs", "; ".join(place.opt_outs)
    if place.copies is None:
        yield "copies", "not recorded: the audit has not looked for them"
    elif place.copies:
        named = ", ".join(f"{copy.record_id} ({copy.kind})" for copy in place.copies[:5])
        more = len(place.copies) + place.copies_left - 5
        yield "copies", f"{named}{f' and {more} more' if more > 0 else ''}"
    yield "audits", ", ".join(place.audits)
    if place.bundles:
        yield "bundles", ", ".join(place.bundles)


def _limit_lines(found: "Trace") -> Iterator[str]:
    searched = sum(traced.coverage in ("all", "partly") for traced in found.audits)
    yield f"Looked through {searched} of {len(found.audits)} audits."
    if found.guaranteed_tokens:
        yield f"Unchanged passages of {found.guaranteed_tokens} tokens are all found there; others may be missed."
    if found.left:
        yield f"Not read: {found.left} further records that the index names. --most reads more."
    for traced in found.audits:
        if traced.coverage in _NOT_LOOKED_THROUGH:
            yield f"Not looked through: {traced.audit_id} {_NOT_LOOKED_THROUGH[traced.coverage]}."
        elif traced.rows_unread is None:
            yield f"Not recorded: how much of its data {traced.audit_id} could not read."
        elif traced.rows_unread or traced.files_unread:
            yield f"Not read by {traced.audit_id}: {traced.rows_unread} rows, {traced.files_unread} files."
    yield "Never looked through: text outside the text columns, and what pictures, recordings and films show or say."
