"""What trace prints of records, of a person, and of what was not looked through."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from corpus_audit.cli.keys import ask_passphrase
from corpus_audit.cli.output import OutputFormat
from corpus_audit.errors import CorpusAuditError, ExitCode

if TYPE_CHECKING:
    from corpus_audit.pipeline.tracing.audits import TracedAudit
    from corpus_audit.pipeline.tracing.people import PersonTrace
    from corpus_audit.pipeline.tracing.places import Place
    from corpus_audit.pipeline.tracing.trace import Unverified

_SHOWN = 50
_NOT_VERIFIED = {
    "not-at-hand": "not verified: the file is not at hand",
    "changed": "not verified: the record has changed since the audit",
    "not-read": "not verified: the process that read the file ended",
}
"""What is said of a record that could not be compared."""
_NOT_LOOKED_THROUGH = {
    "no-index": "was measured without a passage index",
    "not-measured": "has not been measured to its end",
    "other-version": "was written by another version, which keeps no such index",
}


def trace_person(
    store: Path, subject: str | None, output: OutputFormat, statement: Path | None, key: Path | None
) -> NoReturn:
    """Print where a person is, by their id or by a value that is asked for, and write a signed statement of it."""
    from corpus_audit.pipeline.tracing.people import trace_subject, trace_value

    if (statement is None) != (key is None):
        message = "A statement is signed: give --statement and --key together."
        raise CorpusAuditError(message)
    found = trace_value(store, _ask_value()) if subject is None else trace_subject(store, subject)
    typer.echo(_as_json(found) if output is OutputFormat.JSON else "\n".join(person_lines(found)))
    if statement is not None and key is not None:
        _write_statement(store, subject, found, statement, key)
    raise typer.Exit(ExitCode.PASS if found.places else ExitCode.FAIL)


def _ask_value() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Value", hide_input=True, err=True))
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        message = "The value is not UTF-8."
        raise CorpusAuditError(message) from None


def _write_statement(store: Path, subject: str | None, found: "PersonTrace", path: Path, key: Path) -> None:
    from corpus_audit.export.bundle.keys import is_encrypted, read_private_key
    from corpus_audit.export.bundle.person_statement import sign_person_statement
    from corpus_audit.pipeline import RunContext
    from corpus_audit.pipeline.tracing.statement import state
    from corpus_audit.store import write_bytes

    signing_key = read_private_key(key, ask_passphrase(key) if is_encrypted(key) else None)
    content = state(store, subject, found, RunContext(sends_lineage=False))
    write_bytes(path, sign_person_statement(content, signing_key))
    typer.echo(f"Wrote {path}.", err=True)


def _as_json(found: "PersonTrace") -> str:
    facts = {
        "found": bool(found.places),
        "places": [asdict(place) for place in found.places],
        "records_not_named": found.left,
        "audits": audit_facts(found.audits),
    }
    return json.dumps(facts, indent=1, ensure_ascii=False)


def person_lines(found: "PersonTrace") -> Iterator[str]:
    """Yield where a person is, and what was not looked through."""
    from corpus_audit.report.formatting import format_number

    records = len(found.places) + found.left
    datasets = ", ".join(found.datasets)
    yield (
        f"FOUND  in {format_number(records)} records of {datasets}."
        if records
        else "NOT FOUND  in what was looked through."
    )
    for place in found.places[:_SHOWN]:
        yield ""
        yield f"  {place_line(place)}"
        yield from (f"    {label:<9} {value}" for label, value in place_facts(place))
    if len(found.places) > _SHOWN:
        yield f"  and {format_number(len(found.places) - _SHOWN)} more records; --format json names them"
    if found.left:
        yield f"  and {format_number(found.left)} further records, which are counted and not named"
    yield ""
    searched = sum(traced.is_measured for traced in found.audits)
    yield f"Looked through {searched} of {len(found.audits)} audits."
    yield from not_looked_through([traced for traced in found.audits if traced.coverage != "no-index"])
    for traced in found.audits:
        if traced.detectors_off:
            yield f"Values that {traced.audit_id} did not look for: {', '.join(traced.detectors_off)}."


def place_line(place: "Place") -> str:
    """Return where a record is, in one line."""
    return f"{place.dataset_id} {place.version}, source {place.source_id}: {place.file}, row {place.row}"


def place_facts(place: "Place") -> Iterator[tuple[str, Any]]:
    """Yield what is known of a record, with a label each."""
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
    yield "models", ", ".join(place.models) or "not recorded: no training on these audits was noted"
    if place.models_of_others:
        named = ", ".join(place.models_of_others)
        yield "models", f"of audits of this dataset that are gone or not looked through: {named}"


def unverified_lines(unverified: "Sequence[Unverified]", most: int) -> Iterator[str]:
    """Yield the records that could not be compared, and how many texts are left when *most* are printed."""
    for one in unverified[:most]:
        yield ""
        yield f"  {_NOT_VERIFIED[one.state]}"
        yield from (f"    {place_line(place)}" for place in one.places)
    if len(unverified) > most:
        yield f"  and {len(unverified) - most:,} more texts not verified; --format json names them all"


def audit_facts(audits: "Sequence[TracedAudit]") -> list[dict[str, Any]]:
    """Return what is known of audits, as JSON has it."""
    return [
        {name: value for name, value in vars(traced).items() if name != "audit"} | {"audit_id": traced.audit_id}
        for traced in audits
    ]


def not_looked_through(audits: "Sequence[TracedAudit]") -> Iterator[str]:
    """Yield a line for each audit that was not looked through, or that did not read all of its data."""
    for traced in audits:
        if traced.coverage in _NOT_LOOKED_THROUGH:
            yield f"Not looked through: {traced.audit_id} {_NOT_LOOKED_THROUGH[traced.coverage]}."
        elif traced.rows_unread is None:
            yield f"Not recorded: how much of its data {traced.audit_id} could not read."
        elif traced.rows_unread or traced.files_unread:
            yield f"Not read by {traced.audit_id}: {traced.rows_unread} rows, {traced.files_unread} files."
